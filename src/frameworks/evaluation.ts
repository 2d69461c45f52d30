/** One evaluation of a call that builds or applies a convolution, and where it is recorded. */
import type { ConvLayer, DataShape } from '../conv/spec';
import type { BoundArgument } from '../interp/arguments';
import type { CallContext } from '../interp/call';
import type { Value } from '../interp/values';
import type { Place } from '../symbolic/place';
import type { Quantity } from '../symbolic/quantity';

export type Framework = 'torch' | 'tensorflow' | 'keras';

/** Something the framework, or Python, would refuse; or a trap worth a word. Plain data. */
export interface Finding {
  /** Stable, such as `torch.in-channels-divisible`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** The framework's own words where it has some. */
  readonly message: string;
  /** The exception the framework raises, such as `ValueError`. */
  readonly exception?: string;
  readonly place: Place;
}

/** What a call made. Applications that come later are added to `inputs`, what they refuse to `findings`. */
export interface Evaluation {
  /** The framework's full name, such as `torch.nn.Conv2d`. */
  readonly path: string;
  readonly framework: Framework;
  /** `layer`: the call makes an object that is applied later; `function`: the call itself convolves. */
  readonly role: 'layer' | 'function';
  readonly context: CallContext;
  readonly bound: ReadonlyMap<string, BoundArgument>;
  /** Lazy layers learn their channels from the first input. */
  layer: ConvLayer;
  /** What making the layer raises, or every call of it; absent for functions. */
  readonly refusal?: string;
  readonly inputs: DataShape[];
  readonly findings: Finding[];
}

/** Multiplications outside convolutions: those of a linear layer, or of a product of matrices. */
export interface Work {
  /** `linear`: a layer with a weight of its own; `product`: two tensors multiplied, as in attention. */
  readonly kind: 'linear' | 'product';
  /** Multiply-accumulate operations of one application. */
  readonly macs: Quantity;
  readonly context: CallContext;
}

/** Takes what happens in the order in which it happens; not called while a run rehearses. */
export interface Recorder {
  record(evaluation: Evaluation): void;
  /** A layer object was applied to data, the last of the evaluation's inputs. */
  applied(evaluation: Evaluation): void;
  /** A module or layer of any kind was called with `data` first. */
  called(object: Value, data: Value): void;
  work(work: Work): void;
}

/** What a convolution layer object carries: its own evaluation, for later applications. */
export interface LayerPayload {
  readonly kind: 'convolution';
  readonly evaluation: Evaluation;
  /** The layer as its constructor made it; the evaluation's one is what its calls have in common. */
  readonly made: ConvLayer;
}

/** What a new layer object carries. */
export function layerPayload(evaluation: Evaluation): LayerPayload {
  return { kind: 'convolution', evaluation, made: evaluation.layer };
}

/** What a layer object carries; `undefined` for anything else. */
export function layerPayloadOf(value: Value): LayerPayload | undefined {
  const payload = value.kind === 'instance' ? (value.payload as { kind?: unknown } | undefined) : undefined;
  return payload?.kind === 'convolution' ? (payload as LayerPayload) : undefined;
}

/** The evaluation that made a layer object; `undefined` for anything else. */
export function evaluationOf(value: Value): Evaluation | undefined {
  return layerPayloadOf(value)?.evaluation;
}
