/** Checks what a specification claims about a convolution that was found. */
import type { CallSite } from '../../../src/analysis/report';
import { costOf } from '../../../src/conv/cost';
import type { ConvLayer } from '../../../src/conv/spec';
import { weightsOf } from '../../../src/conv/weights';
import type { Quantity, Unknown } from '../../../src/symbolic/quantity';
import { numberOf } from '../../../src/symbolic/quantity';
import { show } from '../../../src/symbolic/show';
import { shapeText, sizesText, summaryOf } from './notation';

/** What is found of a claim, in the claim's own words, so that the two are equal when the claim holds. */
export function foundFor(claim: string, site: CallSite): string {
  const [word = ''] = claim.split(' ');
  const found = SIMPLE[word];
  if (found !== undefined) return `${word} ${found(site)}`;
  if (word === 'unknown') return unknownClaim(claim, site);
  return weightClaim(claim, site);
}

const SIMPLE: Readonly<Record<string, ((site: CallSite) => string) | undefined>> = {
  params: (site) => show(costOf(site.layer).params),
  macs: (site) => quantityText(costOf(site.layer, site.input).macs),
  in: (site) => inputText(site),
  out: (site) => outputText(site),
  built: (site) => builtText(site),
  path: (site) => site.path,
  role: (site) => site.role,
  scope: (site) => site.scope,
  target: (site) => site.target ?? 'nothing',
  callee: (site) => site.callee,
  framework: (site) => site.framework,
  assumes: (site) => site.assumes.join(', ') || 'nothing',
};

function quantityText(quantity: Quantity | undefined): string {
  return quantity === undefined ? 'no input' : show(quantity);
}

function inputText({ input, layer }: CallSite): string {
  if (input === undefined) return 'no input';
  return shapeText(input, layer.stages[0].dataLayout) + (input.isAssumed ? ' assumed' : '');
}

function outputText({ input, layer }: CallSite): string {
  const output = input && costOf(layer, input).output;
  return output === undefined ? 'no input' : shapeText(output, layer.stages[0].dataLayout);
}

/** The distinct layers in the order they were first built; how many is `?` where a model does not know. */
function builtText({ built, role }: CallSite): string {
  const counts = new Map<string, number>();
  for (const { layer, count = NaN } of built) {
    const text = summaryOf(layer, role);
    counts.set(text, (counts.get(text) ?? 0) + count);
  }
  const texts = [...counts].map(([text, count]) => `${Number.isNaN(count) ? '?' : count}×(${text})`);
  return texts.join(' + ') || 'nothing';
}

/** `weight [9, 1, 3, 3]`, or with its layout `weight [9, 1, 3, 3] OIHW`. */
function weightClaim(claim: string, site: CallSite): string {
  const [, name, layout] = /^(\w+) \[.*\]( [A-Z]+)?$/.exec(claim) ?? [];
  const weights = weightsOf(site.layer);
  const weight = weights.find((each) => each.name === name);
  if (weight === undefined) return `weights ${weights.map((each) => each.name).join(', ')}`;
  return `${weight.name} ${sizesText(weight.shape)}${layout === undefined ? '' : ` ${weight.layout}`}`;
}

/** `unknown inChannels because channels-from-input`: that part of the layer, or of its output, with its reason. */
function unknownClaim(claim: string, site: CallSite): string {
  const [, what = ''] = /^unknown (\S+)/.exec(claim) ?? [];
  const part = unknownsOf(site).find((each) => each.what === what);
  return part === undefined ? `${what} is known` : `unknown ${what} because ${part.unknown.reason.code}`;
}

/** A part of a layer, by its name in the specifications, that is not known. */
interface UnknownPart {
  readonly what: string;
  readonly unknown: Unknown;
}

function unknownsOf(site: CallSite): UnknownPart[] {
  const [first] = site.layer.stages;
  const parts: [string, Quantity | { readonly kind: string } | string | boolean][] = [
    ...stageParts(site.layer),
    ['stride', first.stride.find(isUnknown) ?? true],
    ['kernelSize', first.kernelSize.find(isUnknown) ?? true],
    ['dilation', first.dilation.find(isUnknown) ?? true],
    ['padding', first.padding],
    ['paddingMode', first.paddingMode],
    ['groups', first.groups],
    ['inSpatial', site.input?.spatial.find(isUnknown) ?? true],
    ['outSpatial', (site.input && costOf(site.layer, site.input).output?.spatial.find(isUnknown)) ?? true],
  ];
  return parts.flatMap(([what, value]) => (isUnknown(value) ? [{ what, unknown: value }] : []));
}

function stageParts(layer: ConvLayer): [string, Quantity | { readonly kind: string } | boolean][] {
  const [first, second] = layer.stages;
  const last = second ?? first;
  return [
    ['inChannels', first.inChannels],
    ['outChannels', last.outChannels],
    ['bias', last.bias],
  ];
}

function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'unknown';
}

/**
 * Numbers the site states for all of its layers that one of them contradicts. What rests on a parameter's default
 * names it in `assumes` and may be built otherwise.
 */
export function contradictions({ layer, built, assumes, role }: CallSite): string[] {
  if (assumes.length > 0) return [];
  return built.flatMap((each) => {
    const isContradicted = numbersOfLayer(layer).some((number, index) => {
      const other = numbersOfLayer(each.layer)[index];
      return number !== undefined && other !== undefined && number !== other;
    });
    return isContradicted
      ? [`states ${summaryOf(layer, role)}\n    but built ${summaryOf(each.layer, role)}`]
      : [];
  });
}

function numbersOfLayer({ stages }: ConvLayer): (number | undefined)[] {
  return stages.flatMap((spec) =>
    [
      spec.inChannels,
      spec.outChannels,
      spec.groups,
      ...spec.kernelSize,
      ...spec.stride,
      ...spec.dilation,
    ].map(numberOf),
  );
}
