/** Analyses files and writes the report; tells by its result how the program should exit. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnalysisOptions, Analyser } from '../analysis/analyser';
import type { Finding, Report } from '../analysis/report';
import { fileJson, type JsonReport } from '../present/json';
import { reportTable } from '../present/table';
import { readArguments, type ReportOptions, USAGE } from './arguments';
import { findFiles, readText } from './files';
import { readCells } from '../analysis/notebook';
import { sourcesAround } from './sources';

/** The outside world of the command line. */
export interface Console {
  out(text: string): void;
  error(text: string): void;
  startAnalyser(): Promise<Analyser>;
}

/** One file or cell with its name in the report. */
interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/** Runs the command line; the result is 0, 1 for errors found under `--strict`, or 2 for bad usage. */
export async function run(words: readonly string[], console: Console): Promise<number> {
  const request = readArguments(words);
  switch (request.kind) {
    case 'help':
      console.out(USAGE);
      return 0;
    case 'misuse':
      console.error(`convlens: ${request.message}\n\n${USAGE}`);
      return 2;
    case 'report':
      return report(request.options, console);
  }
}

async function report(options: ReportOptions, console: Console): Promise<number> {
  const found = options.paths.map((each) => ({ path: each, files: findFiles(each) }));
  const missing = found.find(({ files }) => files === undefined);
  if (missing !== undefined) {
    console.error(`convlens: there is no file or folder ${missing.path}\n\n${USAGE}`);
    return 2;
  }
  const files = [...new Set(found.flatMap((each) => each.files ?? []))];
  const analyser = await console.startAnalyser();
  const { assumedInput } = options;
  const shared = { assumedInput, files: sourcesAround(options.paths) };
  const reports = files.flatMap((file) => reportsOf(file, analyser, shared));
  analyser.dispose();
  if (options.isJson) console.out(`${JSON.stringify(toJson(reports), null, 2)}\n`);
  else console.out(toText(reports));
  return options.isStrict && reports.some(hasErrors) ? 1 : 0;
}

/** The reports of one file, or of each cell of a notebook as `file.ipynb#cell3`, where 3 counts all its cells. */
function reportsOf(file: string, analyser: Analyser, options: AnalysisOptions): NamedReport[] {
  const name = file.split(path.sep).join('/');
  const uri = pathToFileURL(file).href;
  const content = readText(file);
  if (content.kind === 'problem')
    return [{ name, report: problemReport(uri, content.code, content.message) }];
  const cells = file.endsWith('.ipynb') ? readCells(content.text) : [{ number: 0, text: content.text }];
  if (cells === undefined)
    return [{ name, report: problemReport(uri, 'file.no-notebook', 'the file is not a notebook') }];
  const parts = cells.map(({ number, text }) => ({ text, mark: number === 0 ? '' : `#cell${number}` }));
  const sources = parts.map(({ text, mark }) => ({ uri: `${uri}${mark}`, text }));
  try {
    const reports = analyser.analyse(sources, { ...options, isNotebook: file.endsWith('.ipynb') });
    return reports.map((each, index) => ({ name: `${name}${parts[index]?.mark ?? ''}`, report: each }));
  } catch (error) {
    const message = `the analysis failed: ${error instanceof Error ? error.message : String(error)}`;
    return [{ name, report: problemReport(uri, 'analysis.failed', message) }];
  }
}

function problemReport(uri: string, code: string, message: string): Report {
  const start = { line: 0, character: 0 };
  const finding: Finding = { code, severity: 'error', message, place: { uri, span: { start, end: start } } };
  return { uri, sites: [], blocks: [], elsewhere: [], models: [], findings: [finding] };
}

function toJson(reports: readonly NamedReport[]): JsonReport {
  return { version: 1, files: reports.map(({ name, report: each }) => fileJson(name, each)) };
}

function toText(reports: readonly NamedReport[]): string {
  if (reports.length === 0) return 'no Python files or notebooks\n';
  const filled = reports.filter(
    ({ report: { sites, findings, models } }) => sites.length + findings.length + models.length > 0,
  );
  const calls = filled.reduce((sum, { report: { sites } }) => sum + sites.length, 0);
  const tables = filled.map(({ name, report: each }) => `${reportTable(name, each)}\n`);
  const amount = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const sources = `${amount(reports.length, 'source')} (files and notebook cells)`;
  return [...tables, `${amount(calls, 'convolution call')} in ${sources}\n`].join('\n');
}

function hasErrors({ report: { findings, sites } }: NamedReport): boolean {
  return [...findings, ...sites.flatMap((site) => site.findings)].some(
    ({ severity }) => severity === 'error',
  );
}
