/** Cards of models and of calls that build layers, contexts, summaries and the scan of the workspace. */
import * as vscode from 'vscode';
import { cardAt, closeEditors, eventually, expectParts, find, sample, startExtension } from './workspace';

const run = (id: string, ...args: unknown[]) => vscode.commands.executeCommand(`convlens.${id}`, ...args);

/** The position of a text in the residual network, which is shown. */
async function at(text: string, offset = 1): Promise<[vscode.TextDocument, vscode.Position]> {
  const { document } = await vscode.window.showTextDocument(sample('residual_network.py'));
  return [document, find(document, text, offset)];
}

// Figures of the networks: sum(p.numel() for p in net.parameters()) and torch.utils.flop_counter, halved.
describe('models', () => {
  before(startExtension);
  afterEach(closeEditors);

  it('a call has its formula and the layers that models build with it', async () => {
    expectParts(
      await cardAt(...(await at('nn.Conv2d(in_planes, out_planes', 4))),
      '`[out_planes, in_planes, 3, 3]`',
      '**as built by** `net`',
      '- `stages.0.conv1` · 16→32 3×3 s2 → `[1, 32, 32, 32]`, `4,718,592` MACs',
    );
  });

  it('a wrapper call has a card of what it builds', async () => {
    expectParts(
      await cardAt(...(await at('conv3x3(planes, planes'))),
      '**`conv3x3`** → `self.conv2` — builds **1 convolution**',
      '`planes→planes`',
      '**as built by** `net` — 4 layers of 2 kinds',
    );
  });

  it('the variable of a model has its totals', async () => {
    expectParts(
      await cardAt(...(await at('net = small()'))),
      '**`net`** `ResidualNetwork` — model, **13 convolutions**',
      '**parameters** `170,250`',
      '**input** `[1, 3, 64, 64]` (given by the code)',
      '**MACs in all** `70,976,128` · **FLOPs** `141,952,256` (2 × MACs)',
    );
  });

  it('a builder has its totals, and says that no input is known', async () => {
    expectParts(
      await cardAt(...(await at('def wide', 5))),
      '**parameters** `5,363,210`',
      '**input** not known',
    );
  });

  it('a chosen context gives the figures of its layer, until it is given up', async () => {
    const [document, position] = await at('nn.Conv2d(in_planes, planes', 4);
    const target = { uri: document.uri.toString(), id: 'wide()' };
    await run('chooseContext', target);
    expectParts(await cardAt(document, position), 'in general; `wide()` builds 6 kinds of layer here');
    const ended = run('chooseContext', target);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await ended;
    expectParts(await cardAt(document, position), 'with `stride=1` (defaults of parameters)');
  });

  it('after an edit never show what was built before it', async () => {
    const [document] = await at('[16, 32, 64]');
    const editor = await vscode.window.showTextDocument(document);
    const start = find(document, '[16, 32, 64]', 1);
    await editor.edit((builder) => builder.replace(new vscode.Range(start, start.translate(0, 2)), '24'));
    const call = () => cardAt(document, find(document, 'nn.Conv2d(in_planes, out_planes', 4));
    const first = await call();
    expectParts(first, '`[out_planes, in_planes, 3, 3]`');
    if (first.includes('16→32 3×3 s2')) throw new Error(first);
    await eventually('the layers of the edited models', async () => (await call()).includes('24→32 3×3 s2'));
  });

  it('Show Model Summary opens a tab for each model', async () => {
    const [document] = await at('net = small()');
    for (const id of ['net', 'wide()', 'net'])
      await run('showModelSummary', { uri: document.uri.toString(), id });
    await eventually('two tabs', () => {
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      return labels.filter((label) => /^Summary of (net|wide\(\))$/.test(label)).length === 2;
    });
  });

  it('Analyse Workspace counts files, calls, models and findings', async () => {
    const totals = await run('analyseWorkspace');
    const { files, sites, models, errors } = totals as Record<string, number | undefined>;
    if (files !== 7) throw new Error(`${files} files`);
    if (!((sites ?? 0) > 50 && (models ?? 0) >= 3 && (errors ?? 0) >= 5))
      throw new Error(JSON.stringify(totals));
  });

  it('do nothing, and do not fail, for links of a wrong form', async () => {
    const [document] = await at('net = small()');
    const uri = document.uri.toString();
    for (const argument of [
      { uri, id: 'gone' },
      { uri, id: '9:9' },
    ])
      await run('showBuiltLayers', argument);
  });
});
