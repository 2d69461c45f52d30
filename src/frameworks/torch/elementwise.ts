/** Functions of PyTorch on every element: the shape stays, or is that of the operands together. */
import type { Value } from '../../interp/values';
import type { BoundCall, Toolbox } from '../library';
import { applyBinary, applyUnary, operandOf, refusedShapes, spread } from '../operands';
import { isAbsent, textOf, valueOf } from '../read';
import { keep } from '../shapeRules';
import { byName, words } from '../spelling';
import { broadcast, type Shape } from '../shapes';
import { makeTensor, shapeReason, tensorClassAt, unmodelled } from '../tensor';
import { SAME_ORDER, type TensorMethod } from '../tensorMethods';
import { clampedBy } from '../elementRules';
import { TORCH } from '../values/dialects';
import { boundsAt, fromBounds, type Bounds } from '../values/elements';
import { TENSOR } from './names';

/** Functions that values can be put through, with their other names. */
const UNARY: Readonly<Record<string, string>> = {
  neg: 'neg negative',
  abs: 'abs absolute',
  square: 'square',
  sign: 'sign',
  floor: 'floor',
  ceil: 'ceil',
  trunc: 'trunc fix',
  relu: 'relu',
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
  sigmoid: 'sigmoid',
  logical_not: 'logical_not',
};

const BINARY: Readonly<Record<string, string>> = {
  sub: 'sub subtract',
  add: 'add',
  mul: 'mul multiply',
  truediv: 'true_divide',
  floordiv: 'floor_divide',
  mod: 'remainder',
  fmod: 'fmod',
  pow: 'pow float_power',
  maximum: 'maximum fmax',
  minimum: 'minimum fmin',
  lt: 'lt less',
  le: 'le less_equal',
  gt: 'gt greater',
  ge: 'ge greater_equal',
  eq: 'eq',
  ne: 'ne not_equal',
  logical_and: 'logical_and',
  logical_or: 'logical_or',
  logical_xor: 'logical_xor',
  atan2: 'atan2 arctan2 hypot bitwise_and bitwise_or bitwise_xor logaddexp xlogy nextafter copysign',
};

/** Functions of which the shape alone is followed; all but the last ones give fractions. */
const UNCHANGED = words(
  'sin cos tan asin acos atan sinh cosh asinh acosh atanh erf erfc erfinv rsqrt lgamma digamma logit frac sinc softmax ' +
    'log_softmax celu hardshrink nan_to_num angle deg2rad rad2deg bernoulli dropout alpha_dropout feature_dropout ' +
    'threshold selu rrelu prelu conj bitwise_not logcumsumexp masked_fill masked_scatter scatter scatter_add ' +
    'scatter_reduce index_add index_copy index_fill index_put renorm fill put',
);

const TRUTHS = words('isnan isinf isfinite isneginf isposinf isreal signbit');

const SAME = words('contiguous clone detach alias positive resolve_conj resolve_neg');

/** Elements change, the shape does not. */
const IN_PLACE = words(
  'fill_ zero_ normal_ uniform_ random_ bernoulli_ exponential_ cauchy_ geometric_ log_normal_ copy_ add_ sub_ subtract_ ' +
    'mul_ multiply_ div_ divide_ true_divide_ floor_divide_ remainder_ fmod_ pow_ neg_ abs_ exp_ log_ log2_ log10_ log1p_ ' +
    'sqrt_ rsqrt_ square_ sin_ cos_ tanh_ sigmoid_ relu_ round_ floor_ ceil_ trunc_ clamp_ clamp_min_ clamp_max_ clip_ ' +
    'erf_ erfinv_ reciprocal_ masked_fill_ masked_scatter_ scatter_ scatter_add_ scatter_reduce_ index_add_ index_copy_ ' +
    'index_fill_ index_put_ put_ addmm_ addbmm_ baddbmm_ addcmul_ addcdiv_ lerp_ cumsum_ cumprod_ tril_ triu_ ' +
    'fill_diagonal_ renorm_ eq_ ne_ lt_ le_ gt_ ge_ logical_and_ logical_or_ logical_not_ sign_ nan_to_num_ share_memory_',
);

