/** Our syntax of the samples is Python's own, node by node and span by span. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { PythonParser } from '../../../src/python/parser';
import { comparable } from './comparable';
import { fixture, loadParser } from './support';

interface GoldenRecord {
  readonly sample: string;
  readonly body: readonly unknown[];
}

describe('syntax beside that of Python', () => {
  let parser: PythonParser;
  before(async () => {
    parser = await loadParser();
  });
  after(() => parser.dispose());

  const records = readFileSync(fixture('golden.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GoldenRecord);

  for (const { sample, body } of records) {
    it(sample, () => {
      const module = parser.parse(readFileSync(fixture('samples', sample), 'utf8'));
      assert.deepEqual(module.errors, []);
      const ours = comparable(module) as unknown[];
      for (const [index, expected] of body.entries()) assert.deepEqual(ours[index], expected);
      assert.equal(ours.length, body.length);
    });
  }
});
