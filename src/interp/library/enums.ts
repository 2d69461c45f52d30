/** Python's `enum`: classes whose names are their only objects. Source: Python docs, enum. */
import { positional, type CallContext } from '../call';
import { bare, completeClass, findInClass, resolutionOrder } from '../classes';
import { raises, raisesKeyError } from '../exceptions';
import { iteratorOf } from '../iterators';
import { anyOf } from '../join';
import { native } from '../natives';
import { areEqual } from '../equality';
import { reprOf, textOf } from '../text';
import {
  bool,
  dictOf,
  int,
  NONE,
  string,
  tuple,
  unknown,
  type ClassValue,
  type InstanceValue,
  type Value,
} from '../values';
import { flagOperators } from './flags';

/** The members of the module. */
export function enumMembers(builtins: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const type = builtins.get('type');
  const auto = completeClass('auto', []);
  const meta = completeClass('EnumType', type?.kind === 'class' ? [type] : [], [
    ['__finish__', native('__finish__', ([made], context) => (finish(made, auto, context), NONE))],
    ['__iter__', native('__iter__', ([made]) => iteratorOf(membersOf(made)))],
    ['__len__', native('__len__', ([made]) => int(membersOf(made).length))],
    ['__getitem__', native('__getitem__', ([made, name], context) => byName(made, name ?? NONE, context))],
    [
      '__contains__',
      native('__contains__', ([made, value], context) => contains(made, value ?? NONE, context)),
    ],
    [
      '__call__',
      native('__call__', ([made, value, names], context) =>
        names === undefined ? byValue(made, value ?? NONE, context) : functional(made, value, names, context),
      ),
    ],
  ]);
  const base = (
    name: string,
    bases: readonly (Value | undefined)[],
    members: readonly (readonly [string, Value])[] = [],
  ) => {
    const parents = bases.filter((each): each is ClassValue => each?.kind === 'class');
    return completeClass(name, parents, members, meta);
  };
  const plain = base(
    'Enum',
    [],
    [
      [
        '__str__',
        native('__str__', ([self], context) => shown(self, context, (of, name) => `${of}.${name}`)),
      ],
      [
        '__repr__',
        native('__repr__', ([self], context) => {
          const value = self?.kind === 'instance' ? self.attributes.get('_value_') : undefined;
          const text = value && reprOf(value, context);
          return text === undefined
            ? notTold(context)
            : shown(self, context, (of, name) => `<${of}.${name}: ${text}>`);
        }),
      ],
    ],
  );
  const ofValue = native('__str__', ([self], context) => {
    const held = self?.kind === 'instance' ? self.held : undefined;
    const text = held && textOf(held, context);
    return text === undefined ? notTold(context) : string(text);
  });
  const flag = base('Flag', [plain], flagOperators());
  return new Map<string, Value>([
    ['Enum', plain],
    ['IntEnum', base('IntEnum', [builtins.get('int'), plain], [['__str__', ofValue]])],
    ['StrEnum', base('StrEnum', [builtins.get('str'), plain], [['__str__', ofValue]])],
    ['Flag', flag],
    ['IntFlag', base('IntFlag', [builtins.get('int'), flag])],
    ['EnumMeta', meta],
    ['EnumType', meta],
    ['auto', auto],
    ['unique', native('unique', ([made]) => made ?? NONE)],
  ]);
}

/** Makes members of what a class body assigned. */
function finish(made: Value | undefined, auto: ClassValue, context: CallContext): void {
  if (made?.kind !== 'class' || made.unit === undefined) return;
  const members: InstanceValue[] = [];
  const named: [string, Value][] = [];
  for (const [name, value] of [...made.namespace]) {
    if (!isMember(name, value)) continue;
    const given =
      value.kind === 'instance' && value.class === auto ? nextValue(made, name, members, context) : value;
    const alias =
      value.kind === 'instance' && members.includes(value)
        ? value
        : members.find((each) => areEqual(each.attributes.get('_value_') ?? NONE, given) === true);
    const member = alias ?? makeMember(made, name, given, context);
    if (alias === undefined && member.kind === 'instance') members.push(member);
    made.namespace.set(name, member);
    named.push([name, member]);
  }
  made.namespace.set('__members__', dictOf(named));
  made.namespace.set('_members_', tuple(members));
}

function isMember(name: string, value: Value): boolean {
  if (/^_/.test(name)) return false;
  if (value.kind === 'instance') return findInClass(value.class, '__get__') === undefined;
  return !['function', 'builtin', 'descriptor', 'method', 'class'].includes(value.kind);
}

function makeMember(made: ClassValue, name: string, value: Value, context: CallContext): Value {
  const { interpreter } = context;
  const args = value.kind === 'tuple' ? value.items : [value];
  const make = findInClass(made, '__new__');
  const created =
    make?.kind === 'function'
      ? interpreter.call(make, positional(made, ...args), context)
      : bare(interpreter, made, context, heldFor(made, args, context));
  if (created.kind !== 'instance')
    return unknown({ code: 'unmodelled', subject: name, place: context.place });
  const set = (key: string, what: Value): void => void created.attributes.set(key, what);
  if (!created.attributes.has('_value_')) set('_value_', created.held ?? value);
  const own = created.attributes.get('_value_') ?? value;
  for (const [key, what] of [
    ['value', own],
    ['_name_', string(name)],
    ['name', string(name)],
  ] as const)
    set(key, what);
  const initialise = findInClass(made, '__init__');
  if (initialise?.kind === 'function') interpreter.call(initialise, positional(created, ...args), context);
  return created;
}

