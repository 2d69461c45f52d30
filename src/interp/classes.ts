/** Classes: method resolution order, making instances, what a class is made from. */
import { withFirst, type CallArguments, type CallContext } from './call';
import type { Interpreter } from './interpreter';
import { unknown, type ClassValue, type InstanceValue, type UnknownValue, type Value } from './values';

/** A class given by us. */
export function nativeClass(
  name: string,
  bases: readonly ClassValue[],
  namespace: Iterable<readonly [string, Value]>,
): ClassValue {
  return { kind: 'class', name, bases, namespace: new Map(namespace) };
}

/** The classes where attributes are looked up, in order (C3); bases that are not known classes are left out. */
export function resolutionOrder(value: ClassValue): readonly ClassValue[] {
  if (value.order !== undefined) return value.order;
  const bases = value.bases.filter((base): base is ClassValue => base.kind === 'class');
  value.order = [value, ...merge([...bases.map(resolutionOrder), bases])];
  return value.order;
}

/** The first base, of the class or of its ancestors, that is not a class we know. */
export function unknownBase(value: ClassValue): UnknownValue | undefined {
  for (const each of resolutionOrder(value)) {
    const base = each.bases.find((candidate) => candidate.kind === 'unknown');
    if (base?.kind === 'unknown') return base;
  }
  return undefined;
}

/** What the class or its ancestors hold under `name`, as it stands there. */
export function findInClass(value: ClassValue, name: string): Value | undefined {
  for (const each of resolutionOrder(value)) {
    const found = each.namespace.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether `value` is `ancestor` or inherits from it; `undefined` when an unknown base may decide. */
export function inherits(value: ClassValue, ancestor: ClassValue): boolean | undefined {
  if (resolutionOrder(value).includes(ancestor)) return true;
  return unknownBase(value) === undefined ? false : undefined;
}

/** Calls the class: makes an instance and initialises it. */
export function instantiate(
  interpreter: Interpreter,
  value: ClassValue,
  args: CallArguments,
  context: CallContext,
): Value {
  const make = findInClass(value, '__new__');
  if (make !== undefined) return interpreter.call(make, withFirst(value, args), context);
  const instance: InstanceValue = interpreter.trail.made({
    kind: 'instance',
    class: value,
    attributes: new Map(),
    madeAt: context.place,
  });
  const initialise = findInClass(value, '__init__');
  if (initialise !== undefined) interpreter.call(initialise, withFirst(instance, args), context);
  return instance;
}

/** An unknown for a name that `value` and its known ancestors do not hold. */
export function missingAttribute(owner: Value, name: string, context: CallContext): UnknownValue {
  const base =
    owner.kind === 'instance'
      ? unknownBase(owner.class)
      : owner.kind === 'class'
        ? unknownBase(owner)
        : undefined;
  return base ?? unknown({ code: 'missing-attribute', subject: name, place: context.place });
}

function merge(lists: readonly (readonly ClassValue[])[]): ClassValue[] {
  const rest = lists.filter((each) => each.length > 0);
  const [first] = rest;
  if (first === undefined) return [];
  const isGood = (candidate: ClassValue) => !rest.some((each) => each.indexOf(candidate) > 0);
  // Python refuses an order that does not exist; taking the first base keeps the rest of the file readable.
  const head =
    rest.map((each) => each[0]).find((candidate) => candidate !== undefined && isGood(candidate)) ?? first[0];
  if (head === undefined) return [];
  return [head, ...merge(rest.map((each) => each.filter((candidate) => candidate !== head)))];
}
