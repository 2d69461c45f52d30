/** Half-typed lines: what they say so far is read, and the rest of the file stays as it was. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { PythonParser } from '../../../src/python/parser';
import { callsIn, definitionsIn, fixture, loadParser, showSpan } from './support';

describe('recovery', () => {
  let parser: PythonParser;
  before(async () => {
    parser = await loadParser();
  });
  after(() => parser.dispose());

  describe('a half-typed call', () => {
    const cases: readonly (readonly [text: string, call: string])[] = [
      ['nn.Conv2d(', 'nn.Conv2d()'],
      ['nn.Conv2d(3, 9, ', 'nn.Conv2d(3, 9)'],
      ['self.conv = nn.Conv2d(3, 9', 'nn.Conv2d(3, 9)'],
      ['self.conv = nn.Conv2d(3, 64, kernel_size=', 'nn.Conv2d(3, 64, kernel_size=?)'],
      ['self.conv = nn.Conv2d(3, 64, kernel_size=  # how many?', 'nn.Conv2d(3, 64, kernel_size=?)'],
      ['x = nn.Conv2d(3, 9 8)', 'nn.Conv2d(3, ?)'],
      ['x = nn.Conv2d(3, , 8)', 'nn.Conv2d(3, ?, 8)'],
      ['x = nn.Conv2d(3, 2 *', 'nn.Conv2d(3, binary)'],
      ['x = nn.Conv2d(3, (3, 5', 'nn.Conv2d(3, sequence)'],
      ['x = nn.Conv2d(3, 9, 3))', 'nn.Conv2d(3, 9, 3)'],
      ['x = nn.Conv2d(3, 9, 3]', 'nn.Conv2d(3, 9, ?)'],
      ['x = nn.Conv2d(3, 9, padding_mode="ref', 'nn.Conv2d(3, 9, padding_mode=string)'],
      ['if nn.Conv2d(3, 9', 'nn.Conv2d(3, 9)'],
      ['return nn.Conv2d(3, 9', 'nn.Conv2d(3, 9)'],
      ['for x in nn.Conv2d(3, 9', 'nn.Conv2d(3, 9)'],
      ['x = f"{nn.Conv2d(3, 9', 'nn.Conv2d(3, 9)'],
    ];
    for (const [text, call] of cases) {
      it(`${text} at the end of a file`, () => {
        const module = parser.parse(text);
        assert.deepEqual(callsIn(module), [call]);
        assert.ok(module.errors.length > 0);
      });
      it(`${text} inside a method`, () => {
        const module = parser.parse(
          `class A:\n    def f(self):\n        ${text}\n        y = g(1)\n\n    def h(self):\n        i(2)\n`,
        );
        assert.deepEqual(callsIn(module), [call, 'g(1)', 'i(2)']);
        assert.deepEqual(definitionsIn(module), ['A@0', 'f@1', 'h@5']);
        assert.deepEqual(
          [...new Set(module.errors.map(({ start, end }) => `${start.line}-${end.line}`))],
          ['2-2'],
        );
      });
    }

    it('in a list of layers leaves its neighbours', () => {
      const module = parser.parse(
        'x = nn.Sequential(\n    nn.Conv2d(3, 64, kernel_size=\n    nn.ReLU(1),\n)\ny = g(2)\n',
      );
      assert.deepEqual(callsIn(module), [
        'nn.Sequential(call, call)',
        'nn.Conv2d(3, 64, kernel_size=?)',
        'nn.ReLU(1)',
        'g(2)',
      ]);
    });

    it('has spans of the text as it stands', () => {
      const [first] = parser.parse('x = nn.Conv2d(3, 9\ny = 1\n').body;
      assert.equal(first?.kind, 'assignment');
      assert.equal(first.value && showSpan(first.value.span), '0:4-0:18');
    });

    it('binds its target to something unknown when the value cannot be read', () => {
      const [first, second] = parser.parse('x = 3 4\ny = 1\n').body;
      assert.equal(first?.kind === 'assignment' && first.value?.kind, 'error');
      assert.equal(second?.kind, 'assignment');
    });
  });

  describe('half-typed imports', () => {
    it('bring the names that are there', () => {
      const [first] = parser.parse('import torch.nn as\nx = 1\n').body;
      assert.deepEqual(first?.kind === 'import' && first.names, [{ path: 'torch.nn' }]);
      const [second] = parser.parse('from torch import nn, functional as\nx = 1\n').body;
      assert.deepEqual(second?.kind === 'importFrom' && second.names, [
        { name: 'nn' },
        { name: 'functional' },
      ]);
    });
  });

  describe('a half-typed line in a network leaves every definition and every other call', () => {
    const lines = readFileSync(fixture('samples', 'network.py'), 'utf8').split('\n');
    const halfTyped = [
      'self.conv = nn.Conv2d(',
      'self.conv = nn.Conv2d(3, 9,',
      'self.conv = nn.',
      'self.',
      'x = self.conv(x',
      'x = self.conv(x)[',
      'x =',
      'x +=',
      'x = [',
      'x = {"a":',
      'x = (1,',
      'x = "abc',
      "x = 'it",
      'y = f"{x',
      'y = f"{',
      '"""',
      'y = """abc',
      'if self.training',
      'if self.training and',
      'if',
      'else',
      'for i in range(',
      'for i in',
      'for i',
      'while',
      'with torch.no_grad(',
      'def helper(self, x',
      'def helper',
      'class Foo(nn.Module',
      'return self.fc(x[',
      'return x +',
      'lambda x:',
      '@',
      '@torch.jit.',
      'x = y if',
      'x = not',
      'del',
      'import',
      'from torch import',
      'from torch',
      'print "x',
      '}',
      ')',
      '?',
      '$ x',
    ];
    // Before the fourth statement of `__init__`, at its end, in `forward`, and in the function at the end.
    for (const at of [11, 17, 22, 30]) {
      const indentation = /^ */.exec(lines[at] ?? '')?.[0] || '    ';
      for (const text of halfTyped) {
        it(`${text} at line ${at}`, () => {
          const whole = parser.parse(lines.join('\n'));
          const broken = parser.parse(
            [...lines.slice(0, at), indentation + text, ...lines.slice(at)].join('\n'),
            {
              editedLine: at,
            },
          );
          const moved = (name: string): string =>
            name.replace(/@(\d+)$/, (_, line: string) => `@${Number(line) < at ? line : Number(line) + 1}`);
          const kept = new Set(definitionsIn(broken));
          assert.deepEqual(
            definitionsIn(whole)
              .map(moved)
              .filter((name) => !kept.has(name)),
            [],
          );
          const calls = new Set(callsIn(broken));
          assert.deepEqual(
            callsIn(whole).filter((call) => !calls.has(call)),
            [],
          );
        });
      }
    }
  });
});
