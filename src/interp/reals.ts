/** Numbers that are known as formulas without being integers: what arithmetic and roundings make of them. */
import type { BinaryOperator } from '../python/syntax';
import { compare, floorDivide, maximum, minimum, modulo, negate } from '../symbolic/arithmetic';
import { floatResult, isCertainlyWhole, numberOfReal, realOfFloat, roundReal } from '../symbolic/floats';
import type { Known, Quantity, Rounding } from '../symbolic/quantity';
import type { Reason } from '../symbolic/reason';
import type { CallContext } from './call';
import { float, integer, unknown, type Value } from './values';

/** A number as a real one. */
interface Real {
  readonly known: Known;
  readonly isUntyped: boolean;
}

/** `left operator right` where the result is a float that depends on symbols; `undefined` for everything else. */
export function realArithmetic(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value | undefined {
  const [a, b] = [realOf(left), realOf(right)];
  if (a === undefined || b === undefined || (!isFormula(left) && !isFormula(right))) return undefined;
  const isUntyped = a.isUntyped || b.isUntyped;
  const result = realResult(operator, a.known, b.known, isUntyped);
  if (result === undefined) return undefined;
  if (result.kind !== 'unknown') return fromReal(result, isUntyped, notWhole(context));
  return result.reason.code === 'raises' ? unknown({ ...result.reason, place: context.place }) : undefined;
}

/** The sign of `left - right`, of which one is known as a real number; `undefined` when it cannot be told. */
export function realOrder(left: Value, right: Value): -1 | 0 | 1 | undefined {
  const [a, b] = [realOf(left), realOf(right)];
  return a && b && compare(a.known, b.known);
}

/** The integer that `int()`, `round()`, `math.floor()` or `math.ceil()` makes of a formula; `undefined` for other values. */
export function roundedReal(rounding: Rounding, value: Value): Value | undefined {
  const real = isFormula(value) ? realOf(value) : undefined;
  return real && integer(roundReal(rounding, real.known, !real.isUntyped));
}

/** `float(value)` of a formula. */
export function floatOf(value: Value & { kind: 'formula' }, context: CallContext): Value {
  return fromReal(value.formula, value.isUntyped, notWhole(context));
}

/** `-value` of a number that is known as a real one; `undefined` for other values. */
export function negatedReal(value: Value, context: CallContext): Value | undefined {
  if (value.kind !== 'unknown' || value.real === undefined) return undefined;
  return fromReal(negate(value.real.formula), value.real.isUntyped, notWhole(context));
}

/**
 * The larger or the smaller of two numbers that are not both integers, with `why` for it not being an integer;
 * `undefined` when it is no formula.
 */
export function extremeOfReals(name: 'max' | 'min', a: Value, b: Value, why: Reason): Value | undefined {
  const [first, second] = [realOf(a), realOf(b)];
  if (first === undefined || second === undefined) return undefined;
  const result = (name === 'max' ? maximum : minimum)(first.known, second.known);
  return result.kind === 'formula' ? fromReal(result, first.isUntyped || second.isUntyped, why) : undefined;
}

function realOf(value: Value): Real | undefined {
  switch (value.kind) {
    case 'int':
    case 'bool':
      return { known: { kind: 'exact', value: Number(value.value) }, isUntyped: false };
    case 'float': {
      const known = realOfFloat(value.value);
      return known && { known, isUntyped: false };
    }
    case 'formula':
      return { known: value.formula, isUntyped: value.isUntyped };
    case 'unknown':
      return value.real && { known: value.real.formula, isUntyped: value.real.isUntyped };
    default:
      return undefined;
  }
}

function isFormula(value: Value): boolean {
  return value.kind === 'formula' || (value.kind === 'unknown' && value.real !== undefined);
}

/** Floor division and remainder of floats are exact where both are integers. */
function realResult(operator: BinaryOperator, a: Known, b: Known, isUntyped: boolean): Quantity | undefined {
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
      return floatResult(operator, a, b, !isUntyped);
    case '//':
    case '%': {
      const isWhole = !isUntyped && isCertainlyWhole(a) && isCertainlyWhole(b);
      return isWhole ? (operator === '//' ? floorDivide : modulo)(a, b) : undefined;
    }
    default:
      return undefined;
  }
}

function fromReal(quantity: Quantity, isUntyped: boolean, why: Reason): Value {
  if (quantity.kind === 'unknown') return unknown(quantity.reason);
  const number = numberOfReal(quantity);
  if (number !== undefined) return float(number);
  if (quantity.kind === 'exact') return float(quantity.value);
  return { kind: 'unknown', reason: why, real: { formula: quantity, isUntyped } };
}

function notWhole(context: CallContext): Reason {
  const subject = context.frame.unit.textOf(context.place.span);
  return { code: 'not-an-integer', subject, place: context.place };
}
