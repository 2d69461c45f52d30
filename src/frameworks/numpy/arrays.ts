/** NumPy arrays: the class, and what moves, cuts and joins them. Source: NumPy reference, "Array manipulation". */
import { bool, builtin, NONE, tuple, unknown, type Value } from '../../interp/values';
import { add, multiply } from '../../symbolic/arithmetic';
import { exact, numberOf } from '../../symbolic/quantity';
import { functionRow, type BoundCall, type Row } from '../library';
import { integerOf, isAbsent, itemsOf, quantityFrom, textOf, valueOf } from '../read';
import {
  concatenateRow,
  cutAt,
  insertAxisAt,
  keep,
  meshOf,
  partsByCount,
  partsOf,
  permuteBy,
  reshapeTo,
  shapesOf,
  squeezeAt,
  stackRow,
} from '../shapeRules';
import { broadcast, concatenate, permute, type Shape } from '../shapes';
import { contentsOf, isTensor, makeTensor, shapeOf, sizesOf, tensorOfClass, unmodelled } from '../tensor';
import { asFunctions, SAME_ORDER, shapeProperty, tensorClassRow, type TensorMethod } from '../tensorMethods';
import { axesOf, axisAt, expandedTo, flippedBy, moving, permutedBy, swappedBy } from '../elementRules';
import { raised } from '../torch/joining';
import { integer } from '../../interp/values';
import { creationRows } from './creation';
import { functionRows, methods } from './functions';
import { ARRAY } from './names';

const SAME = { dtype: 'same' } as const;

/** Rows of arrays, their creation and manipulation. */
export function arrayRows(): Row[] {
  return [
    tensorClassRow(ARRAY, [...METHODS, ...methods()], (type) => [
      shapeProperty('size', (_, shape) => integer(multiply(...shape))),
      ...['flat', 'real'].map((name) =>
        shapeProperty(name, (self, shape) =>
          tensorOfClass(type, name === 'flat' ? [multiply(...shape)] : shape, contentsOf(self)),
        ),
      ),
      [
        '__instancecheck__',
        builtin('__instancecheck__', ({ positional: [, value] }) => isArray(value?.value ?? NONE)),
      ],
    ]),
    ...asFunctions('numpy', ARRAY, 'a', FUNCTIONS),
    { path: 'numpy.newaxis', make: () => NONE },
    ...creationRows(),
    ...functionRows(),
    ...['concatenate', 'concat'].map((name) =>
      concatenateRow(`numpy.${name}`, ARRAY, 'arrays', 'axis', '(arrays, axis=0, out=None, **options)'),
    ),
    stackRow('numpy.stack', ARRAY, 'arrays', 'axis', '(arrays, axis=0, out=None, **options)'),
    ...STACKS.map(([name, rank, axis]) =>
      functionRow(`numpy.${name}`, '(tup, **options)', (call, tools) => {
        const parts = partsOf(call, 'tup');
        const shapes = parts && shapesOf(parts)?.map((shape) => raised(shape, rank));
        const isFlat = name === 'hstack' && shapes?.every((shape) => shape.length === 1);
        const shape = shapes && concatenate(shapes, isFlat ? 0 : axis);
        return makeTensor(tools, ARRAY, shape ?? unmodelled(call.context));
      }),
    ),
    functionRow('numpy.meshgrid', '(*xi, copy=True, sparse=False, indexing="xy")', (call, tools) => {
      const isSparse = valueOf(call, 'sparse');
      const grids = meshOf(itemsOf(valueOf(call, 'xi')) ?? [], textOf(call, 'indexing'));
      if (grids === undefined || isSparse.kind !== 'bool' || isSparse.value)
        return unknown(unmodelled(call.context));
      return tuple(grids.map(({ shape, ...contents }) => makeTensor(tools, ARRAY, shape, contents)));
    }),
    functionRow('numpy.broadcast_shapes', '(*args)', (call) => {
      const shapes = itemsOf(valueOf(call, 'args'))?.map(sizesOf);
      const result = shapes?.reduce<Shape | undefined>((a, b) => a && b && broadcast(a, b), []);
      return result ? tuple(result.map(integer)) : unknown(unmodelled(call.context));
    }),
  ];
}

