/** What Keras layers hold: their own numbers, trainable or not, and the layers inside them. */
import { costOf } from '../../conv/cost';
import { findInClass, resolutionOrder, unknownBase } from '../../interp/classes';
import { unknown as unknownValue, type InstanceValue, type Value } from '../../interp/values';
import { add } from '../../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import { evaluationOf } from '../evaluation';
import { elementsOf } from '../shapes';
import { shapeOf } from '../tensor';
import { isGraph, type Graph } from './graph';

/** Numbers that training changes, and numbers that it leaves alone. */
export interface Numbers {
  readonly trainable: Quantity;
  readonly nonTrainable: Quantity;
}

/** Attributes of ours on layer objects, under names that no Python code can use. */
export const HELD = '#held';
export const WEIGHTS = '#weights';
export const TRAINABLE = '#trainable';
export const INPUT = '#input';
export const OUTPUT = '#output';
/** The data that a sequential model was told to expect. */
export const DATA_IN = '#data-in';

/** What a functional model carries: its graph, or why there is none. */
interface ModelPayload {
  readonly kind: 'kerasModel';
  readonly graph: Graph | Reason;
}

/** What a layer that is no convolution and no model carries. */
interface PartNumbers {
  readonly kind: 'part';
  readonly params: Quantity;
  readonly nonTrainable?: Quantity;
}

export const NO_NUMBERS: Numbers = { trainable: exact(0), nonTrainable: exact(0) };

/** The class of `tf.Variable`. */
export const TENSORFLOW_VARIABLE = 'ResourceVariable';

/** Layers of ours whose own numbers are just the variables they were given. */
const PLAIN = new Set(['Layer', 'Model', 'Sequential', 'InputLayer', 'Wrapper', 'Lambda', 'TimeDistributed']);

/** Both numbers unknown for one reason. */
export function unknownNumbers(reason: Reason): Numbers {
  return { trainable: unknown(reason), nonTrainable: unknown(reason) };
}

export function addNumbers(...all: readonly Numbers[]): Numbers {
  return {
    trainable: add(...all.map((each) => each.trainable)),
    nonTrainable: add(...all.map((each) => each.nonTrainable)),
  };
}

/** What makes a model of a graph. */
export function modelPayload(graph: Graph | Reason): unknown {
  const payload: ModelPayload = { kind: 'kerasModel', graph };
  return payload;
}

/** The graph of a functional model, or why it is not known; `undefined` for anything else. */
export function modelGraphOf(value: Value): Graph | Reason | undefined {
  const payload = value.kind === 'instance' ? (value.payload as { kind?: unknown } | undefined) : undefined;
  return payload?.kind === 'kerasModel' ? (payload as ModelPayload).graph : undefined;
}

/** The object where it is a Keras layer or model. */
export function asLayer(value: Value): InstanceValue | undefined {
  return isLayer(value) ? value : undefined;
}

/** Whether the object is a Keras layer or model. */
export function isLayer(value: Value): value is InstanceValue {
  return (
    value.kind === 'instance' &&
    resolutionOrder(value.class).some(({ name, unit }) => unit === undefined && name === 'Layer')
  );
}

/** Whether the value is a variable that a layer counts among its numbers. */
function isVariable(value: Value): boolean {
  return value.kind === 'instance' && value.class.name === 'Variable' && value.class.unit === undefined;
}

/** The numbers that a layer brings itself, those of the layers inside it left out. */
export function ownNumbers(layer: InstanceValue): Numbers {
  const all = unfrozenNumbers(layer);
  const isTrainable = layer.attributes.get(TRAINABLE);
  if (isTrainable === undefined || (isTrainable.kind === 'bool' && isTrainable.value)) return all;
  if (isTrainable.kind === 'bool' && !isTrainable.value)
    return { trainable: exact(0), nonTrainable: add(all.trainable, all.nonTrainable) };
  return unknownNumbers({ code: 'unmodelled', subject: 'trainable' });
}

/** All numbers of a layer and of those inside it, each layer counted once. */
export function allNumbers(layer: InstanceValue): Numbers {
  const seen = new Set<Value>();
  const found: Numbers[] = [];
  const open: Value[] = [layer];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.kind === 'unknown') found.push(unknownNumbers(value.reason));
    else if (isLayer(value)) {
      found.push(ownNumbers(value));
      open.push(...layersIn(value).map(([, inner]) => inner));
    }
  }
  return addNumbers(...found);
}

/**
 * The layers that a layer holds, with their names, in Keras' order; an unknown stands for what may be layers. The
 * layers of a functional model are those of its graph, those of any other object what its attributes hold.
 */
export function layersIn(layer: InstanceValue): [string, Value][] {
  if (evaluationOf(layer) !== undefined) return [];
  const graph = modelGraphOf(layer);
  const listed = graph === undefined ? [] : isGraph(graph) ? graph.layers : [unknownValue(graph)];
  const held = layer.attributes.get(HELD);
  const all = [...listed, ...(held === undefined ? [] : itemsOf(held))];
  const seen = new Set<Value>(all);
  const byAttribute = [...layer.attributes].filter(([name]) => !name.startsWith('#') && name !== 'name');
  const others = byAttribute.flatMap(([name, value]) =>
    layer.doubtful?.has(name) ? layersUnder(name, value).map(doubtful) : layersUnder(name, value),
  );
  return [
    ...all.map((each, index): [string, Value] => [nameOf(each) ?? String(index), each]),
    ...others.filter(([, each]) => !seen.has(each)),
  ];
}

