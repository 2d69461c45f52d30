/** Number literals: from Python's spelling to a value. */

/** What a literal is worth: an integer (no value beyond 2^53), a float, or nothing that Python 3 reads as real. */
export type NumberReading =
  | { readonly kind: 'integer'; readonly value?: number }
  | { readonly kind: 'float'; readonly value: number }
  | undefined;

/** Source: Python reference, "Integer literals". */
export function readInteger(text: string): NumberReading {
  const digits = text.replaceAll('_', '');
  const isInteger = /^(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|[1-9]\d*|0+)$/.test(digits);
  if (!isInteger) return undefined;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? { kind: 'integer', value } : { kind: 'integer' };
}

/** Source: Python reference, "Floating-point literals"; imaginary literals are not read. */
export function readFloat(text: string): NumberReading {
  const value = Number(text.replaceAll('_', ''));
  return Number.isNaN(value) ? undefined : { kind: 'float', value };
}
