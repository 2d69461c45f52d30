/** The numbers of `arange` and `linspace`. */
import { categoryOf, fit, type DType } from './dtypes';
import { around, exactly, fromBounds, loosened, type Bounds, type Elements } from './elements';

/** How many numbers there are from `start` to `stop`, the latter left out. */
export function rangeLength(start: number, stop: number, step: number): number {
  return Math.max(0, Math.ceil((stop - start) / step));
}

/** `start`, `start + step`, …: whole numbers exactly, fractions within bounds, as the sum may be made in two ways. */
export function rangeElements(dtype: DType, start: number, step: number, length: number): Elements {
  const numbers = Array.from({ length }, (_, index) => start + index * step);
  const isWhole = Number.isInteger(start) && Number.isInteger(step);
  if (isWhole || categoryOf(dtype) !== 'float') return exactly(dtype, numbers);
  const bounds = numbers.map((number, index): Bounds => {
    const exact = around(dtype, [number]);
    return index === 0 ? exact : loosened(dtype, exact);
  });
  return fromBounds(dtype, bounds);
}

/**
 * Evenly spaced numbers as PyTorch computes them: from the start in the first half, from the end in the second, the
 * product rounded or not, as processors differ. Source: aten/src/ATen/native/cpu/RangeFactoriesKernel.cpp.
 */
export function torchLinspace(dtype: DType, start: number, end: number, count: number): Elements {
  const [first, last] = [fit(dtype, start), fit(dtype, end)];
  const step = fit(dtype, fit(dtype, last - first) / (count - 1));
  const bounds = Array.from({ length: count }, (_, index): Bounds => {
    if (count === 1) return around(dtype, [first]);
    const isFirstHalf = index < Math.floor(count / 2);
    const places = isFirstHalf ? index : count - index - 1;
    const from = isFirstHalf ? first : last;
    const sign = isFirstHalf ? 1 : -1;
    return around(dtype, [from + sign * fit(dtype, step * places), from + sign * step * places]);
  });
  return fromBounds(dtype, bounds);
}

/**
 * Evenly spaced numbers as NumPy computes them: multiples of the step added to the start, the last one set to the end.
 * Source: numpy/core/function_base.py.
 */
export function numpyLinspace(start: number, end: number, count: number, hasEnd: boolean): Elements {
  const parts = hasEnd ? count - 1 : count;
  const step = (end - start) / parts;
  const place = (index: number) =>
    step === 0 ? (index / parts) * (end - start) + start : index * step + start;
  const numbers = Array.from({ length: count }, (_, index) => (parts > 0 ? place(index) : start));
  if (hasEnd && count > 1) numbers[count - 1] = end;
  return exactly('float64', numbers);
}
