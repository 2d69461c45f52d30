import assert from 'node:assert/strict';
import { alternativesOf } from '../../../src/conv/alternatives';
import { costOf, outputShape } from '../../../src/conv/cost';
import type { ConvLayer, DataShape } from '../../../src/conv/spec';
import { weightsOf } from '../../../src/conv/weights';
import { exact, numbersOf, type Quantity, symbol, unknown } from '../../../src/symbolic/quantity';
import { show } from '../../../src/symbolic/show';
import { makeLayer, makeSeparable, type SpecParts } from './specs';

interface Counts {
  readonly weight: readonly number[];
  readonly params: number;
  readonly output: readonly number[];
  readonly macs: number;
  readonly biasAdds: number;
}

function data([batch, channels, ...spatial]: readonly (number | Quantity)[]): DataShape {
  const quantity = (value: number | Quantity = 1) => (typeof value === 'number' ? exact(value) : value);
  return { batch: quantity(batch), channels: quantity(channels), spatial: spatial.map(quantity) };
}

function checkCounts(parts: SpecParts, input: readonly number[], expected: Counts): void {
  const layer = makeLayer(parts);
  const cost = costOf(layer, data(input));
  const output = cost.output;
  assert.ok(output !== undefined);
  assert.deepEqual(numbersOf(weightsOf(layer)[0]?.shape ?? []), expected.weight);
  assert.deepEqual(cost.params, exact(expected.params));
  assert.deepEqual(
    numbersOf([output.batch ?? exact(1), output.channels, ...output.spatial]),
    expected.output,
  );
  assert.deepEqual(cost.macs, exact(expected.macs));
  assert.deepEqual(cost.flops, exact(2 * expected.macs));
  assert.deepEqual(cost.biasAdds, exact(expected.biasAdds));
}

