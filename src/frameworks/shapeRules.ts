/** Operations on tensors that all frameworks have under different names: rules that are told the names of arguments. */
import { exact, numberOf, type Quantity } from '../symbolic/quantity';
import type { Reason } from '../symbolic/reason';
import { quantityOf, type Value } from '../interp/values';
import { functionRow, type BoundCall, type Row } from './library';
import { integerOf, isAbsent, itemsOf, valueOf } from './read';
import {
  agreed,
  axisOf,
  concatenate,
  insertAxis,
  permute,
  removeAxis,
  replaceAxis,
  reshape,
  splitSizes,
  type Shape,
} from './shapes';
import {
  contentsOf,
  isTensor,
  makeTensor,
  plainSizes,
  shapeOf,
  shapeOfNested,
  shapeReason,
  sizesOf,
  unmodelled,
  type Contents,
} from './tensor';
import type { ShapeRule } from './tensorMethods';
import { joined } from './values/elements';

/** The shape as it was. */
export const keep: ShapeRule = (shape) => shape;

/** Another shape with as many elements, one size of which may be -1. */
export function reshapeTo(sizes: string): ShapeRule {
  return (shape, call) => {
    const wanted = sizesOf(valueOf(call, sizes));
    return wanted && reshape(shape, wanted);
  };
}

/** The axes in another order; reversed where no order is given. */
export function permuteBy(order: string): ShapeRule {
  return (shape, call) => {
    const given = valueOf(call, order);
    const isReversed = given.kind === 'none' || itemsOf(given)?.length === 0;
    if (isReversed) return [...shape].reverse();
    const axes = sizesOf(given)?.map((axis) => axisOf(axis, shape.length));
    return axes && permute(shape, axes);
  };
}

/** A new axis of size 1. */
export function insertAxisAt(axis: string): ShapeRule {
  return (shape, call) => {
    const at = axisOf(integerOf(call, axis), shape.length + 1);
    return at === undefined ? undefined : insertAxis(shape, at, exact(1));
  };
}

/** Axes of size 1 removed: one or several, or all where none is named. `isStrict` refuses other sizes. */
export function squeezeAt(axis: string): ShapeRule {
  return (shape, call) => {
    const sizes = shape.map(numberOf);
    if (isAbsent(call, axis))
      return sizes.includes(undefined) ? undefined : shape.filter((_, index) => sizes[index] !== 1);
    const axes = sizesOf(valueOf(call, axis))?.map((each) => axisOf(each, shape.length));
    const isKnown = axes?.every((each) => each !== undefined && sizes[each] !== undefined);
    return isKnown ? shape.filter((_, index) => !(axes?.includes(index) && sizes[index] === 1)) : undefined;
  };
}

/** Axes summed, averaged or otherwise taken together; all of them where none is named. */
export function reduceOver(axis: string, keeps: string): ShapeRule {
  return (shape, call) => {
    const isKept = valueOf(call, keeps);
    if (isKept.kind !== 'bool') return undefined;
    if (isAbsent(call, axis)) return isKept.value ? shape.map(() => exact(1)) : [];
    const axes = sizesOf(valueOf(call, axis))?.map((each) => axisOf(each, shape.length));
    if (axes === undefined || axes.length === 0 || axes.includes(undefined)) return undefined;
    if (isKept.value) return shape.map((size, index) => (axes.includes(index) ? exact(1) : size));
    return shape.filter((_, index) => !axes.includes(index));
  };
}

/** One tensor for each position of an axis. */
export function unbindAt(axis: string): ShapeRule {
  return (shape, call) => {
    const at = axisOf(integerOf(call, axis), shape.length);
    const count = at === undefined ? undefined : numberOf(shape[at] ?? exact(0));
    if (at === undefined || count === undefined || count > 4096) return undefined;
    return Array<Shape>(count).fill(removeAxis(shape, at));
  };
}

/** Parts along an axis; `sizes` says how large they are. */
export function cutAt(
  axis: string,
  sizes: (size: Quantity, call: BoundCall) => readonly Quantity[] | undefined,
): ShapeRule {
  return (shape, call) => {
    const at = axisOf(integerOf(call, axis), shape.length);
    const parts = at === undefined ? undefined : sizes(shape[at] ?? exact(0), call);
    return at === undefined ? undefined : parts?.map((size) => replaceAxis(shape, at, size));
  };
}

/** Sizes of parts given one by one, or as the size of each. */
export function partsBySize(
  parts: string,
): (size: Quantity, call: BoundCall) => readonly Quantity[] | undefined {
  return (size, call) =>
    itemsOf(valueOf(call, parts))?.map(quantityOf) ?? splitSizes(size, integerOf(call, parts));
}

