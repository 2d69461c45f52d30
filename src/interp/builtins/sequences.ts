/** Python's built-in functions over iterables: `map`, `zip`, `sorted`, `sum`, `max`, `next` and kin. */
import type { CallArguments, CallContext } from '../call';
import { positional } from '../call';
import { elementsOf, lengthOf } from '../iteration';
import {
  anyItemOf,
  iteratorOf,
  iteratorOver,
  lazyIterator,
  overInstance,
  step,
  uncertaintyOf,
  unknownItem,
} from '../iterators';
import { because, raises, unmodelled, type BoundRun, type RawRun } from '../natives';
import { areEqual } from '../equality';
import { binary, comparison } from '../operators';
import {
  bool,
  int,
  list,
  NONE,
  tuple,
  type InstanceValue,
  type IteratorValue,
  type Step,
  type Value,
} from '../values';
import { extremeOfReals } from '../reals';
import { extremeOfWhole, viaDunder } from './numbers';

/** `all` (`decisive` false) and `any` (`decisive` true): the first item that decides ends them. */
export function quantify(decisive: boolean): BoundRun {
  return ([items], context) => {
    if (items?.kind === 'set') {
      const truths = elementsOf(context.interpreter, items, context)?.map((value) =>
        context.interpreter.truth(value, context),
      );
      if (truths === undefined || truths.includes(undefined)) return because(items, context);
      return bool(truths.includes(decisive) ? decisive : !decisive);
    }
    const iterator = items && iteratorOver(items, context);
    if (iterator === undefined) return because(items, context);
    // What can only be visited as a whole is visited once, for what it records; then the steps are known.
    let undecided: Value | undefined;
    for (;;) {
      const next = step(iterator, context);
      if (next === 'end') return undecided ?? bool(!decisive);
      if ('uncertain' in next) return unknownItem(iterator, next.uncertain);
      const truth = context.interpreter.truth(next.item, context);
      if (truth === decisive && undecided === undefined) return bool(decisive);
      // Items behind one that may decide are still looked at: their work may be done.
      if (truth === undefined) undecided ??= because(next.item, context);
      else if (truth === decisive)
        return undecided === undefined ? bool(decisive) : decided(iterator, decisive, context);
    }
  };
}

/** One item decides, though an earlier one may have: how far the iterator went is not known. */
function decided(iterator: IteratorValue, decisive: boolean, context: CallContext): Value {
  context.interpreter.trail.touch(iterator);
  iterator.uncertain ??= { code: 'unmodelled', subject: 'how far it was used', place: context.place };
  return bool(decisive);
}

export const enumerateItems: BoundRun = ([items, start], context) => {
  const from = start ?? int(0);
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  return lazyIterator([inner], (position, at) =>
    withItem(step(inner, at), (item) => tuple([binary(at.interpreter, '+', from, int(position), at), item])),
  );
};

export const filterItems: BoundRun = ([test, items], context) => {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined || test === undefined) return because(items, context);
  return lazyIterator([inner], (_, at) => {
    for (;;) {
      const next = step(inner, at);
      if (next === 'end' || 'uncertain' in next) return next;
      const result = test.kind === 'none' ? next.item : at.interpreter.call(test, positional(next.item), at);
      const truth = at.interpreter.truth(result, at);
      if (truth === true) return next;
      if (truth === undefined) return { uncertain: because(result, at).reason };
    }
  });
};

export const mapItems: RawRun = ([callee = NONE, ...iterables], context) => {
  const inner = overAll(iterables, context);
  if (!Array.isArray(inner)) return inner;
  if (inner.length === 0) return raises('TypeError: map() must have at least two arguments.', context);
  return lazyIterator(inner, (_, at) =>
    withItem(stepAll(inner, at), (items) => at.interpreter.call(callee, positional(...items), at)),
  );
};

export const zipItems: RawRun = (iterables, context, call) => {
  const strict = call.keywords.get('strict')?.value;
  const inner = overAll(iterables, context);
  if (!Array.isArray(inner)) return inner;
  const isStrict = strict === undefined ? false : context.interpreter.truth(strict, context);
  if (isStrict === undefined || call.unknownDoubleStar) return because(strict, context);
  return lazyIterator(inner, (_, at) => {
    if (inner.length === 0) return 'end';
    const next = stepAll(inner, at);
    if (next !== 'end' || !isStrict) return withItem(next, tuple);
    const isEven = inner.every((each) => each.position < 0);
    return isEven ? 'end' : { uncertain: raises('ValueError: zip() arguments differ in length', at).reason };
  });
};

