/** Convolution specs made from plain numbers, for tests. */
import type { ConvLayer, ConvSpec, Padding, Rank } from '../../../src/conv/spec';
import { exact, type Quantity } from '../../../src/symbolic/quantity';

/** A size an axis, or one for all. */
export type Sizes = number | readonly number[] | readonly Quantity[];

/** The parts of a spec as a test states them; what is absent has PyTorch's default. */
export interface SpecParts extends Partial<
  Omit<
    ConvSpec,
    | 'inChannels'
    | 'outChannels'
    | 'kernelSize'
    | 'stride'
    | 'padding'
    | 'dilation'
    | 'groups'
    | 'outputPadding'
  >
> {
  readonly in: number | Quantity;
  readonly out: number | Quantity;
  readonly kernel: Sizes;
  readonly stride?: Sizes;
  /** Elements on both sides, `[before, after]` pairs made with `sides`, or anything a spec can say. */
  readonly padding?: number | readonly number[] | Padding;
  readonly dilation?: Sizes;
  readonly groups?: number | Quantity;
  readonly outputPadding?: Sizes;
}

/** The spec of a PyTorch-like layer; transposed ones crop `padding` and keep `outputPadding` more at the end. */
export function makeSpec(parts: SpecParts): ConvSpec {
  const rank = parts.rank ?? (Array.isArray(parts.kernel) ? (parts.kernel.length as Rank) : 2);
  const transposed = parts.transposed ?? false;
  const outputPadding = quantities(parts.outputPadding ?? 0, rank);
  const spec: ConvSpec = {
    rank,
    transposed,
    inChannels: quantity(parts.in),
    outChannels: quantity(parts.out),
    kernelSize: quantities(parts.kernel, rank),
    stride: quantities(parts.stride ?? 1, rank),
    padding: paddingOf(parts.padding ?? 0, parts.outputPadding ?? 0, rank),
    paddingMode: parts.paddingMode ?? 'zeros',
    dilation: quantities(parts.dilation ?? 1, rank),
    groups: quantity(parts.groups ?? 1),
    outputPadding,
    bias: parts.bias ?? true,
    dataLayout: parts.dataLayout ?? 'channelsFirst',
    weightLayout: parts.weightLayout ?? (transposed ? 'IOK' : 'OIK'),
    weightName: parts.weightName ?? 'weight',
  };
  return parts.depthMultiplier === undefined ? spec : { ...spec, depthMultiplier: parts.depthMultiplier };
}

/** A layer of one stage. */
export function makeLayer(parts: SpecParts): ConvLayer {
  return { stages: [makeSpec(parts)] };
}

/** Keras' `SeparableConv2D` and TensorFlow's `separable_conv2d`: two kernels, one bias. */
export function makeSeparable(
  parts: SpecParts & { readonly in: number; readonly multiplier: number },
): ConvLayer {
  const middle = parts.in * parts.multiplier;
  const depthwise = makeSpec({
    ...parts,
    out: middle,
    groups: parts.in,
    bias: false,
    depthMultiplier: exact(parts.multiplier),
    weightLayout: 'KIM',
    weightName: 'depthwise_kernel',
  });
  const rank = depthwise.rank;
  const pointwise = makeSpec({
    rank,
    in: middle,
    out: parts.out,
    kernel: 1,
    bias: parts.bias,
    weightLayout: 'KIO',
    weightName: 'pointwise_kernel',
  });
  return { stages: [depthwise, pointwise] };
}

/** One quantity an axis. */
export function quantities(sizes: Sizes, rank: number): Quantity[] {
  return typeof sizes === 'number' ? Array<Quantity>(rank).fill(exact(sizes)) : sizes.map(quantity);
}

function quantity(value: number | Quantity): Quantity {
  return typeof value === 'number' ? exact(value) : value;
}

function paddingOf(
  padding: number | readonly number[] | Padding,
  outputPadding: Sizes,
  rank: number,
): Padding {
  if (typeof padding === 'object' && 'kind' in padding) return padding;
  const sides = typeof padding === 'number' ? Array<number>(rank).fill(padding) : padding;
  const extra = typeof outputPadding === 'number' ? Array<number>(rank).fill(outputPadding) : outputPadding;
  const after = sides.map((side, axis) => {
    const more = extra[axis] ?? 0;
    return exact(side - (typeof more === 'number' ? more : 0));
  });
  return { kind: 'explicit', before: sides.map(exact), after };
}
