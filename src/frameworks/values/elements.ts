/**
 * The elements of a small tensor, each known within bounds. The bounds are equal where the value is known exactly; a
 * result is given away only then. Functions whose last digits differ between platforms widen the bounds, so that what
 * rounds the same everywhere is known again after rounding, and what does not is unknown.
 */
import { categoryOf, fit, unitInLastPlace, type DType } from './dtypes';

/** Row-major; `low[i] <= element i <= high[i]`, infinite where nothing is known. */
export interface Elements {
  readonly dtype: DType;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export type Bounds = readonly [low: number, high: number];

/** Larger tensors carry no values. */
export const MOST_ELEMENTS = 4096;

/** Nothing is known. */
export const ANY: Bounds = [-Infinity, Infinity];

/** The distance, in units in the last place, by which implementations of `log`, `exp`, `pow` and their kin may differ. */
const DIFFERENCE = 4;

/** Elements that are these numbers, as the type holds them. */
export function exactly(dtype: DType, numbers: readonly number[]): Elements {
  return fromBounds(
    dtype,
    numbers.map((number) => fitted(dtype, number, number)),
  );
}

/** Elements of which nothing but the type is known. */
export function anything(dtype: DType, count: number): Elements {
  return { dtype, low: Array<number>(count).fill(ANY[0]), high: Array<number>(count).fill(ANY[1]) };
}

/** Elements with these bounds, which must fit the type. */
export function fromBounds(dtype: DType, bounds: readonly Bounds[]): Elements {
  return { dtype, low: bounds.map(([low]) => low), high: bounds.map(([, high]) => high) };
}

/** The bounds of one element. */
export function boundsAt(elements: Elements, index: number): Bounds {
  return [elements.low[index] ?? ANY[0], elements.high[index] ?? ANY[1]];
}

/** The bounds of every element. */
export function boundsOf(elements: Elements): Bounds[] {
  return elements.low.map((_, index) => boundsAt(elements, index));
}

/** One element's value where it is known exactly. */
export function valueAt(elements: Elements, index: number): number | undefined {
  const [low, high] = boundsAt(elements, index);
  return low === high ? low : undefined;
}

/** All values, or `undefined` when one of them is not known exactly. */
export function valuesOf(elements: Elements): readonly number[] | undefined {
  return elements.low.every((low, index) => low === elements.high[index]) ? elements.low : undefined;
}

/** Bounds rounded to what the type holds; nothing is known of what it cannot hold. */
export function fitted(dtype: DType, low: number, high: number): Bounds {
  const [first, last] = [fit(dtype, low), fit(dtype, high)];
  return Number.isFinite(first) && Number.isFinite(last) ? [first, last] : ANY;
}

/** Bounds that hold for every implementation of a function whose last digits are not settled. */
export function loosened(dtype: DType, [low, high]: Bounds): Bounds {
  const below = low - DIFFERENCE * unitInLastPlace(dtype, low);
  return fitted(dtype, below, high + DIFFERENCE * unitInLastPlace(dtype, high));
}

/** The smallest bounds around all these numbers. */
export function around(dtype: DType, numbers: readonly number[]): Bounds {
  return numbers.some(Number.isNaN) ? ANY : fitted(dtype, Math.min(...numbers), Math.max(...numbers));
}

/** The elements converted: fractions are cut off where the new type has integers. */
export function converted(elements: Elements, dtype: DType): Elements {
  if (elements.dtype === dtype) return elements;
  const bounds = boundsOf(elements).map((each): Bounds => convertedBounds(each, dtype));
  return fromBounds(dtype, bounds);
}

function convertedBounds([low, high]: Bounds, dtype: DType): Bounds {
  const category = categoryOf(dtype);
  if (category === 'int') return fitted(dtype, Math.trunc(low), Math.trunc(high));
  if (category === 'float') return fitted(dtype, low, high);
  if (low === 0 && high === 0) return [0, 0];
  return low > 0 || high < 0 ? [1, 1] : [0, 1];
}

/** Elements picked by position, in the order of the positions. */
export function picked(elements: Elements, positions: readonly number[]): Elements {
  return fromBounds(
    elements.dtype,
    positions.map((position) => boundsAt(elements, position)),
  );
}

/** The elements of several tensors of one type one behind the other. */
export function joined(dtype: DType, parts: readonly Elements[]): Elements {
  return { dtype, low: parts.flatMap(({ low }) => low), high: parts.flatMap(({ high }) => high) };
}
