import assert from 'node:assert/strict';
import { type InputSize, resolveStages } from '../../../src/conv/geometry';
import type { ConvLayer, Padding } from '../../../src/conv/spec';
import { exact } from '../../../src/symbolic/quantity';
import { convolveReference } from '../../../webview/engine/reference';
import {
  elementsOf,
  type Tensor,
  toChannelsFirst,
  toChannelsLast,
  weightToEngine,
} from '../../../webview/engine/tensor';
import { makeLayer, makeSeparable } from '../conv/specs';

/** The output's shape and values, with weights filled 1, 2, 3, … unless given; data as the layer's layout says. */
interface Expected {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Given {
  readonly input?: readonly number[];
  readonly weights?: readonly (readonly number[])[];
  readonly bias?: readonly number[];
}

const SAME: Padding = { kind: 'same' };

function sides(before: readonly number[], after: readonly number[]): Padding {
  return { kind: 'explicit', before: before.map(exact), after: after.map(exact) };
}

function sizes(rule: 'same' | 'valid', ...output: number[]): Padding {
  return { kind: 'fromOutput', rule, output: output.map(exact) };
}

function checkValues(
  layer: ConvLayer,
  inputShape: readonly number[],
  expected: Expected,
  given: Given = {},
): void {
  const isLast = layer.stages[0].dataLayout === 'channelsLast';
  const asGiven = filled(inputShape, given.input);
  const first = isLast ? toChannelsFirst(asGiven) : asGiven;
  const size: InputSize = { batch: first.shape[0], spatial: first.shape.slice(2) };
  const geometries = resolveStages(layer, size);
  assert.ok(Array.isArray(geometries), JSON.stringify(geometries));
  let current = first;
  geometries.forEach((geometry, stage) => {
    const spec = layer.stages[stage];
    assert.ok(spec !== undefined);
    const kernel = geometry.axes.map((axis) => axis.kernel);
    const weight = weightToEngine(filled(layoutShape(layer, stage, kernel), given.weights?.[stage]), spec);
    const data = convolveReference(geometry, current.data, weight.data, { bias: given.bias });
    const shape = [geometry.batch, geometry.outChannels, ...geometry.axes.map(({ output }) => output)];
    current = { shape, data };
  });
  const output = isLast ? toChannelsLast(current) : current;
  assert.deepEqual(output.shape, expected.shape);
  assert.deepEqual(Array.from(output.data), expected.values);
}

function layoutShape(layer: ConvLayer, stage: number, kernel: readonly number[]): number[] {
  const spec = layer.stages[stage];
  const [inChannels, outChannels, groups, multiplier] = [
    spec?.inChannels,
    spec?.outChannels,
    spec?.groups,
    spec?.depthMultiplier,
  ].map((quantity) => (quantity?.kind === 'exact' ? quantity.value : 1)) as [number, number, number, number];
  switch (spec?.weightLayout) {
    case 'IOK':
      return [inChannels, outChannels / groups, ...kernel];
    case 'KIO':
      return [...kernel, inChannels / groups, outChannels];
    case 'KOI':
      return [...kernel, outChannels, inChannels];
    case 'KIM':
      return [...kernel, inChannels, multiplier];
    default:
      return [outChannels, inChannels / groups, ...kernel];
  }
}

function filled(shape: readonly number[], values?: readonly number[]): Tensor {
  return {
    shape,
    data: Float64Array.from({ length: elementsOf(shape) }, (_, index) => values?.[index] ?? index + 1),
  };
}

/** TensorFlow: channels last, kernel first. */
const tf = { dataLayout: 'channelsLast', weightLayout: 'KIO', weightName: 'filters' } as const;
const tfTransposed = { ...tf, transposed: true, weightLayout: 'KOI' } as const;

describe('published vectors, PyTorch', () => {
  it('two groups of two channels each', () => {
    const layer = makeLayer({ in: 4, out: 4, kernel: 2, groups: 2 });
    const values = [356, 392, 464, 500, 836, 936, 1136, 1236, 4268, 4432, 4760, 4924, 5900, 6128, 6584, 6812];
    checkValues(layer, [1, 4, 3, 3], { shape: [1, 4, 2, 2], values });
  });

  it('depthwise with two filters a channel, padded and strided', () => {
    const layer = makeLayer({ in: 2, out: 4, kernel: 2, groups: 2, stride: 2, padding: 1 });
    const values = [4, 18, 36, 77, 8, 38, 80, 189, 120, 265, 322, 679, 160, 357, 438, 935];
    checkValues(layer, [1, 2, 3, 3], { shape: [1, 4, 2, 2], values });
  });

  it('dilation on one axis, stride on the other', () => {
    const layer = makeLayer({ in: 1, out: 1, kernel: 2, dilation: [2, 1], stride: [1, 2] });
    checkValues(layer, [1, 1, 4, 5], { shape: [1, 1, 2, 2], values: [86, 106, 136, 156] });
  });

  it("padding 'same' of an even kernel puts the extra element at the high end", () => {
    const layer = makeLayer({ in: 1, out: 1, kernel: [2, 4], padding: sides([0, 1], [1, 2]) });
    const values = [127, 106, 69, 217, 178, 111, 74, 50, 26];
    checkValues(layer, [1, 1, 3, 3], { shape: [1, 1, 3, 3], values });
  });

  it('transposed, two groups', () => {
    const layer = makeLayer({ in: 2, out: 2, kernel: 2, groups: 2, stride: 2, transposed: true });
    const top = [1, 2, 2, 4, 3, 4, 6, 8, 3, 6, 4, 8, 9, 12, 12, 16];
    const bottom = [25, 30, 30, 36, 35, 40, 42, 48, 35, 42, 40, 48, 49, 56, 56, 64];
    checkValues(layer, [1, 2, 2, 2], { shape: [1, 2, 4, 4], values: [...top, ...bottom] });
  });

  it('transposed with padding and output padding', () => {
    const layer = makeLayer({
      in: 1,
      out: 1,
      kernel: 3,
      stride: 2,
      padding: 1,
      outputPadding: 1,
      transposed: true,
    });
    const values = [5, 14, 10, 12, 14, 36, 24, 30, 15, 34, 20, 24, 24, 55, 32, 36];
    checkValues(layer, [1, 1, 2, 2], { shape: [1, 1, 4, 4], values });
  });

  it('transposed with dilation, one axis', () => {
    const layer = makeLayer({ rank: 1, in: 2, out: 1, kernel: 2, dilation: 2, transposed: true });
    checkValues(layer, [1, 2, 2], { shape: [1, 1, 4], values: [10, 14, 14, 20] });
  });

  for (const [paddingMode, values] of [
    ['reflect', [212, 321, 432, 343]],
    ['replicate', [211, 321, 432, 443]],
    ['circular', [214, 321, 432, 143]],
  ] as const) {
    it(`padding mode ${paddingMode}`, () => {
      const layer = makeLayer({ rank: 1, in: 1, out: 1, kernel: 3, padding: 1, paddingMode });
      checkValues(layer, [1, 1, 4], { shape: [1, 1, 4], values }, { weights: [[1, 10, 100]] });
    });
  }

  it('three axes', () => {
    const layer = makeLayer({ in: 1, out: 1, kernel: [2, 1, 2] });
    checkValues(layer, [1, 1, 2, 2, 3], { shape: [1, 1, 1, 2, 2], values: [58, 68, 88, 98] });
  });

  it("padding 'same' of two taps, near and three apart", () => {
    const given = { weights: [[1, 10]] };
    const near = makeLayer({ rank: 1, in: 1, out: 1, kernel: 2, padding: sides([0], [1]) });
    checkValues(near, [1, 1, 5], { shape: [1, 1, 5], values: [21, 32, 43, 54, 5] }, given);
    const apart = makeLayer({ rank: 1, in: 1, out: 1, kernel: 2, dilation: 3, padding: sides([1], [2]) });
    checkValues(apart, [1, 1, 7], { shape: [1, 1, 7], values: [30, 41, 52, 63, 74, 5, 6] }, given);
  });

  it('transposed taps land a stride apart; padding crops, output padding keeps more', () => {
    const given = { weights: [[1, 10, 100]] };
    const parts = { rank: 1, in: 1, out: 1, kernel: 3, stride: 2, transposed: true } as const;
    checkValues(makeLayer(parts), [1, 1, 2], { shape: [1, 1, 5], values: [1, 10, 102, 20, 200] }, given);
    const cropped = makeLayer({ ...parts, padding: 1, outputPadding: 1 });
    checkValues(cropped, [1, 1, 2], { shape: [1, 1, 4], values: [10, 102, 20, 200] }, given);
  });

  it('cells that no tap reaches hold the bias', () => {
    const layer = makeLayer({
      rank: 1,
      in: 1,
      out: 1,
      kernel: 2,
      stride: 2,
      outputPadding: 1,
      transposed: true,
    });
    const given = { weights: [[1, 10]], bias: [5] };
    checkValues(layer, [1, 1, 2], { shape: [1, 1, 5], values: [6, 15, 7, 25, 5] }, given);
  });
});

describe('published vectors, TensorFlow', () => {
  it('SAME with stride 2 on an even size pads at the high end alone', () => {
    const layer = makeLayer({ ...tf, in: 1, out: 1, kernel: 3, stride: 2, padding: SAME });
    checkValues(layer, [1, 4, 4, 1], { shape: [1, 2, 2, 1], values: [348, 252, 274, 175] });
  });

  it('depthwise: output channel q·M + r reads channel q with its filter r', () => {
    const layer = makeLayer({
      ...tf,
      in: 2,
      out: 4,
      kernel: 2,
      groups: 2,
      depthMultiplier: exact(2),
      weightLayout: 'KIM',
    });
    const values = [196, 216, 272, 296, 252, 280, 344, 376, 364, 408, 488, 536, 420, 472, 560, 616];
    checkValues(layer, [1, 3, 3, 2], { shape: [1, 2, 2, 4], values });
  });

  it('depthwise of one tap', () => {
    const parts = {
      in: 3,
      out: 6,
      kernel: 1,
      groups: 3,
      depthMultiplier: exact(2),
      weightLayout: 'KIM',
    } as const;
    const expected = { shape: [1, 1, 1, 6], values: [1, 2, 30, 40, 500, 600] };
    checkValues(makeLayer({ ...tf, ...parts }), [1, 1, 1, 3], expected, { input: [1, 10, 100] });
  });

  it('separable', () => {
    const layer = makeSeparable({ dataLayout: 'channelsLast', in: 2, out: 1, multiplier: 2, kernel: 2 });
    checkValues(layer, [1, 3, 3, 2], { shape: [1, 2, 2, 1], values: [2628, 3348, 4788, 5508] });
  });

  it('transposed to a stated size, SAME and VALID', () => {
    const parts = { ...tfTransposed, in: 1, out: 1, kernel: 3, stride: 2 };
    const same = [1, 2, 5, 4, 4, 5, 14, 10, 10, 14, 36, 24, 12, 15, 34, 20];
    const four = makeLayer({ ...parts, padding: sizes('same', 4, 4) });
    checkValues(four, [1, 2, 2, 1], { shape: [1, 4, 4, 1], values: same });
    const rows = [
      [1, 2, 5, 4, 6],
      [4, 5, 14, 10, 12],
      [10, 14, 36, 24, 30],
      [12, 15, 34, 20, 24],
      [21, 24, 55, 32, 36],
    ];
    const five = makeLayer({ ...parts, padding: sizes('valid', 5, 5) });
    checkValues(five, [1, 2, 2, 1], { shape: [1, 5, 5, 1], values: rows.flat() });
  });

  for (const [input, kernel, stride, dilation, values] of [
    [5, 3, 2, 1, [210, 432, 54]],
    [6, 3, 2, 1, [321, 543, 65]],
    [7, 3, 2, 1, [210, 432, 654, 76]],
    [8, 3, 3, 1, [321, 654, 87]],
    [7, 5, 3, 1, [32100, 65432, 765]],
    [7, 3, 1, 2, [310, 420, 531, 642, 753, 64, 75]],
    [4, 1, 2, 1, [1, 3]],
  ] as const) {
    it(`SAME of ${input} elements with kernel ${kernel}, stride ${stride}, dilation ${dilation}`, () => {
      const layer = makeLayer({ ...tf, rank: 1, in: 1, out: 1, kernel, stride, dilation, padding: SAME });
      const powers = Array.from({ length: kernel }, (_, tap) => 10 ** tap);
      checkValues(layer, [1, input, 1], { shape: [1, values.length, 1], values }, { weights: [powers] });
    });
  }
});
