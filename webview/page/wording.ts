/** Small texts that every view shares: counts, ranges, status words. */
import type { VerificationStatus } from '../../src/conv/verification';
import type { CopyFormat } from '../../src/protocol/visualiser';
import type { Quantity } from '../../src/symbolic/quantity';
import { explain } from '../../src/symbolic/reason';
import { show, showNumber } from '../../src/symbolic/show';

/** A count with its noun, such as `1 channel` or `1,024 channels`. */
export function count(number: number, noun: string): string {
  return `${showNumber(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A quantity with its noun: `1 filter`, `dim / 32 filters`, `an unknown number of filters`. */
export function amount(quantity: Quantity, noun: string): string {
  if (quantity.kind === 'exact') return count(quantity.value, noun);
  return quantity.kind === 'unknown' ? `an unknown number of ${noun}s` : `${show(quantity)} ${noun}s`;
}

/** Channels `start` up to, but without, `end`, after their noun: `filter 4`, `filters 3–5`. */
export function span(noun: string, start: number, end: number): string {
  return end - start === 1 ? `${noun} ${start}` : `${noun}s ${start}–${end - 1}`;
}

/** A status as a sign and a word. The word alone carries the meaning. */
export interface StatusText {
  readonly sign: string;
  readonly word: VerificationStatus;
  readonly meaning: string;
}

const STATUS: { readonly [S in VerificationStatus]: Omit<StatusText, 'word'> } = {
  verified: { sign: '✓', meaning: 'Three independent paths agree on every pair of channels.' },
  partial: { sign: '◐', meaning: 'The paths agree on all that was run, which was a sample.' },
  derived: { sign: '○', meaning: 'The map follows from groups; nothing was run yet.' },
  invalid: { sign: '✗', meaning: 'The framework refuses this layer, or the paths disagree.' },
  unknown: { sign: '?', meaning: 'A number that decides the map is not known.' },
};

/** Sign, word and meaning of a status. */
export function statusText(status: VerificationStatus): StatusText {
  return { word: status, ...STATUS[status] };
}

/** Why a quantity is no number, as one clause; `undefined` when it is one. */
export function whyNoNumber(quantity: Quantity): string | undefined {
  if (quantity.kind === 'exact') return undefined;
  return quantity.kind === 'unknown' ? explain(quantity.reason) : `${show(quantity)} has no number here`;
}

/** A difference of floating-point numbers, short and never rounded to zero: `0`, `12.5`, `4.8e-7`. */
export function showDifference(value: number): string {
  const isPlain = value === 0 || !Number.isFinite(value) || Math.abs(value) >= 0.01;
  return isPlain ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

const FORMAT_NAMES: { readonly [F in CopyFormat]: string } = {
  markdown: 'Markdown',
  json: 'JSON',
  pytorch: 'PyTorch',
  keras: 'Keras',
};

/** Name of a copy format as people write it. */
export function formatName(format: CopyFormat): string {
  return FORMAT_NAMES[format];
}
