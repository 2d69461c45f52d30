/** Keras' base layer: naming, building at the first call, weights, and being part of a graph. */
import type { CallContext } from '../../interp/call';
import { setAttribute } from '../../interp/attributes';
import { positional } from '../../interp/call';
import { findInClass, nativeClass } from '../../interp/classes';
import {
  bool,
  integer,
  list,
  NONE,
  property,
  tuple,
  unknown,
  type DescriptorValue,
  type FunctionValue,
  type InstanceValue,
  type Value,
} from '../../interp/values';
import { builtin } from '../../interp/values';
import { add } from '../../symbolic/arithmetic';
import { bound, type BoundCall, type Row, type Toolbox } from '../library';
import { itemsOf, valueOf } from '../read';
import { isTensor, makeTensor, shapeOf, tensorPayload, unmodelled } from '../tensor';
import { shapeFrom, TENSOR } from '../tensorflow/tensors';
import { attach, flatten, isOpen, nodeOf, withoutNodes } from './graph';
import { allNumbers, INPUT, isLayer, layersIn, OUTPUT, TRAINABLE, WEIGHTS } from './parts';
import { automaticName } from './session';

export const VARIABLE = 'keras.Variable';
export const LAYER = 'keras.layers.Layer';

/** Rows of the base layer and of variables. */
export function layerRows(): Row[] {
  return [
    { path: LAYER, make: layerClass },
    { path: VARIABLE, make: variableClass },
  ];
}

/** Gives a new layer its name and whether it is trained: from its keywords, or as Keras does by itself. */
export function initialiseLayer(self: Value, call: BoundCall, tools: Toolbox): void {
  if (self.kind !== 'instance') return;
  const given = optionOf(call, 'name');
  const name =
    given === undefined || given.kind === 'none'
      ? automaticName(self.class.name, tools, call.context)
      : given;
  setAttribute(self, 'name', name, call.context);
  const trainable = optionOf(call, 'trainable');
  if (trainable !== undefined) setAttribute(self, TRAINABLE, asFlag(trainable, call.context), call.context);
}

/** A keyword of a constructor, in its signature or beside it; unknown when unknown keywords may hold it. */
export function optionOf(call: BoundCall, name: string): Value | undefined {
  const direct = call.values.get(name);
  if (direct !== undefined) return direct.value;
  const others = valueOf(call, 'kwargs');
  if (others.kind !== 'dict') return undefined;
  return others.entries.get(`'${name}`)?.value ?? (others.uncertain && unknown(others.uncertain));
}

/** The sizes of a tensor as Keras' code sees them: `None` for those that come with the data. */
export function shapeTuple(value: Value): Value | undefined {
  const shape = shapeOf(value);
  return shape && tuple(shape.map((size) => (isOpen(size) ? NONE : integer(size))));
}

function layerClass(tools: Toolbox): Value {
  const own = (name: string, signature: string, run: (call: BoundCall) => Value): [string, Value] => [
    name,
    bound(tools, `${LAYER}.${name}`, name, signature, run),
  ];
  const read = (name: string, get: (self: InstanceValue, context: CallContext) => Value): [string, Value] => [
    name,
    property(name, (self, context) => (self.kind === 'instance' ? get(self, context) : NONE)),
  ];
  return nativeClass(
    'Layer',
    [],
    [
      own('__init__', '(self, *args, **kwargs)', (call) => {
        initialiseLayer(valueOf(call, 'self'), call, tools);
        return NONE;
      }),
      [
        '__call__',
        builtin('__call__', (args, context) => {
          const [self, ...rest] = args.positional;
          if (self?.value.kind !== 'instance') return unknown(unmodelled(context));
          return callLayer(self.value, { ...args, positional: rest }, tools, context);
        }),
      ],
      own('build', '(self, *args, **kwargs)', (call) => {
        setAttribute(valueOf(call, 'self'), 'built', bool(true), call.context);
        return NONE;
      }),
      own('add_weight', '(self, *args, **kwargs)', (call) => addWeight(call, tools)),
      own('count_params', '(self)', (call) => countParams(call)),
      ...['get_config', 'get_weights', 'compute_output_shape', 'compute_mask'].map((name) =>
        own(name, '(self, *args, **kwargs)', (call) => unknown(unmodelled(call.context))),
      ),
      ...['set_weights', 'add_loss', 'add_metric', 'load_own_variables'].map((name) =>
        own(name, '(self, *args, **kwargs)', () => NONE),
      ),
      read('output', (self, context) => self.attributes.get(OUTPUT) ?? unknown(unmodelled(context))),
      read('input', (self, context) => self.attributes.get(INPUT) ?? unknown(unmodelled(context))),
      read(
        'output_shape',
        (self, context) => shapeTuple(self.attributes.get(OUTPUT) ?? NONE) ?? unknown(unmodelled(context)),
      ),
      read(
        'input_shape',
        (self, context) => shapeTuple(self.attributes.get(INPUT) ?? NONE) ?? unknown(unmodelled(context)),
      ),
      ['trainable', trainableProperty()],
    ],
  );
}

/** Builds at the first call, calls, and remembers where what comes out of it was made. */
function callLayer(
  self: InstanceValue,
  args: Parameters<typeof attach>[1],
  tools: Toolbox,
  context: CallContext,
): Value {
  buildOnce(
    self,
    args.positional.map(({ value }) => value),
    args.keywords,
    context,
  );
  const { interpreter } = context;
  const given = [...args.positional, ...args.keywords.values()];
  const isSymbolic = given.some(({ value }) => flatten(value).some((each) => nodeOf(each) !== undefined));
  const [first] = given;
  if (first !== undefined && !interpreter.isRehearsing) tools.recorder.called(self, first.value);
  const method = interpreter.attribute(self, 'call', context);
  const result = interpreter.call(method, isSymbolic ? withoutNodes(args) : args, context);
  if (!isSymbolic) return result;
  // Whatever a layer gives is a tensor of the graph, even where its size cannot be told.
  const tensors = result.kind === 'unknown' ? makeTensor(tools, TENSOR, result.reason) : result;
  const made = attach(self, args, tensors);
  if (!self.attributes.has(OUTPUT)) {
    setAttribute(self, INPUT, args.positional[0]?.value ?? NONE, context);
    setAttribute(self, OUTPUT, made, context);
  }
  return made;
}

