/** Python's `itertools`: iterators that take from others, or go on for ever, step by step. */
import type { CallContext } from '../call';
import { positional } from '../call';
import { overAll, stepAll, withItem } from '../builtins/sequences';
import { iteratorOf, iteratorOver, lazyIterator, step } from '../iterators';
import { because, native, nativeWith, raises, unmodelled, type BoundRun } from '../natives';
import { areEqual } from '../equality';
import { binary } from '../operators';
import {
  int,
  NONE,
  quantityOf,
  tuple,
  type IteratorValue,
  type ListValue,
  type Step,
  type UnknownValue,
  type Value,
} from '../values';

const MOST_ROWS = 20_000;

/** The members of the module. */
export function itertoolsMembers(): ReadonlyMap<string, Value> {
  const chain = native('chain', (parts, context) => chained(iteratorOf(parts), context));
  const chainFromIterable = nativeWith('from_iterable', 'iterable, /', ([parts], context) => {
    const iterator = parts && iteratorOver(parts, context);
    return iterator === undefined ? because(parts, context) : chained(iterator, context);
  });
  const chainClass: Value = {
    kind: 'class',
    name: 'chain',
    bases: [],
    namespace: new Map<string, Value>([
      [
        '__new__',
        native('chain', (_, context, call) =>
          chain.run({ ...call, positional: call.positional.slice(1) }, context),
        ),
      ],
      ['from_iterable', { kind: 'descriptor', type: 'staticmethod', function: chainFromIterable }],
    ]),
  };
  return new Map<string, Value>([
    ['chain', chainClass],
    ['product', native('product', product)],
    [
      'permutations',
      nativeWith(
        'permutations',
        'iterable, r=',
        arranged((all, size) => permutations(all, size)),
      ),
    ],
    [
      'combinations',
      nativeWith(
        'combinations',
        'iterable, r',
        arranged((all, size) => combinations(all, size, 1)),
      ),
    ],
    [
      'combinations_with_replacement',
      nativeWith(
        'combinations_with_replacement',
        'iterable, r',
        arranged((all, size) => combinations(all, size, 0)),
      ),
    ],
    ['accumulate', nativeWith('accumulate', 'iterable, func=, *, initial=', accumulate)],
    ['repeat', nativeWith('repeat', 'object, times=', repeat)],
    ['cycle', nativeWith('cycle', 'iterable, /', cycle)],
    ['count', nativeWith('count', 'start=, step=', count)],
    ['islice', nativeWith('islice', 'iterable, a, b=, c=, /', slice)],
    ['zip_longest', nativeWith('zip_longest', '*iterables, fillvalue=', zipLongest)],
    ['starmap', nativeWith('starmap', 'function, iterable, /', starMap)],
    ['takewhile', nativeWith('takewhile', 'predicate, iterable, /', takeWhile)],
    ['dropwhile', nativeWith('dropwhile', 'predicate, iterable, /', dropWhile)],
    ['filterfalse', nativeWith('filterfalse', 'predicate, iterable, /', filterFalse)],
    ['compress', nativeWith('compress', 'data, selectors', compress)],
    [
      'pairwise',
      nativeWith('pairwise', 'iterable, /', ([items], context) => deferred(items, pairs, context)),
    ],
    ['batched', nativeWith('batched', 'iterable, n', batched)],
    ['groupby', nativeWith('groupby', 'iterable, key=', groupBy)],
    ['tee', nativeWith('tee', 'iterable, n=, /', tee)],
  ]);
}

