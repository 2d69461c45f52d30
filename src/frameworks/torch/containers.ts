/** `Sequential`, `ModuleList`, `ModuleDict`, `ParameterList`, `ParameterDict`. Source: PyTorch docs, torch.nn, "Containers". */
import { positional, type CallArguments, type CallContext } from '../../interp/call';
import { nativeClass } from '../../interp/classes';
import { anyOf } from '../../interp/join';
import { positionsOf } from '../../interp/subscripts';
import {
  bool,
  builtin,
  dictOf,
  int,
  NONE,
  string,
  tuple,
  unknown,
  type ClassValue,
  type InstanceValue,
  type Value,
} from '../../interp/values';
import type { Reason } from '../../symbolic/reason';
import type { Row, Toolbox } from '../library';
import { isTensor } from '../tensor';
import {
  addUncertain,
  becomeContainer,
  deleteMember,
  isParameter,
  possible,
  registeredIn,
  replaceMembers,
  hold,
  type Entry,
} from './registration';

/** A method: the container, the other arguments in order, and the call. */
type Run = (self: InstanceValue, args: readonly Value[], context: CallContext, call: CallArguments) => Value;
type Method = readonly [string, Run];

/** What values become when they are put in: parameters, in the containers of those. */
type Wrap = (value: Value) => Value;

/** Rows of all containers. */
export function containerRows(): Row[] {
  return [
    row('Sequential', () => [...LIST_METHODS, ...SEQUENTIAL]),
    row('ModuleList', () => [...LIST_METHODS, ...MODULE_LIST]),
    row('ModuleDict', () => [['__init__', initialiseDict], ...DICT_METHODS]),
    row('ParameterList', (tools) => [...LIST_METHODS, ...MODULE_LIST, ...parameterMethods(tools, 'list')]),
    row('ParameterDict', (tools) => [...DICT_METHODS, ...parameterMethods(tools, 'dict')]),
  ];
}

/** The dictionary of what a module has registered: what is done to it is done to the module. */
export function viewOf(self: Value, context: CallContext): Value {
  if (self.kind !== 'instance') return unknown(unmodelled('_modules', context));
  const owned = DICT_METHODS.map(([name, run]): Method => [name, (_, ...rest) => run(self, ...rest)]);
  return {
    kind: 'instance',
    class: nativeClass('OrderedDict', [], asBuiltins(owned)),
    attributes: new Map(),
  };
}

function row(name: string, methods: (tools: Toolbox) => readonly Method[]): Row {
  const make = (tools: Toolbox): ClassValue => {
    const parent = tools.value('torch.nn.Module');
    return nativeClass(name, parent.kind === 'class' ? [parent] : [], asBuiltins(methods(tools)));
  };
  return { path: `torch.nn.${name}`, make };
}

function asBuiltins(methods: readonly Method[]): [string, Value][] {
  return methods.map(([name, run]) => [
    name,
    builtin(name, (call, context) => {
      context.interpreter.budget.step(4);
      const [self, ...args] = call.positional.map((passed) => passed.value);
      const named = [...call.keywords.values()].map((passed) => passed.value);
      return self?.kind === 'instance' ? run(self, [...args, ...named], context, call) : NONE;
    }),
  ]);
}

/** What lists of modules have in common. */
const LIST_METHODS: readonly Method[] = [
  ['__len__', (self) => size(self)],
  ['__iter__', (self, _, context) => iterator(self, context, ([, value]) => value)],
  ['append', (self, [value], context) => append(self, [value ?? NONE], context)],
  ['extend', (self, [values], context) => extend(self, values ?? NONE, context)],
  ['__iadd__', (self, [values], context) => extend(self, values ?? NONE, context)],
  ['insert', insert],
  ['pop', popAt],
  ['__setitem__', setAt],
  ['__delitem__', (self, [index], context) => deleteAt(self, index ?? NONE, context)],
];

const SEQUENTIAL: readonly Method[] = [
  ['__init__', initialiseSequential],
  ['forward', forwardThrough],
  [
    '__getitem__',
    (self, [index], context) =>
      itemAt(self, index ?? NONE, context, (entries) => context.interpreter.trail.made(dictOf(entries))),
  ],
  ['__add__', (self, [other], context) => joined('torch.nn.Sequential', self, other ?? NONE, context)],
];

const MODULE_LIST: readonly Method[] = [
  ['__init__', initialiseList],
  [
    '__getitem__',
    (self, [index], context) =>
      itemAt(self, index ?? NONE, context, (entries) => tuple(entries.map(([, value]) => value))),
  ],
  ['__add__', (self, [other], context) => joined('torch.nn.ModuleList', self, other ?? NONE, context)],
];

