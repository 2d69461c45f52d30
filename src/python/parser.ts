/** Text to syntax: the parser that the rest of the product uses. */
import type { Span } from '../symbolic/place';
import { createLineIndex, type LineIndex } from './lines';
import { lowerModule } from './lower/module';
import { createTreeReader, type ParserWasm, type TreeReader } from './reader';
import { recover, type Reading } from './recovery/recover';
import type { Module, Statement } from './syntax';

export interface ParseHint {
  /** The line the user is typing in, from 0: the first to be doubted when the text is not valid Python. */
  readonly editedLine?: number;
}

export interface PythonParser {
  /**
   * The syntax of a file or notebook cell. Never throws: what is not Python becomes `error` nodes and entries in
   * `errors`; texts longer than `maximumLength` and binary ones are refused with a `problem`.
   */
  parse(text: string, hint?: ParseHint): Module;
  /** Frees the parser; it must not be used again. */
  dispose(): void;
}

/** In UTF-16 code units. */
export const maximumLength = 1_000_000;

/** Calls must not overlap; one parser serves a process. */
export async function createParser(wasm: ParserWasm): Promise<PythonParser> {
  const reader = await createTreeReader(wasm);
  return {
    parse: (text, hint = {}) => parseText(reader, text, hint),
    dispose: () => reader.dispose(),
  };
}

function parseText(reader: TreeReader, source: string, { editedLine }: ParseHint): Module {
  const text = readable(source);
  const lines = createLineIndex(text);
  const problem = text.length > maximumLength ? 'tooLarge' : text.includes('\0') ? 'binary' : undefined;
  if (problem) {
    const errors = [{ start: { line: 0, character: 0 }, end: lines.positionAt(text.length) }];
    return { kind: 'module', body: [], errors, problem };
  }
  const tree = reader.read(text);
  if (tree.errors.length === 0) {
    const spanBetween = (start: number, end: number) => ({
      start: lines.positionAt(start),
      end: lines.positionAt(end),
    });
    return { kind: 'module', body: lowerModule({ text, spanBetween }, tree.root), errors: [] };
  }
  return lowerReading(
    reader,
    lines,
    recover(text, lines, tree, (edited) => reader.read(edited), editedLine),
  );
}

/** A lone CR ends a line for Python and the editor, but not for the grammar. */
function readable(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** The syntax of a text with replaced lines; spans are those of the original, supplied text takes no room. */
function lowerReading(reader: TreeReader, lines: LineIndex, { text, tree, edits }: Reading): Module {
  const editedLines = createLineIndex(text);
  const lengthOf = (line: number): number => lines.endOf(line) - lines.startOf(line);
  const spanOnLine = (line: number, start: number, end: number): Span => ({
    start: { line, character: Math.min(start, lengthOf(line)) },
    end: { line, character: Math.min(end, lengthOf(line)) },
  });
  const positionAt = (offset: number) => {
    const position = editedLines.positionAt(offset);
    if (!edits.has(position.line)) return position;
    return { line: position.line, character: Math.min(position.character, lengthOf(position.line)) };
  };
  const spanBetween = (start: number, end: number): Span => ({
    start: positionAt(start),
    end: positionAt(end),
  });

  /** What a blanked line says by itself. */
  const substitutes = (offset: number): readonly Statement[] | undefined => {
    const { line } = editedLines.positionAt(offset);
    const blanked = edits.get(line)?.blanked;
    if (blanked === undefined) return undefined;
    const alone = {
      text: blanked,
      spanBetween: (start: number, end: number) => spanOnLine(line, start, end),
    };
    return lowerModule(alone, reader.read(blanked).root);
  };

  const body = lowerModule({ text, spanBetween, substitutes }, tree.root);
  const left = tree.errors
    .map(({ start, end }) => spanBetween(start, end))
    .filter(({ start, end }) => start.line !== end.line || !edits.has(start.line));
  const replaced = [...edits.keys()].map((line) => spanOnLine(line, 0, lengthOf(line)));
  const errors = [...left, ...replaced].sort(
    (a, b) => a.start.line - b.start.line || a.start.character - b.start.character,
  );
  return { kind: 'module', body, errors };
}
