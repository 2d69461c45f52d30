/** The algebra of tensor shapes, shared by all frameworks: pure functions of lists of quantities. */
import { add, compare, divideExactly, equal, floorDivide, multiply, subtract } from '../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../symbolic/quantity';

export type Shape = readonly Quantity[];

/** One part of an index: a position, a stretch, a new axis, all remaining axes, or something else. */
export type IndexPart =
  | { readonly kind: 'position' }
  | {
      readonly kind: 'stretch';
      readonly start?: Quantity;
      readonly stop?: Quantity;
      readonly step?: Quantity;
    }
  | { readonly kind: 'newAxis' }
  | { readonly kind: 'ellipsis' };

const ONE = exact(1);
const ZERO = exact(0);

/** The position of an axis counted from either end; `undefined` when there is none or it is not exact. */
export function axisOf(axis: Quantity, rank: number): number | undefined {
  const number = numberOf(axis);
  if (number === undefined || number < -rank || number >= rank) return undefined;
  return number < 0 ? number + rank : number;
}

/** The product of all sizes. */
export function elementsOf(shape: Shape): Quantity {
  return multiply(...shape);
}

/** The sizes with one -1 filled in; `undefined` for more than one of them. */
export function reshape(shape: Shape, sizes: Shape): Shape | undefined {
  const open = sizes.filter((size) => numberOf(size) === -1).length;
  if (open === 0) return sizes;
  if (open > 1) return undefined;
  const known = multiply(...sizes.filter((size) => numberOf(size) !== -1));
  const rest = divideExactly(elementsOf(shape), known);
  return sizes.map((size) => (numberOf(size) === -1 ? rest : size));
}

/** The axes in another order; `undefined` when the order is not one of all axes. */
export function permute(shape: Shape, order: readonly (number | undefined)[]): Shape | undefined {
  const picked = order.map((axis) => (axis === undefined ? undefined : shape[axis]));
  const isComplete = order.length === shape.length && new Set(order).size === order.length;
  return isComplete && picked.every((size) => size !== undefined) ? picked : undefined;
}

/** The shape with `size` at position `axis`. */
export function insertAxis(shape: Shape, axis: number, size: Quantity): Shape {
  return [...shape.slice(0, axis), size, ...shape.slice(axis)];
}

/** The shape without the axis. */
export function removeAxis(shape: Shape, axis: number): Shape {
  return shape.filter((_, index) => index !== axis);
}

/** The shape with another size of one axis. */
export function replaceAxis(shape: Shape, axis: number, size: Quantity): Shape {
  return shape.map((old, index) => (index === axis ? size : old));
}

/** The shape of tensors put one behind the other along `axis`; `undefined` when ranks differ or there are none. */
export function concatenate(shapes: readonly Shape[], axis: number): Shape | undefined {
  const [first] = shapes;
  if (first === undefined || shapes.some((shape) => shape.length !== first.length)) return undefined;
  return replaceAxis(first, axis, add(...shapes.map((shape) => shape[axis] ?? ZERO)));
}

/** The sizes of `count` nearly equal parts as `torch.chunk` cuts them: ⌈size/count⌉ each, the last one smaller. */
export function chunkSizes(size: Quantity, count: Quantity): readonly Quantity[] | undefined {
  const [whole, parts] = [numberOf(size), numberOf(count)];
  if (parts === undefined || parts < 1 || parts > 4096) return undefined;
  if (whole === undefined) return Array<Quantity>(parts).fill(divideExactly(size, count));
  return splitSizes(size, exact(Math.ceil(whole / parts)));
}

/** The sizes of parts of `part` elements, the last one smaller. */
export function splitSizes(size: Quantity, part: Quantity): readonly Quantity[] | undefined {
  const [whole, each] = [numberOf(size), numberOf(part)];
  if (whole === undefined || each === undefined || each < 1 || whole / each > 4096) return undefined;
  const count = Math.max(1, Math.ceil(whole / each));
  return Array.from({ length: count }, (_, index) => exact(Math.min(each, whole - index * each)));
}

/** The shape of two tensors combined element by element; `undefined` when they do not fit. */
export function broadcast(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const sizes: Quantity[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - (rank - a.length)] ?? ONE;
    const right = b[axis - (rank - b.length)] ?? ONE;
    const size = broadcastSize(left, right);
    if (size === undefined) return undefined;
    sizes.push(size);
  }
  return sizes;
}

/** The shape of an indexed tensor; `undefined` when there are more parts than axes. */
export function indexShape(shape: Shape, parts: readonly IndexPart[]): Shape | undefined {
  const taken = parts.filter((part) => part.kind === 'position' || part.kind === 'stretch').length;
  if (taken > shape.length) return undefined;
  const sizes: Quantity[] = [];
  let axis = 0;
  for (const part of parts) {
    if (part.kind === 'newAxis') sizes.push(ONE);
    else if (part.kind === 'ellipsis') {
      sizes.push(...shape.slice(axis, axis + shape.length - taken));
      axis += shape.length - taken;
    } else {
      const size = shape[axis++] ?? ZERO;
      if (part.kind === 'stretch') sizes.push(stretchLength(size, part));
    }
  }
  return [...sizes, ...shape.slice(axis)];
}

function broadcastSize(left: Quantity, right: Quantity): Quantity | undefined {
  if (numberOf(left) === 1) return right;
  if (numberOf(right) === 1) return left;
  if (left.kind === 'unknown' && right.kind === 'unknown') return left;
  const same = equal(left, right);
  if (same === true) return left;
  if (same === false) return undefined;
  // One of them may turn out to be 1: the other is certain only when it is a number.
  const known = [left, right].find((size) => numberOf(size) !== undefined);
  return known ?? unknown({ code: 'unmodelled', subject: 'broadcasting of sizes that are formulas' });
}

function stretchLength(size: Quantity, part: IndexPart & { kind: 'stretch' }): Quantity {
  const step = part.step === undefined ? 1 : numberOf(part.step);
  if (step === undefined || step < 1)
    return unknown({ code: 'unmodelled', subject: 'a slice with this step' });
  const start = boundOf(part.start ?? ZERO, size);
  const stop = boundOf(part.stop ?? size, size);
  const length = subtract(stop, start);
  if (numberOf(length) === undefined && step === 1) return length;
  return step === 1
    ? clampLength(length)
    : floorDivide(add(clampLength(length), exact(step - 1)), exact(step));
}

/** A bound counted from the start, no further than the end. */
function boundOf(bound: Quantity, size: Quantity): Quantity {
  const fromStart = compare(bound, ZERO) === -1 ? add(size, bound) : bound;
  if (compare(fromStart, ZERO) === -1) return ZERO;
  const isBeyond = compare(fromStart, size);
  if (isBeyond === undefined && fromStart.kind !== 'unknown' && size.kind === 'formula' && bound !== size) {
    return numberOf(bound) === 0
      ? ZERO
      : unknown({ code: 'unmodelled', subject: 'a slice of a size that is a formula' });
  }
  return isBeyond === 1 ? size : fromStart;
}

function clampLength(length: Quantity): Quantity {
  return compare(length, ZERO) === -1 ? ZERO : length;
}
