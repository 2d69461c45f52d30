/** Python with tokens and lines dropped, doubled and swapped is analysed without an exception, in bounded work. */
import fs from 'node:fs';
import path from 'node:path';
import type { Analyser } from '../../src/analysis/analyser';
import { fuzz } from '../support/fuzz';
import { startAnalyser } from '../support/spec/analysis';
import { readSpecs } from '../support/spec/documents';

/** Another seed makes other mutants: CONVLENS_FUZZ_SEED=8. */
const SEED = Number(process.env['CONVLENS_FUZZ_SEED'] ?? 7);
/** For each text; more than five thousand in all. */
const MUTANTS = { sample: 60, case: 26 } as const;

describe(`mutated Python (seed ${SEED})`, () => {
  let analyser: Analyser;
  before(async () => {
    analyser = await startAnalyser();
  });
  after(() => analyser.dispose());

  for (const name of fs.readdirSync('samples').filter((each) => each.endsWith('.py'))) {
    it(`of ${name} is analysed`, function () {
      this.timeout(120_000);
      fuzz(
        analyser,
        { name, text: fs.readFileSync(path.join('samples', name), 'utf8') },
        MUTANTS.sample,
        SEED,
      );
    });
  }

  for (const { title, path: file, cases } of readSpecs('test/specs')) {
    it(`of the specifications "${title}" is analysed`, function () {
      this.timeout(600_000);
      for (const { name, texts } of cases)
        fuzz(analyser, { name: `${file} ${name}`, text: texts.join('\n').trimStart() }, MUTANTS.case, SEED);
    });
  }
});
