/** Entry for the web host: the analysis runs in a web worker. */
import type * as vscode from 'vscode';
import { startWebWorker } from './analysis-worker/startWebWorker';
import { activateWith } from './extension.common';

/** Starts ConvLens. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, async (read) => startWebWorker(await read('analysis-worker.web.js')));
}
