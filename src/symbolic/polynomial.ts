/** The normal form of formulas: sums of terms, merged, sorted and in lowest terms. */
import type { Atom, Factor, Known, Quantity, Term } from './quantity';
import { unknown } from './quantity';

/** The terms of a number or formula; zero has none. */
export function termsOf(known: Known): readonly Term[] {
  if (known.kind === 'formula') return known.terms;
  return known.value === 0 ? [] : [{ numerator: known.value, denominator: 1, factors: [] }];
}

/** The quantity whose terms are given in any order, merged; too large for exact arithmetic is unknown. */
export function normalise(terms: readonly Term[]): Quantity {
  const merged = new Map<string, Term>();
  for (const term of terms) {
    const key = factorsKey(term.factors);
    const before = merged.get(key);
    const sum = before === undefined ? term : addCoefficients(before, term);
    if (!isSafe(sum)) return unknown({ code: 'too-large', subject: 'the result' });
    merged.set(key, sum);
  }
  const kept = [...merged].filter(([, term]) => term.numerator !== 0).sort(byDegree);
  return toQuantity(kept.map(([, term]) => term));
}

/** The product of two terms; its coefficient is not a number when exact arithmetic cannot hold it. */
export function multiplyTerms(a: Term, b: Term): Term {
  const left = reduce(a.numerator, b.denominator, []);
  const right = reduce(b.numerator, a.denominator, []);
  const factors = mergeFactors([...a.factors, ...b.factors]);
  return checked(left.numerator * right.numerator, left.denominator * right.denominator, factors);
}

/** One over the term, which must not be zero. */
export function invertTerm(term: Term): Term {
  const factors = term.factors.map(({ atom, power }) => ({ atom, power: -power }));
  return reduce(term.denominator, term.numerator, factors);
}

/** Text that is the same exactly for equal atoms. */
export function atomKey(atom: Atom): string {
  if (atom.kind === 'symbol') return atom.id;
  return `${atom.operator}(${atom.operands.map(knownKey).join(',')})`;
}

/** Text that is the same exactly for equal numbers and formulas. */
export function knownKey(known: Known): string {
  return termsOf(known)
    .map((term) => `${term.numerator}/${term.denominator}${factorsKey(term.factors)}`)
    .join('+');
}

function toQuantity(terms: readonly Term[]): Quantity {
  const [first] = terms;
  if (first === undefined) return { kind: 'exact', value: 0 };
  const isNumber = terms.length === 1 && first.factors.length === 0 && first.denominator === 1;
  return isNumber ? { kind: 'exact', value: first.numerator } : { kind: 'formula', terms };
}

function addCoefficients(a: Term, b: Term): Term {
  const shared = greatestCommonDivisor(a.denominator, b.denominator);
  const left = a.numerator * (b.denominator / shared);
  const right = b.numerator * (a.denominator / shared);
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right)) return checked(NaN, 1, a.factors);
  const sum = checked(left + right, a.denominator * (b.denominator / shared), a.factors);
  return isSafe(sum) ? reduce(sum.numerator, sum.denominator, sum.factors) : sum;
}

/** A term in lowest terms already, or with NaN for a coefficient that is not exact. */
function checked(numerator: number, denominator: number, factors: readonly Factor[]): Term {
  const isExact = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  return isExact ? { numerator, denominator, factors } : { numerator: NaN, denominator: 1, factors };
}

function reduce(numerator: number, denominator: number, factors: readonly Factor[]): Term {
  const divisor = greatestCommonDivisor(numerator, denominator) * Math.sign(denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor, factors };
}

/** The largest positive integer that divides both; 0 only for two zeros. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}

function mergeFactors(factors: readonly Factor[]): Factor[] {
  const powers = new Map<string, Factor>();
  for (const factor of factors) {
    const key = atomKey(factor.atom);
    powers.set(key, { atom: factor.atom, power: (powers.get(key)?.power ?? 0) + factor.power });
  }
  return [...powers]
    .filter(([, factor]) => factor.power !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, factor]) => factor);
}

function factorsKey(factors: readonly Factor[]): string {
  return factors.map(({ atom, power }) => `·${atomKey(atom)}^${power}`).join('');
}

function byDegree([keyA, a]: [string, Term], [keyB, b]: [string, Term]): number {
  return degree(b) - degree(a) || (keyA < keyB ? -1 : 1);
}

function degree(term: Term): number {
  return term.factors.reduce((sum, { power }) => sum + power, 0);
}

function isSafe(term: Term): boolean {
  return Number.isSafeInteger(term.numerator) && Number.isSafeInteger(term.denominator);
}
