/** What `object[index]` gives, takes and deletes. */
import { positional, type CallContext } from './call';
import { findInClass, findInMetaclass } from './classes';
import { raises, raisesKeyError } from './exceptions';
import type { Interpreter } from './interpreter';
import { anyOf } from './join';
import { lengthOf } from './iteration';
import {
  keyOf,
  list,
  quantityOf,
  setEntry,
  show,
  string,
  tuple,
  unknown,
  type ClassValue,
  type DictValue,
  type InstanceValue,
  type ListValue,
  type RangeValue,
  type SliceValue,
  type Value,
  withoutReal,
} from './values';

/** `object[index]`; an unknown says what is wrong. */
export function getItem(interpreter: Interpreter, object: Value, index: Value, context: CallContext): Value {
  if (object.kind === 'instance' && object.held !== undefined && !findInClass(object.class, '__getitem__'))
    return getHeldItem(interpreter, object, object.held, index, context);
  switch (object.kind) {
    case 'unknown':
      return withoutReal(object);
    case 'dict':
      return entryOf(interpreter, object, index, context);
    case 'list':
      return object.uncertain
        ? anyOf(object.items, object.uncertain)
        : itemOf(object.items, index, list, context, 'list');
    case 'tuple':
      return itemOf(object.items, index, tuple, context, 'tuple');
    case 'string':
      return itemOf(
        Array.from(object.value, string),
        index,
        (parts) => string(parts.map(textOfPart).join('')),
        context,
        'string',
      );
    case 'range':
      return itemOfRange(object, index, context);
    case 'instance':
      return (
        viaMethod(interpreter, object, '__getitem__', [index], context) ?? notSubscriptable(object, context)
      );
    case 'class':
      return itemOfClass(interpreter, object, index, context);
    case 'formula':
      return unknown({
        code: 'parameter',
        subject: context.frame.unit.textOf(context.place.span),
        place: context.place,
      });
    default:
      return notSubscriptable(object, context);
  }
}

/** A class stays itself, as in `list[int]`, unless it or its metaclass says what its items are. */
function itemOfClass(
  interpreter: Interpreter,
  object: ClassValue,
  index: Value,
  context: CallContext,
): Value {
  const ofMeta = findInMetaclass(object, '__getitem__');
  if (ofMeta !== undefined) return interpreter.call(ofMeta, positional(object, index), context);
  const own = findInClass(object, '__class_getitem__');
  if (own === undefined) return object;
  const called = own.kind === 'descriptor' ? own.function : own;
  return called.kind === 'function' ? interpreter.call(called, positional(object, index), context) : object;
}

/** Dictionaries ask `__missing__` for keys that they do not have. */
function getHeldItem(
  interpreter: Interpreter,
  object: InstanceValue,
  held: Value,
  index: Value,
  context: CallContext,
): Value {
  const missing = held.kind === 'dict' ? findInClass(object.class, '__missing__') : undefined;
  const key = keyOf(index);
  if (missing === undefined || held.kind !== 'dict' || (key !== undefined && held.entries.has(key)))
    return getItem(interpreter, held, index, context);
  if (key === undefined || held.uncertain) return unknown(held.uncertain ?? reasonOf(index, context));
  return interpreter.call(missing, positional(object, index), context);
}

/** `object[index] = value`. What becomes of a container at an unknown place makes all of it uncertain. */
export function setItem(
  interpreter: Interpreter,
  object: Value,
  index: Value,
  value: Value,
  context: CallContext,
): void {
  if (object.kind === 'instance' && object.held !== undefined && !findInClass(object.class, '__setitem__')) {
    setItem(interpreter, object.held, index, value, context);
  } else if (object.kind === 'instance') {
    viaMethod(interpreter, object, '__setitem__', [index, value], context);
  } else if (object.kind === 'unknown') interpreter.trail.lose([object], object.reason);
  else if (object.kind === 'dict') {
    interpreter.trail.touch(object);
    const key = keyOf(index);
    if (key === undefined) interpreter.trail.loseOne(object, reasonOf(index, context));
    else setEntry(object, key, index, value);
  } else if (object.kind === 'list' && index.kind === 'slice') setSlice(object, index, value, context);
  else if (object.kind === 'list') {
    interpreter.trail.touch(object);
    setListItem(object, index, value, context);
  }
}

