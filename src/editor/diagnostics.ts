/** What the framework would refuse, underlined. */
import * as vscode from 'vscode';
import { diagnosticsOf, type PlainDiagnostic } from '../present/diagnostics';
import { toRange } from './convert';
import { type Documents, isPython } from './documents';
import { guard } from './guard';
import { readSettings } from './settings';

const SEVERITIES: { readonly [S in PlainDiagnostic['severity']]: vscode.DiagnosticSeverity } = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Keeps diagnostics of open documents up to date; turned off, it clears them. */
export function registerDiagnostics(documents: Documents, log: vscode.LogOutputChannel): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('convlens');
  const update = guard(log, 'diagnostics', (document: vscode.TextDocument) => {
    const report = readSettings(document.uri).diagnosticsEnabled
      ? documents.currentReportOf(document, 'general')
      : undefined;
    collection.set(document.uri, report === undefined ? [] : diagnosticsOf(report).map(toDiagnostic));
  });
  const forget = guard(log, 'diagnostics', (document: vscode.TextDocument) => {
    if (isPython(document)) collection.delete(document.uri);
  });
  return vscode.Disposable.from(
    collection,
    documents.onDidAnalyse(update),
    vscode.workspace.onDidCloseTextDocument(forget),
  );
}

function toDiagnostic({ span, severity, code, message }: PlainDiagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(span), message, SEVERITIES[severity]);
  diagnostic.source = 'ConvLens';
  diagnostic.code = code;
  return diagnostic;
}
