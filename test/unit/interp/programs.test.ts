import assert from 'node:assert/strict';
import { loadGolden } from '../../golden/load';
import { programRunner, type RunProgram } from '../frameworks/programs';

const programs = loadGolden('python-programs').records;

/** How many programs may have results that are not told; lower it as more of them are. */
const MOST_UNKNOWN = 50;

describe('small programs, as CPython runs them', () => {
  let run: RunProgram;
  const unknown: string[] = [];

  before(async () => {
    run = await programRunner();
  });

  for (const [index, record] of programs.entries()) {
    it(`${record.topic} ${index}: ${record.program.split('\n').slice(0, 3).join(' ⏎ ')}`, () => {
      const outcome = run(record.program);
      const shown = outcome.shown('v');
      if (record.exception === undefined) {
        if (shown === undefined || /[?…]/.test(shown)) unknown.push(record.program);
        else assert.equal(shown, record.value);
        return;
      }
      const words = record.message === '' ? record.exception : `${record.exception}: ${record.message}`;
      const said = outcome.findings.map(({ message }) => message.replace(/^this code raises: /, ''));
      if (!said.includes(words)) unknown.push(record.program);
    });
  }

  it('are told for nearly all of them', () => {
    assert.ok(unknown.length <= MOST_UNKNOWN, `unknown: ${unknown.length}\n${unknown.join('\n---\n')}`);
  });
});
