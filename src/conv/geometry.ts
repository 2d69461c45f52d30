/** A convolution with every number resolved, ready for loops; or what keeps it from being so. */
import { type Quantity, type Unknown } from '../symbolic/quantity';
import type { Reason } from '../symbolic/reason';
import { exact } from '../symbolic/quantity';
import { cropToOutput, samePadding, type Sides, transposedSameCrop } from './axis';
import type { ConvLayer, ConvSpec, PaddingMode, Rank } from './spec';
import { circularFits, dividesChannels, extentOf, isPositive, kernelFits, reflectFits } from './validity';

/** One axis; for a transposed convolution `before` and `after` are cropped from the scatter buffer. */
export interface AxisGeometry {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly output: number;
}

/** One convolution over data of a known size. */
export interface Geometry {
  readonly rank: Rank;
  readonly transposed: boolean;
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  /** Depth, height, width; the last `rank` of them. */
  readonly axes: readonly AxisGeometry[];
  readonly paddingMode: PaddingMode;
}

/** Why there is no geometry: a quantity is no number, or the numbers do not go together. `what` names the part. */
export type GeometryProblem =
  | { readonly problem: 'unknown'; readonly what: string; readonly reason?: Reason }
  | { readonly problem: 'invalid'; readonly what: string; readonly message: string };

/** The size of the data; without `batch` one sample. */
export interface InputSize {
  readonly batch?: number;
  readonly spatial: readonly number[];
}

/** Whether the value is a geometry rather than the problem in its place. */
export function isGeometry(value: Geometry | GeometryProblem): value is Geometry {
  return 'axes' in value;
}

/** The geometry of `spec` over data of this size, or the first problem in the order of the spec's fields. */
export function resolveGeometry(spec: ConvSpec, input: InputSize): Geometry | GeometryProblem {
  const channels = resolveChannels(spec);
  if ('problem' in channels) return channels;
  if (isUnknown(spec.paddingMode))
    return { problem: 'unknown', what: 'paddingMode', reason: spec.paddingMode.reason };
  const sizes = input.spatial.length;
  if (sizes !== spec.rank) return invalid('input', `the input has ${sizes} spatial sizes, not ${spec.rank}`);
  const axes: AxisGeometry[] = [];
  for (const [index, size] of input.spatial.entries()) {
    const axis = resolveAxis(spec, spec.paddingMode, index, size);
    if ('problem' in axis) return axis;
    axes.push(axis);
  }
  const { rank, transposed, paddingMode } = spec;
  return { rank, transposed, batch: input.batch ?? 1, ...channels, axes, paddingMode };
}

/** The geometries of a layer's stages, each fed by the one before, or the first problem. */
export function resolveStages(layer: ConvLayer, input: InputSize): Geometry[] | GeometryProblem {
  const geometries: Geometry[] = [];
  let size = input;
  for (const spec of layer.stages) {
    const geometry = resolveGeometry(spec, size);
    if (!isGeometry(geometry)) return geometry;
    const previous = geometries.at(-1);
    if (previous !== undefined && previous.outChannels !== geometry.inChannels) {
      return invalid(
        'inChannels',
        `the second stage reads ${geometry.inChannels} channels of ${previous.outChannels}`,
      );
    }
    geometries.push(geometry);
    size = { batch: geometry.batch, spatial: geometry.axes.map(({ output }) => output) };
  }
  return geometries;
}

/** The number of output positions of one sample and channel. */
export function outputPositions(geometry: Geometry): number {
  return geometry.axes.reduce((count, { output }) => count * output, 1);
}

/** The number of input positions of one sample and channel. */
export function inputPositions(geometry: Geometry): number {
  return geometry.axes.reduce((count, { input }) => count * input, 1);
}

/** Elements of one filter in one input channel. */
export function kernelElements(geometry: Geometry): number {
  return geometry.axes.reduce((count, { kernel }) => count * kernel, 1);
}

interface Channels {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
}

function resolveChannels(spec: ConvSpec): Channels | GeometryProblem {
  const inChannels = positive(spec.inChannels, 'inChannels');
  if (typeof inChannels !== 'number') return inChannels;
  const outChannels = positive(spec.outChannels, 'outChannels');
  if (typeof outChannels !== 'number') return outChannels;
  const groups = positive(spec.groups, 'groups');
  if (typeof groups !== 'number') return groups;
  if (!dividesChannels(inChannels, outChannels, groups)) {
    const refused = inChannels % groups === 0 ? `${outChannels} output` : `${inChannels} input`;
    return invalid('groups', `${groups} groups do not divide ${refused} channels`);
  }
  return { inChannels, outChannels, groups };
}