/** Shapes and counts that PyTorch gives for these layers. */
const rows: readonly [string, SpecParts, readonly number[], Counts][] = [
  [
    'three groups of one channel',
    { in: 3, out: 9, kernel: 3, padding: 1, groups: 3 },
    [1, 3, 8, 8],
    { weight: [9, 1, 3, 3], params: 90, output: [1, 9, 8, 8], macs: 5184, biasAdds: 576 },
  ],
  [
    'standard',
    { in: 32, out: 64, kernel: 3, padding: 1 },
    [1, 32, 56, 56],
    { weight: [64, 32, 3, 3], params: 18496, output: [1, 64, 56, 56], macs: 57802752, biasAdds: 200704 },
  ],
  [
    'depthwise',
    { in: 32, out: 32, kernel: 3, padding: 1, groups: 32, bias: false },
    [1, 32, 56, 56],
    { weight: [32, 1, 3, 3], params: 288, output: [1, 32, 56, 56], macs: 903168, biasAdds: 0 },
  ],
  [
    'pointwise',
    { in: 32, out: 64, kernel: 1, bias: false },
    [1, 32, 56, 56],
    { weight: [64, 32, 1, 1], params: 2048, output: [1, 64, 56, 56], macs: 6422528, biasAdds: 0 },
  ],
  [
    'stem with stride 2',
    { in: 3, out: 64, kernel: 7, stride: 2, padding: 3, bias: false },
    [1, 3, 224, 224],
    { weight: [64, 3, 7, 7], params: 9408, output: [1, 64, 112, 112], macs: 118013952, biasAdds: 0 },
  ],
  [
    'thirty-two groups',
    { in: 128, out: 128, kernel: 3, padding: 1, groups: 32, bias: false },
    [1, 128, 56, 56],
    { weight: [128, 4, 3, 3], params: 4608, output: [1, 128, 56, 56], macs: 14450688, biasAdds: 0 },
  ],
  [
    'rectangles with batch',
    { in: 16, out: 33, kernel: [3, 5], stride: [2, 1], padding: [4, 2], dilation: [3, 1] },
    [20, 16, 50, 100],
    { weight: [33, 16, 3, 5], params: 7953, output: [20, 33, 26, 100], macs: 411840000, biasAdds: 1716000 },
  ],
  [
    'odd size, stride 2',
    { in: 8, out: 16, kernel: 3, stride: 2, padding: 1 },
    [1, 8, 7, 7],
    { weight: [16, 8, 3, 3], params: 1168, output: [1, 16, 4, 4], macs: 18432, biasAdds: 256 },
  ],
  [
    'even size, stride 2',
    { in: 8, out: 16, kernel: 3, stride: 2, padding: 1 },
    [1, 8, 8, 8],
    { weight: [16, 8, 3, 3], params: 1168, output: [1, 16, 4, 4], macs: 18432, biasAdds: 256 },
  ],
  [
    'stride beyond the kernel',
    { in: 4, out: 8, kernel: 2, stride: 3 },
    [1, 4, 7, 7],
    { weight: [8, 4, 2, 2], params: 136, output: [1, 8, 2, 2], macs: 512, biasAdds: 32 },
  ],
  [
    'one axis',
    { rank: 1, in: 16, out: 33, kernel: 3, stride: 2 },
    [20, 16, 50],
    { weight: [33, 16, 3], params: 1617, output: [20, 33, 24], macs: 760320, biasAdds: 15840 },
  ],
  [
    'one axis, depthwise, dilated',
    { rank: 1, in: 8, out: 8, kernel: 3, padding: 2, dilation: 2, groups: 8 },
    [1, 8, 100],
    { weight: [8, 1, 3], params: 32, output: [1, 8, 100], macs: 2400, biasAdds: 800 },
  ],
  [
    'three axes',
    { in: 16, out: 33, kernel: [3, 5, 2], stride: [2, 1, 1], padding: [4, 2, 0] },
    [20, 16, 10, 50, 100],
    {
      weight: [33, 16, 3, 5, 2],
      params: 15873,
      output: [20, 33, 8, 50, 99],
      macs: 12545280000,
      biasAdds: 26136000,
    },
  ],
  [
    'transposed counts input positions',
    { transposed: true, in: 16, out: 33, kernel: 3, stride: 2 },
    [1, 16, 12, 12],
    { weight: [16, 33, 3, 3], params: 4785, output: [1, 33, 25, 25], macs: 684288, biasAdds: 20625 },
  ],
  [
    'transposed with output padding',
    { transposed: true, in: 16, out: 16, kernel: 3, stride: 2, padding: 1, outputPadding: 1 },
    [1, 16, 6, 6],
    { weight: [16, 16, 3, 3], params: 2320, output: [1, 16, 12, 12], macs: 82944, biasAdds: 2304 },
  ],
  [
    'transposed, two groups',
    { transposed: true, in: 4, out: 6, kernel: 3, stride: 2, groups: 2 },
    [1, 4, 5, 5],
    { weight: [4, 3, 3, 3], params: 114, output: [1, 6, 11, 11], macs: 2700, biasAdds: 726 },
  ],
  [
    'transposed, depthwise',
    { transposed: true, in: 4, out: 4, kernel: 4, stride: 2, padding: 1, groups: 4, bias: false },
    [1, 4, 5, 5],
    { weight: [4, 1, 4, 4], params: 64, output: [1, 4, 10, 10], macs: 1600, biasAdds: 0 },
  ],
  [
    'transposed, one axis',
    {
      rank: 1,
      transposed: true,
      in: 8,
      out: 4,
      kernel: 5,
      stride: 3,
      dilation: 2,
      padding: 1,
      outputPadding: 2,
    },
    [2, 8, 9],
    { weight: [8, 4, 5], params: 164, output: [2, 4, 33], macs: 2880, biasAdds: 264 },
  ],
  [
    'transposed, three axes',
    { transposed: true, in: 16, out: 33, kernel: [3, 5, 2], stride: [2, 1, 1], padding: [0, 4, 2] },
    [1, 16, 10, 50, 100],
    {
      weight: [16, 33, 3, 5, 2],
      params: 15873,
      output: [1, 33, 21, 46, 97],
      macs: 792000000,
      biasAdds: 3092166,
    },
  ],
];

