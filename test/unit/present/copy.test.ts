/** Layers as code of both frameworks, with remarks where one has no word for what the other does. */
import assert from 'node:assert/strict';
import { exact } from '../../../src/symbolic/quantity';
import { kerasCode } from '../../../src/present/codeKeras';
import { torchCode } from '../../../src/present/codeTorch';
import { copyText } from '../../../src/present/copy';
import { layer, separable, site } from './make';

const pair = (a: number, b: number) => [exact(a), exact(b)];
const image = (height: number, width: number) => ({
  batch: exact(1),
  channels: exact(3),
  spatial: pair(height, width),
  isAssumed: false,
});
const same = { padding: { kind: 'same' }, dataLayout: 'channelsLast', weightLayout: 'KIO' } as const;
const channelsFirst = 'The data is channels first; without data_format Keras expects channels last.';
const channelsLast = 'PyTorch takes channels first: move the channel axis of the data to position 1.';

/** The lines of code without its comments, and the comments. */
function read(code: string): { code: string; remarks: string[] } {
  const lines = code.trimEnd().split('\n');
  const isRemark = (line: string) => line.startsWith('# ');
  return {
    code: lines
      .filter((line) => !isRemark(line))
      .map((line) => line.trim())
      .join(''),
    remarks: lines.filter(isRemark).map((line) => line.slice(2)),
  };
}

describe('PyTorch code', () => {
  it('leaves out what is the default', () => {
    assert.equal(torchCode(layer({ pad: [0, 0] }), undefined), 'nn.Conv2d(3, 9, 3)\n');
    assert.equal(torchCode(layer({ groups: 3 }), undefined), 'nn.Conv2d(3, 9, 3, padding=1, groups=3)\n');
  });

  it('writes tuples where axes differ, and every argument', () => {
    const options = {
      kernel: [3, 5],
      stride: [1, 2],
      dilation: [2, 1],
      pad: [2, 3],
      bias: false,
      paddingMode: 'reflect',
    } as const;
    assert.equal(
      torchCode(layer(options), undefined),
      "nn.Conv2d(3, 9, (3, 5), stride=(1, 2), padding=(2, 3), dilation=(2, 1), bias=False, padding_mode='reflect')\n",
    );
  });

  it('names symbols and leaves an ellipsis for what is unknown', () => {
    assert.equal(
      torchCode(layer({ in: 'dim', out: null }), undefined),
      'nn.Conv2d(dim, ..., 3, padding=1)\n',
    );
  });

  it('says SAME for stride 1', () => {
    assert.deepEqual(read(torchCode(layer(same), undefined)), {
      code: "nn.Conv2d(3, 9, 3, padding='same')",
      remarks: [channelsLast],
    });
  });

  it('pads by hand for SAME with a stride, last axis first: (0, 1) for 6 rows, (1, 1) for 7 columns', () => {
    assert.deepEqual(read(torchCode(layer({ ...same, stride: [2, 2] }), image(6, 7))), {
      code: 'nn.Sequential(nn.ConstantPad2d((1, 1, 0, 1), 0),nn.Conv2d(3, 9, 3, stride=2),)',
      remarks: [channelsLast, 'SAME with a stride pads by the size of the data; this is for 6x7.'],
    });
  });

  it('says that it cannot for SAME with a stride on sizes that are not known', () => {
    const { code, remarks } = read(torchCode(layer({ ...same, stride: [2, 2] }), undefined));
    assert.equal(code, 'nn.Conv2d(3, 9, 3, stride=2)');
    assert.match(remarks.join(), /no word/);
  });

  it('takes output padding out of the crop of a transposed layer', () => {
    const padding = { kind: 'explicit', before: pair(1, 1), after: pair(0, 0) } as const;
    const options = {
      in: 8,
      out: 4,
      stride: [2, 2],
      transposed: true,
      weightLayout: 'IOK',
      padding,
    } as const;
    assert.equal(
      torchCode(layer(options), undefined),
      'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)\n',
    );
  });

  it("cannot crop only the high end, as Keras' SAME does for kernel 3 and stride 2", () => {
    const options = { in: 8, out: 4, stride: [2, 2], transposed: true, padding: { kind: 'same' } } as const;
    const { code, remarks } = read(torchCode(layer(options), undefined));
    assert.equal(code, 'nn.ConvTranspose2d(8, 4, 3, stride=2)');
    assert.match(remarks.join(), /crop the output by 0 before and 1 after, 0 before and 1 after/);
  });

  it('is two layers for a separable one', () => {
    const { code } = read(torchCode(separable(3, 16), undefined));
    assert.match(
      code,
      /^nn\.Sequential\(nn\.Conv2d\(3, 3, 3, .*groups=3, bias=False\),nn\.Conv2d\(3, 16, 1, .*bias=False\),\)$/,
    );
  });
});

