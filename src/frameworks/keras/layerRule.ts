/** Layers that are no convolutions as table rows: what they learn from the first data, and the shape they make of data. */
import { setAttribute } from '../../interp/attributes';
import { int, list, NONE, quantityOf, type InstanceValue, type Value } from '../../interp/values';
import { equal, multiply } from '../../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import type { PartPayload } from '../parts';
import { bound, classRow, recordWork, type BoundCall, type Row, type Toolbox } from '../library';
import { flagOf, isAbsent, itemsOf, valueOf } from '../read';
import { axisOf, type Shape } from '../shapes';
import { makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import { shapeFrom, TENSOR } from '../tensorflow/tensors';
import { flatten } from './graph';
import { initialiseLayer, LAYER } from './layer';
import { NO_NUMBERS, unknownNumbers, type Numbers } from './parts';
import { automaticName } from './session';

/** One application of a layer. */
export interface Use {
  readonly self: InstanceValue;
  /** The call that made the layer. */
  readonly made: BoundCall;
  /** The call that applies it. */
  readonly call: BoundCall;
  /** The shape of the first data. */
  readonly shape: Shape;
  /** The shapes of all data in order. */
  readonly shapes: readonly (Shape | undefined)[];
  readonly tools: Toolbox;
}

/** What a layer makes of data: a shape, a ready value, or nothing where that is not modelled. */
export type Output = Shape | Value | undefined;

/** What a kind of layer does. */
export interface LayerRule {
  /** The name in `keras.layers`. */
  readonly name: string;
  /** What the constructor takes. */
  readonly signature: string;
  /** What a call takes. */
  readonly takes?: string;
  /** The numbers it gets from its first data; none without. */
  readonly weights?: (use: Use) => Numbers;
  readonly output: (use: Use) => Output;
  /** Multiply-accumulates of one application, for one sample where the batch size is open. */
  readonly macs?: (use: Use) => { readonly linear?: Quantity; readonly product?: Quantity };
  /** Constructor arguments that are readable as attributes. */
  readonly attributes?: string;
  /** Classes of layers that it makes inside when it is built; they take automatic names. */
  readonly inside?: readonly string[];
  readonly initialise?: (self: InstanceValue, call: BoundCall, tools: Toolbox) => void;
}

/** What a layer of a rule carries. */
export interface LayerPart extends PartPayload {
  readonly rule: LayerRule;
  readonly made: BoundCall;
  readonly isBuilt: boolean;
}

const TAKES = '(self, inputs, *args, **kwargs)';

/** The row of a rule. */
export function ruleRow(rule: LayerRule): Row {
  const path = `keras.layers.${rule.name}`;
  return classRow(
    path,
    LAYER,
    rule.signature,
    (self, call, tools) => makeLayer(self, call, tools, rule),
    (tools) => [
      ['call', bound(tools, `${LAYER}.call`, 'call', rule.takes ?? TAKES, (call) => applyLayer(call, tools))],
      [
        'build',
        bound(tools, `${LAYER}.build`, 'build', '(self, *args, **kwargs)', (call) => buildLayer(call, tools)),
      ],
    ],
  );
}

/** The part that a layer of a rule is; `undefined` for anything else. */
export function layerPartOf(value: Value): LayerPart | undefined {
  const payload =
    value.kind === 'instance' ? (value.payload as { kind?: unknown; rule?: unknown } | undefined) : undefined;
  return payload?.kind === 'part' && payload.rule !== undefined ? (payload as LayerPart) : undefined;
}

/** The numbers under a rule, given to an application of it. */
export function numbersFor(rule: LayerRule, use: Use): Numbers {
  const [problem] = use.made.problems;
  if (problem !== undefined) return unknownNumbers({ code: 'invalid', subject: problem.message });
  return rule.weights?.(use) ?? NO_NUMBERS;
}

/** Trainable numbers and others. */
export function numbers(trainable: Quantity, nonTrainable: Quantity = exact(0)): Numbers {
  return { trainable, nonTrainable };
}

/** The quantity where the flag is set, else zero. */
export function when(call: BoundCall, flag: string, quantity: Quantity): Quantity {
  const isSet = flagOf(call, flag);
  if (typeof isSet !== 'boolean') return isSet;
  return isSet ? quantity : exact(0);
}

/** The size of an axis counted from either end. */
export function sizeAt(shape: Shape, axis: Quantity): Quantity {
  const at = axisOf(axis, shape.length);
  const size = at === undefined ? undefined : shape[at];
  return size ?? unknown({ code: 'unmodelled', subject: 'the size of this axis' });
}

/** The size of the last axis. */
export function lastOf(shape: Shape | undefined): Quantity {
  return shape?.at(-1) ?? unknown({ code: 'no-input', subject: 'the size of the last axis' });
}

/** The sizes of one sample, and of a whole batch where its size is known. */
export function perCall(shape: Shape): Shape {
  return shape[0]?.kind === 'unknown' ? shape.slice(1) : shape;
}

/** The product of sizes. */
export function product(sizes: Shape): Quantity {
  return multiply(...sizes);
}

function makeLayer(self: InstanceValue, call: BoundCall, tools: Toolbox, rule: LayerRule): void {
  initialiseLayer(self, call, tools);
  const open: Reason = {
    code: 'channels-from-input',
    subject: 'the number of parameters',
    place: call.context.place,
  };
  const none = rule.weights === undefined && call.problems.length === 0 ? exact(0) : unknown(open);
  const part: LayerPart = {
    kind: 'part',
    path: call.path,
    params: none,
    nonTrainable: none,
    rule,
    made: call,
    isBuilt: false,
  };
  self.payload = part;
  for (const name of rule.attributes?.split(' ') ?? []) self.attributes.set(name, valueOf(call, name));
  const declared = declaredShape(call);
  if (declared !== undefined) self.attributes.set('declared_shape', declared);
  rule.initialise?.(self, call, tools);
}

/** `input_shape=` and its kin, without the batch. */
export function declaredShape(call: BoundCall): Value | undefined {
  const options = valueOf(call, 'kwargs');
  const named = (name: string) =>
    options.kind === 'dict' ? options.entries.get(`'${name}`)?.value : undefined;
  const sample = named('input_shape');
  if (sample !== undefined) return sample;
  const batched = named('batch_input_shape') ?? named('batch_shape');
  const items = batched && itemsOf(batched)?.slice(1);
  if (items !== undefined) return { kind: 'tuple', items };
  const width = named('input_dim');
  if (width === undefined || width.kind === 'none') return undefined;
  const length = named('input_length');
  return { kind: 'tuple', items: length === undefined ? [width] : [length, width] };
}

function applyLayer(call: BoundCall, tools: Toolbox): Value {
  const self = valueOf(call, 'self');
  const part = layerPartOf(self);
  const data = dataOf(call);
  const [first = NONE] = data;
  const shape = shapeOf(first);
  if (self.kind !== 'instance' || part === undefined)
    return makeTensor(tools, TENSOR, unmodelled(call.context));
  if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(first, 'the output'));
  const use: Use = { self, made: part.made, call, shape, shapes: data.map(shapeOf), tools };
  learn(use, part);
  if (part.made.problems.length > 0) return makeTensor(tools, TENSOR, unmodelled(call.context));
  const { linear, product: pairs } = part.rule.macs?.(use) ?? {};
  const { context } = call;
  if (linear !== undefined) recordWork(tools, { kind: 'linear', macs: linear, context });
  if (pairs !== undefined) recordWork(tools, { kind: 'product', macs: pairs, context });
  return asValue(part.rule.output(use), use);
}

