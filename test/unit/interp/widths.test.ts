import assert from 'node:assert/strict';
import type { Quantity } from '../../../src/symbolic/quantity';
import { show } from '../../../src/symbolic/show';
import { loadGolden } from '../../golden/load';
import { programRunner, type RunProgram } from '../frameworks/programs';
import { integerOf } from '../symbolic/rationals';

const { header, records } = loadGolden('python-widths');

/** How many expressions may have no formula; lower it as more of them have. */
const MOST_UNKNOWN = 2;

describe('widths of parameters, as formulas', () => {
  let run: RunProgram;
  before(async () => {
    run = await programRunner();
  });

  /** The channels that convolutions get within a function of these parameters. */
  function widthsOf(parameters: string, expressions: readonly string[]): Quantity[] {
    const calls = expressions.map((expression) => `    nn.Conv2d(8, ${expression}, 1)`);
    const { sites } = run('import math', 'from torch import nn', `def f(${parameters}):`, ...calls);
    return sites.map(({ layer }) => layer.stages[0].outChannels);
  }

  it('have the values that CPython computes', () => {
    const widths = widthsOf(
      header.parameters,
      records.map(({ expression }) => expression),
    );
    assert.equal(widths.length, records.length);
    const unknown: string[] = [];
    for (const [index, { expression, cases }] of records.entries()) {
      const width = widths[index];
      if (width === undefined || width.kind === 'unknown') {
        unknown.push(expression);
        continue;
      }
      for (const [a, b, r, value] of cases)
        assert.equal(
          integerOf(width, { a, b, r }),
          value,
          `${expression} of ${a}, ${b}, ${r}: ${show(width)}`,
        );
    }
    assert.ok(unknown.length <= MOST_UNKNOWN, `unknown: ${unknown.length}\n${unknown.join('\n')}`);
  });

  const equals: readonly (readonly [string, string])[] = [
    ['int(a * 0.25)', 'int(a / 4)'],
    ['int(0.1 * a * b)', 'int(a * 0.1 * b)'],
    ['max(8, a, b)', 'max(max(b, 8), a)'],
    ['int(-(a * 0.1))', '-int(0.1 * a)'],
    ['math.ceil(a / 8) * 8', '(a + 7) // 8 * 8'],
    ['math.floor(a / 3)', 'a // 3'],
    ['a << 3', '8 * a'],
    ['~a', '-a - 1'],
  ];
  for (const [left, right] of equals) {
    it(`${left} and ${right} are the same`, () => {
      const [a, b] = widthsOf(header.parameters, [left, right]);
      assert.ok(a && a.kind === 'formula' && b, 'formulas');
      assert.equal(show(a), show(b));
      assert.deepEqual(a, b);
    });
  }

  it('keep the order of operations that round', () => {
    const [a, b] = widthsOf(header.parameters, ['int(a * 0.1 * 10)', 'int(a * (0.1 * 10))']);
    assert.ok(a && b);
    assert.notDeepEqual(a, b);
  });

  it('keep int() of a parameter that may be a fraction', () => {
    const [width] = widthsOf('a', ['int(a * 1.0)']);
    assert.ok(width);
    assert.equal(integerOf(width, { a: 2.75 }), 2);
  });

  it('are unknown where a part of them is', () => {
    const unknown = widthsOf('a: int, names: str', [
      'int(a * names)',
      'int(a ** 0.5)',
      'int(a / 0)',
      'round(a * 0.1, 1)',
      'a * 0.5',
      'a / 4',
      'float(a)',
      'int(sum([a * 0.1, 0.1, 0.3]))',
      // What is made of a formula without being one, whose number must not pass for it.
      'int(a * 0.5 % 2)',
      'int((a * 0.5) ** 2)',
      'int(a * 0.5 > 8)',
      'int(not a * 0.5)',
      'int(math.sqrt(a * 0.5))',
      'int(math.hypot(a * 0.5, 3))',
      'int(f"{a * 0.5}")',
      'int((a * 0.5).real)',
      'int((a * 0.5)())',
      'int((a * 0.5)[0])',
      'int(str(a * 0.5))',
      'int(len(a * 0.5))',
      'int(divmod(a * 0.5, 2)[0])',
      'int(sorted([a * 0.5, 3])[0])',
      'int(a * 0.5 or 3)',
      'int(round(a * 0.1, 1))',
      'int(torch.sqrt(a * 0.5))',
      'int(max([a * 0.5, names]))',
      'int(dict(k=a * 0.5).get("k") ** 2)',
    ]);
    for (const width of unknown) assert.equal(width.kind, 'unknown', show(width));
  });
});