describe('Keras code', () => {
  const inputs = (channels: string) => `Keras takes the input channels, ${channels}, from the data.`;

  it('is DepthwiseConv2D for as many groups as channels', () => {
    assert.deepEqual(read(kerasCode(layer({ groups: 3 }), undefined)), {
      code: "layers.DepthwiseConv2D(3, padding='same', depth_multiplier=3, data_format='channels_first')",
      remarks: [inputs('3'), channelsFirst],
    });
  });

  it('is Conv3D with groups where there is no depthwise layer', () => {
    const { code } = read(kerasCode(layer({ in: 4, out: 4, groups: 4, kernel: [3, 3, 3] }), undefined));
    assert.equal(code, "layers.Conv3D(4, 3, padding='same', data_format='channels_first', groups=4)");
  });

  it('pads before a strided layer, where SAME would pad otherwise', () => {
    const { code } = read(kerasCode(layer({ stride: [2, 2] }), image(6, 6)));
    assert.equal(
      code,
      "keras.Sequential([layers.ZeroPadding2D(1, data_format='channels_first'),layers.Conv2D(9, 3, strides=2, data_format='channels_first'),])",
    );
  });

  it('says SAME for a strided layer on odd sizes, where both pad alike', () => {
    const { code } = read(kerasCode(layer({ stride: [2, 2] }), image(7, 7)));
    assert.equal(code, "layers.Conv2D(9, 3, strides=2, padding='same', data_format='channels_first')");
  });

  it('crops what a transposed layer makes too much', () => {
    const padding = { kind: 'explicit', before: pair(1, 1), after: pair(0, 0) } as const;
    const options = {
      in: 8,
      out: 4,
      stride: [2, 2],
      transposed: true,
      weightLayout: 'IOK',
      padding,
    } as const;
    const { code } = read(kerasCode(layer(options), undefined));
    assert.match(
      code,
      /layers\.Conv2DTranspose\(4, 3, strides=2.*layers\.Cropping2D\(\(\(1, 0\), \(1, 0\)\), data_format='channels_first'\)/,
    );
    const line = {
      ...options,
      stride: [2],
      kernel: [3],
      padding: { kind: 'explicit', before: [exact(1)], after: [exact(0)] } as const,
    };
    assert.match(kerasCode(layer(line), undefined), /no layer that crops this data: crop \(1, 0\)/);
    const last = { ...options, dataLayout: 'channelsLast', weightLayout: 'KOI' } as const;
    assert.match(read(kerasCode(layer(last), undefined)).code, /Cropping2D\(\(\(1, 0\), \(1, 0\)\)\)/);
  });

  it('says what it has no word for', () => {
    const grouped = { in: 8, out: 4, groups: 2, transposed: true, weightLayout: 'IOK' } as const;
    assert.match(kerasCode(layer(grouped), undefined), /no groups in transposed layers; this one has 2/);
    assert.match(kerasCode(layer({ paddingMode: 'reflect' }), undefined), /zeros only/);
    const both = { stride: [2, 2], dilation: [1, 2] };
    assert.match(kerasCode(layer(both), undefined), /refuses strides and dilation above 1 together/);
  });

  it('is one layer for a separable one', () => {
    assert.deepEqual(read(kerasCode(separable(3, 16), undefined)), {
      code: "layers.SeparableConv2D(16, 3, padding='same', use_bias=False)",
      remarks: [inputs('3')],
    });
  });
});

describe('Copied', () => {
  it('Markdown has a row a figure', () => {
    const text = copyText(site({ layer: layer({ groups: 3 }) }), 'markdown');
    assert.ok(text.includes('| parameters | `90` | `9 × 1 × 3 × 3 + 9` |'));
  });

  it('JSON can be read back', () => {
    const value = JSON.parse(copyText(site({ layer: layer({ groups: 3 }) }), 'json')) as { params: unknown };
    assert.equal(value.params, 90);
  });

  it('comments stay on one line whatever names hold', () => {
    const code = copyText(site({ layer: layer({ in: 'a\nimport os' }) }), 'keras');
    assert.ok(code.startsWith('# Keras takes the input channels, a import os, from the data.\n'));
  });
});
