/** Analyses mutants of texts and holds what comes out to what must be true of any text. */
import assert from 'node:assert/strict';
import type { Analyser, AnalysisOptions } from '../../src/analysis/analyser';
import { createRandom, lineMutant, mutant } from './mutations';

export interface FuzzText {
  readonly name: string;
  readonly text: string;
}

/** Every analysis asks this often whether to stop at the most: it is asked every 256 steps, and steps are limited. */
const MOST_QUESTIONS = 20_000;

/**
 * Analyses `count` mutants of one text, every second one by lines. Throws an error that holds the mutant and the seed
 * when an analysis throws, does not end, or places something outside of the text.
 */
export function fuzz(
  analyser: Analyser,
  { name, text }: FuzzText,
  count: number,
  seed: number,
  options: AnalysisOptions = {},
): void {
  const random = createRandom(seed);
  for (let each = 0; each < count; each++) {
    const mutated = each % 2 === 0 ? mutant(text, random) : lineMutant(text, random);
    try {
      check(analyser, name, mutated, options);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Error(`seed ${seed}, mutant ${each} of ${name}: ${why}\n${'-'.repeat(20)}\n${mutated}`, {
        cause: error,
      });
    }
  }
}

function check(analyser: Analyser, uri: string, text: string, options: AnalysisOptions): void {
  let questions = 0;
  const isCancelled = (): boolean => {
    questions += 1;
    assert.ok(questions < MOST_QUESTIONS, 'the analysis goes on and on');
    return false;
  };
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { sites, blocks, findings } of analyser.analyse([{ uri, text }], { ...options, isCancelled })) {
    for (const { place } of [...sites, ...blocks, ...findings])
      assert.ok(place.uri !== uri || place.span.end.line < lines, 'a place lies outside of the text');
  }
}
