/** Sizes, padding and data formats as Keras layers take them. Source: Keras API docs and keras/src/layers/convolutional. */
import type { DataLayout, Padding, Rank } from '../../conv/spec';
import { transposedSameCrop, effectiveKernel } from '../../conv/axis';
import { add, equal, floorDivide, maximum, modulo, negate, subtract } from '../../symbolic/arithmetic';
import { exact, unknown, type Quantity, type Unknown } from '../../symbolic/quantity';
import type { BoundCall, Toolbox } from '../library';
import { isAbsent, placeOf, repeat, sizesFrom, textOf, valueOf } from '../read';
import { unmodelled } from '../tensor';
import { defaultLayout } from './session';

const ZERO = exact(0);
const TWO = exact(2);

/** One size an axis; a sequence of another length is unknown as invalid. */
export function sizesOf(call: BoundCall, name: string, rank: Rank): readonly Quantity[] {
  return sizesFrom(valueOf(call, name), rank, name) ?? repeat(invalid(call, name), rank);
}

/** Where the channels stand; as set for the program, last by default, unless the call says otherwise. */
export function layoutOf(call: BoundCall, tools: Toolbox): DataLayout | Unknown {
  if (isAbsent(call, 'data_format')) return defaultLayout(tools) ?? unknown(unmodelled(call.context));
  const format = textOf(call, 'data_format');
  if (format !== undefined)
    return format.toLowerCase() === 'channels_first' ? 'channelsFirst' : 'channelsLast';
  return unknown({ code: 'parameter', subject: 'data_format', place: placeOf(call, 'data_format') });
}

/** The padding word in lower case, as Keras compares it. */
export function paddingWord(call: BoundCall): string | undefined {
  return textOf(call, 'padding')?.toLowerCase();
}

/** Padding of a forward convolution: `valid`, `same` as TensorFlow splits it, `causal` all before. */
export function paddingOf(
  call: BoundCall,
  kernel: readonly Quantity[],
  dilation: readonly Quantity[],
): Padding {
  const zeros = kernel.map(() => ZERO);
  switch (paddingWord(call)) {
    case 'valid':
      return { kind: 'explicit', before: zeros, after: zeros };
    case 'same':
      return { kind: 'same' };
    case 'causal': {
      const before = kernel.map((size, axis) =>
        subtract(effectiveKernel(size, dilation[axis] ?? exact(1)), exact(1)),
      );
      return { kind: 'explicit', before, after: zeros };
    }
    default:
      return unknownPadding(call);
  }
}

/**
 * The crop of a transposed convolution. Without `output_padding` the output has input·stride elements for `same`
 * and (input - 1)·stride + max(effectiveKernel, stride) for `valid`; with it (input - 1)·stride + effectiveKernel +
 * output_padding, or for `same` the kernel's parity in the kernel's place.
 * Source: keras/src/backend/common/backend_utils.py.
 */
export function cropOf(
  call: BoundCall,
  kernel: readonly Quantity[],
  stride: readonly Quantity[],
  dilation: readonly Quantity[],
): Padding {
  const word = paddingWord(call);
  if (word !== 'valid' && word !== 'same') return unknownPadding(call);
  const extra = isAbsent(call, 'output_padding')
    ? undefined
    : sizesOf(call, 'output_padding', rankOf(kernel));
  const sides = kernel.map((size, axis) => {
    const [step, rate] = [stride[axis] ?? exact(1), dilation[axis] ?? exact(1)];
    const more = extra?.[axis];
    if (word === 'valid') return cropOfValid(effectiveKernel(size, rate), step, more);
    return more === undefined
      ? transposedSameCrop(size, step, rate)
      : cropOfSame(effectiveKernel(size, rate), more);
  });
  return {
    kind: 'explicit',
    before: sides.map(({ before }) => before),
    after: sides.map(({ after }) => after),
  };
}

/** A part that Keras refuses. */
export function invalid(call: BoundCall, name: string): Unknown {
  return unknown({ code: 'invalid', subject: name, place: placeOf(call, name) });
}

function cropOfValid(extent: Quantity, stride: Quantity, extra: Quantity | undefined) {
  const after = extra === undefined ? negate(maximum(subtract(stride, extent), ZERO)) : negate(extra);
  return { before: ZERO, after };
}

/** Keras announces (input - 1)·stride + extent % 2 + extra; where that is no more than the start, it cannot run. */
function cropOfSame(extent: Quantity, extra: Quantity) {
  const kept = add(modulo(extent, TWO), extra);
  if (equal(kept, ZERO) === true) {
    const refused = unknown({ code: 'invalid', subject: 'output_padding of 0 with an even kernel' });
    return { before: refused, after: refused };
  }
  const total = maximum(subtract(extent, kept), ZERO);
  const before = floorDivide(total, TWO);
  return { before, after: subtract(subtract(extent, kept), before) };
}

function unknownPadding(call: BoundCall): Unknown {
  const given = valueOf(call, 'padding');
  return given.kind === 'unknown' ? unknown(given.reason) : invalid(call, 'padding');
}

function rankOf(sizes: readonly Quantity[]): Rank {
  return sizes.length === 1 ? 1 : sizes.length === 2 ? 2 : 3;
}
