/** Models: what builders, classes and names of a module hold, under PyTorch's own names, with the work of one run. */
import assert from 'node:assert/strict';
import { createAnalyser, type Analyser, type AnalysisOptions } from '../../../src/analysis/analyser';
import type { Model, Report } from '../../../src/analysis/report';
import { show } from '../../../src/symbolic/show';
import type { Quantity } from '../../../src/symbolic/quantity';
import { parserWasm } from '../python/support';

const BLOCK = `
import torch
from torch import nn

def conv3x3(inside, outside, stride=1):
    return nn.Conv2d(inside, outside, 3, stride, 1, bias=False)

class Block(nn.Module):
    def __init__(self, inside, outside, stride=1):
        super().__init__()
        self.conv1 = conv3x3(inside, outside, stride)
        self.conv2 = conv3x3(outside, outside)

    def forward(self, x):
        return self.conv2(torch.relu(self.conv1(x)))

class Net(nn.Module):
    def __init__(self, widths, classes=10):
        super().__init__()
        self.stages = nn.Sequential(*[Block(a, b, 2) for a, b in zip([3] + widths, widths)])
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, x):
        return self.head(self.stages(x).mean((2, 3)))
`;

describe('Models', () => {
  let analyser: Analyser;
  before(async () => {
    analyser = await createAnalyser(parserWasm());
  });
  after(() => analyser.dispose());

  function analyse(code: string, options: AnalysisOptions = {}): Report {
    const [report] = analyser.analyse([{ uri: 'file:///w/net.py', text: BLOCK + code }], options);
    assert.ok(report !== undefined);
    return report;
  }

  function modelOf(code: string, id: string, options?: AnalysisOptions): Model {
    const found = analyse(code, options).models.find((model) => model.id === id);
    assert.ok(found !== undefined, `no model ${id}`);
    return found;
  }

  const small = 'def small():\n    return Net([8, 16])\n';

  it('are made by builders, with the names that PyTorch gives their layers', () => {
    const model = modelOf(small, 'small()');
    assert.deepEqual([model.kind, model.type, model.isComplete], ['builder', 'Net', true]);
    assert.deepEqual(
      model.layers.map(({ name }) => name),
      ['stages.0.conv1', 'stages.0.conv2', 'stages.1.conv1', 'stages.1.conv2'],
    );
    // 3·8·9 + 8·8·9 + 8·16·9 + 16·16·9 weights and 16·10 + 10 in the head.
    assert.equal(show(model.params), (216 + 576 + 1152 + 2304 + 170).toLocaleString('en'));
  });

  const measured = (held: string): string => `
def measured():
    net = Net([8, 16])
    was = net.training
    net.eval()
    ${held}
    return net
`;
  const whole = (216 + 576 + 1152 + 2304 + 170).toLocaleString('en');

  it('count exactly whatever becomes of their training flag and of other flags and numbers', () => {
    for (const held of ['if was: net.train()', 'net.train(was)', 'net.depth = 3 if was else None'])
      assert.equal(show(modelOf(measured(held), 'measured()').params), whole, held);
  });

  it('count nothing exactly where a name may hold a module', () => {
    const open = [
      'nn.Linear(2, 2) if was else None',
      '[nn.Linear, nn.Identity][was](2, 2)',
      '(2 if was else 3) * nn.Sequential(nn.Linear(2, 2))',
    ];
    for (const value of open) {
      const { params } = modelOf(measured(`net.extra = ${value}`), 'measured()');
      assert.ok(params.kind === 'unknown', value);
    }
  });

  it('are held by names of the module, and made by classes that nothing else makes', () => {
    const { models } = analyse(
      'net = Net([4])\nclass Alone(Net):\n    def __init__(self):\n        super().__init__([4])\n',
    );
    assert.deepEqual(
      models.map(({ id, kind, type }) => [id, kind, type]),
      [
        ['net', 'object', 'Net'],
        ['Alone()', 'class', 'Alone'],
      ],
    );
  });

  it('do the work of one run on the size that is set for them', () => {
    const model = modelOf(small, 'small()', { modelInputs: { 'small()': [1, 3, 32, 32] } });
    // Outputs of 16×16 and 8×8: k²·in·out each.
    const convolutions = 16 * 16 * (216 + 576) + 8 * 8 * (1152 + 2304);
    assert.equal(show(model.macs.convolutions), convolutions.toLocaleString('en'));
    assert.equal(show(model.macs.linear), '160');
    assert.equal(model.input?.from, 'set');
    assert.deepEqual(spatialOf(model), ['32×32', '16×16', '16×16', '8×8']);
  });

  it('take the size that the code runs them with, and else the one that is assumed', () => {
    const assumedInput = { batch: 1, channels: 3, spatial: [64, 64] };
    const run = 'net = Net([8, 16])\nnet(torch.zeros(1, 3, 32, 32))\n';
    assert.equal(modelOf(run, 'net').input?.from, 'code');
    assert.deepEqual(spatialOf(modelOf(run, 'net', { assumedInput })), ['32×32', '16×16', '16×16', '8×8']);
    const assumed = modelOf(small, 'small()', { assumedInput });
    assert.equal(assumed.input?.from, 'assumed');
    assert.deepEqual(spatialOf(assumed), ['64×64', '32×32', '32×32', '16×16']);
    assert.ok(assumed.layers.every(({ inputs }) => inputs.every(({ isAssumed }) => isAssumed)));
  });

  it('have unknown work where a part is not followed, and unknown parameters where one is not read', () => {
    const code =
      'from elsewhere import Head\ndef odd():\n    net = Net([8])\n    net.head = Head()\n    return net\n';
    const model = modelOf(code, 'odd()', { modelInputs: { 'odd()': [1, 3, 32, 32] } });
    assert.equal(model.isComplete, false);
    assert.equal(model.params.kind, 'unknown');
    assert.equal(model.macs.convolutions.kind, 'unknown');
  });

  it('have unknown parameters where an attribute may be a tensor or anything else', () => {
    const code = [
      'from elsewhere import make, flag',
      'class Odd(Net):',
      '    def __init__(self):',
      '        super().__init__([8])',
      '        self.extra = make() if flag else torch.zeros(1)',
    ];
    assert.equal(modelOf(code.join('\n'), 'Odd()').params.kind, 'unknown');
  });

  it('have no work without an input', () => {
    assert.equal(modelOf(small, 'small()').macs.convolutions.kind, 'unknown');
    assert.equal(modelOf(small, 'small()').input, undefined);
  });

  it('count the work of what an unknown condition decides as unknown', () => {
    const code = [
      'class Maybe(Net):',
      '    def __init__(self):',
      '        super().__init__([8])',
      '    def forward(self, x):',
      '        if torch.rand(1).item() > 0.5:',
      '            x = torch.relu(self.stages(x))',
      '        return x',
    ];
    const model = modelOf(code.join('\n'), 'Maybe()', { modelInputs: { 'Maybe()': [1, 3, 32, 32] } });
    assert.equal(model.macs.convolutions.kind, 'unknown');
  });

  it('say of each call which layers it builds in which model', () => {
    const report = analyse(`${small}def large():\n    return Net([16, 32])\n`);
    const built = report.sites[0]?.built ?? [];
    assert.deepEqual(
      built.map(({ model, names, layer }) => [model, names.join(' '), widthsOf(layer.stages[0])]),
      [
        ['small()', 'stages.0.conv1', '3→8'],
        ['small()', 'stages.0.conv2', '8→8'],
        ['small()', 'stages.1.conv1', '8→16'],
        ['small()', 'stages.1.conv2', '16→16'],
        ['large()', 'stages.0.conv1', '3→16'],
        ['large()', 'stages.0.conv2', '16→16'],
        ['large()', 'stages.1.conv1', '16→32'],
        ['large()', 'stages.1.conv2', '32→32'],
      ],
    );
  });

  it('show calls of blocks what they build: in general, and in each model', () => {
    const report = analyse(small);
    const call = report.blocks.find(({ callee, target }) => callee === 'conv3x3' && target === 'self.conv1');
    assert.deepEqual(
      call?.holds.map(({ layer, count }) => [widthsOf(layer.stages[0]), count]),
      [['inside→outside', 1]],
    );
    assert.deepEqual(
      call.built.map(({ names }) => names.join()),
      ['stages.0.conv1', 'stages.1.conv1'],
    );
    const block = report.blocks.find(({ callee }) => callee === 'Net');
    assert.deepEqual(
      block?.holds.map(({ layer, count }) => [widthsOf(layer.stages[0]), count]),
      [
        ['3→8', 1],
        ['8→8', 1],
        ['8→16', 1],
        ['16→16', 1],
      ],
    );
  });

  it('tell of call sites in other files what this one builds there', () => {
    const [report] = analyser.analyse(
      [{ uri: 'file:///w/main.py', text: 'from block import Block\nnet = Block(3, 8)\n' }],
      {
        files: {
          roots: ['file:///w'],
          read: (uri) => (uri === 'file:///w/block.py' ? { kind: 'text', text: BLOCK } : { kind: 'missing' }),
        },
      },
    );
    assert.deepEqual(
      report?.elsewhere.map(({ place, built }) => [
        place.uri,
        place.span.start.line,
        built.map(({ model, names }) => `${model} ${names.join()}`),
      ]),
      [['file:///w/block.py', 5, ['net conv1', 'net conv2']]],
    );
  });

  it('are not what a function makes that returns a layer alone', () => {
    assert.deepEqual(analyse('def one():\n    return conv3x3(3, 8)\n').models, []);
  });
});

function spatialOf({ layers }: Model): string[] {
  return layers.map(({ inputs }) => inputs.map(({ spatial }) => spatial.map(show).join('×')).join());
}

function widthsOf({ inChannels, outChannels }: { inChannels: Quantity; outChannels: Quantity }): string {
  return `${show(inChannels)}→${show(outChannels)}`;
}
