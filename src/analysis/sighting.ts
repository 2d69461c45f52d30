/** What a run saw: evaluations of convolution calls, and what each was seen in. */
import type { Evaluation, Finding, Work } from '../frameworks/evaluation';
import type { FunctionValue, InstanceValue, Value } from '../interp/values';
import type { Place } from '../symbolic/place';
import type { Model, ModelInput } from './report';
import type { ConvLayer, DataShape } from '../conv/spec';

/**
 * What an evaluation was seen in: `run`, the code of a module itself; `build`, a model made from a builder or class
 * with its defaults; `read`, a function read on its own, with symbols for what has no default.
 */
export type Origin =
  | { readonly kind: 'run' }
  | { readonly kind: 'build'; readonly model: string }
  | { readonly kind: 'read'; readonly root: FunctionValue };

/** An evaluation and what it was seen in. */
export interface Sighting {
  readonly evaluation: Evaluation;
  readonly origin: Origin;
  /** Whether it happens just once: no condition or loop length that is unknown decides over it. */
  readonly isCertain: boolean;
  /** The run ended at its limit in the same statement or function: the call may be evaluated otherwise too. */
  readonly isCutShort?: boolean;
}

/** A convolution under its qualified name in a model, such as `features.0`. */
export interface NamedLayer {
  readonly name: string;
  readonly evaluation: Evaluation;
}

/** A model that the code holds or makes. */
export interface Built {
  readonly id: string;
  readonly name: string;
  readonly kind: Model['kind'];
  readonly place: Place;
  readonly instance: InstanceValue;
  /** Its convolutions, in the order in which they are held. */
  readonly layers: readonly NamedLayer[];
  readonly measured?: Measured;
}

/** What a model does with data of one size. */
export interface Measured {
  readonly input?: ModelInput;
  /** The convolutions that were applied: as their data made them, and that data. */
  readonly layers: ReadonlyMap<
    Evaluation,
    { readonly layer: ConvLayer; readonly inputs: readonly DataShape[] }
  >;
  readonly work: readonly Work[];
  /** Whether the run was followed to its end, with nothing on the way that a condition decides. */
  readonly isWhole: boolean;
}

/** Everything a run saw. */
export interface Run {
  readonly sightings: readonly Sighting[];
  readonly models: readonly Built[];
  /** What certainly raises when the code runs. */
  readonly findings: readonly Finding[];
  /** The names of the module when its body had run. */
  readonly names: ReadonlyMap<string, Value>;
}

/** The function that was read on its own. */
export function rootOf({ origin }: Sighting): FunctionValue | undefined {
  return origin.kind === 'read' ? origin.root : undefined;
}
