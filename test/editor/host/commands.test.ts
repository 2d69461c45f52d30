/** Each command on a call, and its plain answer where there is nothing to act on. */
import * as vscode from 'vscode';
import { closeEditors, eventually, expectParts, find, openText, sample, startExtension } from './workspace';

const run = (id: string, ...args: unknown[]) => vscode.commands.executeCommand(`convlens.${id}`, ...args);

async function showSample(text: string): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(sample('forum_question.py'));
  const at = find(editor.document, text, 4);
  editor.selection = new vscode.Selection(at, at);
  return editor;
}

/** Runs a command that asks, picks the entry `steps` below the first, and waits until the command ends. */
async function pick(steps: number, id: string): Promise<void> {
  const ended = run(id);
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (let step = 0; step < steps; step++)
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  await ended;
}

/** Whether this editor lets us read what it wrote: an old one in a browser may only write. */
async function canReadClipboard(): Promise<boolean> {
  await vscode.env.clipboard.writeText('probe');
  return (await vscode.env.clipboard.readText()) === 'probe';
}

describe('commands', () => {
  let isReadable = false;

  async function clipboardHolds(...parts: readonly string[]): Promise<void> {
    if (!isReadable) return;
    await eventually(`the clipboard holds ${parts.join(' | ')}`, async () => {
      const text = await vscode.env.clipboard.readText();
      return parts.every((part) => text.includes(part));
    });
  }

  before(async () => {
    await startExtension();
    isReadable = await canReadClipboard();
  });
  beforeEach(() => vscode.env.clipboard.writeText(''));
  afterEach(closeEditors);

  it('Copy Layer Spec writes each format', async () => {
    await showSample('nn.Conv2d(3, 9, 3, 1, 1, groups=3)');
    await run('copySpec', 'pytorch');
    await clipboardHolds('nn.Conv2d(3, 9, 3, padding=1, groups=3)');
    await run('copySpec', 'keras');
    await clipboardHolds('layers.DepthwiseConv2D(3, ');
    await run('copySpec', 'markdown');
    await clipboardHolds('| parameters | `90` |');
    await run('copySpec', 'json');
    await clipboardHolds('"kind": "depthwise"', '"macs": 5184');
  });

  it('Copy Layer Spec asks for a format', async () => {
    await showSample('nn.Conv2d(3, 9, 3, 1, 1, groups=3)');
    await pick(2, 'copySpec');
    await clipboardHolds('nn.Conv2d(3, 9, 3, padding=1, groups=3)');
  });

  it('Copy Layer Spec takes the call that a card names', async () => {
    const { document } = await showSample('import torch');
    const { line, character } = find(document, 'nn.Conv2d(3, 9, 3, 1, 1)');
    await run('copySpec', { uri: document.uri.toString(), id: `${line}:${character}` }, 'pytorch');
    await clipboardHolds('nn.Conv2d(3, 9, 3, padding=1)');
  });

  it('List Layers in File jumps to the picked call', async () => {
    const editor = await showSample('import torch');
    await pick(1, 'listLayers');
    const expected = find(editor.document, 'nn.Conv2d(3, 9, 3, 1, 1, groups=3)');
    await eventually('the cursor is at the second call', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document === editor.document && active.selection.start.isEqual(expected);
    });
  });

  it('the visualiser opens, verifies, pins and moves to an editor', async () => {
    await showSample('nn.Conv2d(3, 9, 3, 1, 1, groups=3)');
    await run('openVisualiser');
    await run('showLayerAtCursor');
    await run('verifyMapping');
    await run('pinLayer');
    await run('unpinLayer');
    await run('openVisualiserInEditor');
    await eventually('a tab with the visualiser', () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ label }) => label === 'ConvLens Visualiser'),
      ),
    );
  });

  it('do nothing, and do not fail, where there is nothing to act on', async () => {
    const ids = ['showLayerAtCursor', 'listLayers', 'copySpec', 'openVisualiser', 'showLog', 'reveal'];
    for (const id of ids) await run(id);
    await openText('print(1)\n');
    for (const id of ids) await run(id);
    if ((await vscode.env.clipboard.readText()) !== '') throw new Error('something was copied');
  });

  it('ignore arguments of a wrong form', async () => {
    await showSample('nn.Conv2d(3, 9, 3, 1, 1, groups=3)');
    for (const argument of [null, 1, 'x', { uri: 1 }, { uri: 'file:///none.py', id: '0:0' }, []]) {
      await run('reveal', argument);
      await run('showLayerAtCursor', argument);
    }
  });

  it('reveal jumps to a place in a notebook cell', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(sample('doubling_channels.ipynb'));
    const cell = notebook.getCells().find(({ document }) => document.getText().startsWith('kernel ='));
    if (!cell) throw new Error('the cell is gone');
    const end = { line: 1, character: 8 };
    await run('reveal', {
      uri: cell.document.uri.toString(),
      span: { start: { line: 1, character: 0 }, end },
    });
    const editor = await eventually('a notebook is shown', () => vscode.window.activeNotebookEditor);
    expectParts(String(editor.selections.map(({ start }) => start)), String(cell.index));
  });
});
