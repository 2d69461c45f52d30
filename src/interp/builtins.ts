/** Python's built-in functions and types, as the library reference defines them. */
import { maximum, minimum, truncate } from '../symbolic/arithmetic';
import { hasAttribute, setAttribute } from './attributes';
import type { CallArguments, CallContext } from './call';
import { positional } from './call';
import { findInClass, inherits, nativeClass } from './classes';
import { reasonOf, setOf } from './expressions';
import { parseInteger, textOf } from './format';
import { lengthOf } from './iteration';
import { areEqual, binary, comparison } from './operators';
import { executeText, loseAttributes, namespaceOf } from './namespaces';
import { moduleScope } from './scope';
import {
  bool,
  builtin,
  dictOf,
  float,
  int,
  integer,
  list,
  NONE,
  quantityOf,
  string,
  tuple,
  unknown,
  type ClassValue,
  type Value,
} from './values';

type Run = (args: readonly Value[], context: CallContext, call: CallArguments) => Value;

/** All built-in names. Types are classes, so that `isinstance` and inheritance work. */
export function createBuiltins(): ReadonlyMap<string, Value> {
  const functions = Object.entries(FUNCTIONS).map(([name, run]) => [name, native(name, run)] as const);
  const types = Object.entries(TYPES).map(
    ([name, { make, kinds }]) => [name, typeOf(name, make, kinds)] as const,
  );
  const descriptors = (['property', 'staticmethod', 'classmethod'] as const).map(
    (type) =>
      [type, native(type, ([made]) => ({ kind: 'descriptor', type, function: made ?? NONE }))] as const,
  );
  return new Map<string, Value>([
    ...functions,
    ...types,
    ...descriptors,
    ['object', nativeClass('object', [], [])],
    ['__name__', string('__main__')],
    ...EXCEPTIONS.map((name) => [name, nativeClass(name, [], [])] as const),
  ]);
}

/** A builtin that sees its positional values and, if it wants, the whole call. */
export function native(name: string, run: Run): Value {
  return builtin(name, (call, context) => {
    if (call.unknownStar) return call.unknownStar;
    return run(
      call.positional.map((passed) => passed.value),
      context,
      call,
    );
  });
}

const EXCEPTIONS = [
  'Exception BaseException ValueError TypeError RuntimeError NotImplementedError KeyError IndexError AttributeError',
  'ImportError ModuleNotFoundError AssertionError StopIteration OSError FileNotFoundError ZeroDivisionError UserWarning DeprecationWarning',
]
  .join(' ')
  .split(' ');

const TYPES: Readonly<Record<string, { readonly make: Run; readonly kinds: readonly Value['kind'][] }>> = {
  int: { make: makeInt, kinds: ['int', 'bool', 'formula'] },
  float: { make: ([value], context) => makeFloat(value, context), kinds: ['float'] },
  bool: { make: ([value], context) => truthValue(value, context), kinds: ['bool'] },
  str: { make: ([value], context) => makeString(value, context), kinds: ['string'] },
  list: {
    make: ([items], context) => collect(items, context, (values) => list([...values])),
    kinds: ['list'],
  },
  tuple: { make: ([items], context) => collect(items, context, tuple), kinds: ['tuple'] },
  set: {
    make: ([items], context) => collect(items, context, (values) => setOf(values, context)),
    kinds: ['set'],
  },
  dict: { make: makeDict, kinds: ['dict'] },
  range: { make: makeRange, kinds: ['range'] },
  slice: { make: makeSlice, kinds: ['slice'] },
  type: { make: ([value], context) => classOf(value, context), kinds: ['class'] },
};

