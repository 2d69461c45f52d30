/** Hovers: the card of the call under the mouse, or of one of its arguments. */
import * as vscode from 'vscode';
import { argumentCard } from '../present/argument';
import { argumentAt, siteAt } from '../present/at';
import { card } from '../present/card';
import { CARD_COMMANDS } from '../present/links';
import type { ThemeKind } from '../present/svg';
import { toRange } from './convert';
import type { Documents } from './documents';
import { guard } from './guard';
import { readSettings } from './settings';

/** Registers the hover for Python documents of any scheme, notebook cells among them. */
export function registerHover(documents: Documents, log: vscode.LogOutputChannel): vscode.Disposable {
  const provideHover = guard(log, 'hover', hoverAt.bind(undefined, documents));
  return vscode.languages.registerHoverProvider({ language: 'python' }, { provideHover });
}

async function hoverAt(
  documents: Documents,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const settings = readSettings(document.uri);
  if (!settings.hoverEnabled) return undefined;
  const report = await documents.reportOf(document, token);
  const site = report && siteAt(report, position);
  if (site === undefined) return undefined;
  const argument = argumentAt(site, position);
  const about = argument && argumentCard(site, argument);
  if (argument !== undefined && about !== undefined)
    return new vscode.Hover(trusted(about), toRange(argument.span));
  const { hoverDetail: detail, flops } = settings;
  const theme = themeOf(vscode.window.activeColorTheme.kind);
  return new vscode.Hover(trusted(card(site, { detail, flops, theme })), toRange(site.place.span));
}

/** Markdown whose links may run our own commands and nothing else. */
function trusted(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands: Object.values(CARD_COMMANDS) };
  return markdown;
}

function themeOf(kind: vscode.ColorThemeKind): ThemeKind {
  switch (kind) {
    case vscode.ColorThemeKind.Light:
      return 'light';
    case vscode.ColorThemeKind.Dark:
      return 'dark';
    case vscode.ColorThemeKind.HighContrast:
      return 'highContrast';
    case vscode.ColorThemeKind.HighContrastLight:
      return 'highContrastLight';
  }
}
