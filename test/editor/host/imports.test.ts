/** Imported files: cards follow what they say, unsaved, on disk, new and gone. */
import * as vscode from 'vscode';
import { cardAt, closeEditors, eventually, find, sample, startExtension } from './workspace';

const MAIN = 'from torch import nn\nfrom imported.sizes import WIDTH\nc = nn.Conv2d(3, WIDTH, 3)\n';

/** Writes a file as a user of the editor does: the watcher of a busy machine may take its time. */
async function write(name: string, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(sample(name), { overwrite: true, contents: new TextEncoder().encode(text) });
  await vscode.workspace.applyEdit(edit);
}

async function remove(name: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(sample(name), { recursive: true, ignoreIfNotExists: true });
  await vscode.workspace.applyEdit(edit);
}

async function openMain(name = 'main_of_imports.py', text = MAIN): Promise<vscode.TextDocument> {
  await write(name, text);
  const document = await vscode.workspace.openTextDocument(sample(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Waits until the card of the call has the text. */
async function shows(document: vscode.TextDocument, part: string): Promise<void> {
  let card = '';
  const isShown = async (): Promise<boolean> => {
    card = await cardAt(document, find(document, 'Conv2d', 2));
    return card.includes(part);
  };
  await eventually(`the card shows ${part}`, isShown).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${card}`);
  });
}

describe('imports', () => {
  before(startExtension);
  beforeEach(() => write('imported/sizes.py', 'WIDTH = 5\n'));
  afterEach(async () => {
    await closeEditors();
    for (const name of ['imported', 'main_of_imports.py', 'libraries']) await remove(name);
  });

  it('are read from the workspace', async () => {
    await shows(await openMain(), '[5, 3, 3, 3]');
  });

  it('are read as they stand in an open document, at each edit', async () => {
    const main = await openMain();
    await shows(main, '[5, 3, 3, 3]');
    const sizes = await vscode.workspace.openTextDocument(sample('imported/sizes.py'));
    for (const width of [7, 11]) {
      const edit = new vscode.WorkspaceEdit();
      const all = new vscode.Range(0, 0, sizes.lineCount, 0);
      edit.replace(sizes.uri, all, `WIDTH = ${width}\n`);
      await vscode.workspace.applyEdit(edit);
      const card = await cardAt(main, find(main, 'Conv2d', 2));
      if (!card.includes(`[${width}, 3, 3, 3]`)) throw new Error(`the first card is not fresh: ${card}`);
    }
    if (!sizes.isDirty) throw new Error('the document was saved');
    await vscode.window.showTextDocument(sizes);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await shows(main, '[5, 3, 3, 3]');
  });

  it('are read again when they change, go and come', async () => {
    const main = await openMain();
    await shows(main, '[5, 3, 3, 3]');
    await write('imported/sizes.py', 'WIDTH = 6\n');
    await shows(main, '[6, 3, 3, 3]');
    await remove('imported');
    await shows(main, '**unknown** output channels');
    await write('imported/sizes.py', 'WIDTH = 8\n');
    await shows(main, '[8, 3, 3, 3]');
  });

  it('start from the folders that the setting names', async () => {
    await write('libraries/python/deep/names.py', 'WIDTH = 9\n');
    const main = await openMain('main_of_imports.py', MAIN.replace('imported.sizes', 'deep.names'));
    await shows(main, '**unknown** output channels');
    const section = vscode.workspace.getConfiguration('convlens', main.uri);
    await section.update('sourceRoots', ['libraries/python'], vscode.ConfigurationTarget.Global);
    try {
      await shows(main, '[9, 3, 3, 3]');
    } finally {
      await section.update('sourceRoots', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('are found from a document that is not saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: MAIN });
    await shows(document, '[5, 3, 3, 3]');
  });
});