const FUNCTIONS: Readonly<Record<string, Run>> = {
  abs: ([value], context) => absolute(value, context),
  all: ([items], context) => quantify(items, context, false),
  any: ([items], context) => quantify(items, context, true),
  callable: ([value]) => (value && isDecided(value) ? bool(CALLABLE.has(value.kind)) : undecided('callable')),
  divmod: ([a, b], context) => divide(a, b, context),
  delattr: ([object], context) => {
    if (object) loseAttributes(object, context);
    return NONE;
  },
  enumerate: ([items, start], context, call) =>
    enumerate(items, start ?? call.keywords.get('start')?.value, context),
  exec: (_, context) => executeText(context),
  filter: ([test, items], context) => filterItems(test, items, context),
  getattr: getAttributeByName,
  globals: (_, context) => namespaceOf('globals', moduleScope(context.frame.scope), context),
  hasattr: ([object, name]) => hasAttributeByName(object, name),
  id: () => undecided('id'),
  isinstance: ([value, type], context) => isInstance(value, type, context),
  issubclass: ([value, type], context) => isSubclass(value, type, context),
  iter: ([items], context) =>
    collect(items, context, (values) => ({ kind: 'iterator', items: values, position: 0 })),
  len: ([value], context) => length(value, context),
  locals: (_, context) => namespaceOf('locals', context.frame.scope, context),
  map: ([callee, items, ...more], context) =>
    more.length > 0 ? undecided('map') : mapItems(callee, items, context),
  max: (args, context, call) => extreme('max', args, context, call),
  min: (args, context, call) => extreme('min', args, context, call),
  next: nextItem,
  pow: ([a, b, base], context) => {
    if (a === undefined || b === undefined) return undecided('pow');
    const power = binary(context.interpreter, '**', a, b, context);
    return base === undefined ? power : binary(context.interpreter, '%', power, base, context);
  },
  print: () => NONE,
  repr: () => undecided('repr'),
  reversed: ([items], context) =>
    collect(items, context, (values) => ({ kind: 'iterator', items: [...values].reverse(), position: 0 })),
  round: ([value, digits], context) => roundValue(value, digits, context),
  setattr: setAttributeByName,
  sorted: (args, context, call) => sortedItems(args, context, call),
  sum: ([items, start], context, call) =>
    sumItems(items, start ?? call.keywords.get('start')?.value, context),
  super: makeSuper,
  vars: ([object], context) =>
    object === undefined
      ? namespaceOf('vars', context.frame.scope, context)
      : context.interpreter.attribute(object, '__dict__', context),
  zip: (args, context) => zipItems(args, context),
};

const CALLABLE = new Set<Value['kind']>(['function', 'builtin', 'method', 'class', 'partial']);

function typeOf(name: string, make: Run, kinds: readonly Value['kind'][]): ClassValue {
  const construct = native(name, ([, ...args], context, call) =>
    make(args, context, { ...call, positional: call.positional.slice(1) }),
  );
  const check = native('__instancecheck__', ([value]) =>
    value && isDecided(value) ? bool(kinds.includes(value.kind)) : undecided('isinstance'),
  );
  return nativeClass(
    name,
    [],
    [
      ['__new__', construct],
      ['__instancecheck__', check],
    ],
  );
}

/** Whether the value's type is known. */
function isDecided(value: Value): boolean {
  return value.kind !== 'unknown' && !(value.kind === 'formula' && value.isUntyped);
}

function makeInt([value, base]: readonly Value[], context: CallContext, call: CallArguments): Value {
  if (base !== undefined || call.keywords.size > 0) return undecided('int');
  if (value === undefined) return int(0);
  if (value.kind === 'float')
    return Number.isFinite(value.value) ? int(Math.trunc(value.value)) : wrong('int', context);
  if (value.kind === 'string') return parseInteger(value.value) ?? wrong('int', context);
  if (value.kind === 'formula') return value.isUntyped ? integer(truncate(value.formula)) : value;
  if (value.kind === 'instance') return viaDunder(value, '__int__', context);
  return integer(quantityOf(value));
}

function makeFloat(value: Value | undefined, context: CallContext): Value {
  if (value === undefined) return float(0);
  if (value.kind === 'instance') return viaDunder(value, '__float__', context);
  if (value.kind === 'unknown' || value.kind === 'float') return value;
  if (value.kind === 'int' || value.kind === 'bool') return float(Number(value.value));
  const number = value.kind === 'string' ? Number(value.value) : NaN;
  return Number.isNaN(number) ? wrong('float', context) : float(number);
}

function makeString(value: Value | undefined, context: CallContext): Value {
  const text = value === undefined ? '' : textOf(value);
  return text === undefined ? asUnknown(value, context) : string(text);
}

