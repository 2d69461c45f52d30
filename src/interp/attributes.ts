/** Looking attributes up and setting them: instances, classes, modules, `super()`, bound methods, properties. */
import { positional, type CallContext } from './call';
import { findInClass, missingAttribute, resolutionOrder, unknownBase } from './classes';
import type { Interpreter } from './interpreter';
import { methodOf } from './methods';
import {
  builtin,
  setEntry,
  string,
  tuple,
  unknown,
  type ClassValue,
  type InstanceValue,
  type MutableValue,
  type SuperValue,
  type UnknownValue,
  type Value,
} from './values';

/** The value of `object.name`; an unknown tells why there is none. */
export function getAttribute(
  interpreter: Interpreter,
  object: Value,
  name: string,
  context: CallContext,
): Value {
  switch (object.kind) {
    case 'unknown':
      return object;
    case 'instance':
      return ofInstance(interpreter, object, name, context);
    case 'class':
      return ofClass(object, name, context);
    case 'super':
      return ofSuper(interpreter, object, name, context);
    case 'module': {
      const found = object.patched.get(name) ?? object.member(name);
      return (
        found ??
        unknown({
          code: object.exported ? 'missing-attribute' : 'unmodelled-library',
          subject: `${object.name}.${name}`,
          place: context.place,
        })
      );
    }
    case 'function':
      return (
        object.attributes.get(name) ??
        (name === '__name__' ? string(object.name) : missingAttribute(object, name, context))
      );
    case 'descriptor':
      // `@value.setter` and its kin decorate a function and give the property back, `setter` with it.
      return builtin(name, ({ positional: [made] }) =>
        name === 'setter' && made ? { ...object, setter: made.value } : object,
      );
    case 'formula':
      return unknown({
        code: 'parameter',
        subject: context.frame.unit.textOf(context.place.span),
        place: context.place,
      });
    default:
      return methodOf(object, name) ?? ofContainer(object, missingAttribute(object, name, context));
  }
}

/** Sets `object.name`. An unknown may be one of the objects it remembers, whose attribute then is unknown too. */
export function setAttribute(object: Value, name: string, value: Value, context: CallContext): void {
  const { trail } = context.interpreter;
  switch (object.kind) {
    case 'instance':
      return setInInstance(object, name, value, context);
    case 'class':
      trail.assign(object, name, value);
      object.namespace.set(name, value);
      return;
    case 'module':
      trail.assign(object, name, value);
      object.patched.set(name, value);
      return;
    case 'function':
      trail.assign(object, name, value);
      object.attributes.set(name, value);
      return;
    case 'unknown':
      for (const each of object.mayBe ?? []) trail.declare(each, name, object.reason);
      return;
    case 'dict':
      trail.touch(object);
      if (object.variant?.hasAttributes) setEntry(object, `'${name}`, string(name), value);
      else trail.loseOne(object, { code: 'unmodelled', subject: `.${name}`, place: context.place });
      return;
    default:
      return;
  }
}

function setInInstance(object: InstanceValue, name: string, value: Value, context: CallContext): void {
  const inClass = findInClass(object.class, name);
  if (inClass?.kind === 'descriptor' && inClass.setter !== undefined) {
    context.interpreter.call(inClass.setter, positional(object, value), context);
    return;
  }
  const hook = findInClass(object.class, '__setattr__');
  const hooked = { code: 'unmodelled', subject: '__setattr__', place: context.place } as const;
  const held = hook?.kind === 'function' ? unknown(hooked) : value;
  context.interpreter.trail.assign(object, name, held);
  object.attributes.set(name, held);
  if (object.doubtful?.has(name))
    object.doubtful = new Set([...object.doubtful].filter((each) => each !== name));
}

/** A method that is not modelled may change the container it belongs to. */
function ofContainer(object: Value, missing: UnknownValue): UnknownValue {
  if (object.kind === 'dict' && object.uncertain)
    return { kind: 'unknown', reason: object.uncertain, mayBe: [object] };
  const isContainer = ['list', 'dict', 'set', 'iterator'].includes(object.kind);
  return isContainer ? { ...missing, mayBe: [object as MutableValue] } : missing;
}

