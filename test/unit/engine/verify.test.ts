import assert from 'node:assert/strict';
import type { Geometry } from '../../../src/conv/geometry';
import type { ConvLayer } from '../../../src/conv/spec';
import type { Verification, VerifyJob } from '../../../src/conv/verification';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';
import type { ConvEngine } from '../../../webview/engine/kernel';
import { tunedEngine } from '../../../webview/engine/tuned';
import { type VerifyControl, verifyLayer, type VerifyOptions } from '../../../webview/engine/verify/verify';
import { makeLayer, makeSeparable } from '../conv/specs';

function makeControl(
  cancelAfter = Infinity,
): VerifyControl & { readonly reports: [number, number, string][] } {
  const reports: [number, number, string][] = [];
  let pauses = 0;
  return {
    reports,
    isCancelled: () => pauses > cancelAfter,
    progress: (...report) => void reports.push(report),
    pause: () => {
      pauses++;
      return Promise.resolve();
    },
  };
}

function verify(
  layer: ConvLayer,
  job: Partial<VerifyJob> = {},
  options?: VerifyOptions,
): Promise<Verification> {
  return verifyLayer({ layer, ...job }, makeControl(), options);
}

function agreement({ paths }: Verification): Record<string, boolean> {
  return Object.fromEntries(paths.map(({ name, agrees }) => [name, agrees]));
}

const ALL_AGREE = { formula: true, weights: true, probe: true };
const groupsOfOne = makeLayer({ in: 3, out: 9, kernel: 3, padding: 1, groups: 3 });

