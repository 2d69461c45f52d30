/** What takes part in arithmetic on tensors: tensors, numbers of Python, nested sequences; and what it gives. */
import type { CallContext } from '../interp/call';
import { float, int, bool, unknown, list, type ClassValue, type Value } from '../interp/values';
import { itemsOf } from './read';
import { broadcast, type Shape } from './shapes';
import type { Reason } from '../symbolic/reason';
import { contentsOf, plainSizes, shapeOf, shapeReason, tensorOfClass, textOf, unmodelled } from './tensor';
import type { Dialect, Operand } from './values/dialects';
import { categoryOf, type DType } from './values/dtypes';
import { anything, converted, exactly, picked, valueAt, type Elements } from './values/elements';
import {
  binaryNamed,
  compared,
  isComparison,
  mapped,
  paired,
  unaryNamed,
  type Binary,
} from './values/elementwise';
import { broadcastPositions, countOf } from './values/layout';

/** A value as an operand: its shape, and its type and elements where they are known. */
export interface Read {
  readonly shape: Shape;
  readonly form: Operand['form'];
  readonly dtype?: DType;
  readonly elements?: Elements;
  /** Whether it is made of numbers of Python alone, whose type the framework chooses. */
  readonly isPython?: boolean;
}

/** The value as an operand; `undefined` when its shape is unknown. */
export function operandOf(value: Value, dialect: Dialect): Read | undefined {
  const shape = shapeOf(value);
  if (shape !== undefined) {
    const { dtype, elements } = contentsOf(value);
    return { shape, form: shape.length === 0 ? 'scalar' : 'array', dtype, elements };
  }
  switch (value.kind) {
    case 'int':
      return { shape: [], form: 'number', dtype: 'int64', elements: exactly('int64', [value.value]) };
    case 'bool':
      return { shape: [], form: 'number', dtype: 'bool', elements: exactly('bool', [Number(value.value)]) };
    case 'float':
      return { shape: [], form: 'number', dtype: 'float64', elements: exactly('float64', [value.value]) };
    case 'formula':
      // A parameter without annotation may be anything, a tensor too.
      return value.isUntyped
        ? undefined
        : { shape: [], form: 'number', dtype: 'int64', elements: anything('int64', 1) };
    default:
      return asHeld(nested(value, dialect), dialect);
  }
}

/** An array made of numbers of Python, in the framework's own type for fractions. */
function asHeld(read: Read | undefined, dialect: Dialect): Read | undefined {
  if (read?.isPython !== true || read.dtype !== 'float64') return read;
  const elements = read.elements && converted(read.elements, dialect.float);
  return { ...read, dtype: dialect.float, elements };
}

/** A sequence of numbers, or of such sequences, as an array; fractions of Python keep their 64 bits. */
export function nested(value: Value, dialect: Dialect): Read | undefined {
  const items = itemsOf(value);
  if (items === undefined) return undefined;
  const parts = items.map((item) => nested(item, dialect) ?? operandOf(item, dialect));
  const [first] = parts;
  if (items.length === 0) return { shape: [{ kind: 'exact', value: 0 }], form: 'array' };
  if (first === undefined) return undefined;
  const shape: Shape = [{ kind: 'exact', value: items.length }, ...first.shape];
  const elements = nestedElements(parts);
  const sizes = plainSizes(shape);
  const isWhole = sizes !== undefined && elements?.low.length === countOf(sizes);
  const isPython = parts.every((part) => part?.form === 'number' || part?.isPython === true);
  return { shape, form: 'array', dtype: elements?.dtype, elements: isWhole ? elements : undefined, isPython };
}

/** All elements in the type that the framework finds for them; only numbers of Python, which leave no doubt. */
function nestedElements(parts: readonly (Read | undefined)[]): Elements | undefined {
  const all = parts.flatMap((part) => part?.elements ?? []);
  if (all.length !== parts.length) return undefined;
  const dtypes = new Set(all.map(({ dtype }) => dtype));
  const [only] = dtypes;
  if (only !== undefined && dtypes.size === 1 && parts.every((part) => part?.form === 'scalar')) {
    return { dtype: only, low: all.flatMap(({ low }) => low), high: all.flatMap(({ high }) => high) };
  }
  const isPlain = parts.every((part) => part?.form === 'number' || part?.isPython === true);
  const categories = new Set(all.map(({ dtype }) => categoryOf(dtype)));
  const dtype: DType = categories.has('float') ? 'float64' : categories.has('int') ? 'int64' : 'bool';
  if (!isPlain || (categories.has('bool') && categories.size > 1)) return undefined;
  const held = all.map((each) => converted(each, dtype));
  return { dtype, low: held.flatMap(({ low }) => low), high: held.flatMap(({ high }) => high) };
}

/** The named function of one tensor: the shape stays. */
export function applyUnary(
  type: ClassValue,
  dialect: Dialect,
  name: string,
  value: Value,
  context: CallContext,
): Value {
  const operand = operandOf(value, dialect);
  if (operand === undefined) return tensorOfClass(type, shapeReason(value, 'the shape'));
  const contents = unaryContents(dialect, name, operand, context);
  return tensorOfClass(type, operand.shape, contents);
}

