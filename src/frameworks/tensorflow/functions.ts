/** TensorFlow's functions that models use beside convolutions: pooling, images, padding, products, sizes. */
import { outputLength, sameOutputLength } from '../../conv/axis';
import type { CallContext } from '../../interp/call';
import { nativeClass } from '../../interp/classes';
import { builtin, int, integer, NONE, quantityOf, unknown, type Value } from '../../interp/values';
import { add, divideExactly, equal, multiply } from '../../symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../../symbolic/quantity';
import { isOpen } from '../keras/graph';
import { functionRow, recordWork, type BoundCall, type Row, type Toolbox } from '../library';
import { flagOf, integerOf, itemsOf, textOf, valueOf } from '../read';
import { broadcast, reshape, type Shape } from '../shapes';
import { makeTensor, shapeOf, shapeReason, sizesOf, tensorPayload, unmodelled } from '../tensor';
import type { ShapeRule } from '../tensorMethods';

export const TENSOR = 'tensorflow.Tensor';

const SIZES = 'tensorflow.convlens.Sizes';
const ONE = exact(1);

/** Rows of functions. */
export function functionRows(): Row[] {
  return [
    { path: SIZES, make: sizesClass },
    ...[
      'max_pool',
      'avg_pool',
      'max_pool1d',
      'avg_pool1d',
      'max_pool2d',
      'avg_pool2d',
      'max_pool3d',
      'avg_pool3d',
    ].map((name) =>
      functionRow(
        `tensorflow.nn.${name}`,
        '(input=None, ksize=None, strides=None, padding=None, data_format=None, name=None, value=None)',
        pool,
      ),
    ),
    ...[
      'tensorflow.image.resize',
      'tensorflow.image.resize_bilinear',
      'tensorflow.image.resize_nearest_neighbor',
      'tensorflow.image.resize_with_pad',
    ].map((path) => functionRow(path, '(images, size, *args, **kwargs)', resize)),
    functionRow('tensorflow.pad', '(tensor, paddings, mode="CONSTANT", constant_values=0, name=None)', pad),
    ...['tensorflow.shape', 'keras.ops.shape', 'keras.backend.shape'].map((path) =>
      functionRow(path, '(input, out_type=None, name=None, **kwargs)', sizesOfTensor),
    ),
    functionRow('tensorflow.rank', '(input, name=None)', (call) => {
      const shape = shapeOf(valueOf(call, 'input'));
      return shape ? int(shape.length) : unknown(shapeReason(valueOf(call, 'input'), 'the rank'));
    }),
    ...matrixRows('tensorflow'),
    ...['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum', 'pow', 'add_n'].flatMap((name) => [
      combining(`tensorflow.${name}`),
      combining(`tensorflow.math.${name}`),
      combining(`keras.ops.${name}`),
    ]),
    functionRow(
      'tensorflow.nn.space_to_depth',
      '(input, block_size, data_format="NHWC", name=None)',
      (call, tools) => blocks(call, tools, false),
    ),
    functionRow(
      'tensorflow.nn.depth_to_space',
      '(input, block_size, data_format="NHWC", name=None)',
      (call, tools) => blocks(call, tools, true),
    ),
    functionRow('tensorflow.tile', '(input, multiples, name=None)', (call, tools) => {
      const shape = shapeOf(valueOf(call, 'input'));
      const times = itemsOf(valueOf(call, 'multiples'))?.map(quantityOf);
      const tiled =
        shape?.length === times?.length
          ? shape?.map((size, axis) => multiply(size, times?.[axis] ?? ONE))
          : undefined;
      return makeTensor(tools, TENSOR, tiled ?? unmodelled(call.context));
    }),
  ];
}

/** Products of matrices under a prefix: `matmul`. */
export function matrixRows(prefix: string): Row[] {
  const signature =
    prefix === 'tensorflow' ? '(a, b, transpose_a=False, transpose_b=False, *args, **kwargs)' : '(x1, x2)';
  return ['matmul', ...(prefix === 'tensorflow' ? ['linalg.matmul'] : [])].map((name) =>
    functionRow(`${prefix}.${name}`, signature, (call, tools) => {
      const [left, right] = prefix === 'tensorflow' ? (['a', 'b'] as const) : (['x1', 'x2'] as const);
      const a = transposed(shapeOf(valueOf(call, left)), call, 'transpose_a');
      const b = transposed(shapeOf(valueOf(call, right)), call, 'transpose_b');
      const result = a && b && matrixProduct(a, b);
      if (result === undefined || a === undefined) return makeTensor(tools, TENSOR, unmodelled(call.context));
      const perCall = result[0] && isOpen(result[0]) ? result.slice(1) : result;
      const inner = a.at(-1) ?? ONE;
      recordWork(tools, { kind: 'product', macs: multiply(...perCall, inner), context: call.context });
      return makeTensor(tools, TENSOR, result);
    }),
  );
}

