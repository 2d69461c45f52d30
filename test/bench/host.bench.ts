/**
 * What an edit costs the thread of the extension host, and how long it takes until its report is there: `npm run bench --
 * host`. The worker is the one that ships.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { startThread } from '../../src/analysis-worker/startThread';
import { AnalysisClient, type Outcome } from '../../src/editor/analysisClient';
import { ROOT } from '../support/host/paths';
import { benchTexts, quantile } from './files';
import { RESNET } from './resnet';

const ROUNDS = 15;
const DIST = path.join(ROOT, 'dist');

interface Edit {
  /** Milliseconds of this thread, and from the edit to the report. */
  readonly held: number;
  readonly latency: number;
}

/** Milliseconds in which this thread did anything, sending, receiving and unpacking included. */
async function measure(work: () => Promise<Outcome>): Promise<Edit> {
  const before = performance.eventLoopUtilization();
  const began = performance.now();
  const { kind } = await work();
  const latency = performance.now() - began;
  if (kind !== 'analysed') throw new Error(`the analysis was ${kind}`);
  return { held: performance.eventLoopUtilization(before).active, latency };
}

/** The text with one character more in the middle, as typing leaves it. */
function edited(text: string, round: number): { text: string; editedLine: number } {
  const lines = text.split('\n');
  const editedLine = Math.floor(lines.length / 2);
  lines[editedLine] = `${lines[editedLine] ?? ''} ${'#'.repeat(round + 1)}`;
  return { text: lines.join('\n'), editedLine };
}

async function main(): Promise<void> {
  const read = (name: string): Uint8Array => readFileSync(path.join(DIST, name));
  const wasm = { runtime: read('web-tree-sitter.wasm'), grammar: read('tree-sitter-python.wasm') };
  const client = new AnalysisClient({
    log: { error: (message) => console.error(message) },
    read: (uris) => Promise.resolve(uris.map((uri) => ({ uri, file: { kind: 'missing' } as const }))),
    open: () => Promise.resolve(startThread(path.join(DIST, 'analysis-worker.js'))),
    wasm: () => Promise.resolve(wasm),
  });
  for (const { name, text } of benchTexts(() => [{ name: 'resnet of our own', text: RESNET }])) {
    const analyse = (round: number) => {
      const source = { uri: `file:///bench/${name}`, ...edited(text, round) };
      const request = { sources: [source], options: {}, roots: ['file:///bench'] };
      // A turn of the event loop first, as between an edit and the timer behind it.
      return new Promise<Edit>((resolve, reject) => {
        setTimeout(() => {
          const job = { key: name, prepare: () => request };
          measure(() => client.analyse(job, true)).then(resolve, reject);
        }, 5);
      });
    };
    const first = await analyse(-1);
    const edits: Edit[] = [];
    for (let round = 0; round < ROUNDS; round++) edits.push(await analyse(round));
    const line = (label: string, values: readonly number[]): void =>
      console.log(
        `  ${label.padEnd(32)} median ${quantile(values, 0.5).toFixed(1)} ms, 95 % ${quantile(values, 0.95).toFixed(1)} ms`,
      );
    console.log(`${name}: ${text.split('\n').length} lines, ${ROUNDS} edits`);
    line(
      'thread of the extension host',
      edits.map(({ held }) => held),
    );
    line(
      'edit to report',
      edits.map(({ latency }) => latency),
    );
    console.log(`  first report, with the worker's start ${first.latency.toFixed(0)} ms`);
  }
  client.dispose();
}

void main();
