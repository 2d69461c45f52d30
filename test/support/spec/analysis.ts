/** The analyser as specifications use it, started once with the parser from the installed packages. */
import fs from 'node:fs';
import path from 'node:path';
import { type Analyser, createAnalyser } from '../../../src/analysis/analyser';
import type { AssumedInput, Report } from '../../../src/analysis/report';
import { ROOT } from '../host/paths';
import type { SpecCase } from './documents';

/** An analyser over the parser that the tests' own installation holds. */
export function startAnalyser(): Promise<Analyser> {
  const read = (file: string): Uint8Array => fs.readFileSync(path.join(ROOT, 'node_modules', file));
  return createAnalyser({
    runtime: read('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: read('tree-sitter-python/tree-sitter-python.wasm'),
  });
}

/** Analyses the texts of a case, which share one namespace: one file, or the cells of a notebook. */
export function analyseTexts(
  analyser: Analyser,
  { texts, isNotebook, assumedInput }: Pick<SpecCase, 'texts' | 'isNotebook' | 'assumedInput'>,
): readonly Report[] {
  const sources = texts.map((text, index) => ({ uri: `spec:${index}.py`, text }));
  const options = assumedInput === undefined ? {} : { assumedInput: parseInput(assumedInput) };
  return analyser.analyse(sources, { isNotebook, ...options });
}

/** `1x3x32x32`: batch, channels and spatial sizes. */
function parseInput(text: string): AssumedInput {
  const [batch = 1, channels = 1, ...spatial] = text.split('x').map(Number);
  return { batch, channels, spatial };
}