function makeDict([source]: readonly Value[], context: CallContext, call: CallArguments): Value {
  const named = dictOf([...call.keywords].map(([name, passed]) => [name, passed.value]));
  if (call.unknownDoubleStar?.kind === 'unknown') named.uncertain = call.unknownDoubleStar.reason;
  if (source === undefined) return named;
  if (source.kind === 'dict') {
    return {
      kind: 'dict',
      entries: new Map([...source.entries, ...named.entries]),
      uncertain: source.uncertain ?? named.uncertain,
    };
  }
  const pairs = context.interpreter.iterate(source, context);
  const made = dictOf([]);
  for (const pair of pairs ?? []) {
    const parts = context.interpreter.iterate(pair, context);
    const update = parts?.[0] && parts[1] ? setOf([parts[0]], context) : undefined;
    const key = update?.kind === 'set' ? [...update.elements.keys()][0] : undefined;
    if (key === undefined || !parts?.[0] || !parts[1]) made.uncertain ??= reasonOf(pair, context);
    else made.entries.set(key, { key: parts[0], value: parts[1] });
  }
  if (pairs === undefined) made.uncertain = reasonOf(source, context);
  return {
    kind: 'dict',
    entries: new Map([...made.entries, ...named.entries]),
    uncertain: made.uncertain ?? named.uncertain,
  };
}

function makeRange(args: readonly Value[], context: CallContext): Value {
  const bounds = args.map(quantityOf);
  const numbers = bounds.map((bound) => (bound.kind === 'exact' ? bound.value : undefined));
  const failing = numbers.indexOf(undefined);
  if (failing >= 0) return asUnknown(args[failing], context);
  const [first = 0, second, step = 1] = numbers;
  if (step === 0) return wrong('range() arg 3 must not be zero', context);
  return second === undefined
    ? { kind: 'range', start: 0, stop: first, step: 1 }
    : { kind: 'range', start: first, stop: second, step };
}

function makeSlice(args: readonly Value[]): Value {
  const [first = NONE, second, step = NONE] = args;
  return second === undefined
    ? { kind: 'slice', start: NONE, stop: first, step: NONE }
    : { kind: 'slice', start: first, stop: second, step };
}

function classOf(value: Value | undefined, context: CallContext): Value {
  if (value?.kind === 'instance') return value.class;
  if (value === undefined || !isDecided(value)) return asUnknown(value, context);
  const name = Object.entries(TYPES).find(([, type]) => type.kinds.includes(value.kind))?.[0] ?? '';
  return context.interpreter.builtins.get(name) ?? asUnknown(value, context);
}

function truthValue(value: Value | undefined, context: CallContext): Value {
  const truth = value === undefined ? false : context.interpreter.truth(value, context);
  return truth === undefined ? asUnknown(value, context) : bool(truth);
}

function absolute(value: Value | undefined, context: CallContext): Value {
  if (value?.kind === 'int') return int(Math.abs(value.value));
  if (value?.kind === 'instance') return viaDunder(value, '__abs__', context);
  return value?.kind === 'float' ? float(Math.abs(value.value)) : asUnknown(value, context);
}

function quantify(items: Value | undefined, context: CallContext, decisive: boolean): Value {
  const values = items && context.interpreter.iterate(items, context);
  if (values === undefined) return asUnknown(items, context);
  const truths = values.map((value) => context.interpreter.truth(value, context));
  if (truths.includes(decisive)) return bool(decisive);
  return truths.includes(undefined) ? asUnknown(values[truths.indexOf(undefined)], context) : bool(!decisive);
}

function divide(a: Value | undefined, b: Value | undefined, context: CallContext): Value {
  if (a === undefined || b === undefined) return wrong('divmod', context);
  return tuple([
    binary(context.interpreter, '//', a, b, context),
    binary(context.interpreter, '%', a, b, context),
  ]);
}

function enumerate(items: Value | undefined, start: Value | undefined, context: CallContext): Value {
  const from = start === undefined ? int(0) : start;
  return collect(items, context, (values) => {
    const pairs = values.map((value, index) =>
      tuple([binary(context.interpreter, '+', from, int(index), context), value]),
    );
    return { kind: 'iterator', items: pairs, position: 0 };
  });
}

function filterItems(test: Value | undefined, items: Value | undefined, context: CallContext): Value {
  const values = items && context.interpreter.iterate(items, context);
  if (values === undefined || test === undefined) return asUnknown(items, context);
  const truths = values.map((value) =>
    context.interpreter.truth(
      test.kind === 'none' ? value : context.interpreter.call(test, positional(value), context),
      context,
    ),
  );
  if (truths.includes(undefined)) return undecided('filter');
  return { kind: 'iterator', items: values.filter((_, index) => truths[index] === true), position: 0 };
}

