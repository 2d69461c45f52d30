/** Where elements go when a tensor is moved, cut, repeated or reduced: the companions of the rules about shapes. */
import { numberOf, type Quantity } from '../symbolic/quantity';
import type { BoundCall } from './library';
import { integerOf, isAbsent, itemsOf, valueOf } from './read';
import { axisOf, type Shape } from './shapes';
import { sizesOf } from './tensor';
import type { TensorMethod } from './tensorMethods';
import { boundsOf, converted, fromBounds, picked } from './values/elements';
import { broadcastPositions, permutedPositions, positionsAlong } from './values/layout';
import { reduced, running } from './values/reductions';
import type { DType } from './values/dtypes';
import { dtypeOf } from './types';

type Carry = NonNullable<TensorMethod['elements']>;

/** A moved tensor keeps the type of its elements. */
export function moving(elements: Carry): Pick<TensorMethod, 'dtype' | 'elements'> {
  return { dtype: 'same', elements };
}

/** The axes of an argument, counted from the front; all of them where it is absent. */
export function axesOf(call: BoundCall, name: string, rank: number): readonly number[] | undefined {
  if (isAbsent(call, name)) return Array.from({ length: rank }, (_, axis) => axis);
  const axes = sizesOf(valueOf(call, name))?.map((axis) => axisOf(axis, rank));
  const known = axes?.filter((axis) => axis !== undefined);
  return known?.length === axes?.length ? known : undefined;
}

/** The axes in the order of an argument, reversed without one. */
export function permutedBy(order: string): Carry {
  return (elements, sizes, call) => {
    const given = valueOf(call, order);
    const isReversed = given.kind === 'none' || itemsOf(given)?.length === 0;
    const axes = isReversed
      ? sizes.map((_, axis) => sizes.length - 1 - axis)
      : axesOf(call, order, sizes.length);
    return axes && [picked(elements, permutedPositions(sizes, axes))];
  };
}

/** All axes in the opposite order. */
export const reversedAxes: Carry = (elements, sizes) => [
  picked(
    elements,
    permutedPositions(
      sizes,
      sizes.map((_, axis) => sizes.length - 1 - axis),
    ),
  ),
];

/** Two axes exchanged. */
export function swappedBy(first: string, second: string): Carry {
  return (elements, sizes, call) => {
    const [a] = axesOf(call, first, sizes.length) ?? [];
    const [b] = axesOf(call, second, sizes.length) ?? [];
    if (a === undefined || b === undefined) return undefined;
    const order = sizes.map((_, axis) => (axis === a ? b : axis === b ? a : axis));
    return [picked(elements, permutedPositions(sizes, order))];
  };
}

/** Axes turned round. */
export function flippedBy(axes: string): Carry {
  return (elements, sizes, call) => {
    const turned = axesOf(call, axes, sizes.length);
    return (
      turned && [
        turned.reduce((all, axis) => {
          const size = sizes[axis] ?? 1;
          const places = Array.from({ length: size }, (_, index) => size - 1 - index);
          return picked(all, positionsAlong(sizes, axis, places));
        }, elements),
      ]
    );
  };
}

/** Parts along an axis, whose sizes the rule about shapes has. */
export function cutElements(
  axis: string,
  parts: (size: Quantity, call: BoundCall) => readonly Quantity[] | undefined,
): Carry {
  return (elements, sizes, call) => {
    const [at] = isAbsent(call, axis) ? [0] : (axesOf(call, axis, sizes.length) ?? []);
    if (at === undefined) return undefined;
    const lengths = parts({ kind: 'exact', value: sizes[at] ?? 1 }, call)?.map(numberOf);
    let start = 0;
    return lengths?.map((length) => {
      const places = Array.from({ length: length ?? 0 }, (_, index) => start + index);
      start += places.length;
      return picked(elements, positionsAlong(sizes, at, places));
    });
  };
}

/** The tensor repeated to fill the shape that an argument gives; -1 keeps a size. */
export function expandedTo(sizesName: string): Carry {
  return (elements, sizes, call) => {
    const wanted = sizesOf(valueOf(call, sizesName))?.map(numberOf);
    const offset = (wanted?.length ?? 0) - sizes.length;
    const to = wanted?.map((size, axis) => (size === -1 ? sizes[axis - offset] : size));
    const known = to?.filter((size) => size !== undefined);
    if (known === undefined || known.length !== to?.length) return undefined;
    return [picked(elements, broadcastPositions(sizes, known))];
  };
}

/** Axes taken together by the named function, in the type that the call asks for. */
export function reducedBy(name: string, axis: string): Carry {
  return (elements, sizes, call) => {
    const isPlain = [...call.args.keywords.keys()].every((key) => REDUCING.has(key));
    const axes = isPlain ? axesOf(call, axis, sizes.length) : undefined;
    const dtype = isAbsent(call, 'dtype') ? elements.dtype : dtypeOf(valueOf(call, 'dtype'), 'torch');
    const result = axes && dtype && reduced(name, converted(elements, dtype), sizes, axes);
    return result && [result];
  };
}

/** Arguments that a reduction's values are followed with: `where=` and `initial=` are not. */
const REDUCING = new Set([
  'dim',
  'axis',
  'keepdim',
  'keepdims',
  'dtype',
  'a',
  'input',
  'input_tensor',
  'name',
]);

/** Running sums or products of a vector. */
export function runningBy(name: 'cumsum' | 'cumprod'): Carry {
  return (elements, sizes, call) =>
    sizes.length === 1 && isAbsent(call, 'dtype') ? [running(name, elements)] : undefined;
}

/** Every element converted. */
export function convertedTo(dtype: DType): Pick<TensorMethod, 'dtype' | 'elements'> {
  return { dtype, elements: (elements) => [converted(elements, dtype)] };
}

/** Every element kept between two numbers. */
export function clampedBy(low: string, high: string): Carry {
  return (elements, _, call) => {
    const [least, most] = [low, high].map((name) => limitOf(call, name));
    if (least === undefined || most === undefined || elements.dtype === 'bool') return undefined;
    const isWhole = [least, most].every((limit) => !Number.isFinite(limit) || Number.isInteger(limit));
    const isFloat = elements.dtype === 'float32' || elements.dtype === 'float64';
    if (!isWhole && !isFloat) return undefined;
    const clamp = (value: number) => Math.min(most, Math.max(least, value));
    const bounds = boundsOf(elements).map(([a, b]) => [clamp(a), clamp(b)] as const);
    return [converted(fromBounds('float64', bounds), elements.dtype)];
  };
}

function limitOf(call: BoundCall, name: string): number | undefined {
  if (isAbsent(call, name)) return name.includes('min') ? -Infinity : Infinity;
  const value = valueOf(call, name);
  return value.kind === 'int' || value.kind === 'float' ? value.value : undefined;
}

/** The position of one axis that an argument names. */
export function axisAt(call: BoundCall, name: string, shape: Shape, extra = 0): number | undefined {
  return axisOf(integerOf(call, name), shape.length + extra);
}