/** The number or text that members of such a class are as well. */
function heldFor(made: ClassValue, args: readonly Value[], context: CallContext): Value | undefined {
  const native = resolutionOrder(made).find(
    (each) =>
      each.unit === undefined && each.namespace.has('__instancecheck__') && each.namespace.has('__new__'),
  );
  const make = native?.namespace.get('__new__');
  return native && make ? context.interpreter.call(make, positional(native, ...args), context) : undefined;
}

/** What `auto()` stands for. */
function nextValue(
  made: ClassValue,
  name: string,
  members: readonly InstanceValue[],
  context: CallContext,
): Value {
  const before = members.map((each) => each.attributes.get('_value_') ?? NONE);
  const own = findInClass(made, '_generate_next_value_');
  if (own !== undefined) {
    const called = own.kind === 'descriptor' ? own.function : own;
    const last: Value = { kind: 'list', items: before };
    return context.interpreter.call(
      called,
      positional(string(name), int(1), int(before.length), last),
      context,
    );
  }
  const names = resolutionOrder(made).map((each) => each.name);
  if (names.includes('StrEnum')) return string(name.toLowerCase());
  const numbers = before.map((value) => (value.kind === 'int' ? value.value : undefined));
  const known = numbers.filter((each): each is number => each !== undefined);
  if (known.length < numbers.length) return notTold(context);
  const most = Math.max(0, ...known);
  if (names.includes('Flag'))
    return int(known.length === 0 ? 1 : 2 ** (Math.floor(Math.log2(Math.max(1, most))) + 1));
  return int(known.length === 0 ? 1 : most + 1);
}

/** The members of an enumeration in order, aliases left out. */
export function membersOf(made: Value | undefined): readonly Value[] {
  const members = made?.kind === 'class' ? findInClass(made, '_members_') : undefined;
  return members?.kind === 'tuple' ? members.items : [];
}

function byName(made: Value | undefined, name: Value, context: CallContext): Value {
  const members = made?.kind === 'class' ? findInClass(made, '__members__') : undefined;
  if (members?.kind !== 'dict' || members.uncertain || name.kind === 'unknown' || name.kind === 'formula')
    return anyOf(membersOf(made), reasonAt(name, context));
  const key =
    name.kind === 'string'
      ? name.value
      : name.kind === 'instance' && name.held?.kind === 'string'
        ? name.held.value
        : '';
  return members.entries.get(`'${key}`)?.value ?? raisesKeyError(name, context);
}

function byValue(made: Value | undefined, value: Value, context: CallContext): Value {
  if (made?.kind !== 'class') return notTold(context);
  const members = membersOf(made);
  if (members.includes(value)) return value;
  let isOpen = false;
  for (const member of members) {
    const own = member.kind === 'instance' ? member.attributes.get('_value_') : undefined;
    const isEqual = own && areEqual(own, value);
    if (isEqual === true) return isOpen ? anyOf(members, reasonAt(value, context)) : member;
    isOpen ||= isEqual === undefined;
  }
  const missing = findInClass(made, '_missing_');
  if (isOpen || missing !== undefined || resolutionOrder(made).some((each) => each.name === 'Flag')) {
    if (!isOpen && missing?.kind === 'descriptor')
      return context.interpreter.call(missing.function, positional(made, value), context);
    return anyOf(members, reasonAt(value, context));
  }
  const text = reprOf(value, context) ?? '?';
  return raises('ValueError', `${text} is not a valid ${made.qualifiedName ?? made.name}`, context);
}

function contains(made: Value | undefined, value: Value, context: CallContext): Value {
  const members = membersOf(made);
  if (members.includes(value)) return bool(true);
  const results = members.map((member) =>
    areEqual((member.kind === 'instance' ? member.attributes.get('_value_') : undefined) ?? NONE, value),
  );
  if (results.includes(true)) return bool(true);
  return results.includes(undefined) ? unknown(reasonAt(value, context)) : bool(false);
}

/** `Enum('Name', 'A B C')`. */
function functional(
  made: Value | undefined,
  name: Value | undefined,
  names: Value,
  context: CallContext,
): Value {
  const items =
    names.kind === 'string'
      ? names.value.replaceAll(',', ' ').split(/\s+/).filter(Boolean).map(string)
      : context.interpreter.iterate(names, context);
  const texts = items?.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
  const isKnown =
    made?.kind === 'class' &&
    name?.kind === 'string' &&
    texts !== undefined &&
    texts.length === items?.length;
  if (!isKnown) return notTold(context);
  const type = completeClass(
    name.value,
    [made],
    texts.map((text, index) => [text, int(index + 1)] as const),
    made.metaclass,
  );
  finish({ ...type, unit: context.frame.unit }, completeClass('auto', []), context);
  return type;
}

function shown(
  self: Value | undefined,
  context: CallContext,
  make: (type: string, name: string) => string,
): Value {
  const name = self?.kind === 'instance' ? self.attributes.get('_name_') : undefined;
  const isMixed = self?.kind === 'instance' && self.held !== undefined;
  return self?.kind === 'instance' && name?.kind === 'string' && !isMixed
    ? string(make(self.class.name, name.value))
    : notTold(context);
}

function reasonAt(value: Value, { place }: CallContext) {
  return value.kind === 'unknown'
    ? value.reason
    : ({ code: 'unmodelled', subject: 'which member this is', place } as const);
}

function notTold({ place }: CallContext): Value {
  return unknown({ code: 'unmodelled', subject: 'a member of an enumeration', place });
}
