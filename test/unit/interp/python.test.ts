import assert from 'node:assert/strict';
import { loadGolden } from '../../golden/load';
import { show, string } from '../../../src/interp/values';
import { programRunner, type RunProgram } from '../frameworks/programs';

const expressions = loadGolden('python-expressions').records;
const calls = loadGolden('python-calls').records;
const library = loadGolden('python-library').records;

/** Whether a value, as Python shows it, is told in full. */
function isKnown(shown: string | undefined): shown is string {
  return shown !== undefined && !shown.includes('?');
}

describe("Python's own semantics, as CPython has them", () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  const seen = new Map<string, string | undefined>();

  for (const record of expressions) {
    it(`${record.expression} is ${record.value ?? record.exception}, or unknown`, () => {
      const shown = run(`v = ${record.expression}`).shown('v');
      seen.set(record.expression, shown);
      if (isKnown(shown)) assert.equal(shown, record.value);
    });
  }

  it('are known for nearly all expressions that have a value and no integers of 2^53 and more', () => {
    const valued = expressions.filter(
      ({ value, expression }) => value !== undefined && !/900719925474099\d/.test(expression),
    );
    const unknown = valued.filter(({ expression }) => !isKnown(seen.get(expression)));
    const most = valued.length / 20;
    assert.ok(unknown.length < most, `unknown: ${unknown.map(({ expression }) => expression).join('   ')}`);
  });
});

describe("Python's builtins, methods, formats and library, as CPython has them", () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  /** What `repr` gives of each expression, once. */
  const known = new Map<string, string | undefined>();

  for (const { imports, expression, value, exception } of library) {
    it(`${expression} is ${value ?? exception}, or unknown`, () => {
      const parts = expression.split('; ');
      const text = run(imports, ...parts.slice(0, -1), `v = repr((${parts.at(-1)}))`).shown('v');
      known.set(expression, text);
      if (isKnown(text)) assert.equal(text, value && show(string(value)));
    });
  }

  it('are known for nearly all expressions that have a value', () => {
    const valued = library.filter(({ value }) => value !== undefined);
    const unknown = valued.filter(({ expression }) => !isKnown(known.get(expression)));
    const most = valued.length / 40;
    assert.ok(unknown.length < most, `unknown: ${unknown.map(({ expression }) => expression).join('   ')}`);
  });
});

describe('arguments bound to parameters, as CPython binds them', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  for (const record of calls) {
    const [head = ''] = record.definition.split('\n');
    it(`${head} ${record.call}`, () => {
      const outcome = run(record.definition, `v = ${record.call}`);
      const shown = outcome.shown('v');
      const [first] = outcome.findings;
      if (record.exception === undefined) {
        assert.deepEqual(outcome.findings, []);
        assert.equal(shown, record.value);
      } else {
        assert.equal(first?.message, `${record.exception}: ${record.message}`);
        assert.ok(!isKnown(shown));
      }
    });
  }
});
