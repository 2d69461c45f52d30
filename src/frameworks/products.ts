/** Products of matrices and other contractions: shapes, and the multiplications they take. */
import type { CallContext } from '../interp/call';
import type { ClassValue, Value } from '../interp/values';
import { equal, multiply } from '../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../symbolic/quantity';
import { recordWork, type Toolbox } from './library';
import { refusedShapes } from './operands';
import { broadcast, elementsOf, type Shape } from './shapes';
import { shapeOf, shapeReason, tensorOfClass, unmodelled } from './tensor';

/** A product's shape, and its multiply-accumulate operations. */
export interface Product {
  readonly shape: Shape;
  readonly macs: Quantity;
}

/** `a @ b`: recorded as work, also when it is not known how much. */
export function multiplied(
  tools: Toolbox,
  type: ClassValue,
  operands: readonly [Value, Value],
  context: CallContext,
): Value {
  return productOf(tools, type, operands, context, ([a, b]) => a && b && matrixProduct(a, b));
}

/** A product of tensors by a rule about their shapes, recorded as work. */
export function productOf(
  tools: Toolbox,
  type: ClassValue,
  operands: readonly Value[],
  context: CallContext,
  rule: (shapes: readonly Shape[]) => Product | undefined,
): Value {
  const shapes = operands.map(shapeOf);
  const known = shapes.filter((shape) => shape !== undefined);
  const failing = operands[shapes.indexOf(undefined)];
  const product = failing === undefined ? rule(known) : undefined;
  const reason = failing === undefined ? refusedShapes(context) : shapeReason(failing, 'the shape');
  const macs = product?.macs ?? unknown(failing === undefined ? unmodelled(context) : reason);
  recordWork(tools, { kind: 'product', macs, context });
  return tensorOfClass(type, product?.shape ?? reason);
}

/**
 * The product of two vectors, matrices or stacks of matrices, broadcast over the leading axes, as `numpy.matmul` has it:
 * [..., n, k] @ [..., k, m] is [..., n, m] by n·k·m multiplications a matrix. `undefined` when the axes do not fit.
 */
export function matrixProduct(a: Shape, b: Shape): Product | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const left = a.length === 1 ? [exact(1), ...a] : a;
  const right = b.length === 1 ? [...b, exact(1)] : b;
  const [rows, inner] = left.slice(-2);
  const [depth, columns] = right.slice(-2);
  const stack = broadcast(left.slice(0, -2), right.slice(0, -2));
  if (rows === undefined || inner === undefined || depth === undefined || columns === undefined)
    return undefined;
  if (stack === undefined || equal(inner, depth) === false) return undefined;
  const shape = [...stack, ...(a.length === 1 ? [] : [rows]), ...(b.length === 1 ? [] : [columns])];
  const summed = numberOf(inner) === undefined ? depth : inner;
  return { shape, macs: multiply(...stack, rows, summed, columns) };
}

/** `numpy.dot`: sums over the last axis of the one and the last but one of the other, without broadcasting. */
export function dotProduct(a: Shape, b: Shape): Product | undefined {
  if (a.length <= 1 || b.length <= 2) {
    return a.length === 0 || b.length === 0
      ? { shape: a.length === 0 ? b : a, macs: multiply(elementsOf(a), elementsOf(b)) }
      : matrixProduct(a.length > 2 && b.length === 1 ? a : a, b);
  }
  return contracted(a, b, [a.length - 1], [b.length - 2]);
}

/** `tensordot`: sums over pairs of axes; the others stand one behind the other. */
export function contracted(
  a: Shape,
  b: Shape,
  axesA: readonly number[],
  axesB: readonly number[],
): Product | undefined {
  if (axesA.length !== axesB.length) return undefined;
  const isFitting = axesA.every((axis, index) => {
    const [x, y] = [a[axis], b[axesB[index] ?? -1]];
    return x !== undefined && y !== undefined && equal(x, y) !== false;
  });
  if (!isFitting) return undefined;
  const rest = b.filter((_, axis) => !axesB.includes(axis));
  return {
    shape: [...a.filter((_, axis) => !axesA.includes(axis)), ...rest],
    macs: multiply(...a, ...rest),
  };
}
