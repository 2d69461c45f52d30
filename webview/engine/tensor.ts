/** The doors of the engine: from the layouts of frameworks to the one inside, and back. */
import type { ConvSpec, WeightLayout } from '../../src/conv/spec';

/** Numbers with a shape, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Numbers;
}

/** Arrays the engine takes. */
export type Numbers = Float32Array | Float64Array;

/** `[batch, …spatial, channels]` as `[batch, channels, …spatial]`. */
export function toChannelsFirst(tensor: Tensor): Tensor {
  const last = tensor.shape.length - 1;
  return permute(tensor, [0, last, ...between(1, last)]);
}

/** `[batch, channels, …spatial]` as `[batch, …spatial, channels]`. */
export function toChannelsLast(tensor: Tensor): Tensor {
  return permute(tensor, [0, ...between(2, tensor.shape.length), 1]);
}

/**
 * A weight in the layout `spec` states as the engine's: `[out, in / groups, …kernel]`, transposed
 * `[in, out / groups, …kernel]`.
 */
export function weightToEngine(weight: Tensor, spec: Pick<ConvSpec, 'weightLayout'>): Tensor {
  const order = ENGINE_ORDER[spec.weightLayout](weight.shape.length);
  const moved = permute(weight, order);
  return spec.weightLayout === 'KIM' ? mergeMultiplier(moved) : moved;
}

/** The reverse of `weightToEngine`; `inChannels` tells how many filters an input channel of `KIM` has. */
export function weightFromEngine(
  weight: Tensor,
  spec: Pick<ConvSpec, 'weightLayout'>,
  inChannels: number,
): Tensor {
  const order = ENGINE_ORDER[spec.weightLayout](weight.shape.length);
  const split = spec.weightLayout === 'KIM' ? splitMultiplier(weight, inChannels) : weight;
  return permute(split, inverse(order));
}

/** The tensor with axis `order[i]` of the given one as axis `i`. */
export function permute(tensor: Tensor, order: readonly number[]): Tensor {
  const strides = rowMajorStrides(tensor.shape);
  const shape = order.map((axis) => tensor.shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  const data = tensor.data.slice();
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    data[to] = tensor.data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++index[axis] < shape[axis]) break;
      from -= steps[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return { shape, data };
}

/** Number of elements of a shape. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** For each layout the order of axes that brings it to the engine's, given the number of axes. */
const ENGINE_ORDER: { readonly [L in WeightLayout]: (axes: number) => number[] } = {
  OIK: (axes) => between(0, axes),
  IOK: (axes) => between(0, axes),
  KIO: (axes) => [axes - 1, axes - 2, ...between(0, axes - 2)],
  KOI: (axes) => [axes - 1, axes - 2, ...between(0, axes - 2)],
  KIM: (axes) => [axes - 2, axes - 1, ...between(0, axes - 2)],
};

/** `[in, multiplier, …kernel]` as `[in·multiplier, 1, …kernel]`: filter `q·multiplier + r` reads channel `q`. */
function mergeMultiplier({ shape: [channels, multiplier, ...kernel], data }: Tensor): Tensor {
  return { shape: [channels * multiplier, 1, ...kernel], data };
}

function splitMultiplier({ shape: [filters, , ...kernel], data }: Tensor, inChannels: number): Tensor {
  return { shape: [inChannels, filters / inChannels, ...kernel], data };
}

function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

function inverse(order: readonly number[]): number[] {
  const result = new Array<number>(order.length);
  order.forEach((from, to) => (result[from] = to));
  return result;
}

function between(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}