/** Runs a `build` written in Python with the shapes of the data. */
function buildOnce(
  self: InstanceValue,
  data: readonly Value[],
  keywords: ReadonlyMap<string, { readonly value: Value }>,
  context: CallContext,
): void {
  const build = findInClass(self.class, 'build');
  const built = self.attributes.get('built');
  if (build?.kind !== 'function' || (built?.kind === 'bool' && built.value)) return;
  const tensors = [...data, ...[...keywords.values()].map(({ value }) => value)].filter(holdsTensors);
  const shapes = (shapeParameters(build) > 1 ? tensors : tensors.slice(0, 1)).map((value) =>
    shapesOf(value, context),
  );
  const args = positional(self, ...(shapes.length > 0 ? shapes : [unknown(unmodelled(context))]));
  context.interpreter.call(build, args, context);
  setAttribute(self, 'built', bool(true), context);
}

function shapeParameters(build: FunctionValue): number {
  return build.definition.parameters.list.filter(({ name }) => name.endsWith('_shape')).length;
}

function holdsTensors(value: Value): boolean {
  return flatten(value).some(isTensor);
}

/** Shapes in the structure of the data. */
function shapesOf(value: Value, context: CallContext): Value {
  if (value.kind === 'tuple') return tuple(value.items.map((each) => shapesOf(each, context)));
  if (value.kind === 'list' && !value.uncertain)
    return list(value.items.map((each) => shapesOf(each, context)));
  return shapeTuple(value) ?? unknown(unmodelled(context));
}

/** `add_weight(shape, …)`; Keras 2 takes the name first. */
function addWeight(call: BoundCall, tools: Toolbox): Value {
  const self = valueOf(call, 'self');
  const given = itemsOf(valueOf(call, 'args'))?.filter(({ kind }) => kind !== 'string') ?? [];
  const shape = optionOf(call, 'shape') ?? given[0] ?? tuple([]);
  const trainable = optionOf(call, 'trainable') ?? bool(true);
  const made = makeVariable(shape, trainable, call, tools);
  if (self.kind !== 'instance') return made;
  const { trail } = call.context.interpreter;
  const held = self.attributes.get(WEIGHTS);
  if (held?.kind === 'list') {
    trail.touch(held);
    held.items.push(made);
  } else setAttribute(self, WEIGHTS, trail.made(list([made])), call.context);
  if (call.context.frame.function?.name === 'build') setAttribute(self, 'built', bool(true), call.context);
  return made;
}

function makeVariable(shape: Value, trainable: Value, call: BoundCall, tools: Toolbox): Value {
  const sizes = shape.kind === 'none' ? [] : shapeFrom(shape);
  const type = tools.value(VARIABLE);
  if (type.kind !== 'class') return NONE;
  return {
    kind: 'instance',
    class: type,
    attributes: new Map([['trainable', asFlag(trainable, call.context)]]),
    payload: tensorPayload(sizes ?? unmodelled(call.context)),
  };
}

function variableClass(tools: Toolbox): Value {
  const tensor = tools.value(TENSOR);
  const signature = '(self, initializer, shape=None, dtype=None, trainable=True, *args, **kwargs)';
  const init = bound(tools, VARIABLE, 'Variable.__init__', signature, (call) => {
    const self = valueOf(call, 'self');
    if (self.kind !== 'instance') return NONE;
    const given = valueOf(call, 'shape');
    const shape = given.kind === 'none' ? shapeOf(valueOf(call, 'initializer')) : shapeFrom(given);
    self.payload = tensorPayload(shape ?? unmodelled(call.context));
    self.attributes.set('trainable', asFlag(valueOf(call, 'trainable'), call.context));
    return NONE;
  });
  return nativeClass('Variable', tensor.kind === 'class' ? [tensor] : [], [['__init__', init]]);
}

/** Setting it sets it for all layers inside. */
function trainableProperty(): DescriptorValue {
  const get = property('trainable', (self) =>
    self.kind === 'instance' ? (self.attributes.get(TRAINABLE) ?? bool(true)) : NONE,
  );
  const setter = builtin('trainable', ({ positional: [self, value] }, context) => {
    if (self !== undefined && value !== undefined)
      setTrainable(self.value, asFlag(value.value, context), context);
    return NONE;
  });
  return { ...get, setter };
}

function setTrainable(layer: Value, value: Value, context: CallContext, seen = new Set<Value>()): void {
  if (!isLayer(layer) || seen.has(layer)) return;
  seen.add(layer);
  setAttribute(layer, TRAINABLE, value, context);
  for (const [, inner] of layersIn(layer)) setTrainable(inner, value, context, seen);
}

function asFlag(value: Value, context: CallContext): Value {
  const truth = context.interpreter.truth(value, context);
  return truth === undefined ? unknown(unmodelled(context)) : bool(truth);
}

function countParams(call: BoundCall): Value {
  const self = valueOf(call, 'self');
  if (!isLayer(self)) return unknown(unmodelled(call.context));
  const { trainable, nonTrainable } = allNumbers(self);
  return integer(add(trainable, nonTrainable));
}
