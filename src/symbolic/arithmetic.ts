/** Python's integer arithmetic over quantities: what is known stays known, the first unknown wins. */
import { invertTerm, knownKey, multiplyTerms, normalise, termsOf } from './polynomial';
import type { Atom, Known, Operator, Quantity, Term } from './quantity';
import { exact, firstUnknown, numbersOf, unknown } from './quantity';

/** The sum. */
export function add(...quantities: readonly Quantity[]): Quantity {
  const numbers = numbersOf(quantities);
  if (numbers !== undefined) return sumOf(numbers);
  return combine(quantities, (knowns) => normalise(knowns.flatMap(termsOf)));
}

/** The product; zero times a formula is zero, zero times an unknown is unknown. */
export function multiply(...quantities: readonly Quantity[]): Quantity {
  const numbers = numbersOf(quantities);
  if (numbers !== undefined) return exact(numbers.reduce((product, number) => product * number, 1));
  return combine(quantities, (knowns) => knowns.reduce(multiplyTwo, exact(1)));
}

/** `-quantity`. */
export function negate(quantity: Quantity): Quantity {
  return multiply(exact(-1), quantity);
}

/** `a - b`. */
export function subtract(a: Quantity, b: Quantity): Quantity {
  return add(a, negate(b));
}

/**
 * The quotient of a division known to leave no remainder, such as `inChannels / groups`. Numbers that do leave one
 * are unknown, as is a division by zero.
 */
export function divideExactly(a: Quantity, b: Quantity): Quantity {
  const quotient = quotientOf(a, b);
  return isNeverWhole(quotient) ? unknown({ code: 'not-an-integer', subject: 'the quotient' }) : quotient;
}

/** The quotient as a real number, exact whatever the symbols are; a division by zero is unknown. */
export function quotientOf(a: Quantity, b: Quantity): Quantity {
  return combine([a, b], ([dividend, divisor]) => {
    if (isZero(divisor)) return divisionByZero();
    const quotient = divideTerms(dividend, divisor);
    if (quotient !== undefined) return quotient;
    return knownKey(dividend) === knownKey(divisor) ? exact(1) : operation('/', dividend, divisor);
  });
}

/** Python's `a // b`, rounding towards minus infinity. */
export function floorDivide(a: Quantity, b: Quantity): Quantity {
  return combine([a, b], ([dividend, divisor]) => {
    if (isZero(divisor)) return divisionByZero();
    if (dividend.kind === 'exact' && divisor.kind === 'exact') {
      return exact(flooredQuotient(dividend.value, divisor.value));
    }
    if (divisor.kind === 'exact') return floorDivideByNumber(dividend, divisor.value);
    return wholeQuotient(dividend, divisor) ?? operation('//', dividend, divisor);
  });
}

/** Python's `a % b`, with the sign of `b`. */
export function modulo(a: Quantity, b: Quantity): Quantity {
  return combine([a, b], ([dividend, divisor]) => {
    if (isZero(divisor)) return divisionByZero();
    if (dividend.kind === 'exact' && divisor.kind === 'exact') {
      const rest = dividend.value % divisor.value;
      return exact(isAcross(rest, divisor.value) ? rest + divisor.value : rest);
    }
    return wholeQuotient(dividend, divisor) === undefined ? operation('%', dividend, divisor) : exact(0);
  });
}

/** Through the remainder, which is always exact: a quotient of large integers is not. */
function flooredQuotient(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return (dividend - rest) / divisor - (isAcross(rest, divisor) ? 1 : 0);
}

/** Whether a remainder that has the dividend's sign lies on the other side of zero than Python wants it. */
function isAcross(rest: number, divisor: number): boolean {
  return rest !== 0 && rest < 0 !== divisor < 0;
}

/** `base ** exponent` for an exact exponent that is not negative; otherwise unknown. */
export function power(base: Quantity, exponent: number): Quantity {
  if (!Number.isSafeInteger(exponent) || exponent < 0 || exponent > 64) {
    return unknown({ code: 'too-large', subject: 'the power' });
  }
  return multiply(...Array<Quantity>(exponent).fill(base));
}

