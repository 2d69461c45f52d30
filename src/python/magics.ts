/** IPython's own lines in notebook cells, taken out so that the rest is Python. */

/** Cell magics whose cell is Python; behind any other the cell is taken for another language. */
const pythonCells = new Set([
  'time',
  'timeit',
  'capture',
  'prun',
  'memit',
  'mprun',
  'snakeviz',
  'python',
  'python3',
]);

/**
 * The text with magics (`%matplotlib inline`, `%%time`), shell lines (`!pip install x`) and help lines (`conv?`)
 * replaced, every other character at its line and column. A cell in another language (`%%bash`) becomes blank.
 * Source: IPython documentation, "Built-in magic commands" and "IPython reference".
 */
export function blankMagics(text: string): string {
  if (!/[%!?]/.test(text)) return text;
  const pieces = text.split(/(\r\n|\r|\n)/);
  const first = pieces.findIndex((piece, index) => index % 2 === 0 && piece.trim() !== '');
  const cellMagic = /^%%\s*(\w+)/.exec(pieces[first] ?? '')?.[1];
  if (cellMagic !== undefined && !pythonCells.has(cellMagic)) return text.replace(/[^\r\n]/g, ' ');
  let state = outside;
  let isContinued = false;
  return pieces
    .map((piece, index) => {
      if (index % 2 === 1) return piece;
      const isFree = state.depth === 0 && state.quote === undefined && !state.isContinued;
      if (isContinued || (isFree && isMagic(piece))) {
        const isFirst = !isContinued;
        isContinued = piece.endsWith('\\');
        return isFirst ? replaced(piece) : ' '.repeat(piece.length);
      }
      const plain = isFree ? withoutCommandValue(piece) : piece;
      state = after(plain, state);
      return plain;
    })
    .join('');
}

function isMagic(line: string): boolean {
  return /^\s*(%|!|\?)/.test(line) || /^\s*[\w.*]+\?{1,2}\s*$/.test(line);
}

/** In a block the line stays a statement, for it may be the only one; at the margin it becomes blank. */
function replaced(line: string): string {
  const timed = /^%time\s(?!\s*-)/.exec(line)?.[0];
  // `%time y = f(x)` binds `y`; this header is as long as the magic.
  if (timed) return `if 1: ${line.slice(timed.length)}`;
  const [indentation = ''] = /^\s*/.exec(line) ?? [];
  return (indentation === '' ? '' : `${indentation}pass`).padEnd(line.length).slice(0, line.length);
}

/** `x = !ls` and `x = %magic` bind something unknown: what `_` is. */
function withoutCommandValue(line: string): string {
  const start = /^\s*[\w., ]+=\s*(?=[!%])/.exec(line)?.[0];
  return start ? `${start}_`.padEnd(line.length) : line;
}

/** Where a line leaves off. */
interface LineState {
  readonly depth: number;
  readonly quote: string | undefined;
  readonly isContinued: boolean;
}

const outside: LineState = { depth: 0, quote: undefined, isContinued: false };

/** Comments, literals, escapes and brackets. */
const token = /#.*|"""|'''|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\.|[()[\]{}]/g;

function after(line: string, state: LineState): LineState {
  let { depth, quote } = state;
  const expression = new RegExp(token);
  for (;;) {
    if (quote !== undefined) {
      const end = closingQuote(line, quote, expression.lastIndex);
      if (end === undefined) return { depth, quote, isContinued: false };
      quote = undefined;
      expression.lastIndex = end;
    }
    const found = expression.exec(line)?.[0];
    if (found === undefined) return { depth, quote, isContinued: line.endsWith('\\') };
    if (found === '"""' || found === "'''") quote = found;
    else if (/^[([{]$/.test(found)) depth++;
    else if (/^[)\]}]$/.test(found)) depth = Math.max(0, depth - 1);
  }
}

/** Where the literal is over that `quote` ends, if it is on this line. */
function closingQuote(line: string, quote: string, from: number): number | undefined {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line.startsWith(quote, at)) return at + quote.length;
  }
  return undefined;
}