/** Another shape with as many elements, where a size that comes with the data may be on both sides. */
export function reshapeWith(sizes: string): ShapeRule {
  return (shape, call) => {
    const value = valueOf(call, sizes);
    const wanted = vectorOf(value) ?? sizesOf(value);
    return wanted && reshapeOpen(shape, wanted);
  };
}

/** As `reshape`; one size that comes with the data is the same before and after. */
export function reshapeOpen(shape: Shape, wanted: Shape): Shape | undefined {
  const open = shape.filter(isOpen);
  const [size] = open;
  if (size === undefined || open.length > 1) return reshape(shape, wanted);
  const rest = shape.filter((each) => !isOpen(each));
  const kept = wanted.findIndex(isOpen);
  if (kept >= 0) {
    const others = reshape(
      rest,
      wanted.filter((_, index) => index !== kept),
    );
    return others && [...others.slice(0, kept), size, ...others.slice(kept)];
  }
  const free = wanted.findIndex((each) => numberOf(each) === -1);
  const named = wanted.filter((_, index) => index !== free);
  const isWhole = free >= 0 && equal(multiply(...rest), multiply(...named)) === true;
  return isWhole ? wanted.map((each, index) => (index === free ? size : each)) : reshape(shape, wanted);
}

/** The sizes of a tensor as a tensor, which gives them one by one. */
function sizesOfTensor(call: BoundCall, tools: Toolbox): Value {
  const input = valueOf(call, 'input');
  const shape = shapeOf(input);
  return shape === undefined ? unknown(shapeReason(input, 'the shape')) : vector(shape, tools);
}

function vector(sizes: Shape, tools: Toolbox): Value {
  const type = tools.value(SIZES);
  if (type.kind !== 'class') return NONE;
  const payload = { ...(tensorPayload([exact(sizes.length)]) as object), sizes };
  return { kind: 'instance', class: type, attributes: new Map(), payload };
}

/** The sizes that a vector of them stands for; `undefined` for anything else. */
function vectorOf(value: Value | undefined): Shape | undefined {
  return value?.kind === 'instance' ? (value.payload as { sizes?: Shape } | undefined)?.sizes : undefined;
}

/** Indexing gives a size, a slice some of them. */
function sizesClass(tools: Toolbox): Value {
  const tensor = tools.value(TENSOR);
  const open = (context: CallContext) => unknown(unmodelled(context));
  return nativeClass('Tensor', tensor.kind === 'class' ? [tensor] : [], [
    [
      '__getitem__',
      builtin('__getitem__', ({ positional: [self, index] }, context) => {
        const sizes = vectorOf(self?.value);
        const at = index?.value;
        if (sizes === undefined || at === undefined) return open(context);
        if (at.kind === 'int') {
          const size = sizes.at(at.value);
          return size === undefined ? open(context) : integer(size);
        }
        if (at.kind !== 'slice' || at.step.kind !== 'none') return open(context);
        const [start, stop] = [boundary(at.start), boundary(at.stop)];
        return start === null || stop === null ? open(context) : vector(sizes.slice(start, stop), tools);
      }),
    ],
    [
      '__iter__',
      builtin('__iter__', ({ positional: [self] }, context) => {
        const sizes = vectorOf(self?.value);
        return sizes === undefined
          ? open(context)
          : { kind: 'iterator', items: sizes.map(integer), position: 0 };
      }),
    ],
    [
      '__len__',
      builtin('__len__', ({ positional: [self] }, context) => {
        const sizes = vectorOf(self?.value);
        return sizes === undefined ? open(context) : int(sizes.length);
      }),
    ],
  ]);
}

/** A bound of a slice; null for one that is not a number. */
function boundary(value: Value): number | undefined | null {
  if (value.kind === 'none') return undefined;
  return value.kind === 'int' ? value.value : null;
}

function pool(call: BoundCall, tools: Toolbox): Value {
  const given = valueOf(call, 'input').kind === 'none' ? valueOf(call, 'value') : valueOf(call, 'input');
  const shape = shapeOf(given);
  if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(given, 'the output'));
  return makeTensor(tools, TENSOR, pooled(shape, call) ?? unmodelled(call.context));
}