const METHODS: readonly TensorMethod[] = [
  { name: 'reshape', signature: '(*shape, order="C")', rule: reshapeTo('shape'), ...sameOrder() },
  { name: 'transpose', signature: '(*axes)', rule: permuteBy('axes'), ...moving(permutedBy('axes')) },
  { name: 'swapaxes', signature: '(axis1, axis2)', rule: swap, ...moving(swappedBy('axis1', 'axis2')) },
  { name: 'squeeze', signature: '(axis=None)', rule: squeezeAt('axis'), ...SAME_ORDER },
  ...['flatten', 'ravel'].map((name): TensorMethod => ({
    name,
    signature: '(order="C")',
    rule: (shape) => [multiply(...shape)],
    ...sameOrder(),
  })),
  { name: 'copy', signature: '(order="C")', rule: keep, ...SAME_ORDER },
  { name: 'repeat', signature: '(repeats, axis=None)', rule: repeatEach, ...SAME },
  { name: 'diagonal', signature: '(**options)', rule: () => undefined },
  ...['fill', 'sort', 'itemset', 'put', 'partition', 'setflags', 'byteswap'].map((name): TensorMethod => ({
    name,
    signature: '(*args, **kwargs)',
    rule: keep,
    changes: 'elements',
  })),
  {
    name: 'resize',
    signature: '(*new_shape, refcheck=True)',
    rule: (_, call) => sizesOf(valueOf(call, 'new_shape')),
    changes: 'shape',
  },
];

const FUNCTIONS: readonly TensorMethod[] = [
  {
    name: 'reshape',
    signature: '(newshape, order="C", **options)',
    rule: reshapeTo('newshape'),
    ...sameOrder(),
  },
  { name: 'transpose', signature: '(axes=None)', rule: permuteBy('axes'), ...moving(permutedBy('axes')) },
  { name: 'swapaxes', signature: '(axis1, axis2)', rule: swap, ...moving(swappedBy('axis1', 'axis2')) },
  { name: 'moveaxis', signature: '(source, destination)', rule: moveAxes, ...SAME },
  { name: 'expand_dims', signature: '(axis)', rule: expandDims, ...SAME_ORDER },
  { name: 'squeeze', signature: '(axis=None)', rule: squeezeAt('axis'), ...SAME_ORDER },
  { name: 'ravel', signature: '(order="C")', rule: (shape) => [multiply(...shape)], ...sameOrder() },
  { name: 'copy', signature: '(order="K", subok=False)', rule: keep, ...SAME_ORDER },
  ...['ascontiguousarray', 'asfortranarray'].map((name): TensorMethod => ({
    name,
    signature: '()',
    rule: keep,
    ...SAME_ORDER,
  })),
  {
    name: 'split',
    signature: '(indices_or_sections, axis=0)',
    rule: (shape, call, tools) =>
      itemsOf(valueOf(call, 'indices_or_sections')) === undefined
        ? cutAt('axis', partsByCount('indices_or_sections'))(shape, call, tools)
        : undefined,
    ...SAME,
  },
  { name: 'flip', signature: '(axis=None)', rule: keep, ...moving(flippedBy('axis')) },
  ...['fliplr', 'flipud'].map((name): TensorMethod => ({ name, signature: '()', rule: keep, ...SAME })),
  { name: 'roll', signature: '(shift, axis=None)', rule: keep, ...SAME },
  { name: 'tril', signature: '(k=0)', rule: keep, ...SAME },
  { name: 'triu', signature: '(k=0)', rule: keep, ...SAME },
  { name: 'tile', signature: '(reps)', rule: tiled, ...SAME },
  { name: 'repeat', signature: '(repeats, axis=None)', rule: repeatEach, ...SAME },
  {
    name: 'broadcast_to',
    signature: '(shape, subok=False)',
    rule: (_, call) => sizesOf(valueOf(call, 'shape')),
    ...moving(expandedTo('shape')),
  },
  { name: 'pad', signature: '(pad_width, mode="constant", **kwargs)', rule: padded, ...SAME },
  { name: 'atleast_1d', signature: '()', rule: (shape) => raised(shape, 1), ...SAME_ORDER },
  { name: 'atleast_2d', signature: '()', rule: (shape) => raised(shape, 2), ...SAME_ORDER },
  { name: 'atleast_3d', signature: '()', rule: (shape) => raised(shape, 3), ...SAME_ORDER },
  { name: 'ndim', signature: '()', rule: (shape) => integer(exact(shape.length)) },
  { name: 'shape', signature: '()', rule: (shape) => tuple(shape.map(integer)) },
  {
    name: 'size',
    signature: '(axis=None)',
    rule: (shape, call) => {
      const at = axisAt(call, 'axis', shape);
      if (isAbsent(call, 'axis')) return integer(multiply(...shape));
      return at === undefined ? undefined : integer(shape[at] ?? exact(0));
    },
  },
];