/** `del object[index]`. */
export function deleteItem(
  interpreter: Interpreter,
  object: Value,
  index: Value,
  context: CallContext,
): void {
  if (object.kind === 'instance') {
    const method = findInClass(object.class, '__delitem__');
    if (method !== undefined) interpreter.call(method, positional(object, index), context);
    else if (object.held !== undefined) deleteItem(interpreter, object.held, index, context);
  } else if (object.kind === 'unknown') interpreter.trail.lose([object], object.reason);
  else if (object.kind === 'dict') {
    const key = keyOf(index);
    interpreter.trail.touch(object);
    if (key === undefined) interpreter.trail.loseOne(object, reasonOf(index, context));
    else if (!object.entries.delete(key)) {
      if (object.uncertain) interpreter.trail.doubt();
      else raisesKeyError(index, context);
    }
  } else if (object.kind === 'list') {
    interpreter.trail.touch(object);
    if (index.kind === 'slice') deleteSlice(object, index, context);
    else if (index.kind !== 'int' || object.uncertain)
      interpreter.trail.loseOne(object, object.uncertain ?? reasonOf(index, context));
    else if (object.items.at(index.value) === undefined) interpreter.trail.doubt();
    else object.items.splice(index.value, 1);
  }
}

/** The positions a slice picks from `length` items, as Python counts them; `undefined` for unknown bounds. */
export function positionsOf(slice: SliceValue, length: number): number[] | undefined {
  const bounds = boundsOf(slice, length);
  if (bounds === undefined) return undefined;
  const { from, to, by } = bounds;
  const count = Math.max(0, Math.ceil((to - from) / by));
  return Array.from({ length: count }, (_, index) => from + index * by);
}

/** First position, end and step of a slice of `length` items. */
function boundsOf(
  slice: SliceValue,
  length: number,
): { readonly from: number; readonly to: number; readonly by: number } | undefined {
  const [start, stop, step] = [boundOf(slice.start), boundOf(slice.stop), boundOf(slice.step)];
  if (start === 'unknown' || stop === 'unknown' || step === 'unknown' || step === 0) return undefined;
  const by = step ?? 1;
  const clamp = (value: number) =>
    Math.max(by > 0 ? 0 : -1, Math.min(value < 0 ? value + length : value, by > 0 ? length : length - 1));
  const from = start === undefined ? (by > 0 ? 0 : length - 1) : clamp(start);
  const to = stop === undefined ? (by > 0 ? length : -1) : clamp(stop);
  return { from, to, by };
}

function viaMethod(
  interpreter: Interpreter,
  object: Value & { kind: 'instance' },
  name: string,
  args: readonly Value[],
  context: CallContext,
): Value | undefined {
  const method = findInClass(object.class, name);
  return method && interpreter.call(method, positional(object, ...args), context);
}

function entryOf(interpreter: Interpreter, dict: DictValue, index: Value, context: CallContext): Value {
  const key = keyOf(index);
  const { variant } = dict;
  const values = () => [...dict.entries.values()].map((each) => each.value);
  if (key === undefined) {
    if (variant?.factory) interpreter.trail.loseOne(dict, reasonOf(index, context));
    return anyOf(values(), reasonOf(index, context));
  }
  const entry = dict.entries.get(key);
  if (entry !== undefined) return entry.value;
  if (dict.uncertain) return unknown(dict.uncertain);
  if (variant?.isCounter) return { kind: 'int', value: 0 };
  if (variant?.factory !== undefined && variant.factory.kind !== 'none') {
    const made = interpreter.call(variant.factory, positional(), context);
    interpreter.trail.touch(dict);
    setEntry(dict, key, index, made);
    return made;
  }
  return raisesKeyError(index, context);
}

