/** Verification of a layer: three independent paths to its channel map, the split proof, and counted work. */
import { type Geometry, type GeometryProblem, isGeometry } from '../../../src/conv/geometry';
import type { ConvLayer } from '../../../src/conv/spec';
import { denseProducts } from '../../../src/conv/taps';
import type { SplitProof, Verification, VerificationStatus, VerifyJob } from '../../../src/conv/verification';
import { type ConvEngine, sizesOf } from '../kernel';
import { tunedEngine } from '../tuned';
import { impulseCode } from './code';
import { type Comparison, probeChannels } from './probe';
import { geometryOver } from './small';
import { roundingTolerance, splitProof } from './split';
import { probeMacs, type ProbeStage, probeStages } from './stages';
import { describeProblem, pathsOf, summaryOf } from './text';
import { DEFAULT_LIMITS, Progress, type VerifyControl, type VerifyLimits, type VerifyOptions } from './types';
import { countWork, type WorkCheck } from './work';

export { DEFAULT_LIMITS } from './types';
export type { VerifyControl, VerifyLimits, VerifyOptions } from './types';

/**
 * Verifies the layer with the running engine. Numbers that are missing make it `unknown`; numbers that do not go
 * together, or paths that disagree, make it `invalid`; both with the reason in the summary. Never rejects for a layer
 * of whatever numbers; an engine that throws is reported as one that disagrees. When cancelled, what was done by then
 * is the result.
 */
export async function verifyLayer(
  job: VerifyJob,
  control: VerifyControl,
  options: VerifyOptions = {},
): Promise<Verification> {
  const context = {
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    engine: options.engine ?? tunedEngine,
    control,
  };
  const stages = probeStages(job.layer);
  if ('problem' in stages) return withoutProbe(stages);
  const map = geometryOver(job.layer.stages[0], job.spatial && { spatial: job.spatial });
  if (!isGeometry(map) && map.problem === 'invalid') return withoutProbe(map);
  try {
    return await verifyStages(job.layer, stages, isGeometry(map) ? map : undefined, context);
  } catch (error) {
    const message = `the engine failed: ${error instanceof Error ? error.message : String(error)}`;
    return withoutProbe({ problem: 'invalid', what: 'engine', message });
  }
}

interface Context {
  readonly limits: VerifyLimits;
  readonly control: VerifyControl;
  readonly engine: ConvEngine;
}

async function verifyStages(
  layer: ConvLayer,
  stages: readonly ProbeStage[],
  map: Geometry | undefined,
  context: Context,
): Promise<Verification> {
  const { limits, engine } = context;
  const [{ geometry: probed }] = stages;
  const inputs = sampledInputs(stages, limits);
  const progress = new Progress(context.control, inputs.length + (map === undefined ? 0 : map.groups) + 1);
  const comparison = await probeChannels(
    stages,
    inputs,
    engine,
    limits,
    progress.step('Probing input channels'),
  );
  const splitMap = map === undefined ? undefined : splitGeometry(layer, map, limits);
  const split = splitMap && (await splitProof(splitMap, engine, progress.step('Convolving group by group')));
  const counting = progress.step('Counting multiplications');
  const work = counting.isCancelled() ? undefined : countWork(layer.stages[0], map ?? probed, engine, limits);
  counting.advance(1);
  const isSplitRight = split === undefined || isWithinRounding(split, splitMap);
  const isRight = isSplitRight && isWorkRight(work);
  const status = statusOf(comparison, probed.inChannels, isRight);
  return {
    status,
    summary: summaryOf({ status, stages, comparison, split, isSplitRight, work }),
    paths: pathsOf(stages, comparison),
    mismatches: comparison.mismatches,
    probe: {
      inputs: comparison.probed,
      of: probed.inChannels,
      spatial: probed.axes.map((axis) => axis.input),
    },
    ...(split === undefined ? {} : { split }),
    ...(work === undefined ? {} : { work: { counted: work.counted, formula: work.formula } }),
  };
}

function isWorkRight(work: WorkCheck | undefined): boolean {
  return work === undefined || (work.counted === work.formula && work.maxAbsDifference === 0);
}

function statusOf(comparison: Comparison, inChannels: number, isRight: boolean): VerificationStatus {
  const { agreement, probed } = comparison;
  if (!isRight || !agreement.formula || !agreement.weights || !agreement.probe) return 'invalid';
  if (probed === 0) return 'derived';
  return probed === inChannels ? 'verified' : 'partial';
}

/** All input channels, or as many as the limit admits, spread evenly from the first to the last. */
function sampledInputs(stages: readonly ProbeStage[], limits: VerifyLimits): number[] {
  const [{ geometry }] = stages;
  const widest = Math.max(...stages.map(({ geometry: each }) => widestOf(each)));
  if (widest > limits.elements) return [];
  const affordable = impulseCode(stages).digits * Math.floor(limits.probeMacs / probeMacs(stages));
  const count = Math.min(geometry.inChannels, affordable);
  if (count <= 1) return count === 1 ? [0] : [];
  return Array.from({ length: count }, (_, index) =>
    Math.round((index * (geometry.inChannels - 1)) / (count - 1)),
  );
}

/** The map for the split proof: the layer's own, or a small one where that is too much; none for one group. */
function splitGeometry(layer: ConvLayer, map: Geometry, limits: VerifyLimits): Geometry | undefined {
  if (map.groups === 1) return undefined;
  const small = geometryOver(layer.stages[0]);
  const candidates = isGeometry(small) ? [map, small] : [map];
  return candidates.find((candidate) => {
    return denseProducts(candidate) <= limits.splitMacs && widestOf(candidate) <= limits.elements;
  });
}

function widestOf(geometry: Geometry): number {
  const { input, weight, output } = sizesOf(geometry);
  return Math.max(input, weight, output);
}

function isWithinRounding(split: SplitProof, geometry: Geometry | undefined): boolean {
  return geometry !== undefined && split.maxAbsDifference <= roundingTolerance(geometry);
}

function withoutProbe(problem: GeometryProblem): Verification {
  return { status: problem.problem, summary: describeProblem(problem), paths: [], mismatches: [] };
}
