/** Classes of tensors: their methods by rules about shapes, their operators and properties. */
import type { CallContext } from '../interp/call';
import { nativeClass } from '../interp/classes';
import {
  bool,
  builtin,
  integer,
  NONE,
  property,
  tuple,
  list,
  unknown,
  type BuiltinValue,
  type ClassValue,
  type Value,
} from '../interp/values';
import { numberOf } from '../symbolic/quantity';
import { bound, type BoundCall, type Row, type Toolbox } from './library';
import { applyBinary, applyUnary, numberAt, operandOf } from './operands';
import { multiplied } from './products';
import type { Shape } from './shapes';
import {
  contentsOf,
  forgetElements,
  isTensor,
  plainSizes,
  reshapeInPlace,
  shapeOf,
  shapeReason,
  sizeTuple,
  tensorOfClass,
  textOf,
  unmodelled,
  withPlace,
  type Contents,
} from './tensor';
import { indexed } from './tensorIndex';
import { NUMPY, TENSORFLOW, TORCH, type Dialect } from './values/dialects';
import type { DType } from './values/dtypes';
import { converted, picked, type Elements } from './values/elements';
import { countOf, permutedPositions } from './values/layout';

/** What a method makes of a tensor whose shape is known: a shape, several, or a value of any kind. */
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
  /** Takes the place of the rule where more than the shape counts: the tensor itself comes first. */
  readonly apply?: (self: Value, call: BoundCall, tools: Toolbox) => Value;
  /** `shape`: the tensor itself gets the new shape, as with `unsqueeze_`; `elements`: new elements, as with `fill_`. */
  readonly changes?: 'shape' | 'elements';
  /** The type of the result's elements: as before, always this one, or told by the call; absent where it is not told. */
  readonly dtype?: 'same' | DType | ((before: DType, call: BoundCall) => DType | undefined);
  /** The elements of the results, given those of the tensor; all sizes are plain numbers then. */
  readonly elements?: (
    elements: Elements,
    sizes: readonly number[],
    call: BoundCall,
  ) => readonly Elements[] | undefined;
}

/** The elements stay in their order, as with `reshape`. */
export const SAME_ORDER: Pick<TensorMethod, 'dtype' | 'elements'> = {
  dtype: 'same',
  elements: (elements) => [elements],
};

/** The arithmetic of the framework whose class of tensors has this full name. */
export function dialectOf(classPath: string): Dialect {
  if (classPath.startsWith('numpy')) return NUMPY;
  return classPath.startsWith('torch') ? TORCH : TENSORFLOW;
}

/** The row of a tensor class with its methods, properties and operators. */
export function tensorClassRow(
  path: string,
  methods: readonly TensorMethod[],
  more: (type: ClassValue, tools: Toolbox) => Iterable<readonly [string, Value]> = () => [],
): Row {
  return {
    path,
    make: (tools) => {
      const type: ClassValue = nativeClass(path.slice(path.lastIndexOf('.') + 1), [], []);
      const dialect = dialectOf(path);
      for (const method of methods) type.namespace.set(method.name, asMethod(tools, path, type, method));
      for (const [name, value] of commonMembers(tools, type, dialect)) type.namespace.set(name, value);
      for (const [name, value] of more(type, tools)) type.namespace.set(name, value);
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
      return bound(tools, `${prefix}.${method.name}`, method.name, signature, (call) => {
        const type = tools.value(classPath);
        const self = call.values.get(first)?.value ?? NONE;
        return type.kind === 'class'
          ? applyRule(tools, type, dialectOf(classPath), self, method, call)
          : NONE;
      });
    },
  }));
}

/** A property of tensors whose shape is known. */
export function shapeProperty(
  name: string,
  get: (self: Value, shape: Shape, context: CallContext) => Value,
): [string, Value] {
  const read = (self: Value, context: CallContext): Value => {
    const shape = shapeOf(self);
    return shape === undefined
      ? unknown(withPlace(shapeReason(self, textOf(context)), context))
      : get(self, shape, context);
  };
  return [name, property(name, read)];
}

