/** TensorFlow tensors: creation and the functions that change a shape. Source: TensorFlow API docs, tf. */
import { unknown } from '../../symbolic/quantity';
import { isOpen, openSize, rememberMethods } from '../keras/graph';
import { countOperation } from '../keras/session';
import { bound, functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { isAbsent, itemsOf, quantityFrom, valueOf } from '../read';
import {
  concatenateRow,
  cutAt,
  insertAxisAt,
  keep,
  partsByCount,
  permuteBy,
  reduceOver,
  squeezeAt,
  stackRow,
} from '../shapeRules';
import type { Shape } from '../shapes';
import { makeTensor, shapeOf, shapeOfNested, sizeTuple, tensorPayload, unmodelled } from '../tensor';
import { asFunctions, SAME_ORDER, tensorClassRow, type TensorMethod } from '../tensorMethods';
import { moving, permutedBy } from '../elementRules';
import { elementwiseRows } from './elementwise';
import type { CallContext } from '../../interp/call';
import { nativeClass } from '../../interp/classes';
import { integer, NONE, property, tuple, type Value } from '../../interp/values';
import { functionRows, reshapeWith, TENSOR } from './functions';

export { TENSOR };

const UNCHANGED = (names: string): TensorMethod[] =>
  names.split(' ').map((name) => ({ name, signature: '(*args, **kwargs)', rule: keep }));

const METHODS: readonly TensorMethod[] = [
  ...UNCHANGED('read_value value'),
  ...UNCHANGED('assign assign_add assign_sub').map((method) => ({ ...method, changes: 'elements' as const })),
  { name: 'numpy', signature: '()', rule: keep, ...SAME_ORDER },
  { name: 'get_shape', signature: '()', rule: (_, call) => sizeTuple(valueOf(call, 'self'), call.context) },
];

const SAME_IN_TF = 'clip_by_value ones_like zeros_like reverse roll cumsum';
const SAME_IN_NN =
  'relu relu6 leaky_relu elu selu gelu silu swish softmax log_softmax sigmoid tanh bias_add dropout batch_normalization l2_normalize';

/** Rows of `tf.Tensor`, of creation, and of functions on tensors. */
export function tensorRows(): Row[] {
  const named = (first: string, methods: readonly TensorMethod[]) =>
    asFunctions('tensorflow', TENSOR, first, methods);
  return [
    tensorRow(),
    { path: 'tensorflow.newaxis', make: () => NONE },
    ...named('x', UNCHANGED(SAME_IN_TF)),
    ...asFunctions('tensorflow.nn', TENSOR, 'features', UNCHANGED(SAME_IN_NN)),
    ...named('tensor', [
      { name: 'reshape', signature: '(shape, name=None)', rule: reshapeWith('shape'), ...SAME_ORDER },
    ]),
    ...named('a', [
      {
        name: 'transpose',
        signature: '(perm=None, conjugate=False, name=None)',
        rule: permuteBy('perm'),
        ...moving(permutedBy('perm')),
      },
    ]),
    ...named('input', [
      { name: 'expand_dims', signature: '(axis, name=None)', rule: insertAxisAt('axis'), ...SAME_ORDER },
      { name: 'squeeze', signature: '(axis=None, name=None)', rule: squeezeAt('axis'), ...SAME_ORDER },
    ]),
    ...named('value', [
      {
        name: 'split',
        signature: '(num_or_size_splits, axis=0, num=None, name=None)',
        rule: cutAt('axis', partsByCount('num_or_size_splits')),
      },
    ]),
    ...named(
      'input_tensor',
      ['reduce_sum', 'reduce_mean', 'reduce_max', 'reduce_min'].map((name) => ({
        name,
        signature: '(axis=None, keepdims=False, name=None)',
        rule: reduceOver('axis', 'keepdims'),
      })),
    ),
    concatenateRow('tensorflow.concat', TENSOR, 'values', 'axis', '(values, axis, name=None)'),
    stackRow('tensorflow.stack', TENSOR, 'values', 'axis', '(values, axis=0, name=None)'),
    ...creationRows(),
    ...elementwiseRows(),
    ...functionRows(),
  ];
}

/** The class of tensors, whose sizes that come with the data are `None` where the tensor is symbolic. */
function tensorRow(): Row {
  const row = tensorClassRow(TENSOR, METHODS);
  return {
    ...row,
    make: (tools) => {
      const type = row.make(tools);
      if (type.kind !== 'class') return type;
      type.namespace.set(
        'shape',
        property('shape', (self, context) => openTuple(self, context)),
      );
      return rememberMethods(type, countOperation, tools);
    },
  };
}

function openTuple(self: Value, context: CallContext): Value {
  const shape = shapeOf(self);
  return shape === undefined
    ? sizeTuple(self, context)
    : tuple(shape.map((size) => (isOpen(size) ? NONE : integer(size))));
}

function creationRows(): Row[] {
  const shaped = [
    ...[
      'zeros',
      'ones',
      'random.normal',
      'random.uniform',
      'random.truncated_normal',
      'random.stateless_normal',
    ],
    ...['random_normal', 'random_uniform', 'truncated_normal'],
  ];
  return [
    ...shaped.map((name) =>
      functionRow(`tensorflow.${name}`, '(shape, *args, **kwargs)', (call, tools) =>
        sized(tools, call, shapeFrom(valueOf(call, 'shape'))),
      ),
    ),
    functionRow('tensorflow.fill', '(dims, value, name=None)', (call, tools) =>
      sized(tools, call, shapeFrom(valueOf(call, 'dims'))),
    ),
    functionRow('tensorflow.constant', '(value, dtype=None, shape=None, name="Const")', (call, tools) =>
      sized(
        tools,
        call,
        isAbsent(call, 'shape') ? shapeOfNested(valueOf(call, 'value')) : shapeFrom(valueOf(call, 'shape')),
      ),
    ),
    { path: 'tensorflow.Variable', make: variableClass },
    functionRow('tensorflow.convert_to_tensor', '(value, *args, **kwargs)', (call, tools) =>
      sized(tools, call, shapeOfNested(valueOf(call, 'value'))),
    ),
    functionRow('tensorflow.placeholder', '(dtype, shape=None, name=None)', (call, tools) =>
      sized(tools, call, shapeFrom(valueOf(call, 'shape'))),
    ),
    functionRow('tensorflow.get_variable', '(name, shape=None, *args, **kwargs)', (call, tools) =>
      sized(tools, call, shapeFrom(valueOf(call, 'shape'))),
    ),
  ];
}

/** A shape as TensorFlow takes it: `None` stands for a size that is known only when data comes. */
export function shapeFrom(value: Value): Shape | undefined {
  const open = unknown(openSize('this size'));
  const items = itemsOf(value)?.map((item) => (item.kind === 'none' ? open : quantityFrom(item)));
  return (
    items ??
    (value.kind === 'int' || value.kind === 'formula' ? [quantityFrom(value)] : shapeOf(value) && undefined)
  );
}

/** Not a variable of Keras: Keras 3 does not count it among the numbers of the layer that holds it. */
function variableClass(tools: Toolbox): Value {
  const tensor = tools.value(TENSOR);
  const signature = '(self, initial_value=None, *args, **kwargs)';
  const init = bound(tools, 'tensorflow.Variable', 'Variable.__init__', signature, (call) => {
    const self = valueOf(call, 'self');
    if (self.kind !== 'instance') return NONE;
    const shape = shapeOfNested(valueOf(call, 'initial_value'));
    self.payload = tensorPayload(shape ?? unmodelled(call.context));
    return NONE;
  });
  return nativeClass('ResourceVariable', tensor.kind === 'class' ? [tensor] : [], [['__init__', init]]);
}

function sized(tools: Toolbox, call: BoundCall, shape: Shape | undefined): Value {
  return makeTensor(tools, TENSOR, shape ?? unmodelled(call.context));
}
