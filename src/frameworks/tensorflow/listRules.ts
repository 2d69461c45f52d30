/** What TensorFlow refuses about strides and dilations given as lists, and about explicit padding. */
import type { ConvSpec } from '../../conv/spec';
import { numbersOf, type Quantity } from '../../symbolic/quantity';
import type { Refusal } from '../findings';
import type { BoundCall } from '../library';
import { itemsOf, quantityFrom, shown, textOf, valueOf } from '../read';
import type { Shape } from '../shapes';
import { isListFitting, type ListForm } from './arguments';

/** A list of a length that the function does not take, or a number where it takes a list alone. */
export function listLength(
  call: BoundCall,
  spec: ConvSpec,
  name: string,
  form: ListForm,
  input: Shape | undefined,
): Refusal | undefined {
  const given = valueOf(call, name);
  if (form === 'full' && given.kind === 'int') {
    const operation = isDepthwise(call) ? 'depthwise_conv2d_native' : 'conv3d';
    const message = `Expected list for '${name}' argument to '${operation}' Op, not ${given.value}.`;
    return { code: 'tensorflow.argument-length', message, exception: 'TypeError', argument: name };
  }
  if (isListFitting(given, spec.rank, form)) return undefined;
  const length = itemsOf(given)?.length ?? 0;
  const refused = (message: string, exception: string): Refusal => ({
    code: 'tensorflow.argument-length',
    message,
    exception,
    argument: name,
  });
  if (form === 'any') {
    const expected = `${name} should be of length 1, ${spec.rank} or ${spec.rank + 2}`;
    return refused(`${expected}. Received: ${name}=${shown(call, name)} of length ${length}`, 'ValueError');
  }
  if (form === 'spatial') {
    const shape = input && numbersOf(input);
    if (shape === undefined || shape.length > length) return undefined;
    const received = `Received: input.shape=(${shape.join(', ')}) with rank ${shape.length}`;
    return refused(`\`input.shape.rank\` must be at least ${length + 1}. ${received}`, 'ValueError');
  }
  const wanted = spec.rank + 2;
  const message =
    spec.rank === 3 && length < wanted
      ? `Length for attr '${name}' of ${length} must be at least minimum ${wanted}`
      : `Sliding window ${name} field must specify ${wanted} dimensions`;
  return refused(message, 'InvalidArgumentError');
}

/** Strides and dilations other than 1 along the batch and the channels. */
export function outerEntries(
  call: BoundCall,
  spec: ConvSpec,
  name: string,
  words: string,
): Refusal | undefined {
  const items = itemsOf(valueOf(call, name));
  if (items?.length !== spec.rank + 2) return undefined;
  const channel = spec.dataLayout === 'channelsFirst' ? 1 : items.length - 1;
  const outer = numbersOf([items[0], items[channel]].flatMap((item) => (item ? [quantityFrom(item)] : [])));
  if (outer === undefined || outer.every((size) => size === 1)) return undefined;
  const isPlane = spec.rank !== 3 && !spec.transposed && !isDepthwise(call);
  return {
    code: 'tensorflow.outer-entries',
    message: `Current implementation does not yet support ${words} in the batch and depth dimensions.`,
    exception: isPlane ? 'UnimplementedError' : 'InvalidArgumentError',
    argument: name,
  };
}

/** A word that is no padding, a number, or pairs that do not fit the data's axes. */
export function padding(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const refused = (message: string, exception: string): Refusal => ({
    code: 'tensorflow.padding',
    message,
    exception,
    argument: 'padding',
  });
  const word = textOf(call, 'padding');
  if (word !== undefined && word !== 'SAME' && word !== 'VALID') {
    const words = spec.rank === 3 ? '"SAME", "VALID"' : '"SAME", "VALID", "EXPLICIT"';
    const message = `Value for attr 'padding' of "${word}" is not in the list of allowed values: ${words}`;
    return refused(message, 'InvalidArgumentError');
  }
  const given = valueOf(call, 'padding');
  const pairs = itemsOf(given);
  const isWordAlone = spec.rank !== 2 && !spec.transposed && !call.path.endsWith('.convolution');
  if (given.kind === 'int' || (pairs !== undefined && isWordAlone)) {
    return refused(`Expected string for argument 'padding' not ${shown(call, 'padding')}.`, 'TypeError');
  }
  if (pairs === undefined) return undefined;
  if (pairs.length !== spec.rank + 2) {
    const received = `Received: padding=${shown(call, 'padding')} of size ${pairs.length}`;
    return refused(`When padding is a list, it must be of size ${spec.rank + 2}. ${received}`, 'ValueError');
  }
  const sides = pairs.map((pair) => numbersOf((itemsOf(pair) ?? []).map(quantityFrom)) ?? []);
  const channel = spec.dataLayout === 'channelsFirst' ? 1 : sides.length - 1;
  if ([...(sides[0] ?? []), ...(sides[channel] ?? [])].some((size) => size !== 0)) {
    const message = 'Nonzero explicit padding in the batch or depth dimensions is not supported';
    return refused(message, 'InvalidArgumentError');
  }
  return sides.flat().some((size) => size < 0)
    ? refused('All elements of explicit_paddings must be nonnegative', 'InvalidArgumentError')
    : undefined;
}

/** The numbers of a list as NumPy prints them: `[2 2]`. */
export function numpyList(sizes: readonly Quantity[]): string {
  return `[${numbersOf(sizes)?.join(' ') ?? '?'}]`;
}

/** Whether the function, or its first half, is depthwise. */
export function isDepthwise({ path }: BoundCall): boolean {
  return path.includes('.depthwise_') || path.includes('.separable_');
}
