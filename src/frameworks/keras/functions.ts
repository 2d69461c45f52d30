/** Keras' functions: activations, operations on tensors, backend, and what code around models asks for. */
import { builtin, list, NONE, string, tuple, unknown, type Value } from '../../interp/values';
import { exact, type Quantity } from '../../symbolic/quantity';
import { classRow, functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { itemsOf, valueOf } from '../read';
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
import { reshape } from '../shapes';
import { makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import { asFunctions, type TensorMethod } from '../tensorMethods';
import { matrixRows, reshapeWith, TENSOR } from '../tensorflow/functions';
import { flatten, nodeOf } from './graph';
import { shapeTuple } from './layer';

const ACTIVATIONS =
  'relu relu6 leaky_relu elu selu gelu silu swish softmax log_softmax sigmoid hard_sigmoid hard_silu hard_swish hard_tanh tanh linear mish softplus softsign exponential celu glu log_sigmoid sparse_plus sparse_sigmoid soft_shrink squareplus tanh_shrink threshold';

const SAME_OPERATIONS =
  'abs absolute cast clip copy cos erf exp floor ceil identity log log1p negative ones_like zeros_like round rsqrt sign sin sqrt square stop_gradient tan tanh nan_to_num normalize flip reverse';

const OPAQUE: Readonly<Record<string, string>> = {
  metrics:
    'Mean Sum Accuracy BinaryAccuracy CategoricalAccuracy SparseCategoricalAccuracy Precision Recall AUC MeanSquaredError MeanAbsoluteError MeanIoU',
  losses:
    'BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy MeanSquaredError MeanAbsoluteError Huber KLDivergence Loss',
  optimizers: 'Adam AdamW SGD RMSprop Adagrad Adadelta Adamax Nadam Optimizer',
  'optimizers.schedules': 'ExponentialDecay CosineDecay PiecewiseConstantDecay PolynomialDecay',
  initializers:
    'Constant GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal Ones Orthogonal RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros Initializer',
  regularizers: 'L1 L2 L1L2 l1 l2 l1_l2',
  constraints: 'MaxNorm NonNeg UnitNorm MinMaxNorm',
  callbacks: 'EarlyStopping ModelCheckpoint ReduceLROnPlateau TensorBoard LearningRateScheduler Callback',
};

/** Rows of functions and of classes that bring no numbers to a model. */
export function functionRows(): Row[] {
  const activations = ACTIVATIONS.split(' ').map((name): TensorMethod => ({
    name,
    signature: '(*args, **kwargs)',
    rule: name === 'glu' ? () => undefined : keep,
  }));
  return [
    ...asFunctions('keras.activations', TENSOR, 'x', activations),
    functionRow('keras.activations.get', '(identifier)', activationOf),
    ...operations('keras.ops', activations),
    ...operations('keras.backend', activations),
    ...helperRows(),
    ...Object.entries(OPAQUE).flatMap(([module, names]) =>
      names
        .split(' ')
        .map((name) => classRow(`keras.${module}.${name}`, '', '(*args, **kwargs)', () => undefined)),
    ),
  ];
}

function operations(prefix: string, activations: readonly TensorMethod[]): Row[] {
  const named = (first: string, methods: readonly TensorMethod[]) =>
    asFunctions(prefix, TENSOR, first, methods);
  const reduce = 'mean sum max min amax amin prod std var all any argmax argmin logsumexp'.split(' ');
  return [
    ...named(
      'x',
      activations.filter(({ name }) => name !== 'threshold'),
    ),
    ...named(
      'x',
      SAME_OPERATIONS.split(' ')
        .filter((name) => name !== 'tanh')
        .map((name) => ({ name, signature: '(*args, **kwargs)', rule: keep })),
    ),
    ...named('x', [
      { name: 'reshape', signature: '(newshape)', rule: reshapeWith('newshape') },
      { name: 'transpose', signature: '(axes=None)', rule: permuteBy('axes') },
      { name: 'permute_dimensions', signature: '(pattern)', rule: permuteBy('pattern') },
      { name: 'expand_dims', signature: '(axis=-1)', rule: insertAxisAt('axis') },
      { name: 'squeeze', signature: '(axis=None)', rule: squeezeAt('axis') },
      { name: 'split', signature: '(indices_or_sections, axis=0)', rule: cutAt('axis', partsByNumber) },
      { name: 'flatten', signature: '()', rule: (shape) => reshape(shape, [exact(-1)]) },
      ...reduce.map((name): TensorMethod => ({
        name,
        signature: '(axis=None, keepdims=False)',
        rule: reduceOver('axis', 'keepdims'),
      })),
    ]),
    ...[
      ['concatenate', 'xs'],
      ['concat', 'xs'],
      ['stack', 'x'],
    ].flatMap(([name = '', first = '']) => {
      const axis = name === 'concatenate' && prefix === 'keras.backend' ? -1 : 0;
      const row = name === 'stack' ? stackRow : concatenateRow;
      return [row(`${prefix}.${name}`, TENSOR, first, 'axis', `(${first}, axis=${axis})`)];
    }),
    ...matrixRows(prefix),
    functionRow(`${prefix}.convert_to_tensor`, '(x, *args, **kwargs)', (call, tools) => {
      const x = valueOf(call, 'x');
      return makeTensor(tools, TENSOR, shapeOf(x) ?? shapeReason(x, 'the shape'));
    }),
  ];
}

/** `split` takes a number of equal parts, or the places of the cuts, which are not modelled. */
function partsByNumber(size: Quantity, call: BoundCall): readonly Quantity[] | undefined {
  return itemsOf(valueOf(call, 'indices_or_sections')) === undefined
    ? partsByCount('indices_or_sections')(size, call)
    : undefined;
}

/** Functions that tell something of tensors, or of the program. */
function helperRows(): Row[] {
  const shape = (path: string) =>
    functionRow(path, '(x)', (call) => {
      const x = valueOf(call, 'x');
      return shapeTuple(x) ?? unknown(shapeReason(x, 'the shape'));
    });
  const isKeras = (path: string) =>
    functionRow(path, '(x)', (call) => ({ kind: 'bool', value: nodeOf(valueOf(call, 'x')) !== undefined }));
  return [
    shape('keras.backend.int_shape'),
    functionRow('keras.backend.ndim', '(x)', (call) => {
      const known = shapeOf(valueOf(call, 'x'));
      return known ? { kind: 'int', value: known.length } : unknown(shapeReason(valueOf(call, 'x'), 'ndim'));
    }),
    isKeras('keras.backend.is_keras_tensor'),
    isKeras('keras.utils.is_keras_tensor'),
    ...['keras.backend.floatx', 'keras.config.floatx'].map((path) =>
      functionRow(path, '()', () => string('float32')),
    ),
    ...['keras.backend.backend', 'keras.config.backend'].map((path) =>
      functionRow(path, '()', () => string('tensorflow')),
    ),
    ...[
      'keras.ops.operation_utils.get_source_inputs',
      'keras.utils.get_source_inputs',
      'keras.utils.layer_utils.get_source_inputs',
      'keras.layers.get_source_inputs',
    ].map((path) => functionRow(path, '(tensor)', sourceInputs)),
    functionRow('keras.utils.get_file', '(*args, **kwargs)', (call) => unknown(unmodelled(call.context))),
    ...['get_file', 'exists', 'validate_file'].map((name) =>
      functionRow(`keras.utils.file_utils.${name}`, '(*args, **kwargs)', (call) =>
        unknown(unmodelled(call.context)),
      ),
    ),
    ...[
      'keras.api_export.keras_export',
      'keras.saving.register_keras_serializable',
      'keras.utils.register_keras_serializable',
    ].map((path) => ({ path, make: () => transparent(path) })),
    ...[
      'keras.utils.set_random_seed',
      'keras.utils.plot_model',
      'keras.backend.set_floatx',
      'keras.config.set_floatx',
      'keras.backend.set_learning_phase',
    ].map((path) => functionRow(path, '(*args, **kwargs)', () => NONE)),
    functionRow('keras.backend.name_scope', '(*args, **kwargs)', () => SCOPE),
  ];
}

/** A decorator with arguments that leaves what it decorates as it is. */
function transparent(path: string): Value {
  const same = builtin(path, ({ positional: [made] }) => made?.value ?? NONE);
  return builtin(path, ({ positional: [first] }) =>
    first?.value.kind === 'function' || first?.value.kind === 'class' ? first.value : same,
  );
}

/** `None`, a name, or a function that is taken as it is. */
function activationOf(call: BoundCall, tools: Toolbox): Value {
  const identifier = valueOf(call, 'identifier');
  if (identifier.kind === 'none') return tools.value('keras.activations.linear');
  if (identifier.kind !== 'string') return identifier;
  const found = tools.value(`keras.activations.${identifier.value}`);
  return found.kind === 'none' ? unknown(unmodelled(call.context)) : found;
}

/** The inputs that a symbolic tensor is made from. */
function sourceInputs(call: BoundCall): Value {
  const found = new Set<Value>();
  const seen = new Set<Value>();
  const open = flatten(valueOf(call, 'tensor'));
  for (let tensor = open.shift(); tensor !== undefined; tensor = open.shift()) {
    const node = nodeOf(tensor);
    if (node === undefined || seen.has(tensor)) continue;
    seen.add(tensor);
    if (node.inputs.length === 0) found.add(tensor);
    else open.unshift(...node.inputs);
  }
  return found.size === 0 ? unknown(unmodelled(call.context)) : list([...found]);
}

const SCOPE: Value = tuple([]);
