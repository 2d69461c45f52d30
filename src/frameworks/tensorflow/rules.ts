/**
 * What TensorFlow refuses, in the words of eager execution.
 * Source: tensorflow/python/ops/nn_ops.py, tensorflow/core/kernels/conv_ops*.cc; texts as TensorFlow 2.21 prints them.
 */
import { effectiveKernel } from '../../conv/axis';
import type { ConvSpec, DataShape } from '../../conv/spec';
import { compare } from '../../symbolic/arithmetic';
import { exact, numberOf, numbersOf, type Quantity } from '../../symbolic/quantity';
import { firstRefusal, type Refusal } from '../findings';
import type { BoundCall } from '../library';
import { shapeOfData } from '../data';
import { shown, textOf } from '../read';
import type { Shape } from '../shapes';
import type { ListForm } from './arguments';
import { isDepthwise, listLength, numpyList, outerEntries, padding } from './listRules';
import { outputShapeLength, transposedRefusal } from './transposedRules';

/** How a function names its lists and which lengths it takes. */
export interface ListRules {
  readonly strides: { readonly name: string; readonly form: ListForm };
  readonly dilations: { readonly name: string; readonly form: ListForm };
}

/** What the arguments alone make it refuse; `input` is the shape of the data where that is known. */
export function argumentRefusal(
  call: BoundCall,
  spec: ConvSpec,
  { strides, dilations }: ListRules,
  input: Shape | undefined,
): Refusal | undefined {
  return firstRefusal([
    () => outputShapeLength(call),
    () => dataFormat(call, spec),
    () => listLength(call, spec, strides.name, strides.form, input),
    () => listLength(call, spec, dilations.name, dilations.form, input),
    () => padding(call, spec),
    () => outerEntries(call, spec, strides.name, 'strides'),
    () => outerEntries(call, spec, dilations.name, 'dilations'),
    () =>
      isBelowOne(spec.stride)
        ? invalid('tensorflow.stride-positive', strideMessage(call, spec), strides.name)
        : undefined,
    () => (isBelowOne(spec.dilation) ? dilation(call, spec, dilations.name) : undefined),
    () => (call.path.endsWith('.convolution') ? strideAndDilation(spec) : undefined),
  ]);
}

/** What filters and data that do not go together make it refuse. */
export function dataRefusal(
  call: BoundCall,
  spec: ConvSpec,
  filter: Shape | undefined,
  input: DataShape,
): Refusal | undefined {
  if (spec.transposed) return transposedRefusal(call, spec, filter, input);
  return firstRefusal([
    () => depths(call, spec, filter, input),
    () => unequalStrides(spec),
    () => window(spec, input),
  ]);
}

/** What data or a filter with another number of axes raises; `undefined` where that is accepted or not known. */
export function rankRefusal(
  call: BoundCall,
  spec: ConvSpec,
  filter: Shape | undefined,
  input: Shape | undefined,
): Refusal | undefined {
  const [, name = ''] = /\.(\w+)$/.exec(call.path) ?? [];
  const axes = spec.rank + 2;
  const shown = (shape: Shape) => `[${shape.map((size) => numberOf(size) ?? '?').join(',')}]`;
  const code = 'tensorflow.rank';
  if (input !== undefined && input.length < axes) {
    if (name === 'conv2d')
      return invalid(code, `convolution input must be ${axes}-dimensional: ${shown(input)}`);
    if (name === 'conv3d') return invalid(code, `input must be ${axes}-dimensional`);
    if (isDepthwise(call)) return invalid(code, `input must be ${axes}-dimensional${shown(input)}`);
  }
  return name === 'conv2d' && filter !== undefined && filter.length !== axes
    ? invalid(code, `convolution filter must be ${axes}-dimensional: ${shown(filter)}`)
    : undefined;
}

function invalid(code: string, message: string, argument?: string): Refusal {
  return { code, message, exception: 'InvalidArgumentError', argument };
}

function value(code: string, message: string, argument?: string): Refusal {
  return { code, message, exception: 'ValueError', argument };
}

function dataFormat(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const format = textOf(call, 'data_format');
  if (format === undefined || spec.transposed || call.path.endsWith('.convolution')) return undefined;
  const code = 'tensorflow.data-format';
  if (spec.rank === 1) {
    if (['NWC', 'NCW', 'NHWC', 'NCHW'].includes(format)) return undefined;
    const message = `\`data_format\` must be 'NWC' or 'NCW'. Received: data_format=${format}`;
    return value(code, message, 'data_format');
  }
  const known = spec.rank === 2 ? ['NHWC', 'NCHW'] : ['NDHWC', 'NCDHW'];
  if (known.includes(format)) return undefined;
  const words = known.map((word) => `"${word}"`).join(', ');
  return invalid(
    code,
    `Value for attr 'data_format' of "${format}" is not in the list of allowed values: ${words}`,
    'data_format',
  );
}

function strideMessage(call: BoundCall, spec: ConvSpec): string {
  if (isDepthwise(call)) {
    const stride = numbersOf(spec.stride)?.find((size) => size < 1);
    return `Stride must be > 0, but got ${stride ?? 0}`;
  }
  return spec.rank === 3
    ? 'Spatial strides should be larger than 0.'
    : 'Row and column strides should be larger than 0.';
}