describe('verification', () => {
  it('proves the map of three groups of one channel, with the split into three', async () => {
    const found = await verify(groupsOfOne, { spatial: [8, 8] });
    assert.equal(found.status, 'verified');
    assert.deepEqual(agreement(found), ALL_AGREE);
    assert.deepEqual(found.probe, { inputs: 3, of: 3, spatial: [3, 3] });
    assert.deepEqual(found.split, {
      parts: 3,
      maxAbsDifference: 0,
      elements: 576,
      outputShape: [1, 9, 8, 8],
    });
    assert.deepEqual(found.work, { counted: 5184, formula: 5184 });
    assert.deepEqual(found.mismatches, []);
  });

  const layers: readonly [string, ConvLayer][] = [
    ['standard', makeLayer({ in: 5, out: 7, kernel: [3, 2], padding: [1, 0], stride: [2, 1] })],
    ['pointwise', makeLayer({ in: 6, out: 4, kernel: 1 })],
    [
      'grouped, one axis',
      makeLayer({ rank: 1, in: 8, out: 12, kernel: 5, dilation: 2, padding: 4, groups: 4 }),
    ],
    ['grouped, three axes', makeLayer({ in: 4, out: 6, kernel: [2, 3, 2], groups: 2 })],
    [
      'transposed',
      makeLayer({ transposed: true, in: 6, out: 4, kernel: 3, stride: 2, padding: 1, groups: 2 }),
    ],
    [
      'transposed to a stated size',
      makeLayer({
        transposed: true,
        weightLayout: 'KOI',
        in: 3,
        out: 2,
        kernel: 3,
        stride: 2,
        padding: { kind: 'fromOutput', rule: 'same', output: [exact(9), exact(10)] },
      }),
    ],
    [
      'depthwise of TensorFlow',
      makeLayer({
        weightLayout: 'KIM',
        in: 4,
        out: 12,
        kernel: 3,
        groups: 4,
        depthMultiplier: exact(3),
        padding: { kind: 'same' },
      }),
    ],
    ['grouped of Keras', makeLayer({ weightLayout: 'KIO', in: 6, out: 4, kernel: [3, 4], groups: 2 })],
    ['separable', makeSeparable({ in: 4, out: 5, kernel: 3, multiplier: 2 })],
    ['circular', makeLayer({ in: 2, out: 2, kernel: 5, padding: 2, paddingMode: 'circular', groups: 2 })],
    [
      'reflecting wide padding',
      makeLayer({ rank: 1, in: 2, out: 2, kernel: 2, padding: 6, paddingMode: 'reflect' }),
    ],
  ];
  for (const [name, layer] of layers) {
    it(`verifies every pair of channels: ${name}`, async () => {
      const found = await verify(layer);
      assert.equal(found.status, 'verified', found.summary);
      assert.deepEqual(agreement(found), ALL_AGREE);
      assert.equal(found.probe?.inputs, found.probe?.of);
      assert.equal(found.work?.counted, found.work?.formula);
    });
  }

  it('has no split where there is one group', async () => {
    assert.equal((await verify(makeLayer({ in: 4, out: 4, kernel: 3 }))).split, undefined);
  });

  it('is partial with what was sampled when the work is limited', async () => {
    const layer = makeLayer({ in: 64, out: 64, kernel: 3 });
    const found = await verify(layer, {}, { limits: { probeMacs: 10 * 64 * 64 * 9 } });
    assert.equal(found.status, 'partial');
    assert.deepEqual(found.probe, { inputs: 10, of: 64, spatial: [3, 3] });
    assert.match(found.summary, /^10 of 64 input channels/);
  });

  it('is derived when nothing can be run', async () => {
    const found = await verify(makeLayer({ in: 64, out: 64, kernel: 3 }), {}, { limits: { probeMacs: 1 } });
    assert.equal(found.status, 'derived');
    assert.equal(found.probe?.inputs, 0);
  });

  it('says which number is missing', async () => {
    const formula = await verify(makeLayer({ in: symbol('dim'), out: 8, kernel: 3 }));
    assert.equal(formula.status, 'unknown');
    assert.equal(formula.summary, 'inChannels is not a known number.');
    const missing = unknown({ code: 'parameter', subject: 'k' });
    assert.equal((await verify(makeLayer({ in: 3, out: 8, kernel: [missing, missing] }))).status, 'unknown');
  });

  it('says why the numbers make no convolution', async () => {
    const groups = await verify(makeLayer({ in: 4, out: 8, kernel: 3, groups: 3 }));
    assert.equal(groups.status, 'invalid');
    assert.equal(groups.summary, '3 groups do not divide 4 input channels.');
    const size = await verify(makeLayer({ in: 4, out: 8, kernel: 5 }), { spatial: [9, 4] });
    assert.equal(size.status, 'invalid');
    assert.equal(size.summary, 'A kernel of extent 5 does not fit a padded input of 4.');
  });

  it('needs no padding for the channel map', async () => {
    const padding = unknown({ code: 'parameter', subject: 'padding' });
    const found = await verify(makeLayer({ in: 4, out: 8, kernel: 3, groups: 2, padding }));
    assert.equal(found.status, 'verified');
    assert.equal(found.split, undefined);
  });

  it('reports progress that ends at the whole', async () => {
    const control = makeControl();
    await verifyLayer({ layer: groupsOfOne }, control);
    assert.deepEqual(control.reports.at(-1), [7, 7, 'Counting multiplications']);
    const done = control.reports.map(([units]) => units);
    assert.deepEqual(
      done,
      [...done].sort((a, b) => a - b),
    );
  });

  it('stops when cancelled and keeps what was done', async () => {
    const early = await verifyLayer({ layer: groupsOfOne }, makeControl(0));
    assert.equal(early.status, 'derived');
    // One input channel's map has 21·21 elements of 8 channels: three samples fit the limit, and make one chunk.
    const layer = makeLayer({ in: 8, out: 8, kernel: 2, dilation: 20 });
    const limits = { elements: 3 * 8 * 21 * 21 };
    const late = await verifyLayer({ layer }, makeControl(1), { limits });
    assert.equal(late.status, 'partial');
    assert.deepEqual(late.probe, { inputs: 3, of: 8, spatial: [21, 21] });
  });

  it('proves 512 × 512 channels of 3×3, several in one run', async () => {
    const found = await verify(makeLayer({ in: 512, out: 512, kernel: 3, padding: 1 }), { spatial: [7, 7] });
    assert.equal(found.status, 'verified');
    assert.equal(found.probe?.inputs, 512);
  });
});

