import assert from 'node:assert/strict';
import { channelMap, composedMap } from '../../../src/conv/channels';
import { commonDivisors, dividesChannels, outputPaddingFits } from '../../../src/conv/validity';
import { symbol } from '../../../src/symbolic/quantity';
import { makeLayer, makeSeparable } from './specs';

describe('channel map', () => {
  it('of 3 → 9 in 3 groups: channel 0 feeds 0–2, 1 feeds 3–5, 2 feeds 6–8', () => {
    const map = channelMap(3, 9, 3);
    assert.ok(map !== undefined);
    assert.deepEqual([0, 1, 2].map(map.outputsOf), [
      { start: 0, end: 3 },
      { start: 3, end: 6 },
      { start: 6, end: 9 },
    ]);
    assert.deepEqual(map.inputsOf(4), { start: 1, end: 2 });
    assert.deepEqual(
      [map.localOutput(4), map.localInput(2), map.groupOfOutput(8), map.groupOfInput(1)],
      [1, 0, 2, 1],
    );
  });

  it('of 6 → 4 in 2 groups', () => {
    const map = channelMap(6, 4, 2);
    assert.deepEqual(map?.inputsOf(1), { start: 0, end: 3 });
    assert.deepEqual(map.inputsOf(2), { start: 3, end: 6 });
    assert.deepEqual([map.localInput(4), map.reads(1, 2), map.reads(1, 3)], [1, true, false]);
  });

  it('of one group: all to all', () =>
    assert.deepEqual(channelMap(2, 3, 1)?.inputsOf(2), { start: 0, end: 2 }));

  it('is absent where the numbers do not divide', () => {
    for (const [inputs, outputs, groups] of [
      [4, 8, 3],
      [6, 8, 3],
      [4, 4, 0],
      [0, 4, 1],
      [4, 4, 0.5],
      [4, 4, -2],
    ] as const) {
      assert.equal(channelMap(inputs, outputs, groups), undefined);
    }
  });

  it('composes through both stages of a separable layer', () => {
    const map = composedMap(makeSeparable({ in: 4, out: 5, kernel: 3, multiplier: 2 }));
    assert.deepEqual([map?.inChannels, map?.outChannels, map?.groups], [4, 5, 1]);
    assert.equal(composedMap(makeLayer({ in: 8, out: 8, kernel: 3, groups: 4 }))?.groups, 4);
    assert.equal(composedMap(makeLayer({ in: symbol('dim'), out: 8, kernel: 3 })), undefined);
  });
});

describe('what combinations are admissible', () => {
  it('groups', () => {
    assert.deepEqual(commonDivisors(12, 18), [1, 2, 3, 6]);
    assert.deepEqual(commonDivisors(3, 9), [1, 3]);
    assert.deepEqual(commonDivisors(9, 3), [1, 3]);
    assert.deepEqual(commonDivisors(64, 64), [1, 2, 4, 8, 16, 32, 64]);
    assert.deepEqual(commonDivisors(0, 4), []);
    assert.ok(dividesChannels(4, 8, 4) && !dividesChannels(4, 8, 8));
  });

  it('output padding: below the stride or below the dilation', () => {
    assert.ok(outputPaddingFits(1, 2, 1) && outputPaddingFits(2, 1, 3) && outputPaddingFits(0, 1, 1));
    assert.ok(!outputPaddingFits(2, 2, 1) && !outputPaddingFits(-1, 2, 1));
  });
});
