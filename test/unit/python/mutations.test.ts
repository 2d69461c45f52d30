/** Texts with tokens dropped, doubled and swapped: whatever they are, they are read without an exception. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { PythonParser } from '../../../src/python/parser';
import type { Span } from '../../../src/symbolic/place';
import { fixture, loadParser, nodesIn } from './support';

/** A generator of numbers in [0, 1) that repeats itself: a linear congruence with the constants of the C standard. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

function mutant(text: string, random: () => number): string {
  const tokens = text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  const changes = 1 + Math.floor(random() * 3);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(random() * tokens.length);
    const token = tokens[at] ?? '';
    const other = Math.floor(random() * tokens.length);
    const kind = Math.floor(random() * 3);
    if (kind === 0) tokens.splice(at, 1);
    else if (kind === 1) tokens.splice(at, 0, token);
    else {
      tokens[at] = tokens[other] ?? '';
      tokens[other] = token;
    }
  }
  return tokens.join('');
}

/** How much of a sample is mutated at a time, in UTF-16 code units. */
const stretch = 350;

describe('mutated texts', () => {
  let parser: PythonParser;
  before(async () => {
    parser = await loadParser();
  });
  after(() => parser.dispose());

  const isInside = ({ start, end }: Span, lines: readonly string[]): boolean =>
    [start, end].every(({ line, character }) => character <= (lines[line] ?? '').length) &&
    (start.line < end.line || (start.line === end.line && start.character <= end.character));

  for (const sample of readdirSync(fixture('samples'))) {
    it(`of ${sample} are read, with spans inside the text`, function () {
      this.timeout(20_000);
      const random = createRandom(20);
      const text = readFileSync(fixture('samples', sample), 'utf8');
      for (let count = 0; count < 130; count++) {
        const from = Math.floor(random() * Math.max(1, text.length - stretch));
        const mutated = mutant(text.slice(from, from + stretch), random);
        const lines = mutated.split(/\r\n|\r|\n/);
        const module = parser.parse(mutated, { editedLine: Math.floor(random() * lines.length) });
        for (const node of nodesIn(module.body)) assert.ok(isInside(node.span, lines), mutated);
        for (const span of module.errors) assert.ok(isInside(span, lines), mutated);
      }
    });
  }
});
