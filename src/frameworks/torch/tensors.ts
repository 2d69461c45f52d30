/** PyTorch tensors: the class, and the functions on tensors. Source: PyTorch docs, torch.Tensor and torch. */
import { bool, builtin, NONE, unknown, type Value } from '../../interp/values';
import { classRow, functionRow, type Row } from '../library';
import { valueOf } from '../read';
import type { Shape } from '../shapes';
import {
  contentsOf,
  isTensor,
  shapeOf,
  shapeReason,
  sizesOf,
  tensorOfClass,
  tensorPayload,
  unmodelled,
} from '../tensor';
import { asFunctions, shapeProperty, tensorClassRow, type TensorMethod } from '../tensorMethods';
import { typeRows } from '../types';
import { nested } from '../operands';
import { TORCH } from '../values/dialects';
import { categoryOf, dtypeNamed } from '../values/dtypes';
import { TENSOR } from './names';
import { castMethods } from './casts';
import { creationMethods, creationRows } from './creation';
import { elementwiseFunctions, elementwiseMethods } from './elementwise';
import { fourierRows } from './fourier';
import { joiningRows } from './joining';
import { productMethods, productRows } from './products';
import { pairRows, reductionMethods } from './reductions';
import { inPlaceMovements, movementFunctions, movementMethods, movements } from './movement';
import { extractionMethods } from './extraction';

export { TENSOR } from './names';

/** Rows of `torch.Tensor`, of creation, and of functions on tensors. */
export function tensorRows(): Row[] {
  const shared: TensorMethod[] = [
    ...elementwiseMethods(),
    ...movements(),
    ...reductionMethods(),
    ...productMethods(),
  ];
  const own = [
    ...castMethods(),
    ...creationMethods(),
    ...movementMethods(),
    ...inPlaceMovements(),
    ...extractionMethods(),
  ];
  return [
    tensorClassRow(TENSOR, [...shared, ...own], (type, tools) => [
      ...ATTRIBUTES.map((name) => openProperty(name, () => undefined)),
      openProperty('device', () => tools.value('torch.device')),
      shapeProperty('mT', (self, _, context) =>
        context.interpreter.call(
          context.interpreter.attribute(self, 'transpose', context),
          {
            positional: [{ value: { kind: 'int', value: -2 } }, { value: { kind: 'int', value: -1 } }],
            keywords: new Map(),
          },
          context,
        ),
      ),
      ...['data', 'real'].map((name) =>
        shapeProperty(name, (self, shape) => tensorOfClass(type, shape, contentsOf(self))),
      ),
      ['__init__', legacyConstructor()],
    ]),
    ...asFunctions('torch', TENSOR, 'input', [...shared, ...elementwiseFunctions(), ...movementFunctions()]),
    ...creationRows(),
    ...joiningRows(),
    ...productRows(),
    ...pairRows(),
    ...fourierRows(),
    ...typeRows(
      'torch',
      OTHER_TYPES.flatMap((name) => {
        const dtype = dtypeNamed(name);
        return dtype === undefined ? [] : [[name, dtype] as const];
      }),
    ),
    classRow('torch.nn.Parameter', TENSOR, '(data=None, requires_grad=True)', (self, call) => {
      const data = valueOf(call, 'data');
      self.payload = tensorPayload(shapeOf(data) ?? shapeReason(data, 'the parameter'), contentsOf(data));
    }),
    classRow('torch.device', '', '(*args, **kwargs)', () => undefined),
    functionRow('torch.is_tensor', '(obj)', (call) => {
      const value = valueOf(call, 'obj');
      return value.kind === 'unknown' ? value : bool(isTensor(value));
    }),
    functionRow('torch.is_floating_point', '(input)', (call) => {
      const { dtype } = contentsOf(valueOf(call, 'input'));
      return dtype === undefined ? unknown(unmodelled(call.context)) : bool(categoryOf(dtype) === 'float');
    }),
  ];
}

const OTHER_TYPES = ['float', 'double', 'half', 'long', 'int', 'short'];

/** Attributes whose values are not followed. */
const ATTRIBUTES = ['requires_grad', 'is_cuda', 'is_leaf', 'grad', 'grad_fn', 'layout', 'is_sparse'];

function openProperty(name: string, classOf: () => Value | undefined): [string, Value] {
  return [
    name,
    {
      kind: 'descriptor',
      type: 'property',
      function: builtin(name, (_, context) => {
        const type = classOf();
        return type?.kind === 'class'
          ? { kind: 'instance', class: type, attributes: new Map() }
          : unknown(unmodelled(context));
      }),
      setter: builtin(name, () => NONE),
    },
  ];
}

/** `torch.Tensor(2, 3)` with sizes, `torch.Tensor([1.0, 2.0])` with data; numbers become 32-bit fractions. */
function legacyConstructor(): Value {
  return builtin('__init__', ({ positional: [self, ...given] }, context) => {
    if (self?.value.kind !== 'instance') return NONE;
    const [data] = given.map(({ value }) => value);
    const shape =
      data === undefined || isSize(data)
        ? sizes(given.map(({ value }) => value))
        : nested(data, TORCH)?.shape;
    self.value.payload = tensorPayload(shape ?? (data && shapeOf(data)) ?? unmodelled(context), {
      dtype: 'float32',
    });
    return NONE;
  });
}

function isSize(value: Value): boolean {
  return value.kind === 'int' || value.kind === 'formula';
}

function sizes(items: readonly Value[]): Shape | undefined {
  return items.length === 0 ? [{ kind: 'exact', value: 0 }] : sizesOf({ kind: 'tuple', items });
}