function unaryContents(
  dialect: Dialect,
  name: string,
  { dtype, elements }: Read,
  context: CallContext,
): { dtype?: DType; elements?: Elements } {
  const operation = unaryNamed(name);
  if (operation === undefined || dtype === undefined) return {};
  const isRounding = ['round', 'floor', 'ceil', 'trunc'].includes(name);
  const isKept = operation.result !== 'float';
  if (isRounding && categoryOf(dtype) !== 'float' && !dialect.roundsIntegers) return {};
  if (operation.result === 'same' && dtype === 'bool') return {};
  const into = isKept ? dtype : dialect.fractional(dtype);
  if (into === undefined) return {};
  if (elements === undefined) return { dtype: operation.result === 'bool' ? 'bool' : into };
  spend(context, elements);
  return { elements: mapped(operation, converted(elements, into)) };
}

/** Two tensors, or a tensor and a number, combined element by element by the named operation. */
export function applyBinary(
  type: ClassValue,
  dialect: Dialect,
  name: string,
  operands: readonly [Value, Value],
  context: CallContext,
): Value {
  const [a, b] = [operandOf(operands[0], dialect), operandOf(operands[1], dialect)];
  if (a === undefined || b === undefined) {
    return tensorOfClass(type, shapeReason(operands[a === undefined ? 0 : 1], 'the shape'));
  }
  const shape = broadcast(a.shape, b.shape);
  if (shape === undefined) return tensorOfClass(type, refusedShapes(context));
  return tensorOfClass(type, shape, binaryContents(dialect, name, a, b, shape, context));
}

/** That the shapes do not fit. */
export function refusedShapes(context: CallContext): Reason {
  return { code: 'raises', subject: `the shapes in ${textOf(context)} do not fit`, place: context.place };
}

function binaryContents(
  dialect: Dialect,
  name: string,
  a: Read,
  b: Read,
  shape: Shape,
  context: CallContext,
): { dtype?: DType; elements?: Elements } {
  const operation = binaryNamed(name);
  const comparing = isComparison(name);
  if (a.dtype === undefined || b.dtype === undefined) return comparing ? { dtype: 'bool' } : {};
  const common = dialect.promote({ dtype: a.dtype, form: a.form }, { dtype: b.dtype, form: b.form });
  const dtype = operation?.result === 'divide' ? common && dialect.divided(common) : common;
  if (dtype === undefined || (operation === undefined && !comparing))
    return comparing ? { dtype: 'bool' } : {};
  const spread = spreadBoth(a, b, dtype, shape, context);
  if (spread === undefined) return { dtype: comparing ? 'bool' : dtype };
  return { elements: combine(name, operation, ...spread) };
}

function combine(name: string, operation: Binary | undefined, a: Elements, b: Elements): Elements {
  return operation === undefined ? compared(name, a, b) : paired(operation, a, b);
}

/** Both operands' elements in the type and the shape of the result; `undefined` when they are not carried. */
function spreadBoth(
  a: Read,
  b: Read,
  dtype: DType,
  shape: Shape,
  context: CallContext,
): [Elements, Elements] | undefined {
  const [first, second] = [spread(a, dtype, shape), spread(b, dtype, shape)];
  if (first === undefined || second === undefined) return undefined;
  spend(context, first);
  return [first, second];
}

/** An operand's elements converted and repeated to fill a shape. */
export function spread(operand: Read, dtype: DType, shape: Shape): Elements | undefined {
  const [own, sizes] = [plainSizes(operand.shape), plainSizes(shape)];
  if (operand.elements === undefined || own === undefined || sizes === undefined) return undefined;
  return picked(converted(operand.elements, dtype), broadcastPositions(own, sizes));
}

/** The work on elements counts as steps. */
export function spend(context: CallContext, elements: Elements): void {
  context.interpreter.budget.step(1 + (elements.low.length >> 2));
}

/** One element as a number of Python; unknown when it is known within bounds alone. */
export function numberAt(elements: Elements | undefined, index: number, context: CallContext): Value {
  const value = elements && valueAt(elements, index);
  if (elements === undefined || value === undefined) return unknown(inexact(elements, context));
  const category = categoryOf(elements.dtype);
  return category === 'bool' ? bool(value === 1) : category === 'int' ? int(value) : float(value);
}

function inexact(elements: Elements | undefined, context: CallContext): Reason {
  if (elements === undefined) return unmodelled(context);
  const subject = `the exact value of ${textOf(context)}, whose last digits differ between machines,`;
  return { code: 'unmodelled', subject, place: context.place };
}

/** The tensor as nested lists of numbers, as `tolist()` gives it; a number for a tensor without axes. */
export function asLists(value: Value, context: CallContext): Value {
  const sizes = plainSizes(shapeOf(value) ?? [{ kind: 'unknown', reason: unmodelled(context) }]);
  if (sizes === undefined) return unknown(unmodelled(context));
  const { elements } = contentsOf(value);
  const part = (axis: number, start: number): Value => {
    if (axis === sizes.length) return numberAt(elements, start, context);
    const step = countOf(sizes.slice(axis + 1));
    return list(Array.from({ length: sizes[axis] ?? 0 }, (_, index) => part(axis + 1, start + index * step)));
  };
  return sizes.length === 0 ? numberAt(elements, 0, context) : part(0, 0);
}
