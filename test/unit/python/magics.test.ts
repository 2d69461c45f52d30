/** IPython's lines in cells give way to Python, everything else keeps its place. */
import assert from 'node:assert/strict';
import { blankMagics } from '../../../src/python/magics';

function check(cell: string, expected: string): void {
  assert.equal(blankMagics(cell), expected);
}

describe('magics', () => {
  it('at the margin become blank', () => {
    check('%matplotlib inline\nx = 1', `${' '.repeat(18)}\nx = 1`);
    check('!pip install x\r\nx = 1', `${' '.repeat(14)}\r\nx = 1`);
  });
  it('in a block leave a statement', () => check('if a:\n    !ls -l\n', 'if a:\n    pass  \n'));
  it('go on behind a backslash', () => check('!ls \\\n  -l\nx', '     \n    \nx'));
  it('of help become blank', () => check('nn.Conv2d?\n?x\ny??\nz = 1', '          \n  \n   \nz = 1'));
  it('that are assigned bind something unknown', () => check('x = !ls -l\ny = %pwd', 'x = _     \ny = _   '));
  it('that time a statement leave it where it is', () => check('%time y = f(x)', 'if 1: y = f(x)'));
  it('of a cell in Python leave the rest', () => {
    for (const magic of ['%%time', '%%timeit', '%%capture'])
      check(`${magic}\nx = 1`, `${' '.repeat(magic.length)}\nx = 1`);
  });
  it('of a cell in another language take all of it', () => check('\n%%bash\nls (', '\n      \n    '));
  it('are none inside brackets, strings and operators', () => {
    const cells = [
      'x = (a\n% b)',
      'x = """\n%time\n!ls\n"""',
      'x = a \\\n% b',
      'x = a % b != c',
      'x = "?"',
      "y = '''a'''\nz = ['(',\n%d]",
    ];
    for (const cell of cells) check(cell, cell);
  });
  it('behind a string that ended are seen', () =>
    check('x = """a\n""" + ")"\n%time', 'x = """a\n""" + ")"\n     '));
});
