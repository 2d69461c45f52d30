/** The three paths from an input channel to the outputs it feeds, and their comparison. */
import { type Geometry, inputPositions, outputPositions } from '../../../src/conv/geometry';
import type { ChannelMismatch } from '../../../src/conv/verification';
import type { ConvEngine } from '../kernel';
import { createRandom, randomIntegers } from '../random';
import { elementsOf, weightToEngine } from '../tensor';
import { impulseCode, type ImpulseCode } from './code';
import { probeMacs, type ProbeStage } from './stages';
import type { VerifyLimits, Watch } from './types';

/** What comparing the paths on some input channels found. */
export interface Comparison {
  readonly probed: number;
  readonly mismatches: readonly ChannelMismatch[];
  /** Whether each path said the same as the others everywhere. */
  readonly agreement: { readonly formula: boolean; readonly weights: boolean; readonly probe: boolean };
  /** The first response that was not the sum of products the weight's slices give. */
  readonly wrongValue?: {
    readonly output: number;
    readonly input: number;
    readonly found: number;
    readonly expected: number;
  };
}

/** Chunks long enough to repay the preparation of the weights, short enough that cancelling feels immediate. */
const MACS_A_CHUNK = 2.4e8;
const KEPT_MISMATCHES = 8;

/**
 * Feeds the engine input channels, all others zero, and compares which outputs answer with the formula and with the
 * weight's layout. Weights and inputs are whole numbers of at least one: no sum can cancel, and every answer is
 * exact, so it is also compared with the products of the very slices that should have been used.
 */
export async function probeChannels(
  stages: readonly ProbeStage[],
  inputs: readonly number[],
  engine: ConvEngine,
  limits: VerifyLimits,
  watch: Watch,
): Promise<Comparison> {
  const code = impulseCode(stages);
  const tensors = makeTensors(stages, inputs.length === 0 ? 0 : code.largest, code);
  const comparison = new Comparing(stages, tensors);
  const size = chunkSize(stages, code, limits);
  for (let start = 0; start < inputs.length; start += size) {
    await watch.pause();
    if (watch.isCancelled()) break;
    const chunk = inputs.slice(start, start + size);
    const answers = answersOf(stages, tensors, chunk, engine);
    chunk.forEach((input, index) => comparison.compare(input, answers[index]));
    watch.advance(chunk.length);
  }
  return comparison.result();
}

/** Random whole numbers for the probe. */
interface ProbeTensors {
  readonly code: ImpulseCode;
  /** What every probed channel holds, times the weight of its digit. */
  readonly pattern: Float32Array;
  /** A stage's weight in the framework's layout, and in the engine's. */
  readonly weights: readonly { readonly own: Float32Array; readonly engine: Float32Array }[];
}

function makeTensors(stages: readonly ProbeStage[], largest: number, code: ImpulseCode): ProbeTensors {
  const random = createRandom(20240607);
  const [first] = stages;
  if (largest === 0) return { code, pattern: new Float32Array(), weights: [] };
  return {
    code,
    pattern: randomIntegers(random, inputPositions(first.geometry), 1, largest),
    weights: stages.map(({ spec, slices }) => {
      const own = randomIntegers(random, elementsOf(slices.shape), 1, largest);
      const converted = weightToEngine({ shape: slices.shape, data: own }, spec).data;
      return { own, engine: converted instanceof Float32Array ? converted : new Float32Array(converted) };
    }),
  };
}

/** Input channels a chunk holds. */
function chunkSize(stages: readonly ProbeStage[], code: ImpulseCode, limits: VerifyLimits): number {
  const widest = Math.max(...stages.map(({ geometry }) => elementsOfSample(geometry)));
  const byWork = Math.floor(MACS_A_CHUNK / probeMacs(stages));
  const byMemory = Math.floor(limits.elements / widest);
  return code.digits * Math.max(1, Math.min(byWork, byMemory, 1024));
}

function elementsOfSample(geometry: Geometry): number {
  const input = geometry.inChannels * inputPositions(geometry);
  return Math.max(input, geometry.outChannels * outputPositions(geometry));
}

/** For each input channel of the chunk, the sum over all positions of every output channel. */
function answersOf(
  stages: readonly ProbeStage[],
  { code, pattern, weights }: ProbeTensors,
  chunk: readonly number[],
  engine: ConvEngine,
): Float64Array[] {
  const [{ geometry: first }] = stages;
  const batch = Math.ceil(chunk.length / code.digits);
  let data: Float32Array = new Float32Array(batch * first.inChannels * pattern.length);
  chunk.forEach((input, index) => {
    const sample = Math.floor(index / code.digits);
    const place = code.base ** (index % code.digits);
    const start = (sample * first.inChannels + input) * pattern.length;
    for (let position = 0; position < pattern.length; position++) {
      data[start + position] = pattern[position] * place;
    }
  });
  for (const [index, { geometry }] of stages.entries()) {
    data = engine.convolve({ ...geometry, batch }, data, weights[index].engine);
  }
  const { geometry: last } = stages[stages.length - 1];
  return chunk.map((_, index) => {
    const sums = channelSums(data, Math.floor(index / code.digits), last);
    return code.digits === 1 ? sums : digitOf(sums, index % code.digits, code.base);
  });
}

