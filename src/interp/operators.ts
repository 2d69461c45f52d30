/** What unary, binary and comparison operators mean over values. */
import type { BinaryOperator, ComparisonOperator, Unary } from '../python/syntax';
import { add, compare, floorDivide, modulo, multiply, negate, power, subtract } from '../symbolic/arithmetic';
import { exact, type Quantity } from '../symbolic/quantity';
import { positional, type CallContext } from './call';
import { containers, isSubset } from './containers';
import type { Interpreter } from './interpreter';
import { areEqual, isInteger, isNumber, isOpaque, isUncertain, isUntyped, sameOrEqual } from './equality';
import { findInClass } from './classes';
import { powerOf } from './transcendental';
import { negatedReal, realArithmetic, realOrder } from './reals';
import { overload, overloadComparison } from './overloads';
import { isUnion, unionOf } from './unions';
import { step } from './iterators';
import {
  bool,
  float,
  int,
  integer,
  itemsOfView,
  keyOf,
  quantityOf,
  show,
  typeName,
  unknown,
  type UnknownValue,
  type Value,
  withoutReal,
} from './values';

/** `left operator right`. */
export function binary(
  interpreter: Interpreter,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value {
  interpreter.budget.step(1 + ((sizeOf(left) + sizeOf(right)) >> 2));
  const overloaded = overload(interpreter, operator, left, right, context);
  if (overloaded !== undefined) return overloaded;
  if (left.kind === 'instance' || right.kind === 'instance') {
    const [a, b] = [plain(left), plain(right)];
    if (a !== left || b !== right) return binary(interpreter, operator, a, b, context);
  }
  if (operator === '|' && isTypeOrNone(left) && isTypeOrNone(right)) return unionOf(left, right);
  if (left.kind === 'unknown' || right.kind === 'unknown') {
    const real = realArithmetic(operator, left, right, context);
    return real ?? withoutReal(left.kind === 'unknown' ? left : right);
  }
  return (
    numeric(operator, left, right, context) ??
    containers(operator, left, right, context) ??
    refused(operator, left, right, context)
  );
}

/** Classes and `None`, of which `|` makes a union of types. */
function isTypeOrNone(value: Value): boolean {
  return value.kind === 'class' || value.kind === 'none' || (value.kind === 'instance' && isUnion(value));
}

/** `operator operand`. */
export function unary(
  interpreter: Interpreter,
  operator: Unary['operator'],
  operand: Value,
  context: CallContext,
): Value {
  if (operator === 'not') {
    const truth = interpreter.truth(operand, context);
    return truth === undefined ? undecided(operand, context) : bool(!truth);
  }
  const dunder = { '-': '__neg__', '+': '__pos__', '~': '__invert__' }[operator];
  const method = operand.kind === 'instance' ? findInClass(operand.class, dunder) : undefined;
  if (method !== undefined) return interpreter.call(method, positional(operand), context);
  const inner = plain(operand);
  if (inner !== operand) return unary(interpreter, operator, inner, context);
  if (operator === '+') return operand;
  if (operand.kind === 'unknown')
    return (operator === '-' ? negatedReal(operand, context) : undefined) ?? withoutReal(operand);
  if (operand.kind === 'float')
    return operator === '-' ? float(-operand.value) : wrongType(show(operand), context);
  if (!isInteger(operand)) return wrongType(show(operand), context);
  if (operator === '-') return mark(integer(negate(quantityOf(operand))), operand);
  if (isUntyped(operand)) return wrongType('~', context);
  return integer(subtract(negate(quantityOf(operand)), exact(1)));
}

/** `left operator right` for a comparison: a boolean or an unknown. */
export function comparison(
  operator: ComparisonOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value {
  const overloaded = overloadComparison(operator, left, right, context);
  if (overloaded !== undefined) return overloaded;
  const isIdentity = operator === 'is' || operator === 'is not';
  const result = isIdentity
    ? decide(operator, left, right, context)
    : decide(operator, plain(left), plain(right), context);
  return result === undefined ? undecided(left.kind === 'unknown' ? left : right, context) : bool(result);
}

/** The value that an object of a class that inherits from a built-in type is as well. */
function plain(value: Value): Value {
  return value.kind === 'instance' && value.held !== undefined ? value.held : value;
}

function numeric(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value | undefined {
  if (!isNumber(left) || !isNumber(right)) return undefined;
  const isWhole = isInteger(left) && isInteger(right);
  const isFraction = operator === '/' || (operator === '**' && right.kind === 'int' && right.value < 0);
  if (isWhole && !isFraction) return wholeNumbers(operator, left, right, context);
  if (left.kind === 'formula' || right.kind === 'formula') {
    const real = realArithmetic(operator, left, right, context);
    if (real !== undefined) return real;
    return unknown({
      code: 'not-an-integer',
      subject: context.frame.unit.textOf(context.place.span),
      place: context.place,
    });
  }
  return fractions(operator, Number(left.value), Number(right.value), context);
}

function wholeNumbers(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value | undefined {
  if (left.kind === 'bool' && right.kind === 'bool') {
    if (operator === '&') return bool(left.value && right.value);
    if (operator === '|') return bool(left.value || right.value);
    if (operator === '^') return bool(left.value !== right.value);
  }
  const [a, b] = [quantityOf(left), quantityOf(right)];
  const isFormula = a.kind === 'formula' || b.kind === 'formula';
  const result = wholeResult(operator, a, b);
  if (result === undefined) return isFormula ? unmodelled(context) : undefined;
  if (result.kind === 'unknown' && result.reason.place === undefined) {
    return unknown({ ...result.reason, place: context.place });
  }
  return mark(integer(result), left, right);
}

function wholeResult(operator: BinaryOperator, a: Quantity, b: Quantity): Quantity | undefined {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return multiply(a, b);
    case '//':
      return floorDivide(a, b);
    case '%':
      return modulo(a, b);
    case '**':
      return b.kind === 'exact' && b.value >= 0 ? power(a, b.value) : undefined;
    default:
      if (a.kind === 'exact' && b.kind === 'exact') return bitwise(operator, a.value, b.value);
      return b.kind === 'exact' ? shifted(operator, a, b.value) : undefined;
  }
}

/** A formula shifted by a number of bits, as Python defines it: a product or a floor division. */
function shifted(operator: BinaryOperator, a: Quantity, bits: number): Quantity | undefined {
  if ((operator !== '<<' && operator !== '>>') || bits < 0 || bits > 52) return undefined;
  return operator === '<<' ? multiply(a, exact(2 ** bits)) : floorDivide(a, exact(2 ** bits));
}

function bitwise(operator: BinaryOperator, a: number, b: number): Quantity | undefined {
  const [x, y] = [BigInt(a), BigInt(b)];
  switch (operator) {
    case '&':
      return quantityOf(int(Number(x & y)));
    case '|':
      return quantityOf(int(Number(x | y)));
    case '^':
      return quantityOf(int(Number(x ^ y)));
    case '<<':
      return b < 0 ? undefined : a === 0 ? exact(0) : exact(b > 64 ? NaN : Number(x << y));
    case '>>':
      return b < 0 ? undefined : exact(b > 64 ? (a < 0 ? -1 : 0) : Number(x >> y));
    default:
      return undefined;
  }
}

function fractions(operator: BinaryOperator, a: number, b: number, context: CallContext): Value | undefined {
  const byZero = b === 0 && (operator === '/' || operator === '//' || operator === '%');
  if (byZero) return unknown({ code: 'raises', subject: 'division by zero', place: context.place });
  switch (operator) {
    case '+':
      return float(a + b);
    case '-':
      return float(a - b);
    case '*':
      return float(a * b);
    case '/':
      return float(a / b);
    case '//':
      return float(floored(a, b));
    case '%':
      return float(remainder(a, b));
    case '**':
      return floatPower(a, b, context);
    default:
      return undefined;
  }
}

/** Python's `%` of floats: the exact remainder, with the sign of the divisor. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** Python's `**` of floats; what it refuses, makes complex or overflows is unknown. */
function floatPower(a: number, b: number, context: CallContext): Value {
  const isOrdinary = a > 0 && a !== Infinity && Number.isFinite(b);
  const isWhole = Number.isInteger(a) && Number.isInteger(b) && b > 0 && a ** b <= Number.MAX_SAFE_INTEGER;
  const result = isOrdinary && !isWhole && b !== 0 && a !== 1 ? powerOf(a, b) : a ** b;
  if (result === undefined)
    return unknown({ code: 'unmodelled', subject: 'this power', place: context.place });
  const isPlain = Number.isFinite(result) || !Number.isFinite(a) || !Number.isFinite(b);
  return isPlain && !(Number.isNaN(result) && !Number.isNaN(a))
    ? float(result)
    : unknown({ code: 'raises', subject: 'this power', place: context.place });
}

/** Python's `//` of floats: made from the exact remainder, not from the rounded quotient. */
function floored(a: number, b: number): number {
  const quotient = (a - remainder(a, b)) / b;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** How much work a copy of the value is. */
function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'string':
      return value.value.length >> 4;
    case 'list':
    case 'tuple':
      return value.items.length;
    case 'dict':
      return value.entries.size;
    case 'set':
      return value.elements.size;
    default:
      return 0;
  }
}

function refused(operator: BinaryOperator, left: Value, right: Value, context: CallContext): Value {
  if (isUntyped(left) || isUntyped(right) || isOpaque(left) || isOpaque(right)) return unmodelled(context);
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  return unknown({
    code: 'raises',
    subject: `unsupported operand types for ${operator}: ${types}`,
    place: context.place,
  });
}

function decide(
  operator: ComparisonOperator,
  left: Value,
  right: Value,
  context: CallContext,
): boolean | undefined {
  switch (operator) {
    case 'is':
      return identical(left, right);
    case 'is not':
      return invert(identical(left, right));
    case '==':
      return areEqual(left, right);
    case '!=':
      return invert(areEqual(left, right));
    case 'in':
      return isIn(left, right, context);
    case 'not in':
      return invert(isIn(left, right, context));
    default:
      return ordered(operator, left, right);
  }
}

function identical(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'unknown' || right.kind === 'unknown' || isUntyped(left) || isUntyped(right))
    return undefined;
  if (left === right) return true;
  if (left.kind === 'none' || right.kind === 'none') return left.kind === right.kind;
  if (left.kind !== right.kind) return isOpaque(left) || isOpaque(right) ? undefined : false;
  if (MUTABLE.has(left.kind)) return false;
  return left.kind === 'bool' || areEqual(left, right) === false ? areEqual(left, right) : undefined;
}

/** Values that are the same only when they are one object. */
const MUTABLE = new Set<Value['kind']>(['list', 'dict', 'set', 'instance', 'class', 'iterator']);

function isIn(item: Value, container: Value, context: CallContext): boolean | undefined {
  switch (container.kind) {
    case 'string':
      return item.kind === 'string' ? container.value.includes(item.value) : undefined;
    case 'dict':
    case 'set': {
      const key = keyOf(item.kind === 'set' ? { ...item, isFrozen: true } : item);
      if (key === undefined) return undefined;
      const has = (container.kind === 'dict' ? container.entries : container.elements).has(key);
      return container.uncertain ? has || undefined : has;
    }
    case 'view': {
      if (container.part === 'keys') return isIn(item, container.of, context);
      return container.of.uncertain ? undefined : isAmong(item, itemsOfView(container));
    }
    case 'range':
      if (item.kind === 'int' || item.kind === 'bool') return inRange(Number(item.value), container);
      if (item.kind === 'float') return Number.isInteger(item.value) && inRange(item.value, container);
      return item.kind === 'unknown' || item.kind === 'formula' || isOpaque(item) ? undefined : false;
    case 'list':
      return container.uncertain ? undefined : isAmong(item, container.items);
    case 'tuple':
      return isAmong(item, container.items);
    case 'instance': {
      const method = findInClass(container.class, '__contains__');
      if (method === undefined) return undefined;
      return context.interpreter.truth(
        context.interpreter.call(method, positional(container, item), context),
        context,
      );
    }
    case 'iterator': {
      // Looking through an iterator uses it up to the item found.
      for (let next = step(container, context); next !== 'end'; next = step(container, context)) {
        const isEqual = 'uncertain' in next ? undefined : sameOrEqual(item, next.item);
        if (isEqual === undefined) {
          container.uncertain ??= { code: 'unmodelled', subject: 'in', place: context.place };
          return undefined;
        }
        if (isEqual) return true;
      }
      return false;
    }
    default:
      return undefined;
  }
}

function isAmong(item: Value, items: readonly Value[]): boolean | undefined {
  const results = items.map((each) => sameOrEqual(item, each));
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

function inRange(value: number, range: Value & { kind: 'range' }): boolean {
  const offset = (value - range.start) / range.step;
  const isBefore = range.step > 0 ? value < range.stop : value > range.stop;
  return Number.isInteger(offset) && offset >= 0 && isBefore;
}

/** By code points, as Python compares texts; JavaScript compares halves of surrogate pairs. */
function orderOfTexts(left: string, right: string): number {
  if (left === right) return 0;
  if (!/[\ud800-\udfff]/.test(left + right)) return left < right ? -1 : 1;
  const [a, b] = [Array.from(left), Array.from(right)];
  const at = a.findIndex((character, index) => character !== b[index]);
  return at < 0 ? -1 : Math.sign((a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1));
}

function ordered(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean | undefined {
  if (left.kind === 'set' && right.kind === 'set') {
    if (left.uncertain || right.uncertain) return undefined;
    const [small, large] = operator.startsWith('<') ? [left, right] : [right, left];
    const isProper = operator.length === 1;
    return isSubset(small, large) && !(isProper && small.elements.size === large.elements.size);
  }
  const order = orderOf(left, right);
  if (order === undefined) return undefined;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
}

function orderOf(left: Value, right: Value): number | undefined {
  if (left.kind === 'string' && right.kind === 'string') return orderOfTexts(left.value, right.value);
  if (isInteger(left) && isInteger(right)) return compare(quantityOf(left), quantityOf(right));
  if (isNumber(left) && isNumber(right) && left.kind !== 'formula' && right.kind !== 'formula') {
    return Math.sign(Number(left.value) - Number(right.value));
  }
  const order = realOrder(left, right);
  if (order !== undefined) return order;
  if ((left.kind !== 'tuple' && left.kind !== 'list') || left.kind !== right.kind) return undefined;
  if (isUncertain(left) || isUncertain(right)) return undefined;
  for (const [index, item] of left.items.entries()) {
    const other = right.items[index];
    const isEqual = other === undefined ? false : sameOrEqual(item, other);
    if (isEqual === undefined) return undefined;
    if (!isEqual) return other === undefined ? 1 : orderOf(item, other);
  }
  return left.items.length - right.items.length;
}

/** A result is untyped when one of the values it was made from is. */
function mark(result: Value, ...from: readonly Value[]): Value {
  return result.kind === 'formula' && from.some(isUntyped) ? { ...result, isUntyped: true } : result;
}

function invert(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function undecided(operand: Value, context: CallContext): UnknownValue {
  if (operand.kind === 'unknown') return unknown(operand.reason);
  return unknown({
    code: 'branch',
    subject: context.frame.unit.textOf(context.place.span),
    place: context.place,
  });
}

function unmodelled(context: CallContext): UnknownValue {
  const subject = context.frame.unit.textOf(context.place.span);
  return unknown({ code: 'unmodelled', subject, place: context.place });
}

function wrongType(subject: string, context: CallContext): UnknownValue {
  return unknown({ code: 'wrong-type', subject, place: context.place });
}