function asMethod(tools: Toolbox, path: string, type: ClassValue, method: TensorMethod): Value {
  const signature = `(self, ${method.signature.slice(1)}`;
  const dialect = dialectOf(path);
  const made = bound(tools, `${path}.${method.name}`, method.name, signature, (call) =>
    applyRule(tools, type, dialect, call.values.get('self')?.value ?? NONE, method, call),
  );
  return dialect.name === 'torch' ? withTorchNames(made, signature) : made;
}

/** Methods of PyTorch take `axis` for `dim` and `keepdims` for `keepdim` too. */
export function withTorchNames(made: BuiltinValue, signature: string): BuiltinValue {
  const others = [
    ['axis', 'dim'],
    ['keepdims', 'keepdim'],
    ['x', 'input'],
  ].filter(([other = '', name = '']) => has(signature, name) && !has(signature, other));
  return builtin(made.name, (args, context) => {
    const keywords = new Map(args.keywords);
    for (const [other = '', name = ''] of others) {
      const given = keywords.get(other);
      if (given === undefined || !keywords.delete(other)) continue;
      keywords.set(name, given);
    }
    return made.run({ ...args, keywords }, context);
  });
}

function has(signature: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(signature);
}

function applyRule(
  tools: Toolbox,
  type: ClassValue,
  dialect: Dialect,
  given: Value,
  method: TensorMethod,
  call: BoundCall,
): Value {
  const self = isTensor(given) ? given : asTensor(type, dialect, given, call.context);
  const shape = shapeOf(self);
  const out = call.args.keywords.get('out')?.value;
  if (method.changes !== undefined) forgetElements(self);
  if (out !== undefined && out.kind !== 'none') {
    forgetElements(out);
    return out;
  }
  if (method.apply !== undefined && call.problems.length === 0) return method.apply(self, call, tools);
  if (shape === undefined) return tensorOfClass(type, shapeReason(self, 'the shape'));
  const result = call.problems.length > 0 ? undefined : method.rule(shape, call, tools);
  if (method.changes === 'shape' && self.kind === 'instance') {
    reshapeInPlace(
      self,
      isShapeList(result) ? unmodelled(call.context) : asShape(result, call.context),
      call.context,
    );
    return self;
  }
  if (method.changes === 'elements') return self;
  if (result === undefined) return tensorOfClass(type, unmodelled(call.context));
  if (!Array.isArray(result)) return result as Value;
  return tensors(type, dialect, self, shape, method, call, result as Shape | readonly Shape[]);
}

/** The result or results, with elements where the method says which. */
function tensors(
  type: ClassValue,
  dialect: Dialect,
  self: Value,
  shape: Shape,
  method: TensorMethod,
  call: BoundCall,
  result: Shape | readonly Shape[],
): Value {
  const { elements, storage, dtype: before } = contentsOf(self);
  const sizes = plainSizes(shape);
  const carried = elements && sizes && method.elements?.(elements, sizes, call);
  const dtype = typeAfter(method, before, call);
  const make = (each: Shape, index: number): Value => {
    const own = carried?.[index];
    const count = plainSizes(each);
    const isWhole = own !== undefined && count !== undefined && countOf(count) === own.low.length;
    return tensorOfClass(type, each, {
      dtype,
      elements: isWhole ? own : undefined,
      storage: method.dtype === 'same' ? storage : undefined,
    });
  };
  if (!isShapeList(result)) return make(result, 0);
  const parts = result.map(make);
  return dialect.name === 'torch' ? tuple(parts) : list(parts);
}

/** The type of a method's result, given the type before. */
export function typeAfter(
  { dtype }: TensorMethod,
  before: DType | undefined,
  call: BoundCall,
): DType | undefined {
  if (typeof dtype === 'function') return before && dtype(before, call);
  return dtype === 'same' ? before : dtype;
}

/** Numbers and sequences count as arrays where a function takes them. */
function asTensor(type: ClassValue, dialect: Dialect, given: Value, context: CallContext): Value {
  const read = given.kind === 'unknown' ? undefined : operandOf(given, dialect);
  return read === undefined
    ? unknown(withPlace(shapeReason(given, textOf(context)), context))
    : tensorOfClass(type, read.shape, { dtype: read.dtype, elements: read.elements });
}

