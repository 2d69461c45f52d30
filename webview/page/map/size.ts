/** How large the cells of a channel map are, and what text fits in them, for a width in CSS pixels. */

/** Side of a cell, and how it writes the weight's index where that fits. */
export interface CellSize {
  readonly side: number;
  readonly style: 'bracketed' | 'bare';
}

const LARGEST = 44;
const SMALLEST = 16;
/** Room for the headings of the rows. */
const HEADING = 64;
/** Width of a character of a heading and of the index, in pixels. */
const CHARACTER = 6.2;
/** What a folded column's heading needs beyond the smallest cell. */
const FOLD = 14;

/** Rows or columns that fit without scrolling when headings have so many digits; at least 8 and at most 24. */
export function trackLimit(width: number, digits: number): number {
  const track = Math.max(SMALLEST, digits * CHARACTER + 6);
  return Math.max(8, Math.min(24, Math.floor((width - HEADING) / track)));
}

/**
 * The cells' size for so many columns, some of them folded, in `width`: as large as fits, within limits. `longest` is
 * the longest index in its bare form, `8,0`; brackets are added when it fits with them.
 */
export function cellSize(width: number, columns: number, folded: number, longest: string): CellSize {
  const room = width - HEADING - folded * FOLD;
  const side = Math.max(SMALLEST, Math.min(LARGEST, Math.floor(room / Math.max(columns, 1))));
  return { side, style: fits(bracketed(longest), side) ? 'bracketed' : 'bare' };
}

/** The index as a cell of this size shows it: `[8, 0]`, `8,0`, or nothing where that does not fit. */
export function indexText(index: readonly number[], { side, style }: CellSize): string {
  const bare = index.join(',');
  const text = style === 'bracketed' ? bracketed(bare) : bare;
  return fits(text, side) ? text : '';
}

function bracketed(bare: string): string {
  return `[${bare.replace(',', ', ')}]`;
}

function fits(text: string, side: number): boolean {
  return text.length * CHARACTER + 2 <= side;
}
