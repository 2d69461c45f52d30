import assert from 'node:assert/strict';
import type { WeightLayout } from '../../../src/conv/spec';
import { weightsOf } from '../../../src/conv/weights';
import { exact, numbersOf, symbol, unknown } from '../../../src/symbolic/quantity';
import { show } from '../../../src/symbolic/show';
import { makeLayer, makeSeparable, type SpecParts } from './specs';

function weight(parts: SpecParts): { shape?: number[]; layout?: string; axes?: readonly string[] } {
  const [first] = weightsOf(makeLayer(parts));
  return { shape: numbersOf(first?.shape ?? []), layout: first?.layout, axes: first?.axes };
}

describe('weights', () => {
  const rows: readonly [WeightLayout, SpecParts, number[], string, string[]][] = [
    [
      'OIK',
      { in: 3, out: 9, kernel: [3, 5], groups: 3 },
      [9, 1, 3, 5],
      'OIHW',
      ['out', 'in / groups', 'height', 'width'],
    ],
    ['OIK', { rank: 1, in: 4, out: 8, kernel: 3 }, [8, 4, 3], 'OIW', ['out', 'in', 'width']],
    [
      'OIK',
      { in: 4, out: 8, kernel: [2, 3, 5] },
      [8, 4, 2, 3, 5],
      'OIDHW',
      ['out', 'in', 'depth', 'height', 'width'],
    ],
    [
      'IOK',
      { in: 4, out: 6, kernel: 3, groups: 2, transposed: true },
      [4, 3, 3, 3],
      'IOHW',
      ['in', 'out / groups', 'height', 'width'],
    ],
    [
      'KIO',
      { in: 4, out: 8, kernel: [3, 5], groups: 2 },
      [3, 5, 2, 8],
      'HWIO',
      ['height', 'width', 'in / groups', 'out'],
    ],
    [
      'KOI',
      { in: 4, out: 8, kernel: [3, 5], transposed: true },
      [3, 5, 8, 4],
      'HWOI',
      ['height', 'width', 'out', 'in'],
    ],
    [
      'KIM',
      { rank: 1, in: 4, out: 8, kernel: 3, groups: 4 },
      [3, 4, 2],
      'WIM',
      ['width', 'in', 'multiplier'],
    ],
  ];
  for (const [weightLayout, parts, shape, layout, axes] of rows) {
    it(`${layout} of ${shape.join('×')}`, () =>
      assert.deepEqual(weight({ ...parts, weightLayout }), { shape, layout, axes }));
  }

  it('name both kernels and the one bias of a separable layer', () => {
    const weights = weightsOf(makeSeparable({ in: 4, out: 5, kernel: 3, multiplier: 2 }));
    assert.deepEqual(
      weights.map(({ name, shape }) => [name, numbersOf(shape)]),
      [
        ['depthwise_kernel', [3, 3, 4, 2]],
        ['pointwise_kernel', [1, 1, 8, 5]],
        ['bias', [5]],
      ],
    );
  });

  it('flag a bias that may be there', () => {
    const bias = unknown({ code: 'parameter', subject: 'bias' });
    assert.equal(weightsOf(makeLayer({ in: 4, out: 8, kernel: 3, bias }))[1]?.isCertain, false);
    assert.equal(weightsOf(makeLayer({ in: 4, out: 8, kernel: 3 }))[1]?.isCertain, true);
    assert.equal(weightsOf(makeLayer({ in: 4, out: 8, kernel: 3, bias: false })).length, 1);
  });

  it('are formulas of names', () => {
    const [width, groups] = [symbol('width'), symbol('groups')];
    const [grouped] = weightsOf(makeLayer({ in: width, out: width, kernel: 3, groups }));
    assert.deepEqual(grouped?.shape.map(show), ['width', 'width / groups', '3', '3']);
    const [depthwise] = weightsOf(makeLayer({ in: width, out: width, kernel: 7, groups: width }));
    assert.deepEqual(depthwise?.shape.map(show), ['width', '1', '7', '7']);
    assert.equal(show(depthwise.elements), '49·width');
    assert.deepEqual(depthwise.shape[1], exact(1));
  });
});
