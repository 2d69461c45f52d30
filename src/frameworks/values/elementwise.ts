/** Functions of one and of two elements, shared by PyTorch, NumPy and TensorFlow. */
import { categoryOf, type DType } from './dtypes';
import {
  ANY,
  around,
  boundsAt,
  boundsOf,
  fromBounds,
  loosened,
  type Bounds,
  type Elements,
} from './elements';

/**
 * A function of one element. `trend` says how its result goes with the element, so that bounds give bounds; without
 * one a result is known for exact elements alone. `isUnsettled` results may differ in their last digits.
 */
export interface Unary {
  readonly compute: (x: number) => number;
  readonly trend?: 'up' | 'down';
  readonly isUnsettled?: true;
  /** `float` makes fractions of integers, `bool` truth values of everything. */
  readonly result: 'same' | 'float' | 'bool';
}

/**
 * A function of two elements. One that is `monotone` in each of them takes its extremes at the corners of the bounds.
 */
export interface Binary {
  readonly compute: (a: number, b: number, dtype: DType) => number;
  readonly isMonotone?: (a: Bounds, b: Bounds) => boolean;
  readonly isUnsettled?: (a: Bounds, b: Bounds, dtype: DType) => boolean;
  readonly result: 'promote' | 'divide';
}

const always = (): boolean => true;
const isUnsettled = true;

const UNARY: Readonly<Record<string, Unary>> = {
  neg: { compute: (x) => -x, trend: 'down', result: 'same' },
  abs: { compute: Math.abs, result: 'same' },
  square: { compute: (x) => x * x, result: 'same' },
  sign: { compute: Math.sign, trend: 'up', result: 'same' },
  round: { compute: roundHalfEven, trend: 'up', result: 'same' },
  floor: { compute: Math.floor, trend: 'up', result: 'same' },
  ceil: { compute: Math.ceil, trend: 'up', result: 'same' },
  trunc: { compute: Math.trunc, trend: 'up', result: 'same' },
  relu: { compute: (x) => Math.max(0, x), trend: 'up', result: 'same' },
  reciprocal: { compute: (x) => 1 / x, result: 'float' },
  sqrt: { compute: Math.sqrt, trend: 'up', result: 'float' },
  exp: { compute: Math.exp, trend: 'up', isUnsettled, result: 'float' },
  exp2: { compute: (x) => 2 ** x, trend: 'up', isUnsettled, result: 'float' },
  expm1: { compute: Math.expm1, trend: 'up', isUnsettled, result: 'float' },
  log: { compute: Math.log, trend: 'up', isUnsettled, result: 'float' },
  log2: { compute: Math.log2, trend: 'up', isUnsettled, result: 'float' },
  log10: { compute: Math.log10, trend: 'up', isUnsettled, result: 'float' },
  log1p: { compute: Math.log1p, trend: 'up', isUnsettled, result: 'float' },
  tanh: { compute: Math.tanh, trend: 'up', isUnsettled, result: 'float' },
  sigmoid: { compute: (x) => 1 / (1 + Math.exp(-x)), trend: 'up', isUnsettled, result: 'float' },
  logical_not: { compute: (x) => Number(x === 0), result: 'bool' },
};

const BINARY: Readonly<Record<string, Binary>> = {
  add: { compute: (a, b) => a + b, isMonotone: always, result: 'promote' },
  sub: { compute: (a, b) => a - b, isMonotone: always, result: 'promote' },
  mul: { compute: (a, b) => a * b, isMonotone: always, result: 'promote' },
  truediv: { compute: (a, b) => a / b, isMonotone: (_, b) => isOneSided(b), result: 'divide' },
  floordiv: { compute: floorDivision, isMonotone: (_, b) => isOneSided(b), result: 'promote' },
  truncdiv: {
    compute: (a, b) => Math.trunc(a / b),
    isMonotone: (_, b) => isOneSided(b),
    result: 'promote',
  },
  mod: { compute: remainder, result: 'promote' },
  fmod: { compute: (a, b) => a % b, result: 'promote' },
  pow: { compute: power, isMonotone: ([low]) => low > 0, isUnsettled: isPowerUnsettled, result: 'promote' },
  maximum: { compute: (a, b) => Math.max(a, b), isMonotone: always, result: 'promote' },
  minimum: { compute: (a, b) => Math.min(a, b), isMonotone: always, result: 'promote' },
};

/** Comparisons: whether the result is true, false, or may be either. */
const COMPARISONS: Readonly<Record<string, (a: Bounds, b: Bounds) => Bounds>> = {
  lt: (a, b) => less(a, b),
  gt: (a, b) => less(b, a),
  le: (a, b) => opposite(less(b, a)),
  ge: (a, b) => opposite(less(a, b)),
  eq: (a, b) => same(a, b),
  ne: (a, b) => opposite(same(a, b)),
  logical_and: (a, b) => truthOf([truth(a), truth(b)], (bits) => bits.every(Boolean)),
  logical_or: (a, b) => truthOf([truth(a), truth(b)], (bits) => bits.some(Boolean)),
  logical_xor: (a, b) => truthOf([truth(a), truth(b)], ([x, y]) => x !== y),
};

