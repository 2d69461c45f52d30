/** Making PyTorch tensors. */
import { add, floorDivide, subtract } from '../../symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../../symbolic/quantity';
import { quantityOf, type Value } from '../../interp/values';
import { functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { nested, operandOf, type Read } from '../operands';
import { integerOf, isAbsent, itemsOf, valueOf } from '../read';
import { keep } from '../shapeRules';
import type { Shape } from '../shapes';
import {
  contentsOf,
  isTensor,
  makeTensor,
  plainSizes,
  shapeOf,
  shapeReason,
  sizesOf,
  unmodelled,
  type Contents,
} from '../tensor';
import type { TensorMethod } from '../tensorMethods';
import { dtypeOf } from '../types';
import { TORCH } from '../values/dialects';
import { categoryOf, type DType } from '../values/dtypes';
import { converted, exactly, valueAt } from '../values/elements';
import { countOf } from '../values/layout';
import { rangeElements, rangeLength, torchLinspace } from '../values/ranges';
import { TENSOR } from './names';

const CONSTANTS: Readonly<Record<string, number | undefined>> = { zeros: 0, ones: 1, empty: undefined };
const LIKE = ['zeros', 'ones', 'empty', 'rand', 'randn', 'randint', 'full'];

/** Rows of functions that make tensors from sizes and from data. */
export function creationRows(): Row[] {
  return [
    ...['rand', 'randn', 'zeros', 'ones', 'empty'].map((name) =>
      functionRow(`torch.${name}`, '(*size, **options)', (call, tools) =>
        filled(tools, call, sizeArgument(call), CONSTANTS[name], typeOr(call, 'float32')),
      ),
    ),
    ...LIKE.map((name) =>
      functionRow(`torch.${name}_like`, '(input, *args, **options)', (call, tools) =>
        likeRow(tools, call, name),
      ),
    ),
    functionRow('torch.full', '(size, fill_value, **options)', (call, tools) =>
      fullOf(tools, call, sizesOf(valueOf(call, 'size')), undefined),
    ),
    functionRow('torch.randint', '(*args, **options)', (call, tools) =>
      sized(tools, call, lastSequence(call), { dtype: typeOr(call, 'int64') }),
    ),
    functionRow('torch.randperm', '(n, **options)', (call, tools) =>
      sized(tools, call, [integerOf(call, 'n')], { dtype: typeOr(call, 'int64') }),
    ),
    functionRow('torch.eye', '(n, m=None, **options)', eye),
    ...['tensor', 'as_tensor', 'asarray', 'from_numpy', 'scalar_tensor'].map((name) =>
      functionRow(`torch.${name}`, '(data, **options)', (call, tools) =>
        fromData(tools, call, valueOf(call, 'data')),
      ),
    ),
    functionRow('torch.arange', '(*bounds, **options)', arange),
    functionRow('torch.linspace', '(start, end, steps=None, **options)', linspace),
    functionRow('torch.logspace', '(start, end, steps=None, base=10.0, **options)', (call, tools) =>
      sized(tools, call, [integerOf(call, 'steps')], { dtype: typeOr(call, 'float32') }),
    ),
    ...['normal', 'hann_window', 'hamming_window'].map((name) =>
      functionRow(`torch.${name}`, '(*args, **options)', (call, tools) =>
        sized(tools, call, name === 'normal' ? lastSequence(call) : sizeArgument(call, 'args')),
      ),
    ),
    ...['LongTensor', 'IntTensor', 'BoolTensor', 'HalfTensor', 'DoubleTensor', 'ByteTensor'].map((name) =>
      functionRow(`torch.${name}`, '(*args)', (call, tools) => {
        const items = itemsOf(valueOf(call, 'args')) ?? [];
        const [data] = items;
        const isSizes = items.every(({ kind }) => kind === 'int');
        return isSizes || data === undefined
          ? sized(tools, call, sizesOf(valueOf(call, 'args')))
          : sized(tools, call, nested(data, TORCH)?.shape ?? shapeOf(data));
      }),
    ),
  ];
}

/** `new_zeros` and its kin: the type is that of the tensor. */
export function creationMethods(): TensorMethod[] {
  return [
    ...['zeros', 'ones', 'empty'].map((name): TensorMethod => ({
      name: `new_${name}`,
      signature: '(*size, **options)',
      rule: keep,
      apply: (self, call, tools) =>
        filled(tools, call, sizeArgument(call), CONSTANTS[name], typeOr(call, contentsOf(self).dtype)),
    })),
    {
      name: 'new_full',
      signature: '(size, fill_value, **options)',
      rule: keep,
      apply: (self, call, tools) =>
        fullOf(tools, call, sizesOf(valueOf(call, 'size')), contentsOf(self).dtype ?? 'open'),
    },
    {
      name: 'new_tensor',
      signature: '(data, **options)',
      rule: keep,
      apply: (_, call, tools) => fromData(tools, call, valueOf(call, 'data')),
    },
  ];
}

/** The type that `dtype=` names, or another without it; `undefined` for one that is not known. */
function typeOr(call: BoundCall, otherwise: DType | undefined): DType | undefined {
  const given = call.args.keywords.get('dtype')?.value;
  return given === undefined || given.kind === 'none' ? otherwise : dtypeOf(given, 'torch');
}

/** Sizes given one by one, as one sequence, or as `size=`. */
function sizeArgument(call: BoundCall, name = 'size'): Shape | undefined {
  return sizesOf(call.args.keywords.get(name)?.value ?? valueOf(call, name));
}

function sized(tools: Toolbox, call: BoundCall, shape: Shape | undefined, contents?: Contents): Value {
  return makeTensor(tools, TENSOR, shape ?? unmodelled(call.context), contents);
}

function filled(
  tools: Toolbox,
  call: BoundCall,
  shape: Shape | undefined,
  value: number | undefined,
  dtype: DType | undefined,
): Value {
  const count = shape && plainSizes(shape);
  const elements =
    value === undefined || dtype === undefined || count === undefined
      ? undefined
      : exactly(dtype, Array<number>(countOf(count)).fill(value));
  return sized(tools, call, shape, { dtype, elements });
}

function fullOf(
  tools: Toolbox,
  call: BoundCall,
  shape: Shape | undefined,
  own: DType | 'open' | undefined,
): Value {
  const value = operandOf(valueOf(call, 'fill_value'), TORCH);
  const held = value?.elements && valueAt(value.elements, 0);
  const found = value?.dtype && (categoryOf(value.dtype) === 'float' ? 'float32' : value.dtype);
  const dtype = own === 'open' ? undefined : typeOr(call, own ?? found);
  return filled(tools, call, shape, held, dtype);
}

/** `zeros_like` and its kin; the type stays unless it is named. */
function likeRow(tools: Toolbox, call: BoundCall, name: string): Value {
  const self = valueOf(call, 'input');
  const shape = shapeOf(self);
  if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(self, 'the shape'));
  const dtype = typeOr(call, contentsOf(self).dtype);
  return filled(tools, call, shape, CONSTANTS[name], dtype);
}

