/** Python's built-in functions over objects and their types: `getattr`, `isinstance`, `callable`, `super` and kin. */
import { hasAttribute, setAttribute } from '../attributes';
import type { CallContext } from '../call';
import { positional } from '../call';
import { findInClass, findInMetaclass, inherits } from '../classes';
import { lengthOf } from '../iteration';
import { loseAttributes } from '../namespaces';
import { deleteAttribute } from '../setting';
import { because, raises, unmodelled, type BoundRun } from '../natives';
import { reprOf } from '../text';
import { isUnion, membersOf } from '../unions';
import { bool, int, NONE, string, type Value } from '../values';
import { viaDunder } from './numbers';

const CALLABLE = new Set<Value['kind']>(['function', 'builtin', 'method', 'class', 'partial']);

/** Whether the value's type is known. */
export function isDecided(value: Value): boolean {
  return value.kind !== 'unknown' && !(value.kind === 'formula' && value.isUntyped);
}

export const isCallable: BoundRun = ([value], context) => {
  if (value === undefined || !isDecided(value)) return because(value, context);
  if (value.kind !== 'instance') return bool(CALLABLE.has(value.kind));
  if (findInClass(value.class, '__call__') !== undefined) return bool(true);
  return hasAttribute(value, '__call__') === false ? bool(false) : because(value, context);
};

export const getAttributeByName: BoundRun = ([object, name, otherwise], context) => {
  if (object === undefined || name?.kind !== 'string') return because(name, context);
  if (otherwise === undefined) return context.interpreter.attribute(object, name.value, context);
  const has = hasAttribute(object, name.value);
  if (has === false) return otherwise;
  return has === undefined
    ? because(object, context)
    : context.interpreter.attribute(object, name.value, context);
};

export const hasAttributeByName: BoundRun = ([object, name], context) => {
  const has = object && name?.kind === 'string' ? hasAttribute(object, name.value) : undefined;
  return has === undefined ? because(object?.kind === 'unknown' ? object : name, context) : bool(has);
};

export const setAttributeByName: BoundRun = ([object, name, value], context) => {
  if (object && value && name?.kind === 'string') setAttribute(object, name.value, value, context);
  else if (object) loseAttributes(object, context);
  return NONE;
};

export const deleteAttributeByName: BoundRun = ([object, name], context) => {
  if (object && name?.kind === 'string') deleteAttribute(object, name.value, context);
  else if (object) loseAttributes(object, context);
  return NONE;
};

export const isInstance: BoundRun = ([value, type], context) => {
  if (value === undefined || type === undefined) return because(value, context);
  return instanceOf(value, type, context);
};

function instanceOf(value: Value, type: Value, context: CallContext): Value {
  if (type.kind === 'tuple') return anyTrue(type.items.map((each) => instanceOf(value, each, context)));
  if (type.kind === 'instance' && isUnion(type))
    return anyTrue(membersOf(type).map((each) => instanceOf(value, each, context)));
  if (type.kind === 'none') return value.kind === 'unknown' ? value : bool(value.kind === 'none');
  const check = type.kind === 'class' ? type.namespace.get('__instancecheck__') : undefined;
  if (check !== undefined && value.kind === 'instance') {
    if (type.kind === 'class' && inherits(value.class, type) === true) return bool(true);
    return context.interpreter.call(check, positional(value.held ?? value), context);
  }
  if (check !== undefined) return context.interpreter.call(check, positional(value), context);
  if (type.kind !== 'class' || !isDecided(value))
    return because(type.kind === 'class' ? value : type, context);
  const result = value.kind === 'instance' ? inherits(value.class, type) : type.name === 'object';
  return result === undefined ? because(value, context) : bool(result);
}

export const isSubclass: BoundRun = ([value, type], context) => {
  if (value === undefined || type === undefined) return because(value, context);
  return subclassOf(value, type, context);
};

function subclassOf(value: Value, type: Value, context: CallContext): Value {
  if (type.kind === 'tuple') return anyTrue(type.items.map((each) => subclassOf(value, each, context)));
  if (type.kind === 'class' && type.name === 'object' && type.unit === undefined && value.kind === 'class')
    return bool(true);
  const result = value.kind === 'class' && type.kind === 'class' ? inherits(value, type) : undefined;
  return result === undefined ? because(value.kind === 'class' ? type : value, context) : bool(result);
}

function anyTrue(results: readonly Value[]): Value {
  return (
    results.find((each) => each.kind === 'bool' && each.value) ??
    results.find((each) => each.kind === 'unknown') ??
    bool(false)
  );
}

export const length: BoundRun = ([value], context) => {
  const count = value && lengthOf(value);
  if (count !== undefined) return int(count);
  const ofMeta = value?.kind === 'class' ? findInMetaclass(value, '__len__') : undefined;
  if (value && ofMeta) return context.interpreter.call(ofMeta, positional(value), context);
  return value?.kind === 'instance' ? viaDunder(value, ['__len__'], context) : because(value, context);
};

export const representation: BoundRun = ([value], context) => {
  const text = value && reprOf(value, context);
  return text === undefined ? because(value, context) : string(text);
};

export const makeSuper: BoundRun = ([after, self], context) => {
  const { frame } = context;
  const owner = after?.kind === 'class' ? after : frame.function?.owner?.current;
  const object = self ?? frame.self;
  return owner && object ? { kind: 'super', after: owner, self: object } : raises('super()', context);
};

/** What cannot be told from source, such as `id` or `input`. */
export function never(name: string): BoundRun {
  return (_, context) => unmodelled(`${name}()`, context);
}
