/** What unary, binary and comparison operators mean over values. */
import type { BinaryOperator, ComparisonOperator, Unary } from '../python/syntax';
import { add, compare, floorDivide, modulo, multiply, negate, power, subtract } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { LIMITS } from './budget';
import { positional, type CallContext } from './call';
import { formatPercent } from './format';
import type { Interpreter } from './interpreter';
import { isSame } from './join';
import { findInClass } from './classes';
import { overload, overloadComparison } from './overloads';
import {
  bool,
  float,
  int,
  integer,
  keyOf,
  list,
  quantityOf,
  show,
  string,
  tuple,
  typeName,
  unknown,
  type DictValue,
  type FormulaValue,
  type SetValue,
  type UnknownValue,
  type Value,
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
  if (left.kind === 'unknown') return left;
  if (right.kind === 'unknown') return right;
  return (
    numeric(operator, left, right, context) ??
    sequence(operator, left, right) ??
    refused(operator, left, right, context)
  );
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
  if (operand.kind === 'unknown' || operator === '+') return operand;
  if (operand.kind === 'float')
    return operator === '-' ? float(-operand.value) : wrongType(show(operand), context);
  if (!isInteger(operand)) return wrongType(show(operand), context);
  if (operator === '-') return mark(integer(negate(quantityOf(operand))), operand);
  return operand.kind === 'formula' ? wrongType('~', context) : int(-Number(operand.value) - 1);
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
  const result = decide(operator, left, right);
  return result === undefined ? undecided(left.kind === 'unknown' ? left : right, context) : bool(result);
}

/** Whether two values are equal as `==` sees them; `undefined` when it cannot be told. */
export function areEqual(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined;
  if (isNumber(left) && isNumber(right)) return numbersEqual(left, right);
  if (isUntyped(left) || isUntyped(right)) return undefined;
  if (left.kind !== right.kind) return isOpaque(left) || isOpaque(right) ? undefined : false;
  if ((left.kind === 'tuple' && right.kind === 'tuple') || (left.kind === 'list' && right.kind === 'list')) {
    if (isUncertain(left) || isUncertain(right)) return left === right || undefined;
    return sequencesEqual(left.items, right.items);
  }
  if (isSame(left, right)) return true;
  return keyOf(left) !== undefined || left.kind === 'class' || left.kind === 'function' ? false : undefined;
}

