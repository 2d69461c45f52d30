/** Classes: method resolution order, metaclasses, making instances. */
import { withFirst, type CallArguments, type CallContext } from './call';
import { raises } from './exceptions';
import { isHeldType, makeHeld } from './held';
import type { Interpreter } from './interpreter';
import { makeClass } from './makeClass';
import { unknown, type ClassValue, type InstanceValue, type UnknownValue, type Value } from './values';

/** A class given by us. */
export function nativeClass(
  name: string,
  bases: readonly ClassValue[],
  namespace: Iterable<readonly [string, Value]>,
): ClassValue {
  return { kind: 'class', name, bases, namespace: new Map(namespace) };
}

/** A class given by us of which nothing is left out. */
export function completeClass(
  name: string,
  bases: readonly ClassValue[],
  namespace: Iterable<readonly [string, Value]> = [],
  metaclass?: ClassValue,
): ClassValue {
  return { ...nativeClass(name, bases, namespace), isComplete: true, metaclass };
}

/** The classes where attributes are looked up, in order (C3); bases that are not known classes are left out. */
export function resolutionOrder(value: ClassValue): readonly ClassValue[] {
  if (value.order !== undefined) return value.order;
  const bases = value.bases.filter((base): base is ClassValue => base.kind === 'class');
  value.order = [value, ...(merge([...bases.map(resolutionOrder), bases]) ?? bases.flatMap(resolutionOrder))];
  return value.order;
}

/** Whether Python finds an order of these bases and what they inherit. */
export function hasOrder(bases: readonly Value[]): boolean {
  const classes = bases.filter((base): base is ClassValue => base.kind === 'class');
  return merge([...classes.map(resolutionOrder), classes]) !== undefined;
}

/** The names of the classes given by us that the class is or inherits from. */
export function nativeNames(value: ClassValue): ReadonlySet<string> {
  value.natives ??= new Set(
    resolutionOrder(value).flatMap(({ name, unit }) => (unit === undefined ? [name] : [])),
  );
  return value.natives;
}

/** The first base, of the class or of its ancestors, that is not a class we know. */
export function unknownBase(value: ClassValue): UnknownValue | undefined {
  for (const each of resolutionOrder(value)) {
    const base = each.bases.find((candidate) => candidate.kind === 'unknown');
    if (base?.kind === 'unknown') return base;
  }
  return undefined;
}

/** Whether the class may inherit what was not read. */
export function isOpen(value: ClassValue): boolean {
  return unknownBase(value) !== undefined;
}

/** The class of a class where it is not `type`. */
export function metaclassOf(value: ClassValue): ClassValue | undefined {
  for (const each of resolutionOrder(value)) if (each.metaclass !== undefined) return each.metaclass;
  return undefined;
}

