/**
 * What PyTorch refuses, in its own words and order: constructors first, then what any call would raise.
 * Source: torch/nn/modules/conv.py and aten/src/ATen/native/Convolution.cpp; texts as PyTorch 2.13 prints them.
 */
import type { ConvSpec, DataShape } from '../../conv/spec';
import { effectiveKernel, transposedOutputLength } from '../../conv/axis';
import { weightOf } from '../../conv/weights';
import { typeName, type Value } from '../../interp/values';
import { compare } from '../../symbolic/arithmetic';
import { exact, numberOf, numbersOf, type Quantity } from '../../symbolic/quantity';
import { firstRefusal, type Refusal } from '../findings';
import type { BoundCall } from '../library';
import { itemsOf, shown, textOf, valueOf } from '../read';
import { lengthProblem, MODES, paddedSizes } from './window';

const ZERO = exact(0);

/** What the constructor of a layer raises; `isLazy` layers check divisibility when they are first applied. */
export function constructorRefusal(
  call: BoundCall,
  spec: ConvSpec,
  className: string,
  isLazy: boolean,
): Refusal | undefined {
  const mode = textOf(call, 'padding_mode') ?? 'zeros';
  const word = textOf(call, 'padding');
  return firstRefusal([
    () => (spec.transposed && mode !== 'zeros' ? modeOfTransposed(className) : undefined),
    () =>
      isBelowOne(spec.groups)
        ? value('torch.groups-positive', 'groups must be a positive integer', 'groups')
        : undefined,
    () => (isLazy ? undefined : divisibility(spec.inChannels, spec.groups, 'in')),
    () => (isLazy ? undefined : divisibility(spec.outChannels, spec.groups, 'out')),
    () => (spec.transposed || word === undefined ? undefined : paddingWord(word, spec)),
    () => (isMode(mode) || spec.transposed ? undefined : unknownMode(mode)),
    () => firstWrongType(call, spec, isLazy),
    () => (isLazy ? undefined : negativeDimension(spec)),
  ]);
}

/** What any call of the layer raises, whatever its input. */
export function windowRefusal(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const operation = `conv${spec.transposed ? '_transpose' : ''}${spec.rank}d`;
  return firstRefusal([
    () =>
      spec.transposed && textOf(call, 'padding') !== undefined
        ? wordForTransposed(call, operation)
        : undefined,
    () => kernelRank(call, spec),
    () => wrongLength(call, spec, 'stride'),
    () => wrongLength(call, spec, 'padding'),
    () => wrongLength(call, spec, 'dilation'),
    () => (spec.transposed ? wrongLength(call, spec, 'output_padding') : undefined),
    () =>
      hasBelow(sizesBefore(spec), ZERO)
        ? runtime('torch.negative-padding', 'negative padding is not supported', 'padding')
        : undefined,
    () =>
      hasBelow(spec.outputPadding, ZERO)
        ? runtime('torch.negative-padding', 'negative output_padding is not supported', 'output_padding')
        : undefined,
    () =>
      hasBelow(spec.stride, exact(1))
        ? runtime('torch.stride-positive', 'non-positive stride is not supported', 'stride')
        : undefined,
    () => (hasBelow(spec.dilation, exact(1)) ? dilation(spec) : undefined),
    () => (hasBelow(spec.kernelSize, exact(1)) ? kernel(spec) : undefined),
    () => (spec.transposed ? outputPadding(spec) : undefined),
  ]);
}

/** What applying the layer to this data raises. */
export function inputRefusal(spec: ConvSpec, input: DataShape): Refusal | undefined {
  return firstRefusal([() => inputChannels(spec, input), () => inputSize(spec, input)]);
}

/** What data of a rank that fits neither a sample nor a batch raises; lazy layers say it with their own name. */
export function rankRefusal(spec: ConvSpec, shape: readonly Quantity[], lazyName?: string): Refusal {
  const operation = lazyName ?? `conv${spec.transposed ? '_transpose' : ''}${spec.rank}d`;
  const expected = `Expected ${spec.rank + 1}D (unbatched) or ${spec.rank + 2}D (batched) input to ${operation}`;
  const size = lazyName === undefined ? sizes(shape) : `torch.Size(${sizes(shape)})`;
  return runtime('torch.input-rank', `${expected}, but got input of size: ${size}`);
}

/**
 * What a weight of another number of spatial axes raises first: the lists of the call that do not go with its axes.
 * `undefined` when they do, as lists of one entry always do.
 */
