/** Kernel, stride, padding and dilation of PyTorch's calls, read as PyTorch reads them. */
import type { Padding, PaddingMode, Rank } from '../../conv/spec';
import type { Value } from '../../interp/values';
import { add, floorDivide, multiply, subtract } from '../../symbolic/arithmetic';
import { exact, unknown, type Quantity, type Unknown } from '../../symbolic/quantity';
import type { BoundCall } from '../library';
import { itemsOf, placeOf, quantityFrom, repeat, sizesFrom, textOf, valueOf } from '../read';

const ONE = exact(1);

/**
 * One size an axis. A sequence of one entry stands for all axes, except for the kernel, whose rank it changes. PyTorch
 * takes no truth value for an integer.
 */
export function sizesOf(call: BoundCall, name: string, rank: Rank): readonly Quantity[] {
  const value = valueOf(call, name);
  const items = itemsOf(value);
  if ((items ?? [value]).some((item) => item.kind === 'bool')) return repeat(invalid(call, name), rank);
  if (items?.length === 1 && items[0] && name !== 'kernel_size') return repeat(quantityFrom(items[0]), rank);
  return sizesFrom(value, rank, name) ?? repeat(wrongLength(call, name), rank);
}

/** The number of entries of a sequence that fits neither one nor `rank`; `undefined` when the argument fits. */
export function lengthProblem(value: Value, rank: Rank): readonly Value[] | undefined {
  const items = itemsOf(value);
  return items === undefined || items.length === rank || items.length === 1 ? undefined : items;
}

/** Padding of a forward convolution; `'same'` splits dilation·(kernel - 1) with the odd element after. */
export function paddingOf(
  call: BoundCall,
  rank: Rank,
  kernelSize: readonly Quantity[],
  dilation: readonly Quantity[],
): { readonly padding: Padding; readonly word?: string } {
  const word = textOf(call, 'padding');
  if (word === undefined) {
    const sizes = sizesOf(call, 'padding', rank);
    return { padding: { kind: 'explicit', before: sizes, after: sizes } };
  }
  if (word === 'valid') {
    const zeros = repeat(exact(0), rank);
    return { padding: { kind: 'explicit', before: zeros, after: zeros }, word };
  }
  if (word !== 'same') return { padding: invalid(call, 'padding'), word };
  const totals = kernelSize.map((kernel, axis) => multiply(dilation[axis] ?? ONE, subtract(kernel, ONE)));
  const before = totals.map((total) => floorDivide(total, exact(2)));
  const after = totals.map((total, axis) => subtract(total, before[axis] ?? total));
  return { padding: { kind: 'explicit', before, after }, word };
}

/** The crop of a transposed convolution: `padding` at both ends, `outputPadding` kept at the high one. */
export function cropOf(call: BoundCall, rank: Rank, outputPadding: readonly Quantity[]): Padding {
  if (textOf(call, 'padding') !== undefined) return invalid(call, 'padding');
  const before = sizesOf(call, 'padding', rank);
  const after = before.map((size, axis) => subtract(size, outputPadding[axis] ?? exact(0)));
  return { kind: 'explicit', before, after };
}

/** The padding mode, or an unknown for what is no known word. */
export function paddingModeOf(call: BoundCall): PaddingMode | Unknown {
  const value = valueOf(call, 'padding_mode');
  if (value.kind === 'string')
    return MODES.find((mode) => mode === value.value) ?? invalid(call, 'padding_mode');
  return unknown(
    value.kind === 'unknown'
      ? value.reason
      : { code: 'parameter', subject: 'padding_mode', place: placeOf(call, 'padding_mode') },
  );
}

/** Words that PyTorch takes as `padding_mode`. */
export const MODES: readonly PaddingMode[] = ['zeros', 'reflect', 'replicate', 'circular'];

/** A part the framework refuses. */
export function invalid(call: BoundCall, name: string): Unknown {
  return unknown({ code: 'invalid', subject: name, place: placeOf(call, name) });
}

/** Spatial sizes after the effective padding, for messages. */
export function paddedSizes(input: readonly Quantity[], padding: Padding): readonly Quantity[] {
  if (padding.kind !== 'explicit') return input;
  return input.map((size, axis) =>
    add(size, padding.before[axis] ?? exact(0), padding.after[axis] ?? exact(0)),
  );
}

function wrongLength(call: BoundCall, name: string): Unknown {
  return invalid(call, name);
}
