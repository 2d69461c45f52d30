/** ConvLens's settings as one typed record. */
import * as vscode from 'vscode';
import type { AssumedInput } from '../analysis/report';
import type { FlopsConvention } from '../present/facts';
import { parseInputSize } from '../present/input';

export interface Settings {
  readonly hoverEnabled: boolean;
  readonly hoverDetail: 'full' | 'compact';
  readonly diagnosticsEnabled: boolean;
  readonly flops: FlopsConvention;
  readonly assumedInput?: AssumedInput;
  /** Folders that imports start from, relative to the workspace folder. */
  readonly sourceRoots: readonly string[];
}

const SECTION = 'convlens';

/** The settings that hold for a document; values of a wrong form count as not set. */
export function readSettings(scope?: vscode.Uri): Settings {
  const section = vscode.workspace.getConfiguration(SECTION, scope ?? null);
  const assumed: unknown = section.get('input.assumed');
  const roots: unknown = section.get('sourceRoots');
  return {
    hoverEnabled: section.get<unknown>('hover.enabled') !== false,
    hoverDetail: section.get<unknown>('hover.detail') === 'compact' ? 'compact' : 'full',
    diagnosticsEnabled: section.get<unknown>('diagnostics.enabled') !== false,
    flops: section.get<unknown>('cost.flopsConvention') === '2*macs+bias' ? '2*macs+bias' : '2*macs',
    assumedInput: typeof assumed === 'string' ? parseInputSize(assumed) : undefined,
    sourceRoots: Array.isArray(roots) ? roots.filter((root) => typeof root === 'string') : [],
  };
}

/** Calls back after any of the settings has changed. */
export function onSettingsChange(callback: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SECTION)) callback();
  });
}