function asShape(result: ReturnType<ShapeRule>, context: CallContext): Shape | ReturnType<typeof unmodelled> {
  return Array.isArray(result) ? (result as Shape) : unmodelled(context);
}

const OPERATORS = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow'];
const BITWISE = { and: 'logical_and', or: 'logical_or', xor: 'logical_xor' } as const;
const COMPARISONS = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'];

function commonMembers(tools: Toolbox, type: ClassValue, dialect: Dialect): [string, Value][] {
  const method = (
    name: string,
    run: (args: readonly Value[], context: CallContext) => Value,
  ): [string, Value] => [
    name,
    builtin(name, (args, context) =>
      run(
        args.positional.map(({ value }) => value),
        context,
      ),
    ),
  ];
  // TensorFlow has no operators that change a tensor: `x += y` makes another one.
  const changing = (...args: Parameters<typeof method>): [string, Value][] =>
    dialect.name === 'tensorflow' ? [] : [method(...args)];
  const binary = (name: string, [a = NONE, b = NONE]: readonly Value[], context: CallContext): Value =>
    applyBinary(type, dialect, name, [a, b], context);
  return [
    shapeProperty('shape', (self, _, context) => sizeTuple(self, context)),
    shapeProperty('ndim', (_, shape) => ({ kind: 'int', value: shape.length })),
    shapeProperty('T', (self, shape) => reversed(type, self, shape)),
    ['dtype', property('dtype', (self, context) => typeOfElements(tools, dialect, self, context))],
    ...OPERATORS.flatMap((name) => [
      method(`__${name}__`, (args, context) => binary(name, args, context)),
      method(`__r${name}__`, ([b = NONE, a = NONE], context) => binary(name, [a, b], context)),
      ...changing(`__i${name}__`, (args, context) => inPlace(type, args, binary(name, args, context))),
    ]),
    ...Object.entries(BITWISE).flatMap(([name, logical]) =>
      [`__${name}__`, `__r${name}__`].map((each) =>
        method(each, (args, context) => bitwise(type, dialect, logical, args, context)),
      ),
    ),
    ...Object.keys(BITWISE).flatMap((name) =>
      changing(`__i${name}__`, (args, context) => inPlace(type, args, binary('bitwise', args, context))),
    ),
    ...COMPARISONS.map((name) =>
      method(`__${name}__`, (args, context) => {
        const isOther = args.some(({ kind }) => kind === 'none' || kind === 'string');
        const isEqual = name === 'eq' ? false : name === 'ne' ? true : undefined;
        return isOther && isEqual !== undefined && dialect.name === 'torch'
          ? bool(isEqual)
          : binary(name, args, context);
      }),
    ),
    method('__neg__', ([self = NONE], context) => applyUnary(type, dialect, 'neg', self, context)),
    method('__abs__', ([self = NONE], context) => applyUnary(type, dialect, 'abs', self, context)),
    method('__pos__', ([self = NONE]) => self),
    method('__invert__', ([self = NONE], context) =>
      applyUnary(type, dialect, contentsOf(self).dtype === 'bool' ? 'logical_not' : 'invert', self, context),
    ),
    ...['__matmul__', '__rmatmul__'].map((name) =>
      method(name, ([self = NONE, other = NONE], context) =>
        multiplied(tools, type, name === '__rmatmul__' ? [other, self] : [self, other], context),
      ),
    ),
    method('__getitem__', ([self = NONE, index = NONE], context) =>
      indexed(type, dialect, self, index, context),
    ),
    method('__setitem__', ([self = NONE]) => (forgetElements(self), NONE)),
    method('__len__', ([self = NONE], context) => firstSize(self, context)),
    method('__iter__', ([self = NONE], context) => iterate(type, dialect, self, context)),
    method('__bool__', ([self = NONE], context) => truth(self, context)),
    method('__int__', ([self = NONE], context) => numberAs('int64', self, context)),
    method('__index__', ([self = NONE], context) => numberAs('int64', self, context)),
    method('__float__', ([self = NONE], context) => numberAs('float64', self, context)),
    // Any method that is not modelled may change the tensor.
    method('__getattr__', ([self = NONE], context) => ({
      kind: 'unknown',
      reason: unmodelled(context),
      mayBe: self.kind === 'instance' ? [self] : [],
    })),
  ];
}

