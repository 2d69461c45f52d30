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
import { itemsOf, shown, textOf, valueOf } from '../read';
import type { Shape } from '../shapes';
import { isListFitting, type ListForm } from './arguments';

/** How a function names its lists and which lengths it takes. */
export interface ListRules {
  readonly strides: { readonly name: string; readonly form: ListForm };
  readonly dilations: { readonly name: string; readonly form: ListForm };
}

/** What the arguments alone make it refuse. */
export function argumentRefusal(call: BoundCall, spec: ConvSpec, lists: ListRules): Refusal | undefined {
  const { strides, dilations } = lists;
  return firstRefusal([
    () => dataFormat(call, spec),
    () => listLength(call, spec, strides.name, strides.form),
    () => listLength(call, spec, dilations.name, dilations.form),
    () => padding(call, spec),
    () =>
      isBelowOne(spec.stride)
        ? invalid('tensorflow.stride-positive', strideMessage(spec), strides.name)
        : undefined,
    () => (isBelowOne(spec.dilation) ? dilation(call, spec, dilations.name) : undefined),
    () => (call.path.endsWith('.convolution') ? strideAndDilation(spec) : undefined),
  ]);
}

/** What filters and data that do not go together make it refuse. */
export function dataRefusal(
  spec: ConvSpec,
  filter: Shape | undefined,
  input: DataShape,
): Refusal | undefined {
  return firstRefusal([
    () => depths(spec, filter, input),
    () => unequalStrides(spec),
    () => window(spec, input),
  ]);
}

function invalid(code: string, message: string, argument?: string): Refusal {
  return { code, message, exception: 'InvalidArgumentError', argument };
}

function value(code: string, message: string, argument?: string): Refusal {
  return { code, message, exception: 'ValueError', argument };
}

function dataFormat(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const format = textOf(call, 'data_format');
  const isKnown =
    format === undefined ||
    format.startsWith('NC') ||
    format.startsWith('NHWC') ||
    format === 'NWC' ||
    format === 'NDHWC';
  if (isKnown || spec.rank !== 1) return undefined;
  return value(
    'tensorflow.data-format',
    `\`data_format\` must be 'NWC' or 'NCW'. Received: data_format=${format}`,
    'data_format',
  );
}

function listLength(call: BoundCall, spec: ConvSpec, name: string, form: ListForm): Refusal | undefined {
  const given = valueOf(call, name);
  if (isListFitting(given, spec.rank, form)) return undefined;
  const length = itemsOf(given)?.length ?? 0;
  if (form === 'any') {
    const message = `${name} should be of length 1, ${spec.rank} or ${spec.rank + 2}. Received: ${name}=${shown(call, name)} of length ${length}`;
    return value('tensorflow.argument-length', message, name);
  }
  const wanted = form === 'full' ? spec.rank + 2 : spec.rank;
  const message =
    spec.rank === 3 && length < wanted
      ? `Length for attr '${name}' of ${length} must be at least minimum ${wanted}`
      : `${spec.rank === 3 ? 'Conv3D' : 'DepthwiseConv2dNative'} requires the stride attribute to contain ${wanted} values, but got: ${length}`;
  return invalid('tensorflow.argument-length', message, name);
}

function padding(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const word = textOf(call, 'padding');
  if (word !== undefined && word !== 'SAME' && word !== 'VALID') {
    const words = spec.rank === 3 ? '"SAME", "VALID"' : '"SAME", "VALID", "EXPLICIT"';
    const message = `Value for attr 'padding' of "${word}" is not in the list of allowed values: ${words}`;
    return invalid('tensorflow.padding', message, 'padding');
  }
  const pairs = itemsOf(valueOf(call, 'padding'));
  if (pairs === undefined || pairs.length === spec.rank + 2) return undefined;
  const message = `When padding is a list, it must be of size ${spec.rank + 2}. Received: padding=${shown(call, 'padding')} of size ${pairs.length}`;
  return value('tensorflow.padding', message, 'padding');
}

function strideMessage(spec: ConvSpec): string {
  return spec.rank === 3
    ? 'Spatial strides should be larger than 0.'
    : 'Row and column strides should be larger than 0.';
}

function dilation(call: BoundCall, spec: ConvSpec, name: string): Refusal {
  const numbers = numbersOf(spec.dilation)?.join(' ') ?? '?';
  if (name === 'rate') {
    return value(
      'tensorflow.dilation-positive',
      `all values of \`dilation_rate\` must be positive. Received: dilation_rate=[${numbers}]`,
      name,
    );
  }
  if (call.path.includes('depthwise') || call.path.includes('separable')) {
    return value(
      'tensorflow.dilation-positive',
      `\`dilation_rate\` must be positive. Received: dilation_rate=[${numbers}]`,
      name,
    );
  }
  return invalid('tensorflow.dilation-positive', 'Dilated rates should be larger than 0.', name);
}

function strideAndDilation(spec: ConvSpec): Refusal | undefined {
  const isAboveOne = (sizes: readonly Quantity[]) => sizes.some((size) => (numberOf(size) ?? 1) > 1);
  if (!isAboveOne(spec.stride) || !isAboveOne(spec.dilation)) return undefined;
  const list = (sizes: readonly Quantity[]) => `[${numbersOf(sizes)?.join(' ') ?? '?'}]`;
  const received = `Received: strides=${list(spec.stride)} and dilation_rate=${list(spec.dilation)}`;
  const message = `\`strides > 1\` not supported in conjunction with \`dilation_rate > 1\`. ${received}`;
  return value('tensorflow.stride-and-dilation', message, 'dilations');
}

function depths(spec: ConvSpec, filter: Shape | undefined, input: DataShape): Refusal | undefined {
  const got = numberOf(input.channels);
  const filterDepth =
    filter &&
    numberOf(filter[spec.weightLayout === 'KOI' ? filter.length - 1 : filter.length - 2] ?? exact(0));
  if (got === undefined || filterDepth === undefined || filterDepth < 1) return undefined;
  if (spec.weightLayout === 'KIM') return depthwiseDepth(got, filterDepth);
  if (spec.weightLayout === 'KOI') return transposedDepth(spec, got, filterDepth);
  if (got % filterDepth !== 0) {
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

function transposedDepth(spec: ConvSpec, got: number, filterDepth: number): Refusal | undefined {
  if (got === filterDepth) return undefined;
  const operation = spec.rank === 3 ? 'Conv3DBackpropInputOpV2' : 'Conv2DCustomBackpropInput';
  return invalid(
    'tensorflow.input-depth',
    `${operation}: filter and out_backprop must have the same out_depth`,
  );
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