/** The one tensor that a model was told to expect; `undefined` for several, and for models that were not told. */
export function expectedInput(model: Value): Value | undefined {
  const graph = modelGraphOf(model);
  if (graph !== undefined && isGraph(graph)) return graph.inputs.length === 1 ? graph.inputs[0] : undefined;
  return model.kind === 'instance' ? model.attributes.get(DATA_IN) : undefined;
}

/** The name of a layer; `undefined` when it is not known. */
export function nameOf(layer: Value): string | undefined {
  const name = layer.kind === 'instance' ? layer.attributes.get('name') : undefined;
  return name?.kind === 'string' ? name.value : undefined;
}

function unfrozenNumbers(layer: InstanceValue): Numbers {
  const evaluation = evaluationOf(layer);
  const variables = variablesOf(layer);
  if (evaluation !== undefined)
    return addNumbers({ ...NO_NUMBERS, trainable: costOf(evaluation.layer).params }, variables);
  const part = layer.payload as Partial<PartNumbers> | undefined;
  if (part?.kind === 'part' && part.params !== undefined)
    return addNumbers({ trainable: part.params, nonTrainable: part.nonTrainable ?? exact(0) }, variables);
  const base = unknownBase(layer.class);
  if (base !== undefined) return unknownNumbers(base.reason);
  const library = resolutionOrder(layer.class).find(({ unit }) => unit === undefined);
  if (library !== undefined && !PLAIN.has(library.name))
    return unknownNumbers({ code: 'unmodelled', subject: `the parameters of ${library.name}` });
  return isUnbuilt(layer)
    ? unknownNumbers({ code: 'no-input', subject: `the parameters of ${layer.class.name}` })
    : variables;
}

/** A layer with a `build` of its own gets its variables when it is first called. */
function isUnbuilt(layer: InstanceValue): boolean {
  const build = findInClass(layer.class, 'build');
  const built = layer.attributes.get('built');
  return build?.kind === 'function' && !(built?.kind === 'bool' && built.value);
}

function variablesOf(layer: InstanceValue): Numbers {
  const made = layer.attributes.get(WEIGHTS);
  const listed = made === undefined ? [] : itemsOf(made);
  const named = [...layer.attributes].filter(([name]) => !name.startsWith('#')).map(([, value]) => value);
  const all = new Set([
    ...listed,
    ...named.flatMap((value) => (isContainer(value) ? itemsOf(value) : [value])),
  ]);
  const numbers = [...all].flatMap((value): Numbers[] => {
    if (value.kind === 'unknown') return listed.includes(value) ? [unknownNumbers(value.reason)] : [];
    if (value.kind !== 'instance') return [];
    if (isVariable(value)) return [numbersOfVariable(value)];
    return value.class.name === TENSORFLOW_VARIABLE
      ? [
          unknownNumbers({
            code: 'unmodelled',
            subject: 'a tf.Variable, which Keras 2 counts and Keras 3 does not',
          }),
        ]
      : [];
  });
  return numbers.length === 0 ? NO_NUMBERS : addNumbers(...numbers);
}

function numbersOfVariable(variable: InstanceValue): Numbers {
  const shape = shapeOf(variable);
  const isTrainable = variable.attributes.get('trainable');
  if (shape === undefined || isTrainable?.kind !== 'bool')
    return unknownNumbers({ code: 'unmodelled', subject: 'the shape of a weight' });
  const count = elementsOf(shape);
  return isTrainable.value ? { ...NO_NUMBERS, trainable: count } : { ...NO_NUMBERS, nonTrainable: count };
}

function layersUnder(path: string, value: Value): [string, Value][] {
  if (isLayer(value) || value.kind === 'unknown') return [[path, value]];
  if (value.kind === 'dict' && !value.uncertain)
    return [...value.entries.values()].flatMap(({ key, value: inner }) =>
      layersUnder(`${path}.${key.kind === 'string' ? key.value : '?'}`, inner),
    );
  if (!isContainer(value)) return [];
  return itemsOf(value).flatMap((inner, index) => layersUnder(`${path}.${index}`, inner));
}

/** A layer that only one of several ways set. */
function doubtful([path, value]: [string, Value]): [string, Value] {
  return [path, value.kind === 'unknown' ? value : unknownValue({ code: 'branch', subject: path })];
}

function isContainer(value: Value): boolean {
  return ['list', 'tuple', 'dict'].includes(value.kind);
}

/** The items of a container; those of an uncertain one are one unknown. */
function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'tuple') return value.items;
  if (value.kind === 'list') return value.uncertain ? [unknownValue(value.uncertain)] : value.items;
  if (value.kind !== 'dict') return [value];
  return value.uncertain
    ? [unknownValue(value.uncertain)]
    : [...value.entries.values()].map((entry) => entry.value);
}
