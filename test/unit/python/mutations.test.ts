/** Texts with tokens dropped, doubled and swapped: whatever they are, they are read without an exception. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { PythonParser } from '../../../src/python/parser';
import type { Span } from '../../../src/symbolic/place';
import { createRandom, mutant } from '../../support/mutations';
import { fixture, loadParser, nodesIn } from './support';

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
