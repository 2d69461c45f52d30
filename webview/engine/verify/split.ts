/** The proof that a grouped convolution is its groups convolved apart and concatenated. */
import { type Geometry, inputPositions, kernelElements, outputPositions } from '../../../src/conv/geometry';
import type { SplitProof } from '../../../src/conv/verification';
import type { ConvEngine } from '../kernel';
import { sizesOf } from '../kernel';
import { createRandom, randomReals } from '../random';
import type { Watch } from './types';

/**
 * Runs the geometry at once and group by group on the same random data, and compares; `undefined` when cancelled.
 * Input, weight and bias of a group are contiguous, as PyTorch narrows them along their first channel axis.
 */
export async function splitProof(
  geometry: Geometry,
  engine: ConvEngine,
  watch: Watch,
): Promise<SplitProof | undefined> {
  const random = createRandom(20240608);
  const sizes = sizesOf(geometry);
  const input = randomReals(random, sizes.input);
  const weight = randomReals(random, sizes.weight);
  const bias = randomReals(random, geometry.outChannels);
  const whole = engine.convolve(geometry, input, weight, bias);
  const apart = new Float32Array(sizes.output);
  for (let group = 0; group < geometry.groups; group++) {
    if (group % pauseEvery(geometry) === 0) await watch.pause();
    if (watch.isCancelled()) return undefined;
    const part = (data: Float32Array) => {
      const length = data.length / geometry.groups;
      return data.slice(group * length, (group + 1) * length);
    };
    const output = engine.convolve(groupGeometry(geometry), part(input), part(weight), part(bias));
    apart.set(output, group * output.length);
    watch.advance(1);
  }
  const outputShape = [1, geometry.outChannels, ...geometry.axes.map((axis) => axis.output)];
  const maxAbsDifference = largestDifference(whole, apart);
  return { parts: geometry.groups, maxAbsDifference, elements: whole.length, outputShape };
}

/** The largest absolute difference of two arrays of the same length; NaN counts as infinite. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < a.length; index++) {
    const difference = Math.abs(a[index] - b[index]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

/** How far rounding to float32 may take two results of the geometry on data in [-1, 1) apart. */
export function roundingTolerance(geometry: Geometry): number {
  const products = (geometry.inChannels / geometry.groups) * kernelElements(geometry);
  return 2 ** -20 * (1 + Math.sqrt(products));
}

function groupGeometry(geometry: Geometry): Geometry {
  const { groups } = geometry;
  return {
    ...geometry,
    inChannels: geometry.inChannels / groups,
    outChannels: geometry.outChannels / groups,
    groups: 1,
  };
}

/** Groups between two pauses, so that small groups are not slowed down. */
function pauseEvery(geometry: Geometry): number {
  const positions = geometry.transposed ? inputPositions(geometry) : outputPositions(geometry);
  const weights = (geometry.outChannels / geometry.groups) * (geometry.inChannels / geometry.groups);
  return Math.max(1, Math.floor(2e7 / (positions * weights * kernelElements(geometry))));
}
