/** Iterators: made from iterables, stepped one item at a time, and used up. */
import type { Reason } from '../symbolic/reason';
import { EndlessGenerator, LIMITS } from './budget';
import { positional, type CallContext } from './call';
import { findInClass, findInMetaclass } from './classes';
import { anyOf } from './join';
import { lengthOf } from './iteration';
import { Raised } from './trail';
import {
  int,
  itemsOfView,
  string,
  tuple,
  unknown,
  type DictValue,
  type InstanceValue,
  type ItemSource,
  type IteratorValue,
  type Step,
  type UnknownValue,
  type Value,
} from './values';

/** An iterator over known items. */
export function iteratorOf(items: readonly Value[]): IteratorValue {
  return { kind: 'iterator', items, position: 0 };
}

/** An iterator whose items are made when they are asked for; `from` are the values that they are made of. */
export function lazyIterator(from: readonly Value[], next: ItemSource['next']): IteratorValue {
  return { kind: 'iterator', items: [], position: 0, source: { from, next } };
}

/** `iter(iterable)`; `undefined` where that is not modelled. What is uncertain gives an uncertain iterator. */
export function iteratorOver(iterable: Value, context: CallContext): IteratorValue | undefined {
  switch (iterable.kind) {
    case 'iterator':
      return iterable;
    case 'tuple':
      return iteratorOf(iterable.items);
    case 'string':
      return iteratorOf(Array.from(iterable.value, string));
    case 'list':
      return lazyIterator([iterable], (position) => {
        if (iterable.uncertain) return { uncertain: iterable.uncertain };
        const item = iterable.items[position];
        return item === undefined ? 'end' : { item };
      });
    case 'dict':
      return overEntries(iterable, iterable, (key) => key);
    case 'view':
      return overEntries(iterable, iterable.of, (key, value) =>
        iterable.part === 'items' ? tuple([key, value]) : iterable.part === 'keys' ? key : value,
      );
    case 'range': {
      const { start, step: by } = iterable;
      const length = lengthOf(iterable) ?? 0;
      return lazyIterator([], (position) =>
        position < length ? { item: { kind: 'int', value: start + position * by } } : 'end',
      );
    }
    case 'set': {
      const items = iterable.elements.size <= 1 && !iterable.uncertain ? [...iterable.elements.values()] : [];
      const uncertain = iterable.uncertain ?? orderOfSet(iterable.elements.size, context);
      return { kind: 'iterator', items, position: 0, uncertain };
    }
    case 'instance': {
      const iterate = findInClass(iterable.class, '__iter__');
      if (iterate === undefined && iterable.held !== undefined) return iteratorOver(iterable.held, context);
      if (iterate === undefined) return overItems(iterable);
      const inner = context.interpreter.call(iterate, positional(iterable), context);
      return inner.kind === 'instance' ? overInstance(inner) : iteratorOver(inner, context);
    }
    case 'class': {
      const iterate = findInMetaclass(iterable, '__iter__');
      const inner = iterate && context.interpreter.call(iterate, positional(iterable), context);
      return inner === undefined || inner.kind === 'class' ? undefined : iteratorOver(inner, context);
    }
    default:
      return undefined;
  }
}

/** An object that is an iterator itself: `__next__` gives items until it raises `StopIteration`. */
export function overInstance(object: InstanceValue): IteratorValue | undefined {
  if (object.held !== undefined && findInClass(object.class, '__next__') === undefined) return undefined;
  const method = findInClass(object.class, '__next__');
  if (method === undefined) return undefined;
  return lazyIterator([object], (_, context) => tried(method, [object], ['StopIteration'], context));
}

/** Objects without `__iter__` are asked for items 0, 1, 2, … until one raises `IndexError`. */
function overItems(object: InstanceValue): IteratorValue | undefined {
  const method = findInClass(object.class, '__getitem__');
  if (method?.kind !== 'function') return undefined;
  return lazyIterator([object], (position, context) =>
    tried(method, [object, int(position)], ['IndexError', 'StopIteration'], context),
  );
}

/** One item from a method that ends iteration by raising. Where it may raise but need not, that is not told. */
function tried(method: Value, args: readonly Value[], ends: readonly string[], context: CallContext): Step {
  const { interpreter, place } = context;
  const before = interpreter.trail.doubts;
  try {
    const item = interpreter.catching(true, () => interpreter.call(method, positional(...args), context));
    if (interpreter.trail.doubts === before) return { item };
  } catch (error) {
    if (!(error instanceof Raised) || error.exception === undefined) throw error;
    if (!ends.includes(error.exception.class.name)) throw error;
    return 'end';
  }
  return { uncertain: { code: 'unmodelled', subject: 'how many items there are', place } };
}

/** Takes the next item. An iterator of which that cannot be told is uncertain from then on. */
export function step(iterator: IteratorValue, context: CallContext): Step {
  const { trail, budget } = context.interpreter;
  if (iterator.uncertain) return { uncertain: iterator.uncertain };
  if (iterator.position < 0) return 'end';
  trail.touch(iterator);
  const { position, source } = iterator;
  if (source === undefined) {
    const item = iterator.items[position];
    iterator.position = item === undefined ? -1 : position + 1;
    return item === undefined ? 'end' : { item };
  }
  budget.step();
  const result = source.next === undefined ? first(iterator, context) : source.next(position, context);
  trail.touch(iterator);
  if (result === 'end') iterator.position = -1;
  else if ('uncertain' in result) iterator.uncertain = result.uncertain;
  else iterator.position = position + 1;
  return result;
}

