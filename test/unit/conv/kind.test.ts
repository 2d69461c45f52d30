import assert from 'node:assert/strict';
import { type Kind, kindOf, multiplierOf } from '../../../src/conv/kind';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';
import { multiply } from '../../../src/symbolic/arithmetic';
import { makeLayer, makeSeparable, makeSpec, type SpecParts } from './specs';

const dim = symbol('dim');
const open = unknown({ code: 'parameter', subject: 'groups' });

describe('kinds', () => {
  const kinds: readonly [string, SpecParts, Kind][] = [
    ['one group', { in: 8, out: 16, kernel: 3 }, 'standard'],
    ['one group, one tap', { in: 8, out: 16, kernel: 1 }, 'pointwise'],
    ['one group, an open kernel', { in: 8, out: 16, kernel: [open, open] }, 'standard'],
    ['one group, open channels', { in: open, out: 16, kernel: 3 }, 'standard'],
    ['1×3 is not pointwise', { in: 8, out: 16, kernel: [1, 3] }, 'standard'],
    ['fewer groups than channels', { in: 8, out: 16, kernel: 3, groups: 4 }, 'grouped'],
    ['grouped of one tap', { in: 8, out: 16, kernel: 1, groups: 4 }, 'grouped'],
    ['a group a channel', { in: 8, out: 8, kernel: 3, groups: 8 }, 'depthwise'],
    ['a group a channel, three filters each', { in: 3, out: 9, kernel: 3, groups: 3 }, 'depthwise'],
    ['one channel in one group', { in: 1, out: 8, kernel: 3, groups: 1 }, 'standard'],
    [
      'as many groups as a named number of channels',
      { in: dim, out: dim, kernel: 7, groups: dim },
      'depthwise',
    ],
    [
      'half as many groups, which may be one',
      { in: multiply(exact(2), dim), out: 8, kernel: 3, groups: dim },
      'unknown',
    ],
    ['groups unknown', { in: 8, out: 8, kernel: 3, groups: open }, 'unknown'],
    ['groups a name', { in: 8, out: 8, kernel: 3, groups: symbol('g') }, 'unknown'],
    ['known groups of open channels', { in: dim, out: dim, kernel: 3, groups: 32 }, 'unknown'],
    ['transposed', { in: 8, out: 8, kernel: 1, transposed: true }, 'transposed'],
  ];
  for (const [name, parts, kind] of kinds) it(name, () => assert.equal(kindOf(makeLayer(parts)).kind, kind));

  it('tell the grouping of a transposed convolution apart', () => {
    const { grouping, transposed } = kindOf(
      makeLayer({ in: 8, out: 8, kernel: 4, groups: 8, transposed: true }),
    );
    assert.deepEqual([grouping, transposed], ['depthwise', true]);
  });

  it('list what remains possible', () => {
    const possible = (parts: SpecParts) => kindOf(makeLayer(parts)).possible;
    assert.deepEqual(possible({ in: dim, out: dim, kernel: 3, groups: 32 }), ['grouped', 'depthwise']);
    assert.deepEqual(possible({ in: 8, out: 8, kernel: 3, groups: open }), [
      'standard',
      'grouped',
      'depthwise',
    ]);
    assert.deepEqual(possible({ in: 8, out: 8, kernel: 3, groups: 2 }), ['grouped']);
    const half = { in: multiply(exact(2), dim), out: 8, kernel: 3, groups: dim };
    assert.deepEqual(possible(half), ['standard', 'grouped']);
    assert.deepEqual(possible({ in: 8, out: 8, kernel: 3, groups: -2 }), []);
  });

  it('know the multiplier', () => {
    assert.deepEqual(kindOf(makeLayer({ in: 3, out: 9, kernel: 3, groups: 3 })).multiplier, exact(3));
    assert.deepEqual(kindOf(makeSeparable({ in: 4, out: 5, kernel: 3, multiplier: 2 })).multiplier, exact(2));
    assert.deepEqual(multiplierOf(makeSpec({ in: dim, out: dim, kernel: 3, groups: dim })), exact(1));
    const stated = makeSpec({
      in: open,
      out: open,
      kernel: 3,
      groups: open,
      depthMultiplier: exact(2),
      weightLayout: 'KIM',
    });
    assert.deepEqual(kindOf({ stages: [stated] }).multiplier, exact(2));
    assert.equal(kindOf({ stages: [stated] }).kind, 'depthwise');
    assert.equal(kindOf(makeLayer({ in: 8, out: 8, kernel: 3 })).multiplier, undefined);
  });

  it('call two stages separable', () => {
    assert.equal(kindOf(makeSeparable({ in: 4, out: 5, kernel: 3, multiplier: 2 })).kind, 'separable');
  });
});
