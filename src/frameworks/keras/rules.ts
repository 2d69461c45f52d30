/**
 * What Keras refuses, in its own words and order.
 * Source: keras/src/layers/convolutional/*.py and keras/src/utils/argument_validation.py; texts as Keras 3.15 prints them.
 */
import { effectiveKernel } from '../../conv/axis';
import type { ConvLayer, ConvSpec, DataShape } from '../../conv/spec';
import { show, typeName, type Value } from '../../interp/values';
import { compare, multiply } from '../../symbolic/arithmetic';
import { exact, numberOf, numbersOf, type Quantity } from '../../symbolic/quantity';
import type { Evaluation } from '../evaluation';
import { firstRefusal, type Refusal } from '../findings';
import type { BoundCall } from '../library';
import { isAbsent, itemsOf, shown, textOf, valueOf } from '../read';
import { paddingWord } from './arguments';

export type Kind = 'forward' | 'transposed' | 'depthwise' | 'separable';

/** Keywords that a layer takes beyond its signature; the last ones are Keras 2's. */
const LAYER_KEYWORDS = [
  'name trainable dtype autocast input_shape input_dim activity_regularizer',
  'batch_input_shape batch_shape batch_size weights dynamic implementation',
].flatMap((names) => names.split(' '));

/** What the constructor of a layer raises. */
export function constructorRefusal(call: BoundCall, spec: ConvSpec, kind: Kind): Refusal | undefined {
  const isCausal = spec.rank === 1 && kind === 'forward';
  const { rank } = spec;
  return firstRefusal([
    () => unknownKeywords(call),
    () => dataFormat(call),
    () => tuple(call, 'kernel_size', 'keras.kernel-positive', rank),
    () => tuple(call, 'strides', 'keras.strides-positive', rank),
    () => tuple(call, 'dilation_rate', 'keras.dilation-positive', rank),
    () => padding(call, isCausal),
    () => (spec.transposed ? outputPadding(call, spec) : undefined),
    () => positive(call, 'filters', 'keras.filters-positive'),
    () => positive(call, 'depth_multiplier', 'keras.depth-multiplier'),
    () => groups(call),
    () => (call.values.has('depth_multiplier') ? undefined : strideAndDilation(spec)),
  ]);
}

/** What applying the layer to data raises. */
export function inputRefusal(
  layer: ConvLayer,
  input: DataShape,
  shape: readonly Quantity[],
): Refusal | undefined {
  const [spec] = layer.stages;
  return firstRefusal([() => inputGroups(spec, input, shape), () => outputSize(layer, input, shape)]);
}

/**
 * What data of a rank that does not fit raises; `undefined` where that is not known. The number that Keras puts behind
 * a layer's name and the name of the data are left out.
 */
export function rankRefusal({ path, layer }: Evaluation, shape: readonly Quantity[]): Refusal | undefined {
  const [spec] = layer.stages;
  const least = spec.rank + 2;
  if (shape.length < least) {
    const found = `expected min_ndim=${least}, found ndim=${shape.length}. Full shape received: ${shapeText(shape)}`;
    return value(
      'keras.input-rank',
      `Input 0 of layer '${layerName(path)}' is incompatible with the layer: ${found}`,
    );
  }
  if (spec.transposed) return undefined;
  const channels = shape[spec.dataLayout === 'channelsFirst' ? 1 : shape.length - 1] ?? exact(1);
  const kernel = shapeText(kernelShape(layer, channels));
  return value(
    'keras.input-rank',
    `Kernel shape must have the same length as input, but received kernel of shape ${kernel} and input of shape ${shapeText(shape)}.`,
  );
}

/** `conv2d_transpose` for the path of `Conv2DTranspose`, under whatever name it was reached. */
function layerName(path: string): string {
  const [name = ''] = path.split('.').slice(-1);
  const words = name.replace('Transpose', '_transpose');
  return words.replace(/([a-z])Conv/, '$1_conv').toLowerCase();
}