describe('a broken engine is caught', () => {
  /** The tuned engine over a geometry, or on data, that a mistake changed. */
  const broken = (change: (...args: Parameters<ConvEngine['convolve']>) => Float32Array): ConvEngine => ({
    name: 'broken',
    convolve: change,
  });
  const run = tunedEngine.convolve.bind(tunedEngine);
  const interleaved = (geometry: Geometry, data: Float32Array) => {
    const plane = data.length / (geometry.batch * geometry.inChannels);
    const perGroup = geometry.inChannels / geometry.groups;
    const result = data.slice();
    for (let sample = 0; sample < geometry.batch; sample++) {
      for (let channel = 0; channel < geometry.inChannels; channel++) {
        const from = (channel % geometry.groups) * perGroup + Math.floor(channel / geometry.groups);
        const at = (index: number) => (sample * geometry.inChannels + index) * plane;
        result.set(data.subarray(at(from), at(from) + plane), at(channel));
      }
    }
    return result;
  };
  const grouped = makeLayer({ in: 6, out: 6, kernel: 3, padding: 1, groups: 3 });
  const standard = makeLayer({ in: 4, out: 4, kernel: 3, padding: 1, stride: 2 });

  const engines: readonly [string, ConvLayer, ConvEngine][] = [
    [
      'groups are interleaved, not blocks',
      grouped,
      broken((geometry, input, weight, bias) => run(geometry, interleaved(geometry, input), weight, bias)),
    ],
    [
      'one output channel never answers',
      standard,
      broken((geometry, input, weight, bias) => {
        const output = run(geometry, input, weight, bias);
        const plane = output.length / (geometry.batch * geometry.outChannels);
        for (let sample = 0; sample < geometry.batch; sample++) {
          output.fill(0, sample * geometry.outChannels * plane, (sample * geometry.outChannels + 1) * plane);
        }
        return output;
      }),
    ],
    [
      'the kernel is flipped',
      standard,
      broken((geometry, input, weight, bias) => {
        const taps = geometry.axes.reduce((count, { kernel }) => count * kernel, 1);
        const flipped = weight.map(
          (_, index) => weight[index - (index % taps) + taps - 1 - (index % taps)] ?? 0,
        );
        return run(geometry, input, flipped, bias);
      }),
    ],
    [
      'the first filter is used for all',
      grouped,
      broken((geometry, input, weight, bias) => {
        const length = weight.length / geometry.outChannels;
        return run(
          geometry,
          input,
          weight.map((_, index) => weight[index % length] ?? 0),
          bias,
        );
      }),
    ],
    [
      'padding is put at the wrong side',
      standard,
      broken((geometry, input, weight, bias) => {
        const axes = geometry.axes.map((axis) => ({ ...axis, before: axis.before + axis.after, after: 0 }));
        return run({ ...geometry, axes }, input, weight, bias);
      }),
    ],
    [
      'an answer is a hair off',
      standard,
      broken((geometry, input, weight, bias) =>
        run(geometry, input, weight, bias).map((value) => value * 1.000001),
      ),
    ],
    [
      'everything is NaN',
      standard,
      broken((geometry, input, weight, bias) => run(geometry, input, weight, bias).fill(NaN)),
    ],
    [
      'groups differ when they are convolved together',
      grouped,
      broken((geometry, input, weight, bias) => {
        const output = run(geometry, input, weight, bias);
        return geometry.groups > 1 && geometry.axes.some(({ output: size }) => size > 1)
          ? output.map((value) => value + 0.01)
          : output;
      }),
    ],
    [
      'it throws',
      standard,
      broken(() => {
        throw new Error('out of memory');
      }),
    ],
    ['it returns too little', standard, broken(() => new Float32Array(1))],
  ];
  for (const [name, layer, engine] of engines) {
    it(name, async () => {
      const found = await verify(layer, { spatial: [9, 9] }, { engine });
      assert.equal(found.status, 'invalid', found.summary);
    });
  }

  it('with the pairs on which it differs from formula and weights', async () => {
    const [, , engine] = engines[0] ?? [];
    const found = await verify(grouped, { spatial: [9, 9] }, { engine });
    assert.deepEqual(agreement(found), { formula: true, weights: true, probe: false });
    // Place 3, in the second block, holds channel 1, so the first block's outputs miss it and the second's answer it.
    assert.deepEqual(found.mismatches.slice(0, 3), [
      { output: 0, input: 1, formula: true, weights: true, probe: false },
      { output: 1, input: 1, formula: true, weights: true, probe: false },
      { output: 2, input: 1, formula: false, weights: false, probe: true },
    ]);
  });

  it('also among many channels that share a run', async () => {
    const layer = makeLayer({ in: 220, out: 220, kernel: 3 });
    const swapped = broken((geometry, input, weight, bias) => {
      const changed = weight.slice();
      changed[9 * 220 * 200 + 9 * 77] = 0;
      return run(geometry, input, changed, bias);
    });
    const found = await verify(layer, {}, { engine: swapped });
    assert.equal(found.status, 'invalid');
    assert.match(found.summary, /output channel 200 and input channel 77/);
  });

  it('a formula that says other groups than the weight has', async () => {
    const honest = makeLayer({
      weightLayout: 'KIM',
      in: 4,
      out: 8,
      kernel: 1,
      groups: 4,
      depthMultiplier: exact(2),
    });
    const [spec] = honest.stages;
    const found = await verify({ stages: [{ ...spec, groups: exact(2) }] });
    assert.equal(found.status, 'invalid');
  });
});
