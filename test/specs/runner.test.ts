/** Checks that specifications can fail: every difference between what is expected and what is found is told. */
import assert from 'node:assert/strict';
import type { Analyser } from '../../src/analysis/analyser';
import { analyseTexts, reportIn, startAnalyser } from '../support/spec/analysis';
import { parseSpec } from '../support/spec/documents';
import { expectationsOf } from '../support/spec/expectations';
import { differences } from '../support/spec/matching';

describe('the runner of the specifications', () => {
  let analyser: Analyser;

  before(async () => {
    analyser = await startAnalyser();
  });

  after(() => analyser.dispose());

  const check = (line: string): string[] => {
    const text = `from torch import nn\n${line}\n`;
    return differences(expectationsOf(text), analyseTexts(analyser, { texts: [text], isNotebook: false }));
  };

  it('is content when all is as expected', () => {
    assert.deepEqual(check('nn.Conv2d(3, 8, 3)  # conv: standard, 3→8 k3×3; weight [8, 3, 3, 3] OIHW'), []);
    assert.deepEqual(check('x = 1'), []);
  });

  it('tells a convolution that is not expected', () => {
    assert.deepEqual(check('nn.Conv2d(3, 8, 3)'), [
      'line 2: expected  no convolution\n    found     standard, 3→8 k3×3',
    ]);
  });

  it('tells a convolution that is missing, also beside one that is there', () => {
    assert.match(check('x = 1  # conv: standard, 3→8 k3×3').join(), /found {5}no convolution/);
    const two = check('nn.Conv2d(3, 8, 3)  # conv: standard, 3→8 k3×3\n    # conv: standard, 3→8 k3×3');
    assert.deepEqual(two, ['line 2: expected  standard, 3→8 k3×3\n    found     no convolution']);
  });

  it('tells a summary and a claim that do not hold, and a claim it does not know', () => {
    assert.match(
      check('nn.Conv2d(3, 8, 3)  # conv: standard, 3→9 k3×3').join(),
      /found {5}standard, 3→8 k3×3$/,
    );
    const claims = check(
      'nn.Conv2d(3, 8, 3)  # conv: standard, 3→8 k3×3; params 225; weight [8, 3, 3, 4]; nonsense 3',
    );
    assert.deepEqual(
      claims.map((each) => each.split('\n    found     ')),
      [
        ['line 2: expected  params 225', 'params 224'],
        ['line 2: expected  weight [8, 3, 3, 4]', 'weight [8, 3, 3, 3]'],
        ['line 2: expected  nonsense 3', 'weights weight, bias'],
      ],
    );
  });

  it('tells findings that are missing, not expected or different', () => {
    const refused = 'nn.Conv2d(4, 9, 3, groups=3)  # conv: grouped, 4→9 k3×3 g3';
    const error =
      '# error: [torch.in-channels-divisible] ValueError: in_channels must be divisible by groups';
    assert.deepEqual(check(`${refused} ${error}`), []);
    assert.match(check(refused).join(), /expected {2}no finding\n/);
    assert.match(check(`x = 1  ${error}`).join(), /found {5}no finding$/);
    assert.match(check(`${refused} ${error.replace('ValueError', 'TypeError')}`).join(), /found.*ValueError/);
    assert.match(check(`${refused} ${error.replace('by groups', 'by 3')}`).join(), /found.*by groups$/);
    assert.deepEqual(check(`${refused} ${error.replace('divisible by groups', '…')}`), []);
  });

  it('reads the blocks of a heading as one file, and cells apart, with the line numbers of the document', () => {
    const fence = '```';
    const text = [
      '# T',
      '## file',
      `${fence}python`,
      'a = 1',
      fence,
      'text',
      `${fence}python`,
      'b = 2',
      fence,
    ];
    const cells = [
      '## cells',
      `${fence}python cell`,
      'c = 3',
      fence,
      `${fence}python cell`,
      '## d = 4',
      fence,
    ];
    const { title, cases } = parseSpec('t.md', [...text, ...cells].join('\n'));
    assert.equal(title, 'T');
    assert.deepEqual(
      cases.map(({ name, isNotebook, texts }) => [name, isNotebook, texts.length]),
      [
        ['file', false, 1],
        ['cells', true, 2],
      ],
    );
    assert.equal(cases[0]?.texts[0], '\n\n\na = 1\n\n\n\nb = 2\n');
    assert.equal(cases[1]?.texts[1]?.split('\n').indexOf('## d = 4'), 14);
  });

  it('reads files for a case to import, and what is built in them', () => {
    const fence = '```';
    const lines = (width: number): string[] => [
      '# T',
      '## imports',
      `${fence}python file nets/blocks.py`,
      'from torch import nn',
      `def conv(c): return nn.Conv2d(3, c, 3)    # conv: standard, 3→8 k3×3; built 1×(standard, 3→${width} k3×3)`,
      fence,
      `${fence}python`,
      'from nets.blocks import conv',
      'layer = conv(8)',
      fence,
    ];
    const found = [8, 9].map((width) => {
      const [each] = parseSpec('t.md', lines(width).join('\n')).cases;
      assert.ok(each !== undefined);
      const reports = analyseTexts(analyser, each);
      return each.files.flatMap(({ text, path }) =>
        differences(expectationsOf(text), [reportIn(path, reports)]),
      );
    });
    assert.deepEqual(found, [
      [],
      ['line 5: expected  built 1×(standard, 3→9 k3×3)\n    found     built 1×(standard, 3→8 k3×3)'],
    ]);
  });
});
