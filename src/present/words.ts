/** The words of cards and lists: kinds, counts, axes, tuples and sizes. Plain text, never markup. */
import type { Kind } from '../conv/kind';
import { kindOf } from '../conv/kind';
import type { ConvLayer, ConvSpec, DataLayout, DataShape } from '../conv/spec';
import { equal } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact, numberOf, symbol } from '../symbolic/quantity';
import { show, showNumber } from '../symbolic/show';

/** The kind in a few words, such as `depthwise, multiplier 3` or `transposed, grouped, 2 groups`. */
export function kindText(layer: ConvLayer): string {
  const { kind, grouping, possible, multiplier } = kindOf(layer);
  const [spec] = layer.stages;
  if (kind === 'separable') return `separable${multiplierText(multiplier)}`;
  if (kind === 'pointwise') return 'pointwise';
  const own = grouping === 'unknown' ? openText(possible, spec) : groupingText(grouping, spec, multiplier);
  if (kind !== 'transposed') return own;
  return grouping === 'standard' ? 'transposed' : `transposed, ${own}`;
}

function openText(possible: readonly string[], { groups }: ConvSpec): string {
  if (possible.length === 0) return 'no valid kind';
  return `${alternatives(possible)}, groups ${groups.kind === 'unknown' ? 'unknown' : show(groups)}`;
}

function groupingText(grouping: Kind, spec: ConvSpec, multiplier: Quantity | undefined): string {
  if (grouping === 'grouped') return `grouped, ${count(spec.groups, 'group')}`;
  return grouping === 'depthwise' ? `depthwise${multiplierText(multiplier)}` : grouping;
}

function multiplierText(multiplier: Quantity | undefined): string {
  const isPlain = multiplier === undefined || multiplier.kind === 'unknown' || numberOf(multiplier) === 1;
  return isPlain ? '' : `, multiplier ${show(multiplier)}`;
}

/** `1 filter`, `9 filters`, `dim filters`. */
export function count(quantity: Quantity, noun: string): string {
  if (quantity.kind === 'unknown') return `an unknown number of ${noun}s`;
  return `${show(quantity)} ${noun}${numberOf(quantity) === 1 ? '' : 's'}`;
}

/** `1 file`, `2 files`. */
export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `one`, `one and two`, `one, two and three`. */
export function enumerate(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `one`, `one or two`, `one, two or three`. */
export function alternatives(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} or ${last}`;
}

/** A list of sizes: `3×3`, `1×5`; equal ones of a single axis stand alone. */
export function sizes(quantities: readonly Quantity[]): string {
  return quantities
    .map((each) => (each.kind === 'formula' && show(each).includes(' ') ? `(${show(each)})` : show(each)))
    .join('×');
}

/** A shape in brackets, such as `[9, 1, 3, 3]`. */
export function shapeText(shape: readonly Quantity[]): string {
  return `[${shape.map(show).join(', ')}]`;
}

/** One value for all axes when they agree, otherwise a tuple: `2`, `(1, 2)`. */
export function perAxis(quantities: readonly Quantity[]): string {
  const [first, ...rest] = quantities;
  if (first === undefined) return '()';
  const isOne = rest.every((each) => equal(first, each) === true);
  return isOne ? show(first) : `(${quantities.map(show).join(', ')})`;
}

/**
 * Whether the data has a batch axis: always in TensorFlow and Keras, where the kernel stands first in a weight;
 * in PyTorch it may be left out.
 */
export function hasBatchAxis({ weightLayout }: ConvSpec, data: DataShape | undefined): boolean {
  return data?.batch !== undefined || data === undefined || weightLayout.startsWith('K');
}

/** Data in the axis order of the call, such as `[1, 9, 8, 8]`; a batch that is not known is `N`. */
export function dataShape(shape: DataShape, layout: DataLayout, isBatched = true): Quantity[] {
  const batch = shape.batch === undefined ? (isBatched ? [symbol('N')] : []) : [shape.batch];
  const { channels, spatial } = shape;
  return layout === 'channelsFirst' ? [...batch, channels, ...spatial] : [...batch, ...spatial, channels];
}

/** `NCHW`, `NHWC`, `NCL`, `NWC`, `NCDHW`, `NDHWC`. */
export function layoutWord(rank: number, layout: DataLayout): string {
  const channelsFirst = ['NCL', 'NCHW', 'NCDHW'];
  const channelsLast = ['NWC', 'NHWC', 'NDHWC'];
  return (layout === 'channelsFirst' ? channelsFirst : channelsLast)[rank - 1] ?? '';
}

/** Names of the spatial axes: depth, height, width; one axis alone is `length`. */
export function axisNames(rank: number): readonly string[] {
  return rank === 1 ? ['length'] : ['depth', 'height', 'width'].slice(3 - rank);
}

/** Symbols for spatial sizes that are not known: `D`, `H`, `W`, or `L` alone. */
export function spatialSymbols(rank: number): Quantity[] {
  return (rank === 1 ? ['L'] : ['D', 'H', 'W'].slice(3 - rank)).map((name) => symbol(name));
}

/** A number of bytes in the largest unit that keeps it above one: `360 B`, `27 KiB`, `about 1.5 MiB`. */
export function bytesText(elements: Quantity, bytesEach: number): string {
  const number = numberOf(elements);
  if (number === undefined) return elements.kind === 'unknown' ? '?' : `${bytesEach} × (${show(elements)}) B`;
  const bytes = number * bytesEach;
  const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  if (power === 0) return `${showNumber(bytes)} B`;
  const value = bytes / 1024 ** power;
  const rounded = Math.round(value * 100) / 100;
  return `${rounded === value ? '' : 'about '}${rounded} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power] ?? ''}`;
}

/** The text with its first letter as a capital. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether the quantity is just this number. */
export function is(quantity: Quantity, value: number): boolean {
  return equal(quantity, exact(value)) === true;
}

/** The last segment of an address, readable: `forum_question.py`. */
export function fileName(uri: string): string {
  const path = uri.replace(/[?#].*$/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