/** One after the other; the one that is being read stands in a list, so that branches know of it. */
function chained(parts: IteratorValue, context: CallContext): Value {
  const current: ListValue = context.interpreter.trail.made({ kind: 'list', items: [] });
  return lazyIterator([parts, current], (_, at) => {
    for (;;) {
      const [reading] = current.items;
      if (current.uncertain) return { uncertain: current.uncertain };
      if (reading?.kind === 'iterator') {
        const next = step(reading, at);
        if (next !== 'end') return next;
      }
      const part = step(parts, at);
      if (part === 'end' || 'uncertain' in part) return part;
      const iterator = iteratorOver(part.item, at);
      if (iterator === undefined) return { uncertain: because(part.item, at).reason };
      at.interpreter.trail.touch(current);
      current.items = [iterator];
    }
  });
}

/** Made of all items of another at once, when the first one is asked for. */
function deferred(
  items: Value | undefined,
  make: (items: readonly Value[], context: CallContext) => readonly Value[] | UnknownValue,
  context: CallContext,
  next: (made: readonly Value[], position: number) => Value | undefined = (made, position) => made[position],
): Value {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  const state: ListValue = context.interpreter.trail.made({ kind: 'list', items: [] });
  return lazyIterator([inner], (position, at) => {
    if (position === 0) {
      const values = at.interpreter.iterate(inner, at);
      const made = values === undefined ? because(inner, at) : make(values, at);
      if ('kind' in made) return { uncertain: made.reason };
      at.interpreter.trail.touch(state);
      state.items = [...made];
    }
    if (state.uncertain) return { uncertain: state.uncertain };
    const item = next(state.items, position);
    return item === undefined ? 'end' : { item };
  });
}

