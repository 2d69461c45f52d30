/** Drawings of channels whose counts are not numbers. */
import assert from 'node:assert/strict';
import type { ConvSpec } from '../../../../src/conv/spec';
import { multiply } from '../../../../src/symbolic/arithmetic';
import { exact, symbol, unknown } from '../../../../src/symbolic/quantity';
import { schematicLink, schematicOf } from '../../../../webview/page/map/schematic';
import { conv } from '../layers';

const DIM = symbol('dim');

/** The drawing as text: headings, then a sign for every cell. */
function picture(spec: ConvSpec): string[] {
  const { inputs, outputs, isCertain } = schematicOf(spec);
  const signs = { all: '#', some: '\\', none: '.' };
  return [
    outputs.map(({ label }) => label).join(' | '),
    ...inputs.map(
      (input) =>
        `${outputs.map((output) => (isCertain ? signs[schematicLink(input, output)] : '?')).join('')} ${input.label}`,
    ),
  ];
}

describe('a schematic', () => {
  it('is a diagonal for groups=dim of dim channels', () => {
    const spec = conv(DIM, DIM, 7, { groups: DIM });
    assert.deepEqual(picture(spec), ['0 | 1 | … | dim - 1', '#... 0', '.#.. 1', '..\\. …', '...# dim - 1']);
    assert.equal(schematicOf(spec).note, 'Each input channel has one filter of its own, whatever dim is.');
  });

  it('shows the filters of each channel for a small multiplier', () => {
    const spec = conv(DIM, multiply(exact(2), DIM), 3, { groups: DIM });
    assert.deepEqual(picture(spec), [
      '0 | 1 | 2 | 3 | … | 2·dim - 2 | 2·dim - 1',
      '##..... 0',
      '..##... 1',
      '....\\.. …',
      '.....## dim - 1',
    ]);
    assert.equal(schematicOf(spec).note, 'Each input channel has 2 filters of its own, whatever dim is.');
  });

  it('shows blocks for a known number of groups', () => {
    const spec = conv(DIM, DIM, 3, { groups: exact(32) });
    assert.deepEqual(picture(spec), ['g0 | g1 | … | g31', '#... g0', '.#.. g1', '..\\. …', '...# g31']);
    assert.equal(
      schematicOf(spec).note,
      '32 groups: each reads dim / 32 channels and makes dim / 32 filters.',
    );
  });

  it('shows every block of a few groups', () => {
    assert.deepEqual(picture(conv(DIM, DIM, 3, { groups: exact(2) })), ['g0 | g1', '#. g0', '.# g1']);
  });

  it('is full for one group, with the numbers that are known', () => {
    const lazy = unknown({ code: 'channels-from-input', subject: 'in_channels' });
    assert.deepEqual(picture(conv(lazy, 16, 3)), [
      '0 | 1 | … | 15',
      '#### 0',
      '#### 1',
      '#### …',
      '#### last',
    ]);
    assert.deepEqual(picture(conv(DIM, 2, 3)), ['0 | 1', '## 0', '## 1', '## …', '## dim - 1']);
  });

  it('draws a depthwise layer whose input is unknown', () => {
    const inChannels = unknown({ code: 'channels-from-input', subject: 'the input' });
    const spec = conv(inChannels, inChannels, 3, {
      weightLayout: 'KIM',
      depthMultiplier: exact(1),
      groups: inChannels,
    });
    assert.deepEqual(picture(spec), ['0 | 1 | … | last', '#... 0', '.#.. 1', '..\\. …', '...# last']);
    assert.equal(schematicOf(spec).note, 'Each input channel has one filter of its own.');
  });

  it('tells nothing when groups are unknown, and says why', () => {
    const spec = conv(64, 2, 3, { groups: unknown({ code: 'parameter', subject: 'groups' }) });
    assert.deepEqual(picture(spec), ['0 | 1', '?? 0', '?? 1', '?? …', '?? 63']);
    assert.equal(
      schematicOf(spec).note,
      'Which filter reads which channel follows from groups, and groups is a parameter without a value here.',
    );
  });
});
