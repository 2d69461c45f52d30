/** Composition root of every host: builds the features, registers them, nothing else. */
import * as vscode from 'vscode';
import { isModelInputs } from './editor/checks';
import { copyLayer, registerCommands } from './editor/commands';
import { registerDiagnostics } from './editor/diagnostics';
import { Documents } from './editor/documents';
import { registerFollowing } from './editor/follow';
import { registerHover } from './editor/hover';
import { createLog } from './editor/log';
import { Remembered } from './editor/remembered';
import { Visualiser } from './editor/visualiser';
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
  const visualiser = new Visualiser({ extensionUri, log, copy: copyLayer });
  subscriptions.push(
    inputs,
    documents,
    visualiser,
    registerHover(documents, log),
    registerDiagnostics(documents, log),
    registerFollowing(documents, visualiser, log),
    registerCommands({ documents, visualiser, log }),
  );
  log.info('ConvLens is ready');
}
