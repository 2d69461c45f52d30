/** Setting and deleting attributes, with the properties and hooks that classes define for it. */
import { positional, type CallContext } from './call';
import { findInClass, missingAttribute } from './classes';
import { raises } from './exceptions';
import { loseAttributes } from './namespaces';
import { setEntry, string, unknown, type DescriptorValue, type InstanceValue, type Value } from './values';

/** Sets `object.name`. An unknown may be one of the objects it remembers, whose attribute then is unknown too. */
export function setAttribute(object: Value, name: string, value: Value, context: CallContext): void {
  const { trail, interpreter } = { trail: context.interpreter.trail, interpreter: context.interpreter };
  switch (object.kind) {
    case 'instance': {
      const hook = findInClass(object.class, '__setattr__');
      if (hook === undefined) return setInInstance(object, name, value, context);
      interpreter.call(hook, positional(object, string(name), value), context);
      return;
    }
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

/** Sets an attribute as `object.__setattr__` does: through properties, else in the object itself. */
export function setInInstance(object: InstanceValue, name: string, value: Value, context: CallContext): void {
  const { interpreter } = context;
  const inClass = findInClass(object.class, name);
  if (inClass?.kind === 'descriptor' && inClass.type === 'property')
    return setProperty(inClass, object, name, value, context);
  const set = inClass?.kind === 'instance' ? findInClass(inClass.class, '__set__') : undefined;
  if (inClass !== undefined && set !== undefined) {
    interpreter.call(set, positional(inClass, object, value), context);
    return;
  }
  if (name === '__class__') {
    // What the object does is decided by another class from now on.
    interpreter.trail.loseOne(object, { code: 'unmodelled', subject: '__class__', place: context.place });
  }
  setOwn(object, name, value, context);
}

/** Puts a value into the object itself, whatever its class says of the name. */
export function setOwn(
  object: InstanceValue,
  name: string,
  value: Value,
  { interpreter }: CallContext,
): void {
  interpreter.trail.assign(object, name, value);
  object.attributes.set(name, value);
  if (object.doubtful?.has(name))
    object.doubtful = new Set([...object.doubtful].filter((each) => each !== name));
}

/** `del object.name`. */
export function deleteAttribute(object: Value, name: string, context: CallContext): void {
  const { interpreter } = context;
  switch (object.kind) {
    case 'instance': {
      const hook = findInClass(object.class, '__delattr__');
      if (hook !== undefined) {
        interpreter.call(hook, positional(object, string(name)), context);
        return;
      }
      return deleteInInstance(object, name, context);
    }
    case 'class':
      interpreter.trail.touch(object);
      object.namespace.delete(name);
      return;
    case 'function':
      interpreter.trail.touch(object);
      object.attributes.delete(name);
      return;
    case 'unknown':
      for (const each of object.mayBe ?? []) interpreter.trail.declare(each, name, object.reason);
      return;
    default:
      return loseAttributes(object, context);
  }
}

/** Deletes an attribute as `object.__delattr__` does. */
export function deleteInInstance(object: InstanceValue, name: string, context: CallContext): void {
  const { interpreter } = context;
  const inClass = findInClass(object.class, name);
  if (inClass?.kind === 'descriptor' && inClass.type === 'property') {
    const { deleter } = inClass;
    if (deleter !== undefined) interpreter.call(deleter, positional(object), context);
    else
      raises('AttributeError', `property '${name}' of '${object.class.name}' object has no deleter`, context);
    return;
  }
  if (!object.attributes.has(name)) {
    missingAttribute(object, name, context);
    return;
  }
  interpreter.trail.touch(object);
  object.attributes.delete(name);
}

function setProperty(
  found: DescriptorValue,
  object: InstanceValue,
  name: string,
  value: Value,
  context: CallContext,
): void {
  if (found.setter !== undefined) {
    context.interpreter.call(found.setter, positional(object, value), context);
    return;
  }
  // Those given by us read what was set.
  if (found.function.kind === 'builtin') return setOwn(object, name, value, context);
  const refused = raises(
    'AttributeError',
    `property '${name}' of '${object.class.name}' object has no setter`,
    context,
  );
  // The code goes on as if the assignment had been made, so that the property's value is in doubt.
  setOwn(object, name, unknown(refused.reason), context);
}
