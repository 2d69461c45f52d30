/** What is held against the analysis: models as a framework built them. */
import type { ConvLayer, DataShape } from '../../src/conv/spec';
import type { Difference } from './differences';

/** Lines from 1, columns from 0 in UTF-8 bytes. */
export interface TrueSite {
  readonly file: string;
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
}

export interface LayerTruth {
  /** The qualified name in the model. */
  readonly name: string;
  /** The call expression that makes it; absent where that was not recorded. */
  readonly site?: TrueSite;
  compare(layer: ConvLayer): Difference[];
  /** Absent where what the layer is applied to is not comparable. */
  readonly compareRuns?: (layer: ConvLayer, inputs: readonly DataShape[]) => Difference[];
}

export interface ModelTruth {
  /** The `id` of the model in a report. */
  readonly id: string;
  /** The file that defines the builder, inside the sources. */
  readonly file: string;
  /** The shape of the input of the recorded run. */
  readonly input: readonly number[];
  readonly params: number;
  /** Multiply-accumulates of one run; absent where they are not comparable. */
  readonly macs?: { readonly convolutions: number; readonly linear: number; readonly products: number };
  readonly layers: readonly LayerTruth[];
}
