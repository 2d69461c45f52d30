/** Tensors as objects of which the shape is known, and of small ones the elements. */
import type { CallContext } from '../interp/call';
import {
  integer,
  NONE,
  quantityOf,
  tuple,
  unknown,
  type ClassValue,
  type DataPayload,
  type InstanceValue,
  type Value,
} from '../interp/values';
import { equal } from '../symbolic/arithmetic';
import { exact, numbersOf, unknown as unknownQuantity, type Quantity } from '../symbolic/quantity';
import type { Reason } from '../symbolic/reason';
import { show } from '../symbolic/show';
import type { Toolbox } from './library';
import { itemsOf } from './read';
import type { Shape } from './shapes';
import { categoryOf, type DType } from './values/dtypes';
import { MOST_ELEMENTS, valueAt, type Elements } from './values/elements';

/** What several tensors may share: a change through one of them counts, and makes the values of all unknown. */
export interface Storage {
  changes: number;
}

/** What is known of a tensor besides its shape. */
export interface Contents {
  readonly dtype?: DType;
  /** As many as the shape has, which then is known in numbers. */
  readonly elements?: Elements;
  /** The storage of the tensor whose elements these are; a new one if left out. */
  readonly storage?: Storage;
}

/** What a tensor object carries. Plain data, which may be copied with more beside it. */
interface TensorPayload extends DataPayload {
  readonly kind: 'tensor';
  readonly shape: Shape | Reason;
  readonly dtype?: DType;
  readonly elements?: Elements;
  readonly storage: Storage;
  /** The changes of the storage when the elements were read from it. */
  readonly seen: number;
  /** The objects that this one may stand for, where several ways through the code met. */
  readonly sources: InstanceValue[];
}

function payloadWith(
  shape: Shape | Reason,
  { dtype, elements, storage = { changes: 0 } }: Contents = {},
  sources: InstanceValue[] = [],
): TensorPayload {
  return {
    kind: 'tensor',
    isData: true,
    shape,
    dtype: elements?.dtype ?? dtype,
    elements,
    storage,
    seen: storage.changes,
    sources,
    integer: integerIn,
    join: joinTensors,
    forget: forgetElements,
  };
}

/** The elements, unless something may have changed them. */
function currentElements({ storage, seen, elements }: TensorPayload): Elements | undefined {
  return storage.changes === seen ? elements : undefined;
}

/** The integer that a tensor without axes holds. */
function integerIn(self: InstanceValue): Quantity | undefined {
  const payload = payloadOf(self);
  if (payload?.dtype === undefined || categoryOf(payload.dtype) !== 'int') return undefined;
  const elements =
    isShape(payload.shape) && payload.shape.length === 0 ? currentElements(payload) : undefined;
  const value = elements && valueAt(elements, 0);
  return value === undefined ? undefined : exact(value);
}

/** One tensor for either of two: sizes that differ, and all elements, are unknown. */
function joinTensors(self: InstanceValue, other: InstanceValue, why: Reason): InstanceValue | undefined {
  const [a, b] = [payloadOf(self), payloadOf(other)];
  const isPlain = self.attributes.size === 0 && other.attributes.size === 0;
  if (a === undefined || b === undefined || self.class !== other.class || !isPlain) return undefined;
  const shape = joinShapes(a.shape, b.shape, why);
  if (shape === undefined) return undefined;
  if (a.sources.length > 0 && holdsAlready(a.shape, shape) && a.dtype === b.dtype) {
    a.sources.push(other);
    return self;
  }
  const dtype = a.dtype === b.dtype ? a.dtype : undefined;
  const payload = payloadWith(shape, { dtype }, [self, other]);
  return { kind: 'instance', class: self.class, attributes: new Map(), payload };
}

/** The class of tensors under a full name such as `torch.Tensor`, which a table must describe. */
export function tensorClassAt(tools: Toolbox, path: string): ClassValue {
  const type = tools.value(path);
  if (type.kind !== 'class') throw new Error(`${path} is a class`);
  return type;
}

/** A tensor of the class under `classPath`. */
export function makeTensor(
  tools: Toolbox,
  classPath: string,
  shape: Shape | Reason,
  contents?: Contents,
): Value {
  const type = tools.value(classPath);
  return type.kind === 'class' ? tensorOfClass(type, shape, contents) : NONE;
}

/** A tensor of this class. */
export function tensorOfClass(type: ClassValue, shape: Shape | Reason, contents?: Contents): InstanceValue {
  return { kind: 'instance', class: type, attributes: new Map(), payload: tensorPayload(shape, contents) };
}

/** What makes an object a tensor of this shape. */
export function tensorPayload(shape: Shape | Reason, contents?: Contents): unknown {
  return payloadWith(shape, contents);
}

/** The shape of a tensor value; `undefined` for unknown shapes and for anything else. */
export function shapeOf(value: Value): Shape | undefined {
  const payload = payloadOf(value);
  return payload !== undefined && isShape(payload.shape) ? payload.shape : undefined;
}

/** What is known of a tensor besides its shape; nothing for other values. */
export function contentsOf(value: Value): Contents {
  const payload = payloadOf(value);
  return payload === undefined
    ? {}
    : { dtype: payload.dtype, elements: currentElements(payload), storage: payload.storage };
}

/** Whether the value is a tensor at all. */
export function isTensor(value: Value): value is InstanceValue {
  return payloadOf(value) !== undefined;
}

