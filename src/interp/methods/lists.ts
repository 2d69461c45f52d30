/** Methods of `list`, `tuple` and `deque`, as the Python library reference defines them. */
import { LIMITS } from '../budget';
import { sortedBy } from '../builtins/sequences';
import type { CallContext } from '../call';
import { anyOf, objectsAmong } from '../join';
import { because, raises, unmodelled } from '../natives';
import { areEqual } from '../equality';
import { positionsOf } from '../subscripts';
import { int, NONE, type ListValue, type TupleValue, type Value } from '../values';
import { methodTable } from './table';

export const LIST_METHODS = methodTable<ListValue>({
  append: [
    'object, /',
    (self, [item = NONE], context) => change(self, context, (items) => pushed(items, item)),
  ],
  extend: ['iterable, /', (self, [other], context) => extend(self, other, false, context)],
  insert: [
    'index, object, /',
    (self, [index, item = NONE], context) =>
      change(
        self,
        context,
        (items) =>
          index?.kind === 'int' || index?.kind === 'bool'
            ? splice(items, Number(index.value), 0, item)
            : [...items, item],
        index?.kind !== 'int' && index?.kind !== 'bool',
      ),
  ],
  pop: ['index=, /', pop],
  remove: ['value, /', remove],
  reverse: ['', (self, _, context) => change(self, context, (items) => [...items].reverse())],
  sort: [
    '*, key=, reverse=',
    (self, [key, reverse], context) => {
      const sorted = self.uncertain
        ? undefined
        : sortedBy([...self.items], key?.kind === 'none' ? undefined : key, reverse, context);
      return change(self, context, (items) => sorted ?? items, sorted === undefined);
    },
  ],
  clear: [
    '',
    (self, _, context) => {
      context.interpreter.trail.touch(self);
      Object.assign(self, { items: [], uncertain: undefined });
      return NONE;
    },
  ],
  copy: ['', (self) => ({ ...self, items: [...self.items] })],
  index: [
    'value, start=, stop=, /',
    (self, [item, start, stop], context) =>
      indexOf(self.uncertain ? undefined : self.items, item, start, stop, context),
  ],
  count: [
    'value, /',
    (self, [item], context) => countOf(self.uncertain ? undefined : self.items, item, context),
  ],
});

/** What a `deque` has besides the methods of a list. */
export const DEQUE_METHODS = methodTable<ListValue>({
  appendleft: [
    'object, /',
    (self, [item = NONE], context) => change(self, context, (items) => [item, ...items], false, true),
  ],
  extendleft: ['iterable, /', (self, [other], context) => extend(self, other, true, context)],
  popleft: ['', (self, _, context) => pop(self, [int(0)], context)],
  rotate: [
    'n=',
    (self, [by], context) => {
      const count = by === undefined ? 1 : by.kind === 'int' ? by.value : undefined;
      return change(
        self,
        context,
        (items) => {
          const at = items.length === 0 ? 0 : (((count ?? 0) % items.length) + items.length) % items.length;
          return [...items.slice(items.length - at), ...items.slice(0, items.length - at)];
        },
        count === undefined,
      );
    },
  ],
});

export const TUPLE_METHODS = methodTable<TupleValue>({
  index: [
    'value, start=, stop=, /',
    (self, [item, start, stop], context) => indexOf(self.items, item, start, stop, context),
  ],
  count: ['value, /', (self, [item], context) => countOf(self.items, item, context)],
});

/** What the list holds cannot be told any more. */
export function loseList(self: ListValue, why: Value & { kind: 'unknown' }, context: CallContext): void {
  context.interpreter.trail.loseOne(self, why.reason);
}

