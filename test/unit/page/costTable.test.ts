/** The cost table; figures are those of the sample programs, worked out on paper. */
import assert from 'node:assert/strict';
import type { ConvLayer, ConvSpec, DataShape } from '../../../src/conv/spec';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';
import { costTable, showBytes } from '../../../webview/page/costTable';
import { conv, separable } from './layers';

function table(layer: ConvLayer | ConvSpec, input?: DataShape): Record<string, string[]> {
  const measures = costTable('stages' in layer ? layer : { stages: [layer] }, input);
  return Object.fromEntries(
    measures.map(({ name, rows }) => [
      name,
      rows.map(({ layer: row, value, ratio }) =>
        [row, value, ratio].filter((text) => text !== undefined).join(' '),
      ),
    ]),
  );
}

function data(channels: number, ...spatial: number[]): DataShape {
  return { channels: exact(channels), spatial: spatial.map((size) => exact(size)) };
}

describe('the cost table', () => {
  it('sets 3→16 separable on 128×128 beside 432 parameters and 7,077,888 multiplications', () => {
    const rows = table(separable(3, 16, 3, 1), data(3, 128, 128));
    assert.deepEqual(rows['Parameters'], ['this layer 75', 'standard 432 5.76× more']);
    assert.deepEqual(rows['MACs'], ['this layer 1,228,800', 'standard 7,077,888 5.76× more']);
    assert.deepEqual(rows['FLOPs (2 × MACs)'], ['this layer 2,457,600', 'standard 14,155,776 5.76× more']);
  });

  it('says that 136 is 4.24 times less than 576', () => {
    const rows = table(conv(8, 8, 3));
    assert.deepEqual(rows['Parameters'], ['this layer 576', 'separable 136 4.24× less']);
  });

  it('counts bias additions apart, once where they are the same', () => {
    const same = { kind: 'same' } as const;
    const rows = table(conv(3, 9, 3, { bias: true, padding: same }), data(3, 8, 8));
    assert.deepEqual(rows['MACs'], ['this layer 15,552', 'separable 3,456 4.50× less']);
    assert.deepEqual(rows['Bias additions'], ['each of them 576']);
    assert.equal(table(conv(3, 9, 3), data(3, 8, 8))['Bias additions'], undefined);
  });

  it('gives work for one position when the input is unknown, and says which', () => {
    assert.deepEqual(Object.keys(table(conv(3, 9, 3))), [
      'Parameters',
      'MACs per output position',
      'FLOPs (2 × MACs) per output position',
      'Memory of weights, float32',
    ]);
    assert.deepEqual(table(conv(3, 9, 3, { transposed: true }))['MACs per input position'], [
      'this layer 243',
    ]);
  });

  it('shows formulas as formulas, without bars or ratios', () => {
    const dim = symbol('dim');
    const [params] = costTable({ stages: [conv(dim, dim, 7, { groups: dim })] });
    assert.deepEqual(params?.rows[0], { layer: 'this layer', value: '49·dim', title: undefined });
  });

  it('says why a figure is unknown', () => {
    const lazy = unknown({ code: 'channels-from-input', subject: 'in_channels' });
    const [params] = costTable({ stages: [conv(lazy, 16, 3)] });
    assert.equal(params?.rows[0]?.value, 'unknown');
    assert.equal(params.rows[0].title, 'in_channels comes from the input, whose shape is unknown');
  });

  it('draws bars in proportion', () => {
    const [params] = costTable({ stages: [conv(8, 8, 3)] });
    assert.deepEqual(
      params?.rows.map(({ share }) => share),
      [1, 136 / 576],
    );
  });

  it('adds up the memory of weights, input and output', () => {
    const rows = table(conv(4, 4, 1), data(4, 16, 16));
    assert.deepEqual(rows['Memory of weights, input and output, float32'], ['this layer 8.06 KiB']);
  });
});

describe('bytes', () => {
  it('are shown in binary units', () => {
    assert.equal(showBytes(0), '0 B');
    assert.equal(showBytes(1023), '1,023 B');
    assert.equal(showBytes(1024), '1 KiB');
    assert.equal(showBytes(1536), '1.50 KiB');
    assert.equal(showBytes(4 * 1024 ** 3), '4 GiB');
  });
});
