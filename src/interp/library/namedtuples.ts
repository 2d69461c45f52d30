/** Tuples with named fields: `collections.namedtuple` and `typing.NamedTuple`. Source: Python docs, collections. */
import { arrangeParameters } from '../../python/parameters';
import type { Parameter } from '../../python/syntax';
import { bindArguments } from '../arguments';
import type { CallArguments, CallContext } from '../call';
import { refused } from '../calls';
import { bare, completeClass, findInClass } from '../classes';
import { native } from '../natives';
import { reprOf } from '../text';
import {
  builtin,
  dictOf,
  NONE,
  property,
  string,
  tuple,
  unknown,
  type ClassValue,
  type TupleValue,
  type UnknownValue,
  type Value,
} from '../values';

/** `namedtuple(typename, field_names, *, rename=False, defaults=None)`. */
export function namedTupleType(builtins: ReadonlyMap<string, Value>): Value {
  return native('namedtuple', ([name, fields], context, call) => {
    const names = fields === undefined ? undefined : namesFrom(fields, context);
    const given = call.keywords.get('defaults')?.value;
    const defaults =
      given === undefined || given.kind === 'none' ? [] : context.interpreter.iterate(given, context);
    const isKnown = name?.kind === 'string' && names !== undefined && defaults !== undefined;
    if (!isKnown || call.keywords.has('rename')) return notTold(context);
    const first = names.length - defaults.length;
    return makeType(
      name.value,
      names,
      new Map(defaults.map((value, index) => [names[first + index] ?? '', value])),
      builtins,
    );
  });
}

/** `class P(NamedTuple): …` and `NamedTuple('P', [('x', int)])`. */
export function typedNamedTuple(builtins: ReadonlyMap<string, Value>): Value {
  const type = builtins.get('type');
  const finish = native('__finish__', ([made]) => {
    if (made?.kind === 'class' && made.bases.includes(root)) complete(made);
    return NONE;
  });
  const called = native('__call__', ([cls, name, fields], context, call) => {
    if (cls !== root) return makeInstance(cls, { ...call, positional: call.positional.slice(1) }, context);
    const pairs = fields && context.interpreter.iterate(fields, context);
    const names = pairs?.map((pair) => (pair.kind === 'tuple' ? pair.items[0] : undefined));
    const texts = names?.flatMap((each) => (each?.kind === 'string' ? [each.value] : []));
    if (name?.kind !== 'string' || texts === undefined || texts.length !== names?.length)
      return notTold(context);
    return makeType(name.value, texts, new Map(), builtins);
  });
  const meta = completeClass('NamedTupleMeta', type?.kind === 'class' ? [type] : [], [
    ['__finish__', finish],
    ['__call__', called],
  ]);
  const base = builtins.get('tuple');
  const root: ClassValue = completeClass('NamedTuple', base?.kind === 'class' ? [base] : [], [], meta);
  return root;
}

/** Calls a class made from `NamedTuple`, or one that inherits from it. */
function makeInstance(cls: Value | undefined, args: CallArguments, context: CallContext): Value {
  const make = cls?.kind === 'class' ? findInClass(cls, '__new__') : undefined;
  if (cls === undefined || make === undefined) return notTold(context);
  const made = context.interpreter.call(
    make,
    { ...args, positional: [{ value: cls }, ...args.positional] },
    context,
  );
  const initialise = made.kind === 'instance' ? findInClass(made.class, '__init__') : undefined;
  if (initialise !== undefined)
    context.interpreter.call(
      initialise,
      { ...args, positional: [{ value: made }, ...args.positional] },
      context,
    );
  return made;
}

/** Gives a class that was written with annotated fields what named tuples have. */
function complete(made: ClassValue): void {
  const annotations = made.namespace.get('__annotations__');
  const names =
    annotations?.kind === 'dict'
      ? [...annotations.entries.values()].flatMap(({ key }) => (key.kind === 'string' ? [key.value] : []))
      : [];
  const defaults = new Map<string, Value>();
  for (const name of names) {
    const value = made.namespace.get(name);
    if (value !== undefined) defaults.set(name, value);
  }
  for (const [name, value] of members(made.name, names, defaults))
    if (names.includes(name) || !made.namespace.has(name)) made.namespace.set(name, value);
}

