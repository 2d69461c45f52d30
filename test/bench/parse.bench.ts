/** How fast Python is read: `npm run bench -- parse`, with CONVLENS_BENCH_PATH naming a file or folder of Python. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fixture, loadParser } from '../unit/python/support';

const rounds = 11;

function pythonFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => join(path, name));
}

/** Without a path: a network of about 2,000 lines. */
function texts(): { readonly name: string; readonly text: string }[] {
  const path = process.env['CONVLENS_BENCH_PATH'];
  if (path) return pythonFiles(path).map((name) => ({ name, text: readFileSync(name, 'utf8') }));
  return [
    { name: 'network.py × 60', text: readFileSync(fixture('samples', 'network.py'), 'utf8').repeat(60) },
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function main(): Promise<void> {
  const parser = await loadParser();
  let characters = 0;
  let milliseconds = 0;
  for (const { name, text } of texts()) {
    const times = Array.from({ length: rounds }, () => {
      const start = performance.now();
      parser.parse(text);
      return performance.now() - start;
    });
    const time = median(times);
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
