/** Hovers: the card of the call or model under the mouse, or of one of a call's arguments. */
import * as vscode from 'vscode';
import type { BlockCall, CallSite, Report } from '../analysis/report';
import { argumentCard } from '../present/argument';
import { argumentAt, modelOfVariable, type Subject, subjectAt, type Texts } from '../present/at';
import { blockCard } from '../present/blockCard';
import { card, type CardOptions } from '../present/card';
import { siteInContext } from '../present/context';
import { CARD_COMMANDS } from '../present/links';
import { modelCard } from '../present/modelCard';
import type { ThemeKind } from '../present/svg';
import { isCutShort } from '../present/unknowns';
import type { Contexts } from './context';
import { toRange } from './convert';
import { type Documents, isPython, notebookOf } from './documents';
import { guard } from './guard';
import { readSettings } from './settings';

/** Registers the hover for Python documents of any scheme, notebook cells among them. */
export function registerHover(
  documents: Documents,
  contexts: Contexts,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const provideHover = guard(log, 'hover', hoverAt.bind(undefined, documents, contexts));
  return vscode.languages.registerHoverProvider({ language: 'python' }, { provideHover });
}

async function hoverAt(
  documents: Documents,
  contexts: Contexts,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const settings = readSettings(document.uri);
  if (!settings.hoverEnabled) return undefined;
  const { hoverDetail: detail, flops } = settings;
  const theme = themeOf(vscode.window.activeColorTheme.kind);
  const options = { detail, flops, theme, choice: await contexts.of(document) };
  const { extent, report } = await documents.firstReportOf(document, token);
  // A card of a call need not wait for the models; what is no call may be a model, and what was cut short become known.
  const early = report && subjectAt(report, position);
  if (early !== undefined && extent === 'general' && !layersOf(early).some(isCutShort))
    return subjectHover(early, position, { ...options, isWithoutModels: true });
  const whole = extent === 'whole' ? report : await documents.reportOf(document, token);
  return whole && hoverIn(whole, document, position, options);
}

function hoverIn(
  report: Report,
  document: vscode.TextDocument,
  position: vscode.Position,
  options: CardOptions,
): vscode.Hover | undefined {
  const variable = modelOfVariable(report.models, position, textsAround(document, position));
  if (variable !== undefined)
    return new vscode.Hover(trusted(modelCard(variable.model, options)), toRange(variable.span));
  const subject = subjectAt(report, position);
  return subject && subjectHover(subject, position, options);
}

/** What a variable's card is found by. */
function textsAround(document: vscode.TextDocument, { line }: vscode.Position): Texts {
  const cells = notebookOf(document)?.getCells() ?? [];
  const documents = cells.length === 0 ? [document] : cells.map((cell) => cell.document).filter(isPython);
  return { line: document.lineAt(line).text, all: documents.map((each) => each.getText()) };
}

/** The layers whose figures a card shows. */
function layersOf(subject: Subject): readonly CallSite['layer'][] {
  switch (subject.kind) {
    case 'site':
      return [subject.site.layer];
    case 'block':
      return subject.block.holds.map(({ layer }) => layer);
    case 'model':
      return subject.model.layers.map(({ layer }) => layer);
  }
}

function subjectHover(subject: Subject, position: vscode.Position, options: CardOptions): vscode.Hover {
  switch (subject.kind) {
    case 'site':
      return siteHover(subject.site, position, options);
    case 'block':
      return new vscode.Hover(
        trusted(blockCard(subject.block, options)),
        toRange(spanAround(subject.block, position)),
      );
    case 'model':
      return new vscode.Hover(trusted(modelCard(subject.model, options)), toRange(subject.model.place.span));
  }
}

/** The card of a call, or of the argument at the position. */
function siteHover(site: CallSite, position: vscode.Position, options: CardOptions): vscode.Hover {
  const { site: shown, as } = siteInContext(site, options.choice);
  const argument = argumentAt(shown, position);
  const about = argument && argumentCard(shown, argument, as);
  if (argument !== undefined && about !== undefined)
    return new vscode.Hover(trusted(about), toRange(argument.span));
  return new vscode.Hover(trusted(card(site, options)), toRange(site.place.span));
}

/** The callee where the position is in it, otherwise the whole call. */
function spanAround({ calleeSpan, place }: BlockCall, position: vscode.Position): BlockCall['calleeSpan'] {
  return toRange(calleeSpan).contains(position) ? calleeSpan : place.span;
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
