/** Jumps to a place in source, in files and in notebook cells. */
import * as vscode from 'vscode';
import type { CallSite } from '../analysis/report';
import { toRange } from './convert';

type Place = CallSite['place'];

/** Shows the place and selects it; says so when it cannot be opened. */
export async function revealPlace({ uri, span }: Place): Promise<void> {
  const range = toRange(span);
  const target = vscode.Uri.parse(uri);
  const cell = findCell(uri);
  if (cell === undefined) {
    await vscode.window.showTextDocument(target, { selection: range });
    return;
  }
  const selections = [new vscode.NotebookRange(cell.index, cell.index + 1)];
  await vscode.window.showNotebookDocument(cell.notebook, { selections });
  const editor = await visibleEditor(uri);
  if (editor === undefined) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function findCell(uri: string): vscode.NotebookCell | undefined {
  const cells = vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  return cells.find(({ document }) => document.uri.toString() === uri);
}

/** The editor of a cell, which appears a moment after its notebook. */
async function visibleEditor(uri: string): Promise<vscode.TextEditor | undefined> {
  const find = () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  for (let attempt = 0; attempt < 20 && find() === undefined; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return find();
}
