/** How a figure of the analysis stands to the one that a framework gave: equal, not told, or wrong. */
import type { Quantity, Unknown } from '../../src/symbolic/quantity';
import { explain } from '../../src/symbolic/reason';

/** Where a figure is not the framework's; `unknown` says why it is not told, `wrong` is a number that is another. */
export interface Difference {
  readonly kind: 'unknown' | 'wrong';
  /** Which figure, such as `stride`. */
  readonly figure: string;
  /** What stands there instead: the reason, or what is expected and what was found. */
  readonly text: string;
  /** What the reason is about, for counting; the same as `text` where a figure is wrong. */
  readonly cause: string;
}

/** A difference that no reason explains. */
export function wrong(figure: string, expected: unknown, found: unknown): Difference {
  const text = `${figure} is ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  return { kind: 'wrong', figure, text, cause: text };
}

/** A figure that is not told for a reason. */
export function untold(figure: string, { reason }: Unknown): Difference {
  const where =
    reason.place === undefined
      ? ''
      : ` (${reason.place.uri.split('/').slice(-3).join('/')}:${reason.place.span.start.line + 1})`;
  return {
    kind: 'unknown',
    figure,
    text: `${figure}: ${explain(reason)}${where}`,
    cause: `${reason.code}: ${reason.subject}${where}`,
  };
}

/** Compares one number. A formula tells no number, so it counts as unknown. */
export function compareNumber(figure: string, expected: number, found: Quantity): Difference[] {
  if (found.kind === 'exact') return found.value === expected ? [] : [wrong(figure, expected, found.value)];
  if (found.kind === 'unknown') return [untold(figure, found)];
  return [{ kind: 'unknown', figure, text: `${figure} is a formula`, cause: 'a formula' }];
}

/** Compares numbers one by one; lists of other lengths are wrong. */
export function compareNumbers(
  figure: string,
  expected: readonly number[],
  found: readonly Quantity[],
): Difference[] {
  if (expected.length !== found.length) return [wrong(figure, expected, found.map(shown))];
  const all = found.flatMap((quantity, index) => compareNumber(figure, expected[index] ?? 0, quantity));
  const mistake = all.find(({ kind }) => kind === 'wrong');
  if (mistake !== undefined) return [wrong(figure, expected, found.map(shown))];
  return all.slice(0, 1);
}

/** Compares a word or a choice. */
export function compareChoice(
  figure: string,
  expected: string | boolean,
  found: string | boolean | Unknown,
): Difference[] {
  if (typeof found === 'object') return [untold(figure, found)];
  return found === expected ? [] : [wrong(figure, expected, found)];
}

function shown(quantity: Quantity): number | string {
  return quantity.kind === 'exact' ? quantity.value : quantity.kind;
}
