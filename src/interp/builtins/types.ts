/** Python's built-in types as classes, so that `isinstance` and inheritance work. */
import type { CallContext } from '../call';
import { metaclassOf, nativeClass } from '../classes';
import { setFrom } from '../containers';
import { formatValue } from '../format';
import { elementsOf } from '../iteration';
import { methodOf } from '../methods';
import { because, native, nativeWith, raises, unmodelled, type BoundRun } from '../natives';
import { textOf } from '../text';
import {
  bool,
  builtin,
  dictOf,
  keyOf,
  list,
  NONE,
  quantityOf,
  setEntry,
  string,
  tuple,
  type BuiltinValue,
  type ClassValue,
  type DictValue,
  type Value,
} from '../values';
import { makeFloat, makeInt } from './numbers';
import { isDecided } from './objects';
import { collect } from './sequences';

interface TypeRow {
  readonly signature?: string;
  readonly make: BoundRun;
  readonly kinds: readonly Value['kind'][];
  /** Values of these kinds that are of another type all the same. */
  readonly isOther?: (value: Value) => boolean;
}

const TYPES: Readonly<Record<string, TypeRow>> = {
  bool: { signature: 'x=, /', make: ([value], context) => truthValue(value, context), kinds: ['bool'] },
  int: { signature: 'x=, /, base=', make: makeInt, kinds: ['int', 'bool', 'formula'] },
  float: { signature: 'x=, /', make: makeFloat, kinds: ['float'] },
  str: { signature: 'object=, encoding=, errors=', make: makeString, kinds: ['string'] },
  list: {
    signature: 'iterable=, /',
    make: ([items], context) => collect(items, context, (values) => list([...values])),
    kinds: ['list'],
    isOther: (value) => value.kind === 'list' && value.deque !== undefined,
  },
  tuple: {
    signature: 'iterable=, /',
    make: ([items], context) => collect(items, context, tuple),
    kinds: ['tuple'],
  },
  set: {
    signature: 'iterable=, /',
    make: ([items], context) => makeSet(items, false, context),
    kinds: ['set'],
    isOther: (value) => value.kind === 'set' && value.isFrozen === true,
  },
  frozenset: {
    signature: 'iterable=, /',
    make: ([items], context) => makeSet(items, true, context),
    kinds: ['set'],
    isOther: (value) => value.kind === 'set' && value.isFrozen !== true,
  },
  dict: { signature: 'source=, /, **entries', make: makeDict, kinds: ['dict'] },
  range: { signature: 'start, stop=, step=, /', make: makeRange, kinds: ['range'] },
  slice: { signature: 'start, stop=, step=, /', make: makeSlice, kinds: ['slice'] },
  type: {
    signature: 'object, bases=, dict=, /, **others',
    make: ([value, bases], context) => (bases ? unmodelled('type()', context) : classOf(value, context)),
    kinds: ['class'],
  },
  bytes: { make: (_, context) => unmodelled('bytes', context), kinds: [] },
  bytearray: { make: (_, context) => unmodelled('bytearray', context), kinds: [] },
  memoryview: { make: (_, context) => unmodelled('memoryview', context), kinds: [] },
  complex: { make: (_, context) => unmodelled('complex', context), kinds: [] },
};

/** The types by name. */
export function createTypes(): (readonly [string, Value])[] {
  return Object.entries(TYPES).map(([name, row]) => [name, typeOf(name, row)] as const);
}

function typeOf(
  name: string,
  { make, kinds, signature = '*args, **keywords', isOther }: TypeRow,
): ClassValue {
  const construct = nativeWith(name, signature, make);
  const constructed = builtin(name, (call, context) => {
    const [made, ...rest] = call.positional;
    const own = made?.value;
    if (own?.kind === 'class' && own !== type) return unmodelled(`a class made from ${name}`, context);
    return construct.run({ ...call, positional: rest }, context);
  });
  const create: BuiltinValue = { ...constructed, givesReals: name === 'float' };
  const check = native('__instancecheck__', ([value], context) => {
    if (value === undefined || !isDecided(value)) return because(value, context);
    // An object of a class that inherits from this one.
    if (value.kind === 'instance') return unmodelled(`isinstance(…, ${name})`, context);
    return bool(kinds.includes(value.kind) && isOther?.(value) !== true);
  });
  const type: ClassValue = nativeClass(
    name,
    [],
    [
      ['__new__', create],
      ['__instancecheck__', check],
      ...METHODS_OF_TYPES.filter(([owner]) => owner === name).flatMap(([, names]) =>
        names.split(' ').map((method) => [method, unbound(name, method)] as const),
      ),
    ],
  );
  if (name === 'dict') type.namespace.set('fromkeys', fromKeys());
  return type;
}

/** Methods that code takes from the type itself, as in `map(str.upper, names)`. */
const METHODS_OF_TYPES: readonly (readonly [string, string])[] = [
  [
    'str',
    'lower upper strip lstrip rstrip split join replace startswith endswith isdigit format title capitalize',
  ],
  ['list', 'append extend index count sort reverse pop insert copy'],
  ['dict', 'get keys values items copy update pop setdefault'],
];

