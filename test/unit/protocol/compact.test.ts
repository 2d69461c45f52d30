/** Compact data is equal to the original, and equal parts of it are the same. */
import assert from 'node:assert/strict';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { compact } from '../../../src/protocol/compact';

describe('compact data', () => {
  it('is equal to the original', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(compact(value), value);
      }),
    );
  });

  it('has equal parts once', () => {
    const place = (line: number) => ({ uri: 'file:///a.py', span: { start: { line }, end: { line } } });
    const [first, second, third] = compact([place(1), place(1), place(2)] as const);
    assert.equal(first, second);
    assert.notEqual(first, third);
    assert.equal(first.span.start, first.span.end);
  });

  it('tells values of several types, names and orders apart', () => {
    const values = [
      [1],
      ['1'],
      [true],
      ['true'],
      [null],
      [[]],
      [{}],
      [[], []],
      [[[]]],
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 'b' },
      ['a', 'b'],
      [''],
      [],
      {},
    ];
    const made = compact(values);
    assert.deepEqual(made, values);
    assert.equal(new Set(made).size, values.length);
  });

  it('leaves out members that are undefined', () => {
    assert.deepEqual(Object.keys(compact({ a: undefined, b: 1 })), ['b']);
  });

  it('tells more values apart than one character can number', () => {
    const values = Array.from({ length: 100_000 }, (_, value) => ({ value, twin: { value } }));
    const made = compact([...values, ...values]);
    assert.deepEqual(made.slice(0, values.length), values);
    assert.equal(new Set(made).size, values.length);
  });

  it('makes messages with many equal parts small', () => {
    const layer = () => ({ stages: [{ inChannels: { kind: 'exact', value: 64 }, rank: 2 }], name: 'conv' });
    const layers = Array.from({ length: 500 }, layer);
    assert.ok(serialize(compact(layers)).length * 10 < serialize(layers).length);
  });
});
