import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AxisGeometry, type Geometry, isGeometry, resolveGeometry } from '../../../src/conv/geometry';
import type { PaddingMode, Rank } from '../../../src/conv/spec';
import { sizesOf } from '../../../webview/engine/kernel';
import { createRandom, randomIntegers } from '../../../webview/engine/random';
import { convolveReference } from '../../../webview/engine/reference';
import { tunedEngine } from '../../../webview/engine/tuned';
import { makeSpec } from '../conv/specs';

const mode = fc.constantFrom<PaddingMode>('zeros', 'zeros', 'reflect', 'replicate', 'circular');

const axis = fc
  .record({
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 2 }),
    after: fc.integer({ min: 0, max: 3 }),
    room: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ room, ...window }) => ({
    ...window,
    input: Math.max(4, window.dilation * (window.kernel - 1) + 1) + room,
  }));

const shared = fc.record({
  rank: fc.constantFrom<Rank>(1, 2, 3),
  axes: fc.tuple(axis, axis, axis),
  batch: fc.integer({ min: 1, max: 2 }),
  groups: fc.integer({ min: 1, max: 3 }),
  inputs: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 7 }),
  bias: fc.boolean(),
  seed: fc.integer(),
});

type Window = Omit<AxisGeometry, 'output'>;

const forward = (window: Window): AxisGeometry => {
  const extent = window.dilation * (window.kernel - 1) + 1;
  const room = window.input + window.before + window.after - extent;
  return { ...window, output: Math.floor(room / window.stride) + 1 };
};

/** Crops at most so much that something is left; `after` also extends, as output padding does. */
const transposed = (window: Window): AxisGeometry => {
  const full = (window.input - 1) * window.stride + window.dilation * (window.kernel - 1) + 1;
  const before = Math.min(window.before, full - 1);
  const after = Math.min(window.after - 2, full - 1 - before);
  return { ...window, before, after, output: full - before - after };
};

function checkEqual(geometry: Geometry, hasBias: boolean, seed: number): void {
  const random = createRandom(seed);
  const sizes = sizesOf(geometry);
  const input = randomIntegers(random, sizes.input, -5, 5);
  const weight = randomIntegers(random, sizes.weight, -5, 5);
  const bias = hasBias ? randomIntegers(random, geometry.outChannels, -5, 5) : undefined;
  const expected = convolveReference(geometry, input, weight, { bias });
  const found = tunedEngine.convolve(geometry, input, weight, bias);
  assert.equal(found.length, expected.length);
  const index = found.findIndex((value, at) => value !== expected[at]);
  assert.equal(index, -1, `element ${index} is ${found[index]}, not ${expected[index]}`);
}

describe('the tuned engine', () => {
  it('equals the reference on forward convolutions of every form', () => {
    const cases = fc.record({ paddingMode: mode, shared });
    fc.assert(
      fc.property(
        cases,
        ({ paddingMode, shared: { rank, axes, batch, groups, inputs, outputs, bias, seed } }) => {
          const geometry = {
            rank,
            transposed: false,
            batch,
            groups,
            inChannels: groups * inputs,
            outChannels: groups * outputs,
            axes: axes.slice(0, rank).map(forward),
            paddingMode,
          };
          checkEqual(geometry, bias, seed);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('equals the reference on transposed convolutions of every form', () => {
    fc.assert(
      fc.property(shared, ({ rank, axes, batch, groups, inputs, outputs, bias, seed }) => {
        const geometry = {
          rank,
          transposed: true,
          batch,
          groups,
          inChannels: groups * inputs,
          outChannels: groups * outputs,
          axes: axes.slice(0, rank).map(transposed),
          paddingMode: 'zeros' as const,
        };
        checkEqual(geometry, bias, seed);
      }),
      { numRuns: 100 },
    );
  });

  it('equals the reference where there are more products than one panel holds', () => {
    const spec = makeSpec({ in: 200, out: 10, kernel: 5, padding: 2 });
    const geometry = resolveGeometry(spec, { batch: 2, spatial: [5, 4] });
    assert.ok(isGeometry(geometry));
    checkEqual(geometry, true, 1);
  });

  it('equals the reference where transposed products are taken in blocks', () => {
    const spec = makeSpec({ transposed: true, in: 1, out: 40, kernel: 5, stride: 2 });
    const geometry = resolveGeometry(spec, { spatial: [64, 80] });
    assert.ok(isGeometry(geometry));
    checkEqual(geometry, true, 2);
  });

  it('refuses arrays of the wrong length', () => {
    const geometry = resolveGeometry(makeSpec({ in: 2, out: 2, kernel: 1 }), { spatial: [2, 2] });
    assert.ok(isGeometry(geometry));
    const run = (input: number, weight: number, bias: number) => () =>
      tunedEngine.convolve(
        geometry,
        new Float32Array(input),
        new Float32Array(weight),
        new Float32Array(bias),
      );
    assert.doesNotThrow(run(8, 4, 2));
    assert.throws(run(7, 4, 2), /the input has 7 elements, not 8/);
    assert.throws(run(8, 5, 2), /the weight has 5 elements, not 4/);
    assert.throws(run(8, 4, 1), /the bias has 1 elements, not 2/);
  });
});