/** What the class or its ancestors hold under `name`, as it stands there. */
export function findInClass(value: ClassValue, name: string): Value | undefined {
  for (const each of value.order ?? resolutionOrder(value)) {
    const found = each.namespace.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the class of a class holds under a name that operators on the class use, such as `__len__`. */
export function findInMetaclass(value: ClassValue, name: string): Value | undefined {
  const meta = metaclassOf(value);
  return meta && findInClass(meta, name);
}

/** Whether `value` is `ancestor` or inherits from it; `undefined` when an unknown base may decide. */
export function inherits(value: ClassValue, ancestor: ClassValue): boolean | undefined {
  if (resolutionOrder(value).includes(ancestor) || isObject(ancestor)) return true;
  return unknownBase(value) === undefined ? false : undefined;
}

function isObject(value: ClassValue): boolean {
  return value.name === 'object' && value.unit === undefined && value.bases.length === 0;
}

/** Calls the class, or what its metaclass makes of that. */
export function instantiate(
  interpreter: Interpreter,
  value: ClassValue,
  args: CallArguments,
  context: CallContext,
): Value {
  const called = findInMetaclass(value, '__call__');
  if (called !== undefined) return interpreter.call(called, withFirst(value, args), context);
  return construct(interpreter, value, args, context);
}

/** Makes an instance of the class and initialises it, as `type.__call__` does. */
export function construct(
  interpreter: Interpreter,
  value: ClassValue,
  args: CallArguments,
  context: CallContext,
): Value {
  if (value.abstract !== undefined && value.abstract.length > 0)
    return refusedAbstract(value, value.abstract, context);
  const make = findInClass(value, '__new__');
  if (make?.kind === 'builtin' && isTypeClass(value)) return makeClass(interpreter, value, args, context);
  if (make?.kind === 'builtin' && isHeldType(value, make))
    return makeHeld(interpreter, value, make, args, context);
  const instance =
    make === undefined
      ? bare(interpreter, value, context)
      : interpreter.call(make, withFirst(value, args), context);
  if (instance.kind !== 'instance') return instance;
  if (make !== undefined && inherits(instance.class, value) !== true) return instance;
  const initialise = findInClass(value, '__init__');
  if (initialise !== undefined) interpreter.call(initialise, withFirst(instance, args), context);
  else if (make === undefined) refuseArguments(value, args, context);
  return instance;
}

/** An instance that nothing was done to yet. */
export function bare(
  interpreter: Interpreter,
  value: ClassValue,
  context: CallContext,
  held?: Value,
): InstanceValue {
  return interpreter.trail.made({
    kind: 'instance',
    class: value,
    attributes: new Map(),
    madeAt: context.place,
    identity: hasIdentity(value) ? interpreter.trail.nextIdentity() : undefined,
    ...(held && { held }),
  });
}

/** Whether objects of the class are told apart, as keys, by being other objects. */
function hasIdentity(value: ClassValue): boolean {
  return (
    findInClass(value, '__eq__') === undefined &&
    findInClass(value, '__hash__') === undefined &&
    !isOpen(value)
  );
}

/** Whether the class is `type` or inherits from it. */
export function isTypeClass(value: ClassValue): boolean {
  return resolutionOrder(value).some((each) => each.name === 'type' && each.unit === undefined);
}

/** `object()` takes no arguments; classes that were read in full tell that for certain. */
function refuseArguments(value: ClassValue, args: CallArguments, context: CallContext): void {
  const { interpreter } = context;
  const isRead = resolutionOrder(value).every((each) => each.unit !== undefined);
  const count = args.positional.length + args.keywords.size;
  if (!isRead || count === 0 || isOpen(value) || value.metaclass !== undefined) return;
  const message = `${value.name}() takes no arguments`;
  if (!interpreter.isCaught && !interpreter.isRehearsing)
    interpreter.host.raised({
      code: 'python.too-many-arguments',
      message: `TypeError: ${message}`,
      place: context.place,
    });
  raises('TypeError', message, context);
}

function refusedAbstract(value: ClassValue, names: readonly string[], context: CallContext): Value {
  const { interpreter } = context;
  const listed = names.map((name) => `'${name}'`).join(', ');
  const message = `Can't instantiate abstract class ${value.name} without an implementation for abstract method${names.length > 1 ? 's' : ''} ${listed}`;
  if (!interpreter.isCaught && !interpreter.isRehearsing)
    interpreter.host.raised({
      code: 'python.raises',
      message: `TypeError: ${message}`,
      place: context.place,
    });
  return raises('TypeError', message, context);
}

/** An unknown for a name that `value` and its known ancestors do not hold. */
export function missingAttribute(owner: Value, name: string, context: CallContext): UnknownValue {
  const base =
    owner.kind === 'instance'
      ? unknownBase(owner.class)
      : owner.kind === 'class'
        ? unknownBase(owner)
        : undefined;
  if (base === undefined && isCertain(owner)) {
    const words =
      owner.kind === 'instance'
        ? `'${owner.class.name}' object has no attribute '${name}'`
        : `type object '${owner.name}' has no attribute '${name}'`;
    if (context.interpreter.isCaught) raises('AttributeError', words, context);
  }
  return base ?? unknown({ code: 'missing-attribute', subject: name, place: context.place });
}

/** Whether an object without the name certainly raises: all its classes were read. */
function isCertain(owner: Value): owner is ClassValue | InstanceValue {
  if (owner.kind !== 'instance' && owner.kind !== 'class') return false;
  const type = owner.kind === 'class' ? owner : owner.class;
  return resolutionOrder(type).every((each) => each.unit !== undefined || each.isComplete === true);
}

/** The merge of C3; `undefined` where no order exists. */
function merge(lists: readonly (readonly ClassValue[])[]): ClassValue[] | undefined {
  const order: ClassValue[] = [];
  let rest = lists.filter((each) => each.length > 0);
  while (rest.length > 0) {
    const isGood = (candidate: ClassValue) => !rest.some((each) => each.indexOf(candidate) > 0);
    const head = rest
      .map((each) => each[0])
      .find((candidate) => candidate !== undefined && isGood(candidate));
    if (head === undefined) return undefined;
    order.push(head);
    rest = rest
      .map((each) => each.filter((candidate) => candidate !== head))
      .filter((each) => each.length > 0);
  }
  return order;
}
