/** Methods of `dict` and the dictionaries of `collections`, as the Python library reference defines them. */
import { fillDict } from '../builtins/types';
import { sortedBy } from '../builtins/sequences';
import type { CallContext } from '../call';
import { lazyIterator } from '../iterators';
import { because, raises, unmodelled } from '../natives';
import { raisesKeyError } from '../exceptions';
import { binary, comparison } from '../operators';
import {
  bool,
  int,
  keyOf,
  list,
  NONE,
  setEntry,
  tuple,
  unknown,
  type DictValue,
  type Value,
} from '../values';
import { methodTable } from './table';

export const DICT_METHODS = methodTable<DictValue>({
  get: [
    'key, default=, /',
    (self, [key, otherwise], context) =>
      self.entries.get(keyText(key))?.value ?? absent(self, key, otherwise ?? NONE, context),
  ],
  keys: ['', (self) => ({ kind: 'view', of: self, part: 'keys' })],
  values: ['', (self) => ({ kind: 'view', of: self, part: 'values' })],
  items: ['', (self) => ({ kind: 'view', of: self, part: 'items' })],
  copy: ['', (self) => ({ ...self, entries: new Map(self.entries) })],
  clear: [
    '',
    (self, _, context) => {
      context.interpreter.trail.touch(self);
      Object.assign(self, { entries: new Map(), uncertain: undefined });
      return NONE;
    },
  ],
  setdefault: ['key, default=, /', setDefault],
  pop: ['key, default=, /', pop],
  popitem: ['last=', popItem],
  update: ['other=, /, **entries', update],
  __contains__: ['key, /', (self, [key = NONE], context) => comparison('in', key, self, context)],
  __getitem__: [
    'key, /',
    (self, [key], context) =>
      self.variant
        ? unmodelled('__getitem__', context)
        : (self.entries.get(keyText(key))?.value ?? absent(self, key, undefined, context)),
  ],
  __len__: ['', (self) => (self.uncertain ? unknown(self.uncertain) : int(self.entries.size))],
});

/** What an `OrderedDict` has besides. */
export const ORDERED_METHODS = methodTable<DictValue>({
  move_to_end: [
    'key, last=',
    (self, [key, last], context) => {
      const text = keyText(key);
      const entry = self.entries.get(text);
      const isLast = last === undefined ? true : context.interpreter.truth(last, context);
      if (self.uncertain || isLast === undefined || (key && keyOf(key) === undefined))
        return lost(self, 'move_to_end', context);
      if (entry === undefined) return raises('KeyError', context);
      context.interpreter.trail.touch(self);
      self.entries.delete(text);
      if (isLast) self.entries.set(text, entry);
      else self.entries = new Map([[text, entry], ...self.entries]);
      return NONE;
    },
  ],
});

/** What a `Counter` has besides. */
export const COUNTER_METHODS = methodTable<DictValue>({
  most_common: [
    'n=',
    (self, [most], context) => {
      if (self.uncertain) return unknown(self.uncertain);
      const pairs = [...self.entries.values()].map(({ key, value }) => tuple([key, value]));
      const count =
        most === undefined || most.kind === 'none'
          ? pairs.length
          : most.kind === 'int'
            ? most.value
            : undefined;
      const byCount = context.interpreter.attribute(self, '__count_of_pair__', context);
      const sorted = sortedBy(pairs, byCount, bool(true), context);
      return sorted === undefined || count === undefined
        ? because(most, context)
        : list(sorted.slice(0, Math.max(0, count)));
    },
  ],
  elements: [
    '',
    (self, _, context) => {
      if (self.uncertain) return unknown(self.uncertain);
      const items = [...self.entries.values()].map(({ key, value }) =>
        value.kind === 'int' ? { key, count: value.value } : undefined,
      );
      if (items.includes(undefined) || items.some((each) => (each?.count ?? 0) > 10_000))
        return unmodelled('elements', context);
      const all = items.flatMap((each) =>
        Array.from({ length: Math.max(0, each?.count ?? 0) }, () => each?.key ?? NONE),
      );
      return lazyIterator([self], (position) => {
        const item = all[position];
        return item === undefined ? 'end' : { item };
      });
    },
  ],
  total: [
    '',
    (self, _, context) =>
      self.uncertain
        ? unknown(self.uncertain)
        : [...self.entries.values()].reduce<Value>(
            (sum, { value }) => binary(context.interpreter, '+', sum, value, context),
            int(0),
          ),
  ],
  __count_of_pair__: [
    'pair, /',
    (_, [pair], context) => (pair?.kind === 'tuple' ? (pair.items[1] ?? NONE) : because(pair, context)),
  ],
  update: ['other=, /, **entries', (self, _, context) => lost(self, 'Counter.update', context)],
  subtract: ['other=, /, **entries', (self, _, context) => lost(self, 'Counter.subtract', context)],
});

