/** Objects of classes that inherit from a built-in type: they hold a value of that type, which does the work. */
import { withFirst, type CallArguments, type CallContext } from './call';
import { bare, findInClass, resolutionOrder } from './classes';
import type { Interpreter } from './interpreter';
import { methodOf } from './methods';
import { deleteItem, getItem, setItem } from './subscripts';
import {
  bool,
  builtin,
  NONE,
  unknown,
  type BuiltinValue,
  type ClassValue,
  type InstanceValue,
  type Value,
} from './values';

/** Whether the class inherits its `__new__` from a built-in type, rather than being that type. */
export function isHeldType(value: ClassValue, make: BuiltinValue): boolean {
  const giver = resolutionOrder(value).find((each) => each.namespace.get('__new__') === make);
  return (
    giver !== undefined &&
    giver !== value &&
    giver.unit === undefined &&
    giver.namespace.has('__instancecheck__')
  );
}

/** Makes the object and the value that it holds. */
export function makeHeld(
  interpreter: Interpreter,
  value: ClassValue,
  make: BuiltinValue,
  args: CallArguments,
  context: CallContext,
): Value {
  const initialise = findInClass(value, '__init__');
  const type = resolutionOrder(value).find((each) => each.namespace.get('__new__') === make);
  // Containers are filled by `__init__`, which a class of its own may replace.
  const isFilledLater = initialise !== undefined && FILLED_LATER.has(type?.name ?? '');
  const given: CallArguments = isFilledLater ? { positional: [], keywords: new Map() } : args;
  const held = interpreter.call(make, withFirst(type ?? value, given), context);
  if (held.kind === 'unknown' || held.kind === 'instance') return unknownOr(held, value, context);
  const instance = bare(interpreter, value, context, held);
  if (initialise !== undefined) interpreter.call(initialise, withFirst(instance, args), context);
  return instance;
}

const FILLED_LATER = new Set(['dict', 'list', 'set', 'OrderedDict', 'defaultdict', 'Counter', 'deque']);

function unknownOr(held: Value, value: ClassValue, context: CallContext): Value {
  if (held.kind === 'unknown') return held;
  return unknown({ code: 'unmodelled', subject: `an object of ${value.name}`, place: context.place });
}

/** The value that stands for an object where its class does not define the method that is asked for. */
export function underlying(value: Value, ...methods: readonly string[]): Value {
  if (value.kind !== 'instance' || value.held === undefined) return value;
  const type = value.class;
  return methods.some((name) => findInClass(type, name) !== undefined) ? value : value.held;
}

/** `super().__init__(…)` of a container fills it. */
export function fill(self: InstanceValue, args: CallArguments, context: CallContext): void {
  const { held } = self;
  const count = args.positional.length + args.keywords.size;
  const isPlain = args.unknownStar === undefined && args.unknownDoubleStar === undefined;
  if (held === undefined || (count === 0 && isPlain)) return;
  if (held.kind !== 'dict' && held.kind !== 'list' && held.kind !== 'set') return;
  const method = methodOf(held, held.kind === 'list' ? 'extend' : 'update');
  if (method === undefined || args.unknownStar !== undefined) {
    const reason = {
      code: 'unmodelled',
      subject: `what ${self.class.name} holds`,
      place: context.place,
    } as const;
    context.interpreter.trail.loseOne(held, reason);
  } else context.interpreter.call(method, args, context);
}

/** A method of the held value that stands for an operation, such as `__getitem__`; `undefined` for other names. */
export function operationOf(held: Value, name: string): Value | undefined {
  const run = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (run === undefined) return undefined;
  return builtin(name, ({ positional: args }, context) =>
    run(
      held,
      args.map(({ value }) => value),
      context,
    ),
  );
}

type Operation = (held: Value, args: readonly Value[], context: CallContext) => Value;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  __getitem__: (held, [index = NONE], context) => getItem(context.interpreter, held, index, context),
  __setitem__: (held, [index = NONE, value = NONE], context) => {
    setItem(context.interpreter, held, index, value, context);
    return NONE;
  },
  __delitem__: (held, [index = NONE], context) => {
    deleteItem(context.interpreter, held, index, context);
    return NONE;
  },
  __len__: (held, _, context) => viaBuiltin('len', held, context),
  __iter__: (held, _, context) => viaBuiltin('iter', held, context),
  __contains__: (held, [item = NONE], context) => {
    const items = context.interpreter.iterate(held, context);
    const key = items?.includes(item);
    return key === true
      ? bool(true)
      : unknown({ code: 'unmodelled', subject: '__contains__', place: context.place });
  },
};

function viaBuiltin(name: string, value: Value, context: CallContext): Value {
  const called = context.interpreter.builtins.get(name);
  return called === undefined
    ? NONE
    : context.interpreter.call(called, { positional: [{ value }], keywords: new Map() }, context);
}
