/** Strides, dilations, padding and data formats as `tf.nn` takes them. Source: tensorflow/python/ops/nn_ops.py. */
import type { DataLayout, Padding, Rank } from '../../conv/spec';
import type { Value } from '../../interp/values';
import { exact, unknown, type Quantity, type Unknown } from '../../symbolic/quantity';
import type { BoundCall } from '../library';
import { isAbsent, itemsOf, placeOf, quantityFrom, repeat, textOf, valueOf } from '../read';

/** Lists that a parameter takes: `any` for 1, rank or rank + 2 entries and for integers. */
export type ListForm = 'any' | 'full' | 'spatial';

/** Where the channels stand: formats that start with `NC` put them first, whatever the filter's order. */
export function layoutOf(call: BoundCall): DataLayout | Unknown {
  if (isAbsent(call, 'data_format')) return 'channelsLast';
  const format = textOf(call, 'data_format');
  if (format !== undefined) return format.startsWith('NC') ? 'channelsFirst' : 'channelsLast';
  return unknown({ code: 'parameter', subject: 'data_format', place: placeOf(call, 'data_format') });
}

/** One size for each spatial axis; absent ones are 1. Lists of a length that is refused are unknown as invalid. */
export function sizesOf(
  call: BoundCall,
  name: string,
  rank: Rank,
  layout: DataLayout,
  form: ListForm,
): Quantity[] {
  if (isAbsent(call, name)) return repeat(exact(1), rank);
  const value = valueOf(call, name);
  const items = itemsOf(value);
  if (items === undefined)
    return form === 'any' || value.kind === 'unknown'
      ? repeat(quantityFrom(value), rank)
      : repeat(refused(call, name), rank);
  const spatial = spatialItems(items, rank, layout, form);
  return spatial?.map(quantityFrom) ?? repeat(refused(call, name), rank);
}

/** Whether a list has a length that the function takes. */
export function isListFitting(value: Value, rank: Rank, form: ListForm): boolean {
  const items = itemsOf(value);
  if (items === undefined) return true;
  const lengths: readonly number[] = { any: [1, rank, rank + 2], full: [rank + 2], spatial: [rank] }[form];
  return lengths.includes(items.length);
}

/** `'SAME'`, `'VALID'`, or explicit pairs for every axis of the data. */
export function paddingOf(
  call: BoundCall,
  rank: Rank,
  layout: DataLayout,
): { readonly padding: Padding; readonly word?: string } {
  const word = textOf(call, 'padding');
  const zeros = repeat(exact(0), rank);
  if (word === 'SAME') return { padding: { kind: 'same' }, word };
  if (word === 'VALID') return { padding: { kind: 'explicit', before: zeros, after: zeros }, word };
  const pairs = itemsOf(valueOf(call, 'padding'))?.map((pair) => itemsOf(pair));
  const offset = layout === 'channelsFirst' ? 2 : 1;
  const spatial = pairs?.length === rank + 2 ? pairs.slice(offset, offset + rank) : undefined;
  const sides = [0, 1].map((side) => spatial?.map((pair) => pair?.[side]));
  const [before, after] = sides.map((side) =>
    side?.map((value) => (value ? quantityFrom(value) : refused(call, 'padding'))),
  );
  if (before && after) return { padding: { kind: 'explicit', before, after } };
  const given = valueOf(call, 'padding');
  return { padding: given.kind === 'unknown' ? unknown(given.reason) : refused(call, 'padding'), word };
}

/** The output's spatial sizes from `output_shape`, which may list all axes or the spatial ones. */
export function outputSizesOf(call: BoundCall, rank: Rank, layout: DataLayout): Quantity[] | Unknown {
  const value = valueOf(call, 'output_shape');
  const items = itemsOf(value);
  const spatial = items && spatialItems(items, rank, layout, 'any');
  if (spatial && items.length !== 1) return spatial.map(quantityFrom);
  return unknown(
    value.kind === 'unknown'
      ? value.reason
      : { code: 'unmodelled', subject: 'output_shape', place: placeOf(call, 'output_shape') },
  );
}

function spatialItems(
  items: readonly Value[],
  rank: Rank,
  layout: DataLayout,
  form: ListForm,
): readonly Value[] | undefined {
  if (items.length === rank + 2 && form !== 'spatial') {
    return layout === 'channelsFirst' ? items.slice(2) : items.slice(1, -1);
  }
  if (items.length === rank && form !== 'full') return items;
  const [only] = items;
  return items.length === 1 && only && form === 'any' ? Array<Value>(rank).fill(only) : undefined;
}

function refused(call: BoundCall, name: string): Unknown {
  return unknown({ code: 'invalid', subject: name, place: placeOf(call, name) });
}
