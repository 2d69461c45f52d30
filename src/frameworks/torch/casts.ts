/** Changing the type of a PyTorch tensor's elements, or where it lives. */
import { unknown, type Value } from '../../interp/values';
import type { BoundCall, Toolbox } from '../library';
import { itemsOf, valueOf } from '../read';
import { keep } from '../shapeRules';
import { contentsOf, isTensor, makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import { SAME_ORDER, type TensorMethod } from '../tensorMethods';
import { convertedTo } from '../elementRules';
import { dtypeOf } from '../types';
import { converted } from '../values/elements';
import type { DType } from '../values/dtypes';
import { TENSOR } from './names';

const CASTS: Readonly<Record<string, DType>> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  bfloat16: 'bfloat16',
  int: 'int32',
  long: 'int64',
  short: 'int16',
  char: 'int8',
  byte: 'uint8',
  bool: 'bool',
};

/** Methods that give the same elements as another type, on another device, or not at all changed. */
export function castMethods(): TensorMethod[] {
  return [
    ...Object.entries(CASTS).map(([name, dtype]): TensorMethod => ({
      name,
      signature: '(**options)',
      rule: keep,
      ...convertedTo(dtype),
    })),
    ...['cuda', 'cpu', 'pin_memory', 'xpu', 'mps'].map((name): TensorMethod => ({
      name,
      signature: '(*args, **kwargs)',
      rule: keep,
      ...SAME_ORDER,
    })),
    { name: 'detach_', signature: '()', rule: (_, call) => valueOf(call, 'self') },
    { name: 'to', signature: '(*args, **kwargs)', rule: keep, apply: castTo },
    {
      name: 'type',
      signature: '(*args, **kwargs)',
      rule: keep,
      apply: (self, call, tools) =>
        // Without argument it is the name of the type.
        call.args.positional.length === 1 && call.args.keywords.size === 0
          ? unknown(unmodelled(call.context))
          : castTo(self, call, tools),
    },
    { name: 'type_as', signature: '(other)', rule: keep, apply: castTo },
  ];
}

/** The type is named, taken from another tensor, or stays where only a device is named. */
function castTo(self: Value, call: BoundCall, tools: Toolbox): Value {
  const shape = shapeOf(self);
  const rest = (itemsOf(valueOf(call, 'args')) ?? []).concat(
    [...call.args.keywords]
      .filter(([name]) => name === 'dtype' || name === 'other')
      .map(([, { value }]) => value),
    call.values.has('other') ? [valueOf(call, 'other')] : [],
  );
  const { dtype, elements, storage } = contentsOf(self);
  const named = rest.map((value) =>
    isTensor(value) ? (contentsOf(value).dtype ?? 'open') : dtypeOf(value, 'torch'),
  );
  const wanted = named.find((each) => each !== undefined);
  const isDevice = rest.every((value, index) => named[index] !== undefined || isHarmless(value));
  const into = wanted === undefined && isDevice ? dtype : wanted === 'open' ? undefined : wanted;
  if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(self, 'the shape'), { dtype: into });
  const held = into && elements && converted(elements, into);
  return makeTensor(tools, TENSOR, shape, { dtype: into, elements: held, storage });
}

/** Names of devices and flags say nothing of types; anything unknown may be a type. */
function isHarmless(value: Value): boolean {
  if (value.kind === 'instance') return value.class.name === 'device';
  return value.kind === 'string'
    ? !value.value.startsWith('torch.')
    : ['bool', 'none', 'int'].includes(value.kind);
}
