import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AxisGeometry, isGeometry, resolveGeometry } from '../../../src/conv/geometry';
import type { PaddingMode } from '../../../src/conv/spec';
import {
  denseProducts,
  outputsOfCell,
  outputsOfInput,
  sourceOf,
  tapsOfCell,
  tapsOfOutput,
  unreadInputs,
  usefulProducts,
} from '../../../src/conv/taps';
import { makeSpec, type SpecParts } from './specs';

function geometryOf(parts: Omit<SpecParts, 'in' | 'out'>, ...spatial: number[]) {
  const geometry = resolveGeometry(makeSpec({ in: 1, out: 1, ...parts }), { spatial });
  assert.ok(isGeometry(geometry), JSON.stringify(geometry));
  return geometry;
}

function axisOf(parts: Omit<SpecParts, 'in' | 'out' | 'rank'>, size: number): AxisGeometry {
  const [axis] = geometryOf({ ...parts, rank: 1 }, size).axes;
  assert.ok(axis !== undefined);
  return axis;
}

describe('taps of one axis', () => {
  it('of an output at the border: the first tap meets padding', () => {
    const axis = axisOf({ kernel: 3, padding: 1 }, 4);
    assert.deepEqual(tapsOfOutput(axis, 0), [
      { tap: 0, input: -1, isPadding: true },
      { tap: 1, input: 0, isPadding: false, source: 0 },
      { tap: 2, input: 1, isPadding: false, source: 1 },
    ]);
    assert.deepEqual(tapsOfOutput(axis, 4), []);
  });

  it('are a dilation apart, and outputs a stride', () => {
    const axis = axisOf({ kernel: 3, dilation: 2, stride: 2 }, 9);
    assert.deepEqual(
      tapsOfOutput(axis, 1).map(({ input }) => input),
      [2, 4, 6],
    );
    assert.deepEqual(outputsOfInput(axis, 4), [
      { tap: 0, output: 2, isPadding: false },
      { tap: 1, output: 1, isPadding: false },
      { tap: 2, output: 0, isPadding: false },
    ]);
    assert.deepEqual(unreadInputs(axis), [1, 3, 5, 7]);
  });

  it('of a transposed convolution: every second output meets two taps', () => {
    const rules = { transposed: true, paddingMode: 'zeros' } as const;
    const axis = axisOf({ kernel: 3, stride: 2, transposed: true }, 2);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((output) =>
        tapsOfOutput(axis, output, rules).map(({ tap, input }) => [tap, input]),
      ),
      [
        [[0, 0]],
        [[1, 0]],
        [
          [0, 1],
          [2, 0],
        ],
        [[1, 1]],
        [[2, 1]],
      ],
    );
    assert.deepEqual(
      outputsOfInput(axis, 1, rules).map(({ output }) => output),
      [2, 3, 4],
    );
  });

  const sources: readonly [PaddingMode, (number | undefined)[]][] = [
    ['zeros', [undefined, undefined, 0, 1, 2, 3, undefined, undefined]],
    ['reflect', [2, 1, 0, 1, 2, 3, 2, 1]],
    ['replicate', [0, 0, 0, 1, 2, 3, 3, 3]],
    ['circular', [2, 3, 0, 1, 2, 3, 0, 1]],
  ];
  for (const [paddingMode, expected] of sources) {
    it(`copy as padding mode ${paddingMode} says`, () => {
      assert.deepEqual(
        [-2, -1, 0, 1, 2, 3, 4, 5].map((position) => sourceOf(position, 4, paddingMode)),
        expected,
      );
    });
  }

  it('tell which outputs read a copy', () => {
    const axis = axisOf({ kernel: 3, padding: 1, paddingMode: 'circular' }, 4);
    const rules = { transposed: false, paddingMode: 'circular' } as const;
    assert.deepEqual(outputsOfInput(axis, 3, rules), [
      { tap: 1, output: 3, isPadding: false },
      { tap: 2, output: 2, isPadding: false },
      { tap: 0, output: 0, isPadding: true },
    ]);
  });

  it('read back and forth say the same', () => {
    const rulesOf = fc.constantFrom<PaddingMode | 'transposed'>(
      'zeros',
      'reflect',
      'replicate',
      'circular',
      'transposed',
    );
    const numbers = fc.record({
      kernel: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 3 }),
      size: fc.integer({ min: 1, max: 14 }),
    });
    fc.assert(
      fc.property(rulesOf, numbers, (mode, { size, ...window }) => {
        const isTransposed = mode === 'transposed';
        const rules = { transposed: isTransposed, paddingMode: isTransposed ? 'zeros' : mode } as const;
        const geometry = resolveGeometry(makeSpec({ rank: 1, in: 1, out: 1, ...window, ...rules }), {
          spatial: [size],
        });
        fc.pre(isGeometry(geometry));
        const [axis] = geometry.axes;
        assert.ok(axis !== undefined);
        const fromOutputs = Array.from({ length: axis.output }, (_, output) =>
          tapsOfOutput(axis, output, rules).flatMap(({ tap, source }) =>
            source === undefined ? [] : [`${source} ${tap} ${output}`],
          ),
        );
        const fromInputs = Array.from({ length: axis.input }, (_, input) =>
          outputsOfInput(axis, input, rules).map(({ tap, output }) => `${input} ${tap} ${output}`),
        );
        assert.deepEqual(fromOutputs.flat().sort(), fromInputs.flat().sort());
        assert.equal(usefulProducts(geometry), fromInputs.flat().length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('taps of a cell', () => {
  it('are the products of the axes', () => {
    const geometry = geometryOf({ kernel: [2, 3], padding: [0, 1] }, 3, 4);
    const taps = tapsOfCell(geometry, [1, 0]);
    assert.equal(taps.length, 6);
    assert.deepEqual(taps[0], { tap: [0, 0], input: [1, -1], isPadding: true });
    assert.deepEqual(taps[4], { tap: [1, 1], input: [2, 0], isPadding: false, source: [2, 0] });
    assert.deepEqual(outputsOfCell(geometry, [0, 0]), [
      { tap: [0, 0], output: [0, 1], isPadding: false },
      { tap: [0, 1], output: [0, 0], isPadding: false },
    ]);
  });

  it('are counted with and without padding', () => {
    const geometry = geometryOf({ kernel: 3, padding: 1 }, 8, 8);
    assert.equal(denseProducts(geometry), 576);
    assert.equal(usefulProducts(geometry), 484);
  });
});
