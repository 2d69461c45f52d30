/** What moves, cuts, repeats and indexes the elements of a PyTorch tensor. */
import { add, floorDivide, multiply, subtract } from '../../symbolic/arithmetic';
import { exact, numberOf, unknown as unknownQuantity, type Quantity } from '../../symbolic/quantity';
import { integer, quantityOf } from '../../interp/values';
import type { BoundCall } from '../library';
import { integerOf, isAbsent, itemsOf, valueOf } from '../read';
import {
  cutAt,
  insertAxisAt,
  keep,
  partsBySize,
  permuteBy,
  reshapeTo,
  squeezeAt,
  unbindAt,
} from '../shapeRules';
import {
  broadcast,
  chunkSizes,
  insertAxis,
  permute,
  removeAxis,
  replaceAxis,
  reshape,
  type Shape,
} from '../shapes';
import { contentsOf, shapeOf, sizesOf } from '../tensor';
import { SAME_ORDER, type ShapeRule, type TensorMethod } from '../tensorMethods';
import {
  axesOf,
  axisAt,
  cutElements,
  expandedTo,
  flippedBy,
  moving,
  permutedBy,
  reversedAxes,
  swappedBy,
} from '../elementRules';
import { exactly, valuesOf } from '../values/elements';

const SAME = { dtype: 'same' } as const;

