/** Jumps to a place in source, in files and in notebook cells. */
import * as vscode from 'vscode';
import type { CallSite } from '../analysis/report';
import { toRange } from './convert';
import { cellOf } from './scanFiles';

type Place = CallSite['place'];

/** Shows the place and selects it; `column` is where a document opens that is not visible yet. */
export async function revealPlace({ uri, span }: Place, column?: vscode.ViewColumn): Promise<void> {
  const range = toRange(span);
  const target = vscode.Uri.parse(uri);
  const cell = findCell(uri) ?? (await storedCell(uri));
  if (cell === undefined) {
    const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
    await vscode.window.showTextDocument(target, {
      selection: range,
      viewColumn: visible?.viewColumn ?? column,
    });
    return;
  }
  const selections = [new vscode.NotebookRange(cell.index, cell.index + 1)];
  await vscode.window.showNotebookDocument(cell.notebook, { selections });
  const editor = await visibleEditor(cell.document.uri.toString());
  if (editor === undefined) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function findCell(uri: string): vscode.NotebookCell | undefined {
  const cells = vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  return cells.find(({ document }) => document.uri.toString() === uri);
}

/** The cell that results of a scan name by its number, in a notebook that is opened for it. */
async function storedCell(uri: string): Promise<vscode.NotebookCell | undefined> {
  const cell = cellOf(uri);
  if (cell === undefined) return undefined;
  const notebook = await vscode.workspace.openNotebookDocument(cell.notebook);
  return cell.index < notebook.cellCount ? notebook.cellAt(cell.index) : undefined;
}

/** The editor of a cell, which appears a moment after its notebook. */
async function visibleEditor(uri: string): Promise<vscode.TextEditor | undefined> {
  const find = () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  for (let attempt = 0; attempt < 20 && find() === undefined; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return find();
}