function unknownKeywords(call: BoundCall): Refusal | undefined {
  const given = valueOf(call, 'kwargs');
  if (given.kind !== 'dict') return undefined;
  const wrong = [...given.entries.values()].filter(
    ({ key }) => key.kind === 'string' && !LAYER_KEYWORDS.includes(key.value),
  );
  if (wrong.length === 0) return undefined;
  const [name = ''] = call.path.split('.').slice(-1);
  const shownItems = wrong.map(({ key, value: item }) => `${show(key)}: ${show(item)}`).join(', ');
  return value('keras.unknown-keyword', `Unrecognized keyword arguments passed to ${name}: {${shownItems}}`);
}

function dataFormat(call: BoundCall): Refusal | undefined {
  const format = textOf(call, 'data_format')?.toLowerCase();
  if (format === undefined || format === 'channels_first' || format === 'channels_last') return undefined;
  const words = "{'channels_first', 'channels_last'}";
  return value(
    'keras.data-format',
    `The \`data_format\` argument must be one of ${words}. Received: data_format=${format}`,
    'data_format',
  );
}

function value(code: string, message: string, argument?: string): Refusal {
  return { code, message, exception: 'ValueError', argument };
}

/** A tuple of positive integers, one an axis, or one integer for all. */
function tuple(call: BoundCall, name: string, code: string, rank: number): Refusal | undefined {
  const given = valueOf(call, name);
  const items = itemsOf(given);
  const expected = `The \`${name}\` argument must be a tuple of ${rank} integers. Received ${name}=${shown(call, name)}`;
  if (items !== undefined && items.length !== rank) return value('keras.argument-length', expected, name);
  if (isNoSize(given, rank)) {
    const plain = given.kind === 'string' ? given.value : shown(call, name);
    return value(code, expected.replace(/=[^=]*$/, `=${plain}`), name);
  }
  const wrong = [
    ...new Set(
      (items ?? [given]).filter(isNotPositive).map((item) => (item.kind === 'int' ? item.value : 0)),
    ),
  ];
  if (wrong.length === 0) return undefined;
  return value(
    code,
    `${expected}, including values {${wrong.join(', ')}} that do not satisfy \`value > 0\``,
    name,
  );
}

/** A number that is no integer, or a text, which Keras takes for a sequence of its characters. */
function isNoSize(given: Value, rank: number): boolean {
  return given.kind === 'float' || (given.kind === 'string' && given.value.length !== rank);
}

function isNotPositive(item: Value): boolean {
  return item.kind === 'int' && item.value <= 0;
}

function padding(call: BoundCall, isCausal: boolean): Refusal | undefined {
  const given = valueOf(call, 'padding');
  if (['int', 'bool', 'float', 'none'].includes(given.kind)) {
    const message = `'${typeName(given)}' object has no attribute 'lower'`;
    return { code: 'keras.padding', message, exception: 'AttributeError', argument: 'padding' };
  }
  const word = paddingWord(call);
  if (word === undefined || word === 'valid' || word === 'same' || (word === 'causal' && isCausal))
    return undefined;
  const words = isCausal ? "{'causal', 'same', 'valid'}" : "{'same', 'valid'}";
  const message = `The \`padding\` argument must be a list/tuple or one of ${words}. Received: ${word}`;
  return value(word === 'causal' ? 'keras.causal' : 'keras.padding', message, 'padding');
}

function outputPadding(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  if (isAbsent(call, 'output_padding')) return undefined;
  const extra = numbersOf(spec.outputPadding);
  const strides = numbersOf(spec.stride);
  const axis = extra?.findIndex((size, index) => size >= (strides?.[index] ?? Infinity)) ?? -1;
  if (extra === undefined || strides === undefined || axis < 0) return undefined;
  const list = (sizes: readonly number[]) =>
    sizes.length === 1 ? `(${sizes.join('')},)` : `(${sizes.join(', ')})`;
  const found = `At dimension ${axis}, \`output_padding\` is ${extra[axis] ?? 0} but \`strides\` is ${strides[axis] ?? 0}`;
  const received = `Received: output_padding=${list(extra)}, strides=${list(strides)}`;
  const message = `\`output_padding\` must be strictly less than \`strides\` for all dimensions. ${found}. ${received}`;
  return value('keras.output-padding', message, 'output_padding');
}