/** What is called alike as a method and as a function. */
export function movements(): TensorMethod[] {
  return [
    { name: 'permute', signature: '(*dims)', rule: permuteBy('dims'), ...moving(permutedBy('dims')) },
    ...['transpose', 'swapaxes', 'swapdims'].map((name): TensorMethod => ({
      name,
      signature: name === 'swapaxes' ? '(axis0, axis1)' : '(dim0, dim1)',
      rule: swap(name === 'swapaxes' ? ['axis0', 'axis1'] : ['dim0', 'dim1']),
      ...moving(name === 'swapaxes' ? swappedBy('axis0', 'axis1') : swappedBy('dim0', 'dim1')),
    })),
    { name: 't', signature: '()', rule: transposed, ...moving(reversedAxes) },
    ...['movedim', 'moveaxis'].map((name): TensorMethod => ({
      name,
      signature: '(source, destination)',
      rule: moveAxes,
      ...SAME,
    })),
    { name: 'unsqueeze', signature: '(dim)', rule: insertAxisAt('dim'), ...SAME_ORDER },
    { name: 'squeeze', signature: '(dim=None)', rule: squeezeAt('dim'), ...SAME_ORDER },
    { name: 'flatten', signature: '(start_dim=0, end_dim=-1)', rule: flatten, ...SAME_ORDER },
    { name: 'ravel', signature: '()', rule: (shape) => [multiply(...shape)], ...SAME_ORDER },
    { name: 'unflatten', signature: '(dim, sizes)', rule: unflatten, ...SAME_ORDER },
    ...['chunk', 'unsafe_chunk'].map((name): TensorMethod => ({
      name,
      signature: '(chunks, dim=0)',
      rule: cutAt('dim', chunked),
      ...moving(cutElements('dim', chunked)),
    })),
    {
      name: 'tensor_split',
      signature: '(indices_or_sections=None, dim=0, *, indices=None, sections=None)',
      rule: cutAt('dim', sections),
      ...moving(cutElements('dim', sections)),
    },
    ...['hsplit', 'vsplit', 'dsplit'].map((name): TensorMethod => ({
      name,
      signature: '(indices_or_sections=None, *, indices=None, sections=None)',
      rule: (shape, call) => splitAlong(shape, call, name),
      ...SAME,
    })),
    {
      name: 'split_with_sizes',
      signature: '(split_sizes, dim=0)',
      rule: cutAt('dim', partsBySize('split_sizes')),
      ...SAME,
    },
    { name: 'unbind', signature: '(dim=0)', rule: unbindAt('dim'), ...SAME },
    { name: 'narrow', signature: '(dim, start, length)', rule: narrow, ...SAME },
    { name: 'select', signature: '(dim, index)', rule: select, ...SAME },
    { name: 'index_select', signature: '(dim, index)', rule: indexSelect, ...SAME },
    {
      name: 'gather',
      signature: '(dim, index, **options)',
      rule: (_, call) => shapeOf(valueOf(call, 'index')),
      ...SAME,
    },
    { name: 'take', signature: '(index)', rule: (_, call) => shapeOf(valueOf(call, 'index')), ...SAME },
    { name: 'take_along_dim', signature: '(indices, dim=None)', rule: takeAlong, ...SAME },
    { name: 'masked_select', signature: '(mask)', rule: () => [OPEN], ...SAME },
    { name: 'nonzero', signature: '()', rule: (shape) => [OPEN, exact(shape.length)], dtype: 'int64' },
    { name: 'argwhere', signature: '()', rule: (shape) => [OPEN, exact(shape.length)], dtype: 'int64' },
    { name: 'diagonal', signature: '(offset=0, dim1=0, dim2=1)', rule: diagonal, ...SAME },
    { name: 'diag', signature: '(diagonal=0)', rule: diag, ...SAME },
    { name: 'diag_embed', signature: '()', rule: (shape) => [...shape, ...shape.slice(-1)], ...SAME },
    { name: 'tril', signature: '(diagonal=0)', rule: keep, ...SAME },
    { name: 'triu', signature: '(diagonal=0)', rule: keep, ...SAME },
    { name: 'flip', signature: '(*dims)', rule: keep, ...moving(flippedBy('dims')) },
    { name: 'fliplr', signature: '()', rule: keep, ...SAME },
    { name: 'flipud', signature: '()', rule: keep, ...SAME },
    { name: 'roll', signature: '(shifts, dims=None)', rule: keep, ...SAME },
    { name: 'rot90', signature: '(k=1, dims=(0, 1))', rule: rotate, ...SAME },
    {
      name: 'tile',
      signature: '(*dims)',
      rule: (shape, call) => repeated(shape, call, 'dims', true),
      ...SAME,
    },
    {
      name: 'repeat_interleave',
      signature: '(repeats, dim=None, *, output_size=None)',
      rule: interleave,
      ...SAME,
    },
    { name: 'broadcast_to', signature: '(size)', rule: expand('size'), ...moving(expandedTo('size')) },
    { name: 'numel', signature: '()', rule: (shape) => integer(multiply(...shape)) },
    { name: 'diff', signature: '(n=1, dim=-1)', rule: difference, ...SAME, elements: differences },
    ...['atleast_1d', 'atleast_2d', 'atleast_3d'].map((name): TensorMethod => ({
      name,
      signature: '()',
      rule: (shape) => atLeast(shape, Number(name.charAt(8))),
      ...SAME_ORDER,
    })),
  ];
}

/** What is a method alone, or is called differently as a function. */
export function movementMethods(): TensorMethod[] {
  return [
    { name: 'view', signature: '(*shape)', rule: reshapeTo('shape'), ...SAME_ORDER },
    { name: 'reshape', signature: '(*shape)', rule: reshapeTo('shape'), ...SAME_ORDER },
    { name: 'expand', signature: '(*sizes)', rule: expand('sizes'), ...moving(expandedTo('sizes')) },
    {
      name: 'repeat',
      signature: '(*repeats)',
      rule: (shape, call) => repeated(shape, call, 'repeats', false),
      ...SAME,
    },
    {
      name: 'split',
      signature: '(split_size, dim=0)',
      rule: cutAt('dim', partsBySize('split_size')),
      ...moving(cutElements('dim', partsBySize('split_size'))),
    },
    ...['view_as', 'reshape_as'].map((name): TensorMethod => ({
      name,
      signature: '(other)',
      rule: (shape, call) => {
        const other = shapeOf(valueOf(call, 'other'));
        return other && reshape(shape, other);
      },
      ...SAME_ORDER,
    })),
    { name: 'expand_as', signature: '(other)', rule: (_, call) => shapeOf(valueOf(call, 'other')), ...SAME },
    { name: 'unfold', signature: '(dimension, size, step)', rule: unfold, ...SAME },
    {
      name: 'as_strided',
      signature: '(size, stride, storage_offset=None)',
      rule: (_, call) => sizesOf(valueOf(call, 'size')),
      ...SAME,
    },
  ];
}

