/**
 * How long the analysis of a file takes, beside parsing it alone: `npm run bench -- analysis`, on the samples or on
 * what CONVLENS_BENCH_PATH names.
 */
import { loadParser } from '../unit/python/support';
import { startAnalyser } from '../support/spec/analysis';
import { benchTexts, quantile, readPython } from './files';

const rounds = 7;

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function main(): Promise<void> {
  const parser = await loadParser();
  const analyser = await startAnalyser();
  const texts = benchTexts(() => readPython('samples'));
  const cold: number[] = [];
  const warm: number[] = [];
  const ratios: number[] = [];
  for (const { name, text } of texts) {
    const analyse = () => analyser.analyse([{ uri: name, text }]);
    cold.push(time(analyse));
    const again = quantile(
      Array.from({ length: rounds }, () => time(analyse)),
      0.5,
    );
    const parse = quantile(
      Array.from({ length: rounds }, () => time(() => parser.parse(text))),
      0.5,
    );
    warm.push(again);
    ratios.push(again / parse);
    console.log(
      `${again.toFixed(1).padStart(8)} ms  ${(again / parse).toFixed(1).padStart(6)} × parsing  ${String(analyse()[0]?.sites.length ?? 0).padStart(4)} calls  ${name}`,
    );
  }
  const line = (label: string, values: readonly number[], unit: string): void =>
    console.log(
      `${label}: median ${quantile(values, 0.5).toFixed(1)}${unit}, 95 % ${quantile(values, 0.95).toFixed(1)}${unit}`,
    );
  line('first analysis of a file', cold, ' ms');
  line(`later ones, median of ${rounds}`, warm, ' ms');
  line('later ones beside parsing alone', ratios, ' ×');
  parser.dispose();
  analyser.dispose();
}

void main();