function product(
  parts: readonly Value[],
  context: CallContext,
  call: { keywords: ReadonlyMap<string, { value: Value }> },
): Value {
  const times = call.keywords.get('repeat')?.value;
  const count = times === undefined ? 1 : times.kind === 'int' ? times.value : undefined;
  if (count === undefined || count > 20) return because(times, context);
  const columns: (readonly Value[])[] = [];
  for (const part of parts) {
    const items = context.interpreter.iterate(part, context);
    if (items === undefined) return because(part, context);
    columns.push(items);
  }
  let rows: Value[][] = [[]];
  for (const items of Array.from({ length: count }, () => columns).flat()) {
    if (rows.length * items.length > MOST_ROWS) return unmodelled('a product this large', context);
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  return iteratorOf(rows.map(tuple));
}

function arranged(make: (items: readonly Value[], size: number) => Value[][] | undefined): BoundRun {
  return ([items, size], context) => {
    const values = items && context.interpreter.iterate(items, context);
    const isWhole = size === undefined || size.kind === 'none';
    const count = isWhole ? values?.length : size.kind === 'int' ? size.value : undefined;
    if (values === undefined || count === undefined || count < 0)
      return because(values === undefined ? items : size, context);
    const rows = make(values, count);
    return rows === undefined ? unmodelled('so many arrangements', context) : iteratorOf(rows.map(tuple));
  };
}

function permutations(items: readonly Value[], size: number): Value[][] | undefined {
  if (size > items.length) return [];
  const rows: Value[][] = [];
  const extend = (taken: readonly number[]): boolean => {
    if (taken.length === size) return rows.push(taken.map((at) => items[at] ?? NONE)) <= MOST_ROWS;
    return items.every((_, at) => taken.includes(at) || extend([...taken, at]));
  };
  return extend([]) ? rows : undefined;
}

/** `gap` is how far behind an item the next one stands at least. */
function combinations(items: readonly Value[], size: number, gap: 0 | 1): Value[][] | undefined {
  const rows: Value[][] = [];
  const extend = (taken: readonly Value[], from: number): boolean => {
    if (taken.length === size) return rows.push([...taken]) <= MOST_ROWS;
    for (let at = from; at < items.length; at++)
      if (!extend([...taken, items[at] ?? NONE], at + gap)) return false;
    return true;
  };
  return size > 200 ? undefined : extend([], 0) ? rows : undefined;
}

function accumulate([items, combine, initial]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  const start = initial === undefined || initial.kind === 'none' ? undefined : initial;
  const total: ListValue = context.interpreter.trail.made({ kind: 'list', items: [] });
  return lazyIterator([inner], (position, at) => {
    if (total.uncertain) return { uncertain: total.uncertain };
    const [before] = total.items;
    const next: Step = position === 0 && start !== undefined ? { item: start } : step(inner, at);
    return withItem(next, (item) => {
      const isFirst = before === undefined;
      const sum = isFirst
        ? item
        : combine === undefined || combine.kind === 'none'
          ? binary(at.interpreter, '+', before, item, at)
          : at.interpreter.call(combine, positional(before, item), at);
      at.interpreter.trail.touch(total);
      total.items = [sum];
      return sum;
    });
  });
}

function repeat([item = NONE, times]: readonly (Value | undefined)[], context: CallContext): Value {
  if (times === undefined) return lazyIterator([], () => ({ item }));
  const count = quantityOf(times);
  if (count.kind !== 'exact') return because(times, context);
  return lazyIterator([], (position) => (position < count.value ? { item } : 'end'));
}

function cycle([items]: readonly (Value | undefined)[], context: CallContext): Value {
  return deferred(
    items,
    (values) => values,
    context,
    (values, position) => values[position % values.length],
  );
}

function pairs(items: readonly Value[]): Value[] {
  return items.slice(1).map((item, at) => tuple([items[at] ?? NONE, item]));
}

function count([start = int(0), by = int(1)]: readonly (Value | undefined)[]): Value {
  return lazyIterator([], (position, at) => ({
    item: binary(at.interpreter, '+', start, binary(at.interpreter, '*', int(position), by, at), at),
  }));
}

function slice([items, a, b, c]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = items && iteratorOver(items, context);
  const [start, stop, by] = b === undefined ? [undefined, a, undefined] : [a, b, c];
  const bounds = [start, stop, by].map((bound) =>
    bound === undefined || bound.kind === 'none' ? undefined : bound.kind === 'int' ? bound.value : NaN,
  );
  const [from = 0, to = Infinity, stride = 1] = bounds;
  if (inner === undefined || bounds.some((bound) => Number.isNaN(bound)))
    return because(inner === undefined ? items : [a, b, c].find((each) => each?.kind === 'unknown'), context);
  if (from < 0 || to < 0 || stride < 1) return raises('ValueError: islice() takes positive numbers', context);
  return lazyIterator([inner], (position, at) => {
    const target = from + position * stride;
    const isBeyond = target >= to;
    // It takes all items up to the one it gives, and, at its end, those up to its stop.
    let skipped = position === 0 ? 0 : target - stride + 1;
    const last = isBeyond ? Math.min(to, target) : target;
    for (; skipped < last; skipped++) {
      const next = step(inner, at);
      if (next === 'end' || 'uncertain' in next) return next;
    }
    return isBeyond ? 'end' : step(inner, at);
  });
}

function zipLongest([iterables, fill = NONE]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = overAll(iterables?.kind === 'tuple' ? iterables.items : [], context);
  if (!Array.isArray(inner)) return inner;
  return lazyIterator(inner, (_, at) => {
    const steps = inner.map((each) => step(each, at));
    const doubt = steps.find((next) => next !== 'end' && 'uncertain' in next);
    if (doubt !== undefined) return doubt;
    if (steps.every((next) => next === 'end')) return 'end';
    return { item: tuple(steps.map((next) => (next !== 'end' && 'item' in next ? next.item : fill))) };
  });
}

function starMap([callee = NONE, items]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  return lazyIterator([inner], (_, at) => {
    const next = step(inner, at);
    if (next === 'end' || 'uncertain' in next) return next;
    const args = at.interpreter.iterate(next.item, at);
    if (args === undefined) return { uncertain: because(next.item, at).reason };
    return { item: at.interpreter.call(callee, positional(...args), at) };
  });
}

function takeWhile([test = NONE, items]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  return lazyIterator([inner], (_, at) => {
    const next = step(inner, at);
    if (next === 'end' || 'uncertain' in next) return next;
    const truth = passes(test, next.item, at);
    return typeof truth === 'boolean' ? (truth ? next : 'end') : truth;
  });
}

function dropWhile([test = NONE, items]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  return lazyIterator([inner], (position, at) => {
    for (;;) {
      const next = step(inner, at);
      if (position > 0 || next === 'end' || 'uncertain' in next) return next;
      const truth = passes(test, next.item, at);
      if (truth === false) return next;
      if (truth !== true) return truth;
    }
  });
}

function filterFalse([test = NONE, items]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  return lazyIterator([inner], (_, at) => {
    for (;;) {
      const next = step(inner, at);
      if (next === 'end' || 'uncertain' in next) return next;
      const truth = passes(test, next.item, at);
      if (truth === false) return next;
      if (truth !== true) return truth;
    }
  });
}

function compress([data, selectors]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = overAll([data ?? NONE, selectors ?? NONE], context);
  if (!Array.isArray(inner)) return inner;
  return lazyIterator(inner, (_, at) => {
    for (;;) {
      const next = stepAll(inner, at);
      if (next === 'end' || 'uncertain' in next) return next;
      const [item = NONE, selector = NONE] = next.item;
      const truth = at.interpreter.truth(selector, at);
      if (truth === undefined) return { uncertain: because(selector, at).reason };
      if (truth) return { item };
    }
  });
}

function batched([items, size]: readonly (Value | undefined)[], context: CallContext): Value {
  if (size?.kind !== 'int' || size.value < 1) return because(size, context);
  const length = size.value;
  const cut = (values: readonly Value[]): Value[] =>
    Array.from({ length: Math.ceil(values.length / length) }, (_, at) =>
      tuple(values.slice(at * length, (at + 1) * length)),
    );
  return deferred(items, cut, context);
}

/** A group is known in full at once; Python's ends when the next one is asked for. */
function groupBy([items, key]: readonly (Value | undefined)[], context: CallContext): Value {
  return deferred(
    items,
    (values, at) => grouped(values, key, at),
    context,
    (groups, position) => {
      const before = groups[position - 1];
      const passed = before?.kind === 'tuple' ? before.items[1] : undefined;
      if (passed?.kind === 'iterator')
        passed.uncertain ??= { code: 'unmodelled', subject: 'a group that has passed' };
      return groups[position];
    },
  );
}

function grouped(
  values: readonly Value[],
  key: Value | undefined,
  context: CallContext,
): readonly Value[] | UnknownValue {
  const groups: { key: Value; items: Value[] }[] = [];
  const isPlain = key === undefined || key.kind === 'none';
  for (const value of values) {
    const own = isPlain ? value : context.interpreter.call(key, positional(value), context);
    const last = groups.at(-1);
    const isSame = last === undefined ? false : areEqual(last.key, own);
    if (isSame === undefined) return because(own, context);
    if (isSame && last !== undefined) last.items.push(value);
    else groups.push({ key: own, items: [value] });
  }
  return groups.map((group) => tuple([group.key, iteratorOf(group.items)]));
}

function tee([items, count]: readonly (Value | undefined)[], context: CallContext): Value {
  const copies = count === undefined ? 2 : count.kind === 'int' ? count.value : undefined;
  const values = items && context.interpreter.iterate(items, context);
  if (values === undefined || copies === undefined || copies > 100)
    return because(values === undefined ? items : count, context);
  return tuple(Array.from({ length: copies }, () => iteratorOf(values)));
}

function passes(
  test: Value,
  item: Value,
  context: CallContext,
): boolean | { uncertain: Extract<Value, { kind: 'unknown' }>['reason'] } {
  const result = test.kind === 'none' ? item : context.interpreter.call(test, positional(item), context);
  const truth = context.interpreter.truth(result, context);
  return truth ?? { uncertain: because(result, context).reason };
}
