/** When values are equal as Python's `==` sees them, and what kinds of values that depends on. */
import { compare } from '../symbolic/arithmetic';
import { findInClass, isOpen, resolutionOrder } from './classes';
import { isSubset } from './containers';
import { lengthOf } from './iteration';
import { isSame } from './join';
import { realOrder } from './reals';
import {
  keyOf,
  quantityOf,
  type ClassValue,
  type DictValue,
  type FormulaValue,
  type RangeValue,
  type Value,
} from './values';

/** Comparisons that are left; data that shares its parts can be compared in more ways than it has parts. */
interface Comparisons {
  left: number;
}

const MOST_COMPARISONS = 50_000;

/** Whether two values are equal as `==` sees them; `undefined` when it cannot be told, or not with so many comparisons. */
export function areEqual(
  left: Value,
  right: Value,
  comparisons: Comparisons = { left: MOST_COMPARISONS },
): boolean | undefined {
  comparisons.left -= 1;
  if (comparisons.left < 0) return undefined;
  if (left.kind === 'unknown' || right.kind === 'unknown') return areRealsEqual(left, right);
  if (isNumber(left) && isNumber(right)) return numbersEqual(left, right);
  if (isUntyped(left) || isUntyped(right)) return undefined;
  if (left.kind === 'view' || right.kind === 'view') return left === right || undefined;
  if (left.kind === 'instance' || right.kind === 'instance') {
    // Containers take an object to be equal to itself whatever its class says.
    if (left === right) return true;
    const [a, b] = [heldOf(left), heldOf(right)];
    return a && b ? areEqual(a, b, comparisons) : areObjectsEqual(left, right);
  }
  if (left.kind !== right.kind) return isOpaque(left) || isOpaque(right) ? undefined : false;
  if ((left.kind === 'tuple' && right.kind === 'tuple') || (left.kind === 'list' && right.kind === 'list')) {
    if (isUncertain(left) || isUncertain(right)) return left === right || undefined;
    const isMixed = left.kind === 'list' && right.kind === 'list' && !left.deque !== !right.deque;
    return isMixed ? false : sequencesEqual(left.items, right.items, comparisons);
  }
  if (left.kind === 'dict' && right.kind === 'dict') return dictsEqual(left, right, comparisons);
  if (left.kind === 'set' && right.kind === 'set') {
    if (left.uncertain || right.uncertain) return left === right || undefined;
    return left.elements.size === right.elements.size && isSubset(left, right);
  }
  if (left.kind === 'range' && right.kind === 'range') return rangesEqual(left, right);
  if (isSame(left, right)) return true;
  return keyOf(left) !== undefined || left.kind === 'class' || left.kind === 'function' ? false : undefined;
}

/** Objects of classes without `__eq__` that were read in full are equal to themselves alone. */
function areObjectsEqual(left: Value, right: Value): boolean | undefined {
  const isPlain = (value: Value): boolean =>
    value.kind !== 'instance' || (value.held === undefined && comparesByIdentity(value.class));
  if (!isPlain(left) || !isPlain(right)) return undefined;
  return left.kind === right.kind || !isOpaque(left) || !isOpaque(right) ? left === right : undefined;
}

function comparesByIdentity(type: ClassValue): boolean {
  const isRead = (each: ClassValue) => each.unit !== undefined || each.isComplete === true;
  return (
    resolutionOrder(type).every((each) => isRead(each) && !each.namespace.has('__eq__')) && !isOpen(type)
  );
}

/** The plain value behind an operand whose class does not compare in its own way. */
function heldOf(value: Value): Value | undefined {
  if (value.kind !== 'instance') return value;
  return findInClass(value.class, '__eq__') === undefined ? value.held : undefined;
}

function dictsEqual(left: DictValue, right: DictValue, comparisons: Comparisons): boolean | undefined {
  if (left.uncertain || right.uncertain) return left === right || undefined;
  if (left.variant?.isCounter || right.variant?.isCounter) return left === right || undefined;
  if (left.entries.size !== right.entries.size) return false;
  const isOrdered = left.variant?.isOrdered === true && right.variant?.isOrdered === true;
  if (isOrdered && [...left.entries.keys()].join() !== [...right.entries.keys()].join()) return false;
  const results = [...left.entries].map(([key, { value }]) => {
    const other = right.entries.get(key)?.value;
    return other === undefined ? false : sameOrEqual(value, other, comparisons);
  });
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

function rangesEqual(left: RangeValue, right: RangeValue): boolean {
  const length = lengthOf(left);
  if (length !== lengthOf(right)) return false;
  return length === 0 || (left.start === right.start && (length === 1 || left.step === right.step));
}

/** Containers take an item for equal to itself, even where it is `nan`. */
export function sameOrEqual(left: Value, right: Value, comparisons?: Comparisons): boolean | undefined {
  const isOdd = left.kind === 'float' && right.kind === 'float' && Number.isNaN(left.value + right.value);
  if (isOdd) return undefined;
  return left === right && left.kind !== 'unknown' ? true : areEqual(left, right, comparisons);
}

function numbersEqual(left: NumberValue, right: NumberValue): boolean | undefined {
  if (isInteger(left) && isInteger(right)) {
    const order = compare(quantityOf(left), quantityOf(right));
    return order === undefined ? undefined : order === 0;
  }
  if (left.kind === 'formula' || right.kind === 'formula') return areRealsEqual(left, right);
  return Number(left.value) === Number(right.value);
}

function areRealsEqual(left: Value, right: Value): boolean | undefined {
  const order = realOrder(left, right);
  return order === undefined ? undefined : order === 0;
}

function sequencesEqual(
  left: readonly Value[],
  right: readonly Value[],
  comparisons: Comparisons,
): boolean | undefined {
  if (left.length !== right.length) return false;
  const results = left.map((item, index) => sameOrEqual(item, right[index] ?? item, comparisons));
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

/** Values that Python counts with. */
export type NumberValue = Value & { kind: 'int' | 'bool' | 'float' | 'formula' };
/** Those of them that are whole for certain. */
export type WholeValue = Value & { kind: 'int' | 'bool' | 'formula' };

/** Whether a value is an integer, known or a formula. */
export function isInteger(value: Value): value is WholeValue {
  return value.kind === 'int' || value.kind === 'bool' || value.kind === 'formula';
}

/** Whether a value is a number. */
export function isNumber(value: Value): value is NumberValue {
  return isInteger(value) || value.kind === 'float';
}

/** Whether a value is a formula that may stand for something else than a number. */
export function isUntyped(value: Value): value is FormulaValue {
  return value.kind === 'formula' && value.isUntyped;
}

/** Whether a list may hold other items than these. */
export function isUncertain(value: Value): boolean {
  return value.kind === 'list' && value.uncertain !== undefined;
}

/** Values whose own methods decide what operators do. */
export function isOpaque(value: Value): boolean {
  return (
    value.kind === 'instance' ||
    value.kind === 'module' ||
    value.kind === 'partial' ||
    value.kind === 'iterator' ||
    value.kind === 'class' ||
    (value.kind === 'dict' && value.variant !== undefined)
  );
}
