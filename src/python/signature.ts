/** Signatures in tables: a parameter list as Python text. */
import type { PythonParser } from './parser';
import type { Parameters } from './syntax';

/**
 * The parameters of `(in_channels, out_channels, kernel_size, stride=1)`. The text is ours, so that a mistake in it
 * throws.
 */
export function parseSignature(parser: PythonParser, text: string): Parameters {
  const { body, errors } = parser.parse(`def _${text}: pass`);
  const [definition] = body;
  if (definition?.kind !== 'function' || errors.length > 0) throw new Error(`Not a parameter list: ${text}`);
  return definition.parameters;
}
