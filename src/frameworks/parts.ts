/** Parts of models: which objects are modules, what they hold, and how many numbers they bring themselves. */
import { resolutionOrder, unknownBase } from '../interp/classes';
import { unknown as unknownValue, type InstanceValue, type Value } from '../interp/values';
import { costOf } from '../conv/cost';
import { add } from '../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../symbolic/quantity';
import { evaluationOf } from './evaluation';
import { asLayer, expectedInput, layersIn, ownNumbers } from './keras/parts';
import { elementsOf, type Shape } from './shapes';
import { isTensor, shapeOf, shapeReason } from './tensor';
import { childrenOfModule, isOfModuleClass, parametersOfModule } from './torch/registration';

/** What a layer that is no convolution carries: the trainable numbers that it brings itself. */
export interface PartPayload {
  readonly kind: 'part';
  /** The framework's full name, such as `torch.nn.Linear`. */
  readonly path: string;
  /** Lazy layers and Keras layers learn theirs from the first input. */
  params: Quantity;
  /** Numbers that training leaves alone, such as moving averages; none when absent. */
  readonly nonTrainable?: Quantity;
}

/** What a layer object that is no convolution carries; `undefined` for anything else. */
export function partPayloadOf(value: Value): PartPayload | undefined {
  const payload = value.kind === 'instance' ? (value.payload as { kind?: unknown } | undefined) : undefined;
  return payload?.kind === 'part' ? (payload as PartPayload) : undefined;
}

/** Whether the object is a PyTorch module or a Keras layer. */
export function isModule(value: InstanceValue): boolean {
  return resolutionOrder(value.class).some(
    ({ name, unit }) => unit === undefined && (name === 'Module' || name === 'Layer'),
  );
}

/**
 * What an object holds, with the names under which qualified names go on, in the framework's order. Unknowns stand for
 * what may be parts; under `*` for any number of them.
 */
export function childrenOf(value: InstanceValue): readonly (readonly [string, Value])[] {
  if (isOfModuleClass(value)) return childrenOfModule(value);
  const layer = asLayer(value);
  return layer === undefined ? [...value.attributes] : layersIn(layer);
}

/**
 * The shape of the data that a model was made for, such as the one of Keras' `Input`, with one sample where the batch
 * is open; `undefined` for models that take anything, or several tensors.
 */
export function expectedShape(value: InstanceValue): Shape | undefined {
  const input = expectedInput(value);
  const shape = input && shapeOf(input);
  return shape?.map((size, axis) => (axis === 0 && size.kind === 'unknown' ? exact(1) : size));
}

/**
 * The numbers that an object brings itself and training leaves alone, such as moving averages and frozen weights;
 * `undefined` for objects that are no part of a model. PyTorch counts only parameters: its buffers are none.
 */
export function ownNonTrainable(value: InstanceValue): Quantity | undefined {
  const layer = asLayer(value);
  if (layer !== undefined) return ownNumbers(layer).nonTrainable;
  return isModule(value) ? exact(0) : undefined;
}

/**
 * The trainable numbers that an object brings itself, those of the objects it holds left out; `undefined` for objects
 * that are no part of a model, such as plain tensors. Unknown for layers that are not modelled.
 */
export function ownParameters(value: InstanceValue): Quantity | undefined {
  if (isOfModuleClass(value)) return add(exact(0), ...ownTensors(value).map(([, elements]) => elements));
  const layer = asLayer(value);
  if (layer !== undefined) return ownNumbers(layer).trainable;
  const evaluation = evaluationOf(value);
  if (evaluation !== undefined) return costOf(evaluation.layer).params;
  const part = partPayloadOf(value);
  if (part !== undefined) return part.params;
  const base = unknownBase(value.class);
  return base === undefined || isTensor(value) ? undefined : unknown(base.reason);
}

/** The numbers of a whole model: `params` are all, as the framework itself counts them, of which some may be `nonTrainable`. */
export interface Totals {
  readonly params: Quantity;
  readonly nonTrainable: Quantity;
}

/** All numbers of an object and what it holds, shared ones once; unknown when a part of it was not read. */
export function totalsOf(root: InstanceValue): Totals {
  const seen = new Set<Value>();
  const numbers: Quantity[] = [exact(0)];
  const fixed: Quantity[] = [exact(0)];
  // Not recursive: objects can be nested deeper than our own calls.
  const open: Value[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value.kind === 'unknown') numbers.push(value);
    if (value.kind !== 'instance' || seen.has(value)) continue;
    seen.add(value);
    if (isOfModuleClass(value)) {
      const fresh = ownTensors(value).filter(([tensor]) => !seen.has(tensor) && seen.add(tensor));
      numbers.push(...fresh.map(([, elements]) => elements));
    } else {
      const own = ownParameters(value);
      if (own !== undefined) numbers.push(own);
      fixed.push(ownNonTrainable(value) ?? exact(0));
      if (own === undefined || evaluationOf(value) !== undefined) continue;
    }
    open.push(
      ...childrenOf(value)
        .map(([, child]) => child)
        .reverse(),
    );
  }
  const nonTrainable = add(...fixed);
  return { params: add(...numbers, nonTrainable), nonTrainable };
}

/** The parameters of a PyTorch module itself, each with the number of its elements. */
function ownTensors(value: InstanceValue): readonly (readonly [Value, Quantity])[] {
  const { entries, uncertain } = parametersOfModule(value);
  const tensors = entries.map(([, tensor]): [Value, Quantity] => {
    const shape = shapeOf(tensor);
    return [tensor, shape ? elementsOf(shape) : unknown(shapeReason(tensor, 'a parameter'))];
  });
  const base = uncertain ?? unknownBase(value.class)?.reason;
  return base === undefined ? tensors : [...tensors, [unknownValue(base), unknown(base)]];
}
