/** What hovering one argument says, with this call's numbers. */
import assert from 'node:assert/strict';
import type { CallSite } from '../../../src/analysis/report';
import { argumentCard } from '../../../src/present/argument';
import { argumentAt, siteAt, siteNear } from '../../../src/present/at';
import { exact } from '../../../src/symbolic/quantity';
import { layer, place, separable, site, URI } from './make';

const image = (height: number, width: number, channels: number) => ({
  batch: exact(1),
  channels: exact(channels),
  spatial: [exact(height), exact(width)],
  isAssumed: false,
});

/** The sentences of the argument's card, without escapes. */
function about(part: Partial<CallSite>, parameter: string): string[] {
  const whole = argumentCard(site(part), { parameter, text: `${parameter}=…`, span: place(0, 0).span });
  const [, sentences = ''] = (whole ?? '').split('\n\n');
  return sentences.replace(/\\([!-/:-@[-`{-~])/g, '$1').split('  \n');
}

describe('Hovering', () => {
  const ones = [exact(1), exact(1)];
  const same = { padding: { kind: 'same' }, dataLayout: 'channelsLast', weightLayout: 'KIO' } as const;
  const transposed = {
    in: 8,
    out: 4,
    stride: [2, 2],
    transposed: true,
    weightLayout: 'IOK',
    outputPadding: ones,
    padding: { kind: 'explicit', before: ones, after: [exact(0), exact(0)] },
  } as const;

  const cases: readonly (readonly [string, string, Partial<CallSite>, readonly string[]])[] = [
    [
      'groups',
      'groups',
      { layer: layer({ in: 8, out: 12, groups: 4 }) },
      [
        '4 groups; filters 0–2 read channels 0–1, 3–5 channels 2–3, 6–8 channels 4–5, 9–11 channels 6–7.',
        'It must divide 8 inputs and 12 outputs: 1, 2 and 4 would.',
      ],
    ],
    [
      'groups of a formula',
      'groups',
      { layer: layer({ in: 'dim', out: 'dim', groups: 'dim' }) },
      ['Each of dim channels has its own filter.'],
    ],
    [
      'input channels of groups',
      'in_channels',
      { layer: layer({ in: 6, out: 4, groups: 2 }) },
      ['The data has 6 channels.', 'With 2 groups, each group has 6 / 2 = 3 of them.'],
    ],
    [
      'output channels',
      'out_channels',
      { layer: layer({ in: 3, out: 16 }) },
      [
        '16 filters, each making one output channel.',
        'One filter has 3 × 3 × 3 = 27 weights; 16 of them have 432.',
      ],
    ],
    [
      'an unknown number',
      'in_channels',
      { layer: layer({ in: null }) },
      ['The number of input channels is not known: size is not defined in what was read.'],
    ],
    [
      'the kernel',
      'kernel_size',
      { layer: layer({ kernel: [3, 5], dilation: [2, 2] }) },
      [
        'A window of 3×5 (height × width): 3 × 5 = 15 taps in each channel that is read.',
        'The kernel then spans dilation × (kernel - 1) + 1 = 2 × ((3, 5) - 1) + 1 = (5, 9).',
      ],
    ],
    [
      'a dilation',
      'dilation',
      { layer: layer({ dilation: [3, 3] }) },
      ['Taps stand 3 apart.', 'The kernel then spans dilation × (kernel - 1) + 1 = 3 × (3 - 1) + 1 = 7.'],
    ],
    [
      'a stride with data',
      'stride',
      { layer: layer({ stride: [2, 2] }), input: image(7, 8, 3) },
      ['The window moves 2 at a time.', '[7, 8] becomes [4, 4].'],
    ],
    [
      'a stride without data',
      'stride',
      { layer: layer({ stride: [2, 2] }) },
      ['The window moves 2 at a time.', '[H, W] becomes [(H - 1) // 2 + 1, (W - 1) // 2 + 1].'],
    ],
    [
      'padding',
      'padding',
      { layer: layer() },
      ['Adds 1 before and 1 after on each axis.', '[H, W] becomes [H, W].'],
    ],
    [
      'SAME with a stride on an even and an odd size',
      'padding',
      { layer: layer({ ...same, stride: [2, 2] }), input: image(6, 7, 3) },
      [
        'SAME: the output has ⌈input / stride⌉ positions; the total padding is what that needs, the odd element at the high end.',
        'Here: height 0 before and 1 after; width 1 before and 1 after.',
        '[6, 7] becomes [3, 4].',
      ],
    ],
    [
      'SAME on sizes that are not known',
      'padding',
      { layer: layer({ ...same, kernel: [3], stride: [2] }) },
      [
        'SAME: the output has ⌈input / stride⌉ positions; the total padding is what that needs, the odd element at the high end.',
        'In all: length max(0, 2·((L + 1) // 2) - L + 1). Half of it, rounded down, stands before.',
        '[L] becomes [(L + 1) // 2].',
      ],
    ],
    [
      'the padding of a transposed layer',
      'padding',
      { layer: layer(transposed) },
      [
        'Crops 1 before and 1 after on each axis of the scattered values.',
        'Of the high end, 1 is kept all the same.',
        '[H, W] becomes [2·H, 2·W].',
      ],
    ],
    ['a bias', 'bias', { layer: layer() }, ['One number is added to each output channel: 9 parameters.']],
    ['no bias', 'use_bias', { layer: separable(3, 16) }, ['No bias: outputs are sums of products alone.']],
    [
      'the depth multiplier',
      'depth_multiplier',
      { layer: separable(3, 16, 2) },
      ['Each input channel has 2 filters of its own: 3 × 2 = 6 depthwise outputs.'],
    ],
    [
      'the data format',
      'data_format',
      { layer: layer(same) },
      [
        'Data is NHWC: batch, height, width, channels.',
        'It does not change the order of weight, which stays HWIO.',
      ],
    ],
    [
      "TensorFlow's filters, which are the weight",
      'filters',
      { role: 'function', layer: layer({ ...same, weightName: 'filters', bias: false }) },
      ['filters [3, 3, 3, 9], HWIO: height, width, in, out.'],
    ],
  ];
  for (const [name, parameter, part, expected] of cases) {
    it(name, () => assert.deepEqual(about(part, parameter), expected));
  }

  it('an argument that does not shape the convolution has no card of its own', () => {
    const argument = { parameter: 'device', text: "device='cpu'", span: place(0, 0).span };
    assert.equal(argumentCard(site(), argument), undefined);
    assert.equal(argumentCard(site(), { ...argument, parameter: 'constructor' }), undefined);
  });

  it('an argument written with markup shows that as text', () => {
    const text = argumentCard(site(), {
      parameter: 'groups',
      text: 'x`](command:a)',
      span: place(0, 0).span,
    });
    assert.ok(text?.startsWith('**groups** ``x`](command:a)``'));
  });
});