/** What is a function alone, or is called differently as a method. */
export function movementFunctions(): TensorMethod[] {
  return [
    { name: 'reshape', signature: '(shape)', rule: reshapeTo('shape'), ...SAME_ORDER },
    {
      name: 'split',
      signature: '(split_size_or_sections, dim=0)',
      rule: cutAt('dim', partsBySize('split_size_or_sections')),
      ...moving(cutElements('dim', partsBySize('split_size_or_sections'))),
    },
  ];
}

/** What changes the shape of the tensor itself. */
export function inPlaceMovements(): TensorMethod[] {
  const changes = 'shape' as const;
  return [
    { name: 'unsqueeze_', signature: '(dim)', rule: insertAxisAt('dim'), changes },
    { name: 'squeeze_', signature: '(dim=None)', rule: squeezeAt('dim'), changes },
    { name: 'transpose_', signature: '(dim0, dim1)', rule: swap(['dim0', 'dim1']), changes },
    { name: 'swapaxes_', signature: '(axis0, axis1)', rule: swap(['axis0', 'axis1']), changes },
    { name: 't_', signature: '()', rule: transposed, changes },
    { name: 'resize_', signature: '(*sizes)', rule: (_, call) => sizesOf(valueOf(call, 'sizes')), changes },
    { name: 'resize_as_', signature: '(other)', rule: (_, call) => shapeOf(valueOf(call, 'other')), changes },
    { name: 'set_', signature: '(*args, **kwargs)', rule: () => undefined, changes },
  ];
}

const OPEN = unknownQuantity({ code: 'unmodelled', subject: 'how many elements are picked' });

const chunked = (size: Quantity, call: BoundCall): readonly Quantity[] | undefined =>
  chunkSizes(size, integerOf(call, 'chunks'));

/** Nearly equal parts, the first ones larger, or parts between positions. */
function sections(size: Quantity, call: BoundCall): readonly Quantity[] | undefined {
  const name =
    ['indices', 'sections', 'indices_or_sections'].find((each) => !isAbsent(call, each)) ?? 'sections';
  const whole = numberOf(size);
  const stops = itemsOf(valueOf(call, name))?.map((item) => numberOf(quantityOf(item)));
  const count = numberOf(integerOf(call, name));
  if (whole === undefined) return undefined;
  if (stops !== undefined) return stops.includes(undefined) ? undefined : between(whole, stops);
  if (count === undefined || count < 1 || count > 4096) return undefined;
  return Array.from({ length: count }, (_, index) =>
    exact(Math.floor(whole / count) + (index < whole % count ? 1 : 0)),
  );
}

function between(whole: number, stops: readonly (number | undefined)[]): Quantity[] {
  const bounds = stops.map((stop = 0) => Math.min(whole, Math.max(0, stop < 0 ? stop + whole : stop)));
  return [...bounds, whole].map((stop, index) => exact(Math.max(0, stop - (bounds[index - 1] ?? 0))));
}

function splitAlong(shape: Shape, call: BoundCall, name: string): readonly Shape[] | undefined {
  const axis = { hsplit: shape.length === 1 ? 0 : 1, vsplit: 0, dsplit: 2 }[name] ?? 0;
  const size = shape[axis];
  return size && sections(size, call)?.map((each) => replaceAxis(shape, axis, each));
}

function swap([first, second]: readonly [string, string]): ShapeRule {
  return (shape, call) => {
    const [a, b] = [axisAt(call, first, shape), axisAt(call, second, shape)];
    if (a === undefined || b === undefined) return undefined;
    return permute(
      shape,
      shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
    );
  };
}

function transposed(shape: Shape): Shape | undefined {
  return shape.length > 2 ? undefined : [...shape].reverse();
}

