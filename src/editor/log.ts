/** ConvLens's log, which `ConvLens: Show Log` opens. */
import * as vscode from 'vscode';

/** Creates the log channel. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('ConvLens', { log: true });
}
