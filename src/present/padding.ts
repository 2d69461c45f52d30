/** What a layer's padding adds or crops, in sentences with the numbers of the call. */
import type { InputShape } from '../analysis/report';
import { samePadding, transposedSameCrop } from '../conv/axis';
import { outputShape } from '../conv/cost';
import type { ConvSpec, Padding } from '../conv/spec';
import { add, compare, equal } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact, numberOf } from '../symbolic/quantity';
import { explain } from '../symbolic/reason';
import { show } from '../symbolic/show';
import { axisNames, is, perAxis, sentence, shapeText, spatialSymbols } from './words';

interface Sides {
  readonly before: Quantity;
  readonly after: Quantity;
}

/** What the padding does, with its split into low and high ends; the last sentence gives the sizes. */
export function paddingSentences(spec: ConvSpec, input: InputShape | undefined): string[] {
  const spatial = input?.spatial ?? spatialSymbols(spec.rank);
  const sizes = sizesText(spec, spatial);
  switch (spec.padding.kind) {
    case 'unknown':
      return [`The padding is not known: ${explain(spec.padding.reason)}.`];
    case 'explicit':
      return [...explicitSentences(spec, spec.padding), sizes];
    case 'same':
      return [sameRule(spec), sameText(sameSides(spec, spatial)), sizes];
    case 'fromOutput':
      return [
        `The output size is an argument; ${spec.padding.rule.toUpperCase()} decides where the scattered values are cropped.`,
        sizes,
      ];
  }
}

/** The padding of each axis as numbers or formulas of the input's sizes; for a transposed layer what is cropped. */
export function sameSides(spec: ConvSpec, spatial: readonly Quantity[]): Sides[] {
  return spec.kernelSize.map((kernel, axis) => {
    const [stride, dilation] = [spec.stride[axis] ?? exact(1), spec.dilation[axis] ?? exact(1)];
    if (spec.transposed) return transposedSameCrop(kernel, stride, dilation);
    return samePadding(spatial[axis] ?? exact(1), kernel, stride, dilation);
  });
}

function explicitSentences(
  spec: ConvSpec,
  { before, after }: Extract<Padding, { kind: 'explicit' }>,
): string[] {
  const sides = before.map((each, axis) => ({ before: each, after: after[axis] ?? exact(0) }));
  const word = spec.paddingWord === undefined ? '' : `${spec.paddingWord}: `;
  const isNone = sides.every((side) => is(side.before, 0) && is(side.after, 0));
  if (spec.transposed) return cropSentences(sides, spec.outputPadding);
  if (isNone) return [sentence(`${word}no padding, the window stays inside the data.`)];
  const uneven = sides.some((side) => compare(side.before, side.after) !== 0);
  const text = sentence(`${word}adds ${sidesText(sides)}.`);
  return uneven ? [text, 'The two ends differ, as the total is odd or was given so.'] : [text];
}

/** The crop that the padding asks for, then what is kept at the high end in spite of it. */
function cropSentences(sides: readonly Sides[], kept: readonly Quantity[]): string[] {
  const asked = sides.map(({ before, after }, axis) => ({
    before,
    after: add(after, kept[axis] ?? exact(0)),
  }));
  const isNone = asked.every((side) => is(side.before, 0) && is(side.after, 0));
  const isExtended = asked.some(({ after }) => (numberOf(after) ?? 0) < 0);
  const note = isExtended ? ' (a negative number extends)' : '';
  const crop = isNone ? 'Nothing is cropped.' : `Crops ${sidesText(asked)}${note} of the scattered values.`;
  const isKept = kept.some((each) => !is(each, 0));
  return isKept ? [crop, `Of the high end, ${perAxis(kept)} is kept all the same.`] : [crop];
}

/** The split as numbers, or the formula of the total where that follows from sizes that are not known. */
function sameText(sides: readonly Sides[]): string {
  const isSettled = sides.every(({ before, after }) => before.kind === 'exact' && after.kind === 'exact');
  if (isSettled) return `Here: ${sidesText(sides)}.`;
  const names = axisNames(sides.length);
  const totals = sides.map(({ before, after }, axis) => `${names[axis] ?? ''} ${show(add(before, after))}`);
  return `In all: ${totals.join('; ')}. Half of it, rounded down, stands before.`;
}

function sameRule({ transposed }: ConvSpec): string {
  return transposed
    ? 'SAME: the output is as long as input × stride.'
    : 'SAME: the output has ⌈input / stride⌉ positions; the total padding is what that needs, the odd element at the high end.';
}

/** `1 before and 1 after on each axis`, or one part an axis when they differ. */
function sidesText(sides: readonly Sides[]): string {
  const text = ({ before, after }: Sides) => `${show(before)} before and ${show(after)} after`;
  const [first, ...rest] = sides;
  if (first === undefined) return 'nothing';
  const isAlike = rest.every(
    (side) => equal(side.before, first.before) === true && equal(side.after, first.after) === true,
  );
  if (isAlike) return `${text(first)}${rest.length === 0 ? '' : ' on each axis'}`;
  const names = axisNames(sides.length);
  return sides.map((side, axis) => `${names[axis] ?? ''} ${text(side)}`).join('; ');
}

function sizesText(spec: ConvSpec, spatial: readonly Quantity[]): string {
  const output = outputShape({ stages: [spec] }, { channels: spec.inChannels, spatial });
  return `${shapeText(spatial)} becomes ${shapeText(output.spatial)}.`;
}