function eye(call: BoundCall, tools: Toolbox): Value {
  const rows = integerOf(call, 'n');
  const columns = isAbsent(call, 'm') ? rows : integerOf(call, 'm');
  return sized(tools, call, [rows, columns], { dtype: typeOr(call, 'float32') });
}

/** Data as a tensor: from another one, or from nested sequences of numbers. */
function fromData(tools: Toolbox, call: BoundCall, data: Value): Value {
  const read = isTensor(data) ? undefined : (nested(data, TORCH) ?? operandOf(data, TORCH));
  const shape = shapeOf(data) ?? read?.shape;
  const held: Contents = isTensor(data) ? contentsOf(data) : { dtype: read?.dtype, elements: read?.elements };
  const dtype = typeOr(call, read === undefined ? held.dtype : chosenType(read));
  const elements = dtype && held.elements && converted(held.elements, dtype);
  const reason = data.kind === 'unknown' ? data.reason : unmodelled(call.context);
  return makeTensor(tools, TENSOR, shape ?? reason, { dtype, elements, storage: held.storage });
}

/** Fractions of Python become those of 32 bits. */
function chosenType({ dtype, form, isPython }: Read): DType | undefined {
  return dtype === 'float64' && (form === 'number' || isPython === true) ? 'float32' : dtype;
}

