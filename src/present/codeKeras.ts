/** A layer as Keras code, with a remark where Keras has no word for what the layer does. */
import type { InputShape } from '../analysis/report';
import { effectiveKernel, samePadding } from '../conv/axis';
import { kindOf, multiplierOf } from '../conv/kind';
import type { ConvLayer, ConvSpec } from '../conv/spec';
import { add, compare, equal, maximum, subtract } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact } from '../symbolic/quantity';
import { keyword, pythonBoolean, pythonCall, pythonNumber, pythonSizes, withRemarks } from './pythonCode';
import { is } from './words';

interface PaddingText {
  readonly argument?: string;
  /** Layers before and after the convolution. */
  readonly before?: string;
  readonly after?: string;
  readonly remarks: readonly string[];
}

/** `keras.layers` code of the layer, one expression, ended by a line end. */
export function kerasCode(layer: ConvLayer, input: InputShape | undefined): string {
  const [first, second] = layer.stages;
  const padding = first.transposed ? transposedPadding(first) : forwardPadding(first, input);
  const convolution =
    second === undefined ? singleCode(layer, padding) : separableCode(first, second, padding);
  const parts = [padding.before, convolution, padding.after].filter((part) => part !== undefined);
  const expression =
    parts.length === 1 ? convolution : `keras.Sequential([\n    ${parts.join(',\n    ')},\n])`;
  return withRemarks({ expression, remarks: [...remarksOf(layer), ...padding.remarks] });
}

function remarksOf({ stages: [spec] }: ConvLayer): string[] {
  const remarks = [`Keras takes the input channels, ${pythonNumber(spec.inChannels)}, from the data.`];
  if (spec.dataLayout === 'channelsFirst')
    remarks.push('The data is channels first; without data_format Keras expects channels last.');
  if (spec.transposed && !is(spec.groups, 1))
    remarks.push(`Keras has no groups in transposed layers; this one has ${pythonNumber(spec.groups)}.`);
  const isAboveOne = (sizes: readonly Quantity[]) => sizes.some((size) => compare(size, exact(1)) === 1);
  if (isAboveOne(spec.stride) && isAboveOne(spec.dilation))
    remarks.push('Keras refuses strides and dilation above 1 together, as in this layer.');
  if (spec.paddingMode !== 'zeros')
    remarks.push('Keras pads with zeros only: pad the data before the layer.');
  return remarks;
}

function singleCode(layer: ConvLayer, padding: PaddingText): string {
  const [spec] = layer.stages;
  const isDepthwise = !spec.transposed && spec.rank < 3 && kindOf(layer).grouping === 'depthwise';
  const head = isDepthwise ? [] : [pythonNumber(spec.outChannels)];
  const groups = isDepthwise || spec.transposed ? undefined : keyword('groups', [spec.groups], 1);
  const multiplier = isDepthwise ? keyword('depth_multiplier', [multiplierOf(spec)], 1) : undefined;
  const name = isDepthwise
    ? `DepthwiseConv${spec.rank}D`
    : `Conv${spec.rank}D${spec.transposed ? 'Transpose' : ''}`;
  return pythonCall(`layers.${name}`, [
    ...head,
    pythonSizes(spec.kernelSize),
    keyword('strides', spec.stride, 1),
    padding.argument,
    multiplier,
    ...commonArguments(spec),
    groups,
    biasArgument(spec),
  ]);
}

function separableCode(first: ConvSpec, second: ConvSpec, padding: PaddingText): string {
  return pythonCall(`layers.SeparableConv${first.rank}D`, [
    pythonNumber(second.outChannels),
    pythonSizes(first.kernelSize),
    keyword('strides', first.stride, 1),
    padding.argument,
    ...commonArguments(first),
    keyword('depth_multiplier', [multiplierOf(first)], 1),
    biasArgument(second),
  ]);
}

function commonArguments(spec: ConvSpec): (string | undefined)[] {
  const format = spec.dataLayout === 'channelsFirst' ? "data_format='channels_first'" : undefined;
  return [format, keyword('dilation_rate', spec.dilation, 1)];
}