function channelSums(data: Float32Array, sample: number, geometry: Geometry): Float64Array {
  const positions = outputPositions(geometry);
  const sums = new Float64Array(geometry.outChannels);
  let index = sample * geometry.outChannels * positions;
  for (let output = 0; output < geometry.outChannels; output++) {
    for (let position = 0; position < positions; position++) sums[output] += data[index++];
  }
  return sums;
}

/** One digit of each sum. A sum that is no whole number of at most all digits is itself: no slice explains it. */
function digitOf(sums: Float64Array, digit: number, base: number): Float64Array {
  const isWhole = (sum: number) => Number.isInteger(sum) && sum >= 0;
  return sums.map((sum) => (isWhole(sum) ? Math.floor(sum / base ** digit) % base : sum));
}

class Comparing {
  private probed = 0;
  private readonly mismatches: ChannelMismatch[] = [];
  private readonly agreement = { formula: true, weights: true, probe: true };
  private wrongValue: Comparison['wrongValue'];

  constructor(
    private readonly stages: readonly ProbeStage[],
    private readonly tensors: ProbeTensors,
  ) {}

  compare(input: number, answer: Float64Array): void {
    const formula = this.formulaOutputs(input);
    const expected = this.expectedAnswer(input);
    for (let output = 0; output < answer.length; output++) {
      const seen = {
        formula: formula[output] > 0,
        weights: expected[output] > 0,
        probe: answer[output] !== 0,
      };
      if (seen.formula !== seen.weights || seen.weights !== seen.probe)
        this.record({ output, input, ...seen });
      if (answer[output] === expected[output]) continue;
      this.agreement.probe = false;
      this.wrongValue ??= { output, input, found: answer[output], expected: expected[output] };
    }
    this.probed++;
  }

  result(): Comparison {
    const { probed, mismatches, agreement, wrongValue } = this;
    return wrongValue === undefined
      ? { probed, mismatches, agreement }
      : { probed, mismatches, agreement, wrongValue };
  }

  /** The path that stands alone against two others is the one that disagrees. */
  private record(mismatch: ChannelMismatch): void {
    const { formula, weights, probe } = mismatch;
    if (formula !== weights && formula !== probe) this.agreement.formula = false;
    else if (weights !== formula && weights !== probe) this.agreement.weights = false;
    else this.agreement.probe = false;
    if (this.mismatches.length < KEPT_MISMATCHES) this.mismatches.push(mismatch);
  }

  /** The number of ways from the input to each output that the formula gives. */
  private formulaOutputs(input: number): Float64Array {
    let reached = new Map([[input, 1]]);
    for (const { map } of this.stages) {
      const next = new Map<number, number>();
      for (const [channel, ways] of reached) {
        const { start, end } = map.outputsOf(channel);
        for (let output = start; output < end; output++) next.set(output, (next.get(output) ?? 0) + ways);
      }
      reached = next;
    }
    const outputs = new Float64Array(this.stages[this.stages.length - 1].geometry.outChannels);
    for (const [output, ways] of reached) outputs[output] = ways;
    return outputs;
  }

  /** The answers that the weight's slices of this input give: products of the pattern, then of what they make. */
  private expectedAnswer(input: number): Float64Array {
    let values = new Map<number, number>();
    this.stages.forEach(({ byInput, slices }, index) => {
      const { own } = this.tensors.weights[index];
      const next = new Map<number, number>();
      const sources = index === 0 ? [[input, 1] as const] : [...values];
      for (const [channel, value] of sources) {
        for (const slice of byInput.of(channel)) {
          const sum = index === 0 ? this.patternSum(own, slice) : value * own[slices.startOf(slice)];
          const output = slices.outputOf(slice);
          next.set(output, (next.get(output) ?? 0) + sum);
        }
      }
      values = next;
    });
    const answer = new Float64Array(this.stages[this.stages.length - 1].geometry.outChannels);
    for (const [output, value] of values) answer[output] = value;
    return answer;
  }

  private patternSum(own: Float32Array, slice: number): number {
    const [{ slices, geometry }] = this.stages;
    const start = slices.startOf(slice);
    const places = geometry.transposed ? undefined : this.patternPlaces();
    let sum = 0;
    for (let tap = 0; tap < slices.taps; tap++) {
      const value = this.tensors.pattern[places === undefined ? 0 : places[tap]];
      sum += own[start + tap * slices.step] * value;
    }
    return sum;
  }

  private places: Int32Array | undefined;

  /** Where each tap, in the kernel's row-major order, meets the probed map. */
  private patternPlaces(): Int32Array {
    this.places ??= placesOfTaps(this.stages[0].geometry);
    return this.places;
  }
}

function placesOfTaps(geometry: Geometry): Int32Array {
  let places = [0];
  for (const { kernel, dilation, input } of geometry.axes) {
    const steps = Array.from({ length: kernel }, (_, tap) => tap * dilation);
    places = places.flatMap((place) => steps.map((step) => place * input + step));
  }
  return Int32Array.from(places);
}
