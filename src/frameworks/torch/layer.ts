/** Making rows of layers and functions that are no convolutions: attributes, parameters, and the law of their output. */
import { setOwn } from '../../interp/setting';
import type { CallContext } from '../../interp/call';
import { nativeClass } from '../../interp/classes';
import { NONE, tuple, unknown, type InstanceValue, type Value } from '../../interp/values';
import { numberOf, type Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import { bound, classRow, functionRow, recordWork, type BoundCall, type Row, type Toolbox } from '../library';
import { itemsOf, quantityFrom, repeat, valueOf } from '../read';
import { axisOf, elementsOf, type Shape } from '../shapes';
import { makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import { addBuffer } from './buffers';

export const TENSOR = 'torch.Tensor';
const PARAMETER = 'torch.nn.Parameter';

/** Where a layer or a function finds what decides its output: attributes of the layer, or arguments of the call. */
export interface Settings {
  readonly value: (name: string) => Value;
  readonly context: CallContext;
  readonly tools: Toolbox;
}

/** What PyTorch raises, such as `RuntimeError: …`. */
export interface Refused {
  readonly refused: string;
}

/** The shape of the output, a value, what is refused, or `undefined` for what is not modelled. */
export type Outcome = Shape | Value | Refused | undefined;

/** The output for an input of a known shape. */
export type Law = (input: Shape, settings: Settings) => Outcome;

/** A parameter or buffer: its shape, `undefined` for none, or why it cannot be told whether there is one. */
export type Member = readonly [name: string, shape: Shape | Reason | undefined];

/** A layer that has one tensor as its input. */
export interface LayerDefinition {
  readonly name: string;
  readonly base?: string;
  /** As PyTorch shows it, `self` left out. */
  readonly signature: string;
  /** What attributes hold other than the arguments themselves. */
  readonly attributes?: (settings: Settings) => readonly (readonly [string, Value])[];
  readonly parameters?: (settings: Settings) => readonly Member[];
  readonly buffers?: (settings: Settings) => readonly Member[];
  /** What the constructor raises, if it does. */
  readonly refusal?: (settings: Settings) => string | undefined;
  readonly forward?: string;
  /** The output; absent for layers whose class says `forward` otherwise. */
  readonly law?: Law;
  readonly members?: (tools: Toolbox) => Iterable<readonly [string, Value]>;
}

/** The row of a layer: its constructor's arguments become attributes, which `forward` reads. */
export function layerRow(definition: LayerDefinition): Row {
  const { name, base = 'torch.nn.Module', signature, members } = definition;
  return classRow(
    `torch.nn.${name}`,
    base,
    signature,
    (self, call, tools) => initialise(self, call, tools, definition),
    (tools) => [...forwardOf(definition, tools), ...(members?.(tools) ?? [])],
  );
}

/** The row of a class that layers have in common and that code asks for by `isinstance`. */
export function baseRow(name: string, base: string): Row {
  return {
    path: `torch.nn.${name}`,
    make: (tools) => {
      const parent = tools.value(base);
      return nativeClass(name.slice(name.lastIndexOf('.') + 1), parent.kind === 'class' ? [parent] : [], []);
    },
  };
}

/** A function of one tensor, its first argument. */
export function lawRow(path: string, signature: string, law: Law, input = 'input'): Row {
  return functionRow(path, signature, (call, tools) => {
    const settings = settingsOfCall(call, tools);
    return call.problems.length > 0
      ? makeTensor(tools, TENSOR, unmodelled(call.context))
      : follow(valueOf(call, input), law, settings);
  });
}

/** What a call's arguments say. */
export function settingsOfCall(call: BoundCall, tools: Toolbox): Settings {
  return { value: (name) => valueOf(call, name), context: call.context, tools };
}

/** What a layer's attributes say now, and beyond them the arguments of its call. */
export function settingsOfLayer(self: Value, call: BoundCall, tools: Toolbox): Settings {
  const { context } = call;
  const value = (name: string) =>
    call.values.get(name)?.value ?? context.interpreter.attribute(self, name, context);
  return { value, context, tools };
}

/** The output of a law for a tensor; unknown with the reason where there is none. */
export function follow(input: Value, law: Law, settings: Settings): Value {
  const { tools, context } = settings;
  const shape = shapeOf(input);
  if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(input, 'the output'));
  return outcomeValue(law(shape, settings), tools, context);
}

/** An outcome as a value: a tensor, or what the law itself has made. */
export function outcomeValue(outcome: Outcome, tools: Toolbox, context: CallContext): Value {
  if (outcome === undefined) return makeTensor(tools, TENSOR, unmodelled(context));
  if ('refused' in outcome) return refuse(outcome.refused, tools, context);
  if ('kind' in outcome) return outcome;
  return makeTensor(tools, TENSOR, outcome);
}

/** A tensor as a law's result beside others. */
export function tensor(shape: Shape | Reason, { tools }: Settings): Value {
  return makeTensor(tools, TENSOR, shape);
}

/** The output and, where a flag asks for them, as many indices. */
export function withIndices(shape: Shape, settings: Settings): Outcome {
  const wanted = flag(settings, 'return_indices');
  if (typeof wanted !== 'boolean') return unknown(wanted);
  return wanted ? tuple([tensor(shape, settings), tensor(shape, settings)]) : shape;
}

/** A true-or-false setting, or why it cannot be told. */
export function flag({ value, context }: Settings, name: string): boolean | Reason {
  const held = value(name);
  const truth = context.interpreter.truth(held, context);
  if (truth !== undefined) return truth;
  return held.kind === 'unknown' ? held.reason : { code: 'parameter', subject: name, place: context.place };
}

/** An integer setting. */
export function integerSetting({ value }: Settings, name: string): Quantity {
  return quantityFrom(value(name));
}

/** One size an axis, from an integer or a sequence of that length or of one; `undefined` for other lengths. */
export function sizesSetting(value: Value, rank: number): readonly Quantity[] | undefined {
  const items = itemsOf(value);
  if (items === undefined) return repeat(quantityFrom(value), rank);
  const [only] = items;
  if (items.length === 1 && only !== undefined) return repeat(quantityFrom(only), rank);
  return items.length === rank ? items.map(quantityFrom) : undefined;
}

/** The axis that a setting names, counted from the start. */
export function axisSetting(settings: Settings, name: string, rank: number): number | undefined {
  return axisOf(integerSetting(settings, name), rank);
}

/** Records the multiplications of a layer with a weight: outputs times what each of them sums up. */
export function recordLinear(output: Shape, summed: Quantity, settings: Settings): void {
  const macs = elementsOf([...output, summed]);
  recordWork(settings.tools, { kind: 'linear', macs, context: settings.context });
}

/** Records the multiplications of a product of two tensors. */
export function recordProduct(output: Shape, summed: Quantity, settings: Settings): void {
  const macs = elementsOf([...output, summed]);
  recordWork(settings.tools, { kind: 'product', macs, context: settings.context });
}

/** Whether two sizes are certain to differ. */
export function differ(a: Quantity | undefined, b: Quantity | undefined): boolean {
  const [x, y] = [a && numberOf(a), b && numberOf(b)];
  return x !== undefined && y !== undefined && x !== y;
}

/** The reason under a part of which it cannot be told whether it is there. */
export function maybe(has: boolean | Reason, shape: Shape): Shape | Reason | undefined {
  return typeof has === 'boolean' ? (has ? shape : undefined) : has;
}

/** Sets attributes and registers parameters and buffers of a layer. */
export function initialise(
  self: InstanceValue,
  call: BoundCall,
  tools: Toolbox,
  definition: Omit<LayerDefinition, 'law'>,
): void {
  const settings = settingsOfCall(call, tools);
  const { context } = call;
  const [problem] = call.problems;
  if (problem !== undefined) report(`TypeError: ${problem.message}`, `python.${problem.code}`, context);
  const given = new Map(definition.attributes?.(settings) ?? []);
  for (const [name, { value }] of call.values) {
    if (name !== 'self' && !UNSTORED.has(name) && !given.has(name)) setOwn(self, name, value, context);
  }
  for (const [name, value] of given) setOwn(self, name, value, context);
  for (const [name, shape] of definition.parameters?.(settings) ?? [])
    setOwn(self, name, memberValue(PARAMETER, shape, tools), context);
  for (const [name, shape] of definition.buffers?.(settings) ?? [])
    addBuffer(self, name, memberValue(TENSOR, shape, tools), true, context);
  const refusal = problem === undefined ? definition.refusal?.(settings) : undefined;
  if (refusal !== undefined) report(refusal, 'torch.layer-refused', context);
}

/** Arguments that no attribute keeps; flags that make parameters are seen from those. */
const UNSTORED = new Set(['device', 'dtype', 'bias', 'args', 'kwargs']);

function memberValue(path: string, shape: Member[1], tools: Toolbox): Value {
  if (shape === undefined) return NONE;
  const isHere = !isReason(shape) || shape.code === 'channels-from-input';
  return isHere ? makeTensor(tools, path, shape) : unknown(shape);
}

function isReason(shape: Shape | Reason): shape is Reason {
  return !Array.isArray(shape);
}

function forwardOf(definition: LayerDefinition, tools: Toolbox): [string, Value][] {
  const { name, law, forward = '(self, input)' } = definition;
  if (law === undefined) return [];
  const run = bound(tools, `torch.nn.${name}.forward`, `${name}.forward`, forward, (call) => {
    const settings = settingsOfLayer(valueOf(call, 'self'), call, tools);
    if (call.problems.length > 0) return makeTensor(tools, TENSOR, unmodelled(call.context));
    return follow(valueOf(call, forward === '(self, x)' ? 'x' : 'input'), law, settings);
  });
  return [['forward', run]];
}

function refuse(message: string, tools: Toolbox, context: CallContext): Value {
  report(message, 'torch.call-refused', context);
  return makeTensor(tools, TENSOR, { code: 'invalid', subject: message, place: context.place });
}

/** Reports what is raised, a text such as `RuntimeError: …`. */
function report(text: string, code: string, { interpreter, place }: CallContext): void {
  if (interpreter.isRehearsing) return;
  const [exception = '', ...words] = text.split(': ');
  interpreter.host.raised({ code, message: words.join(': '), exception, place });
}
