/** Messages and command arguments of a wrong form are told apart from right ones. */
import assert from 'node:assert/strict';
import { isCopyFormat, isPlace, isSiteReference } from '../../../src/editor/checks';

const start = { line: 0, character: 4 };
const place = { uri: 'file:///a.py', span: { start, end: { line: 1, character: 0 } } };

describe('Arguments from outside', () => {
  it('are places only with an address and whole positions', () => {
    assert.ok(isPlace(place));
    const wrong = [
      null,
      undefined,
      'x',
      [],
      {},
      { ...place, uri: 1 },
      { ...place, span: null },
      { ...place, span: { start } },
      { ...place, span: { start, end: { line: -1, character: 0 } } },
      { ...place, span: { start, end: { line: 0.5, character: 0 } } },
      { ...place, span: { start, end: { line: '0', character: 0 } } },
      { ...place, span: { start, end: { line: Infinity, character: 0 } } },
    ];
    for (const value of wrong) assert.ok(!isPlace(value), JSON.stringify(value));
  });

  it('name a call only with two texts', () => {
    assert.ok(isSiteReference({ uri: 'file:///a.py', id: '0:4' }));
    for (const value of [null, 'x', {}, { uri: 'a' }, { uri: 'a', id: 4 }])
      assert.ok(!isSiteReference(value));
  });

  it('are formats only by their names', () => {
    for (const value of ['markdown', 'json', 'pytorch', 'keras']) assert.ok(isCopyFormat(value));
    for (const value of ['html', 'constructor', '', 0, null, ['json']]) assert.ok(!isCopyFormat(value));
  });
});
