/** TensorFlow functions on elements: of each, of pairs, many together, and contractions. Source: TensorFlow API docs, tf. */
import { einsum } from '../einsum';
import { axisAt } from '../elementRules';
import { functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { applyBinary, applyUnary } from '../operands';
import { productOf } from '../products';
import { isAbsent, itemsOf, textOf, valueOf } from '../read';
import { keep, reduceOver, unbindAt } from '../shapeRules';
import { removeAxis, type Shape } from '../shapes';
import {
  contentsOf,
  makeTensor,
  shapeOf,
  shapeOfNested,
  shapeReason,
  sizesOf,
  tensorClassAt,
  unmodelled,
} from '../tensor';
import { asFunctions, SAME_ORDER, type TensorMethod } from '../tensorMethods';
import { dtypeOf, typeRows } from '../types';
import { TENSORFLOW } from '../values/dialects';
import { converted } from '../values/elements';
import { TENSOR } from './functions';

/** By our own name of the operation, the name in TensorFlow. */
const UNARY: Readonly<Record<string, string>> = {
  neg: 'negative',
  abs: 'abs',
  square: 'square',
  sign: 'sign',
  round: 'round',
  floor: 'floor',
  ceil: 'ceil',
  sqrt: 'sqrt',
  rsqrt: 'rsqrt',
  exp: 'exp',
  log: 'log',
  log1p: 'log1p',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  sin: 'sin',
  cos: 'cos',
  erf: 'erf',
  softplus: 'softplus',
};

const BINARY: Readonly<Record<string, string>> = {
  lt: 'less',
  le: 'less_equal',
  gt: 'greater',
  ge: 'greater_equal',
  eq: 'equal',
  ne: 'not_equal',
  mod: 'floormod',
  logical_and: 'logical_and',
  logical_or: 'logical_or',
};

/** Rows of these functions, under `tf` and under `tf.math`, and of the types of elements. */
export function elementwiseRows(): Row[] {
  const both = (name: string, signature: string, run: Parameters<typeof functionRow>[2]): Row[] =>
    ['', 'math.'].map((prefix) => functionRow(`tensorflow.${prefix}${name}`, signature, run));
  return [
    ...typeRows('tensorflow', []),
    ...Object.entries(UNARY).flatMap(([canonical, name]) =>
      both(name, '(x, name=None)', (call, tools) =>
        applyUnary(tensorClassAt(tools, TENSOR), TENSORFLOW, canonical, valueOf(call, 'x'), call.context),
      ),
    ),
    ...Object.entries(BINARY).flatMap(([canonical, name]) =>
      both(name, '(x, y, name=None)', (call, tools) => {
        const operands = [valueOf(call, 'x'), valueOf(call, 'y')] as const;
        return applyBinary(tensorClassAt(tools, TENSOR), TENSORFLOW, canonical, operands, call.context);
      }),
    ),
    ...named('input', [
      ...['identity', 'stop_gradient'].map((name): TensorMethod => ({
        name,
        signature: '(name=None)',
        rule: keep,
        ...SAME_ORDER,
      })),
      {
        name: 'broadcast_to',
        signature: '(shape, name=None)',
        rule: (_, call) => sizesOf(valueOf(call, 'shape')),
      },
      ...['argmax', 'argmin'].map((name): TensorMethod => ({
        name,
        signature: '(axis=None, **options)',
        rule: argument,
        dtype: 'int64',
      })),
    ]),
    ...named('value', [
      { name: 'unstack', signature: '(num=None, axis=0, name=None)', rule: unbindAt('axis') },
    ]),
    ...named('params', [
      {
        name: 'gather',
        signature: '(indices, validate_indices=None, axis=None, batch_dims=0, name=None)',
        rule: gather,
      },
    ]),
    ...named(
      'input_tensor',
      ['prod', 'any', 'all', 'logsumexp'].map((name): TensorMethod => ({
        name: `reduce_${name}`,
        signature: '(axis=None, keepdims=False, name=None)',
        rule: reduceOver('axis', 'keepdims'),
      })),
    ),
    functionRow('tensorflow.cast', '(x, dtype, name=None)', cast),
    functionRow('tensorflow.einsum', '(equation, *inputs, **kwargs)', contraction),
  ];
}

function named(first: string, methods: readonly TensorMethod[]): Row[] {
  return asFunctions('tensorflow', TENSOR, first, methods);
}

/** Along one axis, whose place the shape of the indices takes. */
function gather(shape: Shape, call: BoundCall): Shape | undefined {
  const at = isAbsent(call, 'axis') ? 0 : axisAt(call, 'axis', shape);
  const indices = shapeOfNested(valueOf(call, 'indices'));
  const batch = valueOf(call, 'batch_dims');
  if (at === undefined || indices === undefined || batch.kind !== 'int' || batch.value !== 0)
    return undefined;
  return [...shape.slice(0, at), ...indices, ...shape.slice(at + 1)];
}

function argument(shape: Shape, call: BoundCall): Shape | undefined {
  const at = isAbsent(call, 'axis') ? 0 : axisAt(call, 'axis', shape);
  return at === undefined ? undefined : removeAxis(shape, at);
}

function cast(call: BoundCall, tools: Toolbox): ReturnType<typeof makeTensor> {
  const given = valueOf(call, 'x');
  const shape = shapeOfNested(given);
  if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(given, 'the shape'));
  const dtype = dtypeOf(valueOf(call, 'dtype'), 'tensorflow');
  const { elements } = contentsOf(given);
  return makeTensor(tools, TENSOR, shape, {
    dtype,
    elements: dtype && elements && converted(elements, dtype),
  });
}

function contraction(call: BoundCall, tools: Toolbox): ReturnType<typeof makeTensor> {
  const operands = itemsOf(valueOf(call, 'inputs')) ?? [];
  const equation = textOf(call, 'equation');
  const [only] = operands.map(shapeOf);
  if (operands.length === 1 && equation !== undefined)
    return makeTensor(tools, TENSOR, (only && einsum(equation, [only])?.shape) ?? unmodelled(call.context));
  return productOf(tools, tensorClassAt(tools, TENSOR), operands, call.context, (shapes) =>
    equation === undefined ? undefined : einsum(equation, shapes),
  );
}