/** The elements of a tensor may have changed: they are unknown from now on, under whatever name they are known. */
export function forgetElements(value: Value): void {
  const payload = payloadOf(value);
  if (payload === undefined) return;
  payload.storage.changes += 1;
  payload.sources.forEach(forgetElements);
}

/** The tensor itself with another shape, the same for every object that it may stand for. */
export function reshapeInPlace(self: InstanceValue, shape: Shape | Reason, context: CallContext): void {
  const { trail } = context.interpreter;
  for (const source of payloadOf(self)?.sources ?? []) {
    trail.touch(source);
    source.payload = tensorPayload(unmodelled(context));
  }
  forgetElements(self);
  trail.touch(self);
  self.payload = tensorPayload(shape, { dtype: payloadOf(self)?.dtype });
}

/** Why a value's shape is unknown. */
export function shapeReason(value: Value, subject: string): Reason {
  const payload = payloadOf(value);
  if (payload !== undefined && !isShape(payload.shape)) return payload.shape;
  if (value.kind === 'formula') return { code: 'parameter', subject: show(value.formula) };
  return value.kind === 'unknown' ? value.reason : { code: 'no-input', subject };
}

/** The shape of nested sequences of numbers, such as `[[1, 2], [3, 4]]`; `undefined` when it cannot be told. */
export function shapeOfNested(value: Value): Shape | undefined {
  const known = shapeOf(value);
  if (known !== undefined) return known;
  if (['int', 'float', 'bool', 'formula'].includes(value.kind)) return [];
  const items = itemsOf(value);
  const inner = items?.[0] && shapeOfNested(items[0]);
  if (items?.length === 0) return [exact(0)];
  return items && inner && [exact(items.length), ...inner];
}

/** Sizes given as several arguments or as one sequence: `view(2, -1)`, `view((2, -1))`, `view(x.shape)`. */
export function sizesOf(value: Value): Shape | undefined {
  const items = sizeItems(value);
  if (items === undefined) return isInteger(value) ? [quantityOf(value)] : undefined;
  const [only] = items;
  const inner = items.length === 1 && only ? sizeItems(only) : undefined;
  if (inner === undefined && items.length === 1 && only && !isInteger(only)) return undefined;
  return (inner ?? items).map(quantityOf);
}

/** The sizes in numbers; `undefined` when one is not, or when there are too many elements to carry. */
export function plainSizes(shape: Shape): readonly number[] | undefined {
  const sizes = numbersOf(shape);
  const count = sizes?.reduce((product, size) => product * size, 1);
  return count !== undefined && count <= MOST_ELEMENTS ? sizes : undefined;
}

/** The shape as Python sees it: a tuple of integers. */
export function sizeTuple(self: Value, context: CallContext): Value {
  const shape = shapeOf(self);
  return shape === undefined
    ? unknown(withPlace(shapeReason(self, textOf(context)), context))
    : tuple(shape.map(integer));
}

/** That what happens at this place is not modelled. */
export function unmodelled(context: CallContext): Reason {
  return { code: 'unmodelled', subject: textOf(context), place: context.place };
}

/** The reason with this place unless it has one. */
export function withPlace(reason: Reason, context: CallContext): Reason {
  return reason.place === undefined ? { ...reason, place: context.place } : reason;
}

/** The text of the code at this place. */
export function textOf(context: CallContext): string {
  return context.frame.unit.textOf(context.place.span);
}

/** Integers of Python, and tensors without axes that hold one; a parameter without annotation may be a sequence. */
function isInteger(value: Value): boolean {
  if (value.kind === 'int' || value.kind === 'bool') return true;
  if (value.kind === 'formula') return !value.isUntyped;
  return value.kind === 'instance' && integerIn(value) !== undefined;
}

/** The items of a sequence, or of a vector whose elements are known. */
function sizeItems(value: Value): readonly Value[] | undefined {
  const { elements, dtype } = contentsOf(value);
  if (elements === undefined || shapeOf(value)?.length !== 1) return itemsOf(value);
  if (dtype === undefined || categoryOf(dtype) !== 'int') return undefined;
  const open = unknown({ code: 'unmodelled', subject: 'this size' });
  return elements.low.map((_, index) => {
    const size = valueAt(elements, index);
    return size === undefined ? open : integer(exact(size));
  });
}

function payloadOf(value: Value): TensorPayload | undefined {
  const payload = value.kind === 'instance' ? (value.payload as { kind?: unknown } | undefined) : undefined;
  return payload?.kind === 'tensor' ? (payload as TensorPayload) : undefined;
}

function isShape(shape: Shape | Reason): shape is Shape {
  return Array.isArray(shape);
}

/** What holds of both shapes: sizes on which they do not agree are unknown. */
function joinShapes(a: Shape | Reason, b: Shape | Reason, why: Reason): Shape | Reason | undefined {
  if (!isShape(a) || !isShape(b)) return isShape(a) ? b : a;
  if (a.length !== b.length) return undefined;
  return a.map((size, axis) => {
    const other = b[axis];
    if (size.kind === 'unknown') return size;
    return other !== undefined && equal(size, other) === true ? size : unknownQuantity(why);
  });
}

/** Whether nothing that the first shape says is taken back by the second. */
function holdsAlready(before: Shape | Reason, after: Shape | Reason): boolean {
  if (!isShape(before) || !isShape(after)) return !isShape(before);
  return before.every((size, axis) => size.kind === 'unknown' || after[axis]?.kind !== 'unknown');
}