function resolveAxis(
  spec: ConvSpec,
  mode: PaddingMode,
  index: number,
  input: number,
): AxisGeometry | GeometryProblem {
  if (!isPositive(input)) return invalid('input', `an input of ${input} elements is empty`);
  const kernel = positive(spec.kernelSize[index], 'kernelSize');
  if (typeof kernel !== 'number') return kernel;
  const stride = positive(spec.stride[index], 'stride');
  if (typeof stride !== 'number') return stride;
  const dilation = positive(spec.dilation[index], 'dilation');
  if (typeof dilation !== 'number') return dilation;
  const sides = paddingOf(spec, index, input);
  if ('reason' in sides) return { problem: 'unknown', what: 'padding', reason: sides.reason };
  const before = integer(sides.before, 'padding');
  if (typeof before !== 'number') return before;
  const after = integer(sides.after, 'padding');
  if (typeof after !== 'number') return after;
  const window = { input, kernel, stride, dilation, before, after };
  return spec.transposed ? transposedAxis(spec, window, mode, index) : forwardAxis(window, mode);
}

/** Padding or crop of one axis, whose resolution may need the size of the input. */
function paddingOf(spec: ConvSpec, index: number, input: number): Sides | Unknown {
  const { padding } = spec;
  if (padding.kind === 'unknown') return padding;
  const kernel = part(spec.kernelSize[index]);
  const stride = part(spec.stride[index]);
  const dilation = part(spec.dilation[index]);
  switch (padding.kind) {
    case 'explicit':
      return { before: part(padding.before[index]), after: part(padding.after[index]) };
    case 'same':
      if (spec.transposed) return transposedSameCrop(kernel, stride, dilation);
      return samePadding(exact(input), kernel, stride, dilation);
    case 'fromOutput':
      return cropToOutput(
        exact(input),
        part(padding.output[index]),
        { kernel, stride, dilation },
        padding.rule,
      );
  }
}

type Window = Omit<AxisGeometry, 'output'>;

function forwardAxis(window: Window, mode: PaddingMode): AxisGeometry | GeometryProblem {
  const { input, stride, before, after } = window;
  if (before < 0 || after < 0) return invalid('padding', 'padding is negative');
  if (!kernelFits(window)) {
    const padded = input + before + after;
    return invalid(
      'kernelSize',
      `a kernel of extent ${extentOf(window)} does not fit a padded input of ${padded}`,
    );
  }
  if (mode === 'reflect' && !reflectFits(input, before, after)) {
    return invalid(
      'padding',
      `reflect padding of ${Math.max(before, after)} needs a larger input than ${input}`,
    );
  }
  if (mode === 'circular' && !circularFits(input, before, after)) {
    return invalid(
      'padding',
      `circular padding of ${Math.max(before, after)} goes round ${input} more than once`,
    );
  }
  return { ...window, output: Math.floor((input + before + after - extentOf(window)) / stride) + 1 };
}

function transposedAxis(
  spec: ConvSpec,
  window: Window,
  mode: PaddingMode,
  index: number,
): AxisGeometry | GeometryProblem {
  const { input, stride, before, after } = window;
  if (mode !== 'zeros')
    return invalid('paddingMode', 'a transposed convolution has no padding mode but zeros');
  if (before < 0) return invalid('padding', 'padding is negative');
  const output = (input - 1) * stride + extentOf(window) - before - after;
  if (output <= 0) return invalid('padding', `an output of ${output} elements is empty`);
  const axis = { ...window, output };
  if (spec.padding.kind === 'fromOutput' && forwardLength(axis, spec.padding.rule) !== input) {
    return invalid(
      'outputShape',
      `axis ${index}: the forward convolution of ${output} elements does not give ${input}`,
    );
  }
  return axis;
}

/** Length the forward convolution makes of this transposed convolution's output. */
function forwardLength(axis: AxisGeometry, rule: 'same' | 'valid'): number {
  const last = rule === 'same' ? axis.output : axis.output - extentOf(axis) + 1;
  return Math.ceil(last / axis.stride);
}

function positive(quantity: Quantity | undefined, what: string): number | GeometryProblem {
  const value = integer(quantity, what);
  if (typeof value !== 'number' || value > 0) return value;
  return invalid(what, `${what} is ${value}, not positive`);
}

function integer(quantity: Quantity | undefined, what: string): number | GeometryProblem {
  const known = part(quantity);
  if (known.kind === 'exact') return known.value;
  return known.kind === 'unknown'
    ? { problem: 'unknown', what, reason: known.reason }
    : { problem: 'unknown', what };
}

/** A list with too few sizes has an unknown in the place of those that are absent. */
function part(quantity: Quantity | undefined): Quantity {
  return (
    quantity ?? { kind: 'unknown', reason: { code: 'missing-argument', subject: 'a size for each axis' } }
  );
}

function isUnknown(mode: PaddingMode | Unknown): mode is Unknown {
  return typeof mode !== 'string';
}

function invalid(what: string, message: string): GeometryProblem {
  return { problem: 'invalid', what, message };
}