export const nextItem: BoundRun = ([items, otherwise], context) => {
  if (items?.kind === 'instance') return nextOf(items, otherwise, context);
  if (items?.kind !== 'iterator') {
    if (items) context.interpreter.trail.lose([items], because(items, context).reason);
    return items?.kind === 'unknown' ? items : unmodelled('next', context);
  }
  const next = step(items, context);
  if (next === 'end') return otherwise ?? raises('StopIteration', context);
  return 'uncertain' in next ? anyItemOf(items, next.uncertain) : next.item;
};

/** `next(object)`: what `__next__` gives, or the default when that certainly ends. */
function nextOf(object: InstanceValue, otherwise: Value | undefined, context: CallContext): Value {
  const iterator = otherwise === undefined ? undefined : overInstance(object);
  if (iterator === undefined || otherwise === undefined) return viaDunder(object, ['__next__'], context);
  const next = step(iterator, context);
  if (next === 'end') return otherwise;
  return 'uncertain' in next ? anyItemOf(object, next.uncertain) : next.item;
}

export const makeIterator: BoundRun = ([items, sentinel], context) => {
  const made = items && sentinel === undefined ? iteratorOver(items, context) : undefined;
  return made ?? because(items, context);
};

export const reverseItems: BoundRun = ([items], context) => {
  if (items === undefined) return because(items, context);
  if (items.kind === 'range') {
    const last = items.start + ((lengthOf(items) ?? 0) - 1) * items.step;
    const made: Value = { kind: 'range', start: last, stop: items.start - items.step, step: -items.step };
    return iteratorOver(lengthOf(items) === 0 ? { ...items, stop: items.start } : made, context) ?? NONE;
  }
  if (items.kind === 'list' && !items.uncertain) {
    const last = items.items.length - 1;
    return lazyIterator([items], (position) => {
      if (items.uncertain) return { uncertain: items.uncertain };
      const item = items.items[last - position];
      return item === undefined || position > last ? 'end' : { item };
    });
  }
  const isReversible = ['tuple', 'string', 'dict', 'view'].includes(items.kind);
  const values = isReversible ? context.interpreter.iterate(items, context) : undefined;
  return values === undefined ? because(items, context) : iteratorOf([...values].reverse());
};

/** `max` and `min`, of one iterable or of several arguments. */
export function extreme(name: 'max' | 'min'): RawRun {
  return (args, context, call) => {
    const [first] = args;
    const values = args.length === 1 && first ? elementsOf(context.interpreter, first, context) : args;
    if (call.unknownDoubleStar) return because(call.unknownDoubleStar, context);
    if (values === undefined) return because(first, context);
    const [head] = values;
    if (head === undefined)
      return (
        call.keywords.get('default')?.value ??
        raises(`ValueError: ${name}() arg is an empty sequence`, context)
      );
    const key = keyOption(call);
    if (key === undefined)
      return values.slice(1).reduce((best, value) => better(name, best, value, context), head);
    if (first?.kind === 'set' && args.length === 1 && values.length > 1)
      return unmodelled('the order of a set', context);
    return extremeByKey(name, values, key, context);
  };
}

export const sortItems: RawRun = ([items, ...more], context, call) => {
  if (call.unknownDoubleStar) return because(call.unknownDoubleStar, context);
  if (more.length > 0) return raises('TypeError: sorted expected 1 argument', context);
  const values = items && elementsOf(context.interpreter, items, context);
  if (values === undefined) return because(items, context);
  const key = keyOption(call);
  const sorted = sortedBy(values, key, call.keywords.get('reverse')?.value, context);
  const mayTie = items?.kind === 'set' && values.length > 1 && key !== undefined;
  return sorted === undefined || mayTie ? unmodelled('the order of these items', context) : list(sorted);
};

/** Sorted as Python sorts, stably; `undefined` where the order cannot be told. */
export function sortedBy(
  values: readonly Value[],
  key: Value | undefined,
  reverse: Value | undefined,
  context: CallContext,
): Value[] | undefined {
  const { interpreter } = context;
  interpreter.budget.step(values.length * 4);
  const isReversed = interpreter.truth(reverse ?? bool(false), context);
  const keyed = values.map((value) => ({
    value,
    key: key ? interpreter.call(key, positional(value), context) : value,
  }));
  const state = { isCertain: isReversed !== undefined };
  keyed.sort((a, b) => {
    if (!state.isCertain) return 0;
    const less = comparison('<', a.key, b.key, context);
    const isLess = less.kind === 'bool' ? less.value : undefined;
    const isEqual = isLess === true ? false : areEqual(a.key, b.key);
    const isNan = [a.key, b.key].some((each) => each.kind === 'float' && Number.isNaN(each.value));
    if (isLess === undefined || isEqual === undefined || isNan) state.isCertain = false;
    const order = isEqual === true ? 0 : isLess === true ? -1 : 1;
    return isReversed === true ? -order : order;
  });
  return state.isCertain ? keyed.map((each) => each.value) : undefined;
}

