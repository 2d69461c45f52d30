/** Many elements taken together: sums, products, extremes, running sums, order. */
import { categoryOf, unitInLastPlace, type DType } from './dtypes';
import {
  ANY,
  anything,
  around,
  boundsAt,
  fitted,
  fromBounds,
  valueAt,
  valuesOf,
  type Bounds,
  type Elements,
} from './elements';
import { paired, binaryNamed } from './elementwise';
import { groupsOver, countOf } from './layout';

const LONGEST_RUNNING = 512;

/** What becomes of a group of elements. */
type Fold = (group: readonly Bounds[], dtype: DType) => Bounds;

const FOLDS: Readonly<
  Record<string, { readonly fold: Fold; readonly result: 'sum' | 'same' | 'bool' | 'index' }>
> = {
  sum: { fold: sum, result: 'sum' },
  prod: { fold: product, result: 'sum' },
  max: { fold: (group) => extremeOf(group, Math.max), result: 'same' },
  min: { fold: (group) => extremeOf(group, Math.min), result: 'same' },
  amax: { fold: (group) => extremeOf(group, Math.max), result: 'same' },
  amin: { fold: (group) => extremeOf(group, Math.min), result: 'same' },
  any: { fold: (group) => extremeOf(group.map(truth), Math.max), result: 'bool' },
  all: { fold: (group) => extremeOf(group.map(truth), Math.min), result: 'bool' },
  argmax: { fold: (group) => placeOf(group, Math.max), result: 'index' },
  argmin: { fold: (group) => placeOf(group, Math.min), result: 'index' },
  count_nonzero: { fold: (group) => sum(group.map(truth), 'int64'), result: 'index' },
};

/** The elements left when these axes are taken together by the named function; `undefined` for other names. */
export function reduced(
  name: string,
  elements: Elements,
  sizes: readonly number[],
  axes: readonly number[],
): Elements | undefined {
  if (name === 'mean') return mean(elements, sizes, axes);
  const entry = Object.hasOwn(FOLDS, name) ? FOLDS[name] : undefined;
  if (entry === undefined || countOf(sizes) === 0) return undefined;
  const dtype = { sum: sumType(elements.dtype), same: elements.dtype, bool: 'bool', index: 'int64' } as const;
  const into = dtype[entry.result];
  const groups = groupsOver(sizes, axes).map((group) => group.map((at) => boundsAt(elements, at)));
  return fromBounds(
    into,
    groups.map((group) => entry.fold(group, into)),
  );
}

/** Integers and truth values are added as 64-bit integers. */
export function sumType(dtype: DType): DType {
  return categoryOf(dtype) === 'float' ? dtype : 'int64';
}

/** Sums, or products, of the first, the first two, … elements of a vector; unknown for long ones. */
export function running(name: 'cumsum' | 'cumprod', elements: Elements): Elements {
  const dtype = sumType(elements.dtype);
  if (elements.low.length > LONGEST_RUNNING) return anything(dtype, elements.low.length);
  const fold = name === 'cumsum' ? sum : product;
  const bounds = elements.low.map((_, index) => boundsAt(elements, index));
  return fromBounds(
    dtype,
    bounds.map((_, index) => fold(bounds.slice(0, index + 1), dtype)),
  );
}

/** The different values of a vector in rising order; `undefined` when they are not known. */
export function unique(elements: Elements): readonly number[] | undefined {
  const values = valuesOf(elements);
  return values && [...new Set(values)].sort((a, b) => a - b);
}

/** The vector in rising, or falling, order. */
export function sorted(elements: Elements, isDescending: boolean): Elements {
  const order = (numbers: readonly number[]) => [...numbers].sort((a, b) => (isDescending ? b - a : a - b));
  return { dtype: elements.dtype, low: order(elements.low), high: order(elements.high) };
}

/**
 * Frameworks add in different orders: a sum of fractions is known within a bound on the rounding of any order, one of
 * integers exactly as long as no partial sum can be rounded.
 */
function sum(group: readonly Bounds[], dtype: DType): Bounds {
  const low = total(group.map(([each]) => each));
  const high = total(group.map(([, each]) => each));
  const size = total(group.map((each) => Math.max(Math.abs(each[0]), Math.abs(each[1]))));
  const isWhole = group.every((each) => each.every(Number.isInteger)) && size < wholeLimit(dtype);
  if (isWhole || group.length === 1) return fitted(dtype, low, high);
  const slack = unitInLastPlace(dtype, size) * group.length;
  return categoryOf(dtype) === 'float' ? fitted(dtype, low - slack, high + slack) : ANY;
}

function product(group: readonly Bounds[], dtype: DType): Bounds {
  const multiply = binaryNamed('mul');
  if (multiply === undefined) return ANY;
  const result = group.reduce<Elements>(
    (all, each) => paired(multiply, all, fromBounds(dtype, [each])),
    fromBounds(dtype, [[1, 1]]),
  );
  const [low, high] = boundsAt(result, 0);
  const isWhole = group.every((each) => each[0] === each[1] && Number.isInteger(each[0]));
  const isExact = categoryOf(dtype) !== 'float' || (isWhole && Math.abs(high) < wholeLimit(dtype));
  if (isExact || group.length === 1) return [low, high];
  const slack = (end: number) => unitInLastPlace(dtype, end) * 2 * group.length;
  return fitted(dtype, low - slack(low), high + slack(high));
}

function mean(elements: Elements, sizes: readonly number[], axes: readonly number[]): Elements | undefined {
  const divide = binaryNamed('truediv');
  const count = axes.reduce((product_, axis) => product_ * (sizes[axis] ?? 1), 1);
  const dtype: DType = categoryOf(elements.dtype) === 'float' ? elements.dtype : 'float64';
  const sums = reduced('sum', { ...elements, dtype }, sizes, axes);
  if (sums === undefined || divide === undefined) return undefined;
  return paired(
    divide,
    sums,
    fromBounds(
      dtype,
      sums.low.map((): Bounds => [count, count]),
    ),
  );
}

function extremeOf(group: readonly Bounds[], pick: (...numbers: number[]) => number): Bounds {
  return [pick(...group.map(([low]) => low)), pick(...group.map(([, high]) => high))];
}

/** The first place of the extreme, where it is the only candidate. */
function placeOf(group: readonly Bounds[], pick: (...numbers: number[]) => number): Bounds {
  const values = group.map((_, index) => valueAt(fromBounds('float64', group), index));
  if (values.includes(undefined)) return ANY;
  const known = values.map((value) => value ?? 0);
  const best = pick(...known);
  // Which of several equal ones is taken is not settled.
  return known.filter((value) => value === best).length > 1 ? ANY : around('int64', [known.indexOf(best)]);
}

function truth([low, high]: Bounds): Bounds {
  if (low === 0 && high === 0) return [0, 0];
  return low > 0 || high < 0 ? [1, 1] : [0, 1];
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

/** Below it every integer is exact. */
function wholeLimit(dtype: DType): number {
  return categoryOf(dtype) !== 'float' || dtype === 'float64' ? 2 ** 53 : dtype === 'float32' ? 2 ** 24 : 256;
}