/** All that is left, or `undefined` when it cannot be told; the iterator is used up. */
export function drain(iterator: IteratorValue, context: CallContext): readonly Value[] | undefined {
  const { trail } = context.interpreter;
  const { source, position } = iterator;
  if (iterator.uncertain) return undefined;
  if (source === undefined) {
    trail.touch(iterator);
    iterator.position = -1;
    return position < 0 ? [] : iterator.items.slice(position);
  }
  if (source.each !== undefined && position === 0) return collectEach(iterator, context);
  const items: Value[] = [];
  for (let next = step(iterator, context); next !== 'end'; next = step(iterator, context)) {
    if ('uncertain' in next) return undefined;
    items.push(next.item);
    if (items.length <= LIMITS.items) continue;
    iterator.uncertain = { code: 'budget', subject: 'there are too many items', place: context.place };
    return undefined;
  }
  return items;
}

/** Why no item of the iterable can be told, for one that has not all of them. */
export function uncertaintyOf(iterable: Value): Reason | undefined {
  switch (iterable.kind) {
    case 'unknown':
      return iterable.reason;
    case 'list':
    case 'dict':
    case 'set':
    case 'iterator':
      return iterable.uncertain;
    case 'view':
      return iterable.of.uncertain;
    default:
      return undefined;
  }
}

/** An unknown item of the iterable: it remembers which objects it may be. */
export function anyItemOf(iterable: Value, reason: Reason): UnknownValue {
  return anyOf(candidates(iterable, 3), reason);
}

function candidates(iterable: Value, depth: number): readonly Value[] {
  switch (iterable.kind) {
    case 'list':
    case 'tuple':
      return iterable.items;
    case 'dict':
      return [...iterable.entries.values()].map((entry) => entry.value);
    case 'view':
      return itemsOfView(iterable);
    case 'iterator': {
      const from = iterable.source?.from ?? [];
      return [...iterable.items, ...(depth > 0 ? from.flatMap((each) => candidates(each, depth - 1)) : [])];
    }
    case 'unknown':
      return [iterable, ...(depth > 0 ? (iterable.mayBe ?? []) : []).flatMap((each) => candidates(each, 0))];
    default:
      return [];
  }
}

/** Keys are fixed when iteration starts: Python refuses a dictionary that grows or shrinks meanwhile. */
function overEntries(from: Value, dict: DictValue, pick: (key: Value, value: Value) => Value): IteratorValue {
  const keys = [...dict.entries.keys()];
  return lazyIterator([from], (position, context) => {
    if (dict.uncertain) return { uncertain: dict.uncertain };
    const entry = dict.entries.get(keys[position] ?? '');
    const hasChanged = dict.entries.size !== keys.length || (entry === undefined && position < keys.length);
    if (hasChanged && position < keys.length) {
      const subject = 'dictionary changed size during iteration';
      return { uncertain: { code: 'raises', subject, place: context.place } };
    }
    return entry === undefined ? 'end' : { item: pick(entry.key, entry.value) };
  });
}

function orderOfSet(size: number, context: CallContext): Reason | undefined {
  const subject = 'the order of a set';
  return size > 1 ? { code: 'unmodelled', subject, place: context.place } : undefined;
}

/** Collects into a list that branches know of, so that visits in them are noticed. */
function collectEach(iterator: IteratorValue, context: CallContext): readonly Value[] | undefined {
  const { trail } = context.interpreter;
  const collected = trail.made<Value & { kind: 'list' }>({ kind: 'list', items: [] });
  trail.touch(iterator);
  iterator.position = -1;
  try {
    iterator.source?.each?.((item) => {
      trail.touch(collected);
      collected.items.push(item);
      context.interpreter.budget.step();
      if (collected.items.length > LIMITS.yields) throw new EndlessGenerator();
    }, context);
  } catch (error) {
    if (!(error instanceof EndlessGenerator)) throw error;
    collected.uncertain = { code: 'budget', subject: 'there are too many items', place: context.place };
  }
  if (collected.uncertain === undefined) return collected.items;
  trail.touch(iterator);
  iterator.uncertain = collected.uncertain;
  return undefined;
}

/** Thrown from a visit to end it once the first item is there. */
class FirstFound extends Error {
  constructor(readonly item: Value) {
    super();
  }
}

/**
 * The first item of what can only be visited as a whole, which is left there for good: what the rest would do is
 * unknown. Within a branch nothing can be left.
 */
function first(iterator: IteratorValue, context: CallContext): Step {
  const { trail } = context.interpreter;
  const { source, position } = iterator;
  const reason: Reason = { code: 'unmodelled', subject: 'an iterator used in parts', place: context.place };
  if (position > 0) {
    trail.interrupt(() => source?.each?.(() => undefined, context), reason);
    return { uncertain: reason };
  }
  const depth = trail.depth;
  try {
    source?.each?.((item) => {
      if (trail.depth === depth) throw new FirstFound(item);
      throw new Undecided();
    }, context);
  } catch (error) {
    if (error instanceof FirstFound) return { item: error.item };
    if (!(error instanceof Undecided)) throw error;
    trail.interrupt(() => source?.each?.(() => undefined, context), reason);
    return { uncertain: reason };
  }
  return 'end';
}

/** Thrown from a visit within a branch that it cannot end. */
export class Undecided extends Error {}

/** An unknown for something that was drawn from an uncertain iterable. */
export function unknownItem(iterable: Value, reason: Reason): Value {
  const item = anyItemOf(iterable, reason);
  return item.mayBe === undefined ? unknown(reason) : item;
}
