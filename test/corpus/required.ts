/** The shares that the analysis has to reach on each corpus. */
import type { ComparedModel } from './compare';
import { mistakesOf, tally, type CorpusResult } from './table';

/** Models whose layers depend on attention or on what an untrained network proposes: no MACs are asked of them. */
const WITHOUT_MACS = /\/(vision_transformer|swin_transformer|maxvit|mvit|raft)\.py$|\/detection\//;

const LEAST_LAYERS = 0.99;
const LEAST_KERAS_TOTALS = 0.9;
const MOST_NAMES = 12;

/** What a corpus misses, one sentence each; nothing wrong is allowed anywhere. */
export function shortcomings(result: CorpusResult): string[] {
  const { name, models } = result;
  const wrong = mistakesOf(models).length;
  return [
    ...(wrong > 0 ? [`${name}: ${wrong} figures are wrong`] : []),
    ...(name === 'keras' ? missedByKeras(models) : missedByTorchvision(models)),
  ];
}

function missedByKeras(models: readonly ComparedModel[]): string[] {
  const { share } = tally(models.map(({ params }) => params));
  return share < LEAST_KERAS_TOTALS
    ? [`keras: ${(100 * share).toFixed(1)} % of the totals are exact, not 90 %`]
    : [];
}

function missedByTorchvision(models: readonly ComparedModel[]): string[] {
  const convolutional = models.filter(({ truth }) => !WITHOUT_MACS.test(truth.file));
  const isExact = (model: ComparedModel): boolean =>
    model.macs.some(({ name, verdict }) => name === 'convolutions' && verdict === 'exact');
  return [
    ...missed('99 % of the layers exact', models, ({ layers }) => tally(layers).share >= LEAST_LAYERS),
    ...missed('an exact total of parameters', models, ({ params }) => params.verdict === 'exact'),
    ...missed('exact MACs of convolutions', convolutional, isExact),
    ...missed('exact output shapes', convolutional, ({ runs }) => tally(runs).share === 1),
  ];
}

function missed(
  what: string,
  models: readonly ComparedModel[],
  isReached: (model: ComparedModel) => boolean,
): string[] {
  const names = models.filter((model) => !isReached(model)).map(({ truth }) => truth.id.replace('()', ''));
  if (names.length === 0) return [];
  const some = names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ', …' : '');
  return [`torchvision: ${names.length} models do not have ${what}: ${some}`];
}