function makeType(
  name: string,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
  builtins: ReadonlyMap<string, Value>,
): Value {
  const base = builtins.get('tuple');
  return completeClass(name, base?.kind === 'class' ? [base] : [], members(name, fields, defaults));
}

function members(
  name: string,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
): (readonly [string, Value])[] {
  const make = builtin('__new__', (args, context) => construct(name, fields, defaults, args, context));
  const method = (
    each: string,
    run: (held: TupleValue, args: CallArguments, context: CallContext, self: Value) => Value,
  ) =>
    [
      each,
      builtin(each, ({ positional: [self, ...rest], ...args }, context) => {
        const held = self?.value.kind === 'instance' ? self.value.held : undefined;
        return self !== undefined && held?.kind === 'tuple'
          ? run(held, { ...args, positional: rest }, context, self.value)
          : notTold(context);
      }),
    ] as const;
  return [
    ...fields.map(
      (field, index) => [field, property(field, (self, context) => fieldOf(self, index, context))] as const,
    ),
    ['__new__', make],
    ['_fields', tuple(fields.map(string))],
    ['_field_defaults', dictOf([...defaults])],
    ['_make', { kind: 'descriptor', type: 'classmethod', function: maker() }],
    method('_asdict', (held) =>
      dictOf(held.items.map((item, index) => [fields[index] ?? '', item] as const)),
    ),
    method('_replace', (held, args, context, self) => {
      if (args.unknownDoubleStar !== undefined || self.kind !== 'instance') return notTold(context);
      const items = held.items.map((item, index) => args.keywords.get(fields[index] ?? '')?.value ?? item);
      return bare(context.interpreter, self.class, context, tuple(items));
    }),
    method('__repr__', (held, _, context) => {
      const texts = held.items.map((item) => reprOf(item, context));
      const shown = texts.map((text, index) => `${fields[index] ?? ''}=${text ?? ''}`).join(', ');
      return texts.includes(undefined) ? notTold(context) : string(`${name}(${shown})`);
    }),
  ];
}

function maker(): Value {
  return native('_make', ([cls, items], context) => {
    const values = items && context.interpreter.iterate(items, context);
    return cls?.kind === 'class' && values !== undefined
      ? bare(context.interpreter, cls, context, tuple(values))
      : notTold(context);
  });
}

function construct(
  name: string,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
  args: CallArguments,
  context: CallContext,
): Value {
  const [type] = args.positional;
  const { span } = context.place;
  const list: Parameter[] = ['_cls', ...fields].map((field) => ({
    name: field,
    form: 'normal',
    span,
    ...(defaults.has(field) && { defaultValue: { kind: 'constant', value: null, span } as const }),
  }));
  const parameters = arrangeParameters(list);
  const { values, problems } = bindArguments(parameters, args, `${name}.__new__`, (parameter) =>
    defaults.get(parameter.name),
  );
  const [problem] = problems;
  if (problem !== undefined) return refused(problem, context);
  if (type?.value.kind !== 'class') return notTold(context);
  const items = fields.map((field) => values.get(field)?.value ?? NONE);
  return bare(context.interpreter, type.value, context, tuple(items));
}

function fieldOf(self: Value, index: number, context: CallContext): Value {
  const held = self.kind === 'instance' ? self.held : undefined;
  return (held?.kind === 'tuple' ? held.items[index] : undefined) ?? notTold(context);
}

function namesFrom(fields: Value, context: CallContext): readonly string[] | undefined {
  if (fields.kind === 'string')
    return fields.value
      .replaceAll(',', ' ')
      .split(/\s+/)
      .filter((name) => name !== '');
  const items = context.interpreter.iterate(fields, context);
  const names = items?.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  return names?.length === items?.length ? names : undefined;
}

function notTold({ place }: CallContext): UnknownValue {
  return unknown({ code: 'unmodelled', subject: 'a named tuple', place });
}
