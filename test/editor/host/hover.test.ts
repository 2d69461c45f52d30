/** Hovers in Python files, unsaved documents and notebook cells. */
import * as vscode from 'vscode';
import {
  cardAt,
  closeEditors,
  expectParts,
  find,
  hoversAt,
  openText,
  sample,
  startExtension,
} from './workspace';

const GROUPED = 'nn.Conv2d(3, 9, 3, 1, 1, groups=3)';

describe('hover', () => {
  before(startExtension);
  afterEach(closeEditors);

  it('shows the card of a call in a Python file', async () => {
    const document = await vscode.workspace.openTextDocument(sample('forum_question.py'));
    const card = await cardAt(document, find(document, GROUPED, 4));
    expectParts(
      card,
      'depthwise, multiplier 3',
      'Each input channel feeds 3 filters; filters 0–2 read channel 0, 3–5 channel 1, 6–8 channel 2.',
      '(data:image/svg+xml;base64,',
      '**weight** `[9, 1, 3, 3]`',
      '`9 × 1 × 3 × 3 + 9 = 90`',
      '**output** `[1, 9, 8, 8]`',
      '`9 × 1 × 3 × 3 × 8 × 8 = 5,184`',
      '| standard | `252` | `15,552` |',
    );
  });

  it('links to commands of ConvLens alone', async () => {
    const document = await vscode.workspace.openTextDocument(sample('forum_question.py'));
    const card = await cardAt(document, find(document, GROUPED, 4));
    const commands = Array.from(card.matchAll(/\(command:([\w.]+)/g), ([, command]) => command);
    if (commands.length === 0) throw new Error('no links');
    const registered = new Set(await vscode.commands.getCommands(true));
    const foreign = commands.filter((id = '') => !id.startsWith('convlens.') || !registered.has(id));
    if (foreign.length > 0) throw new Error(`links to ${foreign.join(', ')}`);
  });

  it('explains an argument with the numbers of its call', async () => {
    const document = await vscode.workspace.openTextDocument(sample('forum_question.py'));
    const at = find(document, GROUPED, GROUPED.indexOf('groups') + 2);
    expectParts(await cardAt(document, at), '**groups** `groups=3`', '3 inputs and 9 outputs: 1 and 3 would');
  });

  it('says nothing outside of calls', async () => {
    const document = await vscode.workspace.openTextDocument(sample('forum_question.py'));
    const hovers = await hoversAt(document, find(document, 'import torch', 2));
    if (hovers.length > 0) throw new Error(hovers.join('\n'));
  });

  it('uses sizes from earlier cells in a notebook', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(sample('doubling_channels.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.getCells().find(({ document }) => document.getText().startsWith('narrow ='));
    if (!cell) throw new Error('the cell is gone');
    const card = await cardAt(cell.document, find(cell.document, 'nn.Conv2d(channels, channels * 2', 4));
    expectParts(card, '**weight** `[32, 16, 3, 3]`', '`32 × 16 × 3 × 3 = 4,608`');
  });

  it('follows edits of an unsaved document', async () => {
    const { document, edit } = await openText('from torch import nn\nc = nn.Conv2d(3, 9, 3)\n');
    expectParts(await cardAt(document, find(document, 'Conv2d', 2)), '**standard**', '[9, 3, 3, 3]');
    await edit((builder) => builder.insert(find(document, '3)', 1), ', groups=3'));
    expectParts(
      await cardAt(document, find(document, 'Conv2d', 2)),
      '**depthwise, multiplier 3**',
      '[9, 1, 3, 3]',
    );
  });

  it('works in a file with an unfinished line', async () => {
    const { document } = await openText(
      'from torch import nn\na = nn.Conv2d(3, 8, 3\n\nb = nn.Conv2d(8, 16, 3)\n',
    );
    expectParts(await cardAt(document, find(document, 'Conv2d(8', 2)), '[16, 8, 3, 3]');
  });

  it('shows hostile strings as text', async () => {
    const source = 'from torch import nn\nc = nn.Conv2d(sizes["](command:evil) <b>"], 8, 3)\n';
    const { document } = await openText(source);
    const [card = ''] = await hoversAt(document, find(document, 'Conv2d', 2));
    expectParts(card, '**unknown** input channels');
    if (/\]\(command:evil|<b>/.test(card.replace(/`[^`]*`/g, ''))) throw new Error(card);
  });
});
