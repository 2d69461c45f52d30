/** The reports of open Python documents: analysed when asked for, kept until the text changes, told of when new. */
import * as vscode from 'vscode';
import type { Analyser } from '../analysis/analyser';
import type { Report } from '../analysis/report';
import { guard } from './guard';
import type { Remembered } from './remembered';
import { onSettingsChange, readSettings } from './settings';

/** Milliseconds without an edit before a document is analysed unasked. */
const QUIET = 250;

/** Documents that share one namespace: a file alone, or the code cells of a notebook in order. */
interface Group {
  readonly key: string;
  readonly isNotebook: boolean;
  readonly documents: readonly vscode.TextDocument[];
}

/** The sizes of the data of a model's run by the model's `id`, as the user set them. */
export type ModelInputs = Readonly<Record<string, readonly number[]>>;

/** Reports with the documents they are of; an unsaved document's address may come back with another one. */
interface CachedGroup {
  readonly documents: readonly vscode.TextDocument[];
  readonly versions: readonly number[];
  readonly reports: ReadonlyMap<string, Report>;
}

/** Answers with the report of a document; `onDidAnalyse` tells of fresh ones. */
export class Documents implements vscode.Disposable {
  private readonly cache = new Map<string, CachedGroup>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly editedLines = new Map<string, number>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  /** Told of each document with a fresh report. */
  readonly onDidAnalyse = this.changed.event;

  constructor(
    private readonly analyser: Analyser,
    private readonly log: vscode.LogOutputChannel,
    private readonly inputs: Remembered<ModelInputs>,
  ) {
    const { workspace } = vscode;
    this.subscriptions = [
      this.changed,
      workspace.onDidOpenTextDocument(guard(log, 'opened document', (document) => this.schedule(document))),
      workspace.onDidChangeTextDocument(guard(log, 'changed document', (event) => this.noteEdit(event))),
      workspace.onDidChangeNotebookDocument(
        guard(log, 'changed notebook', (event) => this.noteCells(event.notebook)),
      ),
      workspace.onDidCloseTextDocument(
        guard(log, 'closed document', ({ uri }) => this.forget(uri.toString())),
      ),
      workspace.onDidCloseNotebookDocument(
        guard(log, 'closed notebook', ({ uri }) => this.forget(uri.toString())),
      ),
      onSettingsChange(guard(log, 'changed settings', () => this.refresh())),
      inputs.onDidChange(guard(log, 'changed inputs of models', () => this.refresh())),
    ];
    workspace.textDocuments.forEach((document) => this.schedule(document));
  }

  /**
   * The report of a Python document as it stands now, analysed first where it must be. `undefined` for other languages,
   * after a failure, when `token` is cancelled and when it takes too long.
   */
  async reportOf(
    document: vscode.TextDocument,
    token?: vscode.CancellationToken,
  ): Promise<Report | undefined> {
    const reports = await this.allReportsOf(document, token);
    return reports.find(({ uri }) => uri === document.uri.toString());
  }

  /** The reports of all documents that share the document's namespace, in order; none where `reportOf` has none. */
  allReportsOf(document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<readonly Report[]> {
    const isWanted = isPython(document) && token?.isCancellationRequested !== true;
    return Promise.resolve(isWanted ? [...this.reportsOf(document).values()] : []);
  }

  /** The report of a Python document if its text has been analysed as it stands now; `onDidAnalyse` tells of later ones. */
  currentReportOf(document: vscode.TextDocument): Report | undefined {
    if (!isPython(document)) return undefined;
    const group = groupOf(document);
    const cached = this.cache.get(group.key);
    if (cached === undefined || !isCurrent(cached, group)) return undefined;
    return cached.reports.get(document.uri.toString());
  }

  /** Drops all reports and analyses the open documents again. */
  refresh(): void {
    this.cache.clear();
    vscode.workspace.textDocuments.forEach((document) => this.schedule(document));
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  private reportsOf(document: vscode.TextDocument): ReadonlyMap<string, Report> {
    const group = groupOf(document);
    const cached = this.cache.get(group.key);
    if (cached !== undefined && isCurrent(cached, group)) return cached.reports;
    const reports = this.analyse(group);
    const versions = group.documents.map(({ version }) => version);
    this.cache.set(group.key, { documents: group.documents, versions, reports });
    return reports;
  }

  private analyse({ documents, isNotebook, key }: Group): ReadonlyMap<string, Report> {
    const began = Date.now();
    const sources = documents.map((document) => {
      const uri = document.uri.toString();
      return { uri, text: document.getText(), editedLine: this.editedLines.get(uri) };
    });
    const { assumedInput } = readSettings(documents[0]?.uri);
    const run = guard(this.log, `analysis of ${key}`, () =>
      this.analyser.analyse(sources, { assumedInput, isNotebook, modelInputs: this.inputs.get(key) }),
    );
    const reports = run() ?? [];
    this.log.debug(`analysed ${key} in ${Date.now() - began} ms`);
    return new Map(reports.map((report) => [report.uri, report]));
  }

  private noteEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const last = contentChanges.at(-1);
    if (last !== undefined) this.editedLines.set(document.uri.toString(), last.range.start.line);
    this.schedule(document);
  }

  private noteCells(notebook: vscode.NotebookDocument): void {
    const [first] = codeCells(notebook);
    if (first !== undefined) this.schedule(first);
  }

  private schedule(document: vscode.TextDocument): void {
    if (!isPython(document)) return;
    const { key } = groupOf(document);
    clearTimeout(this.timers.get(key));
    const tell = guard(this.log, `analysis of ${key}`, () => this.tell(key, document));
    this.timers.set(key, setTimeout(tell, QUIET));
  }

  private tell(key: string, document: vscode.TextDocument): void {
    this.timers.delete(key);
    if (document.isClosed) return;
    this.reportsOf(document);
    groupOf(document).documents.forEach((each) => this.changed.fire(each));
  }

  private forget(key: string): void {
    this.editedLines.delete(key);
    this.cache.delete(key);
  }
}

function isCurrent({ documents, versions }: CachedGroup, group: Group): boolean {
  const isSame = (document: vscode.TextDocument, index: number) =>
    document === documents[index] && document.version === versions[index];
  return documents.length === group.documents.length && group.documents.every(isSame);
}

/** Whether the document is read at all. */
export function isPython({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'python';
}

/** The address under which choices for the document are remembered: its own, for a cell that of its notebook. */
export function keyOf(document: vscode.TextDocument): string {
  return groupOf(document).key;
}

/** The notebook that holds the document as a cell. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  const { notebookDocuments } = vscode.workspace;
  return notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}

function groupOf(document: vscode.TextDocument): Group {
  const notebook = notebookOf(document);
  if (notebook === undefined)
    return { key: document.uri.toString(), isNotebook: false, documents: [document] };
  return { key: notebook.uri.toString(), isNotebook: true, documents: codeCells(notebook) };
}

function codeCells(notebook: vscode.NotebookDocument): vscode.TextDocument[] {
  const cells = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
  return cells.map(({ document }) => document).filter(isPython);
}
