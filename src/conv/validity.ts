/** What combinations of numbers a convolution admits; the arithmetic and the controls ask the same predicates. */

/** Whether the number is an integer of at least one. */
export function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Whether `groups` splits both channel counts into equal blocks. */
export function dividesChannels(inChannels: number, outChannels: number, groups: number): boolean {
  return isPositive(groups) && inChannels % groups === 0 && outChannels % groups === 0;
}

/** Every admissible `groups` for the two channel counts, ascending; none when a count is not positive. */
export function commonDivisors(inChannels: number, outChannels: number): number[] {
  if (!isPositive(inChannels) || !isPositive(outChannels)) return [];
  const limit = Math.min(inChannels, outChannels);
  const small: number[] = [];
  const large: number[] = [];
  for (let divisor = 1; divisor * divisor <= Math.max(inChannels, outChannels); divisor++) {
    for (const candidate of new Set([divisor, inChannels / divisor])) {
      if (candidate > limit || !dividesChannels(inChannels, outChannels, candidate)) continue;
      (candidate === divisor ? small : large).push(candidate);
    }
  }
  return [...new Set([...small, ...large])].sort((a, b) => a - b);
}

/** Input elements from the first to the last tap: dilation·(kernel - 1) + 1. */
export function extentOf(axis: { readonly kernel: number; readonly dilation: number }): number {
  return axis.dilation * (axis.kernel - 1) + 1;
}

/** Whether the dilated kernel lies within the padded input. */
export function kernelFits(axis: {
  readonly input: number;
  readonly before: number;
  readonly after: number;
  readonly kernel: number;
  readonly dilation: number;
}): boolean {
  return axis.input + axis.before + axis.after >= extentOf(axis);
}

/** Whether `reflect` can make the padding: it mirrors without repeating the border, so it needs pad < size. */
export function reflectFits(input: number, before: number, after: number): boolean {
  return before < input && after < input;
}

/** Whether `circular` can make the padding by going round at most once: pad <= size. */
export function circularFits(input: number, before: number, after: number): boolean {
  return before <= input && after <= input;
}

/**
 * Whether PyTorch takes this output padding: smaller than the stride or smaller than the dilation.
 * Source: aten/src/ATen/native/NaiveConvolutionTranspose2d.cpp.
 */
export function outputPaddingFits(outputPadding: number, stride: number, dilation: number): boolean {
  return outputPadding >= 0 && (outputPadding < stride || outputPadding < dilation);
}
