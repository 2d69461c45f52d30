/** Parts of models: which objects are modules, and how many trainable numbers they bring themselves. */
import { resolutionOrder } from '../interp/classes';
import type { InstanceValue, Value } from '../interp/values';
import { costOf } from '../conv/cost';
import { exact, unknown, type Quantity } from '../symbolic/quantity';
import { evaluationOf } from './evaluation';
import { elementsOf } from './shapes';
import { shapeOf } from './tensor';

/** Layers of PyTorch and Keras that keep shapes and have no parameters, whatever their arguments. */
const WITHOUT_PARAMETERS = new Set(
  [
    'Identity ReLU ReLU6 LeakyReLU RReLU ELU SELU CELU GELU SiLU Mish Sigmoid Tanh Hardswish Hardsigmoid Hardtanh',
    'Softplus Softsign LogSigmoid Softmax LogSoftmax Softmax2d Dropout Dropout1d Dropout2d Dropout3d AlphaDropout',
    'LocalResponseNorm ChannelShuffle Activation SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianNoise',
    'GaussianDropout ActivityRegularization Rescaling Sequential ModuleList ModuleDict Module Layer Model',
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
 * The trainable numbers that an object brings itself, those of the objects it holds left out; `undefined` for objects
 * that are no part of a model, such as plain tensors. Unknown for layers that are not modelled.
 */
export function ownParameters(value: InstanceValue): Quantity | undefined {
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
