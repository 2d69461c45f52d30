/** The shares that the analysis has to reach on each corpus. */
import type { ComparedModel } from './compare';
import { mistakesOf, tally, type CorpusResult } from './table';

/** Models whose layers depend on attention or on what an untrained network proposes: no MACs are asked of them. */
const WITHOUT_MACS = /\/(vision_transformer|swin_transformer|maxvit|mvit|raft)\.py$|\/detection\//;

const LEAST_LAYERS = 0.99;
const LEAST_KERAS_TOTALS = 0.9;

/** What a corpus misses, one sentence each; nothing wrong is allowed anywhere. */
export function shortcomings(result: CorpusResult): string[] {
  const wrong = mistakesOf(result.models).length;
  return [
    ...(wrong > 0 ? [`${result.name}: ${wrong} figures are wrong`] : []),
    ...(result.name === 'keras' ? missedByKeras(result) : result.models.flatMap(missedByModel)),
  ];
}

function missedByKeras({ models }: CorpusResult): string[] {
  const { share } = tally(models.map(({ params }) => params));
  return share < LEAST_KERAS_TOTALS ? [`keras: ${percent(share)} of the totals are exact, not 90 %`] : [];
}

function missedByModel({ truth, layers, runs, params, macs }: ComparedModel): string[] {
  const share = tally(layers).share;
  const isCounted = !WITHOUT_MACS.test(truth.file);
  const convolutions = macs.find(({ name }) => name === 'convolutions');
  return [
    ...(share < LEAST_LAYERS ? [`${truth.id}: ${percent(share)} of the layers are exact, not 99 %`] : []),
    ...(params.verdict === 'exact' ? [] : [`${truth.id}: the total of parameters is ${params.verdict}`]),
    ...(isCounted && convolutions?.verdict !== 'exact'
      ? [`${truth.id}: the MACs of convolutions are ${convolutions?.verdict ?? 'missing'}`]
      : []),
    ...(isCounted && tally(runs).share < 1 ? [`${truth.id}: output shapes are not all exact`] : []),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
