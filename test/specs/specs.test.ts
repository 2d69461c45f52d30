/** Runs every specification in this folder: each Markdown file is a suite, each heading a test. */
import assert from 'node:assert/strict';
import type { Analyser } from '../../src/analysis/analyser';
import { analyseTexts, startAnalyser } from '../support/spec/analysis';
import { readSpecs } from '../support/spec/documents';
import { expectationsOf } from '../support/spec/expectations';
import { differences } from '../support/spec/matching';

describe('specifications', () => {
  let analyser: Analyser;

  before(async () => {
    analyser = await startAnalyser();
  });

  after(() => analyser.dispose());

  for (const { title, path, cases } of readSpecs('test/specs')) {
    describe(`${title} (${path})`, () => {
      for (const { name, texts, isNotebook } of cases) {
        it(name, () => {
          const reports = analyseTexts(analyser, texts, isNotebook);
          const expectations = texts.map(expectationsOf);
          const found = expectations.flatMap((expected, index) =>
            differences(expected, reports.slice(index, index + 1)),
          );
          assert.ok(found.length === 0, `${path}\n${found.join('\n')}`);
        });
      }
    });
  }
});