function getAttributeByName([object, name, otherwise]: readonly Value[], context: CallContext): Value {
  if (object === undefined || name?.kind !== 'string') return asUnknown(name, context);
  const has = otherwise === undefined ? true : hasAttribute(object, name.value);
  if (has === false) return otherwise ?? NONE;
  return has === undefined
    ? asUnknown(object, context)
    : context.interpreter.attribute(object, name.value, context);
}

function hasAttributeByName(object: Value | undefined, name: Value | undefined): Value {
  const has = object && name?.kind === 'string' ? hasAttribute(object, name.value) : undefined;
  return has === undefined ? undecided('hasattr') : bool(has);
}

function setAttributeByName([object, name, value]: readonly Value[], context: CallContext): Value {
  if (object && value && name?.kind === 'string') setAttribute(object, name.value, value, context);
  else if (object) loseAttributes(object, context);
  return NONE;
}

function isInstance(value: Value | undefined, type: Value | undefined, context: CallContext): Value {
  if (value === undefined || type === undefined) return wrong('isinstance', context);
  if (type.kind === 'tuple') {
    const results = type.items.map((each) => isInstance(value, each, context));
    return anyTrue(results) ?? bool(false);
  }
  const check = type.kind === 'class' ? findInClass(type, '__instancecheck__') : undefined;
  if (check !== undefined) return context.interpreter.call(check, positional(value), context);
  if (type.kind !== 'class' || !isDecided(value))
    return asUnknown(type.kind === 'class' ? value : type, context);
  const result = value.kind === 'instance' ? inherits(value.class, type) : type.name === 'object';
  return result === undefined ? undecided('isinstance') : bool(result);
}

function isSubclass(value: Value | undefined, type: Value | undefined, context: CallContext): Value {
  if (type?.kind === 'tuple')
    return anyTrue(type.items.map((each) => isSubclass(value, each, context))) ?? bool(false);
  const result = value?.kind === 'class' && type?.kind === 'class' ? inherits(value, type) : undefined;
  return result === undefined ? asUnknown(value, context) : bool(result);
}

function anyTrue(results: readonly Value[]): Value | undefined {
  return (
    results.find((each) => each.kind === 'bool' && each.value) ??
    results.find((each) => each.kind === 'unknown')
  );
}

function length(value: Value | undefined, context: CallContext): Value {
  const count = value && lengthOf(value);
  if (count !== undefined) return int(count);
  if (value?.kind === 'instance') return viaDunder(value, '__len__', context);
  const isUncertain =
    value?.kind === 'list' || value?.kind === 'dict' || value?.kind === 'set' ? value.uncertain : undefined;
  return isUncertain ? unknown(isUncertain) : asUnknown(value, context);
}

function mapItems(callee: Value | undefined, items: Value | undefined, context: CallContext): Value {
  return collect(items, context, (values) => {
    const results = values.map((value) =>
      context.interpreter.call(callee ?? NONE, positional(value), context),
    );
    return { kind: 'iterator', items: results, position: 0 };
  });
}

function extreme(
  name: 'max' | 'min',
  args: readonly Value[],
  context: CallContext,
  call: CallArguments,
): Value {
  const [first] = args;
  const values = args.length === 1 && first ? context.interpreter.iterate(first, context) : args;
  if (values === undefined) return asUnknown(first, context);
  if (call.keywords.has('key')) return undecided(name);
  const [head, ...rest] = values;
  if (head === undefined)
    return call.keywords.get('default')?.value ?? wrong(`${name}() arg is an empty sequence`, context);
  return rest.reduce((best, value) => better(name, best, value, context), head);
}

function better(name: 'max' | 'min', a: Value, b: Value, context: CallContext): Value {
  const isLess = name === 'max' ? comparison('<', a, b, context) : comparison('<', b, a, context);
  if (isLess.kind === 'bool') return isLess.value ? b : a;
  const isWhole = [a, b].every((value) => value.kind === 'int' || value.kind === 'formula');
  if (!isWhole) return isLess;
  return integer((name === 'max' ? maximum : minimum)(quantityOf(a), quantityOf(b)));
}

function nextItem([items, otherwise]: readonly Value[], context: CallContext): Value {
  if (items?.kind !== 'iterator') {
    if (items) context.interpreter.trail.lose([items], reasonOf(items, context));
    return asUnknown(items, context);
  }
  if (items.uncertain) return unknown(items.uncertain);
  context.interpreter.trail.touch(items);
  const item = items.items[items.position];
  items.position += 1;
  return item ?? otherwise ?? wrong('StopIteration', context);
}