function positive(call: BoundCall, name: string, code: string): Refusal | undefined {
  const given = call.values.get(name)?.value;
  if (given?.kind !== 'int' || given.value > 0) return undefined;
  const message = `Invalid value for argument \`${name}\`. Expected a strictly positive value. Received ${name}=${given.value}.`;
  return value(code, message, name);
}

function groups(call: BoundCall): Refusal | undefined {
  const given = call.values.get('groups')?.value;
  if (given?.kind !== 'int') return undefined;
  if (given.value <= 0)
    return value(
      'keras.groups-positive',
      `The number of groups must be a positive integer. Received: groups=${given.value}.`,
      'groups',
    );
  const filters = valueOf(call, 'filters');
  if (filters.kind !== 'int' || filters.value % given.value === 0) return undefined;
  const message = `The number of filters must be evenly divisible by the number of groups. Received: groups=${given.value}, filters=${filters.value}.`;
  return value('keras.filters-divisible', message, 'groups');
}

function strideAndDilation(spec: ConvSpec): Refusal | undefined {
  const [strides, dilations] = [numbersOf(spec.stride), numbersOf(spec.dilation)];
  if (!strides?.some((size) => size > 1) || !dilations?.some((size) => size > 1)) return undefined;
  const list = (sizes: readonly number[]) =>
    sizes.length === 1 ? `(${sizes.join('')},)` : `(${sizes.join(', ')})`;
  const received = `Received: strides=${list(strides)} and dilation_rate=${list(dilations)}`;
  return value(
    'keras.stride-and-dilation',
    `\`strides > 1\` not supported in conjunction with \`dilation_rate > 1\`. ${received}`,
  );
}

function inputGroups(spec: ConvSpec, input: DataShape, shape: readonly Quantity[]): Refusal | undefined {
  const [channels, count] = [numberOf(input.channels), numberOf(spec.groups)];
  if (spec.weightLayout !== 'KIO' || channels === undefined || count === undefined || channels % count === 0)
    return undefined;
  const received = `Received groups=${count}, but the input has ${channels} channels (full input shape is ${shapeText(shape)}).`;
  const message = `The number of input channels must be evenly divisible by the number of groups. ${received}`;
  return value('keras.input-divisible', message);
}

function outputSize(layer: ConvLayer, input: DataShape, shape: readonly Quantity[]): Refusal | undefined {
  const [spec] = layer.stages;
  if (spec.transposed || spec.padding.kind !== 'explicit' || spec.paddingWord !== 'valid') return undefined;
  const isEmpty = input.spatial.some((size, axis) => {
    const extent = effectiveKernel(spec.kernelSize[axis] ?? exact(1), spec.dilation[axis] ?? exact(1));
    return compare(size, extent) === -1;
  });
  if (!isEmpty) return undefined;
  const numbers = (sizes: readonly Quantity[]) => sizes.map((size) => numberOf(size) ?? '?');
  const parts = [
    `inputs shape=${shapeText(shape)}`,
    `kernel shape=${shapeText(kernelShape(layer, input.channels))}`,
    `dilation_rate=[${numbers(spec.dilation).join(' ')}]`,
    `strides=${spec.rank === 1 ? `(${numbers(spec.stride).join('')},)` : `(${numbers(spec.stride).join(', ')})`}`,
    'padding=valid',
  ];
  const message = `Computed output size would be zero or negative. Received ${parts.map((part) => `\`${part}\``).join(', ')}.`;
  return value('keras.output-size', message);
}

/** The kernel as Keras' messages show it: all input channels, whatever the groups, and the layer's output channels. */
function kernelShape({ stages }: ConvLayer, channels: Quantity): readonly Quantity[] {
  const [{ kernelSize, depthMultiplier, outChannels }, second] = stages;
  const depthwise = depthMultiplier === undefined ? outChannels : multiply(channels, depthMultiplier);
  return [...kernelSize, channels, second?.outChannels ?? depthwise];
}

function shapeText(shape: readonly Quantity[]): string {
  return `(${shape.map((size) => numberOf(size) ?? 'None').join(', ')})`;
}
