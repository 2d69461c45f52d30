/** Integers that may be unknown: exact numbers, formulas in a normal form, or unknown with a reason. */
import type { Reason } from './reason';

/** A safe integer known for certain. */
export interface Exact {
  readonly kind: 'exact';
  readonly value: number;
}

/**
 * A sum of terms over symbols, in normal form: like terms are merged, terms and factors are sorted, no coefficient
 * is zero, and at least one term has a factor. So `2*B` and `B*2` are equal data.
 */
export interface Formula {
  readonly kind: 'formula';
  readonly terms: readonly Term[];
}

/** `numerator/denominator` (lowest terms, denominator positive) times the factors. */
export interface Term {
  readonly numerator: number;
  readonly denominator: number;
  readonly factors: readonly Factor[];
}

/** An atom to a power; negative powers are quotients known to be whole, such as `inChannels / groups`. */
export interface Factor {
  readonly atom: Atom;
  readonly power: number;
}

/** What a formula cannot take apart: a named symbol, or an operation with an operand that is not exact. */
export type Atom =
  | { readonly kind: 'symbol'; readonly name: string; readonly id: string }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly operands: readonly Known[] };

/**
 * Operations that stay opaque: floor division, modulo, the largest, the smallest, whole quotient; Python's `int()`,
 * `round()`, `math.floor()` and `math.ceil()`; and `float`, the double nearest to a real number.
 */
export type Operator = '//' | '%' | 'max' | 'min' | '/' | Rounding | 'float';

/** Ways to make an integer of a number. */
export type Rounding = 'int' | 'round' | 'floor' | 'ceil';

/** A value that cannot be told, with the reason and the place where it arose. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: Reason;
}

/** A value with content: a number or a formula. */
export type Known = Exact | Formula;

/** An integer that may be unknown. Plain data: safe to post, to store and to compare structurally. */
export type Quantity = Known | Unknown;

/** The exact quantity `value`; what is not a safe integer is unknown as too large. */
export function exact(value: number): Quantity {
  if (Number.isSafeInteger(value)) return { kind: 'exact', value: value === 0 ? 0 : value };
  return unknown({ code: 'too-large', subject: 'the result' });
}

/** A symbol shown as `name`; symbols are the same only when their ids are. */
export function symbol(name: string, id: string = name): Formula {
  return {
    kind: 'formula',
    terms: [{ numerator: 1, denominator: 1, factors: [{ atom: { kind: 'symbol', name, id }, power: 1 }] }],
  };
}

/** An unknown quantity for `reason`. */
export function unknown(reason: Reason): Unknown {
  return { kind: 'unknown', reason };
}

/** The number, or `undefined` when the quantity is a formula or unknown. */
export function numberOf(quantity: Quantity): number | undefined {
  return quantity.kind === 'exact' ? quantity.value : undefined;
}

/** All numbers, or `undefined` when any quantity is not exact. */
export function numbersOf(quantities: readonly Quantity[]): number[] | undefined {
  const numbers: number[] = [];
  for (const quantity of quantities) {
    if (quantity.kind !== 'exact') return undefined;
    numbers.push(quantity.value);
  }
  return numbers;
}

/** The first unknown among the quantities, or `undefined` when all have content. */
export function firstUnknown(quantities: readonly Quantity[]): Unknown | undefined {
  return quantities.find((quantity) => quantity.kind === 'unknown');
}
