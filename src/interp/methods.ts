/** Methods of the built-in types: tables from a name to a small function, as the Python library reference defines them. */
import { LIMITS } from './budget';
import type { CallArguments, CallContext } from './call';
import { formatFields } from './format';
import { objectsAmong, anyOf } from './join';
import { areEqual } from './operators';
import {
  bool,
  builtin,
  dictOf,
  int,
  keyOf,
  list,
  NONE,
  string,
  tuple,
  unknown,
  type DictValue,
  type ListValue,
  type SetValue,
  type Value,
} from './values';

/** What a method gets: itself, its positional values, everything else. */
type Method<T> = (self: T, args: readonly Value[], call: CallArguments, context: CallContext) => Value;
type Table<T> = Readonly<Record<string, Method<T>>>;

/** The bound method `name` of a value of a built-in type, or `undefined`. */
export function methodOf(self: Value, name: string): Value | undefined {
  switch (self.kind) {
    case 'string':
      return bound(STRING_METHODS, self, name);
    case 'list':
      return bound(LIST_METHODS, self, name);
    case 'dict':
      return bound(DICT_METHODS, self, name);
    case 'set':
      return bound(SET_METHODS, self, name);
    case 'tuple':
      return bound(TUPLE_METHODS, self, name);
    case 'float':
      return name === 'is_integer' ? builtin(name, () => bool(Number.isInteger(self.value))) : undefined;
    case 'partial':
      return name === 'func' ? self.function : undefined;
    default:
      return undefined;
  }
}

