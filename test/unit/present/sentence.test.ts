/** Who reads what, in words: numbers, folded lists, formulas and what cannot be told. */
import assert from 'node:assert/strict';
import { channelSentence } from '../../../src/present/sentence';
import { kindText } from '../../../src/present/words';
import { layer, separable } from './make';

describe('The sentence and the kind of', () => {
  const transposed = { transposed: true, weightLayout: 'IOK' } as const;
  const cases: readonly (readonly [string, Parameters<typeof layer>[0], string, string])[] = [
    [
      'a depthwise layer with a multiplier',
      { in: 3, out: 9, groups: 3 },
      'depthwise, multiplier 3',
      'each input channel feeds 3 filters; filters 0–2 read channel 0, 3–5 channel 1, 6–8 channel 2',
    ],
    [
      'a depthwise layer',
      { in: 32, out: 32, groups: 32 },
      'depthwise',
      'each of 32 input channels has its own filter: filter i reads channel i',
    ],
    [
      'many groups',
      { in: 32, out: 96, groups: 32 },
      'depthwise, multiplier 3',
      'each input channel feeds 3 filters; filters 0–2 read channel 0, 3–5 channel 1, 6–8 channel 2, …, 93–95 channel 31',
    ],
    [
      'a grouped layer',
      { in: 6, out: 4, groups: 2 },
      'grouped, 2 groups',
      '2 groups; filters 0–1 read channels 0–2, 2–3 channels 3–5',
    ],
    [
      'one filter a group',
      { in: 6, out: 3, groups: 3 },
      'grouped, 3 groups',
      '3 groups; filter 0 reads channels 0–1, 1 channels 2–3, 2 channels 4–5',
    ],
    ['a standard layer', { in: 3, out: 16 }, 'standard', 'each of 16 filters reads all 3 input channels'],
    ['one input channel', { in: 1, out: 6 }, 'standard', 'each of 6 filters reads the one input channel'],
    ['one filter', { in: 3, out: 1 }, 'standard', 'the one filter reads all 3 input channels'],
    [
      'a pointwise layer',
      { in: 8, out: 16, kernel: [1, 1], pad: [0, 0] },
      'pointwise',
      'each of 16 filters mixes all 8 input channels, one position at a time',
    ],
    [
      'a depthwise formula',
      { in: 'dim', out: 'dim', groups: 'dim' },
      'depthwise',
      'each of dim channels has its own filter',
    ],
    [
      'groups that are a formula',
      { in: 'width', out: 'width', groups: 'cardinality' },
      'standard, grouped or depthwise, groups cardinality',
      'split into cardinality groups, each with width / cardinality filters reading width / cardinality input channels of its own',
    ],
    [
      'an unknown number of inputs',
      { in: null, out: 64 },
      'standard',
      'each of 64 filters reads all input channels, whose number is not known',
    ],
    [
      'unknown groups',
      { in: 8, out: 8, groups: null },
      'standard, grouped or depthwise, groups unknown',
      'which channels feed which cannot be told, because the groups are not known',
    ],
    [
      'groups that do not divide',
      { in: 4, out: 9, groups: 3 },
      'grouped, 3 groups',
      'no channel map: 4 input channels cannot be shared evenly by 3 groups',
    ],
    [
      'a transposed layer',
      { in: 8, out: 4, ...transposed },
      'transposed',
      'each of 8 input channels is spread into all 4 output channels',
    ],
    [
      'a grouped transposed layer',
      { in: 8, out: 4, groups: 2, ...transposed },
      'transposed, grouped, 2 groups',
      '2 groups; output channels 0–1 come from channels 0–3, 2–3 channels 4–7',
    ],
  ];
  for (const [name, options, kind, sentence] of cases) {
    it(name, () => {
      assert.equal(kindText(layer(options)), kind);
      assert.equal(channelSentence(layer(options)), sentence);
    });
  }

  it('channels whose number is not known', () => {
    const each = (transposed: boolean) => channelSentence(layer({ in: null, out: null, transposed }));
    assert.equal(each(false), 'each filter reads all input channels, whose number is not known');
    assert.equal(each(true), 'each input channel is spread into all output channels');
    assert.equal(
      channelSentence(separable(null, 16)),
      'first each input channel has its own filter; then each of 16 pointwise filters mixes all results',
    );
  });

  it('a separable layer', () => {
    assert.equal(kindText(separable(3, 16)), 'separable');
    assert.equal(kindText(separable(3, 16, 2)), 'separable, multiplier 2');
    assert.equal(
      channelSentence(separable(3, 16)),
      'first each of 3 input channels has its own filter; then each of 16 pointwise filters mixes all 3 results',
    );
    assert.equal(
      channelSentence(separable(3, 16, 2)),
      'first each input channel feeds 2 filters; then each of 16 pointwise filters mixes all 6 results',
    );
  });
});
