/** Arithmetic of one spatial axis on quantities; everything of higher rank is this, once an axis. */
import {
  add,
  compare,
  divideExactly,
  floorDivide,
  maximum,
  multiply,
  subtract,
} from '../symbolic/arithmetic';
import { exact, type Quantity } from '../symbolic/quantity';

/** The window that slides along one axis. */
export interface AxisWindow {
  readonly kernel: Quantity;
  readonly stride: Quantity;
  readonly dilation: Quantity;
  /** Elements added at the low end; for a transposed convolution elements cropped there. */
  readonly before: Quantity;
  /** The same at the high end; for a transposed convolution negative where `outputPadding` extends. */
  readonly after: Quantity;
}

/** Elements on the two sides of an axis. */
export interface Sides {
  readonly before: Quantity;
  readonly after: Quantity;
}

const ONE = exact(1);
const ZERO = exact(0);

/** Input elements from the first to the last tap, both included: dilation·(kernel - 1) + 1. */
export function effectiveKernel(kernel: Quantity, dilation: Quantity): Quantity {
  return add(multiply(dilation, subtract(kernel, ONE)), ONE);
}

/**
 * Output length of a forward convolution: ⌊(input + before + after - effectiveKernel) / stride⌋ + 1, in elements.
 * Zero or negative when the kernel does not fit; the caller reports that.
 * Source: PyTorch docs, Conv2d, "Shape".
 */
export function outputLength(input: Quantity, window: AxisWindow): Quantity {
  const { kernel, stride, dilation, before, after } = window;
  const room = subtract(add(input, before, after), effectiveKernel(kernel, dilation));
  return add(floorDivide(room, stride), ONE);
}

/**
 * Length of the buffer a transposed convolution scatters into, before it is cropped:
 * (input - 1)·stride + effectiveKernel, in elements.
 */
export function scatterLength(input: Quantity, window: Omit<AxisWindow, 'before' | 'after'>): Quantity {
  const { kernel, stride, dilation } = window;
  return add(multiply(subtract(input, ONE), stride), effectiveKernel(kernel, dilation));
}

/**
 * Output length of a transposed convolution: the scatter buffer without what is cropped at both ends, in elements.
 * Source: PyTorch docs, ConvTranspose2d, "Shape", with `outputPadding` as a negative crop after.
 */
export function transposedOutputLength(input: Quantity, window: AxisWindow): Quantity {
  return subtract(scatterLength(input, window), add(window.before, window.after));
}

/**
 * Output length under TensorFlow's SAME: ⌈input / stride⌉ of a forward, input·stride of a transposed convolution.
 * Source: TensorFlow docs, tf.nn, "Notes on padding"; Keras `Conv2DTranspose` without `output_padding`.
 */
export function sameOutputLength(input: Quantity, stride: Quantity, transposed: boolean): Quantity {
  if (transposed) return multiply(input, stride);
  return floorDivide(add(input, subtract(stride, ONE)), stride);
}

/**
 * TensorFlow's SAME split before a forward convolution: total = max(0, (⌈input/stride⌉ - 1)·stride +
 * effectiveKernel - input), half of it before, the odd element after.
 * Source: TensorFlow docs, tf.nn, "Notes on padding".
 */
export function samePadding(input: Quantity, kernel: Quantity, stride: Quantity, dilation: Quantity): Sides {
  const extent = effectiveKernel(kernel, dilation);
  if (compare(stride, ONE) === 0) return halves(subtract(extent, ONE));
  const last = multiply(subtract(sameOutputLength(input, stride, false), ONE), stride);
  return halves(maximum(ZERO, subtract(add(last, extent), input)));
}

/**
 * What a transposed convolution crops when its output size is an argument: before, what the forward convolution
 * with that output as input would pad before (SAME) or nothing (VALID); after, the rest of the scatter buffer.
 * Source: tensorflow/core/kernels/conv_grad_ops; a negative `after` extends the buffer.
 */
export function cropToOutput(
  input: Quantity,
  output: Quantity,
  window: Omit<AxisWindow, 'before' | 'after'>,
  rule: 'same' | 'valid',
): Sides {
  const surplus = subtract(scatterLength(input, window), output);
  const before = rule === 'same' ? halves(maximum(ZERO, surplus)).before : ZERO;
  return { before, after: subtract(surplus, before) };
}

/**
 * What Keras' transposed convolution crops under SAME: its output is input·stride, so the surplus is
 * effectiveKernel - stride whatever the input is.
 */
export function transposedSameCrop(kernel: Quantity, stride: Quantity, dilation: Quantity): Sides {
  const surplus = subtract(effectiveKernel(kernel, dilation), stride);
  const before = halves(maximum(ZERO, surplus)).before;
  return { before, after: subtract(surplus, before) };
}

/** The product of the quantities: 1 for none. */
export function product(quantities: readonly Quantity[]): Quantity {
  return multiply(...quantities);
}

/** Input channels one filter reads, inChannels / groups; or output channels of one group. Not whole: unknown. */
export function channelsPerGroup(channels: Quantity, groups: Quantity): Quantity {
  return divideExactly(channels, groups);
}

function halves(total: Quantity): Sides {
  const before = floorDivide(total, exact(2));
  return { before, after: subtract(total, before) };
}
