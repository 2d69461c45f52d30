/** Text to syntax: the parser that the rest of the product uses. */
import { createLineIndex } from './lines';
import { lowerModule } from './lower/module';
import { createTreeReader, type ParserWasm } from './reader';
import type { Module } from './syntax';

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
  dispose(): void;
}

/** In UTF-16 code units. */
export const maximumLength = 2_000_000;

/** Calls must not overlap; one parser serves a process. */
export async function createParser(wasm: ParserWasm): Promise<PythonParser> {
  const reader = await createTreeReader(wasm);
  return {
    parse(text) {
      if (text.length > maximumLength) return refused(text, 'tooLarge');
      if (text.includes('\0')) return refused(text, 'binary');
      // A lone CR ends a line for Python and the editor, but not for the grammar.
      const lined = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
      const tree = reader.read(lined);
      const lines = createLineIndex(lined);
      const spanBetween = (start: number, end: number) => ({
        start: lines.positionAt(start),
        end: lines.positionAt(end),
      });
      return {
        kind: 'module',
        body: lowerModule({ text: lined, spanBetween }, tree.root),
        errors: tree.errors.map(({ start, end }) => spanBetween(start, end)),
      };
    },
    dispose: () => reader.dispose(),
  };
}

function refused(text: string, problem: 'tooLarge' | 'binary'): Module {
  const lines = createLineIndex(text);
  const errors = [{ start: { line: 0, character: 0 }, end: lines.positionAt(text.length) }];
  return { kind: 'module', body: [], errors, problem };
}
