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
      for (const each of cases) {
        it(each.name, () => {
          const reports = analyseTexts(analyser, each);
          const expectations = each.texts.map(expectationsOf);
          const found = expectations.flatMap((expected, index) =>
            differences(expected, reports.slice(index, index + 1)),
          );
          if (found.length > 0) assert.fail(`${path}\n${found.join('\n')}`);
        });
      }
    });
  }
});