export function axesRefusal(call: BoundCall, spec: ConvSpec, axes: number): Refusal | undefined {
  const names = ['stride', 'padding', 'dilation', ...(spec.transposed ? ['output_padding'] : [])];
  for (const name of names) {
    const given = valueOf(call, name);
    const items = itemsOf(given) ?? Array<Value>(spec.rank).fill(given);
    if (given.kind !== 'string' && items.length !== 1 && items.length !== axes)
      return listLength(name, axes, items);
  }
  return undefined;
}

/** `[1, 2, 3]`; what is no number is a question mark. */
export function sizes(shape: readonly Quantity[]): string {
  return `[${shape.map((size) => numberOf(size) ?? '?').join(', ')}]`;
}

/** A refusal at run time. */
export function runtime(code: string, message: string, argument?: string): Refusal {
  return { code, message, exception: 'RuntimeError', argument };
}

function value(code: string, message: string, argument?: string): Refusal {
  return { code, message, exception: 'ValueError', argument };
}

function modeOfTransposed(className: string): Refusal {
  return value(
    'torch.padding-mode-transposed',
    `Only "zeros" padding mode is supported for ${className}`,
    'padding_mode',
  );
}

function divisibility(channels: Quantity, groups: Quantity, direction: 'in' | 'out'): Refusal | undefined {
  const [count, parts] = [numberOf(channels), numberOf(groups)];
  if (count === undefined || parts === undefined || count % parts === 0) return undefined;
  return indivisible(direction);
}

function indivisible(direction: 'in' | 'out'): Refusal {
  return value(
    `torch.${direction}-channels-divisible`,
    `${direction}_channels must be divisible by groups`,
    'groups',
  );
}

function paddingWord(word: string, spec: ConvSpec): Refusal | undefined {
  if (word !== 'same' && word !== 'valid') {
    return value(
      'torch.padding-string',
      `Invalid padding string '${word}', should be one of {'valid', 'same'}`,
      'padding',
    );
  }
  const isStrided = word === 'same' && spec.stride.some((stride) => (numberOf(stride) ?? 1) !== 1);
  return isStrided
    ? value('torch.same-strided', "padding='same' is not supported for strided convolutions", 'padding')
    : undefined;
}

function isMode(mode: string): boolean {
  return MODES.some((each) => each === mode);
}

function unknownMode(mode: string): Refusal {
  const words = MODES.map((each) => `'${each}'`).join(', ');
  return value(
    'torch.padding-mode',
    `padding_mode must be one of {${words}}, but got padding_mode='${mode}'`,
    'padding_mode',
  );
}

/** Channels go through `%` first; then they and the kernel make a tensor's size, which takes integers alone. */
function firstWrongType(call: BoundCall, spec: ConvSpec, isLazy: boolean): Refusal | undefined {
  const channels = isLazy ? ['out_channels'] : ['in_channels', 'out_channels'];
  const remainder = isLazy ? undefined : channels.map((name) => noRemainder(call, spec, name)).find(Boolean);
  if (remainder !== undefined) return remainder;
  const sizes = [...(spec.transposed ? channels : channels.reverse()), 'kernel_size'];
  for (const [index, name] of sizes.entries()) {
    const type = notAnInteger(valueOf(call, name));
    if (type === undefined) continue;
    const message = `empty(): argument 'size' ${wrongElement(name === 'kernel_size' ? 2 : index, type)}`;
    return { code: 'torch.not-an-integer', message, exception: 'TypeError', argument: name };
  }
  return undefined;
}

/** The first element decides whether a tuple is one of sizes at all; the others are looked at one by one. */
function wrongElement(index: number, type: string): string {
  return index === 0
    ? `(position 1) must be tuple of ints, but found element of type ${type} at pos 0`
    : `failed to unpack the object at pos ${index + 1} with error "type must be tuple of ints,but got ${type}"`;
}

/** `in_channels % groups` of a value that has no remainder, or one that is a fraction. */
function noRemainder(call: BoundCall, spec: ConvSpec, name: string): Refusal | undefined {
  const given = valueOf(call, name);
  const refused = (message: string): Refusal => ({
    code: 'torch.not-an-integer',
    message,
    exception: 'TypeError',
    argument: name,
  });
  const groups = numberOf(spec.groups);
  if (given.kind === 'float' && groups !== undefined && given.value % groups !== 0)
    return indivisible(name === 'in_channels' ? 'in' : 'out');
  if (given.kind === 'string') return refused('not all arguments converted during string formatting');
  const hasNone =
    given.kind === 'none' || given.kind === 'list' || given.kind === 'tuple' || given.kind === 'dict';
  return hasNone ? refused(`unsupported operand type(s) for %: '${typeName(given)}' and 'int'`) : undefined;
}

