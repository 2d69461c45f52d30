/** Half-typed texts: the lines in doubt are completed or blanked, and the reading with the fewest errors is kept. */
import type { LineIndex } from '../lines';
import type { ConcreteTree } from '../tree';
import { blankLine, completeLine, type Surroundings } from './complete';
import { lengthOfIndentation, scanBrackets } from './scan';

/** A tree of a text in which some lines were replaced. */
export interface Reading {
  readonly text: string;
  readonly tree: ConcreteTree;
  /** The replaced lines. */
  readonly edits: ReadonlyMap<number, Edit>;
}

export interface Edit {
  readonly replacement: string;
  /** The line as it would read completed, when `replacement` stands in for it. */
  readonly blanked?: string;
}

/** More lines in doubt mean that the text is no Python at all. */
const maximumSuspects = 50;

/** How often a text is read again; a long one less often. */
function maximumReadings(text: string): number {
  return text.length > 200_000 ? 2 : 4;
}

/**
 * The best reading of a text with errors. `editedLine` is doubted first; then lines with an unclosed bracket or
 * quote, then those where the parser stopped understanding.
 */
export function recover(
  text: string,
  lines: LineIndex,
  tree: ConcreteTree,
  read: (text: string) => ConcreteTree,
  editedLine: number | undefined,
): Reading {
  const scan = scanBrackets(text, lines);
  const editor = createEditor(text, lines, scan.continued);
  let best: Reading = { text, tree, edits: new Map() };
  let readingsLeft = maximumReadings(text);
  const tried = new Set([text]);

  const attempt = (from: Reading, doubted: readonly number[], make: (line: number) => Edit): void => {
    const edits = new Map(from.edits);
    for (const line of doubted) {
      const edit = make(line);
      if (edit.replacement === editor.lineText(line)) edits.delete(line);
      else edits.set(line, edit);
    }
    const edited = editor.apply(edits);
    if (readingsLeft === 0 || score(best.tree) === 0 || tried.has(edited)) return;
    readingsLeft--;
    tried.add(edited);
    const reading = { text: edited, tree: read(edited), edits };
    if (score(reading.tree) < score(best.tree)) best = reading;
  };
  const attemptBoth = (doubted: readonly number[]): void => {
    const from = best;
    attempt(from, doubted, editor.complete);
    attempt(from, doubted, editor.blank);
  };

  const hinted = editedLine !== undefined && editedLine >= 0 && editedLine < lines.count ? [editedLine] : [];
  if (scan.suspects.size <= maximumSuspects) attemptBoth([...new Set([...hinted, ...scan.suspects])]);
  const seen = new Set<number>();
  for (let line = nextDoubt(best, seen); line !== undefined; line = nextDoubt(best, seen)) {
    if (readingsLeft === 0) break;
    seen.add(line);
    attemptBoth([line]);
  }
  return best;
}

/** The first line with an error that was not doubted yet. */
function nextDoubt(reading: Reading, seen: ReadonlySet<number>): number | undefined {
  for (const error of reading.tree.errors) {
    const ends = [error.start, Math.max(error.start, error.end - 1)];
    const line = ends.map((offset) => countLineBreaks(reading.text, offset)).find((each) => !seen.has(each));
    if (line !== undefined) return line;
  }
  return undefined;
}

/** How much of a text is not understood, in UTF-16 code units; missing marks count as one. */
function score(tree: ConcreteTree): number {
  return tree.errors.reduce((sum, { start, end }) => sum + Math.max(1, end - start), 0);
}

interface Editor {
  lineText(line: number): string;
  readonly complete: (line: number) => Edit;
  readonly blank: (line: number) => Edit;
  apply(edits: ReadonlyMap<number, Edit>): string;
}

function createEditor(text: string, lines: LineIndex, continued: ReadonlySet<number>): Editor {
  const lineText = (line: number): string => text.slice(lines.startOf(line), lines.endOf(line));
  const surroundings = (line: number): Surroundings => {
    let next = line + 1;
    while (next < lines.count && lineText(next).trim() === '') next++;
    const indentation = (each: number): number => lengthOfIndentation(text, lines.startOf(each));
    const hasBlock = next < lines.count && indentation(next) > indentation(line);
    return { isContinued: continued.has(line), hasBlock };
  };
  const complete = (line: number): string => completeLine(lineText(line), surroundings(line));
  return {
    lineText,
    complete: (line) => ({ replacement: complete(line) }),
    blank: (line) => ({
      replacement: blankLine(lineText(line), surroundings(line)),
      blanked: complete(line),
    }),
    apply(edits) {
      let edited = '';
      let from = 0;
      for (const [line, { replacement }] of [...edits].sort(([a], [b]) => a - b)) {
        edited += text.slice(from, lines.startOf(line)) + replacement;
        from = lines.endOf(line);
      }
      return edited + text.slice(from);
    },
  };
}

/** The line of an offset; replacements change the length of lines, never their number. */
function countLineBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
