/**
 * `npm run corpus`: measures the analysis against published model code.
 * Options: `--only torchvision|keras`, `--model NAME` (what differs in one model), `--causes N`, `--json`.
 */
import { parseArgs } from 'node:util';
import { kerasTruth } from './kerasTruth';
import { measure } from './measure';
import { KERAS, sourcesOf, TORCHVISION, type Package } from './packages';
import { shortcomings } from './required';
import { causesOf, mistakesOf, tableOf, tally, type CorpusResult } from './table';
import { torchvisionTruth } from './torchTruth';
import type { ModelTruth } from './truth';

const CORPORA: Readonly<Record<string, { readonly package: Package; readonly truth: () => ModelTruth[] }>> = {
  torchvision: { package: TORCHVISION, truth: torchvisionTruth },
  keras: { package: KERAS, truth: kerasTruth },
};

const MOST_LINES = 20;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      model: { type: 'string' },
      causes: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const wanted = Object.entries(CORPORA).filter(
    ([name]) => values.only === undefined || name === values.only,
  );
  if (wanted.length === 0) throw new Error(`--only takes ${Object.keys(CORPORA).join(' or ')}`);
  const results: CorpusResult[] = [];
  for (const [name, corpus] of wanted) {
    const truths = corpus
      .truth()
      .filter(({ id }) => values.model === undefined || id === `${values.model}()`);
    if (truths.length > 0) results.push(await measure(name, await sourcesOf(corpus.package), truths));
  }
  if (values.json === true) console.log(JSON.stringify(results.map(plain), null, 2));
  else for (const result of results) print(result, values.model !== undefined, Number(values.causes ?? 12));
  if (values.model !== undefined) return 0;
  const missed = results.flatMap(shortcomings);
  for (const each of missed) console.error(`not reached: ${each}`);
  return missed.length === 0 ? 0 : 1;
}

function print(result: CorpusResult, isDetailed: boolean, mostCauses: number): void {
  const { models } = result;
  console.log(`\n${tableOf(result)}`);
  list('unknown layers, by cause', causesOf(models.flatMap(({ layers }) => layers)), mostCauses);
  list('unknown totals, by cause', causesOf(models.map(({ params }) => params)), mostCauses);
  list('unknown inputs, by cause', causesOf(models.flatMap(({ runs }) => runs)), mostCauses);
  const mistakes = mistakesOf(models);
  for (const mistake of mistakes.slice(0, isDetailed ? mistakes.length : MOST_LINES))
    console.log(`  WRONG ${mistake}`);
  if (isDetailed) models.forEach(printModel);
}

function list(title: string, causes: readonly [string, number][], most: number): void {
  if (causes.length > 0) console.log(`  ${title}`);
  for (const [cause, count] of causes.slice(0, most))
    console.log(`  ${String(count).padStart(6)} × ${cause}`);
}

function printModel({ truth, layers, runs, params, macs }: CorpusResult['models'][number]): void {
  console.log(`  ${truth.id}`);
  for (const { name, verdict, differences } of [...layers, ...runs, params, ...macs]) {
    for (const { text } of differences) console.log(`    ${verdict} ${name}: ${text}`);
  }
}

/** What stands in JSON: counts, and the models one by one. */
function plain({ name, files, models, time }: CorpusResult): unknown {
  return {
    name,
    files,
    milliseconds: Math.round(time),
    layers: tally(models.flatMap(({ layers }) => layers)),
    inputsAndOutputs: tally(models.flatMap(({ runs }) => runs)),
    totals: tally(models.map(({ params }) => params)),
    mistakes: mistakesOf(models),
    models: models.map(({ truth, isFound, layers, runs, params, macs }) => ({
      id: truth.id,
      isFound,
      layers: tally(layers),
      inputsAndOutputs: tally(runs),
      params: params.verdict,
      macs: Object.fromEntries(macs.map((each) => [each.name, each.verdict])),
    })),
  };
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
