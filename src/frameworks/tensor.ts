/** Tensors as objects of which only the shape is known: making them, reading them, indexing and combining them. */
import type { CallContext } from '../interp/call';
import { nativeClass } from '../interp/classes';
import {
  builtin,
  integer,
  NONE,
  property,
  quantityOf,
  tuple,
  unknown,
  type ClassValue,
  type InstanceValue,
  type Value,
} from '../interp/values';
import type { Quantity } from '../symbolic/quantity';
import type { Reason } from '../symbolic/reason';
import { show } from '../symbolic/show';
import { bound, type BoundCall, type Row, type Toolbox } from './library';
import { itemsOf } from './read';
import { broadcast, indexShape, type IndexPart, type Shape } from './shapes';

/** What a tensor object carries: its shape, or why that is unknown. */
interface TensorPayload {
  readonly kind: 'tensor';
  readonly shape: Shape | Reason;
}

/** A tensor of the class under `classPath`. */
export function makeTensor(tools: Toolbox, classPath: string, shape: Shape | Reason): Value {
  const type = tools.value(classPath);
  if (type.kind !== 'class') return NONE;
  return tensorOfClass(type, shape);
}

/** What makes an object a tensor of this shape. */
export function tensorPayload(shape: Shape | Reason): unknown {
  const payload: TensorPayload = { kind: 'tensor', shape };
  return payload;
}

/** The shape of a tensor value; `undefined` for unknown shapes and for anything else. */
export function shapeOf(value: Value): Shape | undefined {
  const payload = payloadOf(value);
  return payload !== undefined && isShape(payload.shape) ? payload.shape : undefined;
}

/** Whether the value is a tensor at all. */
export function isTensor(value: Value): value is InstanceValue {
  return payloadOf(value) !== undefined;
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
  if (items?.length === 0) return [{ kind: 'exact', value: 0 }];
  return items && inner && [{ kind: 'exact', value: items.length }, ...inner];
}

/** Sizes given as several arguments or as one sequence: `view(2, -1)`, `view((2, -1))`, `view(x.shape)`. */
export function sizesOf(value: Value): Shape | undefined {
  const items = itemsOf(value);
  if (items === undefined)
    return value.kind === 'int' || value.kind === 'formula' ? [quantityOf(value)] : undefined;
  const [only] = items;
  const inner = items.length === 1 && only ? itemsOf(only) : undefined;
  return (inner ?? items).map(quantityOf);
}

/** What a method makes of a tensor whose shape is known. */
export type ShapeRule = (
  shape: Shape,
  call: BoundCall,
  tools: Toolbox,
) => Shape | readonly Shape[] | Value | undefined;

/** A method of tensors: its signature without the tensor itself, and its rule. */
export interface TensorMethod {
  readonly name: string;
  readonly signature: string;
  readonly rule: ShapeRule;
  /** The tensor itself gets the new shape, as with `unsqueeze_`. */
  readonly isInPlace?: boolean;
}

/** The row of a tensor class with its methods, properties and operators. */
export function tensorClassRow(path: string, methods: readonly TensorMethod[]): Row {
  return {
    path,
    make: (tools) => {
      const type: ClassValue = nativeClass('Tensor', [], []);
      for (const method of methods) type.namespace.set(method.name, asMethod(tools, path, type, method));
      for (const [name, value] of commonMembers(type)) type.namespace.set(name, value);
      return type;
    },
  };
}

/** The methods as functions that take the tensor as their first argument, such as `torch.reshape`. */
export function asFunctions(
  prefix: string,
  classPath: string,
  first: string,
  methods: readonly TensorMethod[],
): Row[] {
  return methods.map((method) => ({
    path: `${prefix}.${method.name}`,
    make: (tools) => {
      const signature = `(${first}, ${method.signature.slice(1)}`;
      return bound(tools, `${prefix}.${method.name}`, method.name, signature, (call) =>
        applyRule(tools, classPath, call.values.get(first)?.value ?? NONE, method, call),
      );
    },
  }));
}

function asMethod(tools: Toolbox, path: string, type: ClassValue, method: TensorMethod): Value {
  const signature = `(self, ${method.signature.slice(1)}`;
  return bound(tools, `${path}.${method.name}`, method.name, signature, (call) =>
    applyRule(tools, type, call.values.get('self')?.value ?? NONE, method, call),
  );
}

function applyRule(
  tools: Toolbox,
  type: ClassValue | string,
  self: Value,
  method: TensorMethod,
  call: BoundCall,
): Value {
  const target = typeof type === 'string' ? tools.value(type) : type;
  if (target.kind !== 'class') return NONE;
  const shape = shapeOf(self);
  if (shape === undefined) return tensorOfClass(target, shapeReason(self, 'the shape'));
  const result = call.problems.length > 0 ? undefined : method.rule(shape, call, tools);
  if (method.isInPlace && self.kind === 'instance') return reshaped(self, result, call.context);
  if (result === undefined) return tensorOfClass(target, unmodelled(call.context));
  if (!Array.isArray(result)) return result as Value;
  return isListOfShapes(result)
    ? tuple(result.map((each) => tensorOfClass(target, each)))
    : tensorOfClass(target, result as Shape);
}

/** The tensor itself with another shape. */
function reshaped(self: InstanceValue, result: ReturnType<ShapeRule>, context: CallContext): Value {
  context.interpreter.trail.touch(self);
  const shape = Array.isArray(result) ? (result as Shape) : unmodelled(context);
  self.payload = tensorPayload(shape);
  return self;
}