function itemOf(
  items: readonly Value[],
  index: Value,
  make: (items: Value[]) => Value,
  context: CallContext,
  name: string,
): Value {
  if (index.kind === 'slice') {
    const positions = positionsOf(index, items.length);
    if (positions === undefined) return anyOf(items, reasonOf(index, context));
    return make(positions.flatMap((position) => items[position] ?? []));
  }
  const position = quantityOf(index);
  if (position.kind !== 'exact') return anyOf(items, reasonOf(index, context));
  const item = items[position.value < 0 ? position.value + items.length : position.value];
  return item ?? raises('IndexError', `${name} index out of range`, context);
}

function itemOfRange(range: RangeValue, index: Value, context: CallContext): Value {
  const length = lengthOf(range) ?? 0;
  if (index.kind === 'slice') {
    const bounds = boundsOf(index, length);
    if (bounds === undefined) return unknown(reasonOf(index, context));
    const { from, to, by } = bounds;
    const at = (position: number): number => range.start + position * range.step;
    return { kind: 'range', start: at(from), stop: at(to), step: by * range.step };
  }
  const quantity = quantityOf(index);
  if (quantity.kind !== 'exact') return unknown(reasonOf(index, context));
  const position = quantity.value < 0 ? quantity.value + length : quantity.value;
  if (position < 0 || position >= length)
    return unknown({ code: 'raises', subject: 'IndexError: index out of range', place: context.place });
  return { kind: 'int', value: range.start + position * range.step };
}

/** `target[start:stop:step] = value`, as lists take it. */
function setSlice(target: ListValue, slice: SliceValue, value: Value, context: CallContext): void {
  const items = context.interpreter.iterate(value, context);
  const bounds = target.uncertain ? undefined : boundsOf(slice, target.items.length);
  if (items === undefined || bounds === undefined) {
    target.items.push(...(items ?? []));
    return context.interpreter.trail.loseOne(target, reasonOf(items === undefined ? value : slice, context));
  }
  context.interpreter.trail.touch(target);
  const { from, to, by } = bounds;
  const copy = [...target.items];
  if (by === 1) copy.splice(from, Math.max(0, to - from), ...items);
  else {
    const positions = positionsOf(slice, target.items.length) ?? [];
    if (positions.length !== items.length) return;
    positions.forEach((position, index) => (copy[position] = items[index] ?? value));
  }
  target.items = copy;
}

function deleteSlice(target: ListValue, slice: SliceValue, context: CallContext): void {
  const positions = target.uncertain ? undefined : positionsOf(slice, target.items.length);
  if (positions === undefined) return context.interpreter.trail.loseOne(target, reasonOf(slice, context));
  const removed = new Set(positions);
  target.items = target.items.filter((_, index) => !removed.has(index));
}

function setListItem(target: ListValue, index: Value, value: Value, context: CallContext): void {
  const isPlace = (index.kind === 'int' || index.kind === 'bool') && !target.uncertain;
  const given = isPlace ? Number(index.value) : undefined;
  const position = given === undefined || given >= 0 ? given : given + target.items.length;
  if (position !== undefined && position in target.items) target.items[position] = value;
  else {
    target.items.push(value);
    context.interpreter.trail.loseOne(target, reasonOf(index, context));
  }
}

function boundOf(value: Value): number | undefined | 'unknown' {
  if (value.kind === 'none') return undefined;
  const quantity = quantityOf(value);
  return quantity.kind === 'exact' ? quantity.value : 'unknown';
}

function reasonOf(index: Value, context: CallContext): Extract<Value, { kind: 'unknown' }>['reason'] {
  if (index.kind === 'unknown') return index.reason;
  return { code: 'unmodelled', subject: context.frame.unit.textOf(context.place.span), place: context.place };
}

function notSubscriptable(object: Value, context: CallContext): Value {
  return unknown({ code: 'wrong-type', subject: show(object), place: context.place });
}

function textOfPart(part: Value): string {
  return part.kind === 'string' ? part.value : '';
}
