/** Keras' inputs and models: `Input`, `Sequential`, the functional API and subclasses of `Model`. */
import { setAttribute } from '../../interp/attributes';
import { positional, type CallContext } from '../../interp/call';
import { instantiate, nativeClass } from '../../interp/classes';
import {
  integer,
  list,
  NONE,
  property,
  tuple,
  unknown,
  type InstanceValue,
  type ListValue,
  type Value,
} from '../../interp/values';
import { unknown as unknownQuantity, type Quantity } from '../../symbolic/quantity';
import { bound, classRow, functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { isAbsent, itemsOf, valueOf } from '../read';
import type { Shape } from '../shapes';
import { isTensor, makeTensor, shapeOf, unmodelled } from '../tensor';
import { shapeFrom, TENSOR } from '../tensorflow/tensors';
import { adopt, flatten, graphOf, isGraph, isOpen, nodeOf, openSize, runGraph, type Node } from './graph';
import { initialiseLayer, LAYER, optionOf, shapeTuple } from './layer';
import { DATA_IN, HELD, isLayer, layersIn, modelGraphOf, modelPayload, nameOf, OUTPUT } from './parts';
import { automaticName } from './session';

const MODEL = 'keras.Model';
const INPUT_LAYER = 'keras.layers.InputLayer';
const INPUT_SIGNATURE =
  '(shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, name=None, tensor=None, optional=False, **kwargs)';

/** The data of a sequential model that was told its input, behind its last layer. */
const DATA_OUT = '#data-out';

/** Set once a sequential model without an input was called. */
const NAMED = '#input-name';

/** Methods of models that train, save or print, and give nothing that is followed. */
const SILENT = 'compile summary save save_weights load_weights fit_generator';
const OPAQUE = 'fit evaluate predict predict_on_batch train_on_batch get_config export to_json';

/** Rows of inputs and models under all their names. */
export function modelRows(): Row[] {
  const rows: Row[] = [
    { path: MODEL, make: modelClass },
    { path: 'keras.Sequential', make: sequentialClass },
  ];
  const other = (path: string, same: string): Row => ({ path, make: (tools) => tools.value(same) });
  return [
    ...rows,
    classRow(INPUT_LAYER, LAYER, INPUT_SIGNATURE, makeInput),
    ...['keras.Input', 'keras.layers.Input'].map((path) =>
      functionRow(path, INPUT_SIGNATURE, (call, tools) => {
        const type = tools.value(INPUT_LAYER);
        if (type.kind !== 'class') return NONE;
        const layer = instantiate(call.context.interpreter, type, call.args, call.context);
        return (layer.kind === 'instance' ? layer.attributes.get(OUTPUT) : undefined) ?? NONE;
      }),
    ),
    ...['keras.models.Model', 'keras.models.Functional', 'keras.engine.training.Model'].map((path) =>
      other(path, MODEL),
    ),
    other('keras.models.Sequential', 'keras.Sequential'),
    functionRow('keras.models.clone_model', '(model, *args, **kwargs)', (call) =>
      unknown(unmodelled(call.context)),
    ),
  ];
}

/** The layer of an input: its one tensor is where graphs begin. */
function makeInput(self: InstanceValue, call: BoundCall, tools: Toolbox): void {
  initialiseLayer(self, call, tools);
  const node: Node = { operation: self, args: positional(), inputs: [], outputs: [] };
  setAttribute(self, OUTPUT, adopt(node, makeTensor(tools, TENSOR, inputShape(call))), call.context);
}

function inputShape(call: BoundCall): Shape | ReturnType<typeof unmodelled> {
  const batched = optionOf(call, 'batch_shape') ?? NONE;
  if (batched.kind !== 'none') {
    const [batch, ...rest] = shapeFrom(batched) ?? [];
    return batch === undefined ? unmodelled(call.context) : [openAs(batch), ...rest];
  }
  const like = shapeOf(valueOf(call, 'tensor'));
  if (like !== undefined) return like;
  const given = isAbsent(call, 'shape') ? (optionOf(call, 'input_shape') ?? NONE) : valueOf(call, 'shape');
  const sample = shapeFrom(given);
  const size = isAbsent(call, 'batch_size') ? undefined : shapeFrom(valueOf(call, 'batch_size'))?.[0];
  return sample === undefined
    ? unmodelled(call.context)
    : [size === undefined ? openBatch() : openAs(size), ...sample];
}

function openAs(batch: Quantity): Quantity {
  return batch.kind === 'unknown' ? openBatch() : batch;
}

function openBatch(): Quantity {
  return unknownQuantity(openSize('the batch size'));
}

type Method = (call: BoundCall, self: InstanceValue) => Value;

function methods(tools: Toolbox, path: string) {
  return (name: string, signature: string, run: Method): [string, Value] => [
    name,
    bound(tools, `${path}.${name}`, name, signature, (call) => {
      const self = valueOf(call, 'self');
      return self.kind === 'instance' ? run(call, self) : NONE;
    }),
  ];
}

function read(name: string, get: (self: InstanceValue, context: CallContext) => Value): [string, Value] {
  return [name, property(name, (self, context) => (self.kind === 'instance' ? get(self, context) : NONE))];
}

function modelClass(tools: Toolbox): Value {
  const own = methods(tools, MODEL);
  const base = tools.value(LAYER);
  return nativeClass('Model', base.kind === 'class' ? [base] : [], [
    own('__init__', '(self, *args, **kwargs)', (call, self) => initialiseModel(self, call, tools)),
    own('call', '(self, inputs, *args, **kwargs)', (call, self) => {
      const graph = modelGraphOf(self);
      if (graph === undefined || !isGraph(graph)) return unknown(graph ?? unmodelled(call.context));
      return runGraph(graph, flatten(valueOf(call, 'inputs')), call.context);
    }),
    own('get_layer', '(self, name=None, index=None)', getLayer),
    ...SILENT.split(' ').map((name) => own(name, '(self, *args, **kwargs)', () => NONE)),
    ...OPAQUE.split(' ').map((name) =>
      own(name, '(self, *args, **kwargs)', (call) => unknown(unmodelled(call.context))),
    ),
    read('layers', (self, context) =>
      listed(
        layersIn(self).map(([, layer]) => layer),
        context,
      ),
    ),
    read('inputs', (self, context) => ofGraph(self, context, ({ inputs }) => list([...inputs]))),
    read('outputs', (self, context) => ofGraph(self, context, ({ outputs }) => list(flatten(outputs)))),
    read('input', (self, context) => ofGraph(self, context, ({ inputs }) => oneOf(inputs))),
    read('output', (self, context) => ofGraph(self, context, ({ outputs }) => outputs)),
    read('input_shape', (self, context) =>
      ofGraph(self, context, ({ inputs }) => shapeOrUnknown(oneOf(inputs), context)),
    ),
    read('output_shape', (self, context) =>
      ofGraph(self, context, ({ outputs }) => shapeOrUnknown(outputs, context)),
    ),
  ]);
}

/** `Model(inputs, outputs)` makes a functional model; without them it is a subclass that runs its own `call`. */
function initialiseModel(self: InstanceValue, call: BoundCall, tools: Toolbox): Value {
  const given = itemsOf(valueOf(call, 'args')) ?? [];
  const inputs = optionOf(call, 'inputs') ?? optionOf(call, 'input') ?? given[0];
  const outputs = optionOf(call, 'outputs') ?? optionOf(call, 'output') ?? given[1];
  const isFunctional = inputs !== undefined && outputs !== undefined;
  if (isFunctional && self.class.unit === undefined) {
    // Keras makes an object of another class, after which it is named.
    const named = { ...self, class: { ...self.class, name: 'Functional' } };
    initialiseLayer(named, call, tools);
    setAttribute(self, 'name', named.attributes.get('name') ?? NONE, call.context);
  } else initialiseLayer(self, call, tools);
  if (!isFunctional) return NONE;
  const ends = flatten(inputs);
  const tensors = ends.filter(isTensor);
  call.context.interpreter.trail.touch(self);
  self.payload = modelPayload(
    tensors.length === ends.length && tensors.every((each) => nodeOf(each) !== undefined)
      ? graphOf(tensors, outputs)
      : { code: 'unmodelled', subject: 'an input of the model', place: call.context.place },
  );
  return NONE;
}

function ofGraph(
  self: InstanceValue,
  context: CallContext,
  get: (graph: Extract<ReturnType<typeof graphOf>, { nodes: unknown }>) => Value,
): Value {
  const graph = modelGraphOf(self);
  return graph !== undefined && isGraph(graph) ? get(graph) : unknown(graph ?? unmodelled(context));
}

function oneOf(tensors: readonly InstanceValue[]): Value {
  const [only] = tensors;
  return tensors.length === 1 && only ? only : list([...tensors]);
}

function shapeOrUnknown(value: Value, context: CallContext): Value {
  const shapes = flatten(value).map((each) => shapeTuple(each) ?? unknown(unmodelled(context)));
  return value.kind === 'instance' ? (shapes[0] ?? NONE) : list(shapes);
}

function listed(layers: readonly Value[], context: CallContext): Value {
  const isKnown = layers.every((layer) => layer.kind !== 'unknown');
  return isKnown ? list([...layers]) : unknown(unmodelled(context));
}

function getLayer(call: BoundCall, self: InstanceValue): Value {
  const layers = layersIn(self).map(([, layer]) => layer);
  const [name, index] = [valueOf(call, 'name'), valueOf(call, 'index')];
  const open = unknown(unmodelled(call.context));
  if (index.kind === 'int' && layers.every(isLayer)) return layers.at(index.value) ?? open;
  if (name.kind !== 'string') return open;
  const found = layers.find((layer) => nameOf(layer) === name.value);
  return found ?? open;
}

function sequentialClass(tools: Toolbox): Value {
  const own = methods(tools, 'keras.Sequential');
  const base = tools.value(MODEL);
  const either = (self: InstanceValue, name: string, context: CallContext) =>
    self.attributes.get(name) ?? unknown(unmodelled(context));
  return nativeClass('Sequential', base.kind === 'class' ? [base] : [], [
    own('__init__', '(self, layers=None, *args, **kwargs)', (call, self) => {
      initialiseSequential(self, call, tools);
      return NONE;
    }),
    own('add', '(self, layer, *args, **kwargs)', (call, self) => {
      addTo(self, valueOf(call, 'layer'), call.context, tools);
      nameInnerModel(self, call.context, tools);
      return NONE;
    }),
    own('pop', '(self, *args, **kwargs)', (call, self) => {
      const last = popFrom(self, call.context);
      nameInnerModel(self, call.context, tools);
      return last;
    }),
    own('build', '(self, input_shape=None)', (call, self) => {
      const shape = shapeFrom(valueOf(call, 'input_shape'));
      if (shape === undefined || self.attributes.has(DATA_IN)) return NONE;
      const [batch = openBatch(), ...rest] = shape;
      begin(self, inputOf([openAs(batch), ...rest], call.context, tools), call.context);
      nameInnerModel(self, call.context, tools);
      return NONE;
    }),
    own('call', '(self, inputs, *args, **kwargs)', (call, self) => {
      const held = heldBy(self);
      if (held === undefined) return unknown(unmodelled(call.context));
      // The first data makes an input of its own.
      if (!self.attributes.has(DATA_IN) && !self.attributes.has(NAMED)) {
        setAttribute(self, NAMED, automaticName('InputLayer', tools, call.context), call.context);
        nameInnerModel(self, call.context, tools);
      }
      return through(held.items, valueOf(call, 'inputs'), call.context);
    }),
    read('layers', (self, context) => {
      const held = heldBy(self);
      return held === undefined ? unknown(unmodelled(context)) : list([...held.items]);
    }),
    read('input', (self, context) => either(self, DATA_IN, context)),
    read('output', (self, context) => either(self, DATA_OUT, context)),
    read('inputs', (self, context) => list([either(self, DATA_IN, context)])),
    read('outputs', (self, context) => list([either(self, DATA_OUT, context)])),
    read('input_shape', (self, context) => shapeOrUnknown(either(self, DATA_IN, context), context)),
    read('output_shape', (self, context) => shapeOrUnknown(either(self, DATA_OUT, context), context)),
  ]);
}

function initialiseSequential(self: InstanceValue, call: BoundCall, tools: Toolbox): void {
  const { context } = call;
  initialiseLayer(self, call, tools);
  const given = valueOf(call, 'layers');
  const layers = given.kind === 'none' ? [] : context.interpreter.iterate(given, context);
  const held: ListValue = context.interpreter.trail.made(list([]));
  if (layers === undefined) held.uncertain = unmodelled(context);
  setAttribute(self, HELD, held, context);
  for (const layer of layers ?? []) addTo(self, layer, context, tools);
  nameInnerModel(self, context, tools);
}

/** Whenever a sequential model knows its input and changes, Keras makes a functional model of it, which takes a name. */
function nameInnerModel(self: InstanceValue, context: CallContext, tools: Toolbox): void {
  const isBuilt = self.attributes.has(DATA_IN) || self.attributes.has(NAMED);
  if (isBuilt && heldBy(self)?.items.length !== 0) automaticName('Functional', tools, context);
}

/** The layers of a sequential model; `undefined` when they are not known. */
function heldBy(self: InstanceValue): ListValue | undefined {
  const held = self.attributes.get(HELD);
  return held?.kind === 'list' && held.uncertain === undefined ? held : undefined;
}

/** Adds a layer; an input, or the input shape of the first layer, lets data through at once. */
function addTo(self: InstanceValue, layer: Value, context: CallContext, tools: Toolbox): void {
  const held = self.attributes.get(HELD);
  if (held?.kind !== 'list') return;
  const input = inputAmong(layer);
  if (input !== undefined) return begin(self, input, context);
  context.interpreter.trail.touch(held);
  held.items.push(layer);
  const before = self.attributes.get(DATA_OUT);
  if (before !== undefined) return setAttribute(self, DATA_OUT, through([layer], before, context), context);
  const declared =
    held.items.length === 1 && layer.kind === 'instance' ? layer.attributes.get('declared_shape') : undefined;
  const sizes = declared && shapeFrom(declared);
  if (sizes !== undefined) begin(self, inputOf([openBatch(), ...sizes], context, tools), context);
}

/** The tensor of an input layer given as such or by its tensor. */
function inputAmong(layer: Value): Value | undefined {
  if (layer.kind === 'instance' && layer.class.name === 'InputLayer') return layer.attributes.get(OUTPUT);
  return nodeOf(layer)?.inputs.length === 0 ? layer : undefined;
}

function inputOf(shape: Shape, context: CallContext, tools: Toolbox): Value {
  const type = tools.value(INPUT_LAYER);
  if (type.kind !== 'class') return NONE;
  const sizes = tuple(shape.map((size) => (isOpen(size) ? NONE : integer(size))));
  const keywords = new Map([['batch_shape', { value: sizes }]]);
  const layer = instantiate(context.interpreter, type, { positional: [], keywords }, context);
  return (layer.kind === 'instance' ? layer.attributes.get(OUTPUT) : undefined) ?? NONE;
}

function begin(self: InstanceValue, input: Value, context: CallContext): void {
  setAttribute(self, DATA_IN, input, context);
  setAttribute(self, DATA_OUT, through(heldBy(self)?.items ?? [], input, context), context);
}

function through(layers: readonly Value[], data: Value, context: CallContext): Value {
  return layers.reduce((each, layer) => context.interpreter.call(layer, positional(each), context), data);
}

function popFrom(self: InstanceValue, context: CallContext): Value {
  const held = heldBy(self);
  if (held === undefined) return unknown(unmodelled(context));
  context.interpreter.trail.touch(held);
  const last = held.items.pop() ?? NONE;
  const input = self.attributes.get(DATA_IN);
  const before = held.items.at(-1);
  if (input !== undefined) {
    const output = before?.kind === 'instance' ? before.attributes.get(OUTPUT) : input;
    setAttribute(self, DATA_OUT, output ?? input, context);
  }
  return last;
}
