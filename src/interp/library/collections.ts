/** Python's `collections`: dictionaries and lists with a few methods more. */
import { fillDict } from '../builtins/types';
import type { CallContext } from '../call';
import { nativeClass } from '../classes';
import { elementsOf } from '../iteration';
import { because, native, nativeWith } from '../natives';
import { binary } from '../operators';
import {
  bool,
  dictOf,
  int,
  keyOf,
  NONE,
  setEntry,
  unknown,
  type ClassValue,
  type DictValue,
  type DictVariant,
  type Value,
} from '../values';

/** The members of the module. */
export function collectionsMembers(builtins: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const dict = builtins.get('dict');
  return new Map<string, Value>([
    [
      'OrderedDict',
      dictType('OrderedDict', dict, 'source=, /, **entries', (type, [source, named], context) =>
        filled({ type, isOrdered: true }, source, named, context),
      ),
    ],
    [
      'defaultdict',
      dictType(
        'defaultdict',
        dict,
        'factory=, source=, /, **entries',
        (type, [factory = NONE, source, named], context) => filled({ type, factory }, source, named, context),
      ),
    ],
    ['Counter', dictType('Counter', dict, 'source=, /, **entries', counter)],
    ['deque', dequeType()],
  ]);
}

/** Attribute dictionaries of configurations, by the libraries that bring them. */
export function attributeDict(name: string, builtins: ReadonlyMap<string, Value>): Value {
  const make = (type: ClassValue, [source, named]: readonly (Value | undefined)[], context: CallContext) =>
    attributed(filled({ type, hasAttributes: true }, source, named, context), type, 12);
  return dictType(name, builtins.get('dict'), 'source=, /, **entries', make);
}

/** Plain dictionaries inside become ones with attributes too. */
function attributed(value: Value, type: ClassValue, depth: number): Value {
  if (depth === 0) return value;
  if (value.kind === 'list')
    return { ...value, items: value.items.map((item) => attributed(item, type, depth - 1)) };
  if (value.kind !== 'dict') return value;
  const entries = [...value.entries].map(
    ([key, entry]) => [key, { key: entry.key, value: attributed(entry.value, type, depth - 1) }] as const,
  );
  return { ...value, entries: new Map(entries), variant: { type, hasAttributes: true } };
}

type Make = (type: ClassValue, args: readonly (Value | undefined)[], context: CallContext) => Value;

function dictType(name: string, base: Value | undefined, signature: string, make: Make): Value {
  const type: ClassValue = nativeClass(name, base?.kind === 'class' ? [base] : [], []);
  const construct = nativeWith(name, signature, (args, context) => make(type, args, context));
  type.namespace.set(
    '__new__',
    native(name, ([cls], context, call) => {
      if (cls !== type)
        return unknown({ code: 'unmodelled', subject: `a class made from ${name}`, place: context.place });
      return construct.run({ ...call, positional: call.positional.slice(1) }, context);
    }),
  );
  type.namespace.set(
    '__instancecheck__',
    checkOf((value) => value.kind === 'dict' && value.variant?.type === type),
  );
  return type;
}

function dequeType(): Value {
  const make = nativeWith('deque', 'iterable=, maxlen=', ([items, most], context) => {
    const isFree = most === undefined || most.kind === 'none';
    if (!isFree && most.kind !== 'int') return because(most, context);
    const limit = isFree ? undefined : most.value;
    const values = items === undefined ? [] : context.interpreter.iterate(items, context);
    const kept = limit === undefined ? values : limit === 0 ? [] : values?.slice(-limit);
    return {
      kind: 'list',
      items: [...(kept ?? [])],
      uncertain: kept === undefined ? because(items, context).reason : undefined,
      deque: { limit },
    };
  });
  return nativeClass(
    'deque',
    [],
    [
      [
        '__new__',
        native('deque', (_, context, call) =>
          make.run({ ...call, positional: call.positional.slice(1) }, context),
        ),
      ],
      ['__instancecheck__', checkOf((value) => value.kind === 'list' && value.deque !== undefined)],
    ],
  );
}

function checkOf(test: (value: Value) => boolean): Value {
  return native('__instancecheck__', ([value], context) => {
    const isOpen = value === undefined || value.kind === 'unknown' || value.kind === 'instance';
    return isOpen || value.kind === 'formula' ? because(value, context) : bool(test(value));
  });
}

function filled(
  variant: DictVariant,
  source: Value | undefined,
  named: Value | undefined,
  context: CallContext,
): DictValue {
  const made: DictValue = { ...dictOf([]), variant };
  for (const each of [source, named])
    if (each !== undefined && each.kind !== 'none') fillDict(made, each, context);
  return made;
}

function counter(
  type: ClassValue,
  [source, named]: readonly (Value | undefined)[],
  context: CallContext,
): Value {
  const variant = { type, isCounter: true };
  if (source === undefined || source.kind === 'dict' || source.kind === 'none')
    return filled(variant, source, named, context);
  const made: DictValue = { ...dictOf([]), variant };
  const items = elementsOf(context.interpreter, source, context);
  const keys = items?.map(keyOf);
  const isOrdered = source.kind !== 'set' || source.elements.size < 2;
  if (items === undefined || keys === undefined || keys.includes(undefined) || !isOrdered)
    return {
      ...made,
      uncertain: because(items?.find((item) => keyOf(item) === undefined) ?? source, context).reason,
    };
  items.forEach((item, index) => {
    const key = keys[index] ?? '';
    const before = made.entries.get(key)?.value ?? int(0);
    setEntry(made, key, item, binary(context.interpreter, '+', before, int(1), context));
  });
  if (named?.kind === 'dict' && named.entries.size > 0) return because(source, context);
  return made;
}