describe('cost of layers', () => {
  for (const [name, parts, input, expected] of rows) it(name, () => checkCounts(parts, input, expected));

  it("padding 'same' keeps the size, dilated and with an even kernel", () => {
    const pad = (before: number, after: number) => ({
      kind: 'explicit' as const,
      before: [exact(before), exact(before)],
      after: [exact(after), exact(after)],
    });
    const input = [1, 8, 10, 10];
    const dilated = { in: 8, out: 8, kernel: 3, dilation: 2, padding: pad(2, 2) };
    const even = { in: 8, out: 8, kernel: 4, padding: pad(1, 2) };
    const output = [1, 8, 10, 10];
    checkCounts(dilated, input, { weight: [8, 8, 3, 3], params: 584, output, macs: 57600, biasAdds: 800 });
    checkCounts(even, input, { weight: [8, 8, 4, 4], params: 1032, output, macs: 102400, biasAdds: 800 });
  });

  it('of a separable layer is the sum of its stages with one bias', () => {
    const layer = makeSeparable({ in: 4, out: 5, kernel: 3, multiplier: 2 });
    const cost = costOf(layer, data([1, 4, 7, 7]));
    assert.deepEqual(cost.params, exact(117));
    assert.deepEqual(shapeOf(layer, [1, 4, 7, 7]), [1, 5, 5, 5]);
    assert.deepEqual(cost.macs, exact(25 * (72 + 40)));
    assert.deepEqual(cost.biasAdds, exact(125));
  });

  it("of Keras' transposed layers follows the stated or the SAME size", () => {
    const parts = { transposed: true, weightLayout: 'KOI', in: 4, out: 5, kernel: 3, stride: 2 } as const;
    const same = makeLayer({ ...parts, padding: { kind: 'same' } });
    assert.deepEqual(costOf(same).params, exact(185));
    assert.deepEqual(shapeOf(same, [1, 4, 7, 7]), [1, 5, 14, 14]);
  });

  it('leaves out products with padding where it says useful', () => {
    const cost = costOf(makeLayer({ in: 1, out: 1, kernel: 3, padding: 1 }), data([1, 1, 8, 8]));
    assert.deepEqual(cost.macs, exact(576));
    assert.equal(cost.usefulMacs, 484);
    const reflected = makeLayer({ in: 1, out: 1, kernel: 3, padding: 1, paddingMode: 'reflect' });
    assert.equal(costOf(reflected, data([1, 1, 8, 8])).usefulMacs, 576);
  });

  it('is a formula of what the source leaves open', () => {
    const dim = symbol('dim');
    const layer = makeLayer({ in: dim, out: dim, kernel: 3, padding: 1, stride: 2, bias: false });
    const cost = costOf(layer, { channels: dim, spatial: [symbol('H'), exact(8)] });
    assert.equal(show(cost.weights), '9·dim·dim');
    assert.equal(show(cost.output?.spatial[0] ?? exact(0)), '(H - 1) // 2 + 1');
    assert.equal(cost.batch, undefined);
    assert.equal(show(costOf(makeLayer({ in: dim, out: dim, kernel: 7, groups: dim })).params), '50·dim');
  });

  it('has no figures of the data without an input', () => {
    const cost = costOf(makeLayer({ in: 3, out: 9, kernel: 3, groups: 3 }));
    assert.equal(cost.macs, undefined);
    assert.equal(cost.output, undefined);
    assert.deepEqual(cost.macsPerPosition, exact(81));
  });

  it('keeps unknown apart from what does not need it', () => {
    const missing = unknown({ code: 'channels-from-input', subject: 'in_channels' });
    const cost = costOf(makeLayer({ in: missing, out: 8, kernel: 3, padding: 1 }), data([1, missing, 5, 5]));
    assert.equal(cost.weights.kind, 'unknown');
    assert.deepEqual(cost.biases, exact(8));
    assert.deepEqual(numbersOf(cost.output?.spatial ?? []), [5, 5]);
    assert.deepEqual(cost.outputElements, exact(200));
    const open = makeLayer({ in: 4, out: 8, kernel: 3, bias: missing });
    assert.deepEqual(costOf(open).weights, exact(288));
    assert.deepEqual(costOf(open).params, missing);
  });

  it('gives no size where the kernel does not fit, and no weight where groups do not divide', () => {
    const large = outputShape(makeLayer({ in: 1, out: 1, kernel: 7 }), data([1, 1, 4, 9]));
    assert.equal(large.spatial[0]?.kind, 'unknown');
    assert.deepEqual(large.spatial[1], exact(3));
    const weights = costOf(makeLayer({ in: 8, out: 9, kernel: 3, groups: 3 })).weights;
    assert.equal(weights.kind === 'unknown' && weights.reason.code, 'not-an-integer');
  });

  it('is unknown beyond 2^53 rather than inexact', () => {
    const layer = makeLayer({ in: 4096, out: 4096, kernel: [7, 7, 7] });
    const macs = costOf(layer, data([1024, 4096, 1024, 1024, 1024])).macs;
    assert.equal(macs?.kind === 'unknown' && macs.reason.code, 'too-large');
  });
});

