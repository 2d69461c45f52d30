/** The files that the worker was told of, and what an analysis learns of them. */
import assert from 'node:assert/strict';
import { createFileStore } from '../../../src/analysis-worker/store';

describe("the worker's files", () => {
  it('are pending until the host has told of them, and wanted', () => {
    const store = createFileStore();
    store.change([
      { uri: 'file:///a.py', file: { kind: 'text', text: 'A = 1' } },
      { uri: 'file:///b.py', file: { kind: 'missing' } },
    ]);
    const reader = store.reader();
    assert.deepEqual(reader.read('file:///a.py'), { kind: 'text', text: 'A = 1' });
    assert.deepEqual(reader.read('file:///b.py'), { kind: 'missing' });
    assert.deepEqual(reader.read('file:///c.py'), { kind: 'pending' });
    assert.deepEqual([...reader.seen], ['file:///a.py', 'file:///b.py', 'file:///c.py']);
    assert.deepEqual([...reader.wanted], ['file:///c.py']);
  });

  it('are pending again when the host has taken back what it said', () => {
    const store = createFileStore();
    store.change([{ uri: 'file:///a.py', file: { kind: 'missing' } }]);
    store.change([{ uri: 'file:///a.py' }]);
    assert.deepEqual(store.reader().read('file:///a.py'), { kind: 'pending' });
  });

  it('have addresses as editors write them', () => {
    const store = createFileStore();
    store.change([{ uri: 'file:///gr%C3%B6%C3%9Fe.py', file: { kind: 'text', text: 'A = 1' } }]);
    assert.equal(store.reader().read('file:///größe.py').kind, 'text');
  });
});
