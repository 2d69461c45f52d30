/** What every object inherits from `object`. */
import { positional, type CallArguments, type CallContext } from './call';
import { ofInstance } from './attributes';
import { resolutionOrder } from './classes';
import { fill } from './held';
import { deleteInInstance, setInInstance } from './setting';
import { bool, builtin, NONE, unknown, type BuiltinValue, type InstanceValue, type Value } from './values';

/** The method that `object` has under the name, `self` its first argument; `undefined` for other names. */
export function defaultMember(name: string): BuiltinValue | undefined {
  return Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
}

type Run = (self: InstanceValue, args: readonly Value[], context: CallContext) => Value;

const MEMBERS: Readonly<Record<string, BuiltinValue>> = {
  __init__: builtin('__init__', ({ positional: [self, ...rest], ...args }, context) => {
    if (self?.value.kind === 'instance') fill(self.value, { ...args, positional: rest }, context);
    return NONE;
  }),
  __init_subclass__: builtin('__init_subclass__', () => NONE),
  __new__: builtin('__new__', makeObject),
  __setattr__: member('__setattr__', (self, [name, value], context) => {
    if (name?.kind === 'string' && value) setInInstance(self, name.value, value, context);
    else
      context.interpreter.trail.loseOne(self, {
        code: 'unmodelled',
        subject: '__setattr__',
        place: context.place,
      });
    return NONE;
  }),
  __delattr__: member('__delattr__', (self, [name], context) => {
    if (name?.kind === 'string') deleteInInstance(self, name.value, context);
    else
      context.interpreter.trail.loseOne(self, {
        code: 'unmodelled',
        subject: '__delattr__',
        place: context.place,
      });
    return NONE;
  }),
  __getattribute__: member('__getattribute__', (self, [name], context) =>
    name?.kind === 'string'
      ? ofInstance(context.interpreter, self, name.value, context)
      : unknown({ code: 'unmodelled', subject: '__getattribute__', place: context.place }),
  ),
  __eq__: member('__eq__', (self, [other]) => bool(self === other)),
  __repr__: opaque('__repr__'),
  __str__: opaque('__str__'),
  __hash__: opaque('__hash__'),
  __format__: opaque('__format__'),
  __dir__: opaque('__dir__'),
};

function member(name: string, run: Run): BuiltinValue {
  return builtin(name, ({ positional: [self, ...args] }, context) =>
    self?.value.kind === 'instance'
      ? run(
          self.value,
          args.map(({ value }) => value),
          context,
        )
      : unknown({ code: 'unmodelled', subject: name, place: context.place }),
  );
}

function opaque(name: string): BuiltinValue {
  return builtin(name, (_, { place }) => unknown({ code: 'unmodelled', subject: name, place }));
}

/** `object.__new__(cls)`: an instance without attributes. Types given by us make their own. */
function makeObject({ positional: [type] }: CallArguments, context: CallContext): Value {
  const { interpreter, place } = context;
  if (type?.value.kind !== 'class') return unknown({ code: 'unmodelled', subject: '__new__', place });
  const native = resolutionOrder(type.value).find(
    (each) => each.unit === undefined && each.namespace.has('__new__'),
  );
  const make = native?.namespace.get('__new__');
  if (make !== undefined) return interpreter.call(make, positional(type.value), context);
  return interpreter.trail.made({
    kind: 'instance',
    class: type.value,
    attributes: new Map(),
    madeAt: place,
  });
}