/** `&` and its kin: logical on truth values; integers keep their shape. */
function bitwise(
  type: ClassValue,
  dialect: Dialect,
  logical: string,
  [a = NONE, b = NONE]: readonly Value[],
  context: CallContext,
): Value {
  const areTruths = [a, b].every((each) => each.kind === 'bool' || contentsOf(each).dtype === 'bool');
  return applyBinary(type, dialect, areTruths ? logical : 'bitwise', [a, b], context);
}

/** `self op= other`: the tensor's own elements change, its shape and type do not; a NumPy scalar becomes another. */
function inPlace(type: ClassValue, [self = NONE]: readonly Value[], result: Value): Value {
  const shape = shapeOf(self);
  const { dtype, storage } = contentsOf(self);
  const { elements } = contentsOf(result);
  if (type.name === 'ndarray' && shape?.length === 0) return result;
  forgetElements(self);
  if (self.kind !== 'instance' || shape === undefined || dtype === undefined) return self;
  if (self.attributes.size > 0 || self.class !== type || elements === undefined) return self;
  if (elements.low.length !== countIn(shape)) return self;
  return tensorOfClass(type, shape, { dtype, elements: converted(elements, dtype), storage });
}

function countIn(shape: Shape): number | undefined {
  const sizes = plainSizes(shape);
  return sizes && countOf(sizes);
}

/** All axes in the opposite order. */
function reversed(type: ClassValue, self: Value, shape: Shape): Value {
  const { dtype, elements, storage } = contentsOf(self);
  const sizes = plainSizes(shape);
  const order = shape.map((_, axis) => shape.length - 1 - axis);
  const moved = elements && sizes && picked(elements, permutedPositions(sizes, order));
  return tensorOfClass(type, [...shape].reverse(), { dtype, elements: moved, storage });
}

function typeOfElements(tools: Toolbox, dialect: Dialect, self: Value, context: CallContext): Value {
  const { dtype } = contentsOf(self);
  return dtype === undefined ? unknown(unmodelled(context)) : tools.value(`${dialect.name}.${dtype}`);
}

function firstSize(self: Value, context: CallContext): Value {
  const [first] = shapeOf(self) ?? [];
  return first === undefined
    ? unknown(withPlace(shapeReason(self, textOf(context)), context))
    : integer(first);
}

/** Longer ones are not taken apart. */
const LONGEST = 4096;

function iterate(type: ClassValue, dialect: Dialect, self: Value, context: CallContext): Value {
  const [first, ...rest] = shapeOf(self) ?? [];
  const count = first && numberOf(first);
  if (count === undefined || count > LONGEST) return unknown(unmodelled(context));
  const isPlain = contentsOf(self).elements !== undefined;
  const items = Array.from({ length: count }, (_, index): Value =>
    isPlain
      ? indexed(type, dialect, self, { kind: 'int', value: index }, context)
      : tensorOfClass(type, rest, contentsWithout(self)),
  );
  return { kind: 'iterator', items, position: 0 };
}

function contentsWithout(self: Value): Contents {
  const { dtype, storage } = contentsOf(self);
  return { dtype, storage };
}

function truth(self: Value, context: CallContext): Value {
  return numberAs('bool', self, context);
}

/** The one element of a tensor as a number of this type. */
function numberAs(dtype: DType, self: Value, context: CallContext): Value {
  const { elements } = contentsOf(self);
  if (elements?.low.length !== 1)
    return unknown(
      withPlace(shapeOf(self) ? unmodelled(context) : shapeReason(self, textOf(context)), context),
    );
  return numberAt(converted(elements, dtype), 0, context);
}

function isShapeList(result: unknown): result is readonly Shape[] {
  return Array.isArray(result) && result.length > 0 && result.every((each) => Array.isArray(each));
}
