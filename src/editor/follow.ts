/** Lets the visualiser follow the cursor; outside of calls it keeps the last layer. */
import * as vscode from 'vscode';
import { siteAt } from '../present/at';
import type { Contexts } from './context';
import type { Documents } from './documents';
import { guard } from './guard';
import type { Visualiser } from './visualiser';

/** Milliseconds the cursor has to rest. */
const REST = 80;

/**
 * Shows the layer under the cursor when that rests, and again when its text was analysed anew: at once in general, and
 * where a context is chosen when the models are there.
 */
export function registerFollowing(
  documents: Documents,
  contexts: Contexts,
  visualiser: Visualiser,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = guard(log, 'following the cursor', () => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const { document, selection } = editor;
    const needed = contexts.isChosen(document) ? 'whole' : 'general';
    const report = documents.currentReportOf(document, needed);
    const site = report && siteAt(report, selection.active);
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
