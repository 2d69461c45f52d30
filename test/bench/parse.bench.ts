/** How fast Python is read: `npm run bench -- parse`, with CONVLENS_BENCH_PATH naming a file or folder of Python. */
import { readFileSync } from 'node:fs';
import { fixture, loadParser } from '../unit/python/support';
import { benchTexts, quantile, type BenchText } from './files';

const rounds = 11;

/** Without a path: a network of about 2,000 lines. */
const ownTexts = (): BenchText[] => [
  { name: 'network.py × 60', text: readFileSync(fixture('samples', 'network.py'), 'utf8').repeat(60) },
];

async function main(): Promise<void> {
  const parser = await loadParser();
  let characters = 0;
  let milliseconds = 0;
  for (const { name, text } of benchTexts(ownTexts)) {
    const times = Array.from({ length: rounds }, () => {
      const start = performance.now();
      parser.parse(text);
      return performance.now() - start;
    });
    const time = quantile(times, 0.5);
    characters += text.length;
    milliseconds += time;
    console.log(
      `${time.toFixed(1).padStart(7)} ms  ${String(text.split('\n').length).padStart(6)} lines  ${name}`,
    );
  }
  console.log(
    `${(characters / milliseconds / 1000).toFixed(2)} MB/s, median of ${rounds} readings of each text`,
  );
  parser.dispose();
}

void main();
