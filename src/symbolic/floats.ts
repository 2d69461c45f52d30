/**
 * Python's floats over formulas. A formula here stands for a real number: its symbols are integers (below 2^53), its
 * coefficients may be fractions. Where a float operation may round, its result is an opaque `float(…)` of the exact one.
 */
import { add, atomOf, floorDivide, multiply, negate, operation, quotientOf, subtract } from './arithmetic';
import { greatestCommonDivisor, normalise, termsOf } from './polynomial';
import type { Atom, Formula, Known, Quantity, Rounding, Term } from './quantity';
import { exact, symbol } from './quantity';

/** Fractions with larger denominators, and larger numbers, are taken as rounded: sums of them need more than 53 bits. */
const MOST_PARTS = 2 ** 16;
const LARGEST = 2 ** 32;

/** The real number that a float is; one that is no short binary fraction, such as 0.1, is a symbol of that name. */
export function realOfFloat(value: number): Known | undefined {
  if (!Number.isFinite(value)) return undefined;
  const number = realOfNumber(value * MOST_PARTS, MOST_PARTS);
  return number ?? floatSymbol(String(value), String(value));
}

/** A symbol for a float whose value is not known. */
export function floatSymbol(name: string, id: string): Formula {
  return symbol(name, `#${id}`);
}

/**
 * The sum, difference, product or quotient as Python's floats give it; a division by zero is unknown. `isWhole` says
 * that the symbols stand for integers, but for those that are floats by name.
 */
export function floatResult(operator: '+' | '-' | '*' | '/', a: Known, b: Known, isWhole: boolean): Quantity {
  const compute = { '+': add, '-': subtract, '*': multiply, '/': quotientOf }[operator];
  const real = compute(a, b);
  return real.kind !== 'formula' || isRepresentable(real, isWhole) ? real : oddOperation('float', real);
}

/**
 * The integer that Python makes of a real number. `isWhole` says that the symbols stand for integers, so that what is
 * an integer for all of them is itself.
 */
export function roundReal(rounding: Rounding, real: Known, isWhole: boolean): Quantity {
  const number = numberOfReal(real);
  if (number !== undefined && real.kind !== 'exact') return exact(roundNumber(rounding, number));
  if (isWhole && isCertainlyWhole(real)) return real;
  const isDirected = rounding === 'floor' || rounding === 'ceil';
  if (isDirected) return (isWhole ? floorOf(rounding, real) : undefined) ?? operation(rounding, real);
  return oddOperation(rounding, real);
}

/** An operation that gives `-y` for `-x` wherever it gives `y` for `x`: signs stand outside. */
function oddOperation(operator: 'int' | 'round' | 'float', real: Known): Quantity {
  const negated = negate(real);
  const isNegative = (termsOf(real)[0]?.numerator ?? 0) < 0 && negated.kind !== 'unknown';
  return isNegative ? negate(operation(operator, negated)) : operation(operator, real);
}

/** Whether integers for the symbols always give an integer. */
export function isCertainlyWhole(known: Known): boolean {
  return termsOf(known).every(({ denominator, factors }) => {
    return denominator === 1 && factors.every(({ atom, power }) => power > 0 && isWholeAtom(atom));
  });
}

/** The number that a formula without symbols is, as a float; `undefined` for others. */
export function numberOfReal(known: Known): number | undefined {
  const [term, ...others] = termsOf(known);
  if (term === undefined) return 0;
  return others.length > 0 || term.factors.length > 0 ? undefined : term.numerator / term.denominator;
}

function realOfNumber(numerator: number, denominator: number): Known | undefined {
  if (!Number.isInteger(numerator) || Math.abs(numerator) > LARGEST * denominator) return undefined;
  const shared = greatestCommonDivisor(numerator, denominator);
  const parts = [{ numerator: numerator / shared, denominator: denominator / shared, factors: [] }];
  const number = normalise(numerator === 0 ? [] : parts);
  return number.kind === 'unknown' ? undefined : number;
}

/** Whether a double holds the value exactly: a binary fraction of few bits, or a float times a power of two. */
function isRepresentable(known: Known, isWhole: boolean): boolean {
  const terms = termsOf(known);
  if (isWhole && terms.every(isGridTerm)) return true;
  return terms.length === 1 && terms.every((term) => isScaledFloat(term, isWhole));
}

function isGridTerm(term: Term): boolean {
  return isBinary(term) && term.factors.every(({ atom, power }) => power > 0 && isWholeAtom(atom));
}

function isBinary({ numerator, denominator }: Term): boolean {
  return isPowerOfTwo(denominator) && denominator <= MOST_PARTS && Math.abs(numerator) <= LARGEST;
}

function isScaledFloat(term: Term, isWhole: boolean): boolean {
  const [factor, ...others] = term.factors;
  if (factor === undefined || others.length > 0 || factor.power !== 1) return false;
  const isOne = isFloatAtom(factor.atom) || (!isWhole && factor.atom.kind === 'symbol');
  return isBinary(term) && isPowerOfTwo(Math.abs(term.numerator)) && isOne;
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value)) && 2 ** Math.log2(value) === value;
}

/** Whether the atom is an integer for all integers. The quotient of `divideExactly` is one only where it was said to be. */
function isWholeAtom(atom: Atom): boolean {
  if (atom.kind === 'symbol') return !isFloatAtom(atom);
  switch (atom.operator) {
    case '//':
    case 'int':
    case 'round':
    case 'floor':
    case 'ceil':
      return true;
    case '%':
    case 'max':
    case 'min':
      return atom.operands.every(isCertainlyWhole);
    case '/':
    case 'float':
      return false;
  }
}

/** Whether the atom is one double: a literal such as 0.1, a parameter that is a float, a result that was rounded, or one of several doubles. */
function isFloatAtom(atom: Atom): boolean {
  if (atom.kind === 'symbol') return atom.id.startsWith('#');
  return (
    atom.operator === 'float' || ((atom.operator === 'max' || atom.operator === 'min') && !isWholeAtom(atom))
  );
}

/**
 * The floor or ceiling of a quotient of integers as a floor division: `ceil(x / 4)` is `(x + 3) // 4`. A quotient that
 * was rounded to a double has the same floor, since below 2^53 no double lies between it and the next integer.
 */
function floorOf(rounding: 'floor' | 'ceil', real: Known): Quantity | undefined {
  const atom = atomOf(real);
  const inner = atom?.kind === 'operation' && atom.operator === 'float' ? atom.operands[0] : undefined;
  const terms = termsOf(inner ?? real);
  const isQuotient = terms.every(({ factors }) =>
    factors.every(({ atom: each, power }) => power > 0 && isWholeAtom(each)),
  );
  const parts = terms.reduce(
    (common, { denominator }) => (common / greatestCommonDivisor(common, denominator)) * denominator,
    1,
  );
  if (!isQuotient || parts > MOST_PARTS) return undefined;
  const dividend = multiply(exact(parts), normalise(terms));
  return floorDivide(rounding === 'floor' ? dividend : add(dividend, exact(parts - 1)), exact(parts));
}

function roundNumber(rounding: Rounding, value: number): number {
  switch (rounding) {
    case 'int':
      return Math.trunc(value);
    case 'floor':
      return Math.floor(value);
    case 'ceil':
      return Math.ceil(value);
    case 'round': {
      const low = Math.floor(value);
      const isTie = value - low === 0.5;
      return isTie ? low + Math.abs(low % 2) : Math.round(value);
    }
  }
}
