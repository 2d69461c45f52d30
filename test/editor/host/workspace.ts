/** What the suites in the extension host share: opening samples, asking for hovers, waiting. */
import * as vscode from 'vscode';

/** A hover as the command gives it. */
interface PlainHover {
  readonly contents: readonly { readonly value: string }[];
}

/** Starts ConvLens; providers answer nothing before. */
export async function startExtension(): Promise<void> {
  await vscode.extensions.getExtension('convlens.convlens')?.activate();
}

/** Address of a file of the sample workspace. */
export function sample(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Shows a text in an unsaved Python document. */
export async function openText(content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content });
  return vscode.window.showTextDocument(document);
}

/** The position `offset` characters into the first place where `text` stands. */
export function find(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`${document.uri.toString()} does not hold ${text}`);
  return document.positionAt(at + offset);
}

/** Our hovers at a position, as their Markdown. */
export async function hoversAt(document: vscode.TextDocument, at: vscode.Position): Promise<string[]> {
  const command = 'vscode.executeHoverProvider';
  const hovers = await vscode.commands.executeCommand<PlainHover[]>(command, document.uri, at);
  const texts = hovers.flatMap(({ contents }) => contents).map(({ value }) => value);
  return texts.filter((text) => text.includes('command:convlens.'));
}

/** The one hover at a position, without escapes. */
export async function cardAt(document: vscode.TextDocument, at: vscode.Position): Promise<string> {
  const [card, ...others] = await hoversAt(document, at);
  if (card === undefined || others.length > 0)
    throw new Error(`${others.length} hovers besides ${card ?? 'none'}`);
  return card.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Fails unless `text` holds all of the parts. */
export function expectParts(text: string, ...parts: readonly string[]): void {
  const missing = parts.filter((part) => !text.includes(part));
  if (missing.length > 0) throw new Error(`missing: ${missing.join(' | ')}\nin: ${text}`);
}

/** Waits until `check` gives a value other than `undefined` or `false`. */
export async function eventually<T>(
  what: string,
  check: () => T | undefined | false | PromiseLike<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    const value = await check();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error(`it did not happen: ${what}`);
}

/** Closes all editors without saving. */
export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
