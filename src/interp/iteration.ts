/** Going through iterables, and the truth and length of values. */
import { LIMITS } from './budget';
import { positional, type CallContext } from './call';
import { findInClass, unknownBase } from './classes';
import type { Interpreter } from './interpreter';
import { string, type Value } from './values';

/** The items of an iterable in order, or `undefined` when they cannot be told. An iterator is used up by it. */
export function itemsOf(
  interpreter: Interpreter,
  iterable: Value,
  context: CallContext,
): readonly Value[] | undefined {
  interpreter.budget.step(1 + Math.min(LIMITS.items, lengthOf(iterable) ?? 0) / 4);
  switch (iterable.kind) {
    case 'tuple':
      return iterable.items;
    case 'list':
      return iterable.uncertain ? undefined : [...iterable.items];
    case 'dict':
      return iterable.uncertain ? undefined : [...iterable.entries.values()].map((entry) => entry.key);
    case 'set':
      return iterable.uncertain ? undefined : [...iterable.elements.values()];
    case 'string':
      return Array.from(iterable.value, string);
    case 'range':
      return itemsOfRange(iterable);
    case 'iterator': {
      if (iterable.uncertain) return undefined;
      interpreter.trail.touch(iterable);
      const rest = iterable.items.slice(iterable.position);
      iterable.position = iterable.items.length;
      return rest;
    }
    case 'instance': {
      const iterate = findInClass(iterable.class, '__iter__');
      const inner = iterate && interpreter.call(iterate, positional(iterable), context);
      return inner === undefined || inner.kind === 'instance'
        ? undefined
        : itemsOf(interpreter, inner, context);
    }
    default:
      return undefined;
  }
}

/** Python's truth of a value; `undefined` when it cannot be told. */
export function truthOf(interpreter: Interpreter, value: Value, context: CallContext): boolean | undefined {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'float':
      return value.value !== 0;
    case 'string':
      return value.value !== '';
    case 'formula':
    case 'unknown':
      return undefined;
    case 'instance':
      return truthOfInstance(interpreter, value, context);
    default: {
      const length = lengthOf(value);
      return isContainer(value) ? (length === undefined ? undefined : length > 0) : true;
    }
  }
}

/** The number of items of a container, or `undefined`. */
export function lengthOf(value: Value): number | undefined {
  switch (value.kind) {
    case 'tuple':
      return value.items.length;
    case 'list':
      return value.uncertain ? undefined : value.items.length;
    case 'dict':
      return value.uncertain ? undefined : value.entries.size;
    case 'set':
      return value.uncertain ? undefined : value.elements.size;
    case 'string':
      return [...value.value].length;
    case 'range':
      return Math.max(0, Math.ceil((value.stop - value.start) / value.step));
    default:
      return undefined;
  }
}

function isContainer(value: Value): boolean {
  return ['tuple', 'list', 'dict', 'set', 'range'].includes(value.kind);
}

function itemsOfRange(range: Value & { kind: 'range' }): readonly Value[] | undefined {
  const length = lengthOf(range) ?? 0;
  if (length > LIMITS.items || !Number.isFinite(length)) return undefined;
  return Array.from({ length }, (_, index) => ({ kind: 'int', value: range.start + index * range.step }));
}

function truthOfInstance(
  interpreter: Interpreter,
  value: Value & { kind: 'instance' },
  context: CallContext,
): boolean | undefined {
  const method = findInClass(value.class, '__bool__') ?? findInClass(value.class, '__len__');
  if (method === undefined) return unknownBase(value.class) === undefined ? true : undefined;
  return interpreter.truth(interpreter.call(method, positional(value), context), context);
}