const STRING_METHODS: Table<Value & { kind: 'string' }> = {
  lower: (self) => string(self.value.toLowerCase()),
  upper: (self) => string(self.value.toUpperCase()),
  title: (self) =>
    string(
      self.value.replace(/[a-z]+/gi, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
    ),
  capitalize: (self) => string(self.value.charAt(0).toUpperCase() + self.value.slice(1).toLowerCase()),
  strip: (self, [characters]) => withText(characters, (text) => string(strip(self.value, text, true, true))),
  lstrip: (self, [characters]) =>
    withText(characters, (text) => string(strip(self.value, text, true, false))),
  rstrip: (self, [characters]) =>
    withText(characters, (text) => string(strip(self.value, text, false, true))),
  startswith: (self, [prefix, ...limits]) =>
    limits.length > 0 ? unmodelled('str.startswith') : matches(prefix, (text) => self.value.startsWith(text)),
  endswith: (self, [suffix, ...limits]) =>
    limits.length > 0 ? unmodelled('str.endswith') : matches(suffix, (text) => self.value.endsWith(text)),
  isdigit: (self) => bool(/^\p{Nd}+$/u.test(self.value)),
  replace: (self, [from, to, ...limits]) =>
    from?.kind === 'string' && to?.kind === 'string' && limits.length === 0
      ? string(self.value.replaceAll(from.value, to.value))
      : unmodelled('str.replace'),
  split: (self, [separator, ...limits], call) =>
    limits.length > 0 || call.keywords.size > 0
      ? unmodelled('str.split')
      : withText(separator, (text) => list(splitText(self.value, text).map(string))),
  find: (self, [part, ...limits]) =>
    part?.kind === 'string' && limits.length === 0
      ? int(self.value.indexOf(part.value))
      : unmodelled('str.find'),
  count: (self, [part, ...limits]) =>
    part?.kind === 'string' && part.value !== '' && limits.length === 0
      ? int(self.value.split(part.value).length - 1)
      : unmodelled('str.count'),
  join: (self, [parts]) => {
    const isKnown = (parts?.kind === 'list' && !parts.uncertain) || parts?.kind === 'tuple';
    const texts = isKnown
      ? parts.items.map((part) => (part.kind === 'string' ? part.value : undefined))
      : [undefined];
    return texts.includes(undefined) ? unmodelled('str.join') : string(texts.join(self.value));
  },
  format: (self, args, call) =>
    formatFields(self.value, args, new Map([...call.keywords].map(([name, passed]) => [name, passed.value]))),
};

const LIST_METHODS: Table<ListValue> = {
  append: (self, [item], _, context) =>
    change(self, context, (items) => (item === undefined ? items : pushed(items, item))),
  extend: (self, [other], _, context) => extend(self, other, context),
  insert: (self, [index, item], _, context) =>
    change(self, context, (items) =>
      index?.kind === 'int' && item ? splice(items, index.value, 0, item) : undefined,
    ),
  pop: (self, [index], _, context) => {
    const position = index === undefined ? -1 : index.kind === 'int' ? index.value : undefined;
    context.interpreter.budget.step(self.items.length >> 3);
    const before = [...self.items];
    const item = position === undefined || self.uncertain ? undefined : self.items.at(position);
    change(self, context, (items) => (position === undefined ? undefined : splice(items, position, 1)));
    return item ?? anyOf(before, { code: 'unmodelled', subject: 'list.pop' });
  },
  remove: (self, [item], _, context) =>
    change(self, context, (items) => {
      const results = items.map((each) => areEqual(each, item ?? NONE));
      return results.includes(undefined)
        ? undefined
        : items.filter((_each, index) => index !== results.indexOf(true));
    }),
  reverse: (self, _args, _, context) => change(self, context, (items) => [...items].reverse()),
  sort: (self, _args, call, context) => {
    const { interpreter } = context;
    const sorted = interpreter.builtins.get('sorted');
    const result = sorted && interpreter.call(sorted, { ...call, positional: [{ value: self }] }, context);
    return change(self, context, () => (result?.kind === 'list' ? result.items : undefined));
  },
  clear: (self, _args, _, context) => {
    context.interpreter.trail.touch(self);
    Object.assign(self, { items: [], uncertain: undefined });
    return NONE;
  },
  copy: (self) => ({ ...self, items: [...self.items] }),
  index: (self, [item, ...limits]) =>
    indexOf(self.uncertain || limits.length > 0 ? undefined : self.items, item),
  count: (self, [item]) => countOf(self.uncertain ? undefined : self.items, item),
};

const TUPLE_METHODS: Table<Value & { kind: 'tuple' }> = {
  index: (self, [item, ...limits]) => indexOf(limits.length > 0 ? undefined : self.items, item),
  count: (self, [item]) => countOf(self.items, item),
};

const DICT_METHODS: Table<DictValue> = {
  get: (self, [key, otherwise]) =>
    self.entries.get(keyText(key))?.value ?? absent(self, key, otherwise ?? NONE),
  keys: (self) => view(self, (entries) => entries.map((entry) => entry.key)),
  values: (self) => view(self, (entries) => entries.map((entry) => entry.value)),
  items: (self) => view(self, (entries) => entries.map((entry) => tuple([entry.key, entry.value]))),
  copy: (self) => ({ ...self, entries: new Map(self.entries) }),
  setdefault: (self, [key, value], _, context) => {
    const text = key && keyOf(key);
    if (key === undefined || text === undefined) return lost(self, 'dict.setdefault', context);
    const existing = self.entries.get(text)?.value;
    if (existing !== undefined) return existing;
    const { trail } = context.interpreter;
    if (self.uncertain) {
      if (value) trail.lose([value], self.uncertain);
      return unknown(self.uncertain);
    }
    trail.touch(self);
    self.entries.set(text, { key, value: value ?? NONE });
    return value ?? NONE;
  },
  pop: (self, [key, otherwise], _, context) => {
    if (key === undefined || keyOf(key) === undefined) return lost(self, 'dict.pop', context);
    const value = self.entries.get(keyText(key))?.value;
    context.interpreter.trail.touch(self);
    self.entries.delete(keyText(key));
    return (
      value ??
      absent(self, key, otherwise ?? unknown({ code: 'raises', subject: 'KeyError', place: context.place }))
    );
  },
  update: (self, [other], call, context) => {
    const { trail } = context.interpreter;
    trail.touch(self);
    if (call.unknownDoubleStar?.kind === 'unknown') trail.loseOne(self, call.unknownDoubleStar.reason);
    const named = dictOf([...call.keywords].map(([name, passed]) => [name, passed.value]));
    for (const source of other === undefined ? [named] : [other, named]) {
      if (source.kind !== 'dict') lost(self, 'dict.update', context);
      else {
        if (source.uncertain) trail.loseOne(self, source.uncertain);
        for (const [key, entry] of source.entries) self.entries.set(key, entry);
      }
    }
    return NONE;
  },
};

const SET_METHODS: Table<SetValue> = {
  add: (self, [item], _, context) => {
    context.interpreter.trail.touch(self);
    const key = item && keyOf(item);
    if (item === undefined || key === undefined) return lost(self, 'set.add', context);
    self.elements.set(key, item);
    return NONE;
  },
  union: (self, [other]) =>
    other?.kind === 'set'
      ? {
          kind: 'set',
          elements: new Map([...self.elements, ...other.elements]),
          uncertain: self.uncertain ?? other.uncertain,
        }
      : unmodelled('set.union'),
};

function bound<T extends Value>(table: Table<T>, self: T, name: string): Value | undefined {
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  if (method === undefined) return undefined;
  return builtin(name, (call, context) =>
    method(
      self,
      call.positional.map((passed) => passed.value),
      call,
      context,
    ),
  );
}

/** What the container holds cannot be told any more. */
function lost(self: DictValue | SetValue, method: string, context: CallContext): Value {
  const reason = { code: 'unmodelled', subject: method, place: context.place } as const;
  context.interpreter.trail.loseOne(self, reason);
  return unknown(reason);
}

/** Replaces the items; `undefined` says that they cannot be told any more. */
function change(self: ListValue, context: CallContext, make: (items: Value[]) => Value[] | undefined): Value {
  context.interpreter.trail.touch(self);
  // An uncertain list keeps only what may change through it.
  if (self.uncertain) self.items = objectsAmong(make(self.items) ?? self.items);
  const items = self.uncertain ? undefined : make(self.items);
  if (items !== undefined && items.length <= LIMITS.items) self.items = items;
  else
    self.uncertain ??= {
      code: 'unmodelled',
      subject: context.frame.unit.textOf(context.place.span),
      place: context.place,
    };
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

function extend(self: ListValue, other: Value | undefined, context: CallContext): Value {
  const more = other && context.interpreter.iterate(other, context);
  context.interpreter.budget.step(self.items.length >> 3);
  return change(self, context, (items) => more && [...items, ...more]);
}

function view(self: DictValue, pick: (entries: { key: Value; value: Value }[]) => Value[]): Value {
  return { kind: 'list', items: pick([...self.entries.values()]), uncertain: self.uncertain };
}

function absent(self: DictValue, key: Value | undefined, otherwise: Value): Value {
  if (self.uncertain) return unknown(self.uncertain);
  return key !== undefined && keyOf(key) === undefined ? unmodelled('this key') : otherwise;
}

function keyText(key: Value | undefined): string {
  return (key && keyOf(key)) ?? '?';
}

function indexOf(items: readonly Value[] | undefined, item: Value | undefined): Value {
  const results = items?.map((each) => areEqual(each, item ?? NONE)) ?? [undefined];
  const index = results.indexOf(true);
  return index < 0 || results.slice(0, index).includes(undefined) ? unmodelled('index') : int(index);
}

function countOf(items: readonly Value[] | undefined, item: Value | undefined): Value {
  const results = items?.map((each) => areEqual(each, item ?? NONE)) ?? [undefined];
  return results.includes(undefined)
    ? unmodelled('count')
    : int(results.filter((result) => result === true).length);
}

function withText(value: Value | undefined, make: (text: string | undefined) => Value): Value {
  if (value === undefined || value.kind === 'none') return make(undefined);
  return value.kind === 'string' ? make(value.value) : unmodelled('this argument');
}

function matches(value: Value | undefined, test: (text: string) => boolean): Value {
  if (value?.kind === 'string') return bool(test(value.value));
  const items = value?.kind === 'tuple' ? value.items : [];
  const texts = items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  const isCertain = texts.length > 0 && texts.length === items.length;
  return isCertain ? bool(texts.some(test)) : unmodelled('this test');
}

function strip(text: string, characters: string | undefined, start: boolean, end: boolean): string {
  const isStripped = (character: string) =>
    characters === undefined ? /\s/.test(character) : characters.includes(character);
  const letters = Array.from(text);
  while (start && letters[0] !== undefined && isStripped(letters[0])) letters.shift();
  while (end && letters.length > 0 && isStripped(letters.at(-1) ?? '')) letters.pop();
  return letters.join('');
}

function splitText(text: string, separator: string | undefined): string[] {
  return separator === undefined ? text.split(/\s+/).filter((part) => part !== '') : text.split(separator);
}

function unmodelled(subject: string): Value {
  return unknown({ code: 'unmodelled', subject });
}