export function unaryNamed(name: string): Unary | undefined {
  return Object.hasOwn(UNARY, name) ? UNARY[name] : undefined;
}

export function binaryNamed(name: string): Binary | undefined {
  return Object.hasOwn(BINARY, name) ? BINARY[name] : undefined;
}

export function isComparison(name: string): boolean {
  return Object.hasOwn(COMPARISONS, name);
}

/** The function of every element; the elements have the type in which it is computed already. */
export function mapped(operation: Unary, elements: Elements): Elements {
  const dtype = operation.result === 'bool' ? 'bool' : elements.dtype;
  const bounds = boundsOf(elements).map(([low, high]): Bounds => {
    if (low !== high && operation.trend === undefined) return ANY;
    const ends = [operation.compute(low), operation.compute(high)];
    if (ends.some((end) => !Number.isFinite(end))) return ANY;
    const result = around(dtype, ends);
    return operation.isUnsettled && !isSettled(operation, low, high, ends) ? loosened(dtype, result) : result;
  });
  return fromBounds(dtype, bounds);
}

/** Pairs of elements combined: both lists are of the result's length and of the type in which it is computed. */
export function paired(operation: Binary, a: Elements, b: Elements): Elements {
  const { dtype } = a;
  const bounds = a.low.map((_, index) => pair(operation, boundsAt(a, index), boundsAt(b, index), dtype));
  return fromBounds(dtype, bounds);
}

/** Pairs of elements compared. */
export function compared(name: string, a: Elements, b: Elements): Elements {
  const compare = COMPARISONS[name];
  const bounds = a.low.map((_, index) => compare?.(boundsAt(a, index), boundsAt(b, index)) ?? ANY);
  return fromBounds('bool', bounds);
}

/** The nearest integer, ties to the even one, as all three frameworks round. */
export function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

/** Powers of two have the logarithm that one expects in every implementation, 0 has the power 1, and so on. */
function isSettled({ compute }: Unary, low: number, high: number, [first]: readonly number[]): boolean {
  if (low !== high || first === undefined) return false;
  if (compute === Math.log2) return Number.isInteger(first) && 2 ** first === low;
  return compute === Math.exp || compute === Math.tanh ? low === 0 : compute === Math.log && low === 1;
}

function pair(operation: Binary, a: Bounds, b: Bounds, dtype: DType): Bounds {
  if (dtype === 'bool') return ANY;
  const isExact = a[0] === a[1] && b[0] === b[1];
  if (!isExact && operation.isMonotone?.(a, b) !== true) return ANY;
  const corners = [a[0], a[1]].flatMap((x) => [b[0], b[1]].map((y) => operation.compute(x, y, dtype)));
  if (corners.some((corner) => !Number.isFinite(corner))) return ANY;
  const result = around(dtype, corners);
  return operation.isUnsettled?.(a, b, dtype) ? loosened(dtype, result) : result;
}

function isOneSided([low, high]: Bounds): boolean {
  return low > 0 || high < 0;
}

/** Python's floor division: made from the remainder, as PyTorch and NumPy do, in the type of the operands. */
function floorDivision(a: number, b: number, dtype: DType): number {
  if (b === 0) return NaN;
  const round = dtype === 'float32' ? Math.fround : (x: number) => x;
  const rest = a % b;
  const quotient = round(round(a - rest) / b);
  const shifted = rest !== 0 && rest < 0 !== b < 0 ? round(quotient - 1) : quotient;
  const floor = Math.floor(shifted);
  return shifted - floor > 0.5 ? floor + 1 : floor;
}

/** The remainder with the sign of the divisor. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** Integers have no negative powers; squares and roots are products and roots. */
function power(a: number, b: number, dtype: DType): number {
  if (categoryOf(dtype) === 'int' && b < 0) return NaN;
  if (b === 2) return a * a;
  return b === 0.5 ? Math.sqrt(a) : a ** b;
}

function isPowerUnsettled(_: Bounds, [low, high]: Bounds, dtype: DType): boolean {
  return categoryOf(dtype) === 'float' && !(low === high && [0, 0.5, 1, 2].includes(low));
}

function less(a: Bounds, b: Bounds): Bounds {
  if (a[1] < b[0]) return [1, 1];
  return a[0] >= b[1] ? [0, 0] : [0, 1];
}

function same(a: Bounds, b: Bounds): Bounds {
  if (a[1] < b[0] || b[1] < a[0]) return [0, 0];
  return a[0] === a[1] && b[0] === b[1] && a[0] === b[0] ? [1, 1] : [0, 1];
}

function opposite([low, high]: Bounds): Bounds {
  return [1 - high, 1 - low];
}

function truth([low, high]: Bounds): Bounds {
  if (low === 0 && high === 0) return [0, 0];
  return low > 0 || high < 0 ? [1, 1] : [0, 1];
}

function truthOf([a, b]: readonly [Bounds, Bounds], decide: (bits: readonly number[]) => boolean): Bounds {
  const results = a.flatMap((x) => b.map((y) => Number(decide([x, y]))));
  return [Math.min(...results), Math.max(...results)];
}
