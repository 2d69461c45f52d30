/**
 * What an edit costs the thread of the extension host, and how long it takes until its reports are there: `npm run bench
 * -- host`. The worker is the one that ships.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Extent } from '../../src/analysis/analyser';
import { startThread } from '../../src/analysis-worker/startThread';
import { AnalysisClient, type Outcome } from '../../src/editor/analysisClient';
import { ROOT } from '../support/host/paths';
import { benchTexts, quantile, type BenchText } from './files';
import { RESNET } from './resnet';

const ROUNDS = 25;
/** Edits before those that count: the engine compiles what runs often. */
const WARMING = 8;
const DIST = path.join(ROOT, 'dist');

interface Edit {
  /** Milliseconds of this thread for both answers, sending, receiving and unpacking included. */
  readonly held: number;
  /** Milliseconds from the edit to the first report, and to the one with the models. */
  readonly general: number;
  readonly whole: number;
}

function openClient(): AnalysisClient {
  const read = (name: string): Uint8Array => readFileSync(path.join(DIST, name));
  const wasm = { runtime: read('web-tree-sitter.wasm'), grammar: read('tree-sitter-python.wasm') };
  return new AnalysisClient({
    log: { error: (message) => console.error(message) },
    read: (uris) => Promise.resolve(uris.map((uri) => ({ uri, file: { kind: 'missing' } as const }))),
    open: () => Promise.resolve(startThread(path.join(DIST, 'analysis-worker.js'))),
    wasm: () => Promise.resolve(wasm),
  });
}

/** Asks as the editor does after an edit: for the general reports, then for the whole ones where these are still to come. */
async function edit(client: AnalysisClient, { name, text }: BenchText, round: number): Promise<Edit> {
  const source = { uri: `file:///bench/${name}`, ...edited(text, round) };
  const ask = async (extent: Extent): Promise<Extract<Outcome, { kind: 'analysed' }>> => {
    const request = { sources: [source], options: {}, extent, roots: ['file:///bench'] };
    const outcome = await client.analyse({ key: name, prepare: () => request }, extent === 'general');
    if (outcome.kind !== 'analysed') throw new Error(`the analysis was ${outcome.kind}`);
    return outcome;
  };
  // A turn of the event loop first, as between an edit and the timer behind it.
  await new Promise((resolve) => setTimeout(resolve, 5));
  const before = performance.eventLoopUtilization();
  const began = performance.now();
  const first = await ask('general');
  const general = performance.now() - began;
  if (first.extent === 'general') await ask('whole');
  const whole = performance.now() - began;
  return { held: performance.eventLoopUtilization(before).active, general, whole };
}

/** The text with some characters more in the middle, as typing leaves it. */
function edited(text: string, round: number): { text: string; editedLine: number } {
  const lines = text.split('\n');
  const editedLine = Math.floor(lines.length / 2);
  lines[editedLine] = `${lines[editedLine] ?? ''} ${'#'.repeat(round + 1)}`;
  return { text: lines.join('\n'), editedLine };
}

function print(label: string, values: readonly number[]): void {
  const [median, worst] = [quantile(values, 0.5), Math.max(...values)];
  console.log(`  ${label.padEnd(32)} median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`);
}

async function measure(client: AnalysisClient, file: BenchText): Promise<void> {
  const first = await edit(client, file, -1);
  const edits: Edit[] = [];
  for (let round = 0; round < WARMING + ROUNDS; round++) edits.push(await edit(client, file, round));
  const counted = edits.slice(WARMING);
  console.log(`${file.name}: ${file.text.split('\n').length} lines, ${ROUNDS} edits, ${machineLoad()}`);
  print(
    'thread of the extension host',
    counted.map(({ held }) => held),
  );
  print(
    'edit to general report',
    counted.map(({ general }) => general),
  );
  print(
    'edit to whole report',
    counted.map(({ whole }) => whole),
  );
  console.log(`  first whole report               ${first.whole.toFixed(0)} ms`);
}

/** Figures taken on a busy machine say little. */
function machineLoad(): string {
  const [lastMinute = 0] = loadavg();
  return `load ${lastMinute.toFixed(1)} on ${availableParallelism()} processors`;
}

async function main(): Promise<void> {
  const client = openClient();
  const files = benchTexts(() => [{ name: 'resnet of our own', text: RESNET }]);
  for (const file of files) await measure(client, file);
  client.dispose();
}

void main();
