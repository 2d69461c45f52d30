/** Entry for the desktop and remote hosts: the analysis runs in a thread. */
import type * as vscode from 'vscode';
import { startThread } from './analysis-worker/startThread';
import { activateWith } from './extension.common';

/** Starts ConvLens. */
export function activate(context: vscode.ExtensionContext): void {
  const file = context.asAbsolutePath('dist/analysis-worker.js');
  activateWith(context, () => Promise.resolve(startThread(file)));
}