/** Sizes of parts given one by one, or as the number of equal ones. */
export function partsByCount(
  parts: string,
): (size: Quantity, call: BoundCall) => readonly Quantity[] | undefined {
  return (size, call) => {
    const listed = itemsOf(valueOf(call, parts))?.map(quantityOf);
    const [whole, count] = [numberOf(size), numberOf(integerOf(call, parts))];
    if (listed !== undefined || whole === undefined || count === undefined) return listed;
    return count > 0 && whole % count === 0 && count <= 4096
      ? Array<Quantity>(count).fill(exact(whole / count))
      : undefined;
  };
}

/** Tensors put one behind the other. */
export function concatenateRow(
  path: string,
  classPath: string,
  tensors: string,
  axis: string,
  signature: string,
): Row {
  return functionRow(path, signature, (call, tools) => {
    const parts = partsOf(call, tensors);
    const shapes = parts && shapesOf(parts);
    const at = shapes?.[0] && axisOf(integerOf(call, axis), shapes[0].length);
    const result = shapes && at !== undefined ? concatenate(shapes, at) : undefined;
    if (parts === undefined || result === undefined) return makeTensor(tools, classPath, lost(call, parts));
    return makeTensor(tools, classPath, result, at === 0 ? joinedContents(parts) : commonType(parts));
  });
}

/** Tensors of one shape put side by side along a new axis. */
export function stackRow(
  path: string,
  classPath: string,
  tensors: string,
  axis: string,
  signature: string,
): Row {
  return functionRow(path, signature, (call, tools) => {
    const parts = partsOf(call, tensors);
    const shapes = parts && shapesOf(parts);
    const shape = shapes?.reduce<Shape | undefined>((a, b) => a && agreed(a, b), shapes[0]);
    const at = shape && axisOf(integerOf(call, axis), shape.length + 1);
    const result = shape && at !== undefined ? insertAxis(shape, at, exact(shapes?.length ?? 0)) : undefined;
    if (parts === undefined || result === undefined) return makeTensor(tools, classPath, lost(call, parts));
    return makeTensor(tools, classPath, result, at === 0 ? joinedContents(parts) : commonType(parts));
  });
}

/** The tensors of a sequence, or those that stand one after the other in one tensor. */
export function partsOf(call: BoundCall, name: string): readonly Value[] | undefined {
  const given = valueOf(call, name);
  return (
    itemsOf(given) ?? (isTensor(given) ? call.context.interpreter.iterate(given, call.context) : undefined)
  );
}

/** The shapes of tensors; `undefined` when one of them is unknown. */
export function shapesOf(tensors: readonly Value[]): Shape[] | undefined {
  const shapes = tensors.map(shapeOfNested);
  const known = shapes.filter((shape) => shape !== undefined);
  return known.length === shapes.length ? known : undefined;
}

/** The type that all tensors have. */
export function commonType(tensors: readonly Value[]): Contents {
  const [dtype, ...others] = new Set(tensors.map((each) => contentsOf(each).dtype));
  return others.length === 0 ? { dtype } : {};
}

/** The elements of tensors of one type one behind the other. */
function joinedContents(tensors: readonly Value[]): Contents {
  const { dtype } = commonType(tensors);
  const parts = tensors.flatMap((each) => contentsOf(each).elements ?? []);
  const isWhole = parts.length === tensors.length && tensors.every((each) => plainSizes(shapeOf(each) ?? []));
  return dtype === undefined || !isWhole ? { dtype } : { elements: joined(dtype, parts) };
}

function lost(call: BoundCall, parts: readonly Value[] | undefined): Reason {
  const failing = parts?.find((each) => shapeOfNested(each) === undefined);
  return failing === undefined ? unmodelled(call.context) : shapeReason(failing, 'the shape');
}

/** The grids of vectors, one a vector: over all sizes in order, the first two exchanged for `xy`. */
export function meshOf(
  vectors: readonly Value[],
  indexing: string | undefined,
): ({ readonly shape: Shape } & Contents)[] | undefined {
  const shapes = shapesOf(vectors);
  if (shapes === undefined || (indexing !== 'ij' && indexing !== 'xy')) return undefined;
  if (shapes.some((shape) => shape.length > 1)) return undefined;
  const sizes = shapes.map(([size]) => size ?? exact(1));
  const [first, second, ...rest] = sizes;
  const isTurned = indexing === 'xy' && first !== undefined && second !== undefined;
  const shape = isTurned ? [second, first, ...rest] : sizes;
  return vectors.map((each) => ({ shape, ...commonType([each]) }));
}