function unbound(type: string, name: string): Value {
  return builtin(name, (call, context) => {
    const [self, ...rest] = call.positional;
    const own = self?.value.kind === 'instance' ? (self.value.held ?? self.value) : self?.value;
    const method = own && methodOf(own, name);
    if (method === undefined) {
      context.interpreter.trail.lose(
        call.positional.map(({ value }) => value),
        unmodelled(`${type}.${name}`).reason,
      );
      return because(self?.value, context);
    }
    return context.interpreter.call(method, { ...call, positional: rest }, context);
  });
}

function fromKeys(): Value {
  return {
    kind: 'descriptor',
    type: 'staticmethod',
    function: nativeWith('fromkeys', 'iterable, value=, /', ([keys, value = NONE], context) => {
      const items = keys && context.interpreter.iterate(keys, context);
      const made = dictOf([]);
      if (items === undefined) made.uncertain = because(keys, context).reason;
      for (const key of items ?? []) {
        const text = keyOf(key);
        if (text === undefined) made.uncertain ??= because(key, context).reason;
        else setEntry(made, text, key, value);
      }
      if (made.uncertain) made.entries.clear();
      return made;
    }),
  };
}

function makeSet(items: Value | undefined, isFrozen: boolean, context: CallContext): Value {
  if (items === undefined) return setFrom([], undefined, context, isFrozen);
  const values = elementsOf(context.interpreter, items, context);
  const doubt = values === undefined ? because(items, context).reason : undefined;
  return setFrom(values ?? [], doubt, context, isFrozen);
}

function makeString([value, encoding]: readonly (Value | undefined)[], context: CallContext): Value {
  const text = value === undefined ? '' : textOf(value, context);
  return text === undefined || encoding !== undefined ? because(value, context) : string(text);
}

/** `dict(source, **entries)`. */
function makeDict([source, named]: readonly (Value | undefined)[], context: CallContext): Value {
  const made = dictOf([]);
  if (source !== undefined) fillDict(made, source, context);
  if (named?.kind === 'dict')
    for (const [key, entry] of named.entries) setEntry(made, key, entry.key, entry.value);
  return made;
}

/** Adds the entries of a mapping or of an iterable of pairs, as `dict.update` does. */
export function fillDict(made: DictValue, source: Value, context: CallContext): void {
  const lose = (value: Value): void => {
    made.entries.clear();
    made.uncertain ??= because(value, context).reason;
  };
  if (source.kind === 'dict') {
    if (source.uncertain) lose(source);
    for (const [key, entry] of source.entries) setEntry(made, key, entry.key, entry.value);
    return;
  }
  if (source.kind === 'instance') return lose(source);
  const pairs = context.interpreter.iterate(source, context);
  if (pairs === undefined) return lose(source);
  for (const pair of pairs) {
    const parts = context.interpreter.iterate(pair, context);
    const [key, value] = parts ?? [];
    const text = key && keyOf(key);
    if (parts?.length !== 2 || key === undefined || value === undefined || text === undefined)
      lose(key ?? pair);
    else if (!made.uncertain) setEntry(made, text, key, value);
  }
}

function makeRange(args: readonly (Value | undefined)[], context: CallContext): Value {
  const bounds = args.flatMap((value) => (value === undefined ? [] : [value]));
  const numbers = bounds.map((value) => {
    const bound = quantityOf(value);
    return bound.kind === 'exact' ? bound.value : undefined;
  });
  const failing = numbers.indexOf(undefined);
  if (failing >= 0) return because(bounds[failing], context);
  const [first = 0, second, step = 1] = numbers;
  if (step === 0) return raises('ValueError: range() arg 3 must not be zero', context);
  return second === undefined
    ? { kind: 'range', start: 0, stop: first, step: 1 }
    : { kind: 'range', start: first, stop: second, step };
}

function makeSlice([first = NONE, second, step = NONE]: readonly (Value | undefined)[]): Value {
  return second === undefined
    ? { kind: 'slice', start: NONE, stop: first, step: NONE }
    : { kind: 'slice', start: first, stop: second, step };
}

function classOf(value: Value | undefined, context: CallContext): Value {
  if (value?.kind === 'instance') return value.class;
  const meta = value?.kind === 'class' ? metaclassOf(value) : undefined;
  if (meta !== undefined) return meta;
  if (value?.kind === 'dict' && value.variant) return value.variant.type;
  if (value === undefined || !isDecided(value)) return because(value, context);
  const name = Object.entries(TYPES).find(
    ([, type]) => type.kinds.includes(value.kind) && type.isOther?.(value) !== true,
  )?.[0];
  return context.interpreter.builtins.get(name ?? '') ?? because(value, context);
}

function truthValue(value: Value | undefined, context: CallContext): Value {
  const truth = value === undefined ? false : context.interpreter.truth(value, context);
  return truth === undefined ? because(value, context) : bool(truth);
}

/** `format(value, format_spec='')`. */
export const format: BoundRun = ([value, specification], context) => {
  if (specification !== undefined && specification.kind !== 'string') return because(specification, context);
  const text = value && formatValue(value, specification?.value ?? '', context);
  return text === undefined ? because(value, context) : string(text);
};