function moveAxes(shape: Shape, call: BoundCall): Shape | undefined {
  const [from, to] = [axesOf(call, 'source', shape.length), axesOf(call, 'destination', shape.length)];
  if (from === undefined || to === undefined || from.length !== to.length) return undefined;
  const rest = shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  const order = shape.map((_, axis) => {
    const index = to.indexOf(axis);
    return index < 0 ? rest.shift() : from[index];
  });
  return permute(shape, order);
}

function flatten(shape: Shape, call: BoundCall): Shape | undefined {
  if (shape.length === 0) return [exact(1)];
  const [start, end] = [axisAt(call, 'start_dim', shape), axisAt(call, 'end_dim', shape)];
  if (start === undefined || end === undefined || end < start) return undefined;
  return [...shape.slice(0, start), multiply(...shape.slice(start, end + 1)), ...shape.slice(end + 1)];
}

function unflatten(shape: Shape, call: BoundCall): Shape | undefined {
  const at = axisAt(call, 'dim', shape);
  const sizes = sizesOf(valueOf(call, 'sizes'));
  const size = at === undefined ? undefined : shape[at];
  const parts = size && sizes && reshape([size], sizes);
  return at === undefined ? undefined : parts && [...shape.slice(0, at), ...parts, ...shape.slice(at + 1)];
}

function expand(name: string): ShapeRule {
  return (shape, call) => {
    const sizes = sizesOf(valueOf(call, name));
    const offset = (sizes?.length ?? 0) - shape.length;
    if (sizes === undefined || offset < 0) return undefined;
    const wanted = sizes.map((size, axis) => (numberOf(size) === -1 ? (shape[axis - offset] ?? size) : size));
    const fits = broadcast(shape, wanted);
    const isNarrower = fits?.some((size, axis) => {
      const [result, asked] = [numberOf(size), numberOf(wanted[axis] ?? size)];
      return result !== undefined && asked !== undefined && result !== asked;
    });
    return fits === undefined || isNarrower ? undefined : wanted;
  };
}

/** Every axis so many times; missing counts are 1 for `tile`, too few are refused by `repeat`. */
function repeated(shape: Shape, call: BoundCall, name: string, isTile: boolean): Shape | undefined {
  const given = sizesOf(valueOf(call, name));
  if (given === undefined || (given.length < shape.length && !isTile)) return undefined;
  const rank = Math.max(given.length, shape.length);
  return Array.from({ length: rank }, (_, axis) =>
    multiply(
      given[axis - (rank - given.length)] ?? exact(1),
      shape[axis - (rank - shape.length)] ?? exact(1),
    ),
  );
}

function interleave(shape: Shape, call: BoundCall): Shape | undefined {
  const repeats = valueOf(call, 'repeats');
  const flat = isAbsent(call, 'dim') ? [multiply(...shape)] : shape;
  const at = isAbsent(call, 'dim') ? 0 : axisAt(call, 'dim', shape);
  if (at === undefined) return undefined;
  const held = contentsOf(repeats).elements;
  const counts = held && shapeOf(repeats)?.length === 1 ? valuesOf(held) : undefined;
  const size = flat[at] ?? exact(1);
  if (counts !== undefined && counts.length > 1)
    return replaceAxis(flat, at, exact(counts.reduce((sum, count) => sum + count, 0)));
  const count = counts?.[0] === undefined ? quantityOf(repeats) : exact(counts[0]);
  const isCount = counts !== undefined || repeats.kind === 'int' || repeats.kind === 'formula';
  return replaceAxis(flat, at, isCount ? multiply(size, count) : OPEN);
}

function narrow(shape: Shape, call: BoundCall): Shape | undefined {
  const at = axisAt(call, 'dim', shape);
  return at === undefined ? undefined : replaceAxis(shape, at, integerOf(call, 'length'));
}

function select(shape: Shape, call: BoundCall): Shape | undefined {
  const at = axisAt(call, 'dim', shape);
  return at === undefined ? undefined : removeAxis(shape, at);
}

