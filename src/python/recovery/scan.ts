/** Brackets and quotes of a text, line by line: where one was opened and seems never to have been closed. */
import type { LineIndex } from '../lines';

export interface Scan {
  /** Lines that opened a bracket or quote which no later line closes where it should. */
  readonly suspects: ReadonlySet<number>;
  /** Lines that start inside a bracket of an earlier line. */
  readonly continued: ReadonlySet<number>;
}

interface Opening {
  readonly bracket: string;
  readonly line: number;
  readonly indentation: number;
}

/** Reads the text once, and again for a triple quote that swallowed code. */
export function scanBrackets(text: string, lines: LineIndex): Scan {
  const ignored = new Set<number>();
  for (let round = 0; round < 3; round++) {
    const swallowing = swallowingQuote(text, ignored);
    if (swallowing === undefined) break;
    ignored.add(swallowing);
  }
  return scan(text, lines, ignored);
}

/** Comments, literals that end, quotes that do not, brackets, and line breaks; in this order at each place. */
const token =
  /#[^\r\n]*|"""[^]*?"""|'''[^]*?'''|"""|'''|"(?:[^"\\\r\n]|\\[^])*"|'(?:[^'\\\r\n]|\\[^])*'|["']|[()[\]{}]|\\?(?:\r\n?|\n)/g;

/** The offset of the triple quote behind which code became a string, if one is never closed. */
function swallowingQuote(text: string, ignored: ReadonlySet<number>): number | undefined {
  let withCode: number | undefined;
  for (const { 0: found, index } of tokens(text, ignored)) {
    if (!/^("""|''')/.test(found)) continue;
    if (found.length === 3) return withCode ?? index;
    if (withCode === undefined && /^[ \t]*(def|class|return|import|self\.\w+ =)\b/m.test(found))
      withCode = index;
  }
  return undefined;
}

function* tokens(text: string, ignored: ReadonlySet<number>): Generator<RegExpExecArray> {
  const expression = new RegExp(token);
  for (let match = expression.exec(text); match; match = expression.exec(text)) {
    if (ignored.has(match.index)) expression.lastIndex = match.index + 3;
    yield match;
  }
}

const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function scan(text: string, lines: LineIndex, ignored: ReadonlySet<number>): Scan {
  const suspects = new Set<number>();
  const continued = new Set<number>();
  const open: Opening[] = [];
  let lineStart = 0;
  const indentationAt = (offset: number): number =>
    lengthOfIndentation(text, lines.startOf(lines.positionAt(offset).line));

  /** At a new line: what its indentation shows to be unclosed is suspected and closed. */
  const startLine = (offset: number): void => {
    lineStart = offset;
    const indentation = lengthOfIndentation(text, offset);
    const first = text.charAt(offset + indentation);
    if (open.length === 0 || /[\r\n#]|^$/.test(first)) return;
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const isCloser = first in closers;
      const isUnclosed = isCloser ? indentation < top.indentation : indentation <= top.indentation;
      if (!isUnclosed || (isCloser && open.length === 1)) break;
      suspects.add(top.line);
      open.pop();
    }
    if (open.length > 0) continued.add(lines.positionAt(offset).line);
  };

  for (const { 0: found, index } of tokens(text, ignored)) {
    const line = (): number => lines.positionAt(index).line;
    const opener = closers[found];
    if (ignored.has(index) || found === '"' || found === "'") suspects.add(line());
    else if (/^\\?[\r\n]/.test(found)) startLine(index + found.length);
    else if (opener !== undefined) {
      const top = open.at(-1);
      if (top?.bracket === opener) open.pop();
      else suspects.add(top && open.some(({ bracket }) => bracket === opener) ? top.line : line());
      if (top && top.bracket !== opener && open.some(({ bracket }) => bracket === opener)) {
        while (open.length > 0 && open.pop()?.bracket !== opener);
      }
    } else if (/^[([{]$/.test(found)) {
      open.push({ bracket: found, line: line(), indentation: indentationAt(Math.max(lineStart, index)) });
    }
  }
  for (const { line } of open) suspects.add(line);
  return { suspects, continued };
}

/** How many blanks a line starts with; a tab counts as one. */
export function lengthOfIndentation(text: string, offset: number): number {
  let length = 0;
  while (/[ \t\f]/.test(text.charAt(offset + length))) length++;
  return length;
}
