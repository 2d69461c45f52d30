/** The sentences of a verification. */
import type { GeometryProblem } from '../../../src/conv/geometry';
import type { SplitProof, VerificationStatus, VerifiedPath } from '../../../src/conv/verification';
import type { Comparison } from './probe';
import type { ProbeStage } from './stages';
import type { WorkCheck } from './work';

/** What the summary tells of. */
export interface Findings {
  readonly status: VerificationStatus;
  readonly stages: readonly ProbeStage[];
  readonly comparison: Comparison;
  readonly split?: SplitProof;
  readonly isSplitRight: boolean;
  readonly work?: WorkCheck;
}

/** One line: what was run, on what sizes, with what outcome. */
export function summaryOf(findings: Findings): string {
  const { status, stages, comparison } = findings;
  const { inChannels, axes } = stages[0].geometry;
  const { outChannels } = stages[stages.length - 1].geometry;
  const size = axes.map(({ input }) => input).join('×');
  switch (status) {
    case 'verified':
      return `All ${plural(inChannels * outChannels, 'pair')} of ${inChannels} input and ${outChannels} output channels agree, probed on ${size}.`;
    case 'partial':
      return `${comparison.probed} of ${plural(inChannels, 'input channel')} probed on ${size}; they agree with formula and weights.`;
    case 'derived':
      return `No channel was probed; the map of ${plural(inChannels, 'input channel')} follows from formula and weights.`;
    default:
      return complaintOf(findings);
  }
}

/** The sentence of a layer that could not be probed. */
export function describeProblem(problem: GeometryProblem): string {
  return problem.problem === 'unknown'
    ? `${problem.what} is not a known number.`
    : `${capital(problem.message)}.`;
}

/** The three paths, each with what it rests on. */
export function pathsOf(stages: readonly ProbeStage[], comparison: Comparison): VerifiedPath[] {
  const { agreement, probed, wrongValue } = comparison;
  const groups = stages.map(({ geometry }) => plural(geometry.groups, 'group')).join(', then ');
  const shapes = stages.map(({ slices }) => `[${slices.shape.join(', ')}]`).join(' and ');
  const slices = stages.reduce((sum, stage) => sum + stage.slices.count, 0);
  const { inChannels, axes } = stages[0].geometry;
  const size = axes.map(({ input }) => input).join('×');
  const value =
    wrongValue === undefined
      ? 'every answer is the sum its slices give'
      : `output ${wrongValue.output} answered ${wrongValue.found} to input ${wrongValue.input}, its slices give ${wrongValue.expected}`;
  return [
    { name: 'formula', agrees: agreement.formula, detail: `${groups}: output block reads input block` },
    { name: 'weights', agrees: agreement.weights, detail: `${plural(slices, 'slice')} in ${shapes}` },
    {
      name: 'probe',
      agrees: agreement.probe,
      detail: `${probed} of ${plural(inChannels, 'input channel')} alone on ${size}: ${probed === 0 ? 'not run' : value}`,
    },
  ];
}

function complaintOf({ comparison, split, isSplitRight, work }: Findings): string {
  const pair = comparison.mismatches.at(0);
  if (pair !== undefined) {
    return `The paths disagree, first on output channel ${pair.output} and input channel ${pair.input}.`;
  }
  if (comparison.wrongValue !== undefined) {
    const { output, input } = comparison.wrongValue;
    return `The engine used other weights than the slices of output channel ${output} and input channel ${input}.`;
  }
  if (!isSplitRight) {
    return `The whole and its ${split?.parts ?? 0} parts differ by ${split?.maxAbsDifference ?? 0}.`;
  }
  if (work !== undefined && work.counted !== work.formula) {
    return `${work.counted} multiplications were counted where the formula says ${work.formula}.`;
  }
  return `The engine and the reference differ by ${work?.maxAbsDifference ?? 0} on a small map.`;
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
