/** Products of PyTorch tensors. */
import type { Value } from '../../interp/values';
import { functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { einsum } from '../einsum';
import { itemsOf, textOf, valueOf } from '../read';
import { keep } from '../shapeRules';
import { axisOf, broadcast, type Shape } from '../shapes';
import { contracted, dotProduct, matrixProduct, multiplied, productOf, type Product } from '../products';
import { makeTensor, shapeOf, sizesOf, tensorClassAt, unmodelled } from '../tensor';
import type { TensorMethod } from '../tensorMethods';
import { TENSOR } from './names';

/** Methods and functions with two operands, or with one that is added to the product of the others. */
export function productMethods(): TensorMethod[] {
  return [
    product('matmul', '(other, **options)', 'other', 0),
    product('mm', '(mat2, **options)', 'mat2', 2),
    product('bmm', '(mat2, **options)', 'mat2', 3),
    product('mv', '(vec, **options)', 'vec', 0),
    product('dot', '(other, **options)', 'other', 1),
    product('vdot', '(other, **options)', 'other', 1),
    {
      name: 'inner',
      signature: '(other, **options)',
      rule: keep,
      apply: (self, call, tools) =>
        productOf(
          tools,
          tensorClassAt(tools, TENSOR),
          [self, valueOf(call, 'other')],
          call.context,
          ([a, b]) => a && b && innerProduct(a, b),
        ),
    },
    ...['addmm', 'baddbmm', 'addbmm', 'addmv'].map((name): TensorMethod => ({
      name,
      signature: '(first, second, **options)',
      rule: keep,
      apply: (_, call, tools) => {
        const operands = [valueOf(call, 'first'), valueOf(call, 'second')];
        return productOf(tools, tensorClassAt(tools, TENSOR), operands, call.context, ([a, b]) => {
          const made = a && b && matrixProduct(a, b);
          return made && name === 'addbmm' ? { ...made, shape: made.shape.slice(1) } : made;
        });
      },
    })),
    ...['outer', 'ger'].map((name): TensorMethod => ({
      name,
      signature: '(vec2, **options)',
      rule: (shape, call) => {
        const other = shapeOf(valueOf(call, 'vec2'));
        return other?.length === 1 && shape.length === 1 ? [...shape, ...other] : undefined;
      },
    })),
    { name: 'cross', signature: '(other, dim=None)', rule: (shape, call) => withOther(shape, call) },
  ];
}

/** Functions whose tensors are no first argument, or come as a list. */
export function productRows(): Row[] {
  return [
    functionRow('torch.einsum', '(equation, *operands)', (call, tools) => {
      const given = itemsOf(valueOf(call, 'operands')) ?? [];
      const listed = given.length === 1 && given[0] ? itemsOf(given[0]) : undefined;
      const equation = textOf(call, 'equation');
      return einsumOf(tools, equation, listed ?? given, call);
    }),
    functionRow('torch.tensordot', '(a, b, dims=2, out=None)', (call, tools) => {
      const operands = [valueOf(call, 'a'), valueOf(call, 'b')];
      return productOf(
        tools,
        tensorClassAt(tools, TENSOR),
        operands,
        call.context,
        ([a, b]) => a && b && tensordot(a, b, valueOf(call, 'dims')),
      );
    }),
    functionRow('torch.linalg.matmul', '(input, other, out=None)', (call, tools) =>
      multiplied(
        tools,
        tensorClassAt(tools, TENSOR),
        [valueOf(call, 'input'), valueOf(call, 'other')],
        call.context,
      ),
    ),
    functionRow('torch.cdist', '(x1, x2, p=2.0, compute_mode=None)', (call, tools) => {
      const [a, b] = [shapeOf(valueOf(call, 'x1')), shapeOf(valueOf(call, 'x2'))];
      const stack = a && b && broadcast(a.slice(0, -2), b.slice(0, -2));
      const [rows, columns] = [a?.at(-2), b?.at(-2)];
      const shape = stack && rows && columns && [...stack, rows, columns];
      return makeTensor(tools, TENSOR, shape ?? unmodelled(call.context));
    }),
  ];
}

/** An einsum of tensors of any framework's; one operand is no product. */
function einsumOf(
  tools: Toolbox,
  equation: string | undefined,
  operands: readonly Value[],
  call: BoundCall,
): Value {
  const [only] = operands;
  if (equation !== undefined && operands.length === 1 && only !== undefined) {
    const shape = shapeOf(only);
    const made = shape && einsum(equation, [shape]);
    return makeTensor(tools, TENSOR, made?.shape ?? unmodelled(call.context));
  }
  return productOf(tools, tensorClassAt(tools, TENSOR), operands, call.context, (shapes) =>
    equation === undefined ? undefined : einsum(equation, shapes),
  );
}

/** The sums over the last axes of both. */
function innerProduct(a: Shape, b: Shape): Product | undefined {
  if (a.length === 0 || b.length === 0) return dotProduct(a, b);
  return contracted(a, b, [a.length - 1], [b.length - 1]);
}

/** Over the last axes of the one and the first of the other, or over pairs of axes. */
export function tensordot(a: Shape, b: Shape, dims: Value): Product | undefined {
  if (dims.kind === 'int') {
    const count = dims.value;
    const axes = Array.from({ length: count }, (_, index) => index);
    return count > a.length || count > b.length
      ? undefined
      : contracted(
          a,
          b,
          axes.map((axis) => a.length - count + axis),
          axes,
        );
  }
  const [first, second] = itemsOf(dims) ?? [];
  const axesA = first && axesIn(first, a.length);
  const axesB = second && axesIn(second, b.length);
  return axesA && axesB && contracted(a, b, axesA, axesB);
}

function axesIn(value: Value, rank: number): readonly number[] | undefined {
  const axes = sizesOf(value)?.map((axis) => axisOf(axis, rank));
  const known = axes?.filter((axis) => axis !== undefined);
  return known?.length === axes?.length ? known : undefined;
}

/** `rank` is that of both operands; 0 for any. */
function product(name: string, signature: string, other: string, rank: number): TensorMethod {
  return {
    name,
    signature,
    rule: keep,
    apply: (self, call, tools) =>
      productOf(tools, tensorClassAt(tools, TENSOR), [self, valueOf(call, other)], call.context, ([a, b]) => {
        if (a === undefined || b === undefined) return undefined;
        return rank === 0 || (a.length === rank && b.length === rank) ? matrixProduct(a, b) : undefined;
      }),
  };
}

function withOther(shape: Shape, call: BoundCall): Shape | undefined {
  const other = shapeOf(valueOf(call, 'other'));
  return other && broadcast(shape, other);
}