/** Replaces the items; `isLost` says that they cannot be told any more. */
export function change(
  self: ListValue,
  context: CallContext,
  make: (items: Value[]) => Value[],
  isLost = false,
  atStart = false,
): Value {
  const { trail } = context.interpreter;
  trail.touch(self);
  const made = make(self.items);
  const limit = self.deque?.limit;
  if (limit !== undefined && made.length > limit) {
    self.items = self.uncertain
      ? objectsAmong(made)
      : atStart
        ? made.slice(0, limit)
        : made.slice(made.length - limit);
    return NONE;
  }
  if (!isLost && self.uncertain === undefined && made.length <= LIMITS.items) {
    self.items = made;
    return NONE;
  }
  // An uncertain list keeps only what may change through it.
  self.items = objectsAmong(made);
  const subject = context.frame.unit.textOf(context.place.span);
  self.uncertain ??= { code: isLost ? 'unmodelled' : 'budget', subject, place: context.place };
  return NONE;
}

/** Appends in place: the copy that a branch may need was made when the list was touched. */
function pushed(items: Value[], item: Value): Value[] {
  items.push(item);
  return items;
}

function splice(
  items: readonly Value[],
  index: number,
  removed: number,
  ...added: readonly Value[]
): Value[] {
  const copy = [...items];
  copy.splice(index, removed, ...added);
  return copy;
}

function extend(self: ListValue, other: Value | undefined, isLeft: boolean, context: CallContext): Value {
  const more = other && context.interpreter.iterate(other, context);
  context.interpreter.budget.step(self.items.length >> 3);
  const added = more ?? (other?.kind === 'list' ? other.items : other ? [other] : []);
  return change(
    self,
    context,
    (items) => (isLeft ? [...[...added].reverse(), ...items] : [...items, ...added]),
    more === undefined,
    isLeft,
  );
}

function pop(self: ListValue, [index]: readonly (Value | undefined)[], context: CallContext): Value {
  const isPlace = index === undefined || index.kind === 'int' || index.kind === 'bool';
  const position = index === undefined ? -1 : isPlace ? Number(index.value) : undefined;
  context.interpreter.budget.step(self.items.length >> 3);
  if (position === undefined || self.uncertain) {
    const before = [...self.items];
    change(self, context, (items) => items, true);
    return anyOf(before, self.uncertain ?? { code: 'unmodelled', subject: 'list.pop' });
  }
  const item = self.items.at(position);
  if (item === undefined || position < -self.items.length)
    return raises(
      self.items.length === 0 ? 'IndexError: pop from empty list' : 'IndexError: pop index out of range',
      context,
    );
  change(self, context, (items) => splice(items, position, 1));
  return item;
}

function remove(self: ListValue, [item = NONE]: readonly (Value | undefined)[], context: CallContext): Value {
  const results = self.items.map((each) => areEqual(each, item));
  const at = results.indexOf(true);
  const isKnown = !self.uncertain && !results.slice(0, at < 0 ? undefined : at).includes(undefined);
  if (isKnown && at < 0) return raises('ValueError: list.remove(x): x not in list', context);
  return change(self, context, (items) => (isKnown ? splice(items, at, 1) : items), !isKnown);
}

function indexOf(
  items: readonly Value[] | undefined,
  item: Value | undefined,
  start: Value | undefined,
  stop: Value | undefined,
  context: CallContext,
): Value {
  const positions =
    items &&
    positionsOf({ kind: 'slice', start: start ?? NONE, stop: stop ?? NONE, step: NONE }, items.length);
  if (positions === undefined || items === undefined || item === undefined)
    return unmodelled('index', context);
  for (const position of positions) {
    const isEqual = areEqual(items[position] ?? NONE, item);
    if (isEqual === undefined) return because(item.kind === 'unknown' ? item : items[position], context);
    if (isEqual) return int(position);
  }
  return raises('ValueError: the item is not in the list', context);
}

function countOf(items: readonly Value[] | undefined, item: Value | undefined, context: CallContext): Value {
  const results = items?.map((each) => areEqual(each, item ?? NONE)) ?? [undefined];
  return results.includes(undefined)
    ? unmodelled('count', context)
    : int(results.filter((result) => result === true).length);
}
