/** Offsets and positions. */
import assert from 'node:assert/strict';
import { createLineIndex, textOf } from '../../../src/python/lines';

describe('line index', () => {
  const text = 'ab\r\n\rc😀\n';
  const lines = createLineIndex(text);

  it('ends lines with LF, CR LF and a lone CR', () => {
    assert.equal(lines.count, 4);
    assert.deepEqual(
      [0, 1, 2, 3].map((line) => [lines.startOf(line), lines.endOf(line)]),
      [
        [0, 2],
        [4, 4],
        [5, 8],
        [9, 9],
      ],
    );
  });

  it('finds positions in any order', () => {
    const expected = new Map([
      [0, '0:0'],
      [9, '3:0'],
      [6, '2:1'],
      [4, '1:0'],
      [8, '2:3'],
      [2, '0:2'],
    ]);
    for (const [offset, position] of expected) {
      const { line, character } = lines.positionAt(offset);
      assert.equal(`${line}:${character}`, position);
      assert.equal(lines.offsetAt({ line, character }), offset);
    }
  });

  it('clamps characters to their line', () => {
    assert.equal(lines.offsetAt({ line: 0, character: 99 }), 2);
    assert.equal(lines.offsetAt({ line: 99, character: 0 }), 9);
  });

  it('gives the text of a span', () => {
    const span = { start: { line: 0, character: 1 }, end: { line: 2, character: 1 } };
    assert.equal(textOf(text, span), 'b\r\n\rc');
  });
});
