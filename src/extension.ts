/** Composition root: builds the analyser and the features, registers them, nothing else. */
import * as vscode from 'vscode';
import { createAnalyser } from './analysis/analyser';
import { isModelInputs } from './editor/checks';
import { copyLayer, registerCommands } from './editor/commands';
import { registerDiagnostics } from './editor/diagnostics';
import { Documents } from './editor/documents';
import { registerFollowing } from './editor/follow';
import { registerHover } from './editor/hover';
import { createLog } from './editor/log';
import { Remembered } from './editor/remembered';
import { Visualiser } from './editor/visualiser';

/** Starts ConvLens; a failure is shown, since VS Code itself would only log it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = createLog();
  context.subscriptions.push(log);
  try {
    await start(context, log);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.error(error instanceof Error ? error : message);
    void vscode.window.showErrorMessage(`ConvLens could not start: ${message}`);
    throw error;
  }
}

async function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  const { extensionUri, subscriptions, workspaceState } = context;
  const read = (name: string) =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name));
  const [runtime, grammar] = await Promise.all([
    read('web-tree-sitter.wasm'),
    read('tree-sitter-python.wasm'),
  ]);
  const analyser = await createAnalyser({ runtime, grammar });
  const inputs = new Remembered(workspaceState, 'convlens.modelInputs', isModelInputs);
  const documents = new Documents(analyser, log, inputs);
  const visualiser = new Visualiser({ extensionUri, log, copy: copyLayer });
  subscriptions.push(
    analyser,
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
