/** What a convolution layer is: the words every other part of the product uses for it. All of it is plain data. */
import type { Quantity, Unknown } from '../symbolic/quantity';

/** Number of spatial axes. Axes always stand in the order depth, height, width. */
export type Rank = 1 | 2 | 3;

/** How values beyond the border are made. */
export type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

/** Where the channel axis of the data stands: `N C …` or `N … C`. */
export type DataLayout = 'channelsFirst' | 'channelsLast';

/**
 * Order of a weight's axes; `K` stands for the spatial axes, `O` for output channels, `I` for the input channels one
 * filter reads, `M` for the depth multiplier. `IOK` and `KOI` belong to transposed convolutions, where `O` of `IOK` is
 * the output channels of one group.
 */
export type WeightLayout = 'OIK' | 'IOK' | 'KIO' | 'KOI' | 'KIM';

/**
 * Padding of every spatial axis.
 * - `explicit`: elements added before and after. For a transposed convolution: elements cropped from the full scatter
 *   buffer of `(input - 1)·stride + effectiveKernel`; a negative `after` extends it (`outputPadding`).
 * - `same`: TensorFlow's SAME, whose split follows from the input size:
 *   total = max(0, (⌈n/stride⌉ - 1)·stride + effectiveKernel - n), the odd element after.
 * - `fromOutput`: a transposed convolution whose output size is an argument (`tf.nn.*_transpose`): the crop before is
 *   the padding the forward convolution would put before an input of that size, with SAME or VALID.
 */
export type Padding =
  | { readonly kind: 'explicit'; readonly before: readonly Quantity[]; readonly after: readonly Quantity[] }
  | { readonly kind: 'same' }
  | { readonly kind: 'fromOutput'; readonly rule: 'same' | 'valid'; readonly output: readonly Quantity[] }
  | Unknown;

/** One convolution with one weight. */
export interface ConvSpec {
  readonly rank: Rank;
  readonly transposed: boolean;
  readonly inChannels: Quantity;
  readonly outChannels: Quantity;
  /** One size an axis, as all lists here. */
  readonly kernelSize: readonly Quantity[];
  readonly stride: readonly Quantity[];
  readonly padding: Padding;
  /** The padding as the source says it ('same', 'causal', …), when that is a word. */
  readonly paddingWord?: string;
  readonly paddingMode: PaddingMode | Unknown;
  readonly dilation: readonly Quantity[];
  readonly groups: Quantity;
  /** Extra elements at the high end of a transposed output; already contained in `padding`. */
  readonly outputPadding: readonly Quantity[];
  /** Output channels an input channel, for calls that state it (TensorFlow's and Keras' depthwise ones). */
  readonly depthMultiplier?: Quantity;
  readonly bias: boolean | Unknown;
  readonly dataLayout: DataLayout;
  readonly weightLayout: WeightLayout;
  /** The framework's name of the weight: `weight`, `kernel`, `filters`. */
  readonly weightName: string;
}

/**
 * What one call site builds: one convolution, or the depthwise and the pointwise one of a separable layer, whose input
 * channel `q·depthMultiplier + r` of the second is the `r`-th output of channel `q` of the first.
 */
export interface ConvLayer {
  readonly stages: readonly [ConvSpec] | readonly [ConvSpec, ConvSpec];
}

/** Shape of the data, without saying where the channels stand. */
export interface DataShape {
  /** Samples; absent for data without a batch axis. */
  readonly batch?: Quantity;
  readonly channels: Quantity;
  readonly spatial: readonly Quantity[];
}
