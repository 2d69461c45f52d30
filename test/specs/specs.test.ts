/** Runs every specification in this folder: each Markdown file is a suite, each heading a test. */
import assert from 'node:assert/strict';
import type { Analyser } from '../../src/analysis/analyser';
import { analyseTexts, reportIn, startAnalyser, withoutOthers } from '../support/spec/analysis';
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
          const own = each.texts.map(
            (text, index) => [text, reports.slice(index, index + 1).map(withoutOthers)] as const,
          );
          const others = each.files.map(({ text, path }) => [text, [reportIn(path, reports)]] as const);
          const found = [...own, ...others].flatMap(([text, report]) =>
            differences(expectationsOf(text), report),
          );
          if (found.length > 0) assert.fail(`${path}\n${found.join('\n')}`);
        });
      }
    });
  }
});
