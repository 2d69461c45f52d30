/** Pieces of Python source: calls with keyword arguments, tuples, and names for what has no number. */
import { equal } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { show } from '../symbolic/show';

/** A line of code, or a remark about what the code cannot say. */
export interface CodeText {
  readonly expression: string;
  readonly remarks: readonly string[];
}

/** A number or formula as a Python expression; what is unknown is an ellipsis, which Python would refuse. */
export function pythonNumber(quantity: Quantity): string {
  if (quantity.kind === 'unknown') return '...';
  if (quantity.kind === 'exact') return String(quantity.value);
  return show(quantity)
    .replaceAll('·', ' * ')
    .replaceAll(' / ', ' // ')
    .replaceAll('′', '_')
    .replaceAll(',', '');
}

/** One number when all axes agree, otherwise a tuple. */
export function pythonSizes(quantities: readonly Quantity[]): string {
  const [first, ...rest] = quantities;
  if (first === undefined) return '()';
  if (rest.every((each) => equal(first, each) === true)) return pythonNumber(first);
  return `(${quantities.map(pythonNumber).join(', ')})`;
}

/** A call; arguments that are `undefined` are left out. */
export function pythonCall(callee: string, args: readonly (string | undefined)[]): string {
  return `${callee}(${args.filter((arg) => arg !== undefined).join(', ')})`;
}

/** `name=value` unless every quantity equals the default. */
export function keyword(name: string, quantities: readonly Quantity[], standard: number): string | undefined {
  const isDefault = quantities.every((each) => each.kind === 'exact' && each.value === standard);
  return isDefault ? undefined : `${name}=${pythonSizes(quantities)}`;
}

/** Code with a comment line for each remark above it. */
export function withRemarks({ expression, remarks }: CodeText): string {
  return [...remarks.map((remark) => `# ${remark.replace(/\s+/g, ' ')}`), expression, ''].join('\n');
}

/** Python's word for a truth value. */
export function pythonBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}
