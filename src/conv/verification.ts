/** What is asked of a verification of a channel map, and what it finds. Plain data, shared by engine, worker and page. */
import type { ConvLayer } from './spec';

/** A layer whose channels, groups and window are numbers. */
export interface VerifyJob {
  readonly layer: ConvLayer;
  /** Spatial size of the data for the split proof; absent: one kernel extent and a little more. */
  readonly spatial?: readonly number[];
}

/**
 * - `verified`: formula, weight layout and running engine agree on every pair of channels;
 * - `partial`: they agree on all that was run, which was a sample;
 * - `derived`: nothing was run, the map follows from `groups` alone;
 * - `invalid`: the framework refuses the layer, or the paths disagree;
 * - `unknown`: a number that decides is not known.
 */
export type VerificationStatus = 'verified' | 'partial' | 'derived' | 'invalid' | 'unknown';

/** What a verification found. Plain data. */
export interface Verification {
  readonly status: VerificationStatus;
  /** One line: what was run on what sizes. */
  readonly summary: string;
  readonly paths: readonly VerifiedPath[];
  /** The first pairs on which the paths disagree. */
  readonly mismatches: readonly ChannelMismatch[];
  readonly probe?: { readonly inputs: number; readonly of: number; readonly spatial: readonly number[] };
  readonly split?: SplitProof;
  /** Multiplications counted while the reference ran, beside the formula's. */
  readonly work?: { readonly counted: number; readonly formula: number };
}

/** One of the three independent ways to the channel map. */
export interface VerifiedPath {
  readonly name: 'formula' | 'weights' | 'probe';
  readonly agrees: boolean;
  /** Such as `filter 4 reads channel 1` counted over all: text for one line. */
  readonly detail: string;
}

export interface ChannelMismatch {
  readonly input: number;
  readonly output: number;
  readonly formula: boolean;
  readonly weights: boolean;
  readonly probe: boolean;
}

/** The layer split by group, each part convolved apart, concatenated and compared with the whole. */
export interface SplitProof {
  readonly parts: number;
  readonly maxAbsDifference: number;
  readonly elements: number;
  readonly outputShape: readonly number[];
}
