/** Whether what arrived is what it should be: messages are data from elsewhere until they have been looked at. */
import type { LayerContent, PageContent } from '../../src/protocol/visualiser';
import type { PageState } from './state';
import type { Reason } from '../../src/symbolic/reason';
import { explain } from '../../src/symbolic/reason';

/** Whether a value has a form. */
export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';
export const isFlag: Check = (value) => typeof value === 'boolean';
const isInteger: Check = (value) => Number.isSafeInteger(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

const isPosition = record({ line: isCount, character: isCount });
export const isPlace = record({ uri: isText, span: record({ start: isPosition, end: isPosition }) });

const isUnknown = record({ kind: oneOf('unknown'), reason: isReason });
const isAtom: Check = (value) =>
  either(
    record({ kind: oneOf('symbol'), name: isText, id: isText }),
    record({
      kind: oneOf('operation'),
      operator: oneOf('//', '%', 'max', 'min', '/', 'int', 'round', 'floor', 'ceil', 'float'),
      operands: list(isKnown),
    }),
  )(value);
const isFactor = record({ atom: isAtom, power: isInteger });
const isTerm = record({ numerator: isInteger, denominator: isInteger, factors: list(isFactor) });
const isQuantity: Check = (value) => isKnown(value) || isUnknown(value);

const isPadding = either(
  record({ kind: oneOf('explicit'), before: list(isQuantity), after: list(isQuantity) }),
  record({ kind: oneOf('same') }),
  record({ kind: oneOf('fromOutput'), rule: oneOf('same', 'valid'), output: list(isQuantity) }),
  isUnknown,
);
const isSpecShaped = record({
  rank: oneOf(1, 2, 3),
  transposed: isFlag,
  inChannels: isQuantity,
  outChannels: isQuantity,
  kernelSize: list(isQuantity),
  stride: list(isQuantity),
  padding: isPadding,
  paddingWord: optional(isText),
  paddingMode: either(oneOf('zeros', 'reflect', 'replicate', 'circular'), isUnknown),
  dilation: list(isQuantity),
  groups: isQuantity,
  outputPadding: list(isQuantity),
  depthMultiplier: optional(isQuantity),
  bias: either(isFlag, isUnknown),
  dataLayout: oneOf('channelsFirst', 'channelsLast'),
  weightLayout: oneOf('OIK', 'IOK', 'KIO', 'KOI', 'KIM'),
  weightName: isText,
});
const isLayer = record({ stages: (value) => list(isSpec)(value) && hasLength(value, 1, 2) });
const isInput = record({
  batch: optional(isQuantity),
  channels: isQuantity,
  spatial: list(isQuantity),
  isAssumed: isFlag,
});

const isLayerContent = record({
  kind: oneOf('layer'),
  id: isText,
  title: isText,
  kindText: isText,
  sentence: isText,
  place: isPlace,
  location: isText,
  layer: isLayer,
  input: optional(isInput),
  facts: list(record({ name: isText, value: isText, detail: optional(isText) })),
  unknowns: list(record({ what: isText, because: isText, place: optional(isPlace) })),
  findings: list(record({ severity: oneOf('error', 'warning', 'information'), message: isText })),
  isPinned: isFlag,
});
const isEmptyContent = record({ kind: oneOf('empty'), message: isText });

const isVerification = record({
  status: oneOf('verified', 'partial', 'derived', 'invalid', 'unknown'),
  summary: isText,
  paths: list(record({ name: oneOf('formula', 'weights', 'probe'), agrees: isFlag, detail: isText })),
  mismatches: list(
    record({ input: isCount, output: isCount, formula: isFlag, weights: isFlag, probe: isFlag }),
  ),
  split: optional(
    record({
      parts: isCount,
      maxAbsDifference: (value) => typeof value === 'number',
      elements: isCount,
      outputShape: list(isCount),
    }),
  ),
  work: optional(record({ counted: isCount, formula: isCount })),
});
const isSaved = record({
  content: optional(isPageContent),
  stage: oneOf('first', 'second', 'both'),
  focus: record({ input: optional(isCount), output: optional(isCount) }),
  opened: optional(record({ group: isCount, input: optional(isCount), output: optional(isCount) })),
  verification: either(
    record({ phase: oneOf('idle') }),
    record({ phase: oneOf('done'), result: isVerification }),
  ),
  copyFormat: oneOf('markdown', 'json', 'pytorch', 'keras'),
  notice: isText,
});

/** Whether the value is content the page can show. */
export function isPageContent(value: unknown): value is PageContent {
  return isEmptyContent(value) || (isLayerContent(value) && fitsRank(value as LayerContent));
}

/** Whether the value is a state as `savedState` makes it. */
export function isSavedState(value: unknown): value is PageState {
  return isSaved(value);
}

function isSpec(value: unknown): boolean {
  if (!isSpecShaped(value)) return false;
  const { rank, kernelSize, stride, dilation, padding } = value as LayerContent['layer']['stages'][0];
  const lists: (readonly unknown[])[] = [kernelSize, stride, dilation];
  if (padding.kind === 'explicit') lists.push(padding.before, padding.after);
  return lists.every(({ length }) => length === rank);
}

function fitsRank({ layer, input }: LayerContent): boolean {
  return input === undefined || input.spatial.length === layer.stages[0].rank;
}

function isKnown(value: unknown): boolean {
  return either(
    record({ kind: oneOf('exact'), value: isInteger }),
    record({ kind: oneOf('formula'), terms: list(isTerm) }),
  )(value);
}

function isReason(value: unknown): boolean {
  if (!record({ code: isText, subject: isText, place: optional(isPlace) })(value)) return false;
  try {
    return typeof explain(value as Reason) === 'string';
  } catch {
    return false;
  }
}

/** Whether a value is a record whose fields have these forms. */
export function record(fields: Readonly<Record<string, Check>>): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));
}

/** Whether a value is a list of values of this form. */
export function list(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** Whether a value is absent or of this form. */
export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function either(...checks: readonly Check[]): Check {
  return (value) => checks.some((check) => check(value));
}

/** Whether a value is one of these. */
export function oneOf(...values: readonly (string | number)[]): Check {
  return (value) => values.includes(value as string | number);
}

function hasLength(value: unknown, ...lengths: readonly number[]): boolean {
  return lengths.includes((value as readonly unknown[]).length);
}
