/** The layers of a document as entries to pick from, and their totals. */
import type { CallSite, Model, Report } from '../analysis/report';
import { costOf } from '../conv/cost';
import { weightOf } from '../conv/weights';
import { add } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact } from '../symbolic/quantity';
import { show } from '../symbolic/show';
import { acceptedInput, canHaveWeights } from './refused';
import { wholeMacs } from './models';
import { kindText, plural, shapeText } from './words';

/** How many models the totals list before the rest is counted. */
const LISTED_MODELS = 4;

/** One call to pick. All texts are plain. */
export interface LayerEntry {
  readonly label: string;
  /** The kind and the line. */
  readonly description: string;
  /** Weight shape, parameters and MACs. */
  readonly detail: string;
  readonly site: CallSite;
}

/** The calls of the reports in source order. */
export function layerEntries(reports: readonly Report[]): LayerEntry[] {
  return reports.flatMap(({ sites }) => sites).map(layerEntry);
}

/**
 * What the layers and models add up to. Only numbers are added: what is a formula or unknown is counted, not guessed.
 * A call counts once, however often it runs; function calls own no parameters and are only counted.
 */
export function totalsText(reports: readonly Report[]): string {
  const sites = reports.flatMap((report) => report.sites);
  const layers = sites.filter(({ role }) => role === 'layer');
  const params = layers.filter(({ layer }) => canHaveWeights(layer)).map(({ layer }) => costOf(layer).params);
  const models = reports.flatMap((report) => report.models);
  const parts = models.slice(0, LISTED_MODELS).map(modelText);
  if (models.length > parts.length) parts.push(plural(models.length - parts.length, 'more model'));
  const functions = sites.length - layers.length;
  if (functions > 0) parts.unshift(plural(functions, 'function call'));
  if (layers.length > 0) parts.unshift(`${plural(layers.length, 'layer')}: ${sumText(params, 'parameter')}`);
  return parts.join('; ');
}

/** The sum of the exact quantities and how many others there are: `1,234 parameters + 2 unknown`. */
export function sumText(quantities: readonly Quantity[], noun: string): string {
  const numbers = quantities.filter((quantity) => quantity.kind === 'exact');
  const formulas = quantities.filter((quantity) => quantity.kind === 'formula').length;
  const unknowns = quantities.length - numbers.length - formulas;
  const parts = [`${show(add(exact(0), ...numbers))} ${noun}s`];
  if (formulas > 0) parts.push(`${formulas} given as formulas`);
  if (unknowns > 0) parts.push(`${unknowns} unknown`);
  return parts.join(' + ');
}

function layerEntry(site: CallSite): LayerEntry {
  const { layer, place, callee, target, scope } = site;
  const { params, macs } = costOf(layer, acceptedInput(site));
  const name = target === undefined ? callee : `${target} = ${callee}`;
  const shapes = layer.stages.map((stage) => shapeText(weightOf(stage).shape)).join(' + ');
  const work = macs === undefined ? '' : `, ${show(macs)} MACs`;
  return {
    label: name,
    description: `${kindText(layer)} · line ${place.span.start.line + 1}${scope === '' ? '' : ` · ${scope}`}`,
    detail: canHaveWeights(layer)
      ? `${shapes}, ${show(params)} parameters${work}`
      : 'refused by the framework',
    site,
  };
}

function modelText(model: Model): string {
  const { id, params, layers, isComplete, input } = model;
  const part = isComplete ? '' : ', not all of it was read';
  const work = input === undefined ? '' : `, ${show(wholeMacs(model))} MACs`;
  return `model ${id}: ${plural(layers.length, 'convolution')}, ${show(params)} parameters${work}${part}`;
}