/** The largest of the quantities; formulas that differ by more than a number stay as `max(…)`. */
export function maximum(a: Quantity, b: Quantity): Quantity {
  return extreme('max', a, b);
}

/** The smallest of the quantities; formulas that differ by more than a number stay as `min(…)`. */
export function minimum(a: Quantity, b: Quantity): Quantity {
  return extreme('min', a, b);
}

/** Python's `int()` of a product or sum whose symbols may stand for fractions: a number is itself. */
export function truncate(quantity: Quantity): Quantity {
  return quantity.kind === 'formula' ? operation('int', quantity) : quantity;
}

/** The sign of `a - b`: -1, 0 or 1, or `undefined` when it cannot be told. */
export function compare(a: Quantity, b: Quantity): -1 | 0 | 1 | undefined {
  const difference = subtract(a, b);
  if (difference.kind === 'unknown') return undefined;
  const [term, ...others] = termsOf(difference);
  if (term === undefined) return 0;
  if (others.length > 0 || term.factors.length > 0) return undefined;
  return term.numerator < 0 ? -1 : 1;
}

/** Whether the two are equal for every value of their symbols; `undefined` when it cannot be told. */
export function equal(a: Quantity, b: Quantity): boolean | undefined {
  const order = compare(a, b);
  return order === undefined ? undefined : order === 0;
}

function combine(
  quantities: readonly Quantity[],
  compute: (knowns: [Known, Known, ...Known[]]) => Quantity,
): Quantity {
  return firstUnknown(quantities) ?? compute(quantities as [Known, Known, ...Known[]]);
}

function multiplyTwo(a: Quantity, b: Known): Quantity {
  if (a.kind === 'unknown') return a;
  return normalise(termsOf(a).flatMap((left) => termsOf(b).map((right) => multiplyTerms(left, right))));
}

/** A partial sum beyond 2^53 may be rounded, and a later term may bring it back: then the whole is unknown. */
function sumOf(numbers: readonly number[]): Quantity {
  let sum = 0;
  for (const number of numbers) {
    sum += number;
    if (!Number.isSafeInteger(sum)) break;
  }
  return exact(sum);
}

function isZero(known: Known): boolean {
  return known.kind === 'exact' && known.value === 0;
}

function divisionByZero(): Quantity {
  return unknown({ code: 'raises', subject: 'division by zero' });
}

/** Each term of the dividend over a divisor of one term; `undefined` for a divisor that is a sum. */
function divideTerms(dividend: Known, divisor: Known): Quantity | undefined {
  const [term, ...rest] = termsOf(divisor);
  if (term === undefined || rest.length > 0) return undefined;
  return normalise(termsOf(dividend).map((each) => multiplyTerms(each, invertTerm(term))));
}

/** Whether no integers make the formula one: only its constant is a fraction, such as `C + 1/2`. */
function isNeverWhole(quotient: Quantity): boolean {
  if (quotient.kind !== 'formula') return false;
  const [fraction, ...rest] = quotient.terms.filter((term) => !isWholeMultiple(term, 1));
  return fraction !== undefined && rest.length === 0 && fraction.factors.length === 0;
}

/** The quotient where it is whole whatever the symbols are, such as `2*C*M // C`; otherwise `undefined`. */
function wholeQuotient(dividend: Known, divisor: Known): Quantity | undefined {
  if (knownKey(dividend) === knownKey(divisor)) return exact(1);
  const quotient = divideTerms(dividend, divisor);
  if (quotient === undefined || quotient.kind === 'unknown') return undefined;
  return termsOf(quotient).every((term) => isWholeMultiple(term, 1)) ? quotient : undefined;
}

