/** Models as editor tabs with a table of their convolutions, one tab a model, kept up to date with the source. */
import * as vscode from 'vscode';
import { modelSummary, summaryCsv, summaryMarkdown, type ModelSummary } from '../present/summary';
import { connect, type Remote, serve } from '../protocol/rpc';
import type { SummaryContent, SummaryHostService, SummaryPageService } from '../protocol/summary';
import { isPlace, isSiteReference, isTableFormat, type SiteReference } from './checks';
import { type Documents, keyOf } from './documents';
import { guard } from './guard';
import { modelsIn } from './modelPicks';
import { revealPlace } from './reveal';
import { portOf } from './surface';
import { pageHtml, pageRoots, SUMMARY_PAGE } from './visualiserHtml';

const PANEL = 'convlens.modelSummary';

/** What the summaries ask of the rest. */
export interface SummaryContext {
  readonly extensionUri: vscode.Uri;
  readonly documents: Documents;
  readonly log: vscode.LogOutputChannel;
}

/** A tab with the model it shows. */
interface Tab {
  readonly panel: vscode.WebviewPanel;
  readonly page: Remote<SummaryPageService>;
  readonly model: SiteReference;
  isDrawn: boolean;
  /** What it shows now; absent before it has shown a model. */
  summary?: ModelSummary;
}

/** Owns the tabs. */
export class Summaries implements vscode.Disposable {
  private readonly tabs = new Map<string, Tab>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly context: SummaryContext) {
    const { log, documents } = context;
    const restore = guard(log, 'summary tab', (panel: vscode.WebviewPanel, state: unknown) => {
      const model = modelOf(state);
      if (model === undefined) panel.dispose();
      else this.adopt(panel, model);
    });
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(PANEL, {
        deserializeWebviewPanel: (panel, state: unknown) => Promise.resolve(restore(panel, state)),
      }),
      documents.onDidAnalyse(
        guard(log, 'summary', (document: vscode.TextDocument) => this.noteReport(document)),
      ),
    ];
  }

  /** Shows a model's tab, beside the source when it is new. */
  async open(document: vscode.TextDocument, id: string): Promise<void> {
    const model = { uri: document.uri.toString(), id };
    const tab = this.tabs.get(nameOf(model));
    if (tab !== undefined) {
      tab.panel.reveal();
      await this.send(tab);
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    this.adopt(vscode.window.createWebviewPanel(PANEL, `Summary of ${id}`, column), model);
  }

  dispose(): void {
    for (const { panel } of this.tabs.values()) panel.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Loads the page into a tab and talks with it. */
  private adopt(panel: vscode.WebviewPanel, model: SiteReference): void {
    const { extensionUri } = this.context;
    const { webview } = panel;
    const port = portOf(webview);
    const { remote, close } = connect<SummaryPageService>(port);
    const tab: Tab = { panel, page: remote, model, isDrawn: false };
    const stop = serve<SummaryHostService>(port, this.services(tab));
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    webview.html = pageHtml(webview, extensionUri, SUMMARY_PAGE);
    this.tabs.set(nameOf(model), tab);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) tab.isDrawn = false;
    });
    panel.onDidDispose(() => {
      stop();
      close();
      if (this.tabs.get(nameOf(model)) === tab) this.tabs.delete(nameOf(model));
    });
  }

  /** What the page may ask for; arguments are checked, since a page is outside. */
  private services(tab: Tab): SummaryHostService {
    return {
      ready: async () => {
        tab.isDrawn = true;
        await this.send(tab);
      },
      reveal: async (place: unknown) => {
        if (!isPlace(place)) throw new Error('reveal needs a place');
        await revealPlace(place, vscode.ViewColumn.One);
      },
      copy: async (format: unknown) => {
        if (!isTableFormat(format)) throw new Error('copy needs a format');
        if (tab.summary === undefined) throw new Error('there is no table to copy');
        const write = { csv: summaryCsv, markdown: summaryMarkdown }[format];
        await vscode.env.clipboard.writeText(write(tab.summary));
      },
      setInput: async () => {
        await vscode.commands.executeCommand('convlens.setModelInputSize', tab.model);
      },
      log: (message: unknown) => {
        this.context.log.info(`summary: ${String(message).slice(0, 2000)}`);
        return Promise.resolve();
      },
    };
  }

  private noteReport(document: vscode.TextDocument): void {
    if (this.context.documents.currentReportOf(document, 'whole') === undefined) return;
    const key = keyOf(document);
    for (const tab of this.tabs.values()) {
      const own = openDocument(tab.model.uri);
      if (tab.isDrawn && own !== undefined && keyOf(own) === key) void this.send(tab);
    }
  }

  private async send(tab: Tab): Promise<void> {
    const content = await this.contentOf(tab);
    await tab.page
      .show(content)
      .catch((error: unknown) => this.context.log.debug(`summary: ${String(error)}`));
  }

  private async contentOf(tab: Tab): Promise<SummaryContent> {
    const { uri, id } = tab.model;
    const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
    const model = modelsIn(await this.context.documents.allReportsOf(document)).find(
      (each) => each.id === id,
    );
    tab.summary = model && modelSummary(model);
    return tab.summary ?? { kind: 'empty', message: `There is no model ${id} in the source any more.` };
  }
}

function openDocument(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
}

function nameOf({ uri, id }: SiteReference): string {
  return `${uri}#${id}`;
}

/** The model that a tab showed before a restart. */
function modelOf(state: unknown): SiteReference | undefined {
  const content =
    typeof state === 'object' && state !== null && 'content' in state ? state.content : undefined;
  return isSiteReference(content) ? { uri: content.uri, id: content.id } : undefined;
}
