/** How strong an impulse is, and how several large ones share a run of the engine without mixing. */
import { probeMacs, type ProbeStage } from './stages';

/**
 * Impulses of `digits` input channels in one sample: channel number `d` of it is stronger by `base^d`, and as no
 * answer to one channel reaches `base`, each answer is a digit of the sum that comes out.
 */
export interface ImpulseCode {
  readonly digits: number;
  readonly base: number;
  /** Weights and impulses are whole numbers from 1 to this. */
  readonly largest: number;
}

/** Whole numbers up to this are exact in float32. */
const EXACT_BITS = 24;
/** Work up to which channels are probed one at a time. */
const MACS_ONE_BY_ONE = 2e8;

/** One channel at a time with wide numbers where that is cheap; as many as fit exactly where it is not. */
export function impulseCode(stages: readonly ProbeStage[]): ImpulseCode {
  const isCheap = probeMacs(stages) * stages[0].geometry.inChannels <= MACS_ONE_BY_ONE;
  const largest = isCheap ? widestNumber(stages) : Math.min(2, widestNumber(stages));
  const bits = Math.ceil(Math.log2(largestAnswer(stages, largest) + 1));
  const digits = isCheap ? 1 : Math.max(1, Math.floor(EXACT_BITS / bits));
  return { digits, base: 2 ** bits, largest };
}

/** The largest number up to 9 whose greatest possible answer is exact. */
function widestNumber(stages: readonly ProbeStage[]): number {
  let largest = 9;
  while (largest > 1 && largestAnswer(stages, largest) >= 2 ** EXACT_BITS) largest--;
  return largest;
}

/** The greatest answer of an output to one input channel. */
function largestAnswer(stages: readonly ProbeStage[], largest: number): number {
  return stages.reduce((answer, { slices }, index) => {
    const ways = index === 0 ? 1 : stages[index - 1].map.outputsPerGroup;
    return answer * ways * slices.taps * largest;
  }, largest);
}
