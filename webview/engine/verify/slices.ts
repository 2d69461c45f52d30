/** Which pairs of channels a weight holds a slice for, read from its own shape and layout. */
import { type ConvSpec, type WeightLayout } from '../../../src/conv/spec';

/** The slices of one weight tensor; slice `s` holds the taps of one output and one input channel. */
export interface WeightSlices {
  readonly shape: readonly number[];
  readonly count: number;
  /** Taps of one slice, `step` elements apart. */
  readonly taps: number;
  readonly step: number;
  outputOf(slice: number): number;
  inputOf(slice: number): number;
  /** Index of its first tap in the tensor. */
  startOf(slice: number): number;
}

/**
 * The slices of a weight of `shape` for this many channels. The number of blocks is read from the shape: a weight
 * `[9, 1, 3, 3]` of 3 input channels has 3 blocks, whatever `groups` was said to be.
 */
export function slicesOf(
  spec: Pick<ConvSpec, 'weightLayout' | 'rank'>,
  shape: readonly number[],
  inChannels: number,
  outChannels: number,
): WeightSlices {
  const kernelFirst = spec.weightLayout.startsWith('K');
  const [first, second] = kernelFirst ? shape.slice(spec.rank) : shape;
  const kernel = kernelFirst ? shape.slice(0, spec.rank) : shape.slice(2);
  const taps = kernel.reduce((count, size) => count * size, 1);
  const count = first * second;
  const channels = PAIRS[spec.weightLayout]({ first, second, inChannels, outChannels });
  return {
    shape,
    count,
    taps,
    step: kernelFirst ? count : 1,
    outputOf: (slice) => channels.output(Math.floor(slice / second), slice % second),
    inputOf: (slice) => channels.input(Math.floor(slice / second), slice % second),
    startOf: (slice) => (kernelFirst ? slice : slice * taps),
  };
}

/** The two channel axes of a weight, in the order they stand. */
interface ChannelAxes {
  readonly first: number;
  readonly second: number;
  readonly inChannels: number;
  readonly outChannels: number;
}

interface Pair {
  output(first: number, second: number): number;
  input(first: number, second: number): number;
}

/** How each layout's two channel indices name an output and an input channel. */
const PAIRS: { readonly [L in WeightLayout]: (axes: ChannelAxes) => Pair } = {
  OIK: ({ first, second, inChannels }) => {
    const filters = first / (inChannels / second);
    return { output: (o) => o, input: (o, i) => Math.floor(o / filters) * second + i };
  },
  KIO: ({ first, second, inChannels }) => {
    const filters = second / (inChannels / first);
    return { output: (_, o) => o, input: (i, o) => Math.floor(o / filters) * first + i };
  },
  IOK: ({ first, second, outChannels }) => {
    const inputs = first / (outChannels / second);
    return { input: (i) => i, output: (i, o) => Math.floor(i / inputs) * second + o };
  },
  KOI: ({ first, second, outChannels }) => {
    const inputs = second / (outChannels / first);
    return { input: (_, i) => i, output: (o, i) => Math.floor(i / inputs) * first + o };
  },
  KIM: ({ second: multiplier }) => ({ input: (q) => q, output: (q, r) => q * multiplier + r }),
};

/** Slices listed by the input channel they read. */
export interface SlicesByInput {
  /** The slices of `input`. */
  of(input: number): Int32Array;
}

/** The slices sorted by input channel, in two passes over the weight. */
export function sortByInput(slices: WeightSlices, inChannels: number): SlicesByInput {
  const starts = new Int32Array(inChannels + 1);
  for (let slice = 0; slice < slices.count; slice++) starts[slices.inputOf(slice) + 1]++;
  for (let input = 0; input < inChannels; input++) starts[input + 1] += starts[input];
  const next = starts.slice();
  const sorted = new Int32Array(slices.count);
  for (let slice = 0; slice < slices.count; slice++) sorted[next[slices.inputOf(slice)]++] = slice;
  return { of: (input) => sorted.subarray(starts[input], starts[input + 1]) };
}
