/** The part of Python's standard library that code about layers leans on. */
import { native } from '../natives';
import { positional, type CallContext } from '../call';
import { nativeClass } from '../classes';
import { reasonOf } from '../expressions';
import { binary } from '../operators';
import { bool, builtin, list, NONE, string, tuple, unknown, type ModuleValue, type Value } from '../values';
import { dataclassesMembers } from './dataclasses';
import { inspectMembers } from './inspect';
import { mathMembers } from './math';

/** The module of that name, or `undefined`; `builtins` gives the built-in types. */
export function standardModule(path: string, builtins: ReadonlyMap<string, Value>): ModuleValue | undefined {
  const make = Object.hasOwn(MODULES, path) ? MODULES[path] : undefined;
  if (make === undefined) return undefined;
  const members = make(builtins);
  return {
    kind: 'module',
    name: path,
    member: (name) => (typeof members === 'function' ? members(name) : members.get(name)),
    names: () => (typeof members === 'function' ? [] : [...members.keys()]),
    patched: new Map(),
  };
}

type Members = ReadonlyMap<string, Value> | ((name: string) => Value | undefined);

const MODULES: Readonly<Record<string, (builtins: ReadonlyMap<string, Value>) => Members>> = {
  math: mathMembers,
  dataclasses: dataclassesMembers,
  inspect: inspectMembers,
  functools: functoolsMembers,
  itertools: itertoolsMembers,
  collections: collectionsMembers,
  'collections.abc': () => new Map(CONTAINER_KINDS.map(([name, kinds]) => [name, kindClass(name, kinds)])),
  copy: () => new Map([['copy', native('copy', ([value]) => copy(value ?? NONE))]]),
  abc: () =>
    new Map<string, Value>([
      ['ABC', nativeClass('ABC', [], [])],
      ['abstractmethod', same('abstractmethod')],
    ]),
  typing: () => typingMember,
  typing_extensions: () => typingMember,
  operator: () =>
    new Map(
      (['add', 'sub', 'mul', 'floordiv', 'mod', 'truediv'] as const).map((name) => [
        name,
        native(name, ([a, b], context) =>
          binary(context.interpreter, OPERATORS[name], a ?? NONE, b ?? NONE, context),
        ),
      ]),
    ),
};

const OPERATORS = { add: '+', sub: '-', mul: '*', floordiv: '//', mod: '%', truediv: '/' } as const;

const CONTAINER_KINDS: readonly (readonly [string, readonly Value['kind'][]])[] = [
  ['Iterable', ['list', 'tuple', 'dict', 'set', 'range', 'string', 'iterator']],
  ['Sequence', ['list', 'tuple', 'range', 'string']],
  ['Mapping', ['dict']],
  ['Callable', ['function', 'builtin', 'method', 'class', 'partial']],
];

function functoolsMembers(): Members {
  return new Map<string, Value>([
    [
      'partial',
      builtin('partial', ({ positional: [first, ...rest], ...args }) => ({
        kind: 'partial',
        function: first?.value ?? NONE,
        args: { ...args, positional: rest },
      })),
    ],
    ['reduce', native('reduce', reduce)],
    ['wraps', native('wraps', ([wrapped]) => native('wraps', ([made]) => wearing(made ?? NONE, wrapped)))],
    ['cache', same('cache')],
    // With and without brackets: a decorator that leaves the function as it is.
    ['lru_cache', native('lru_cache', ([made]) => (made?.kind === 'function' ? made : same('lru_cache')))],
  ]);
}

/** The function under the name of the one that it wraps. */
function wearing(made: Value, wrapped: Value | undefined): Value {
  if (made.kind !== 'function' || wrapped?.kind !== 'function') return made;
  const attributes = new Map([...wrapped.attributes, ...made.attributes, ['__wrapped__', wrapped]]);
  return {
    ...made,
    attributes: attributes.set('__name__', wrapped.attributes.get('__name__') ?? string(wrapped.name)),
  };
}

function itertoolsMembers(): Members {
  return new Map([
    ['chain', native('chain', (parts, context) => chain(parts, context))],
    ['product', native('product', (parts, context) => cartesian(parts, context))],
  ]);
}

function collectionsMembers(builtins: ReadonlyMap<string, Value>): Members {
  const dict = builtins.get('dict') ?? NONE;
  return new Map<string, Value>([['OrderedDict', dict]]);
}

/** Annotations mean nothing to a run: every name is a class that takes any index. */
function typingMember(name: string): Value | undefined {
  if (name === 'cast') return native('cast', ([, value]) => value ?? NONE);
  if (name === 'TYPE_CHECKING') return bool(false);
  if (name === 'overload' || name === 'final') return same(name);
  const kinds = CONTAINER_KINDS.find(([each]) => each === name)?.[1];
  return /^[A-Z]/.test(name) ? kindClass(name, kinds ?? []) : undefined;
}

function kindClass(name: string, kinds: readonly Value['kind'][]): Value {
  const check = native('__instancecheck__', ([value]) => {
    const isKnown = value !== undefined && value.kind !== 'unknown' && value.kind !== 'instance';
    const isDecided = isKnown && !(value.kind === 'formula' && value.isUntyped);
    return isDecided
      ? bool(kinds.includes(value.kind))
      : unknown({ code: 'unmodelled', subject: `isinstance(…, ${name})` });
  });
  return nativeClass(name, [], [['__instancecheck__', check]]);
}

function same(name: string): Value {
  return native(name, ([value]) => value ?? NONE);
}

function reduce([callee, items, start]: readonly Value[], context: CallContext): Value {
  const values = items && context.interpreter.iterate(items, context);
  if (values === undefined) return unknown(reasonOf(items ?? NONE, context));
  const [first, ...rest] = start === undefined ? values : [start, ...values];
  if (first === undefined)
    return unknown({ code: 'raises', subject: 'reduce() of an empty iterable', place: context.place });
  return rest.reduce((a, b) => context.interpreter.call(callee ?? NONE, positional(a, b), context), first);
}

function chain(parts: readonly Value[], context: CallContext): Value {
  const columns = parts.map((part) => context.interpreter.iterate(part, context));
  const failing = columns.indexOf(undefined);
  if (failing >= 0) return unknown(reasonOf(parts[failing] ?? NONE, context));
  return { kind: 'iterator', items: columns.flatMap((column) => column ?? []), position: 0 };
}

function cartesian(parts: readonly Value[], context: CallContext): Value {
  let rows: Value[][] = [[]];
  for (const part of parts) {
    const items = context.interpreter.iterate(part, context);
    if (items === undefined || rows.length * items.length > 10_000) return unknown(reasonOf(part, context));
    rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  }
  return { kind: 'iterator', items: rows.map(tuple), position: 0 };
}

function copy(value: Value): Value {
  switch (value.kind) {
    case 'list':
      return { ...list([...value.items]), uncertain: value.uncertain };
    case 'dict':
      return { ...value, entries: new Map(value.entries) };
    case 'instance':
      return { ...value, attributes: new Map(value.attributes) };
    default:
      return value;
  }
}
