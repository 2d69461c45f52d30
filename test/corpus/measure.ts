/** Analyses a corpus and compares what it finds with the record of its framework. */
import fs from 'node:fs';
import path from 'node:path';
import type { Analyser } from '../../src/analysis/analyser';
import type { Report } from '../../src/analysis/report';
import { startAnalyser } from '../support/spec/analysis';
import { compareModel } from './compare';
import { addressOf, filesIn } from './files';
import type { CorpusResult } from './table';
import type { ModelTruth } from './truth';

/** Reads each file that defines one of the models, with the inputs of the record, and compares the models. */
export async function measure(
  name: string,
  folder: string,
  truths: readonly ModelTruth[],
): Promise<CorpusResult> {
  const started = performance.now();
  const analyser = await startAnalyser();
  const reports = new Map<string, Report>();
  const uri = (file: string): string => addressOf(path.join(folder, file));
  const text = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
  const files = [...new Set(truths.map(({ file }) => file))].sort();
  for (const file of files) {
    const modelInputs = Object.fromEntries(
      truths.filter((truth) => truth.file === file).map(({ id, input }) => [id, input]),
    );
    const report = analyseFile(analyser, folder, file, modelInputs);
    if (report !== undefined) reports.set(file, report);
  }
  const time = performance.now() - started;
  analyser.dispose();
  const findings = { report: (file: string) => reports.get(file), uri, text };
  return { name, files: files.length, models: truths.map((truth) => compareModel(truth, findings)), time };
}

/** The report of one file whose imports are read from the folder. */
export function analyseFile(
  analyser: Analyser,
  folder: string,
  file: string,
  modelInputs: Readonly<Record<string, readonly number[]>> = {},
): Report | undefined {
  const source = {
    uri: addressOf(path.join(folder, file)),
    text: fs.readFileSync(path.join(folder, file), 'utf8'),
  };
  return analyser.analyse([source], { files: filesIn(folder), modelInputs })[0];
}
