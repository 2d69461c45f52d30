/** The analyser as specifications use it, started once with the parser from the installed packages. */
import fs from 'node:fs';
import path from 'node:path';
import { type Analyser, createAnalyser } from '../../../src/analysis/analyser';
import type { Report } from '../../../src/analysis/report';
import { ROOT } from '../host/paths';

/** An analyser over the parser that the tests' own installation holds. */
export function startAnalyser(): Promise<Analyser> {
  const read = (file: string): Uint8Array => fs.readFileSync(path.join(ROOT, 'node_modules', file));
  return createAnalyser({
    runtime: read('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: read('tree-sitter-python/tree-sitter-python.wasm'),
  });
}

/** Analyses texts that share one namespace, one file or the cells of a notebook, named by their order. */
export function analyseTexts(
  analyser: Analyser,
  texts: readonly string[],
  isNotebook: boolean,
): readonly Report[] {
  const sources = texts.map((text, index) => ({ uri: `spec:${index}.py`, text }));
  return analyser.analyse(sources, { isNotebook });
}
