/** Analyses every Python file of the workspace, with progress and cancellation, and keeps a few lines of each. */
import * as vscode from 'vscode';
import {
  type FileSummary,
  summariseFile,
  totalsLine,
  totalsOf,
  type WorkspaceTotals,
} from '../present/workspace';
import type { Documents } from './documents';
import { findSources, readSources } from './scanFiles';
import type { WorkspaceView } from './workspaceView';

/** What a scan works with. */
export interface ScanContext {
  readonly log: vscode.LogOutputChannel;
  readonly view: WorkspaceView;
  readonly documents: Documents;
}

/** What a scan found so far. */
interface Scan {
  readonly summaries: FileSummary[];
  analysed: number;
  skipped: number;
}

/** Scans the workspace, shows what was found, also when it was cancelled, and returns the totals. */
export async function analyseWorkspace(context: ScanContext): Promise<WorkspaceTotals | undefined> {
  if (vscode.workspace.workspaceFolders === undefined) {
    void vscode.window.showInformationMessage('ConvLens: Open a folder to analyse its Python files.');
    return undefined;
  }
  const scan: Scan = { summaries: [], analysed: 0, skipped: 0 };
  const task = {
    location: vscode.ProgressLocation.Notification,
    title: 'ConvLens: Analysing',
    cancellable: true,
  };
  const found = await vscode.window.withProgress(task, (progress, token) =>
    scanAll(context, scan, progress, token),
  );
  const totals = totalsOf(scan.analysed, scan.summaries);
  await context.view.show(scan.summaries, totals, noteOf(scan, found));
  vscode.window.setStatusBarMessage(`ConvLens: ${totalsLine(totals)}`, 8000);
  return totals;
}

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** The number of files there are; fewer were analysed when the user cancelled. */
async function scanAll(
  context: ScanContext,
  scan: Scan,
  progress: Progress,
  token: vscode.CancellationToken,
): Promise<number> {
  const uris = await findSources(token);
  for (const [index, uri] of uris.entries()) {
    if (token.isCancellationRequested) break;
    const message = `${index + 1} of ${uris.length}: ${vscode.workspace.asRelativePath(uri)}`;
    progress.report({ message, increment: 100 / uris.length });
    await scanFile(context, scan, uri, token);
  }
  return uris.length;
}

/** Analyses one file; what fails with it is logged and counted. */
async function scanFile(
  { documents, log }: ScanContext,
  scan: Scan,
  uri: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<void> {
  const address = uri.toString();
  try {
    const read = await readSources(uri);
    if (read.kind === 'skipped') throw new Error(read.why);
    const reports = await documents.analyseFile({ uri, ...read }, token);
    if (token.isCancellationRequested) return;
    if (reports === undefined) throw new Error('the analysis failed');
    scan.analysed++;
    const summary = summariseFile(address, reports);
    if (summary !== undefined) scan.summaries.push(summary);
  } catch (error) {
    scan.skipped++;
    log.info(
      `the workspace's analysis left out ${address}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** What is missing from the results. */
function noteOf({ analysed, skipped }: Scan, found: number): string | undefined {
  const left = found - analysed - skipped;
  const parts = [
    ...(left > 0 ? [`cancelled before the last ${left} of ${found} files`] : []),
    ...(skipped > 0 ? [`${skipped} could not be read: see ConvLens: Show Log`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}