/** `randint(high, size)` and `randint(low, high, size)`: the size is the last sequence, or is named. */
function lastSequence(call: BoundCall): Shape | undefined {
  const named = call.args.keywords.get('size')?.value;
  const sequence =
    named ??
    [...(itemsOf(valueOf(call, 'args')) ?? [])].reverse().find((item) => itemsOf(item) !== undefined);
  return sequence && sizesOf(sequence);
}

function arange(call: BoundCall, tools: Toolbox): Value {
  const named = ['start', 'end', 'step'].map((name) => call.args.keywords.get(name)?.value);
  const given = itemsOf(valueOf(call, 'bounds')) ?? [];
  const [first, second, third] = given;
  const start = named[0] ?? (given.length > 1 || named[1] !== undefined ? first : undefined);
  const end = named[1] ?? (given.length > 1 ? second : first);
  const step = named[2] ?? third;
  if (end === undefined) return sized(tools, call, undefined);
  const bounds = [start, end, step].filter((bound) => bound !== undefined);
  const hasFraction = bounds.some((bound) => isFraction(bound));
  const isTyped = bounds.every((bound) => isFraction(bound) || numberOf(quantityOf(bound)) !== undefined);
  const dtype = typeOr(call, hasFraction ? 'float32' : isTyped ? 'int64' : undefined);
  const [from, to, by] = [
    start === undefined ? 0 : plain(start),
    plain(end),
    step === undefined ? 1 : plain(step),
  ];
  if (from !== undefined && to !== undefined && by !== undefined && by !== 0) {
    const length = rangeLength(from, to, by);
    const elements =
      length > 4096 || dtype === undefined ? undefined : rangeElements(dtype, from, by, length);
    return sized(tools, call, [exact(length)], { dtype, elements });
  }
  return sized(tools, call, openRange(start, end, step), { dtype });
}

/** A range of formulas, from the start to the end. */
function openRange(start: Value | undefined, end: Value, step: Value | undefined): Shape | undefined {
  const stop = quantityOf(end);
  const length = start === undefined ? stop : subtract(stop, quantityOf(start));
  const by: Quantity = step === undefined ? exact(1) : quantityOf(step);
  const count = floorDivide(add(length, by, exact(-1)), by);
  return count.kind === 'unknown' ? undefined : [count];
}

function isFraction(value: Value): boolean {
  const { dtype } = contentsOf(value);
  return value.kind === 'float' || (dtype !== undefined && categoryOf(dtype) === 'float');
}

/** A number of Python, or the one element of a tensor without axes. */
function plain(value: Value): number | undefined {
  if (value.kind === 'int' || value.kind === 'float') return value.value;
  const { elements } = contentsOf(value);
  return elements?.low.length === 1 ? valueAt(elements, 0) : undefined;
}

function linspace(call: BoundCall, tools: Toolbox): Value {
  const [start, end] = [plain(valueOf(call, 'start')), plain(valueOf(call, 'end'))];
  const steps = integerOf(call, 'steps');
  const count = numberOf(steps);
  const dtype = typeOr(call, 'float32');
  const isCarried = count !== undefined && count >= 0 && count <= 4096 && dtype !== undefined;
  const elements =
    isCarried && start !== undefined && end !== undefined && categoryOf(dtype) === 'float'
      ? torchLinspace(dtype, start, end, count)
      : undefined;
  return sized(tools, call, [steps], { dtype, elements });
}