/** What the dictionary holds cannot be told any more. */
export function loseDict(self: DictValue, why: Value & { kind: 'unknown' }, context: CallContext): void {
  context.interpreter.trail.loseOne(self, why.reason);
}

function lost(self: DictValue, method: string, context: CallContext): Value {
  const made = unmodelled(method, context);
  context.interpreter.trail.loseOne(self, made.reason);
  return made;
}

function setDefault(
  self: DictValue,
  [key, value = NONE]: readonly (Value | undefined)[],
  context: CallContext,
): Value {
  const text = key && keyOf(key);
  const { trail } = context.interpreter;
  if (key === undefined || text === undefined) {
    trail.lose([value], because(key, context).reason);
    trail.loseOne(self, because(key, context).reason);
    return because(key, context);
  }
  const existing = self.entries.get(text)?.value;
  if (existing !== undefined) return existing;
  if (self.uncertain) {
    trail.lose([value], self.uncertain);
    return unknown(self.uncertain);
  }
  trail.touch(self);
  setEntry(self, text, key, value);
  return value;
}

function pop(self: DictValue, [key, otherwise]: readonly (Value | undefined)[], context: CallContext): Value {
  if (key === undefined || keyOf(key) === undefined) return lost(self, 'dict.pop', context);
  const value = self.entries.get(keyText(key))?.value;
  context.interpreter.trail.touch(self);
  self.entries.delete(keyText(key));
  return value ?? absent(self, key, otherwise, context);
}

function popItem(self: DictValue, [last]: readonly (Value | undefined)[], context: CallContext): Value {
  const isLast = last === undefined ? true : context.interpreter.truth(last, context);
  if (self.uncertain || isLast === undefined) return lost(self, 'dict.popitem', context);
  const keys = [...self.entries.keys()];
  const text = isLast ? keys.at(-1) : keys[0];
  const entry = text === undefined ? undefined : self.entries.get(text);
  if (entry === undefined) return raises('KeyError: popitem(): dictionary is empty', context);
  context.interpreter.trail.touch(self);
  self.entries.delete(text ?? '');
  return tuple([entry.key, entry.value]);
}

function update(
  self: DictValue,
  [other, named]: readonly (Value | undefined)[],
  context: CallContext,
): Value {
  const { trail } = context.interpreter;
  trail.touch(self);
  for (const source of [other, named]) if (source !== undefined) fillDict(self, source, context);
  return NONE;
}

/** What a key that is not there gives: `otherwise`, or Python's refusal without one. */
function absent(
  self: DictValue,
  key: Value | undefined,
  otherwise: Value | undefined,
  context: CallContext,
): Value {
  if (key !== undefined && keyOf(key) === undefined) return because(key, context);
  return self.uncertain ? unknown(self.uncertain) : (otherwise ?? raisesKeyError(key ?? NONE, context));
}

function keyText(key: Value | undefined): string {
  return (key && keyOf(key)) ?? '?';
}