/** The tensors of a call: those in its first arguments, lists of tensors spread. */
export function dataOf(call: BoundCall): Value[] {
  const { positional, keywords } = call.args;
  const [, ...given] = positional;
  const named = [...keywords].filter(([name]) => !['training', 'mask', 'initial_state'].includes(name));
  const all = [...given, ...named.map(([, passed]) => passed)].flatMap(({ value }) => flatten(value));
  return all.filter(({ kind }) => !['none', 'bool', 'string', 'int', 'float'].includes(kind));
}

function asValue(output: Output, { tools, call }: Use): Value {
  if (output === undefined) return makeTensor(tools, TENSOR, unmodelled(call.context));
  return isShape(output) ? makeTensor(tools, TENSOR, output) : output;
}

function isShape(output: Shape | Value): output is Shape {
  return Array.isArray(output);
}

/** `build(input_shape)` called by the code itself. */
function buildLayer(call: BoundCall, tools: Toolbox): Value {
  const self = valueOf(call, 'self');
  const part = layerPartOf(self);
  const [given = NONE] = itemsOf(valueOf(call, 'args')) ?? [];
  const shape = shapeFrom(given) ?? shapeFrom([...call.args.keywords.values()][0]?.value ?? NONE);
  if (self.kind === 'instance' && part !== undefined && shape !== undefined)
    learn({ self, made: part.made, call, shape, shapes: [shape], tools }, part);
  return NONE;
}

/** Layers get their numbers from the first data they see; other data that asks for others is refused by Keras. */
function learn(use: Use, part: LayerPart): void {
  if (part.rule.weights === undefined || use.call.context.interpreter.isRehearsing) return;
  const found = numbersFor(part.rule, use);
  const isNews = !part.isBuilt || part.params.kind === 'unknown';
  const differs = equal(found.trainable, part.params) === false;
  if (!isNews && !differs) return;
  const clash: Reason = {
    code: 'invalid',
    subject: 'data of another size than before',
    place: use.call.context.place,
  };
  if (!part.isBuilt)
    for (const inner of part.rule.inside ?? []) automaticName(inner, use.tools, use.call.context);
  const { trainable, nonTrainable } = isNews ? found : unknownNumbers(clash);
  use.call.context.interpreter.trail.touch(use.self);
  use.self.payload = { ...part, params: trainable, nonTrainable, isBuilt: true };
}

/** Several tensors as Keras gives them back. */
export function tensors(shapes: readonly Shape[], { tools }: Use): Value {
  return list(shapes.map((shape) => makeTensor(tools, TENSOR, shape)));
}

/** Sizes that an argument lists, one alone counting as a list. */
export function sizesIn(value: Value): Shape | undefined {
  const items = itemsOf(value);
  if (items !== undefined) return items.map(quantityOf);
  return value.kind === 'int' || value.kind === 'formula' || value.kind === 'unknown'
    ? [quantityOf(value)]
    : undefined;
}

/** Sets an attribute of a layer that is being made. */
export function setSize(self: InstanceValue, name: string, sizes: Shape, call: BoundCall): void {
  const items = sizes.map((size): Value => (size.kind === 'exact' ? int(size.value) : NONE));
  if (sizes.every((size) => size.kind === 'exact'))
    setAttribute(self, name, { kind: 'tuple', items }, call.context);
}

/** Whether an optional argument that changes what a layer learns is left alone. */
export function isLeft(call: BoundCall, ...names: readonly string[]): boolean {
  return names.every((name) => {
    const value = valueOf(call, name);
    return !call.values.has(name) || isAbsent(call, name) || (value.kind === 'bool' && !value.value);
  });
}
