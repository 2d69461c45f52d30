import assert from 'node:assert/strict';
import { join } from '../../../src/interp/join';
import {
  bool,
  float,
  int,
  integer,
  list,
  NONE,
  show,
  string,
  tuple,
  unknown,
  type Value,
} from '../../../src/interp/values';
import { multiply } from '../../../src/symbolic/arithmetic';
import { exact, symbol } from '../../../src/symbolic/quantity';
import type { Reason } from '../../../src/symbolic/reason';

const WHY: Reason = { code: 'branch', subject: 'flag' };
const EARLIER: Reason = { code: 'parameter', subject: 'n' };
const dim = symbol('dim');

describe('the value that holds whichever way was taken', () => {
  const same: readonly (readonly [string, () => Value])[] = [
    ['integers', () => int(3)],
    ['floats', () => float(0.5)],
    ['texts', () => string('same')],
    ['truth', () => bool(true)],
    ['None', () => NONE],
    ['tuples', () => tuple([int(1), string('a')])],
    ['formulas', () => integer(multiply(exact(2), dim))],
  ];
  for (const [name, make] of same) {
    it(`is the value where both are the same: ${name}`, () => {
      assert.deepEqual(join(make(), make(), WHY), make());
    });
  }

  it('is the same for formulas written in another order', () => {
    const [a, b] = [multiply(exact(2), dim), multiply(dim, exact(2))];
    assert.deepEqual(join(integer(a), integer(b), WHY), integer(a));
  });

  it('is unknown where they differ, and says what decides', () => {
    const joined = join(int(1), int(2), WHY);
    assert.ok(joined.kind === 'unknown');
    assert.deepEqual(joined.reason, { code: 'branch', subject: 'flag (1 or 2)' });
  });

  it('is no object where neither is one, and may be either object where one is', () => {
    const flags = join(join(bool(true), bool(false), WHY), NONE, WHY);
    assert.ok(flags.kind === 'unknown');
    assert.deepEqual(flags.mayBe, []);
    const items = list([int(1)]);
    const either = join(bool(true), items, WHY);
    assert.ok(either.kind === 'unknown');
    assert.deepEqual(either.mayBe, [items]);
    const anything = join(bool(true), unknown(EARLIER), WHY);
    assert.ok(anything.kind === 'unknown');
    assert.equal(anything.mayBe, undefined);
  });

  it('tells True from 1, though they are equal: they do not show the same', () => {
    assert.equal(join(bool(true), int(1), WHY).kind, 'unknown');
  });

  it('tells 1.0 from 1: only one of them is a size', () => {
    assert.equal(join(float(1), int(1), WHY).kind, 'unknown');
  });

  it('keeps the reason of what was unknown before', () => {
    for (const joined of [join(unknown(EARLIER), int(1), WHY), join(int(1), unknown(EARLIER), WHY)]) {
      assert.ok(joined.kind === 'unknown');
      assert.deepEqual(joined.reason, EARLIER);
    }
  });

  it('keeps the items of tuples of one length that agree', () => {
    const joined = join(tuple([int(3), int(1)]), tuple([int(3), int(2)]), WHY);
    assert.equal(show(joined), '(3, ?)');
    assert.equal(join(tuple([int(3)]), tuple([int(3), int(2)]), WHY).kind, 'unknown');
  });

  it('is the list itself where both are one object', () => {
    const items = list([int(1)]);
    assert.equal(join(items, items, WHY), items);
  });
});
