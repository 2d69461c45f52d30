/** What a convolution engine is, and the sizes every engine agrees on. */
import { type Geometry, inputPositions, kernelElements, outputPositions } from '../../src/conv/geometry';

/**
 * Computes convolutions. Data is `[batch, channels, …spatial]`; the weight is `[out, in / groups, …kernel]`, and for a
 * transposed convolution `[in, out / groups, …kernel]`; the bias `[out]`. All of it row-major.
 */
export interface ConvEngine {
  readonly name: string;
  /** The output, newly made; throws when an array has not the length the geometry asks for. */
  convolve(geometry: Geometry, input: Float32Array, weight: Float32Array, bias?: Float32Array): Float32Array;
}

/** Numbers of elements. */
export interface Sizes {
  readonly input: number;
  readonly weight: number;
  readonly output: number;
}

/** The lengths of the arrays a geometry goes with. */
export function sizesOf(geometry: Geometry): Sizes {
  const { batch, inChannels, outChannels, groups } = geometry;
  return {
    input: batch * inChannels * inputPositions(geometry),
    weight: outChannels * (inChannels / groups) * kernelElements(geometry),
    output: batch * outChannels * outputPositions(geometry),
  };
}

/** Throws when an array has not the length the geometry asks for. */
export function checkLengths(
  geometry: Geometry,
  input: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number> | undefined,
): void {
  const sizes = sizesOf(geometry);
  checkLength('input', input.length, sizes.input);
  checkLength('weight', weight.length, sizes.weight);
  if (bias !== undefined) checkLength('bias', bias.length, geometry.outChannels);
}

function checkLength(name: string, actual: number, expected: number): void {
  if (actual !== expected) throw new RangeError(`the ${name} has ${actual} elements, not ${expected}`);
}
