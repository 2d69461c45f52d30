/**
 * What Keras refuses, in its own words and order.
 * Source: keras/src/layers/convolutional/*.py and keras/src/utils/argument_validation.py; texts as Keras 3.15 prints them.
 */
import { effectiveKernel } from '../../conv/axis';
import type { ConvSpec, DataShape } from '../../conv/spec';
import { weightOf } from '../../conv/weights';
import type { Value } from '../../interp/values';
import { compare } from '../../symbolic/arithmetic';
import { exact, numberOf, numbersOf, type Quantity } from '../../symbolic/quantity';
import { firstRefusal, type Refusal } from '../findings';
import type { BoundCall } from '../library';
import { isAbsent, itemsOf, shown, valueOf } from '../read';
import { paddingWord } from './arguments';

/** What the constructor of a layer raises. */
export function constructorRefusal(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const isCausal = spec.rank === 1 && call.path.endsWith('.Conv1D');
  const { rank } = spec;
  return firstRefusal([
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
  spec: ConvSpec,
  input: DataShape,
  shape: readonly Quantity[],
): Refusal | undefined {
  return firstRefusal([() => inputGroups(spec, input, shape), () => outputSize(spec, input, shape)]);
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

function isNotPositive(item: Value): boolean {
  return item.kind === 'int' && item.value <= 0;
}

function padding(call: BoundCall, isCausal: boolean): Refusal | undefined {
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

function outputSize(spec: ConvSpec, input: DataShape, shape: readonly Quantity[]): Refusal | undefined {
  if (spec.transposed || spec.padding.kind !== 'explicit' || spec.paddingWord !== 'valid') return undefined;
  const isEmpty = input.spatial.some((size, axis) => {
    const extent = effectiveKernel(spec.kernelSize[axis] ?? exact(1), spec.dilation[axis] ?? exact(1));
    return compare(size, extent) === -1;
  });
  if (!isEmpty) return undefined;
  const kernel = weightOf({ ...spec, inChannels: input.channels }).shape;
  const numbers = (sizes: readonly Quantity[]) => sizes.map((size) => numberOf(size) ?? '?');
  const parts = [
    `inputs shape=${shapeText(shape)}`,
    `kernel shape=${shapeText(kernel)}`,
    `dilation_rate=[${numbers(spec.dilation).join(' ')}]`,
    `strides=${spec.rank === 1 ? `(${numbers(spec.stride).join('')},)` : `(${numbers(spec.stride).join(', ')})`}`,
    'padding=valid',
  ];
  const message = `Computed output size would be zero or negative. Received ${parts.map((part) => `\`${part}\``).join(', ')}.`;
  return value('keras.output-size', message);
}

function shapeText(shape: readonly Quantity[]): string {
  return `(${shape.map((size) => numberOf(size) ?? 'None').join(', ')})`;
}
