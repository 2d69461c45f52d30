/** The multiplications of the reference, counted one by one against the cost formula. */
import { costOf } from '../../../src/conv/cost';
import type { Geometry } from '../../../src/conv/geometry';
import type { ConvSpec } from '../../../src/conv/spec';
import { denseProducts } from '../../../src/conv/taps';
import type { ConvEngine } from '../kernel';
import { sizesOf } from '../kernel';
import { createRandom, randomIntegers } from '../random';
import { convolveReference } from '../reference';
import { largestDifference } from './split';
import { fewChannels } from './small';
import type { VerifyLimits } from './types';

/** Multiplications of the reference on a small map. */
export interface WorkCheck {
  readonly counted: number;
  /** What the cost formula says. */
  readonly formula: number;
  /** Largest difference between the engine and the reference on that map, padding and stride as in the layer. */
  readonly maxAbsDifference: number;
}

/**
 * Counts on `geometry`, with fewer channels where that is needed to stay within the limit, and compares the engine
 * with the reference there; whole numbers make both exact. `undefined` when even few channels are too much.
 */
export function countWork(
  spec: ConvSpec,
  geometry: Geometry,
  engine: ConvEngine,
  limits: VerifyLimits,
): WorkCheck | undefined {
  const counted = withinLimit(geometry, limits.countedMacs);
  const formula = counted === undefined ? undefined : formulaMacs(spec, counted);
  if (counted === undefined || formula === undefined) return undefined;
  const random = createRandom(20240609);
  const sizes = sizesOf(counted);
  const input = randomIntegers(random, sizes.input, -3, 3);
  const weight = randomIntegers(random, sizes.weight, -3, 3);
  const count = { dense: 0, useful: 0 };
  const expected = convolveReference(counted, input, weight, { count });
  const maxAbsDifference = largestDifference(engine.convolve(counted, input, weight), expected);
  return { counted: count.dense, formula, maxAbsDifference };
}

function withinLimit(geometry: Geometry, limit: number): Geometry | undefined {
  const candidates = [geometry, ...[64, 16, 4, 1].map((kept) => fewChannels(geometry, kept, kept))];
  return candidates.find((candidate) => denseProducts(candidate) <= limit);
}

/** What the card would say for these channels and sizes. */
function formulaMacs(spec: ConvSpec, geometry: Geometry): number | undefined {
  const exact = (value: number) => ({ kind: 'exact', value }) as const;
  const multiplier = geometry.outChannels / geometry.inChannels;
  const counted: ConvSpec = {
    ...spec,
    inChannels: exact(geometry.inChannels),
    outChannels: exact(geometry.outChannels),
    groups: exact(geometry.groups),
    depthMultiplier: spec.depthMultiplier === undefined ? undefined : exact(multiplier),
  };
  const spatial = geometry.axes.map(({ input }) => exact(input));
  const { macs } = costOf({ stages: [counted] }, { channels: exact(geometry.inChannels), spatial });
  return macs?.kind === 'exact' ? macs.value : undefined;
}