const STACKS = [
  ['hstack', 1, 1],
  ['vstack', 2, 0],
  ['dstack', 3, 2],
] as const;

/** Scalars of NumPy are no arrays, and code may have either without axes. */
function isArray(value: Value): Value {
  if (value.kind === 'unknown') return value;
  return isTensor(value) && shapeOf(value)?.length === 0
    ? unknown({ code: 'unmodelled', subject: 'whether this is an array or a number' })
    : bool(value.kind === 'instance' && value.class.name === 'ndarray');
}

/** Elements stay in order where the order is that of C. */
function sameOrder(): Pick<TensorMethod, 'dtype' | 'elements'> {
  return moving((elements, _, call) => (textOf(call, 'order') === 'C' ? [elements] : undefined));
}

function swap(shape: Shape, call: BoundCall): Shape | undefined {
  const [a, b] = [axisAt(call, 'axis1', shape), axisAt(call, 'axis2', shape)];
  if (a === undefined || b === undefined) return undefined;
  return permute(
    shape,
    shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

function moveAxes(shape: Shape, call: BoundCall): Shape | undefined {
  const [from, to] = [axesOf(call, 'source', shape.length), axesOf(call, 'destination', shape.length)];
  if (from === undefined || to?.length !== from.length) return undefined;
  const rest = shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  return permute(
    shape,
    shape.map((_, axis) => (to.includes(axis) ? from[to.indexOf(axis)] : rest.shift())),
  );
}

function expandDims(
  shape: Shape,
  call: BoundCall,
  ...more: [Parameters<TensorMethod['rule']>[2]]
): ReturnType<TensorMethod['rule']> {
  return itemsOf(valueOf(call, 'axis')) === undefined
    ? insertAxisAt('axis')(shape, call, ...more)
    : undefined;
}

function tiled(shape: Shape, call: BoundCall): Shape | undefined {
  const counts = sizesOf(valueOf(call, 'reps'));
  if (counts === undefined) return undefined;
  const rank = Math.max(counts.length, shape.length);
  return Array.from({ length: rank }, (_, axis) =>
    multiply(
      counts[axis - (rank - counts.length)] ?? exact(1),
      shape[axis - (rank - shape.length)] ?? exact(1),
    ),
  );
}

function repeatEach(shape: Shape, call: BoundCall): Shape | undefined {
  const repeats = valueOf(call, 'repeats');
  if (repeats.kind !== 'int' && repeats.kind !== 'formula') return undefined;
  const count = quantityFrom(repeats);
  if (isAbsent(call, 'axis')) return [multiply(count, ...shape)];
  const at = axisAt(call, 'axis', shape);
  return at === undefined
    ? undefined
    : shape.map((size, axis) => (axis === at ? multiply(size, count) : size));
}

/** `n`, `(before, after)`, `((before, after), …)`: added to every axis in turn. */
function padded(shape: Shape, call: BoundCall): Shape | undefined {
  const given = valueOf(call, 'pad_width');
  const rows = itemsOf(given);
  const pairs = rows?.map((row) => itemsOf(row)?.map(quantityFrom));
  if (rows === undefined) {
    const each = integerOf(call, 'pad_width');
    return given.kind === 'int' || given.kind === 'formula'
      ? shape.map((size) => add(size, each, each))
      : undefined;
  }
  if (pairs?.every((pair) => pair === undefined)) {
    const sides = rows.map(quantityFrom);
    return sides.length === 2 || (sides.length === 1 && numberOf(sides[0] ?? exact(0)) !== undefined)
      ? shape.map((size) => add(size, sides[0] ?? exact(0), sides.at(-1) ?? exact(0)))
      : undefined;
  }
  const isFitting = pairs?.every((pair) => pair?.length === 2);
  if (pairs === undefined || isFitting !== true || (pairs.length !== shape.length && pairs.length !== 1))
    return undefined;
  return shape.map((size, axis) => add(size, ...(pairs[pairs.length === 1 ? 0 : axis] ?? [])));
}
