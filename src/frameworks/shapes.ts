/** The algebra of tensor shapes, shared by all frameworks: pure functions of lists of quantities. */
import {
  add,
  compare,
  divideExactly,
  equal,
  floorDivide,
  modulo,
  multiply,
  subtract,
} from '../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../symbolic/quantity';

export type Shape = readonly Quantity[];

/**
 * One part of an index: a position, a stretch, a new axis, all remaining axes, positions given by a list or a tensor of
 * this shape, or a mask over `rank` axes that keeps nobody knows how many elements.
 */
export type IndexPart =
  | { readonly kind: 'position'; readonly at: Quantity }
  | { readonly kind: 'gather'; readonly shape: Shape }
  | { readonly kind: 'mask'; readonly rank: number }
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

/** The sizes with one -1 filled in; `undefined` for more than one of them, and where the elements do not fit. */
export function reshape(shape: Shape, sizes: Shape): Shape | undefined {
  const open = sizes.filter((size) => numberOf(size) === -1).length;
  if (open === 0) return equal(elementsOf(shape), elementsOf(sizes)) === false ? undefined : sizes;
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

/** The shape of tensors put one behind the other along `axis`; `undefined` when they do not fit or there are none. */
export function concatenate(shapes: readonly Shape[], axis: number): Shape | undefined {
  const [first] = shapes;
  if (first === undefined || shapes.some((shape) => shape.length !== first.length)) return undefined;
  const others = shapes.reduce<Shape | undefined>((a, b) => a && agreed(a, b, axis), first);
  return others && replaceAxis(others, axis, add(...shapes.map((shape) => shape[axis] ?? ZERO)));
}

/** The sizes that two shapes share but for one axis, the better known of each; `undefined` when they differ. */
export function agreed(a: Shape, b: Shape, except = -1): Shape | undefined {
  if (a.length !== b.length) return undefined;
  const sizes: Quantity[] = [];
  for (const [axis, size] of a.entries()) {
    const other = b[axis] ?? ZERO;
    if (axis !== except && equal(size, other) === false) return undefined;
    sizes.push(numberOf(size) === undefined && numberOf(other) !== undefined ? other : size);
  }
  return sizes;
}

/** The sizes of `count` nearly equal parts as `torch.chunk` cuts them: ⌈size/count⌉ each, the last one smaller. */
export function chunkSizes(size: Quantity, count: Quantity): readonly Quantity[] | undefined {
  const [whole, parts] = [numberOf(size), numberOf(count)];
  if (parts === undefined || parts < 1 || parts > 4096) return undefined;
  if (whole === undefined) return Array<Quantity>(parts).fill(evenPart(size, count));
  return splitSizes(size, exact(Math.ceil(whole / parts)));
}

/** A size divided into so many parts; unknown where they may differ. */
function evenPart(size: Quantity, count: Quantity): Quantity {
  if (size.kind === 'unknown') return size;
  return numberOf(modulo(size, count)) === 0
    ? floorDivide(size, count)
    : unknown({ code: 'unmodelled', subject: 'a part of a size that may leave a remainder' });
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

/**
 * The shape of an indexed tensor; `undefined` when the index does not fit. Lists and tensors give their common shape to
 * the place of the first of them, or to the front where other parts stand between them; for NumPy (`countsPositions`)
 * a position beside them is one of them. Source: NumPy user guide, "Advanced indexing".
 */
export function indexShape(
  shape: Shape,
  parts: readonly IndexPart[],
  countsPositions = false,
): Shape | undefined {
  const taken = parts.reduce((sum, part) => sum + axesTaken(part), 0);
  if (taken > shape.length) return undefined;
  const isGathering = parts.some(({ kind }) => kind === 'gather' || kind === 'mask');
  const gathered: Shape[] = [];
  const places: number[] = [];
  const sizes: Quantity[] = [];
  const advance = (index: number, found: Shape): void => {
    gathered.push(found);
    places.push(index);
    insertion ??= sizes.length;
  };
  let insertion: number | undefined;
  let axis = 0;
  for (const [index, part] of parts.entries()) {
    const own = shape.slice(axis, axis + (part.kind === 'ellipsis' ? shape.length - taken : axesTaken(part)));
    axis += own.length;
    if (part.kind === 'newAxis') sizes.push(ONE);
    else if (part.kind === 'ellipsis') sizes.push(...own);
    else if (part.kind === 'stretch') sizes.push(stretchLength(own[0] ?? ZERO, part));
    else if (part.kind === 'gather') advance(index, part.shape);
    else if (part.kind === 'mask') advance(index, [OPEN]);
    else if (!isInside(part.at, own[0] ?? ZERO)) return undefined;
    else if (isGathering && countsPositions) advance(index, []);
  }
  const common = gathered.reduce<Shape | undefined>((a, b) => a && broadcast(a, b), []);
  const isTogether = places.every(
    (place, index) => index === 0 || isNext(parts, places[index - 1] ?? 0, place, countsPositions),
  );
  const at = isTogether ? (insertion ?? 0) : 0;
  return common && [...sizes.slice(0, at), ...common, ...sizes.slice(at), ...shape.slice(axis)];
}

const OPEN = unknown({ code: 'unmodelled', subject: 'the number of elements that a mask keeps' });

function axesTaken(part: IndexPart): number {
  if (part.kind === 'mask') return part.rank;
  return part.kind === 'newAxis' || part.kind === 'ellipsis' ? 0 : 1;
}

/** Whether nothing that keeps its place stands between two parts; positions vanish where they do not count. */
function isNext(parts: readonly IndexPart[], from: number, to: number, countsPositions: boolean): boolean {
  return parts.slice(from + 1, to).every(({ kind }) => kind === 'position' && !countsPositions);
}

/** Whether a position may be one of so many. */
function isInside(at: Quantity, size: Quantity): boolean {
  const [position, count] = [numberOf(at), numberOf(size)];
  return position === undefined || count === undefined || (position < count && position >= -count);
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
  const places = slicePlaces(size, part);
  if (places !== undefined) return exact(places.length);
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

/** The places that a slice keeps, as Python counts them; `undefined` unless everything is known in numbers. */
export function slicePlaces(
  size: Quantity,
  { start, stop, step }: IndexPart & { kind: 'stretch' },
): readonly number[] | undefined {
  const given = [start, stop, step].map((bound) => (bound === undefined ? null : numberOf(bound)));
  const [length, from, to, by] = [numberOf(size), ...given];
  if (length === undefined || length > 65536 || from === undefined || to === undefined) return undefined;
  return by === undefined || by === 0 ? undefined : placesOf(length, from, to, by ?? 1);
}

function placesOf(length: number, start: number | null, stop: number | null, step: number): number[] {
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number) => Math.min(highest, Math.max(lowest, bound < 0 ? bound + length : bound));
  const from = start === null ? (step > 0 ? lowest : highest) : clamp(start);
  const to = stop === null ? (step > 0 ? highest : lowest) : clamp(stop);
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, index) => from + index * step);
}

/** A bound counted from the start, no further than the end. */
function boundOf(bound: Quantity, size: Quantity): Quantity {
  const fromStart = compare(bound, ZERO) === -1 ? add(size, bound) : bound;
  if (compare(fromStart, ZERO) === -1) return ZERO;
  const isBeyond = compare(fromStart, size);
  if (isBeyond === undefined && fromStart.kind !== 'unknown' && size.kind !== 'unknown') {
    return numberOf(bound) === 0
      ? ZERO
      : unknown({ code: 'unmodelled', subject: 'a slice whose bounds are formulas' });
  }
  return isBeyond === 1 ? size : fromStart;
}

function clampLength(length: Quantity): Quantity {
  return compare(length, ZERO) === -1 ? ZERO : length;
}
