/** What takes elements of a PyTorch tensor together, or puts them in order. */
import { positional } from '../../interp/call';
import { tuple, type Value } from '../../interp/values';
import { exact, unknown as unknownQuantity } from '../../symbolic/quantity';
import { pythonRows, type BoundCall, type Row, type Toolbox } from '../library';
import { applyBinary } from '../operands';
import { integerOf, isAbsent, valueOf } from '../read';
import { keep, reduceOver } from '../shapeRules';
import { removeAxis, replaceAxis, type Shape } from '../shapes';
import { contentsOf, isTensor, makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import type { TensorMethod } from '../tensorMethods';
import { dtypeOf } from '../types';
import { axisAt, reducedBy, runningBy } from '../elementRules';
import { TORCH } from '../values/dialects';
import { categoryOf, type DType } from '../values/dtypes';
import { exactly } from '../values/elements';
import { reduced, sorted, sumType, unique } from '../values/reductions';
import { TENSOR } from './names';

const REDUCED = '(dim=None, keepdim=False, *, dtype=None, **options)';

/** Two tensors as PyTorch returns them: a tuple whose parts have names. */
const PAIR = `
class Pair:
    def __init__(self, values, indices):
        self.values = values
        self.indices = indices

    def __iter__(self):
        return iter((self.values, self.indices))

    def __getitem__(self, index):
        return (self.values, self.indices)[index]

    def __len__(self):
        return 2
`;

/** The class of results that are two tensors. */
export function pairRows(): Row[] {
  return pythonRows('torch.return_types', PAIR, [], ['Pair']);
}

/** The type that PyTorch gives what is taken together: sums of integers and of truth values have 64 bits. */
function reducedType(name: string, before: DType, call: BoundCall): DType | undefined {
  if (name === 'count_nonzero') return 'int64';
  if (!isAbsent(call, 'dtype')) return dtypeOf(valueOf(call, 'dtype'), 'torch');
  if (name === 'sum' || name === 'prod') return sumType(before);
  return name === 'mean' && categoryOf(before) !== 'float' ? undefined : before;
}

/** Reductions, running sums and sorting, as methods and as functions. */
export function reductionMethods(): TensorMethod[] {
  return [
    ...['sum', 'mean', 'amax', 'amin', 'prod', 'count_nonzero'].map((name): TensorMethod => ({
      name,
      signature: REDUCED,
      rule: reduceOver('dim', 'keepdim'),
      dtype: (before, call) => reducedType(name, before, call),
      elements: reducedBy(name, 'dim'),
    })),
    ...['nansum', 'nanmean', 'logsumexp'].map((name): TensorMethod => ({
      name,
      signature: REDUCED,
      rule: reduceOver('dim', 'keepdim'),
    })),
    ...['any', 'all'].map((name): TensorMethod => ({
      name,
      signature: REDUCED,
      rule: reduceOver('dim', 'keepdim'),
      dtype: 'bool',
      elements: reducedBy(name, 'dim'),
    })),
    ...['argmax', 'argmin'].map((name): TensorMethod => ({
      name,
      signature: REDUCED,
      rule: reduceOver('dim', 'keepdim'),
      dtype: 'int64',
      elements: reducedBy(name, 'dim'),
    })),
    ...['std', 'var'].map((name): TensorMethod => ({
      name,
      signature: '(dim=None, unbiased=True, keepdim=False, *, correction=1)',
      rule: spreadOver,
    })),
    {
      name: 'norm',
      signature: '(p="fro", dim=None, keepdim=False, dtype=None)',
      rule: reduceOver('dim', 'keepdim'),
    },
    ...['max', 'min'].map((name): TensorMethod => ({
      name,
      signature: '(dim=None, keepdim=False, *, other=None, out=None)',
      rule: keep,
      apply: (self, call, tools) => extreme(name, self, call, tools),
    })),
    ...['median', 'nanmedian', 'mode'].map((name): TensorMethod => ({
      name,
      signature: '(dim=None, keepdim=False)',
      rule: (shape, call, tools) =>
        isAbsent(call, 'dim') && name !== 'mode' ? [] : pairOver(shape, call, tools),
    })),
    ...['cummax', 'cummin'].map((name): TensorMethod => ({
      name,
      signature: '(dim)',
      rule: (shape, call, tools) => pairOf(tools, call, shape),
    })),
    ...(['cumsum', 'cumprod'] as const).map((name): TensorMethod => ({
      name,
      signature: '(dim, *, dtype=None, out=None)',
      rule: keep,
      elements: runningBy(name),
    })),
    { name: 'topk', signature: '(k, dim=-1, largest=True, sorted=True)', rule: topk },
    {
      name: 'kthvalue',
      signature: '(k, dim=-1, keepdim=False)',
      rule: (shape, call, tools) => pairOver(shape, call, tools),
    },
    {
      name: 'sort',
      signature: '(dim=-1, descending=False, stable=False)',
      rule: keep,
      apply: sort,
    },
    { name: 'argsort', signature: '(dim=-1, descending=False, stable=False)', rule: keep, dtype: 'int64' },
    ...['std_mean', 'var_mean'].map((name): TensorMethod => ({
      name,
      signature: '(dim=None, unbiased=True, keepdim=False, *, correction=1)',
      rule: (shape, call, tools) => {
        const each = spreadOver(shape, call, tools);
        return Array.isArray(each) ? [each as Shape, each as Shape] : undefined;
      },
    })),
    { name: 'unique', signature: '(**options)', rule: () => undefined, apply: uniqueValues },
    { name: 'unique_consecutive', signature: '(**options)', rule: () => undefined },
  ];
}

/** `std(unbiased)` and `std(dim, unbiased, keepdim)`. */
const spreadOver: TensorMethod['rule'] = (shape, call, tools) =>
  valueOf(call, 'dim').kind === 'bool' ? [] : reduceOver('dim', 'keepdim')(shape, call, tools);

/** `max()` of all elements, `max(dim)` with where it is, `max(other)` element by element. */
function extreme(name: string, self: Value, call: BoundCall, tools: Toolbox): Value {
  const given = isTensor(valueOf(call, 'dim')) ? valueOf(call, 'dim') : valueOf(call, 'other');
  const type = tools.value(TENSOR);
  if (isTensor(given) && type.kind === 'class')
    return applyBinary(type, TORCH, name === 'max' ? 'maximum' : 'minimum', [self, given], call.context);
  const shape = shapeOf(self);
  if (shape === undefined) {
    const reason = shapeReason(self, 'the shape');
    return isAbsent(call, 'dim')
      ? makeTensor(tools, TENSOR, [])
      : pair(tools, call, makeTensor(tools, TENSOR, reason), makeTensor(tools, TENSOR, reason));
  }
  if (!isAbsent(call, 'dim')) return pairOver(shape, call, tools);
  const { elements, dtype } = contentsOf(self);
  const sizes = elements && [elements.low.length];
  return makeTensor(tools, TENSOR, [], {
    dtype,
    elements: elements && reduced(name, elements, sizes ?? [], [0]),
  });
}

function pairOver(shape: Shape, call: BoundCall, tools: Toolbox): Value {
  const at = isAbsent(call, 'dim') ? shape.length - 1 : axisAt(call, 'dim', shape);
  const isKept = valueOf(call, 'keepdim');
  if (at === undefined || isKept.kind !== 'bool') return pairOf(tools, call, undefined);
  return pairOf(tools, call, isKept.value ? replaceAxis(shape, at, exact(1)) : removeAxis(shape, at));
}

function topk(shape: Shape, call: BoundCall, tools: Toolbox): Value {
  const at = axisAt(call, 'dim', shape);
  return pairOf(tools, call, at === undefined ? undefined : replaceAxis(shape, at, integerOf(call, 'k')));
}

/** Vectors are sorted with their values. */
function sort(self: Value, call: BoundCall, tools: Toolbox): Value {
  const shape = shapeOf(self);
  const { elements, dtype } = contentsOf(self);
  const order = valueOf(call, 'descending');
  if (elements === undefined || shape?.length !== 1 || order.kind !== 'bool') {
    const values = makeTensor(tools, TENSOR, shape ?? shapeReason(self, 'the shape'), { dtype });
    return pair(
      tools,
      call,
      values,
      makeTensor(tools, TENSOR, shape ?? shapeReason(self, 'the shape'), { dtype: 'int64' }),
    );
  }
  const values = makeTensor(tools, TENSOR, shape, { elements: sorted(elements, order.value) });
  return pair(tools, call, values, makeTensor(tools, TENSOR, shape, { dtype: 'int64' }));
}

/** The different values in rising order; a vector of nobody knows what length where they are not known. */
function uniqueValues(self: Value, call: BoundCall, tools: Toolbox): Value {
  const { elements, dtype } = contentsOf(self);
  const isPlain = call.args.keywords.size === 0;
  if (!isPlain) return makeTensor(tools, TENSOR, unmodelled(call.context));
  const values = elements && unique(elements);
  if (values === undefined || elements === undefined) {
    const open = unknownQuantity({ code: 'unmodelled', subject: 'how many different values there are' });
    return makeTensor(tools, TENSOR, [open], { dtype });
  }
  return makeTensor(tools, TENSOR, [exact(values.length)], { elements: exactly(elements.dtype, values) });
}

function pairOf(tools: Toolbox, call: BoundCall, shape: Shape | undefined): Value {
  const made = shape ?? unmodelled(call.context);
  return pair(
    tools,
    call,
    makeTensor(tools, TENSOR, made),
    makeTensor(tools, TENSOR, made, { dtype: 'int64' }),
  );
}

function pair(tools: Toolbox, { context }: BoundCall, values: Value, indices: Value): Value {
  const made = tools.value('torch.return_types.Pair');
  return made.kind === 'class'
    ? context.interpreter.call(made, positional(values, indices), context)
    : tuple([values, indices]);
}