function biasArgument({ bias }: ConvSpec): string | undefined {
  if (bias === true) return undefined;
  return `use_bias=${typeof bias === 'boolean' ? pythonBoolean(bias) : '...'}`;
}

/** Nothing, the word `same` where it pads just so, or a padding layer before. */
function forwardPadding(spec: ConvSpec, input: InputShape | undefined): PaddingText {
  const { padding } = spec;
  if (padding.kind === 'same') return { argument: "padding='same'", remarks: [] };
  if (padding.kind !== 'explicit') return { argument: 'padding=...', remarks: [] };
  const { before, after } = padding;
  if ([...before, ...after].every((each) => is(each, 0))) return { remarks: [] };
  if (isSame(spec, before, after, input)) return { argument: "padding='same'", remarks: [] };
  const format = spec.dataLayout === 'channelsFirst' && spec.rank > 1 ? ", data_format='channels_first'" : '';
  return { before: `layers.ZeroPadding${spec.rank}D(${pairs(before, after)}${format})`, remarks: [] };
}

/** Whether SAME pads by these sizes: for every input with stride 1, else for the input of the call. */
function isSame(
  spec: ConvSpec,
  before: readonly Quantity[],
  after: readonly Quantity[],
  input: InputShape | undefined,
): boolean {
  return spec.kernelSize.every((kernel, axis) => {
    const [stride, dilation] = [spec.stride[axis] ?? exact(1), spec.dilation[axis] ?? exact(1)];
    const size = is(stride, 1) ? exact(1) : input?.isAssumed === false ? input.spatial[axis] : undefined;
    if (size === undefined) return false;
    const sides = samePadding(size, kernel, stride, dilation);
    return (
      equal(sides.before, before[axis] ?? exact(0)) === true &&
      equal(sides.after, after[axis] ?? exact(0)) === true
    );
  });
}

/** Keras' VALID output has (n - 1)·stride + max(effectiveKernel, stride) elements, from which the rest is cropped. */
function transposedPadding(spec: ConvSpec): PaddingText {
  const { padding, rank } = spec;
  if (padding.kind === 'same') return { argument: "padding='same'", remarks: [] };
  if (padding.kind !== 'explicit') {
    return {
      argument: padding.kind === 'fromOutput' ? `padding='${padding.rule}'` : 'padding=...',
      remarks: ['The output size is an argument of the call.'],
    };
  }
  const { before } = padding;
  const after = padding.after.map((each, axis) => {
    const extent = effectiveKernel(spec.kernelSize[axis] ?? exact(1), spec.dilation[axis] ?? exact(1));
    const stride = spec.stride[axis] ?? exact(1);
    return add(each, subtract(maximum(extent, stride), extent));
  });
  if ([...before, ...after].every((each) => is(each, 0))) return { remarks: [] };
  const isCrop = after.every((each) => compare(each, exact(0)) !== -1);
  if (!isCrop) return { remarks: ['The output is longer than Keras makes it: pad its high end.'] };
  if (spec.dataLayout === 'channelsLast')
    return { after: `layers.Cropping${rank}D(${pairs(before, after)})`, remarks: [] };
  if (rank === 1)
    return { remarks: [`Keras has no layer that crops this data: crop ${pairs(before, after)}.`] };
  const format = "data_format='channels_first'";
  return { after: `layers.Cropping${rank}D(${pairs(before, after)}, ${format})`, remarks: [] };
}

/** `1`, `(1, 2)` for one axis, `((1, 2), (0, 1))` for several. */
function pairs(before: readonly Quantity[], after: readonly Quantity[]): string {
  const all = [...before, ...after];
  const [first] = all;
  if (first !== undefined && all.every((each) => equal(each, first) === true)) return pythonNumber(first);
  const ends = before.map(
    (each, axis) => `(${pythonNumber(each)}, ${pythonNumber(after[axis] ?? exact(0))})`,
  );
  return ends.length === 1 ? ends.join('') : `(${ends.join(', ')})`;
}
