/** Samples with tokens dropped, doubled and swapped are analysed without an exception, in bounded time. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Analyser } from '../../../src/analysis/analyser';
import { createRandom, mutant } from '../../support/mutations';
import { startAnalyser } from '../../support/spec/analysis';

const MUTANTS = 60;

describe('mutated samples', () => {
  let analyser: Analyser;
  before(async () => {
    analyser = await startAnalyser();
  });
  after(() => analyser.dispose());

  for (const name of fs.readdirSync('samples').filter((each) => each.endsWith('.py'))) {
    it(`of ${name} are analysed, with every call inside the text`, function () {
      this.timeout(60_000);
      const text = fs.readFileSync(path.join('samples', name), 'utf8');
      const random = createRandom(7);
      for (let count = 0; count < MUTANTS; count++) {
        const mutated = mutant(text, random);
        const lines = mutated.split('\n').length;
        for (const { sites, findings } of analyser.analyse([{ uri: name, text: mutated }])) {
          for (const { place } of [...sites, ...findings]) assert.ok(place.span.end.line < lines, mutated);
        }
      }
    });
  }
});
