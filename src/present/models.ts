/** What models add up to, and the texts about it that cards, the summary and reports share. Plain text, never markup. */
import type { Model, ModelInput, ModelLayer, SiteReference } from '../analysis/report';
import { costOf } from '../conv/cost';
import type { Place } from '../symbolic/place';
import { add, multiply } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact } from '../symbolic/quantity';
import { explain, type Reason } from '../symbolic/reason';
import { canHaveWeights } from './refused';
import { unknownParts } from './unknowns';
import { shapeText } from './words';

/** Bytes of one weight: float32. */
export const WEIGHT_BYTES = 4;

/** Why parts of a model's figures are not known. */
export interface ModelGap {
  /** A clause without a final stop; it may quote source. */
  readonly because: string;
  /** How many figures of the model rest on it. */
  readonly count: number;
  readonly place?: Place;
}

/** The multiply-accumulate operations of one run: convolutions, linear layers and products of tensors. */
export function wholeMacs({ macs: { convolutions, linear, products } }: Model): Quantity {
  return add(convolutions, linear, products);
}

/** Floating-point operations of one run: two for each multiply-accumulate. */
export function wholeFlops(model: Model): Quantity {
  return multiply(exact(2), wholeMacs(model));
}

/** Where an input's size comes from, in words. */
export const INPUT_ORIGINS: { readonly [F in ModelInput['from']]: string } = {
  code: 'given by the code',
  set: 'set by you for this model',
  assumed: 'assumed, from the settings',
};

/** The input of a model's run with its origin, such as `[1, 3, 224, 224] (assumed, from the settings)`. */
export function inputText({ shape, from }: ModelInput): string {
  return `${shapeText(shape)} (${INPUT_ORIGINS[from]})`;
}

/** Multiply-accumulates of a layer over all its applications in one run; `undefined` where none was seen. */
export function layerMacs({ layer, inputs }: Pick<ModelLayer, 'layer' | 'inputs'>): Quantity | undefined {
  const all = inputs.map((input) => costOf(layer, input).macs);
  const known = all.filter((macs) => macs !== undefined);
  return known.length === 0 || known.length < all.length ? undefined : add(...known);
}

/** The parameters of a layer; `undefined` where its groups and channels do not allow a weight. */
export function layerParams({ layer }: Pick<ModelLayer, 'layer'>): Quantity | undefined {
  return canHaveWeights(layer) ? costOf(layer).params : undefined;
}

/** The class, or function, that makes a layer: the last name of its path, such as `Conv2d`. */
export function className({ path }: Pick<ModelLayer, 'path'>): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The start of the call that makes a layer, as an empty stretch. */
export function placeOfSite({ siteId, uri }: SiteReference): Place {
  const [line = 0, character = 0] = siteId.split(':').map((each) => Number.parseInt(each, 10) || 0);
  const start = { line, character };
  return { uri, span: { start, end: start } };
}

/** Why figures of the model are not known, each reason once, those that matter most first. */
export function modelGaps({ params, macs, layers, input }: Model): ModelGap[] {
  const works = input === undefined ? [] : [macs.convolutions, macs.linear, macs.products];
  const totals = [params, ...works].flatMap((each) => (each.kind === 'unknown' ? [each.reason] : []));
  const parts = layers.flatMap(({ layer }) => unknownParts(layer).map(({ unknown }) => unknown.reason));
  return countReasons([...totals, ...parts]);
}

/** Reasons with how often each stands there, the most frequent first. */
export function countReasons(reasons: readonly Reason[]): ModelGap[] {
  const found = new Map<string, ModelGap>();
  for (const reason of reasons) {
    const because = explain(reason);
    const before = found.get(because);
    found.set(because, { because, count: (before?.count ?? 0) + 1, place: before?.place ?? reason.place });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