function pooled(shape: Shape, call: BoundCall): Shape | undefined {
  const format = valueOf(call, 'data_format');
  const isFirst = format.kind === 'string' && format.value.startsWith('NC');
  const word = textOf(call, 'padding')?.toUpperCase();
  const rank = shape.length - 2;
  const [kernel, stride] = ['ksize', 'strides'].map((name) =>
    spatialSizes(valueOf(call, name), rank, isFirst),
  );
  const isReadable = format.kind === 'none' || format.kind === 'string';
  if (!isReadable || kernel === undefined || stride === undefined) return undefined;
  if (rank < 1 || (word !== 'SAME' && word !== 'VALID')) return undefined;
  const first = isFirst ? 2 : 1;
  return shape.map((size, axis) => {
    if (axis < first || axis >= first + rank) return size;
    const [window, step] = [kernel[axis - first] ?? ONE, stride[axis - first] ?? ONE];
    const zero = exact(0);
    return word === 'SAME'
      ? sameOutputLength(size, step, false)
      : outputLength(size, { kernel: window, stride: step, dilation: ONE, before: zero, after: zero });
  });
}

/** One number for all axes, one an axis, or one for each axis of the data. */
function spatialSizes(value: Value, rank: number, isFirst: boolean): Shape | undefined {
  const items = itemsOf(value)?.map(quantityOf);
  if (items === undefined)
    return value.kind === 'int' || value.kind === 'formula'
      ? Array<Quantity>(rank).fill(quantityOf(value))
      : undefined;
  if (items.length === 1) return Array<Quantity>(rank).fill(items[0] ?? ONE);
  if (items.length === rank) return items;
  if (items.length !== rank + 2) return undefined;
  return isFirst ? items.slice(2) : items.slice(1, -1);
}

function resize(call: BoundCall, tools: Toolbox): Value {
  const shape = shapeOf(valueOf(call, 'images'));
  const given = valueOf(call, 'size');
  const size = vectorOf(given) ?? itemsOf(given)?.map(quantityOf);
  const channels = shape?.at(-1);
  const isPlain = ![...call.args.keywords.keys()].includes('preserve_aspect_ratio');
  if (shape === undefined || channels === undefined || size?.length !== 2 || shape.length < 3 || !isPlain)
    return makeTensor(tools, TENSOR, unmodelled(call.context));
  return makeTensor(tools, TENSOR, [...shape.slice(0, -3), ...size, channels]);
}

function pad(call: BoundCall, tools: Toolbox): Value {
  const tensor = valueOf(call, 'tensor');
  const shape = shapeOf(tensor);
  const sides = itemsOf(valueOf(call, 'paddings'))?.map((pair) => itemsOf(pair)?.map(quantityOf));
  if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(tensor, 'the output'));
  const isFitting = sides?.length === shape.length && sides.every((pair) => pair?.length === 2);
  const sizes = isFitting ? shape.map((size, axis) => add(size, ...(sides[axis] ?? []))) : undefined;
  return makeTensor(tools, TENSOR, sizes ?? unmodelled(call.context));
}

function transposed(shape: Shape | undefined, call: BoundCall, flag: string): Shape | undefined {
  if (shape === undefined || shape.length < 2) return undefined;
  const isSwapped = call.values.has(flag) ? flagOf(call, flag) : false;
  if (typeof isSwapped !== 'boolean') return undefined;
  const [rows, columns] = shape.slice(-2);
  return isSwapped && rows && columns ? [...shape.slice(0, -2), columns, rows] : shape;
}

function matrixProduct(a: Shape, b: Shape): Shape | undefined {
  const [rows, inner] = a.slice(-2);
  const [other, columns] = b.slice(-2);
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  if (rows === undefined || columns === undefined || inner === undefined || other === undefined)
    return undefined;
  return batch && equal(inner, other) !== false ? [...batch, rows, columns] : undefined;
}

function combining(path: string): Row {
  return functionRow(path, '(x, y=None, name=None, **kwargs)', (call, tools) => {
    const [x, y] = [valueOf(call, 'x'), valueOf(call, 'y')];
    const values = path.endsWith('add_n') ? itemsOf(x) : [x, y];
    const shapes = values?.map((value) => shapeOf(value) ?? (isNumber(value) ? [] : undefined));
    const result = shapes?.reduce<Shape | undefined>((a, b) => a && b && broadcast(a, b), []);
    return makeTensor(tools, TENSOR, result ?? unmodelled(call.context));
  });
}

function isNumber({ kind }: Value): boolean {
  return kind === 'int' || kind === 'float' || kind === 'bool';
}

function blocks(call: BoundCall, tools: Toolbox, isToSpace: boolean): Value {
  const shape = shapeOf(valueOf(call, 'input'));
  const size = integerOf(call, 'block_size');
  const format = textOf(call, 'data_format');
  if (shape?.length !== 4 || format !== 'NHWC') return makeTensor(tools, TENSOR, unmodelled(call.context));
  const area = multiply(size, size);
  const along = (length: Quantity) => (isToSpace ? multiply(length, size) : divideExactly(length, size));
  const [batch = ONE, height = ONE, width = ONE, channels = ONE] = shape;
  const depth = isToSpace ? divideExactly(channels, area) : multiply(channels, area);
  return makeTensor(tools, TENSOR, [batch, along(height), along(width), depth]);
}