/** Whether the object has the attribute; `undefined` when it cannot be told. */
export function hasAttribute(object: Value, name: string): boolean | undefined {
  switch (object.kind) {
    case 'instance': {
      if (findInClass(object.class, name) !== undefined) return true;
      if (object.attributes.has(name)) return object.doubtful?.has(name) ? undefined : true;
      const isOpen = resolutionOrder(object.class).some((each) =>
        each.bases.some((base) => base.kind !== 'class'),
      );
      return isOpen || findInClass(object.class, '__getattr__') !== undefined ? undefined : false;
    }
    case 'class':
      return findInClass(object, name) !== undefined || undefined;
    case 'module':
      return object.patched.has(name) || object.member(name) !== undefined || undefined;
    case 'unknown':
    case 'formula':
      return undefined;
    case 'dict':
      if (object.uncertain && object.variant?.hasAttributes)
        return methodOf(object, name) !== undefined || undefined;
      return methodOf(object, name) !== undefined;
    default:
      return methodOf(object, name) !== undefined;
  }
}

function ofInstance(
  interpreter: Interpreter,
  object: InstanceValue,
  name: string,
  context: CallContext,
): Value {
  const inClass = findInClass(object.class, name);
  const own = object.attributes.get(name);
  if (own !== undefined && !(inClass?.kind === 'descriptor' && inClass.type === 'property')) return own;
  if (inClass !== undefined) return bind(interpreter, inClass, object, object.class, context);
  if (name === '__class__') return object.class;
  if (name === '__dict__') {
    const reason = { code: 'unmodelled', subject: '__dict__', place: context.place } as const;
    return { kind: 'unknown', reason, mayBe: [object] };
  }
  const fallback = findInClass(object.class, '__getattr__');
  // A base that was not read may hold the attribute, and then nothing falls back.
  return fallback === undefined || unknownBase(object.class) !== undefined
    ? missingAttribute(object, name, context)
    : interpreter.call(fallback, positional(object, string(name)), context);
}

function ofClass(object: ClassValue, name: string, context: CallContext): Value {
  const found = findInClass(object, name);
  if (found === undefined) {
    if (name === '__name__' || name === '__qualname__') return string(object.name);
    return name === '__mro__' ? tuple(resolutionOrder(object)) : missingAttribute(object, name, context);
  }
  if (found.kind !== 'descriptor') return found;
  return found.type === 'classmethod' ? bindTo(found.function, object) : found.function;
}

function ofSuper(interpreter: Interpreter, object: SuperValue, name: string, context: CallContext): Value {
  const owner =
    object.self.kind === 'class'
      ? object.self
      : object.self.kind === 'instance'
        ? object.self.class
        : undefined;
  const order = owner === undefined ? [] : resolutionOrder(owner);
  for (const each of order.slice(order.indexOf(object.after) + 1)) {
    const found = each.namespace.get(name);
    if (found !== undefined && owner !== undefined)
      return bind(interpreter, found, object.self, owner, context);
  }
  const isInit = name === '__init__' || name === '__init_subclass__';
  const isOpen = order.some((each) => each.bases.some((base) => base.kind !== 'class'));
  return isInit && !isOpen
    ? builtin(name, () => ({ kind: 'none' }))
    : missingAttribute(object.self, name, context);
}

function bind(
  interpreter: Interpreter,
  found: Value,
  self: Value,
  owner: ClassValue,
  context: CallContext,
): Value {
  if (found.kind !== 'descriptor') return bindTo(found, self);
  if (found.type === 'property') return interpreter.call(found.function, positional(self), context);
  return found.type === 'classmethod' ? bindTo(found.function, owner) : found.function;
}

function bindTo(found: Value, self: Value): Value {
  return found.kind === 'function' || found.kind === 'builtin'
    ? { kind: 'method', function: found, self }
    : found;
}