function commonMembers(type: ClassValue): [string, Value][] {
  const elementwise = (args: readonly Value[], context: CallContext) => combine(type, args, context);
  const operators = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow'].flatMap((name) => [
    `__${name}__`,
    `__r${name}__`,
  ]);
  const same = ['neg', 'pos', 'invert'].map((name) => `__${name}__`);
  return [
    ['shape', property('shape', (self, context) => sizeTuple(self, context))],
    ['ndim', property('ndim', (self, context) => rankOf(self, context))],
    [
      '__getitem__',
      builtin('__getitem__', (args, context) =>
        getItem(
          type,
          args.positional.map(({ value }) => value),
          context,
        ),
      ),
    ],
    ['__len__', builtin('__len__', (args, context) => firstSize(args.positional[0]?.value ?? NONE, context))],
    ['__bool__', builtin('__bool__', (_, context) => unknown(unmodelled(context)))],
    [
      '__iter__',
      builtin('__iter__', (args, context) => iterate(type, args.positional[0]?.value ?? NONE, context)),
    ],
    ['__setitem__', builtin('__setitem__', () => NONE)],
    ...[...operators, ...same].map((name): [string, Value] => [
      name,
      builtin(name, (args, context) =>
        elementwise(
          args.positional.map(({ value }) => value),
          context,
        ),
      ),
    ]),
    ['__matmul__', builtin('__matmul__', (_, context) => tensorOfClass(type, unmodelled(context)))],
  ];
}

/** The shape as Python sees it: a tuple of integers. */
export function sizeTuple(self: Value, context: CallContext): Value {
  const shape = shapeOf(self);
  return shape === undefined
    ? unknown(withPlace(shapeReason(self, textOf(context)), context))
    : tuple(shape.map(integer));
}

function rankOf(self: Value, context: CallContext): Value {
  const shape = shapeOf(self);
  return shape === undefined
    ? unknown(withPlace(shapeReason(self, textOf(context)), context))
    : { kind: 'int', value: shape.length };
}

function firstSize(self: Value, context: CallContext): Value {
  const [first] = shapeOf(self) ?? [];
  return first === undefined
    ? unknown(withPlace(shapeReason(self, textOf(context)), context))
    : integer(first);
}

function getItem(type: ClassValue, [self, index]: readonly Value[], context: CallContext): Value {
  const shape = shapeOf(self ?? NONE);
  if (shape === undefined) return tensorOfClass(type, shapeReason(self ?? NONE, 'the shape'));
  const parts = (index?.kind === 'tuple' ? index.items : [index ?? NONE]).map(indexPart);
  const known = parts.filter((part) => part !== undefined);
  const result = known.length === parts.length ? indexShape(shape, known) : undefined;
  return tensorOfClass(type, result ?? unmodelled(context));
}

function indexPart(value: Value): IndexPart | undefined {
  switch (value.kind) {
    case 'int':
    case 'formula':
      return { kind: 'position' };
    case 'none':
      return { kind: 'newAxis' };
    case 'ellipsis':
      return { kind: 'ellipsis' };
    case 'slice':
      return {
        kind: 'stretch',
        start: boundOf(value.start),
        stop: boundOf(value.stop),
        step: boundOf(value.step),
      };
    default:
      return undefined;
  }
}

function boundOf(value: Value): Quantity | undefined {
  return value.kind === 'none' ? undefined : quantityOf(value);
}

function iterate(type: ClassValue, self: Value, context: CallContext): Value {
  const [first, ...rest] = shapeOf(self) ?? [];
  if (first?.kind !== 'exact' || first.value > 4096) return unknown(unmodelled(context));
  const items = Array.from({ length: first.value }, () => tensorOfClass(type, rest));
  return { kind: 'iterator', items, position: 0 };
}

function combine(type: ClassValue, args: readonly Value[], context: CallContext): Value {
  const shapes = args.map((value) => shapeOfNested(value));
  const unknownIndex = shapes.indexOf(undefined);
  if (unknownIndex >= 0) return tensorOfClass(type, shapeReason(args[unknownIndex] ?? NONE, 'the shape'));
  const result = shapes.reduce<Shape | undefined>((a, b) => a && b && broadcast(a, b), []);
  return tensorOfClass(type, result ?? unmodelled(context));
}

function tensorOfClass(type: ClassValue, shape: Shape | Reason): InstanceValue {
  return { kind: 'instance', class: type, attributes: new Map(), payload: tensorPayload(shape) };
}

function payloadOf(value: Value): TensorPayload | undefined {
  const payload = value.kind === 'instance' ? (value.payload as { kind?: unknown } | undefined) : undefined;
  return payload?.kind === 'tensor' ? (payload as TensorPayload) : undefined;
}

function isShape(shape: Shape | Reason): shape is Shape {
  return Array.isArray(shape);
}

function isListOfShapes(result: unknown[]): result is Shape[] {
  return result.length > 0 && result.every((each) => Array.isArray(each));
}

/** That what happens at this place is not modelled. */
export function unmodelled(context: CallContext): Reason {
  return { code: 'unmodelled', subject: textOf(context), place: context.place };
}

function withPlace(reason: Reason, context: CallContext): Reason {
  return reason.place === undefined ? { ...reason, place: context.place } : reason;
}

function textOf(context: CallContext): string {
  return context.frame.unit.textOf(context.place.span);
}