/** A weight with a negative size cannot be made; the first one is named. */
function negativeDimension(spec: ConvSpec): Refusal | undefined {
  const shape = numbersOf(weightOf(spec).shape);
  const negative = shape?.find((size) => size < 0);
  if (shape === undefined || negative === undefined) return undefined;
  const message = `Trying to create tensor with negative dimension ${negative}: [${shape.join(', ')}]`;
  return runtime('torch.negative-dimension', message);
}

function notAnInteger(argument: Value): string | undefined {
  if (argument.kind === 'float') return 'float';
  return argument.kind === 'string' ? 'str' : undefined;
}

function wordForTransposed(call: BoundCall, operation: string): Refusal {
  const found = `must be tuple of ints, but found element of type str at pos 0`;
  const isFunction = !call.path.startsWith('torch.nn.') || call.path.includes('.functional.');
  const message = isFunction
    ? `${operation}(): argument 'padding' must be tuple of ints, not str`
    : `${operation}(): argument 'padding' (position 5) ${found}`;
  return { code: 'torch.padding-string', message, exception: 'TypeError', argument: 'padding' };
}

function kernelRank(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const length = itemsOf(valueOf(call, 'kernel_size'))?.length ?? spec.rank;
  if (length === spec.rank) return undefined;
  const refusal = axesRefusal(call, spec, length);
  if (refusal !== undefined) return refusal;
  const message = `kernel_size=${shown(call, 'kernel_size')} makes a weight of ${length + 2} dimensions; this layer needs ${spec.rank + 2}`;
  return runtime('torch.argument-length', message, 'kernel_size');
}

function wrongLength(call: BoundCall, spec: ConvSpec, name: string): Refusal | undefined {
  const items = lengthProblem(valueOf(call, name), spec.rank);
  if (items === undefined) return undefined;
  return listLength(name, spec.rank, items);
}

function listLength(name: string, axes: number, items: readonly Value[]): Refusal {
  const got = items.map((item) => (item.kind === 'int' ? item.value : '?')).join(', ');
  const expected = `expected ${name} to be a single integer value or a list of ${axes} values`;
  const message = `${expected} to match the convolution dimensions, but got ${name}=[${got}]`;
  return runtime('torch.argument-length', message, name);
}

function dilation(spec: ConvSpec): Refusal {
  const plane = paddedToPlane(spec.dilation, 1);
  const got = spec.transposed ? namedSizes('dilation', plane).join(', ') : sizes(plane);
  const message = hasBelow(spec.dilation, ZERO) ? '' : `, but got ${got}`;
  return runtime('torch.dilation-positive', `dilation should be greater than zero${message}`, 'dilation');
}

function kernel(spec: ConvSpec): Refusal {
  const named = namedSizes('kernel', paddedToPlane(spec.kernelSize, 1)).join(' ');
  return runtime(
    'torch.kernel-positive',
    `kernel size should be greater than zero, but got ${named}`,
    'kernel_size',
  );
}

function outputPadding(spec: ConvSpec): Refusal | undefined {
  const isTooLarge = spec.outputPadding.some((extra, axis) => {
    const overStride = compare(extra, spec.stride[axis] ?? ZERO);
    const overDilation = compare(extra, spec.dilation[axis] ?? ZERO);
    return overStride !== undefined && overStride >= 0 && overDilation !== undefined && overDilation >= 0;
  });
  if (!isTooLarge) return undefined;
  const named = [
    ...namedSizes('output_padding', paddedToPlane(spec.outputPadding, 0)),
    ...namedSizes('stride', paddedToPlane(spec.stride, 1)),
    ...namedSizes('dilation', paddedToPlane(spec.dilation, 1)),
  ].join(' ');
  const message = `output padding must be smaller than either stride or dilation, but got ${named}`;
  return runtime('torch.output-padding', message, 'output_padding');
}

/** PyTorch runs one-dimensional convolutions as planes of height one, and its messages say so. */
function paddedToPlane(quantities: readonly Quantity[], filler: number): readonly Quantity[] {
  return quantities.length === 1 ? [exact(filler), ...quantities] : quantities;
}

function namedSizes(name: string, quantities: readonly Quantity[]): string[] {
  const axes = ['depth', 'height', 'width'].slice(-quantities.length);
  return quantities.map((size, axis) => `${name}_${axes[axis] ?? ''}: ${numberOf(size) ?? '?'}`);
}