function numeric(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value | undefined {
  if (!isNumber(left) || !isNumber(right)) return undefined;
  const isWhole = isInteger(left) && isInteger(right);
  if (isWhole && operator !== '/') return wholeNumbers(operator, left, right, context);
  if (left.kind === 'formula' || right.kind === 'formula') {
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
  const [a, b] = [quantityOf(left), quantityOf(right)];
  const result = wholeResult(operator, a, b);
  if (result === undefined) return undefined;
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
      return a.kind === 'exact' && b.kind === 'exact' ? bitwise(operator, a.value, b.value) : undefined;
  }
}

function bitwise(operator: BinaryOperator, a: number, b: number): Quantity | undefined {
  const [x, y] = [BigInt(a), BigInt(b)];
  const results: Partial<Record<BinaryOperator, () => bigint>> = {
    '&': () => x & y,
    '|': () => x | y,
    '^': () => x ^ y,
    '<<': () => x << y,
    '>>': () => x >> y,
  };
  const isShift = operator === '<<' || operator === '>>';
  const compute = isShift && (b < 0 || b > 64) ? undefined : results[operator];
  return compute && quantityOf(int(Number(compute())));
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
  const result = a ** b;
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

function sequence(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (operator === '%' && left.kind === 'string') return formatPercent(left.value, right);
  if (operator === '+') return concatenate(left, right);
  if (operator === '*') return repeat(left, right) ?? repeat(right, left);
  if (left.kind === 'set' && right.kind === 'set') return sets(operator, left, right);
  return operator === '|' && left.kind === 'dict' && right.kind === 'dict'
    ? mergeDicts(left, right)
    : undefined;
}

function concatenate(left: Value, right: Value): Value | undefined {
  if (left.kind === 'string' && right.kind === 'string')
    return limitedString(left.value.length + right.value.length, () => left.value + right.value);
  if (left.kind === 'tuple' && right.kind === 'tuple') return tuple([...left.items, ...right.items]);
  if (left.kind !== 'list' || right.kind !== 'list') return undefined;
  if (left.items.length + right.items.length > LIMITS.items) return tooLarge('the list');
  return {
    kind: 'list',
    items: [...left.items, ...right.items],
    uncertain: left.uncertain ?? right.uncertain,
  };
}

function repeat(value: Value, times: Value): Value | undefined {
  if (times.kind === 'formula') {
    return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'string'
      ? unknown({ code: 'parameter', subject: 'the number of repetitions' })
      : undefined;
  }
  if (times.kind !== 'int' && times.kind !== 'bool') return undefined;
  const count = Math.max(0, Number(times.value));
  if (value.kind === 'string')
    return limitedString(value.value.length * count, () => value.value.repeat(count));
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  if (value.items.length * count > LIMITS.items) return tooLarge('the sequence');
  const items = Array.from({ length: count }, () => value.items).flat();
  return value.kind === 'tuple' ? tuple(items) : { ...list(items), uncertain: value.uncertain };
}

function sets(operator: BinaryOperator, left: SetValue, right: SetValue): Value | undefined {
  const uncertain = left.uncertain ?? right.uncertain;
  const keep = (from: SetValue, test: (key: string) => boolean) =>
    [...from.elements].filter(([key]) => test(key));
  const make = (entries: Iterable<[string, Value]>): Value => ({
    kind: 'set',
    elements: new Map(entries),
    uncertain,
  });
  if (operator === '|') return make([...left.elements, ...right.elements]);
  if (operator === '&') return make(keep(left, (key) => right.elements.has(key)));
  return operator === '-' ? make(keep(left, (key) => !right.elements.has(key))) : undefined;
}

function mergeDicts(left: DictValue, right: DictValue): Value {
  return {
    kind: 'dict',
    entries: new Map([...left.entries, ...right.entries]),
    uncertain: left.uncertain ?? right.uncertain,
  };
}

/** How much work a copy of the value is. */
function sizeOf(value: Value): number {
  if (value.kind === 'string') return value.value.length >> 4;
  return value.kind === 'list' || value.kind === 'tuple' ? value.items.length : 0;
}

function limitedString(length: number, make: () => string): Value {
  return length > LIMITS.characters ? tooLarge('the string') : string(make());
}

function tooLarge(subject: string): Value {
  return unknown({ code: 'budget', subject: `${subject} is too long` });
}

function refused(operator: BinaryOperator, left: Value, right: Value, context: CallContext): Value {
  if (isUntyped(left) || isUntyped(right) || isOpaque(left) || isOpaque(right)) {
    return unknown({
      code: 'unmodelled',
      subject: context.frame.unit.textOf(context.place.span),
      place: context.place,
    });
  }
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  return unknown({
    code: 'raises',
    subject: `unsupported operand types for ${operator}: ${types}`,
    place: context.place,
  });
}

function decide(operator: ComparisonOperator, left: Value, right: Value): boolean | undefined {
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
      return isIn(left, right);
    case 'not in':
      return invert(isIn(left, right));
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

function isIn(item: Value, container: Value): boolean | undefined {
  if (item.kind === 'string' && container.kind === 'string') return container.value.includes(item.value);
  if (container.kind === 'dict' || container.kind === 'set') {
    const key = keyOf(item);
    const has =
      key !== undefined && (container.kind === 'dict' ? container.entries : container.elements).has(key);
    return key === undefined || container.uncertain !== undefined ? undefined : has;
  }
  if (container.kind === 'range') return item.kind === 'int' ? inRange(item.value, container) : undefined;
  if (container.kind !== 'list' && container.kind !== 'tuple') return undefined;
  if (container.kind === 'list' && container.uncertain) return undefined;
  const results = container.items.map((each) => areEqual(item, each));
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

function inRange(value: number, range: Value & { kind: 'range' }): boolean {
  const offset = (value - range.start) / range.step;
  const isBefore = range.step > 0 ? value < range.stop : value > range.stop;
  return Number.isInteger(offset) && offset >= 0 && isBefore;
}

function ordered(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean | undefined {
  const order = orderOf(left, right);
  if (order === undefined) return undefined;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
}

function orderOf(left: Value, right: Value): number | undefined {
  if (left.kind === 'string' && right.kind === 'string')
    return left.value < right.value ? -1 : Number(left.value > right.value);
  if (isInteger(left) && isInteger(right)) return compare(quantityOf(left), quantityOf(right));
  if (isNumber(left) && isNumber(right) && left.kind !== 'formula' && right.kind !== 'formula') {
    return Math.sign(Number(left.value) - Number(right.value));
  }
  if ((left.kind !== 'tuple' && left.kind !== 'list') || left.kind !== right.kind) return undefined;
  if (isUncertain(left) || isUncertain(right)) return undefined;
  for (const [index, item] of left.items.entries()) {
    const other = right.items[index];
    const order = other === undefined ? 1 : orderOf(item, other);
    if (order !== 0) return order;
  }
  return left.items.length - right.items.length;
}

function numbersEqual(left: NumberValue, right: NumberValue): boolean | undefined {
  if (isInteger(left) && isInteger(right)) {
    const order = compare(quantityOf(left), quantityOf(right));
    return order === undefined ? undefined : order === 0;
  }
  if (left.kind === 'formula' || right.kind === 'formula') return undefined;
  return Number(left.value) === Number(right.value);
}

function sequencesEqual(left: readonly Value[], right: readonly Value[]): boolean | undefined {
  if (left.length !== right.length) return false;
  const results = left.map((item, index) => areEqual(item, right[index] ?? item));
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

type NumberValue = Value & { kind: 'int' | 'bool' | 'float' | 'formula' };
type WholeValue = Value & { kind: 'int' | 'bool' | 'formula' };

function isInteger(value: Value): value is WholeValue {
  return value.kind === 'int' || value.kind === 'bool' || value.kind === 'formula';
}

function isNumber(value: Value): value is NumberValue {
  return isInteger(value) || value.kind === 'float';
}

function isUntyped(value: Value): value is FormulaValue {
  return value.kind === 'formula' && value.isUntyped;
}

function isUncertain(value: Value): boolean {
  return value.kind === 'list' && value.uncertain !== undefined;
}

/** Values whose own methods decide what operators do. */
function isOpaque(value: Value): boolean {
  return (
    value.kind === 'instance' ||
    value.kind === 'module' ||
    value.kind === 'partial' ||
    value.kind === 'iterator'
  );
}

/** A result is untyped when one of the values it was made from is. */
function mark(result: Value, ...from: readonly Value[]): Value {
  return result.kind === 'formula' && from.some(isUntyped) ? { ...result, isUntyped: true } : result;
}

function invert(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function undecided(operand: Value, context: CallContext): UnknownValue {
  if (operand.kind === 'unknown') return operand;
  return unknown({
    code: 'branch',
    subject: context.frame.unit.textOf(context.place.span),
    place: context.place,
  });
}

function wrongType(subject: string, context: CallContext): UnknownValue {
  return unknown({ code: 'wrong-type', subject, place: context.place });
}
