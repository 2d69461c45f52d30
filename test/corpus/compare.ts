/** Holds the models of reports against what a framework built. */
import type { CallSite, Model, ModelLayer, Report } from '../../src/analysis/report';
import type { Quantity } from '../../src/symbolic/quantity';
import { compareNumber, untold, wrong, type Difference } from './differences';
import type { LayerTruth, ModelTruth, TrueSite } from './truth';

/** `missing`: no layer of that name was found. */
export type Verdict = 'exact' | 'unknown' | 'wrong' | 'missing';

export interface Compared {
  readonly name: string;
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
}

export interface ComparedModel {
  readonly truth: ModelTruth;
  readonly isFound: boolean;
  readonly layers: readonly Compared[];
  /** Layers that the model does not have: wrong, all of them. */
  readonly extra: readonly string[];
  /** What the layers are applied to and give; empty where that is not comparable. */
  readonly runs: readonly Compared[];
  /** Whether the card of the call that makes a layer names it. */
  readonly cards: readonly Compared[];
  readonly params: Compared;
  /** By kind of operation; empty where they are not comparable. */
  readonly macs: readonly Compared[];
}

/** What a comparison needs besides the truth. */
export interface Findings {
  /** The report of a file of the sources. */
  readonly report: (file: string) => Report | undefined;
  readonly uri: (file: string) => string;
  readonly text: (file: string) => string;
}

/** Compares one model; without one every layer is missing. */
export function compareModel(truth: ModelTruth, findings: Findings): ComparedModel {
  const report = findings.report(truth.file);
  const model = report?.models.find(({ id }) => id === truth.id);
  const none = [{ kind: 'unknown', figure: 'model', text: 'no model', cause: 'no model' }] as const;
  if (report === undefined || model === undefined) {
    const layers = truth.layers.map(({ name }) => ({ name, verdict: 'missing', differences: none }) as const);
    const params = { name: 'params', verdict: 'missing', differences: none } as const;
    return { truth, isFound: false, layers, extra: [], runs: [], cards: [], params, macs: [] };
  }
  const found = new Map(model.layers.map((layer) => [layer.name, layer]));
  const known = new Set(truth.layers.map(({ name }) => name));
  return {
    truth,
    isFound: true,
    layers: truth.layers.map((layer) => compareLayer(layer, found.get(layer.name), findings)),
    extra: model.layers.map(({ name }) => name).filter((name) => !known.has(name)),
    runs: truth.layers.flatMap((layer) => compareRuns(layer, found.get(layer.name))),
    cards: truth.layers.flatMap((layer) => compareCard(layer, found.get(layer.name), model, report)),
    params: compareTotal('params', truth.params, model.params),
    macs: compareMacs(truth, model),
  };
}

function compareLayer(truth: LayerTruth, found: ModelLayer | undefined, findings: Findings): Compared {
  if (found === undefined) {
    const text = `${truth.name} was not found`;
    const differences = [{ kind: 'unknown', figure: 'layer', text, cause: 'not found' }] as const;
    return { name: truth.name, verdict: 'missing', differences };
  }
  const place = truth.site === undefined ? [] : comparePlace(truth.site, found, findings);
  return judged(truth.name, [...truth.compare(found.layer), ...place]);
}

function comparePlace(truth: TrueSite, found: ModelLayer, findings: Findings): Difference[] {
  const text = findings.text(truth.file);
  const expected = `${findings.uri(truth.file)}#${position(text, truth.start)}`;
  const actual = `${found.uri}#${found.siteId}`;
  return actual === expected ? [] : [wrong('call', expected, actual)];
}

/** A position as reports have it: from 0, in UTF-16. */
function position(text: string, [line, column]: readonly [number, number]): string {
  const bytes = Buffer.from(text.split('\n')[line - 1] ?? '');
  return `${line - 1}:${bytes.subarray(0, column).toString().length}`;
}

function compareRuns(truth: LayerTruth, found: ModelLayer | undefined): Compared[] {
  if (truth.compareRuns === undefined) return [];
  if (found === undefined) return [{ name: truth.name, verdict: 'missing', differences: [] }];
  return [judged(truth.name, truth.compareRuns(found.layer, found.inputs))];
}

function compareCard(
  truth: LayerTruth,
  found: ModelLayer | undefined,
  model: Model,
  report: Report,
): Compared[] {
  if (found === undefined) return [];
  const isHere = ({ id, place }: CallSite): boolean => id === found.siteId && place.uri === found.uri;
  const site = [...report.sites, ...report.elsewhere].find(isHere);
  const isNamed = site?.built.some(({ model: of, names }) => of === model.id && names.includes(truth.name));
  if (isNamed === true) return [{ name: truth.name, verdict: 'exact', differences: [] }];
  const cause = site === undefined ? 'the report has no such call' : 'the call does not name the layer';
  const difference = { kind: 'unknown', figure: 'card', text: `${truth.name}: ${cause}`, cause } as const;
  return [{ name: truth.name, verdict: 'unknown', differences: [difference] }];
}

function compareMacs({ macs }: ModelTruth, model: Model): Compared[] {
  if (macs === undefined) return [];
  return (['convolutions', 'linear', 'products'] as const).map((kind) =>
    compareTotal(kind, macs[kind], model.macs[kind]),
  );
}

function compareTotal(name: string, expected: number, found: Quantity): Compared {
  if (found.kind === 'unknown') return judged(name, [untold(name, found)]);
  return judged(name, compareNumber(name, expected, found));
}

function judged(name: string, differences: readonly Difference[]): Compared {
  const isWrong = differences.some(({ kind }) => kind === 'wrong');
  return { name, verdict: isWrong ? 'wrong' : differences.length > 0 ? 'unknown' : 'exact', differences };
}