function indexSelect(shape: Shape, call: BoundCall): Shape | undefined {
  const at = axisAt(call, 'dim', shape);
  const index = shapeOf(valueOf(call, 'index'));
  if (at === undefined || index === undefined || index.length > 1) return undefined;
  return replaceAxis(shape, at, index[0] ?? exact(1));
}

function takeAlong(shape: Shape, call: BoundCall): Shape | undefined {
  const index = shapeOf(valueOf(call, 'indices'));
  const at = isAbsent(call, 'dim') ? undefined : axisAt(call, 'dim', shape);
  if (index === undefined) return undefined;
  if (isAbsent(call, 'dim')) return [multiply(...index)];
  if (at === undefined || index.length !== shape.length) return undefined;
  const others = broadcast(replaceAxis(shape, at, exact(1)), replaceAxis(index, at, exact(1)));
  return others && replaceAxis(others, at, index[at] ?? exact(1));
}

function diagonal(shape: Shape, call: BoundCall): Shape | undefined {
  const [a, b] = [axisAt(call, 'dim1', shape), axisAt(call, 'dim2', shape)];
  const [rows, columns] = [a, b].map((axis) =>
    axis === undefined ? undefined : numberOf(shape[axis] ?? exact(0)),
  );
  const offset = numberOf(integerOf(call, 'offset'));
  if (a === b || rows === undefined || columns === undefined || offset === undefined) return undefined;
  return [
    ...shape.filter((_, axis) => axis !== a && axis !== b),
    exact(diagonalLength(rows, columns, offset)),
  ];
}

function diagonalLength(rows: number, columns: number, offset: number): number {
  return Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
}

function diag(shape: Shape, call: BoundCall): Shape | undefined {
  const offset = numberOf(integerOf(call, 'diagonal'));
  const [rows, columns] = shape.map(numberOf);
  if (offset === undefined || shape.length < 1 || shape.length > 2) return undefined;
  if (shape.length === 1) {
    const size = add(shape[0] ?? exact(0), exact(Math.abs(offset)));
    return [size, size];
  }
  return rows === undefined || columns === undefined
    ? undefined
    : [exact(diagonalLength(rows, columns, offset))];
}

function rotate(shape: Shape, call: BoundCall): Shape | undefined {
  const times = numberOf(integerOf(call, 'k'));
  const [a, b] = axesOf(call, 'dims', shape.length) ?? [];
  if (times === undefined || a === undefined || b === undefined) return undefined;
  if (times % 2 === 0) return shape;
  return permute(
    shape,
    shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

/** Windows of an axis: their number stays in its place, their size becomes the last axis. */
function unfold(shape: Shape, call: BoundCall): Shape | undefined {
  const at = axisAt(call, 'dimension', shape);
  const [size, step] = [integerOf(call, 'size'), integerOf(call, 'step')];
  if (at === undefined) return undefined;
  const windows = add(floorDivide(subtract(shape[at] ?? exact(0), size), step), exact(1));
  return [...replaceAxis(shape, at, windows), size];
}

function difference(shape: Shape, call: BoundCall): Shape | undefined {
  const at = axisAt(call, 'dim', shape);
  const count = numberOf(integerOf(call, 'n'));
  const size = at === undefined ? undefined : numberOf(shape[at] ?? exact(0));
  if (at === undefined || count === undefined || size === undefined) return undefined;
  return replaceAxis(shape, at, exact(Math.max(0, size - count)));
}

const differences: NonNullable<TensorMethod['elements']> = (elements, sizes, call) => {
  const values = sizes.length === 1 && numberOf(integerOf(call, 'n')) === 1 ? valuesOf(elements) : undefined;
  if (values?.every(Number.isInteger) !== true || elements.dtype === 'bool') return undefined;
  const result = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  return [exactly(elements.dtype, result)];
};

function atLeast(shape: Shape, rank: number): Shape {
  if (shape.length >= rank) return shape;
  if (shape.length === 2) return insertAxis(shape, 2, exact(1));
  return rank === 3 && shape.length === 1
    ? [exact(1), ...shape, exact(1)]
    : atLeast([exact(1), ...shape], rank);
}