const DICT_METHODS: readonly Method[] = [
  ['__len__', (self) => size(self)],
  ['__iter__', (self, _, context) => iterator(self, context, ([name]) => string(name))],
  ['keys', (self, _, context) => iterator(self, context, ([name]) => string(name))],
  ['values', (self, _, context) => iterator(self, context, ([, value]) => value)],
  ['items', (self, _, context) => iterator(self, context, ([name, value]) => tuple([string(name), value]))],
  ['__contains__', (self, [key]) => contains(self, key ?? NONE)],
  ['__getitem__', (self, [key], context) => entryAt(self, key ?? NONE, context)],
  ['get', (self, [key, otherwise], context) => entryAt(self, key ?? NONE, context, otherwise ?? NONE)],
  ['__setitem__', (self, [key, value], context) => setEntry(self, key ?? NONE, value ?? NONE, context)],
  ['__delitem__', (self, [key], context) => deleteEntry(self, key ?? NONE, context)],
  [
    'pop',
    (self, [key], context) => {
      const found = entryAt(self, key ?? NONE, context);
      deleteEntry(self, key ?? NONE, context);
      return found;
    },
  ],
  ['update', (self, [values], context) => update(self, values ?? NONE, context)],
  [
    'clear',
    (self, _, context) => {
      replaceMembers(self, [], context);
      return NONE;
    },
  ],
];

/** Containers of parameters make parameters of the tensors that are put in. */
function parameterMethods(tools: Toolbox, type: 'list' | 'dict'): readonly Method[] {
  const wrap: Wrap = (value) => {
    const parameter = tools.value('torch.nn.Parameter');
    if (parameter.kind !== 'class' || value.kind !== 'instance') return value;
    const { payload } = value;
    const isPlain = isTensor(value) && !isParameter(value);
    return isPlain ? { kind: 'instance', class: parameter, attributes: new Map(), payload } : value;
  };
  const wrapAll = (values: Value, context: CallContext): Value => {
    const items = context.interpreter.iterate(values, context);
    return items === undefined ? values : tuple(items.map(wrap));
  };
  if (type === 'dict') {
    const set: Run = (self, [key, value], context) =>
      setEntry(self, key ?? NONE, wrap(value ?? NONE), context);
    const fill: Run = (self, [values], context) => update(self, values ?? NONE, context, wrap);
    const initialise: Run = (self, args, context) => initialiseDict(self, args, context, wrap);
    return [
      ['__init__', initialise],
      ['__setitem__', set],
      ['update', fill],
    ];
  }
  const initialise: Run = (self, [values], context, call) =>
    initialiseList(self, values === undefined ? [] : [wrapAll(values, context)], context, call);
  return [
    ['__init__', initialise],
    ['append', (self, [value], context) => append(self, [wrap(value ?? NONE)], context)],
    ['extend', (self, [values], context) => extend(self, wrapAll(values ?? NONE, context), context)],
    ['__iadd__', (self, [values], context) => extend(self, wrapAll(values ?? NONE, context), context)],
    [
      '__setitem__',
      (self, [index, value], context, call) =>
        setAt(self, [index ?? NONE, wrap(value ?? NONE)], context, call),
    ],
  ];
}

function initialiseSequential(
  self: InstanceValue,
  args: readonly Value[],
  context: CallContext,
  call: CallArguments,
): Value {
  becomeContainer(self, context);
  const [only] = args;
  if (args.length === 1 && only !== undefined && isMapping(only)) return update(self, only, context);
  args.forEach((value, index) => hold(self, String(index), value, context));
  const star = call.unknownStar;
  if (star?.kind === 'unknown') addUncertain(self, [star], star.reason, context);
  return NONE;
}

function initialiseList(
  self: InstanceValue,
  [values]: readonly Value[],
  context: CallContext,
  call: CallArguments,
): Value {
  becomeContainer(self, context);
  if (values !== undefined && values.kind !== 'none') extend(self, values, context);
  const star = call.unknownStar;
  if (star?.kind === 'unknown') addUncertain(self, [star], star.reason, context);
  return NONE;
}

function initialiseDict(
  self: InstanceValue,
  [values]: readonly Value[],
  context: CallContext,
  wrap: Wrap | CallArguments = (value) => value,
): Value {
  becomeContainer(self, context);
  if (values === undefined || values.kind === 'none') return NONE;
  return update(self, values, context, typeof wrap === 'function' ? wrap : undefined);
}

