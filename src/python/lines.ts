/** The line index of a text: offsets to lines and characters and back, and the text of a span. */
import type { Position, Span } from '../symbolic/place';

export interface LineIndex {
  /** How many lines there are; an empty text has one. */
  readonly count: number;
  /** The position of an offset, both in UTF-16 code units. */
  positionAt(offset: number): Position;
  /** The offset of a position; characters beyond the line's end are its end. */
  offsetAt(position: Position): number;
  /** Where a line starts; the text's length for lines beyond the last. */
  startOf(line: number): number;
  /** Where a line ends, its line break excluded. */
  endOf(line: number): number;
}

/** Lines end with LF, CR LF or a lone CR, as in the editor. */
export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number): number => (line < 0 ? 0 : (starts[line] ?? text.length));
  const endOf = (line: number): number => {
    const start = startOf(line);
    let end = startOf(line + 1);
    while (end > start && isLineBreak(text.charCodeAt(end - 1))) end--;
    return end;
  };
  // Offsets are asked for in nearly ascending order, so the last answer is tried first.
  let lastLine = 0;
  const lineOf = (offset: number): number => {
    if (offset < startOf(lastLine) || offset >= startOf(lastLine + 2)) lastLine = search(starts, offset);
    else if (lastLine + 1 < starts.length && offset >= startOf(lastLine + 1)) lastLine++;
    return lastLine;
  };
  return {
    count: starts.length,
    startOf,
    endOf,
    positionAt(offset) {
      const line = lineOf(offset);
      return { line, character: offset - startOf(line) };
    },
    offsetAt: ({ line, character }) => Math.min(startOf(line) + character, endOf(line)),
  };
}

/** The text in a span. */
export function textOf(text: string, span: Span, lines: LineIndex = createLineIndex(text)): string {
  return text.slice(lines.offsetAt(span.start), lines.offsetAt(span.end));
}

const lf = 10;
const cr = 13;

function isLineBreak(code: number): boolean {
  return code === lf || code === cr;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === lf || (code === cr && text.charCodeAt(offset + 1) !== lf)) starts.push(offset + 1);
  }
  return starts;
}

/** The last line that starts at or before `offset`. */
function search(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
