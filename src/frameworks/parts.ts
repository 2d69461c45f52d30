/** Parts of models: which objects are modules, what they hold, and how many numbers they bring themselves. */
import { resolutionOrder } from '../interp/classes';
import type { InstanceValue, Value } from '../interp/values';
import { costOf } from '../conv/cost';
import { add } from '../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../symbolic/quantity';
import { evaluationOf } from './evaluation';
import { asLayer, layersIn, ownNumbers } from './keras/parts';
import { elementsOf } from './shapes';
import { shapeOf } from './tensor';

/** Layers of PyTorch that keep shapes and have no parameters, whatever their arguments. */
const WITHOUT_PARAMETERS = new Set(
  [
    'Identity ReLU ReLU6 LeakyReLU RReLU ELU SELU CELU GELU SiLU Mish Sigmoid Tanh Hardswish Hardsigmoid Hardtanh',
    'Softplus Softsign LogSigmoid Softmax LogSoftmax Softmax2d Dropout Dropout1d Dropout2d Dropout3d AlphaDropout',
    'LocalResponseNorm ChannelShuffle Sequential ModuleList ModuleDict Module',
  ]
    .join(' ')
    .split(' '),
);

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
 * what may be parts.
 */
export function childrenOf(value: InstanceValue): readonly (readonly [string, Value])[] {
  const layer = asLayer(value);
  return layer === undefined ? [...value.attributes] : layersIn(layer);
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

/** All numbers of a part, as Keras' `count_params` adds them up. */
export function totalOf({ params, nonTrainable }: PartPayload): Quantity {
  return nonTrainable === undefined ? params : add(params, nonTrainable);
}

/**
 * The trainable numbers that an object brings itself, those of the objects it holds left out; `undefined` for objects
 * that are no part of a model, such as plain tensors. Unknown for layers that are not modelled.
 */
export function ownParameters(value: InstanceValue): Quantity | undefined {
  const layer = asLayer(value);
  if (layer !== undefined) return ownNumbers(layer).trainable;
  const evaluation = evaluationOf(value);
  if (evaluation !== undefined) return costOf(evaluation.layer).params;
  const part = partPayloadOf(value);
  if (part !== undefined) return part.params;
  const shape = shapeOf(value);
  if (shape !== undefined) return value.class.name === 'Parameter' ? elementsOf(shape) : undefined;
  if (!isModule(value)) return undefined;
  const library = resolutionOrder(value.class).find(
    ({ unit }) => unit === undefined || unit.uri.startsWith('convlens:'),
  );
  const name = library?.name ?? '';
  return WITHOUT_PARAMETERS.has(name)
    ? exact(0)
    : unknown({ code: 'unmodelled', subject: `the parameters of ${name}` });
}
