/** The context in which a document's calls are read: who chose what, and the status bar item that shows it. */
import * as vscode from 'vscode';
import type { CallSite, Report } from '../analysis/report';
import { type Choice, choiceText, siteInContext, type SiteInContext, validChoice } from '../present/context';
import { CARD_COMMANDS } from '../present/links';
import { type Documents, isPython, keyOf } from './documents';
import { guard } from './guard';
import type { Remembered } from './remembered';

/** The contexts that the user chose, as far as the documents' models are still there. */
export class Contexts {
  constructor(
    private readonly documents: Documents,
    private readonly choices: Remembered<Choice>,
  ) {}

  /** Whether the user chose a context for the document, be its model still there or not. */
  isChosen(document: vscode.TextDocument): boolean {
    return this.choices.get(keyOf(document)) !== undefined;
  }

  /** The context of a document; `undefined` for what holds in general. */
  async of(document: vscode.TextDocument): Promise<Choice | undefined> {
    const choice = this.choices.get(keyOf(document));
    return choice === undefined
      ? undefined
      : validChoice(choice, await this.documents.allReportsOf(document));
  }

  /** The context of a document as far as its reports tell that are there already. */
  currentOf(document: vscode.TextDocument, reports: readonly Report[]): Choice | undefined {
    return validChoice(this.choices.get(keyOf(document)), reports);
  }

  /** The call as the context of its document shows it; as it is in general when the document is not open. */
  siteIn(site: CallSite): SiteInContext {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === site.place.uri);
    return siteInContext(site, document && this.choices.get(keyOf(document)));
  }

  /** Chooses the context of a document; without one its calls are shown in general. */
  choose(document: vscode.TextDocument, choice: Choice | undefined): Promise<void> {
    return this.choices.set(keyOf(document), choice);
  }

  /** Told when any document's context has changed. */
  get onDidChange(): vscode.Event<string> {
    return this.choices.onDidChange;
  }
}

/** What the item shows where no context is chosen. */
const GENERAL = 'General';

/** Shows the active document's context in the status bar, where that is Python with models. */
export function registerContextItem(
  documents: Documents,
  contexts: Contexts,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const { window } = vscode;
  const item = window.createStatusBarItem('convlens.context', vscode.StatusBarAlignment.Right, 90);
  item.name = 'ConvLens Context';
  item.command = CARD_COMMANDS.context;
  const update = guard(log, 'context in the status bar', async () => {
    const document = window.activeTextEditor?.document;
    const reports = document && isPython(document) ? await documents.allReportsOf(document) : [];
    if (document !== window.activeTextEditor?.document) return;
    const models = reports.flatMap((report) => report.models);
    if (document === undefined || models.length === 0) {
      item.hide();
      return;
    }
    const choice = contexts.currentOf(document, reports);
    const text = choice === undefined ? GENERAL : choiceText(choice);
    item.text = `ConvLens: ${plain(text)}`;
    item.tooltip =
      choice === undefined
        ? 'Cards give formulas and list what each model builds. Click to choose a model.'
        : `Cards give the figures of ${text}. Click to change.`;
    item.accessibilityInformation = { label: `ConvLens context: ${text}` };
    item.show();
  });
  void update();
  return vscode.Disposable.from(
    item,
    window.onDidChangeActiveTextEditor(() => void update()),
    documents.onDidAnalyse((document) => {
      if (documents.currentReportOf(document, 'whole') !== undefined) void update();
    }),
    contexts.onDidChange(() => void update()),
  );
}

/** Status bar texts may hold icons as `$(name)`; text from source may not. */
function plain(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return short.replaceAll('$(', '$\u200b(');
}
