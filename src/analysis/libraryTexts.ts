/** Python texts of the framework tables, parsed once for all analyses. */
import type { PythonParser } from '../python/parser';
import { parseSignature } from '../python/signature';
import type { Module, Parameters } from '../python/syntax';

export interface LibraryTexts {
  /** The parameters that a signature lists. */
  signature(text: string): Parameters;
  /** The syntax of library code. */
  module(text: string): Module;
}

/** Texts behind one parser. */
export function createLibraryTexts(parser: PythonParser): LibraryTexts {
  return {
    signature: remember((text) => parseSignature(parser, text)),
    module: remember((text) => parser.parse(text)),
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
