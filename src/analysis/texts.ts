/** What many analyses share: the frameworks' tables, and Python texts parsed once: theirs, and imported files. */
import { createTables } from '../frameworks/create';
import type { Tables } from '../frameworks/library';
import type { PythonParser } from '../python/parser';
import { parseSignature } from '../python/signature';
import type { Module, Parameters } from '../python/syntax';

export interface Texts {
  /** The tables of all frameworks. */
  readonly tables: Tables;
  /** The parameters that a signature lists. */
  signature(text: string): Parameters;
  /** The syntax of library code. */
  module(text: string): Module;
  /** The syntax of a file that is imported; kept until its text changes or many others were asked for. */
  file(uri: string, text: string): Module;
}

/** Files whose syntax is kept; a file takes some ten times its text. */
const MOST_FILES = 150;

/** Texts behind one parser. */
export function createTexts(parser: PythonParser): Texts {
  const files = new Map<string, { readonly text: string; readonly module: Module }>();
  return {
    tables: createTables(),
    signature: remember((text) => parseSignature(parser, text)),
    module: remember((text) => parser.parse(text)),
    file(uri, text) {
      const known = files.get(uri);
      const kept = known?.text === text ? known : { text, module: parser.parse(text) };
      files.delete(uri);
      files.set(uri, kept);
      const [oldest] = files.keys();
      if (files.size > MOST_FILES && oldest !== undefined) files.delete(oldest);
      return kept.module;
    },
  };
}

function remember<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text) ?? make(text);
    made.set(text, known);
    return known;
  };
}
