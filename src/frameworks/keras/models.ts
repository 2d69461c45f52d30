/** Keras' base layer, inputs, models, and layers that keep the shape of what they are given. */
import { nativeClass } from '../../interp/classes';
import type { Value } from '../../interp/values';
import { unknown } from '../../symbolic/quantity';
import {
  bound,
  type BoundCall,
  classRow,
  functionRow,
  pythonRows,
  recordCall,
  type Row,
  type Toolbox,
} from '../library';
import { isAbsent, valueOf } from '../read';
import { makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import { shapeFrom, TENSOR } from '../tensorflow/tensors';

/** Source: Keras API docs, "The Sequential class" and "The Model class". */
const MODELS = `
class Model(Layer):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def compile(self, *args, **kwargs):
        return None

    def summary(self, *args, **kwargs):
        return None

class Sequential(Model):
    def __init__(self, layers=None, name=None, **kwargs):
        super().__init__()
        self.held = []
        self.data = None
        if layers is not None:
            for layer in layers:
                self.add(layer)

    def add(self, layer):
        if is_input(layer):
            self.data = layer
            return
        setattr(self, 'layer_' + str(len(self.held)), layer)
        self.held.append(layer)
        if self.data is None:
            self.data = declared_input(layer)
        if self.data is not None:
            self.data = layer(self.data)

    def build(self, input_shape=None):
        self.call(Input(batch_shape=input_shape))

    def call(self, inputs, *args, **kwargs):
        for layer in self.held:
            inputs = layer(inputs)
        return inputs
`;

const SAME_SHAPE = [
  'Activation ReLU LeakyReLU PReLU ELU Softmax BatchNormalization LayerNormalization GroupNormalization UnitNormalization',
  'Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianNoise GaussianDropout ActivityRegularization Rescaling',
]
  .join(' ')
  .split(' ');

/** Rows of layers, inputs and models. */
export function modelRows(): Row[] {
  const uses = ['layers.Layer', 'Input'];
  return [
    { path: 'keras.layers.Layer', make: layerClass },
    ...['keras.Input', 'keras.layers.Input', 'keras.layers.InputLayer'].map((path) =>
      functionRow(
        path,
        '(shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, name=None, **kwargs)',
        input,
      ),
    ),
    ...modelNames(uses),
    ...SAME_SHAPE.map((name) =>
      classRow(`keras.layers.${name}`, 'keras.layers.Layer', '(*args, **kwargs)', () => undefined, sameShape),
    ),
  ];
}

function modelNames(uses: readonly string[]): Row[] {
  const helpers: Row[] = [
    functionRow('keras.convlens.is_input', '(layer)', (call) => ({
      kind: 'bool',
      value: shapeOf(valueOf(call, 'layer')) !== undefined,
    })),
    functionRow('keras.convlens.declared_input', '(layer)', declaredInput),
  ];
  const rows = pythonRows(
    'keras',
    MODELS,
    [...uses, 'convlens.is_input', 'convlens.declared_input'],
    ['Model', 'Sequential'],
  );
  return [
    ...helpers,
    ...rows,
    ...rows.map(({ path, make }) => ({ path: path.replace('keras.', 'keras.models.'), make })),
  ];
}

/** The data that a first layer's `input_shape=` declares, or `None`. */
function declaredInput(call: BoundCall, tools: Toolbox): Value {
  const layer = valueOf(call, 'layer');
  const shape = layer.kind === 'instance' ? layer.attributes.get('declared_shape') : undefined;
  return shape === undefined
    ? { kind: 'none' }
    : makeTensor(tools, TENSOR, [openBatch(), ...(shapeFrom(shape) ?? [])]);
}

function layerClass(tools: Toolbox): Value {
  const own = (name: string, signature: string, run: (call: BoundCall) => Value): [string, Value] => [
    name,
    bound(tools, `keras.layers.Layer.${name}`, name, signature, run),
  ];
  return nativeClass(
    'Layer',
    [],
    [
      own('__init__', '(self, *args, **kwargs)', () => ({ kind: 'none' })),
      own('__call__', '(self, *args, **kwargs)', (call) => {
        const { interpreter } = call.context;
        recordCall(tools, valueOf(call, 'self'), call);
        const method = interpreter.attribute(valueOf(call, 'self'), 'call', call.context);
        return interpreter.call(
          method,
          { ...call.args, positional: call.args.positional.slice(1) },
          call.context,
        );
      }),
    ],
  );
}

/** A symbolic tensor: its batch size comes with the data. */
function input(call: BoundCall, tools: Toolbox): Value {
  const batched = isAbsent(call, 'batch_shape') ? undefined : shapeFrom(valueOf(call, 'batch_shape'));
  if (batched !== undefined)
    return makeTensor(tools, TENSOR, [
      batched[0]?.kind === 'unknown' ? openBatch() : (batched[0] ?? openBatch()),
      ...batched.slice(1),
    ]);
  const sample = shapeFrom(isAbsent(call, 'shape') ? inputShape(call) : valueOf(call, 'shape'));
  const batch = isAbsent(call, 'batch_size')
    ? openBatch()
    : (shapeFrom(valueOf(call, 'batch_size'))?.[0] ?? openBatch());
  return makeTensor(tools, TENSOR, sample ? [batch, ...sample] : unmodelled(call.context));
}

function inputShape(call: BoundCall): Value {
  const options = valueOf(call, 'kwargs');
  const given = options.kind === 'dict' ? options.entries.get("'input_shape")?.value : undefined;
  return given ?? { kind: 'none' };
}

function openBatch() {
  return unknown({ code: 'no-input', subject: 'the batch size' });
}

function sameShape(tools: Toolbox): [string, Value][] {
  const call = bound(tools, 'keras.layers.Layer.call', 'call', '(self, inputs, *args, **kwargs)', (each) => {
    const data = valueOf(each, 'inputs');
    return makeTensor(tools, TENSOR, shapeOf(data) ?? shapeReason(data, 'the output'));
  });
  return [['call', call]];
}
