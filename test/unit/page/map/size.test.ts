/** Sizes and texts of the cells of a channel map. */
import assert from 'node:assert/strict';
import { cellSize, indexText, trackLimit } from '../../../../webview/page/map/size';

describe('cells of a channel map', () => {
  it('grow with the width, between 16 and 44 pixels', () => {
    assert.equal(cellSize(2000, 9, 0, '8,0').side, 44);
    assert.equal(cellSize(64 + 9 * 30, 9, 0, '8,0').side, 30);
    assert.equal(cellSize(100, 9, 0, '8,0').side, 16);
  });

  it('never need more than the width while they are larger than the smallest', () => {
    for (let width = 280; width <= 1600; width += 20) {
      for (const columns of [1, 3, 9, 14]) {
        const { side } = cellSize(width, columns, 1, '8,0');
        assert.ok(side === 16 || 64 + columns * side + 14 <= width, `${width} ${columns} ${side}`);
      }
    }
  });

  it('show as much of the index as fits', () => {
    assert.equal(indexText([4, 0], { side: 44, style: 'bracketed' }), '[4, 0]');
    assert.equal(indexText([4, 0], { side: 24, style: 'bare' }), '4,0');
    assert.equal(indexText([4, 0], { side: 16, style: 'bare' }), '');
    assert.equal(indexText([1023, 1023], { side: 44, style: 'bare' }), '');
  });

  it('write all indices alike', () => {
    assert.equal(cellSize(900, 9, 0, '8,0').style, 'bracketed');
    assert.equal(cellSize(900, 9, 0, '127,63').style, 'bare');
  });
});

describe('the number of tracks', () => {
  it('follows the width and the digits of the headings', () => {
    assert.equal(trackLimit(300, 1), 14);
    assert.equal(trackLimit(300, 4), 8);
    assert.equal(trackLimit(1600, 4), 24);
    assert.equal(trackLimit(0, 1), 8);
  });
});
