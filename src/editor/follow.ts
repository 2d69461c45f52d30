/** Lets the visualiser follow the cursor; outside of calls it keeps the last layer. */
import * as vscode from 'vscode';
import { siteAt } from '../present/at';
import type { Documents } from './documents';
import { guard } from './guard';
import type { Visualiser } from './visualiser';

/** Milliseconds the cursor has to rest. */
const REST = 80;

/** Shows the layer under the cursor when that rests, and again when its text was analysed anew. */
export function registerFollowing(
  documents: Documents,
  visualiser: Visualiser,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = guard(log, 'following the cursor', () => {
    const editor = vscode.window.activeTextEditor;
    const report = editor && documents.currentReportOf(editor.document);
    const site = report && siteAt(report, editor.selection.active);
    if (site !== undefined) visualiser.follow(site);
  });
  const followSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(follow, REST);
  };
  followSoon();
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(followSoon),
    vscode.window.onDidChangeActiveTextEditor(followSoon),
    documents.onDidAnalyse(followSoon),
    visualiser.onDidUnpin(followSoon),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
