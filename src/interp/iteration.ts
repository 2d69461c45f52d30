/** Going through iterables, and the truth and length of values. */
import { LIMITS } from './budget';
import { positional, type CallContext } from './call';
import { findInClass, unknownBase } from './classes';
import { drain, iteratorOver } from './iterators';
import type { Interpreter } from './interpreter';
import type { Value } from './values';

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
    case 'range':
      return itemsOfRange(iterable);
    default: {
      const iterator = iteratorOver(iterable, context);
      return iterator && drain(iterator, context);
    }
  }
}

/** The items in any order: those of a set too, whose order is not known. */
export function elementsOf(
  interpreter: Interpreter,
  iterable: Value,
  context: CallContext,
): readonly Value[] | undefined {
  if (iterable.kind !== 'set') return itemsOf(interpreter, iterable, context);
  interpreter.budget.step(1 + iterable.elements.size / 4);
  return iterable.uncertain ? undefined : [...iterable.elements.values()];
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
    case 'view':
      return value.of.uncertain ? undefined : value.of.entries.size;
    case 'instance':
      return value.held === undefined || findInClass(value.class, '__len__')
        ? undefined
        : lengthOf(value.held);
    case 'range':
      return Math.max(0, Math.ceil((value.stop - value.start) / value.step));
    default:
      return undefined;
  }
}

function isContainer(value: Value): boolean {
  return ['tuple', 'list', 'dict', 'set', 'range', 'view'].includes(value.kind);
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
  if (method === undefined && value.held !== undefined) return interpreter.truth(value.held, context);
  if (method === undefined) return unknownBase(value.class) === undefined ? true : undefined;
  return interpreter.truth(interpreter.call(method, positional(value), context), context);
}