function forwardThrough(self: InstanceValue, args: readonly Value[], context: CallContext): Value {
  const { entries, uncertain } = registeredIn(self);
  const { interpreter } = context;
  if (uncertain !== undefined)
    return interpreter.call(anyOf(possible(self), uncertain), positional(...args), context);
  return entries.reduce<Value>(
    (input, [, module]) => interpreter.call(module, positional(input), context),
    args[0] ?? NONE,
  );
}

function append(self: InstanceValue, values: readonly Value[], context: CallContext): Value {
  const { entries, uncertain } = registeredIn(self);
  if (uncertain !== undefined) addUncertain(self, values, uncertain, context);
  else values.forEach((value, index) => hold(self, String(entries.length + index), value, context));
  return self;
}

function extend(self: InstanceValue, values: Value, context: CallContext): Value {
  const items = context.interpreter.iterate(values, context);
  if (items !== undefined) return append(self, items, context);
  const kept = values.kind === 'list' || values.kind === 'iterator' ? values.items : [values];
  const inner = values.kind === 'instance' ? possible(values) : kept;
  addUncertain(self, inner, reasonOf(values, context), context);
  return self;
}

function insert(self: InstanceValue, [index, value]: readonly Value[], context: CallContext): Value {
  const { entries, uncertain } = registeredIn(self);
  const at = index?.kind === 'int' ? index.value + (index.value < 0 ? entries.length : 0) : undefined;
  if (value === undefined) return NONE;
  if (uncertain !== undefined || at === undefined || at < 0 || at > entries.length) {
    lost(self, [value], index ?? NONE, context);
    return self;
  }
  const values = entries.map(([, each]) => each);
  values.splice(at, 0, value);
  replaceMembers(self, numbered(values), context);
  return self;
}

function popAt(self: InstanceValue, [index]: readonly Value[], context: CallContext): Value {
  const at = index ?? int(-1);
  const found = itemAt(self, at, context, (entries) => tuple(entries.map(([, value]) => value)));
  deleteAt(self, at, context);
  return found;
}

/** Deleting numbers the rest anew. */
function deleteAt(self: InstanceValue, index: Value, context: CallContext): Value {
  const { entries, uncertain } = registeredIn(self);
  const positions = uncertain === undefined ? pick(index, entries.length) : undefined;
  if (positions === undefined) lost(self, [], index, context);
  else {
    const rest = entries.filter((_, position) => !positions.includes(position));
    replaceMembers(self, numbered(rest.map(([, value]) => value)), context);
  }
  return NONE;
}

function setAt(
  self: InstanceValue,
  [index, value]: readonly Value[],
  context: CallContext,
  _call: CallArguments,
): Value {
  const { entries, uncertain } = registeredIn(self);
  const [at, ...more] = uncertain === undefined ? (pick(index ?? NONE, entries.length) ?? []) : [];
  const name = at === undefined || more.length > 0 ? undefined : entries[at]?.[0];
  if (value === undefined) return NONE;
  if (name === undefined) lost(self, [value], index ?? NONE, context);
  else hold(self, name, value, context);
  return NONE;
}

/** One module, or a container of the same class for a slice, made from what `arrange` makes of its entries. */
function itemAt(
  self: InstanceValue,
  index: Value,
  context: CallContext,
  arrange: (entries: readonly Entry[]) => Value,
): Value {
  const { entries, uncertain } = registeredIn(self);
  const isSlice = index.kind === 'slice';
  if (index.kind === 'string') return entryAt(self, index, context);
  const positions = uncertain === undefined ? pick(index, entries.length) : undefined;
  if (positions === undefined) {
    const why = uncertain ?? reasonOf(index, context);
    return anyOf(possible(self), why);
  }
  const picked = positions.flatMap((position) => {
    const entry = entries[position];
    return entry === undefined ? [] : [entry];
  });
  if (isSlice) return context.interpreter.call(self.class, positional(arrange(picked)), context);
  return (
    picked[0]?.[1] ??
    unknown({ code: 'raises', subject: 'IndexError: index is out of range', place: context.place })
  );
}

/** `a + b`: a new container of what both hold. */
function joined(path: string, self: InstanceValue, other: Value, context: CallContext): Value {
  const type = baseOf(self, path.slice(path.lastIndexOf('.') + 1));
  const made = type && context.interpreter.call(type, positional(), context);
  if (made?.kind !== 'instance') return unknown(unmodelled('+', context));
  extend(made, self, context);
  extend(made, other, context);
  return made;
}

