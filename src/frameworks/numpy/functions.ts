/** NumPy functions on elements: of each, of pairs, of many together. Source: NumPy reference, "Mathematical functions". */
import { integer, type Value } from '../../interp/values';
import { multiply } from '../../symbolic/arithmetic';
import { exact, unknown as unknownQuantity } from '../../symbolic/quantity';
import { functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { einsum } from '../einsum';
import { applyBinary, applyUnary, asLists, numberAt, operandOf } from '../operands';
import { dotProduct, multiplied, productOf } from '../products';
import { isAbsent, itemsOf, quantityFrom, textOf, valueOf } from '../read';
import { keep, reduceOver } from '../shapeRules';
import { byName, words } from '../spelling';
import { broadcast } from '../shapes';
import {
  contentsOf,
  forgetElements,
  makeTensor,
  shapeOf,
  shapeReason,
  tensorClassAt,
  unmodelled,
} from '../tensor';
import { typeAfter, type TensorMethod } from '../tensorMethods';
import { clampedBy, reducedBy, runningBy } from '../elementRules';
import { tensordot } from '../torch/products';
import { dtypeOf } from '../types';
import { NUMPY } from '../values/dialects';
import { boundsOf, converted, exactly, fromBounds, fitted, type Bounds } from '../values/elements';
import { roundHalfEven } from '../values/elementwise';
import { unique } from '../values/reductions';
import { ARRAY } from './names';

const UNARY: Readonly<Record<string, string>> = {
  neg: 'negative',
  abs: 'abs absolute fabs',
  square: 'square',
  sign: 'sign',
  round: 'rint',
  floor: 'floor',
  ceil: 'ceil',
  trunc: 'trunc fix',
  reciprocal: 'reciprocal',
  sqrt: 'sqrt',
  exp: 'exp',
  exp2: 'exp2',
  expm1: 'expm1',
  log: 'log',
  log2: 'log2',
  log10: 'log10',
  log1p: 'log1p',
  tanh: 'tanh',
  logical_not: 'logical_not',
  'shape alone':
    'sin cos tan arcsin arccos arctan sinh cosh isnan isinf isfinite nan_to_num deg2rad rad2deg real imag conj angle cbrt',
};

const BINARY: Readonly<Record<string, string>> = {
  add: 'add',
  sub: 'subtract',
  mul: 'multiply',
  truediv: 'divide true_divide',
  floordiv: 'floor_divide',
  mod: 'mod remainder',
  fmod: 'fmod',
  pow: 'power float_power',
  maximum: 'maximum fmax',
  minimum: 'minimum fmin',
  lt: 'less',
  le: 'less_equal',
  gt: 'greater',
  ge: 'greater_equal',
  eq: 'equal',
  ne: 'not_equal',
  logical_and: 'logical_and',
  logical_or: 'logical_or',
  logical_xor: 'logical_xor',
  'shape alone': 'arctan2 hypot bitwise_and bitwise_or bitwise_xor',
};

const REDUCED = '(axis=None, dtype=None, out=None, keepdims=False, **options)';
const WITHOUT_TYPE = '(axis=None, out=None, keepdims=False, **options)';

/** Methods of arrays that compute. */
export function methods(): TensorMethod[] {
  return [
    ...reductions(),
    {
      name: 'round',
      signature: '(decimals=0, out=None)',
      rule: keep,
      apply: (self, call, tools) => rounded(self, call, tools),
    },
    {
      name: 'clip',
      signature: '(min=None, max=None, out=None, **options)',
      rule: keep,
      elements: clampedBy('min', 'max'),
    },
    {
      name: 'astype',
      signature: '(dtype, *args, **kwargs)',
      rule: keep,
      apply: (self, call, tools) => cast(self, call, tools),
    },
    {
      name: 'item',
      signature: '()',
      rule: keep,
      apply: (self, { context }) => numberAt(single(self), 0, context),
    },
    { name: 'tolist', signature: '()', rule: (_, call) => asLists(valueOf(call, 'self'), call.context) },
    {
      name: 'dot',
      signature: '(b, out=None)',
      rule: keep,
      apply: (self, call, tools) => dot(tools, [self, valueOf(call, 'b')], call),
    },
    ...words('__round__').map((name): TensorMethod => ({
      name,
      signature: '(ndigits=None)',
      rule: keep,
      apply: (self, { context }) => {
        const held = single(self);
        const bounds =
          held && boundsOf(held).map(([a, b]): Bounds => fitted('int64', roundHalfEven(a), roundHalfEven(b)));
        return numberAt(bounds && fromBounds('int64', bounds), 0, context);
      },
    })),
  ];
}

/** Functions of arrays, and of what can be made one. */
export function functionRows(): Row[] {
  return [
    ...byName(UNARY, (name, canonical) =>
      functionRow(
        `numpy.${name}`,
        '(x, out=None, **options)',
        (call, tools) =>
          out(call) ??
          applyUnary(tensorClassAt(tools, ARRAY), NUMPY, canonical, valueOf(call, 'x'), call.context),
      ),
    ),
    ...byName(BINARY, (name, canonical) =>
      functionRow(
        `numpy.${name}`,
        '(x1, x2, out=None, **options)',
        (call, tools) =>
          out(call) ??
          applyBinary(
            tensorClassAt(tools, ARRAY),
            NUMPY,
            call.args.keywords.size > 0 ? 'options' : canonical,
            [valueOf(call, 'x1'), valueOf(call, 'x2')],
            call.context,
          ),
      ),
    ),
    ...[...reductions(), ...cumulative()].map((method) =>
      functionRow(
        `numpy.${method.name}`,
        `(a, ${method.signature.slice(1)}`,
        (call, tools) => out(call) ?? functional(method, call, tools),
      ),
    ),
    ...words('round around').map((name) =>
      functionRow(
        `numpy.${name}`,
        '(a, decimals=0, out=None)',
        (call, tools) => out(call) ?? rounded(asArray(valueOf(call, 'a'), call, tools), call, tools),
      ),
    ),
    functionRow(
      'numpy.clip',
      '(a, a_min=None, a_max=None, out=None, **options)',
      (call, tools) =>
        out(call) ??
        functional(
          { name: 'clip', signature: '', rule: keep, elements: clampedBy('a_min', 'a_max') },
          call,
          tools,
        ),
    ),
    functionRow('numpy.unique', '(ar, **options)', uniqueValues),
    functionRow('numpy.where', '(condition, x=None, y=None)', (call, tools) => {
      const operands = ['condition', 'x', 'y'].map((name) => operandOf(valueOf(call, name), NUMPY)?.shape);
      const [a, b, c] = operands;
      const pair = a && b && broadcast(a, b);
      const shape = pair && c && broadcast(pair, c);
      return makeTensor(tools, ARRAY, shape ?? unmodelled(call.context));
    }),
    functionRow(
      'numpy.dot',
      '(a, b, out=None)',
      (call, tools) => out(call) ?? dot(tools, [valueOf(call, 'a'), valueOf(call, 'b')], call),
    ),
    functionRow(
      'numpy.matmul',
      '(x1, x2, out=None, **options)',
      (call, tools) =>
        out(call) ??
        multiplied(
          tools,
          tensorClassAt(tools, ARRAY),
          [valueOf(call, 'x1'), valueOf(call, 'x2')],
          call.context,
        ),
    ),
    functionRow('numpy.tensordot', '(a, b, axes=2)', (call, tools) =>
      productOf(
        tools,
        tensorClassAt(tools, ARRAY),
        [valueOf(call, 'a'), valueOf(call, 'b')],
        call.context,
        ([a, b]) => a && b && tensordot(a, b, valueOf(call, 'axes')),
      ),
    ),
    functionRow('numpy.einsum', '(subscripts, *operands, **options)', (call, tools) => {
      const operands = itemsOf(valueOf(call, 'operands')) ?? [];
      const equation = textOf(call, 'subscripts');
      const shape = operands[0] && shapeOf(operands[0]);
      if (operands.length === 1)
        return makeTensor(
          tools,
          ARRAY,
          (shape && equation !== undefined && einsum(equation, [shape])?.shape) || unmodelled(call.context),
        );
      return productOf(tools, tensorClassAt(tools, ARRAY), operands, call.context, (shapes) =>
        equation === undefined ? undefined : einsum(equation, shapes),
      );
    }),
    functionRow('numpy.outer', '(a, b, out=None)', (call, tools) => {
      const [a, b] = ['a', 'b'].map((name) => operandOf(valueOf(call, name), NUMPY)?.shape);
      return makeTensor(tools, ARRAY, a && b ? [multiply(...a), multiply(...b)] : unmodelled(call.context));
    }),
  ];
}

function reductions(): TensorMethod[] {
  const rule = reduceOver('axis', 'keepdims');
  return [
    ...words('sum mean prod').map((name): TensorMethod => ({
      name,
      signature: REDUCED,
      rule,
      elements: reducedBy(name, 'axis'),
    })),
    ...words('max min').map((name): TensorMethod => ({
      name,
      signature: WITHOUT_TYPE,
      rule,
      elements: reducedBy(name, 'axis'),
    })),
    ...words('any all').map((name): TensorMethod => ({
      name,
      signature: WITHOUT_TYPE,
      rule,
      dtype: 'bool',
      elements: reducedBy(name, 'axis'),
    })),
    ...words('argmax argmin').map((name): TensorMethod => ({
      name,
      signature: '(axis=None, out=None, *, keepdims=False)',
      rule,
      dtype: 'int64',
      elements: reducedBy(name, 'axis'),
    })),
    ...words('std var').map((name): TensorMethod => ({
      name,
      signature: '(axis=None, dtype=None, out=None, ddof=0, keepdims=False)',
      rule,
    })),
    { name: 'ptp', signature: WITHOUT_TYPE, rule },
  ];
}

function cumulative(): TensorMethod[] {
  const named = [
    ['amax', 'max'],
    ['amin', 'min'],
    ['product', 'prod'],
    ['nansum', 'nansum'],
    ['nanmean', 'nanmean'],
    ['nanmax', 'nanmax'],
    ['median', 'median'],
    ['count_nonzero', 'count_nonzero'],
  ] as const;
  return [
    ...named.map(([name, fold]): TensorMethod => ({
      name,
      signature: WITHOUT_TYPE,
      rule: reduceOver('axis', 'keepdims'),
      elements: reducedBy(fold, 'axis'),
    })),
    ...(['cumsum', 'cumprod'] as const).map((name): TensorMethod => ({
      name,
      signature: '(axis=None, dtype=None, out=None)',
      rule: (shape, call) => (isAbsent(call, 'axis') ? [multiply(...shape)] : shape),
      elements: runningBy(name),
    })),
  ];
}

/** A method's rule on what a function is given first. */
function functional(method: TensorMethod, call: BoundCall, tools: Toolbox): Value {
  const given = valueOf(call, 'a');
  const sizes = itemsOf(given)?.map(quantityFrom);
  // Sizes that are formulas are multiplied as such.
  if (method.name === 'prod' && isAbsent(call, 'axis') && sizes?.some(({ kind }) => kind === 'formula')) {
    return integer(multiply(...sizes));
  }
  const read = operandOf(given, NUMPY);
  if (read === undefined) return makeTensor(tools, ARRAY, shapeReason(given, 'the shape'));
  const shape = method.rule(read.shape, call, tools);
  if (!Array.isArray(shape)) return makeTensor(tools, ARRAY, unmodelled(call.context));
  const counts = read.shape.map((size) => (size.kind === 'exact' ? size.value : 0));
  const made = read.elements && method.elements?.(read.elements, counts, call)?.[0];
  return makeTensor(tools, ARRAY, shape, {
    dtype: typeAfter(method, read.dtype, call),
    elements: made,
  });
}

/** Sequences and numbers as arrays. */
function asArray(value: Value, call: BoundCall, tools: Toolbox): Value {
  const read = operandOf(value, NUMPY);
  return makeTensor(
    tools,
    ARRAY,
    read?.shape ?? (value.kind === 'unknown' ? value.reason : unmodelled(call.context)),
    {
      dtype: read?.dtype,
      elements: read?.elements,
    },
  );
}

/** What `out=` names gets the result; its elements are not followed. */
function out(call: BoundCall): Value | undefined {
  if (isAbsent(call, 'out')) return undefined;
  forgetElements(valueOf(call, 'out'));
  return valueOf(call, 'out');
}

/** To so many decimal places: multiplied, rounded, divided, as NumPy does it. */
function rounded(self: Value, call: BoundCall, tools: Toolbox): Value {
  const places = valueOf(call, 'decimals');
  const { dtype, elements } = contentsOf(self);
  const shape = shapeOf(self);
  if (places.kind === 'int' && places.value === 0 && dtype !== 'int64' && dtype !== 'int32')
    return applyUnary(tensorClassAt(tools, ARRAY), NUMPY, 'round', self, call.context);
  if (shape === undefined) return makeTensor(tools, ARRAY, shapeReason(self, 'the shape'));
  const isWhole = dtype === 'int64' || dtype === 'int32';
  if (places.kind !== 'int' || places.value < 0 || places.value > 15)
    return makeTensor(tools, ARRAY, shape, { dtype });
  if (isWhole) return makeTensor(tools, ARRAY, shape, { dtype, elements });
  const factor = 10 ** places.value;
  const round = (value: number) => roundHalfEven(value * factor) / factor;
  const bounds =
    dtype === 'float64' &&
    elements &&
    boundsOf(elements).map(([a, b]) => fitted('float64', round(a), round(b)));
  return makeTensor(tools, ARRAY, shape, {
    dtype,
    elements: bounds ? fromBounds('float64', bounds) : undefined,
  });
}

function cast(self: Value, call: BoundCall, tools: Toolbox): Value {
  const { elements } = contentsOf(self);
  const dtype = dtypeOf(valueOf(call, 'dtype'), 'numpy');
  const shape = shapeOf(self);
  if (shape === undefined) return makeTensor(tools, ARRAY, shapeReason(self, 'the shape'));
  return makeTensor(tools, ARRAY, shape, {
    dtype,
    elements: dtype && elements && converted(elements, dtype),
  });
}

function uniqueValues(call: BoundCall, tools: Toolbox): Value {
  const read = operandOf(valueOf(call, 'ar'), NUMPY);
  if (call.args.keywords.size > 0) return makeTensor(tools, ARRAY, unmodelled(call.context));
  const values = read?.elements && unique(read.elements);
  const open = unknownQuantity({ code: 'unmodelled', subject: 'how many different values there are' });
  if (values === undefined || read?.elements === undefined)
    return makeTensor(tools, ARRAY, [open], { dtype: read?.dtype });
  return makeTensor(tools, ARRAY, [exact(values.length)], { elements: exactly(read.elements.dtype, values) });
}

function dot(tools: Toolbox, operands: readonly Value[], call: BoundCall): Value {
  if (operands.some((each) => operandOf(each, NUMPY) === undefined || shapeOf(each) === undefined))
    return productOf(tools, tensorClassAt(tools, ARRAY), operands, call.context, () => undefined);
  return productOf(
    tools,
    tensorClassAt(tools, ARRAY),
    operands,
    call.context,
    ([a, b]) => a && b && dotProduct(a, b),
  );
}

function single(self: Value): ReturnType<typeof contentsOf>['elements'] {
  const { elements } = contentsOf(self);
  return elements?.low.length === 1 ? elements : undefined;
}
