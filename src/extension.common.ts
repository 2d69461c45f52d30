/** Composition root of every host: builds the features, registers them, nothing else. */
import * as vscode from 'vscode';
import { isChoice, isModelInputs } from './editor/checks';
import { copyLayer, registerCommands } from './editor/commands';
import { Contexts, registerContextItem } from './editor/context';
import { registerDiagnostics } from './editor/diagnostics';
import { Documents } from './editor/documents';
import { registerFollowing } from './editor/follow';
import { registerHover } from './editor/hover';
import { createLog } from './editor/log';
import { Remembered } from './editor/remembered';
import { Summaries } from './editor/summary';
import { Visualiser } from './editor/visualiser';
import { WorkspaceView } from './editor/workspaceView';
import type { WorkerPort } from './protocol/analysis';

/** A file that is shipped beside the extension. */
export type ReadShipped = (name: string) => Thenable<Uint8Array>;

/** How a host starts its worker. */
export type OpenWorker = (read: ReadShipped) => Promise<WorkerPort>;

/** Starts ConvLens; a failure is shown, since VS Code itself would only log it. */
export function activateWith(context: vscode.ExtensionContext, open: OpenWorker): void {
  const log = createLog();
  context.subscriptions.push(log);
  try {
    start(context, log, open);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.error(error instanceof Error ? error : message);
    void vscode.window.showErrorMessage(`ConvLens could not start: ${message}`);
    throw error;
  }
}

function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, open: OpenWorker): void {
  const { extensionUri, subscriptions, workspaceState } = context;
  const read: ReadShipped = (name) =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name));
  const wasm = async () => {
    const [runtime, grammar] = await Promise.all([
      read('web-tree-sitter.wasm'),
      read('tree-sitter-python.wasm'),
    ]);
    return { runtime, grammar };
  };
  const inputs = new Remembered(workspaceState, 'convlens.modelInputs', isModelInputs);
  const documents = new Documents({ open: () => open(read), wasm }, log, inputs);
  const choices = new Remembered(workspaceState, 'convlens.contexts', isChoice);
  const contexts = new Contexts(documents, choices);
  const inContext = contexts.siteIn.bind(contexts);
  const visualiser = new Visualiser({ extensionUri, log, copy: copyLayer, inContext });
  const summaries = new Summaries({ extensionUri, documents, log });
  const view = new WorkspaceView();
  const scan = { log, view, documents };
  subscriptions.push(
    inputs,
    choices,
    documents,
    visualiser,
    summaries,
    view,
    contexts.onDidChange(() => visualiser.refresh()),
    registerHover(documents, contexts, log),
    registerDiagnostics(documents, log),
    registerFollowing(documents, contexts, visualiser, log),
    registerContextItem(documents, contexts, log),
    registerCommands({ documents, contexts, inputs, summaries, visualiser, scan, log }),
  );
  log.info('ConvLens is ready');
}