function roundValue(value: Value | undefined, digits: Value | undefined, context: CallContext): Value {
  const places = digits === undefined || digits.kind === 'none' ? undefined : quantityOf(digits);
  const count = places?.kind === 'exact' && places.value >= 0 && places.value < 20 ? places.value : undefined;
  const isPlain = places === undefined || count !== undefined;
  if (value?.kind === 'int' && isPlain) return value;
  if (value?.kind === 'instance' && places === undefined) return viaDunder(value, '__round__', context);
  if (value?.kind !== 'float' || !isPlain) return asUnknown(value, context);
  return count === undefined ? int(roundHalfEven(value.value)) : float(roundTo(value.value, count));
}

/** To so many decimal places of the number's exact value, ties to the even digit. */
function roundTo(value: number, places: number): number {
  const [whole = '', digits = ''] = Math.abs(value).toFixed(100).split('.');
  const kept = Number(`${whole}.${digits.slice(0, places)}`);
  const isTie = /^50*$/.test(digits.slice(places));
  const isEven = /[02468]$/.test(whole + digits.slice(0, places));
  return isTie && isEven ? Math.sign(value) * kept : Number(value.toFixed(places));
}

function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const part = value - low;
  if (part !== 0.5) return part < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

function sortedItems([items]: readonly Value[], context: CallContext, call: CallArguments): Value {
  const values = items && context.interpreter.iterate(items, context);
  if (values === undefined) return asUnknown(items, context);
  context.interpreter.budget.step(values.length * 4);
  const key = call.keywords.get('key')?.value;
  const isReversed = truthValue(call.keywords.get('reverse')?.value ?? bool(false), context);
  const keyed = values.map((value) => ({
    value,
    key: key ? context.interpreter.call(key, positional(value), context) : value,
  }));
  let isCertain = isReversed.kind === 'bool';
  keyed.sort((a, b) => {
    const less = comparison('<', a.key, b.key, context);
    const equal = areEqual(a.key, b.key);
    if (less.kind !== 'bool' || equal === undefined) isCertain = false;
    const order = equal === true ? 0 : less.kind === 'bool' && less.value ? -1 : 1;
    return isReversed.kind === 'bool' && isReversed.value ? -order : order;
  });
  return isCertain ? list(keyed.map((each) => each.value)) : undecided('sorted');
}

function sumItems(items: Value | undefined, start: Value | undefined, context: CallContext): Value {
  return collect(items, context, (values) =>
    values.reduce((sum, value) => binary(context.interpreter, '+', sum, value, context), start ?? int(0)),
  );
}

function makeSuper([after, self]: readonly Value[], context: CallContext): Value {
  const { frame } = context;
  const owner = after?.kind === 'class' ? after : frame.function?.owner?.current;
  const object = self ?? frame.self;
  return owner && object ? { kind: 'super', after: owner, self: object } : wrong('super()', context);
}

function zipItems(args: readonly Value[], context: CallContext): Value {
  const columns = args.map((items) => context.interpreter.iterate(items, context));
  const failing = columns.indexOf(undefined);
  if (failing >= 0) return asUnknown(args[failing], context);
  const rows = Math.min(...columns.map((column) => column?.length ?? 0));
  const items = Array.from({ length: columns.length === 0 ? 0 : rows }, (_, row) =>
    tuple(columns.map((column) => column?.[row] ?? NONE)),
  );
  return { kind: 'iterator', items, position: 0 };
}

/** The items of an iterable made into something; without argument, of nothing. */
function collect(
  items: Value | undefined,
  context: CallContext,
  make: (values: readonly Value[]) => Value,
): Value {
  if (items === undefined) return make([]);
  const values = context.interpreter.iterate(items, context);
  return values === undefined ? asUnknown(items, context) : make(values);
}

function viaDunder(value: Value & { kind: 'instance' }, name: string, context: CallContext): Value {
  const method = findInClass(value.class, name);
  return method ? context.interpreter.call(method, positional(value), context) : asUnknown(value, context);
}

function asUnknown(value: Value | undefined, context: CallContext): Value {
  if (value?.kind === 'list' || value?.kind === 'dict' || value?.kind === 'set') {
    if (value.uncertain) return unknown(value.uncertain);
  }
  return unknown(reasonOf(value ?? NONE, context));
}

function wrong(subject: string, context: CallContext): Value {
  return unknown({ code: 'raises', subject, place: context.place });
}

function undecided(subject: string): Value {
  return unknown({ code: 'unmodelled', subject });
}
