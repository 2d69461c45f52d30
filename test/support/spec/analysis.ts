/** The analyser as specifications use it, started once with the parser from the installed packages. */
import fs from 'node:fs';
import path from 'node:path';
import { type Analyser, createAnalyser, type SourceFiles } from '../../../src/analysis/analyser';
import type { AssumedInput, Report } from '../../../src/analysis/report';
import type { Place } from '../../../src/symbolic/place';
import { ROOT } from '../host/paths';
import type { SpecCase, SpecFile } from './documents';

/** An analyser over the parser that the tests' own installation holds. */
export function startAnalyser(): Promise<Analyser> {
  const read = (file: string): Uint8Array => fs.readFileSync(path.join(ROOT, 'node_modules', file));
  return createAnalyser({
    runtime: read('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: read('tree-sitter-python/tree-sitter-python.wasm'),
  });
}

/** What of a case is analysed. */
type Analysed = Pick<SpecCase, 'texts' | 'isNotebook' | 'assumedInput'> & Partial<Pick<SpecCase, 'files'>>;

/** The folder that the texts of a case and its files are in. */
const FOLDER = 'spec:';

/** Analyses the texts of a case, which share one namespace: one file, or the cells of a notebook. */
export function analyseTexts(analyser: Analyser, analysed: Analysed): readonly Report[] {
  const { texts, isNotebook, assumedInput, files = [] } = analysed;
  const sources = texts.map((text, index) => ({ uri: `${FOLDER}/${index}.py`, text }));
  const input = assumedInput === undefined ? {} : { assumedInput: parseInput(assumedInput) };
  const workspace = files.length === 0 ? {} : { files: workspaceOf(files) };
  return analyser.analyse(sources, { isNotebook, ...input, ...workspace });
}

function workspaceOf(files: readonly SpecFile[]): SourceFiles {
  const read: SourceFiles['read'] = (uri) => {
    const text = files.find(({ path }) => uriOf(path) === uri)?.text;
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  };
  return { roots: [FOLDER], read };
}

/** What the code's own texts have built and refused in a file of the case, as a report on that file. */
export function reportIn(path: string, reports: readonly Report[]): Report {
  const isInside = ({ place }: { place: Place }): boolean => place.uri === uriOf(path);
  return {
    uri: uriOf(path),
    sites: reports.flatMap(({ elsewhere }) => elsewhere.filter(isInside)),
    blocks: [],
    elsewhere: [],
    models: [],
    findings: reports.flatMap(({ findings }) => findings.filter(isInside)),
  };
}

/** The report without findings about other files. */
export function withoutOthers(report: Report): Report {
  return { ...report, findings: report.findings.filter(({ place }) => place.uri === report.uri) };
}

function uriOf(path: string): string {
  return `${FOLDER}/${path}`;
}

/** `1x3x32x32`: batch, channels and spatial sizes. */
function parseInput(text: string): AssumedInput {
  const [batch = 1, channels = 1, ...spatial] = text.split('x').map(Number);
  return { batch, channels, spatial };
}
