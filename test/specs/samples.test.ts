/** Checks the sample workspace line by line against `samples/samples.md`. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Analyser } from '../../src/analysis/analyser';
import { ROOT, SAMPLES } from '../support/host/paths';
import { analyseTexts, startAnalyser } from '../support/spec/analysis';
import { parseSpec } from '../support/spec/documents';
import { type Expectations, expectationsOf } from '../support/spec/expectations';
import { differences } from '../support/spec/matching';

const FILE = 'test/specs/samples/samples.md';

describe('the sample workspace', () => {
  const { cases } = parseSpec(FILE, fs.readFileSync(path.join(ROOT, FILE), 'utf8'));
  let analyser: Analyser;

  before(async () => {
    analyser = await startAnalyser();
  });

  after(() => analyser.dispose());

  it('has expectations for every file with code', () => {
    const files = fs.readdirSync(SAMPLES).filter((name) => /\.(py|ipynb)$/.test(name));
    assert.deepEqual(cases.map(({ name }) => name).sort(), files.sort());
  });

  for (const { name, texts } of cases) {
    it(`${name} comes out right in every line`, () => {
      const sources = readSample(name);
      const placed = place(sources, texts.join('\n'));
      const reports = analyseTexts(analyser, { texts: sources, isNotebook: sources.length > 1 });
      const found = placed.flatMap((expected, index) => {
        const where = sources.length > 1 ? `cell ${index + 1}, ` : '';
        return differences(expected, reports.slice(index, index + 1)).map((each) => where + each);
      });
      if (found.length > 0) assert.fail(`samples/${name}\n${found.join('\n')}`);
    });
  }
});

/** The file's text, or the texts of the notebook's code cells. */
function readSample(name: string): string[] {
  const text = fs.readFileSync(path.join(SAMPLES, name), 'utf8');
  if (!name.endsWith('.ipynb')) return [text];
  const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string[] }[] };
  return cells.filter((cell) => cell.cell_type === 'code').map((cell) => cell.source.join(''));
}

/** Finds the listed lines in the sources, in order, and gives their expectations the lines' numbers. */
function place(sources: readonly string[], listed: string): Expectations[] {
  const { sites, findings } = expectationsOf(listed);
  const at = linesInSources(sources, listed);
  const inSource = (expected: { line: number }, source: number): boolean =>
    at.get(expected.line)?.source === source;
  const moved = <E extends { line: number }>(expected: E): E => ({
    ...expected,
    line: at.get(expected.line)?.line ?? -1,
  });
  return sources.map((_, source) => ({
    sites: sites.filter((each) => inSource(each, source)).map(moved),
    findings: findings.filter((each) => inSource(each, source)).map(moved),
  }));
}

function linesInSources(
  sources: readonly string[],
  listed: string,
): Map<number, { source: number; line: number }> {
  const all = sources.flatMap((text, source) =>
    text.split('\n').map((content, line) => ({ source, line, content: content.trim() })),
  );
  const places = new Map<number, { source: number; line: number }>();
  let next = 0;
  for (const [number, content] of listed.split('\n').entries()) {
    const wanted = content.trim();
    if (wanted === '' || /^# (conv|and|error|warning|hint):/.test(wanted)) continue;
    const found = all.findIndex((each, index) => index >= next && each.content === wanted);
    assert.notEqual(found, -1, `${FILE} lists a line that the sample does not have: ${wanted}`);
    const { source, line } = all[found] ?? { source: -1, line: -1 };
    places.set(number, { source, line });
    next = found + 1;
  }
  return places;
}