/** What is both a method and a function. */
export function elementwiseMethods(): TensorMethod[] {
  return [
    ...byName(UNARY, (name, canonical) => unary(name, canonical)),
    ...byName(BINARY, (name, canonical): TensorMethod => ({
      name,
      signature: '(other, *args, **options)',
      rule: keep,
      apply: (self, call, tools) =>
        combine(tools, canonical, [self, valueOf(call, 'other')], call, isPlain(call)),
    })),
    {
      name: 'round',
      signature: '(*, decimals=0, out=None)',
      rule: keep,
      apply: (self, call, tools) => {
        const decimals = valueOf(call, 'decimals');
        const isWhole = decimals.kind === 'int' && decimals.value === 0;
        return applyUnary(
          tensorClassAt(tools, TENSOR),
          TORCH,
          isWhole ? 'round' : 'round to decimals',
          self,
          call.context,
        );
      },
    },
    ...words('div divide').map((name): TensorMethod => ({
      name,
      signature: '(other, *, rounding_mode=None, out=None)',
      rule: keep,
      apply: divide,
    })),
    {
      name: 'rsub',
      signature: '(other, *, alpha=1)',
      rule: keep,
      apply: (self, call, tools) => combine(tools, 'sub', [valueOf(call, 'other'), self], call, false),
    },
    ...words('clamp clip').map((name): TensorMethod => ({
      name,
      signature: '(min=None, max=None, *, out=None)',
      rule: keep,
      elements: clampedBy('min', 'max'),
    })),
    { name: 'clamp_min', signature: '(min)', rule: keep, elements: clampedBy('min', 'no max') },
    { name: 'clamp_max', signature: '(max)', rule: keep, elements: clampedBy('no min', 'max') },
    ...SAME.map((name): TensorMethod => ({
      name,
      signature: '(*args, **kwargs)',
      rule: keep,
      ...SAME_ORDER,
    })),
    ...UNCHANGED.map((name): TensorMethod => ({ name, signature: '(*args, **kwargs)', rule: keep })),
    ...TRUTHS.map((name): TensorMethod => ({ name, signature: '()', rule: keep, dtype: 'bool' })),
    ...words('addcmul addcdiv lerp').map((name): TensorMethod => ({
      name,
      signature: '(first, second, *args, **options)',
      rule: (shape, call) => together(shape, call, ['first', 'second']),
    })),
    { name: 'where', signature: '(first=None, second=None)', rule: keep, apply: choose },
    ...IN_PLACE.map((name): TensorMethod => ({
      name,
      signature: '(*args, **kwargs)',
      rule: keep,
      changes: 'elements',
    })),
    { name: 'requires_grad_', signature: '(requires_grad=True)', rule: (_, call) => valueOf(call, 'self') },
  ];
}

/** What is a function alone: `torch.where` asks with its first argument. */
export function elementwiseFunctions(): TensorMethod[] {
  return [
    {
      name: 'where',
      signature: '(first=None, second=None)',
      rule: keep,
      apply: (self, call, tools) =>
        chosen(tools, self, valueOf(call, 'first'), valueOf(call, 'second'), call),
    },
  ];
}

/** `x.where(condition, other)`. */
function choose(self: Value, call: BoundCall, tools: Toolbox): Value {
  return chosen(tools, valueOf(call, 'first'), self, valueOf(call, 'second'), call);
}

/** The shape of three operands together; elements of one or the other where the condition is known. */
function chosen(tools: Toolbox, condition: Value, first: Value, second: Value, call: BoundCall): Value {
  const operands = [condition, first, second].map((value) => operandOf(value, TORCH));
  const [test, a, b] = operands;
  if (test === undefined || a === undefined || b === undefined) {
    const failing = [condition, first, second][operands.indexOf(undefined)] ?? condition;
    return makeTensor(
      tools,
      TENSOR,
      failing.kind === 'none' ? unmodelled(call.context) : shapeReason(failing, 'the shape'),
    );
  }
  const pair = broadcast(a.shape, b.shape);
  const shape = pair && broadcast(pair, test.shape);
  if (shape === undefined) return makeTensor(tools, TENSOR, refusedShapes(call.context));
  if (a.dtype === undefined || b.dtype === undefined) return makeTensor(tools, TENSOR, shape);
  const dtype = TORCH.promote({ dtype: a.dtype, form: a.form }, { dtype: b.dtype, form: b.form });
  const [bits, left, right] = [
    spread(test, test.dtype ?? 'bool', shape),
    dtype && spread(a, dtype, shape),
    dtype && spread(b, dtype, shape),
  ];
  if (dtype === undefined || bits === undefined || left === undefined || right === undefined)
    return makeTensor(tools, TENSOR, shape, { dtype });
  const bounds = bits.low.map((_, index): Bounds => {
    const [low, high] = boundsAt(bits, index);
    const [x, y] = [boundsAt(left, index), boundsAt(right, index)];
    if (low === high) return low === 0 ? y : x;
    return [Math.min(x[0], y[0]), Math.max(x[1], y[1])];
  });
  return makeTensor(tools, TENSOR, shape, { elements: fromBounds(dtype, bounds) });
}

function unary(name: string, canonical: string): TensorMethod {
  return {
    name,
    signature: '(**options)',
    rule: keep,
    apply: (self, call, tools) =>
      applyUnary(tensorClassAt(tools, TENSOR), TORCH, canonical, self, call.context),
  };
}

/** Whether nothing but the two operands is given: `alpha=2` and its kin are not followed. */
function isPlain(call: BoundCall): boolean {
  return (
    call.args.keywords.size === (call.args.keywords.has('other') ? 1 : 0) && call.args.positional.length <= 2
  );
}

function combine(
  tools: Toolbox,
  name: string,
  operands: readonly [Value, Value],
  call: BoundCall,
  hasValues: boolean,
): Value {
  return applyBinary(
    tensorClassAt(tools, TENSOR),
    TORCH,
    hasValues ? name : `${name} with options`,
    operands,
    call.context,
  );
}

const ROUNDED: Readonly<Record<string, string>> = { floor: 'floordiv', trunc: 'truncdiv' };

function divide(self: Value, call: BoundCall, tools: Toolbox): Value {
  const mode = textOf(call, 'rounding_mode');
  const name = isAbsent(call, 'rounding_mode') ? 'truediv' : (ROUNDED[mode ?? ''] ?? 'division of some kind');
  return combine(tools, name, [self, valueOf(call, 'other')], call, true);
}

function together(shape: Shape, call: BoundCall, names: readonly string[]): Shape | undefined {
  return names.reduce<Shape | undefined>((all, name) => {
    const operand = operandOf(valueOf(call, name), TORCH);
    return all && operand && broadcast(all, operand.shape);
  }, shape);
}
