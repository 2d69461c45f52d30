/**
 * `npm run fuzz`: analyses mutants of published model code, and of Python below a folder: no exception, no endless run.
 * Options: `--count N` mutants in all, `--seed N`, `--folder PATH` instead of the fetched sources.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from '../support/fuzz';
import { startAnalyser } from '../support/spec/analysis';
import { filesIn, pythonFiles } from './files';
import { KERAS, sourcesOf, TORCHVISION } from './packages';

const MODELS = /(^torchvision\/(models|ops)\/|^keras\/src\/applications\/)/;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string' }, seed: { type: 'string' }, folder: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const folders =
    values.folder === undefined ? [await sourcesOf(TORCHVISION), await sourcesOf(KERAS)] : [values.folder];
  const texts = folders.flatMap((folder) =>
    pythonFiles(folder)
      .filter((name) => values.folder !== undefined || MODELS.test(name))
      .map((name) => ({ folder, name, text: fs.readFileSync(path.join(folder, name), 'utf8') })),
  );
  const each = Math.ceil(Number(values.count ?? 2000) / Math.max(1, texts.length));
  console.log(`${each * texts.length} mutants of ${texts.length} files, seed ${seed}`);
  const analyser = await startAnalyser();
  const failures: string[] = [];
  for (const { folder, ...text } of texts) {
    try {
      fuzz(analyser, text, each, seed, { files: filesIn(folder) });
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  analyser.dispose();
  for (const failure of failures) console.error(`\n${failure}`);
  console.log(failures.length === 0 ? 'all of them were analysed' : `${failures.length} files failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

void main();