describe('Under the cursor', () => {
  const inner = site({ id: 'inner', place: place(2, 10, 2, 20) });
  const outer = site({
    id: 'outer',
    place: place(2, 0, 3, 5),
    arguments: [{ parameter: 'groups', text: 'groups=3', span: place(2, 22, 2, 30).span }],
  });
  const report = { uri: URI, sites: [outer, inner], blocks: [], elsewhere: [], models: [], findings: [] };

  it('the innermost call counts', () => {
    assert.equal(siteAt(report, { line: 2, character: 12 })?.id, 'inner');
    assert.equal(siteAt(report, { line: 2, character: 2 })?.id, 'outer');
    assert.equal(siteAt(report, { line: 3, character: 6 }), undefined);
  });

  it('an argument is found with its keyword', () => {
    assert.equal(argumentAt(outer, { line: 2, character: 22 })?.parameter, 'groups');
    assert.equal(argumentAt(outer, { line: 2, character: 21 }), undefined);
  });

  it('the only call on a line is meant anywhere on it, one of two is not', () => {
    const two = { ...report, sites: [inner, site({ id: 'other', place: place(2, 30, 2, 40) })] };
    assert.equal(siteNear(two, { line: 2, character: 60 }), undefined);
    assert.equal(siteNear(report, { line: 3, character: 40 })?.id, 'outer');
    assert.equal(siteNear(report, { line: 9, character: 0 }), undefined);
  });
});