function update(
  self: InstanceValue,
  values: Value,
  context: CallContext,
  wrap: Wrap = (each) => each,
): Value {
  const pairs = isMapping(values) ? entriesOf(values, context) : context.interpreter.iterate(values, context);
  const known = pairs?.map((pair) => context.interpreter.iterate(pair, context));
  if (known === undefined) {
    const kept = values.kind === 'dict' ? [...values.entries.values()].map(({ value }) => value) : [values];
    addUncertain(self, kept, reasonOf(values, context), context);
    return NONE;
  }
  for (const pair of known) setEntry(self, pair?.[0] ?? NONE, wrap(pair?.[1] ?? NONE), context);
  return NONE;
}

/** The pairs of a dictionary, of ours or of another container. */
function entriesOf(values: Value, context: CallContext): readonly Value[] | undefined {
  if (values.kind === 'dict')
    return values.uncertain
      ? undefined
      : [...values.entries.values()].map(({ key, value }) => tuple([key, value]));
  const { interpreter } = context;
  const items = interpreter.call(interpreter.attribute(values, 'items', context), positional(), context);
  return interpreter.iterate(items, context);
}

function setEntry(self: InstanceValue, key: Value, value: Value, context: CallContext): Value {
  if (key.kind === 'string') hold(self, key.value, value, context);
  else lost(self, [value], key, context);
  return NONE;
}

function deleteEntry(self: InstanceValue, key: Value, context: CallContext): Value {
  const { uncertain } = registeredIn(self);
  if (key.kind === 'string' && uncertain === undefined) deleteMember(self, key.value, context);
  else lost(self, [], key, context);
  return NONE;
}

function entryAt(self: InstanceValue, key: Value, context: CallContext, otherwise?: Value): Value {
  const { entries, uncertain } = registeredIn(self);
  if (key.kind !== 'string') return anyOf(possible(self), reasonOf(key, context));
  const found = entries.find(([name]) => name === key.value);
  if (found !== undefined) return found[1];
  if (uncertain !== undefined) return anyOf(possible(self), uncertain);
  return otherwise ?? unknown({ code: 'raises', subject: `KeyError: '${key.value}'`, place: context.place });
}

function contains(self: InstanceValue, key: Value): Value {
  const { entries, uncertain } = registeredIn(self);
  const isThere = key.kind === 'string' && entries.some(([name]) => name === key.value);
  if (isThere || (key.kind === 'string' && uncertain === undefined)) return bool(isThere);
  return unknown(uncertain ?? { code: 'unmodelled', subject: 'in' });
}

function size(self: InstanceValue): Value {
  const { entries, uncertain } = registeredIn(self);
  return uncertain === undefined ? int(entries.length) : unknown(uncertain);
}

function iterator(self: InstanceValue, { interpreter }: CallContext, make: (entry: Entry) => Value): Value {
  const { entries, uncertain } = registeredIn(self);
  const items = uncertain === undefined ? entries.map(make) : [...possible(self)];
  return interpreter.trail.made({ kind: 'iterator', items, position: 0, uncertain });
}

/** The positions that an index or a slice picks; `undefined` for what cannot be told or is out of range. */
function pick(index: Value, length: number): readonly number[] | undefined {
  if (index.kind === 'slice') return positionsOf(index, length);
  if (index.kind !== 'int') return undefined;
  const at = index.value < 0 ? index.value + length : index.value;
  return at >= 0 && at < length ? [at] : undefined;
}

/** Something happened at a place that is not known: what stands where cannot be told any more. */
function lost(self: InstanceValue, values: readonly Value[], index: Value, context: CallContext): void {
  const held = possible(self);
  const why = reasonOf(index, context);
  replaceMembers(self, [], context);
  addUncertain(self, [...held, ...values], why, context);
}

function numbered(values: readonly Value[]): Entry[] {
  return values.map((value, index) => [String(index), value]);
}

function isMapping(value: Value): boolean {
  return (
    value.kind === 'dict' ||
    (value.kind === 'instance' && ['ModuleDict', 'OrderedDict'].includes(value.class.name))
  );
}

/** The class of ours that an object is made from. */
function baseOf(self: InstanceValue, name: string): ClassValue | undefined {
  const visit = (type: Value): ClassValue | undefined => {
    if (type.kind !== 'class') return undefined;
    if (type.unit === undefined && type.name === name) return type;
    return type.bases.map(visit).find((found) => found !== undefined);
  };
  return visit(self.class);
}

function reasonOf(value: Value, context: CallContext): Reason {
  if (value.kind === 'unknown') return value.reason;
  const uncertain = 'uncertain' in value ? value.uncertain : undefined;
  const held = value.kind === 'instance' ? registeredIn(value).uncertain : undefined;
  return uncertain ?? held ?? unmodelled(context.frame.unit.textOf(context.place.span), context);
}

function unmodelled(subject: string, { place }: CallContext): Reason {
  return { code: 'unmodelled', subject, place };
}