function dilation(call: BoundCall, spec: ConvSpec, name: string): Refusal {
  const received = `Received: dilation_rate=${numpyList(spec.dilation)}`;
  if (call.path.endsWith('.atrous_conv2d_transpose')) {
    const message = `\`rate\` cannot be less than one. Received: rate=${shown(call, name)}`;
    return value('tensorflow.dilation-positive', message, name);
  }
  if (name === 'rate' && !isDepthwise(call)) {
    return value(
      'tensorflow.dilation-positive',
      `all values of \`dilation_rate\` must be positive. ${received}`,
      name,
    );
  }
  if (isDepthwise(call)) {
    return value('tensorflow.dilation-positive', `\`dilation_rate\` must be positive. ${received}`, name);
  }
  return invalid('tensorflow.dilation-positive', 'Dilated rates should be larger than 0.', name);
}

function strideAndDilation(spec: ConvSpec): Refusal | undefined {
  const isAboveOne = (sizes: readonly Quantity[]) => sizes.some((size) => (numberOf(size) ?? 1) > 1);
  if (!isAboveOne(spec.stride) || !isAboveOne(spec.dilation)) return undefined;
  const received = `Received: strides=${numpyList(spec.stride)} and dilation_rate=${numpyList(spec.dilation)}`;
  const message = `\`strides > 1\` not supported in conjunction with \`dilation_rate > 1\`. ${received}`;
  return value('tensorflow.stride-and-dilation', message, 'dilations');
}

function depths(
  call: BoundCall,
  spec: ConvSpec,
  filter: Shape | undefined,
  input: DataShape,
): Refusal | undefined {
  const got = numberOf(input.channels);
  if (got === undefined || filter === undefined) return undefined;
  const filterDepth = numberOf(filter.at(-2) ?? exact(0));
  if (filterDepth === undefined || filterDepth < 1) return undefined;
  if (spec.weightLayout === 'KIM') return depthwiseDepth(got, filterDepth);
  if (got % filterDepth !== 0) {
    if (isSpaceToBatch(call, spec)) return dilatedDepth(spec, filter, input, filterDepth);
    const word = spec.rank === 3 ? 'Input' : 'input';
    return invalid(
      'tensorflow.input-depth',
      `${word} depth must be evenly divisible by filter depth: ${got} vs ${filterDepth}`,
    );
  }
  const [groups, out] = [got / filterDepth, numberOf(spec.outChannels)];
  if (out === undefined || out % groups === 0) return undefined;
  return invalid(
    'tensorflow.output-depth',
    `output depth must be evenly divisible by number of groups: ${out} vs ${groups}`,
  );
}

function depthwiseDepth(got: number, filterDepth: number): Refusal | undefined {
  if (got === filterDepth) return undefined;
  return invalid(
    'tensorflow.input-depth',
    `input and filter must have the same depth: ${got} vs ${filterDepth}`,
  );
}

/** These dilate by rearranging the data, and then check the channels themselves. */
function isSpaceToBatch(call: BoundCall, spec: ConvSpec): boolean {
  const isDilated = spec.dilation.some((size) => (numberOf(size) ?? 1) > 1);
  return isDilated && (call.path.endsWith('.convolution') || call.path.endsWith('.atrous_conv2d'));
}

function dilatedDepth(spec: ConvSpec, filter: Shape, input: DataShape, depth: number): Refusal {
  const list = (shape: Shape) => `(${shape.map((size) => numberOf(size) ?? 'None').join(', ')})`;
  const channels = numberOf(input.channels) ?? '?';
  const data = list(shapeOfData(input, spec.dataLayout));
  const message =
    'The number of input channels is not divisible by the corresponding number of output filters.';
  const received = `Received: input.shape=${data} with ${channels} channels and filters.shape=${list(filter)} with ${depth} output filters.`;
  return value('tensorflow.input-depth', `${message} ${received}`);
}

function unequalStrides(spec: ConvSpec): Refusal | undefined {
  const strides = numbersOf(spec.stride);
  if (spec.weightLayout !== 'KIM' || strides === undefined || new Set(strides).size === 1) return undefined;
  const message =
    'Current implementation only supports equal length strides in the row and column dimensions.';
  return invalid('tensorflow.equal-strides', message, 'strides');
}

/** A window that is larger than the data by more than a stride; one that is just too large gives an empty result. */
function window(spec: ConvSpec, input: DataShape): Refusal | undefined {
  if (spec.padding.kind !== 'explicit' || spec.transposed) return undefined;
  for (const [axis, size] of input.spatial.entries()) {
    const numbers = numbersOf([
      size,
      effectiveKernel(spec.kernelSize[axis] ?? exact(1), spec.dilation[axis] ?? exact(1)),
      spec.stride[axis] ?? exact(1),
      spec.padding.before[axis] ?? exact(0),
      spec.padding.after[axis] ?? exact(0),
    ]);
    const [n = 1, extent = 1, stride = 1, before = 0, after = 0] = numbers ?? [];
    const output = Math.trunc((n + before + after - extent + stride) / stride);
    if (numbers === undefined || output >= 0) continue;
    const sizes = `[input_size: ${n}, effective_filter_size: ${extent}, stride: ${stride}]`;
    return invalid(
      'tensorflow.window-too-large',
      `Computed output size would be negative: ${output} ${sizes}`,
    );
  }
  return undefined;
}

function isBelowOne(quantities: readonly Quantity[]): boolean {
  return quantities.some((quantity) => compare(quantity, exact(1)) === -1);
}
