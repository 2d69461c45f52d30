/** PyTorch tensors: creation and the methods that change a shape. Source: PyTorch docs, torch.Tensor and torch. */
import { floorDivide, multiply, add, subtract } from '../../symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../../symbolic/quantity';
import { integer, quantityOf, tuple, unknown, type Value } from '../../interp/values';
import { classRow, functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { integerOf, isAbsent, itemsOf, valueOf } from '../read';
import {
  concatenateRow,
  cutAt,
  insertAxisAt,
  keep,
  partsBySize,
  permuteBy,
  reduceOver,
  reshapeTo,
  squeezeAt,
  stackRow,
  unbindAt,
} from '../shapeRules';
import { axisOf, broadcast, chunkSizes, elementsOf, permute, type Shape } from '../shapes';
import {
  asFunctions,
  makeTensor,
  shapeOf,
  shapeOfNested,
  shapeReason,
  sizesOf,
  sizeTuple,
  tensorClassRow,
  tensorPayload,
  unmodelled,
  type TensorMethod,
} from '../tensor';

export const TENSOR = 'torch.Tensor';

/** Methods whose result has the shape of the tensor, whatever else they take. */
const UNCHANGED = [
  'contiguous clone detach detach_ to cuda cpu float double half bfloat16 int long type type_as requires_grad_ abs neg',
  'exp log sqrt rsqrt sin cos tanh sigmoid relu relu_ softmax log_softmax clamp clamp_ round floor ceil pow fill_ zero_',
  'normal_ uniform_ copy_ mul_ add_ sub_ div_ cumsum flip roll triu tril masked_fill masked_fill_ pin_memory',
]
  .join(' ')
  .split(' ')
  .map((name): TensorMethod => ({ name, signature: '(*args, **kwargs)', rule: keep }));

const SHAPED: readonly TensorMethod[] = [
  { name: 'permute', signature: '(*dims)', rule: permuteBy('dims') },
  { name: 'transpose', signature: '(dim0, dim1)', rule: swap },
  { name: 't', signature: '()', rule: (shape) => [...shape].reverse() },
  { name: 'unsqueeze', signature: '(dim)', rule: insertAxisAt('dim') },
  { name: 'squeeze', signature: '(dim=None)', rule: squeezeAt('dim') },
  { name: 'flatten', signature: '(start_dim=0, end_dim=-1)', rule: flatten },
  {
    name: 'chunk',
    signature: '(chunks, dim=0)',
    rule: cutAt('dim', (size, call) => chunkSizes(size, integerOf(call, 'chunks'))),
  },
  { name: 'unbind', signature: '(dim=0)', rule: unbindAt('dim') },
  ...['sum', 'mean', 'amax', 'amin'].map((name) => ({
    name,
    signature: '(dim=None, keepdim=False, *, dtype=None)',
    rule: reduceOver('dim', 'keepdim'),
  })),
  { name: 'numel', signature: '()', rule: (shape) => integer(elementsOf(shape)) },
];

/** Called in other words as a method and as a function. */
const METHODS_ONLY: readonly TensorMethod[] = [
  { name: 'view', signature: '(*shape)', rule: reshapeTo('shape') },
  { name: 'reshape', signature: '(*shape)', rule: reshapeTo('shape') },
  { name: 'expand', signature: '(*sizes)', rule: expand },
  { name: 'repeat', signature: '(*repeats)', rule: tile },
  { name: 'split', signature: '(split_size, dim=0)', rule: cutAt('dim', partsBySize('split_size')) },
  { name: 'size', signature: '(dim=None)', rule: sizeMethod },
  { name: 'dim', signature: '()', rule: (shape) => ({ kind: 'int', value: shape.length }) },
  { name: 'view_as', signature: '(other)', rule: (_, call) => shapeOf(valueOf(call, 'other')) },
  { name: 'expand_as', signature: '(other)', rule: (_, call) => shapeOf(valueOf(call, 'other')) },
];

const IN_PLACE: readonly TensorMethod[] = [
  { name: 'unsqueeze_', signature: '(dim)', rule: insertAxisAt('dim'), isInPlace: true },
  { name: 'squeeze_', signature: '(dim=None)', rule: squeezeAt('dim'), isInPlace: true },
  { name: 'transpose_', signature: '(dim0, dim1)', rule: swap, isInPlace: true },
  { name: 't_', signature: '()', rule: (shape) => [...shape].reverse(), isInPlace: true },
  {
    name: 'resize_',
    signature: '(*sizes)',
    rule: (_, call) => sizesOf(valueOf(call, 'sizes')),
    isInPlace: true,
  },
];

const FUNCTIONS_ONLY: readonly TensorMethod[] = [
  { name: 'reshape', signature: '(shape)', rule: reshapeTo('shape') },
  {
    name: 'split',
    signature: '(split_size_or_sections, dim=0)',
    rule: cutAt('dim', partsBySize('split_size_or_sections')),
  },
  ...['zeros_like', 'ones_like', 'empty_like', 'rand_like', 'randn_like', 'full_like'].map((name) => ({
    name,
    signature: '(*args, **kwargs)',
    rule: keep,
  })),
];

/** Rows of `torch.Tensor`, of creation, and of functions on tensors. */
export function tensorRows(): Row[] {
  return [
    tensorClassRow(TENSOR, [...UNCHANGED, ...SHAPED, ...METHODS_ONLY, ...IN_PLACE]),
    ...asFunctions('torch', TENSOR, 'input', [...UNCHANGED, ...SHAPED, ...FUNCTIONS_ONLY]),
    ...['rand', 'randn', 'zeros', 'ones', 'empty'].map((name) =>
      functionRow(`torch.${name}`, '(*size, **options)', (call, tools) =>
        sized(tools, call, sizeArgument(call, 'size')),
      ),
    ),
    functionRow('torch.full', '(size, fill_value, **options)', (call, tools) =>
      sized(tools, call, sizesOf(valueOf(call, 'size'))),
    ),
    functionRow('torch.randint', '(*args, **options)', (call, tools) =>
      sized(tools, call, lastSequence(valueOf(call, 'args'))),
    ),
    ...['tensor', 'as_tensor', 'from_numpy'].map((name) =>
      functionRow(`torch.${name}`, '(data, **options)', (call, tools) =>
        sized(tools, call, shapeOfNested(valueOf(call, 'data'))),
      ),
    ),
    ...['cat', 'concat', 'concatenate'].map((name) =>
      concatenateRow(`torch.${name}`, TENSOR, 'tensors', 'dim', '(tensors, dim=0)'),
    ),
    stackRow('torch.stack', TENSOR, 'tensors', 'dim', '(tensors, dim=0)'),
    functionRow('torch.Size', '(sizes)', (call) => {
      const sizes = itemsOf(valueOf(call, 'sizes'));
      return sizes ? tuple(sizes) : unknown(unmodelled(call.context));
    }),
    functionRow('torch.arange', '(*bounds, **options)', arange),
    classRow('torch.nn.Parameter', TENSOR, '(data=None, requires_grad=True)', (self, call) => {
      const data = valueOf(call, 'data');
      self.payload = tensorPayload(shapeOf(data) ?? shapeReason(data, 'the parameter'));
    }),
    ...['add', 'sub', 'mul', 'div'].map((name) =>
      functionRow(`torch.${name}`, '(input, other, **options)', elementwise),
    ),
  ];
}

function sized(tools: Toolbox, call: BoundCall, shape: Shape | undefined): Value {
  return makeTensor(tools, TENSOR, shape ?? unmodelled(call.context));
}

/** Sizes given one by one, as one sequence, or as `size=`. */
function sizeArgument(call: BoundCall, name: string): Shape | undefined {
  return sizesOf(call.args.keywords.get(name)?.value ?? valueOf(call, name));
}

function swap(shape: Shape, call: BoundCall): Shape | undefined {
  const [a, b] = [
    axisOf(integerOf(call, 'dim0'), shape.length),
    axisOf(integerOf(call, 'dim1'), shape.length),
  ];
  if (a === undefined || b === undefined) return undefined;
  return permute(
    shape,
    shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

function flatten(shape: Shape, call: BoundCall): Shape | undefined {
  const [start, end] = [
    axisOf(integerOf(call, 'start_dim'), shape.length),
    axisOf(integerOf(call, 'end_dim'), shape.length),
  ];
  if (start === undefined || end === undefined || end < start) return undefined;
  return [...shape.slice(0, start), multiply(...shape.slice(start, end + 1)), ...shape.slice(end + 1)];
}

function expand(shape: Shape, call: BoundCall): Shape | undefined {
  const sizes = sizesOf(valueOf(call, 'sizes'));
  const offset = (sizes?.length ?? 0) - shape.length;
  if (sizes === undefined || offset < 0) return undefined;
  return sizes.map((size, axis) => (numberOf(size) === -1 ? (shape[axis - offset] ?? size) : size));
}

function tile(shape: Shape, call: BoundCall): Shape | undefined {
  const repeats = sizesOf(valueOf(call, 'repeats'));
  const offset = (repeats?.length ?? 0) - shape.length;
  if (repeats === undefined || offset < 0) return undefined;
  return repeats.map((count, axis) => multiply(count, shape[axis - offset] ?? exact(1)));
}

function sizeMethod(shape: Shape, call: BoundCall): Value | undefined {
  if (isAbsent(call, 'dim')) return sizeTuple(valueOf(call, 'self'), call.context);
  const axis = axisOf(integerOf(call, 'dim'), shape.length);
  return axis === undefined ? undefined : integer(shape[axis] ?? exact(0));
}

function arange(call: BoundCall, tools: Toolbox): Value {
  const [first, second, step] = itemsOf(valueOf(call, 'bounds'))?.map(wholeOf) ?? [];
  if (first === undefined) return sized(tools, call, undefined);
  const length = second === undefined ? first : subtract(second, first);
  const count = step === undefined ? length : floorDivide(add(length, step, exact(-1)), step);
  return sized(tools, call, count.kind === 'unknown' ? undefined : [count]);
}

function elementwise(call: BoundCall, tools: Toolbox): Value {
  const [a, b] = [shapeOfNested(valueOf(call, 'input')), shapeOfNested(valueOf(call, 'other'))];
  return sized(tools, call, a && b && broadcast(a, b));
}

/** `randint(high, size)` and `randint(low, high, size)`: the size is the one sequence. */
function lastSequence(value: Value): Shape | undefined {
  const sequence = [...(itemsOf(value) ?? [])].reverse().find((item) => itemsOf(item) !== undefined);
  return sequence && sizesOf(sequence);
}

/** A bound of a range; fractions that are whole count as integers. */
function wholeOf(value: Value): Quantity {
  return value.kind === 'float' && Number.isInteger(value.value) ? exact(value.value) : quantityOf(value);
}
