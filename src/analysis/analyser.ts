/** From text to reports: the one door of the analysis. It reads, and never runs, the code it is given. */
import { createLineIndex, textOf } from '../python/lines';
import { createParser, type PythonParser } from '../python/parser';
import { createTexts, type Texts } from './texts';
import type { Module } from '../python/syntax';
import { collectReports } from './collect';
import { blankMagics } from '../python/magics';
import type { AssumedInput, Finding, Report } from './report';
import { runSources, type ParsedSource } from './run';

/** A document or a notebook cell. */
export interface Source {
  readonly uri: string;
  readonly text: string;
  /** The line the user is typing in, from 0, which is doubted first when the text is not valid Python. */
  readonly editedLine?: number;
}

export interface AnalysisOptions {
  /** The data that layers get where the code gives them none; marked as assumed wherever it shows. */
  readonly assumedInput?: AssumedInput;
  /** The sources are cells, whose lines of `%` and `!` commands are no Python. */
  readonly isNotebook?: boolean;
  /** The data of a model's whole run by the model's `id`, all sizes in order, as the user set them. */
  readonly modelInputs?: Readonly<Record<string, readonly number[]>>;
  /** Where imported modules are read from; without it only the sources themselves are known. */
  readonly files?: SourceFiles;
  /**
   * `general`: what each call does as its function says it, without the models that builders and classes make, which
   * take most of the time; `whole`, if absent: all there is.
   */
  readonly extent?: Extent;
  /** Asked now and then; what was found until it says yes is reported. */
  readonly isCancelled?: () => boolean;
}

/** How much of a module is looked at. */
export type Extent = 'general' | 'whole';

/** Files around the sources, read one by one when an import asks for them. */
export interface SourceFiles {
  /** Folders that absolute imports start from, besides those around the importing file; addresses without a slash at the end. */
  readonly roots: readonly string[];
  /** What is at an address. */
  read(uri: string): SourceFile;
}

/** `pending`: not known yet; what rests on it is unknown, and the analysis is to be repeated once it is known. */
export type SourceFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'pending' };

export interface Analyser {
  /** One report a source; the sources share one namespace and run in order. Never throws because of their text. */
  analyse(sources: readonly Source[], options?: AnalysisOptions): readonly Report[];
  dispose(): void;
}

/** `wasm` is the parser's run time and the grammar of Python, as bytes. */
export async function createAnalyser(wasm: Parameters<typeof createParser>[0]): Promise<Analyser> {
  const parser = await createParser(wasm);
  const texts = createTexts(parser);
  // A whole analysis mostly follows a general one of the same texts.
  const last: { readings: ReadonlyMap<string, Reading> } = { readings: new Map() };
  return {
    analyse: (sources, options = {}) => {
      const isNotebook = options.isNotebook === true;
      const readings = sources.map((source) => {
        const before = last.readings.get(source.uri);
        return before !== undefined && isReadingOf(before, source, isNotebook)
          ? before
          : read(parser, source, isNotebook);
      });
      last.readings = new Map(readings.map((reading) => [reading.source.uri, reading]));
      return analyse(
        readings.map(({ parsed }) => parsed),
        texts,
        options,
      );
    },
    dispose: () => parser.dispose(),
  };
}

function analyse(parsed: readonly ParsedSource[], texts: Texts, options: AnalysisOptions): readonly Report[] {
  const { isCancelled = () => false, files, modelInputs, assumedInput, extent = 'whole' } = options;
  const run = runSources(
    parsed,
    { texts, files, isCancelled, extent },
    { set: modelInputs, assumed: assumedInput },
  );
  const reports = collectReports(parsed, run, assumedInput);
  return reports.map((report, index) => {
    const refused = parsed[index] && refusalOf(parsed[index]);
    return refused === undefined ? report : { ...report, findings: [refused, ...report.findings] };
  });
}

/** A source, and what the parser made of it. */
interface Reading {
  readonly source: Source;
  readonly isNotebook: boolean;
  readonly parsed: ParsedSource;
}

function isReadingOf(
  { source: before, isNotebook: was }: Reading,
  source: Source,
  isNotebook: boolean,
): boolean {
  const isSame = before.text === source.text && before.editedLine === source.editedLine;
  return isSame && was === isNotebook;
}

function read(parser: PythonParser, source: Source, isNotebook: boolean): Reading {
  return { source, isNotebook, parsed: parse(parser, source, isNotebook) };
}

function parse(parser: PythonParser, source: Source, isNotebook: boolean): ParsedSource {
  const text = isNotebook ? blankMagics(source.text) : source.text;
  const lines = createLineIndex(source.text);
  const unit = {
    uri: source.uri,
    textOf: (span: Module['errors'][number]) => textOf(source.text, span, lines),
  };
  return { unit, module: parser.parse(text, { editedLine: source.editedLine }) };
}

/** Why a source was not read at all. */
function refusalOf({ unit, module }: ParsedSource): Finding | undefined {
  if (module.problem === undefined) return undefined;
  const message =
    module.problem === 'binary'
      ? 'this is not text, so it was not analysed'
      : 'this text is too long to be analysed; split it to see its convolutions';
  const start = { line: 0, character: 0 };
  const place = { uri: unit.uri, span: { start, end: start } };
  return {
    code: `analysis.${module.problem === 'binary' ? 'binary' : 'too-large'}`,
    severity: 'information',
    message,
    place,
  };
}