/** Takes the terms that `divisor` divides out of the floor: `(4*C + 1) // 2` is `2*C`. */
function floorDivideByNumber(dividend: Known, divisor: number): Quantity {
  const whole = termsOf(dividend).filter((term) => isWholeMultiple(term, divisor));
  const rest = normalise(termsOf(dividend).filter((term) => !isWholeMultiple(term, divisor)));
  const quotient = normalise(whole.map((term) => ({ ...term, numerator: term.numerator / divisor })));
  return add(quotient, restOfFloor(rest, divisor));
}

function restOfFloor(rest: Quantity, divisor: number): Quantity {
  if (rest.kind === 'unknown') return rest;
  if (rest.kind === 'exact') return exact(Math.floor(rest.value / divisor));
  return nestedFloor(rest, divisor) ?? operation('//', rest, { kind: 'exact', value: divisor });
}

/** `(a // m + c) // n` as `(a + c*m) // (m*n)`, so that a chain of strides reads as one division. */
function nestedFloor(rest: Known, divisor: number): Quantity | undefined {
  const [first, constant, ...others] = termsOf(rest);
  const [factor, ...factors] = first?.factors ?? [];
  if (first === undefined || factor === undefined || factors.length > 0 || others.length > 0)
    return undefined;
  if (first.numerator !== 1 || first.denominator !== 1 || factor.power !== 1) return undefined;
  if (constant !== undefined && (constant.factors.length > 0 || constant.denominator !== 1)) return undefined;
  if (factor.atom.kind === 'symbol' || factor.atom.operator !== '//' || divisor < 0) return undefined;
  const [inner, by] = factor.atom.operands;
  if (inner === undefined || by?.kind !== 'exact' || by.value < 0) return undefined;
  const shifted = add(inner, multiply(exact(constant?.numerator ?? 0), by));
  return floorDivide(shifted, multiply(exact(divisor), by));
}

function isWholeMultiple(term: Term, divisor: number): boolean {
  const isWhole = term.denominator === 1 && term.factors.every(({ power }) => power > 0);
  return isWhole && term.numerator % divisor === 0;
}

function extreme(operator: 'max' | 'min', a: Quantity, b: Quantity): Quantity {
  return combine([a, b], (knowns) => {
    const kept: Known[] = [];
    for (const operand of knowns.flatMap((known) => operandsOf(operator, known))) {
      const at = kept.findIndex((each) => compare(each, operand) !== undefined);
      const rival = kept[at];
      if (rival === undefined) kept.push(operand);
      else if ((operator === 'max') === (compare(rival, operand) ?? 0) < 0) kept[at] = operand;
    }
    const [only, ...others] = kept.sort(numbersFirst);
    return only !== undefined && others.length === 0 ? only : operation(operator, ...kept);
  });
}

/** What the operation chooses from: `max(max(a, b), c)` is `max(a, b, c)`. */
function operandsOf(operator: 'max' | 'min', known: Known): readonly Known[] {
  const atom = atomOf(known);
  return atom?.kind === 'operation' && atom.operator === operator ? atom.operands : [known];
}

function numbersFirst(a: Known, b: Known): number {
  if (a.kind !== b.kind) return a.kind === 'exact' ? -1 : 1;
  return knownKey(a) < knownKey(b) ? -1 : 1;
}

/** The atom that a formula consists of; `undefined` for numbers and for formulas of more than that. */
export function atomOf(known: Known): Atom | undefined {
  const [term, ...terms] = termsOf(known);
  const [factor, ...factors] = term?.factors ?? [];
  if (term === undefined || factor === undefined || terms.length > 0 || factors.length > 0) return undefined;
  const isPlain = term.numerator === 1 && term.denominator === 1 && factor.power === 1;
  return isPlain ? factor.atom : undefined;
}

/** The formula of one operation that stays opaque. */
export function operation(operator: Operator, ...operands: readonly Known[]): Quantity {
  const atom = { kind: 'operation', operator, operands } as const;
  return { kind: 'formula', terms: [{ numerator: 1, denominator: 1, factors: [{ atom, power: 1 }] }] };
}