export const sumItems: BoundRun = ([items, start], context) => {
  const values = items && elementsOf(context.interpreter, items, context);
  if (values === undefined) return because(items, context);
  const isOrdered = items?.kind !== 'set' || values.every(({ kind }) => kind === 'int' || kind === 'bool');
  if (!isOrdered) return unmodelled('the order of a set', context);
  const sum = values.reduce(
    (total, value) => binary(context.interpreter, '+', total, value, context),
    start ?? int(0),
  );
  // Python sums floats with compensation from 3.12 on.
  if (sum.kind === 'unknown' && sum.real !== undefined) return unmodelled('the sum of these floats', context);
  const isFloat = sum.kind === 'float' && compensated([start ?? int(0), ...values]) !== sum.value;
  if (isFloat) return unmodelled('the sum of these floats', context);
  return start?.kind === 'string' ? raises("TypeError: sum() can't sum strings", context) : sum;
};

/** The sum that keeps what additions round away (Neumaier). */
function compensated(values: readonly Value[]): number {
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const number =
      value.kind === 'int' || value.kind === 'bool' || value.kind === 'float' ? Number(value.value) : 0;
    const total = sum + number;
    lost += Math.abs(sum) >= Math.abs(number) ? sum - total + number : number - total + sum;
    sum = total;
  }
  return sum + lost;
}

/** Iterators over all of them, or an unknown for one that has none. */
export function overAll(
  iterables: readonly Value[],
  context: CallContext,
): IteratorValue[] | (Value & { kind: 'unknown' }) {
  const made: IteratorValue[] = [];
  for (const each of iterables) {
    const iterator = iteratorOver(each, context);
    if (iterator === undefined) return because(each, context);
    made.push(iterator);
  }
  return made;
}

/** One item of each, up to the first that has ended. */
export function stepAll(
  iterators: readonly IteratorValue[],
  context: CallContext,
): { readonly item: Value[] } | Exclude<Step, { item: Value }> {
  const items: Value[] = [];
  for (const each of iterators) {
    const next = step(each, context);
    if (next === 'end' || 'uncertain' in next) return next;
    items.push(next.item);
  }
  return { item: items };
}

/** The step with its item made into another. */
export function withItem<T>(
  next: { readonly item: T } | Exclude<Step, { item: Value }>,
  make: (item: T) => Value,
): Step {
  return next === 'end' || 'uncertain' in next ? next : { item: make(next.item) };
}

/** The items of an iterable made into something; without argument, of nothing. */
export function collect(
  items: Value | undefined,
  context: CallContext,
  make: (values: readonly Value[]) => Value,
): Value {
  if (items === undefined) return make([]);
  const values = context.interpreter.iterate(items, context);
  if (values !== undefined) return make(values);
  const reason = uncertaintyOf(items) ?? because(items, context).reason;
  return anyItemOf(items, reason);
}

function keyOption(call: CallArguments): Value | undefined {
  const key = call.keywords.get('key')?.value;
  return key?.kind === 'none' ? undefined : key;
}

function extremeByKey(
  name: 'max' | 'min',
  values: readonly Value[],
  key: Value,
  context: CallContext,
): Value {
  const keys = values.map((value) => context.interpreter.call(key, positional(value), context));
  let best = 0;
  for (let index = 1; index < keys.length; index++) {
    const [a, b] = [keys[best] ?? NONE, keys[index] ?? NONE];
    const isBetter = name === 'max' ? comparison('<', a, b, context) : comparison('<', b, a, context);
    if (isBetter.kind !== 'bool') return isBetter;
    if (isBetter.value) best = index;
  }
  return values[best] ?? NONE;
}

function better(name: 'max' | 'min', a: Value, b: Value, context: CallContext): Value {
  const isBetter = name === 'max' ? comparison('<', a, b, context) : comparison('<', b, a, context);
  if (isBetter.kind === 'bool') return isBetter.value ? b : a;
  if (isBetter.kind !== 'unknown') return isBetter;
  return extremeOfWhole(name, a, b) ?? extremeOfReals(name, a, b, isBetter.reason) ?? isBetter;
}
