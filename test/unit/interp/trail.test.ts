import assert from 'node:assert/strict';
import { createScope, type Scope } from '../../../src/interp/scope';
import { Raised, Trail } from '../../../src/interp/trail';
import { int, list, show, type ListValue } from '../../../src/interp/values';
import type { Reason } from '../../../src/symbolic/reason';

const WHY: Reason = { code: 'branch', subject: 'flag' };

/** A trail over one scope and one list, which the ways of a test change. */
function world() {
  const trail = new Trail();
  const scope = createScope('module');
  const items = list([int(1)]);
  const set = (name: string, value: number): void => {
    trail.touch(scope);
    scope.variables.set(name, int(value));
  };
  const append = (value: number): void => {
    trail.touch(items);
    items.items.push(int(value));
  };
  const fork = (first: () => void, second: () => void) => trail.fork(first, second, () => undefined, WHY);
  return { trail, scope, items, set, append, fork };
}

/** `a=1 b=?`. */
function names({ variables }: Scope): string {
  return [...variables].map(([name, value]) => `${name}=${show(value)}`).join(' ');
}

function contents(value: ListValue): string {
  return value.uncertain === undefined ? show(value) : 'uncertain';
}

function raise(text: string): never {
  throw new Raised(text);
}

describe('two ways through the code', () => {
  it('keep what both leave the same', () => {
    const { scope, set, fork } = world();
    fork(
      () => set('a', 1),
      () => set('a', 1),
    );
    assert.equal(names(scope), 'a=1');
  });

  it('lose what they leave different', () => {
    const { scope, set, fork } = world();
    set('a', 0);
    set('b', 7);
    fork(
      () => set('a', 1),
      () => set('a', 2),
    );
    assert.equal(names(scope), 'a=? b=7');
  });

  it('lose what one changes and the other leaves', () => {
    const { scope, set, fork } = world();
    set('a', 0);
    fork(
      () => set('a', 1),
      () => undefined,
    );
    assert.equal(names(scope), 'a=?');
  });

  it('both start from the same state', () => {
    const { items, append, fork } = world();
    const seen: string[] = [];
    const way = () => {
      seen.push(contents(items));
      append(2);
      append(3);
    };
    fork(way, way);
    assert.deepEqual(seen, ['[1]', '[1]']);
    assert.equal(contents(items), '[1, 2, 3]');
  });

  it('leave a list uncertain whose length differs, and one item unknown where only that differs', () => {
    const longer = world();
    longer.fork(
      () => longer.append(2),
      () => undefined,
    );
    assert.equal(contents(longer.items), 'uncertain');
    const other = world();
    other.fork(
      () => other.append(2),
      () => other.append(3),
    );
    assert.equal(contents(other.items), '[1, ?]');
  });

  it('count only the one that does not raise, whichever that is', () => {
    const { scope, set, fork } = world();
    fork(
      () => (set('a', 1), raise('first')),
      () => set('a', 2),
    );
    assert.equal(names(scope), 'a=2');
    fork(
      () => set('b', 3),
      () => (set('a', 9), raise('second')),
    );
    assert.equal(names(scope), 'a=2 b=3');
  });

  it('raise when both do, with the first exception', () => {
    const { fork } = world();
    assert.throws(
      () =>
        fork(
          () => raise('first'),
          () => raise('second'),
        ),
      (error) => error instanceof Raised && error.text === 'first',
    );
  });

  it('nest: an outer way undoes what inner ways left', () => {
    const { scope, items, set, append, fork } = world();
    set('a', 0);
    fork(
      () =>
        fork(
          () => set('a', 1),
          () => append(2),
        ),
      () => {
        assert.equal(names(scope), 'a=0');
        assert.equal(contents(items), '[1]');
      },
    );
    assert.equal(names(scope), 'a=?');
    assert.equal(contents(items), 'uncertain');
  });

  it('let errors of other kinds through, with no way left open', () => {
    const { scope, set, fork } = world();
    const fail = () => {
      throw new RangeError('stop');
    };
    assert.throws(() => fork(fail, () => undefined), RangeError);
    fork(
      () => set('a', 1),
      () => set('a', 1),
    );
    assert.equal(names(scope), 'a=1');
  });
});

describe('bodies that may run any number of times', () => {
  it('make unknown what any of them changes, and nothing else', () => {
    const { trail, scope, items, set, append } = world();
    set('a', 0);
    set('b', 5);
    trail.widen([() => set('a', 1), () => append(2)], WHY);
    assert.equal(names(scope), 'a=? b=5');
    assert.equal(contents(items), 'uncertain');
  });

  it('each start from the same state', () => {
    const { trail, scope, set } = world();
    set('a', 0);
    const seen: string[] = [];
    const body = () => (seen.push(names(scope)), set('a', 1));
    trail.widen([body, body], WHY);
    assert.deepEqual(seen, ['a=0', 'a=0']);
  });

  it('leave what they write again as it was', () => {
    const { trail, scope, set } = world();
    set('a', 4);
    trail.widen([() => set('a', 4)], WHY);
    assert.equal(names(scope), 'a=4');
  });

  it('are undone by a way around them that is not the only one', () => {
    const { trail, scope, set, fork } = world();
    set('a', 0);
    fork(
      () => void trail.widen([() => set('a', 1)], WHY),
      () => raise('the other way'),
    );
    assert.equal(names(scope), 'a=?');
    set('a', 0);
    fork(
      () => (trail.widen([() => set('a', 1)], WHY), raise('this way')),
      () => undefined,
    );
    assert.equal(names(scope), 'a=0');
  });
});

describe('code read on its own', () => {
  it('leaves nothing behind, also when it raises', () => {
    const { trail, scope, items, set, append } = world();
    set('a', 0);
    trail.isolate(() => (set('a', 1), append(2)));
    trail.isolate(() => (set('b', 1), raise('stop')));
    assert.equal(names(scope), 'a=0');
    assert.equal(contents(items), '[1]');
  });

  it('keeps what is made for good even inside', () => {
    const { trail, scope, set } = world();
    trail.isolate(() => trail.keep(() => set('library', 1)));
    assert.equal(names(scope), 'library=1');
  });
});