function inputChannels(spec: ConvSpec, input: DataShape): Refusal | undefined {
  const [expected, got] = [numberOf(spec.inChannels), numberOf(input.channels)];
  const weight = numbersOf(weightOf(spec).shape);
  if (expected === undefined || got === undefined || expected === got || weight === undefined)
    return undefined;
  const given = spec.transposed ? 'transposed=1' : `groups=${numberOf(spec.groups) ?? '?'}`;
  const shape = [input.batch ?? exact(1), input.channels, ...input.spatial];
  const message = `Given ${given}, weight of size [${weight.join(', ')}], expected input${sizes(shape)} to have ${expected} channels, but got ${got} channels instead`;
  return runtime('torch.input-channels', message);
}

function inputSize(spec: ConvSpec, input: DataShape): Refusal | undefined {
  if (spec.padding.kind !== 'explicit') return undefined;
  return spec.transposed
    ? outputTooSmall(spec, input)
    : (paddingTooLarge(spec, input) ?? kernelTooLarge(spec, input));
}

function kernelTooLarge(spec: ConvSpec, input: DataShape): Refusal | undefined {
  const padded = numbersOf(paddedSizes(input.spatial, spec.padding));
  const extent = numbersOf(
    spec.kernelSize.map((size, axis) => effectiveKernel(size, spec.dilation[axis] ?? exact(1))),
  );
  if (
    padded === undefined ||
    extent === undefined ||
    extent.every((size, axis) => size <= (padded[axis] ?? 0))
  )
    return undefined;
  const message = `Calculated padded input size per channel: (${padded.join(' x ')}). Kernel size: (${extent.join(' x ')}). Kernel size can't be greater than actual input size`;
  return runtime('torch.kernel-too-large', message);
}

function outputTooSmall(spec: ConvSpec, input: DataShape): Refusal | undefined {
  if (spec.padding.kind !== 'explicit') return undefined;
  const { before, after } = spec.padding;
  const output = numbersOf(
    input.spatial.map((size, axis) =>
      transposedOutputLength(size, {
        kernel: spec.kernelSize[axis] ?? exact(1),
        stride: spec.stride[axis] ?? exact(1),
        dilation: spec.dilation[axis] ?? exact(1),
        before: before[axis] ?? ZERO,
        after: after[axis] ?? ZERO,
      }),
    ),
  );
  const given = numbersOf(input.spatial);
  if (output === undefined || given === undefined || output.every((size) => size > 0)) return undefined;
  const plane = (list: readonly number[]) => (list.length === 1 ? [1, ...list] : list).join(' x ');
  const message = `Given input size per channel: (${plane(given)}). Calculated output size per channel: (${plane(output)}). Output size is too small`;
  return runtime('torch.output-too-small', message, 'padding');
}

function paddingTooLarge(spec: ConvSpec, input: DataShape): Refusal | undefined {
  const padding =
    spec.padding.kind === 'explicit' ? numbersOf([...spec.padding.before, ...spec.padding.after]) : undefined;
  const spatial = numbersOf(input.spatial);
  if (padding === undefined || spatial === undefined) return undefined;
  const largest = spatial.map((_, axis) => Math.max(padding[axis] ?? 0, padding[axis + spatial.length] ?? 0));
  if (spec.paddingMode === 'circular' && largest.some((size, axis) => size > (spatial[axis] ?? 0))) {
    return runtime('torch.padding-size', 'Padding value causes wrapping around more than once.', 'padding');
  }
  const tooLarge = largest.map((size, axis) => size >= (spatial[axis] ?? 0)).lastIndexOf(true);
  if (spec.paddingMode !== 'reflect' || tooLarge < 0) return undefined;
  const size = largest[tooLarge] ?? 0;
  const shape = [input.batch ?? exact(1), input.channels, ...input.spatial];
  const message = `Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (${size}, ${size}) at dimension ${tooLarge + 2} of input ${sizes(shape)}`;
  return runtime('torch.padding-size', message, 'padding');
}

function sizesBefore(spec: ConvSpec): readonly Quantity[] {
  return spec.padding.kind === 'explicit' ? spec.padding.before : [];
}

function isBelowOne(quantity: Quantity): boolean {
  return compare(quantity, exact(1)) === -1;
}

function hasBelow(quantities: readonly Quantity[], bound: Quantity): boolean {
  return quantities.some((quantity) => compare(quantity, bound) === -1);
}
