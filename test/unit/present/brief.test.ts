/** Layers in a few characters. */
import assert from 'node:assert/strict';
import { axesText, briefLayer, briefLayers, paddingText } from '../../../src/present/brief';
import { exact } from '../../../src/symbolic/quantity';
import { layer, quantity, separable, spec } from './make';

describe('A layer in brief', () => {
  it('has channels, kernel and what differs from the defaults', () => {
    assert.equal(briefLayer(layer({ in: 64, out: 128, kernel: [1, 1] })), '64→128 1×1');
    assert.equal(
      briefLayer(layer({ in: 8, out: 8, kernel: [3, 5], stride: [2, 1], dilation: [2, 2], groups: 4 })),
      '8→8 3×5 s2×1 d2 g4',
    );
    assert.equal(briefLayer(layer({ in: 8, out: 16, groups: 8, kernel: [7] })), '8→16 7 depthwise');
    assert.equal(briefLayer(layer({ transposed: true, weightLayout: 'IOK' })), '3→9 3×3 transposed');
    assert.equal(briefLayer(separable(3, 16)), '3→16 3×3 separable');
  });

  it('keeps formulas and marks what is unknown', () => {
    assert.equal(briefLayer(layer({ in: 'dim', out: null, stride: ['s', 's'] })), 'dim→? 3×3 s=s');
  });

  it('says nothing more of layers that are the same', () => {
    assert.deepEqual(briefLayers([layer(), layer()]), ['3→9 3×3', '3→9 3×3']);
  });

  it('tells layers of one list apart by padding and bias, when nothing else does', () => {
    const layers = [layer(), layer({ pad: [0, 0] }), layer({ pad: [0, 0], bias: false }), layer({ out: 4 })];
    assert.deepEqual(briefLayers(layers), ['3→9 3×3 p1', '3→9 3×3 p0 bias', '3→9 3×3 p0 no bias', '3→4 3×3']);
  });
});

describe('Padding in a cell', () => {
  const sizes = (...values: number[]) => values.map((value) => exact(value));

  it('says axes and ends apart only where they differ', () => {
    assert.equal(paddingText(spec()), '1');
    assert.equal(paddingText(spec({ pad: [0, 1] })), '0×1');
    const uneven = { kind: 'explicit', before: sizes(0, 0), after: sizes(1, 1) } as const;
    assert.equal(paddingText(spec({ padding: uneven })), '0+1');
    assert.equal(paddingText(spec({ padding: { kind: 'same' } })), 'same');
  });

  it('of a transposed layer is what the call asks to crop', () => {
    const crop = { kind: 'explicit', before: sizes(1, 1), after: sizes(0, 0) } as const;
    assert.equal(paddingText(spec({ transposed: true, padding: crop, outputPadding: sizes(1, 1) })), '1');
  });

  it('is a question mark when it is unknown', () => {
    assert.equal(
      paddingText(spec({ padding: { kind: 'unknown', reason: { code: 'varies', subject: 'x' } } })),
      '?',
    );
  });

  it('gives sizes once when all axes agree', () => {
    assert.equal(axesText([2, 2].map(quantity)), '2');
    assert.equal(axesText([1, 2].map(quantity)), '1×2');
  });
});
