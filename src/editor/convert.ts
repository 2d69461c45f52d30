/** Our plain positions as VS Code's objects. */
import * as vscode from 'vscode';
import type { CallSite } from '../analysis/report';

type Span = CallSite['calleeSpan'];

/** The span as a range. */
export function toRange({ start, end }: Span): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