describe('alternatives', () => {
  it('of a standard convolution: the separable one, 1/64 + 1/9 of it', () => {
    const layer = makeLayer({ in: 32, out: 64, kernel: 3, padding: 1, bias: false });
    const [separable, ...others] = alternativesOf(layer, data([1, 32, 56, 56]));
    assert.equal(others.length, 0);
    assert.equal(separable?.name, 'separable');
    assert.deepEqual(separable.cost.params, exact(2336));
    assert.deepEqual(separable.cost.macs, exact(7325696));
    assert.ok(Math.abs((separable.macRatio ?? 0) - (1 / 64 + 1 / 9)) < 1e-12);
    assert.equal(separable.weightRatio, separable.macRatio);
  });

  it('of depthwise, grouped and separable ones: the standard one first', () => {
    const names = (layer: ConvLayer) => alternativesOf(layer).map(({ name }) => name);
    assert.deepEqual(names(makeLayer({ in: 8, out: 8, kernel: 3, groups: 8 })), ['standard', 'separable']);
    assert.deepEqual(names(makeLayer({ in: 8, out: 8, kernel: 3, groups: 2 })), ['standard', 'separable']);
    assert.deepEqual(names(makeSeparable({ in: 8, out: 8, kernel: 3, multiplier: 1 })), ['standard']);
    assert.deepEqual(names(makeLayer({ in: 8, out: 8, kernel: 1 })), []);
    assert.deepEqual(names(makeLayer({ in: 8, out: 8, kernel: 3, transposed: true })), []);
  });

  it('have the counts of eight channels with and without biases', () => {
    const [standard] = alternativesOf(
      makeSeparable({ in: 8, out: 8, kernel: 3, multiplier: 1, bias: false }),
    );
    assert.deepEqual(standard?.cost.weights, exact(576));
    assert.equal(Math.round((standard.weightRatio ?? 0) * 100), 424);
    const [separable] = alternativesOf(makeLayer({ in: 8, out: 8, kernel: 3 }));
    assert.deepEqual(separable?.cost.params, exact(72 + 64 + 8));
  });

  it('of 128×128, 3 to 16 channels: 75 weights and 1,228,800 multiplications against 432 and 7,077,888', () => {
    const layer = makeLayer({ in: 3, out: 16, kernel: 3, padding: { kind: 'same' }, bias: false });
    const input = data([1, 3, 128, 128]);
    assert.deepEqual(costOf(layer, input).weights, exact(432));
    assert.deepEqual(costOf(layer, input).macs, exact(7077888));
    const [separable] = alternativesOf(layer, input);
    assert.deepEqual(separable?.cost.weights, exact(75));
    assert.deepEqual(separable.cost.macs, exact(1228800));
  });

  it('have no ratio of formulas', () => {
    const [separable] = alternativesOf(makeLayer({ in: symbol('C'), out: 8, kernel: 3 }));
    assert.equal(separable?.weightRatio, undefined);
    assert.equal(show(separable?.cost.weights ?? exact(0)), '17·C');
  });
});

function shapeOf(layer: ConvLayer, input: readonly number[]): number[] | undefined {
  const { batch, channels, spatial } = outputShape(layer, data(input));
  return numbersOf([batch ?? exact(1), channels, ...spatial]);
}
