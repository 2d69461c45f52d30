/** The Python files that measurements read: those of CONVLENS_BENCH_PATH, or the ones they bring themselves. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface BenchText {
  readonly name: string;
  readonly text: string;
}

/** The files under CONVLENS_BENCH_PATH, or `otherwise` where that is not set. */
export function benchTexts(otherwise: () => readonly BenchText[]): readonly BenchText[] {
  const path = process.env['CONVLENS_BENCH_PATH'];
  return path ? readPython(path) : otherwise();
}

/** A file, or every Python file below a folder. */
export function readPython(path: string): BenchText[] {
  const names = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.py'))
        .map((name) => join(path, name))
    : [path];
  return names.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

/** The value below which a part of the values lies: `quantile(times, 0.5)` is the median. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
