/** The reports of open Python documents: analysed in the worker, kept until something changes, told of when new. */
import * as vscode from 'vscode';
import type { Extent, Source } from '../analysis/analyser';
import type { Report } from '../analysis/report';
import { AnalysisClient, type Outcome, type Prepared } from './analysisClient';
import { type FileEvent, touchedBy } from './fileEvents';
import { guard } from './guard';
import type { Remembered } from './remembered';
import { onSettingsChange, readSettings } from './settings';
import { SourceFiles } from './sourceFiles';
import type { WorkerStart } from './workerLink';
import { isWatched, rootsOf, watchFiles, workspaceFiles } from './workspaceFiles';

/** Milliseconds without an edit before a document is analysed unasked. */
const QUIET = 10;
/** Milliseconds that a feature waits for a fresh report. */
const PATIENCE = 10_000;

/** Documents that share one namespace: a file alone, or the code cells of a notebook in order. */
interface Group {
  readonly key: string;
  readonly uri: vscode.Uri;
  readonly isNotebook: boolean;
  readonly documents: readonly vscode.TextDocument[];
}

/** The sizes of the data of a model's run by the model's `id`, as the user set them. */
export type ModelInputs = Readonly<Record<string, readonly number[]>>;

/** A file, or a notebook with its cells, as it is stored. */
export interface StoredFile {
  readonly uri: vscode.Uri;
  readonly sources: readonly Source[];
  readonly isNotebook: boolean;
}

/** The documents of a group as they were at one time; an unsaved document's address may come back with another one. */
interface Snapshot {
  readonly documents: readonly vscode.TextDocument[];
  readonly versions: readonly number[];
}

/** Reports with what they rest on. */
interface CachedGroup extends Snapshot {
  /** `general` for the short while until the whole reports are there. */
  readonly extent: Extent;
  readonly reports: ReadonlyMap<string, Report>;
  readonly read: ReadonlySet<string>;
}

/** A report that may be the general one; none where `Documents.reportOf` has none. */
export interface FirstReport {
  readonly extent: Extent;
  readonly report: Report | undefined;
}

/** What is kept after a failure. */
const NOTHING = { extent: 'whole', reports: [], read: new Set<string>() } as const;

/** An analysis under way. */
interface Request {
  readonly snapshot: Snapshot;
  readonly ended: Promise<void>;
}

/** Answers with the report of a document; `onDidAnalyse` tells of fresh ones. */
export class Documents implements vscode.Disposable {
  private readonly cache = new Map<string, CachedGroup>();
  private readonly requests = new Map<string, Request>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly editedLines = new Map<string, number>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly files = new SourceFiles(workspaceFiles, (uri) => this.reconsider({ uri }));
  private readonly client: AnalysisClient;
  private readonly subscriptions: readonly { dispose(): unknown }[];

  /** Told of each document with a fresh report; after an edit first of the general one, then of the whole one. */
  readonly onDidAnalyse = this.changed.event;

  constructor(
    worker: WorkerStart,
    private readonly log: vscode.LogOutputChannel,
    private readonly inputs: Remembered<ModelInputs>,
  ) {
    const { workspace } = vscode;
    this.client = new AnalysisClient({ ...worker, log, read: (uris) => this.files.read(uris) });
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
      workspace.onDidChangeWorkspaceFolders(guard(log, 'changed folders', () => this.refresh())),
      onSettingsChange(guard(log, 'changed settings', () => this.refresh())),
      inputs.onDidChange(guard(log, 'changed inputs of models', (key) => this.redo(key))),
      watchFiles(
        log,
        (event, text) => this.noteFile(event, text),
        () => this.doubtUnwatched(),
      ),
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
    return (await this.fresh(document, 'whole', token))?.reports.get(document.uri.toString());
  }

  /** As `reportOf`, but content with a report that lacks the models; `extent` says whether it does. */
  async firstReportOf(document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<FirstReport> {
    const group = await this.fresh(document, 'general', token);
    return { extent: group?.extent ?? 'whole', report: group?.reports.get(document.uri.toString()) };
  }

  /** The reports of all documents that share the document's namespace, in order; none where `reportOf` has none. */
  async allReportsOf(
    document: vscode.TextDocument,
    token?: vscode.CancellationToken,
  ): Promise<readonly Report[]> {
    return [...((await this.fresh(document, 'whole', token))?.reports.values() ?? [])];
  }

  /**
   * The report of a Python document if its text has been analysed as it stands now, to the extent that is needed;
   * `onDidAnalyse` tells of later ones.
   */
  currentReportOf(document: vscode.TextDocument, needed: Extent): Report | undefined {
    if (!isPython(document)) return undefined;
    return this.current(groupOf(document), needed)?.reports.get(document.uri.toString());
  }

  /**
   * The reports of a file that need not be open, one a source, when its turn has come: what is asked for by open
   * documents goes first. `undefined` after a failure and when `token` is cancelled. Nothing of it is kept.
   */
  async analyseFile(
    file: StoredFile,
    token: vscode.CancellationToken,
  ): Promise<readonly Report[] | undefined> {
    const { uri, sources, isNotebook } = file;
    const key = `file:${uri.toString()}`;
    const { assumedInput } = readSettings(uri);
    const options = { assumedInput, isNotebook, modelInputs: this.inputs.get(uri.toString()) };
    const subscription = token.onCancellationRequested(() => this.client.cancel(key));
    const prepare = () =>
      token.isCancellationRequested
        ? undefined
        : { sources, options, extent: 'whole' as const, roots: rootsOf(uri, isNotebook) };
    const outcome = await this.client.analyse({ key, prepare }, false);
    subscription.dispose();
    return outcome.kind === 'analysed' ? outcome.reports : undefined;
  }

  /** Drops all reports and analyses the open documents again. */
  refresh(): void {
    for (const key of [...this.cache.keys(), ...this.requests.keys()]) this.drop(key);
    vscode.workspace.textDocuments.forEach((document) => this.schedule(document));
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.subscriptions.forEach((subscription) => subscription.dispose());
    this.client.dispose();
  }

  /** Drops the reports of one group and analyses it again. */
  private redo(key: string): void {
    this.drop(key);
    const document = vscode.workspace.textDocuments.find((each) => keyOf(each) === key);
    if (document !== undefined) this.schedule(document);
  }

  private current(group: Group, needed: Extent): CachedGroup | undefined {
    const cached = this.cache.get(group.key);
    if (cached === undefined || !isOf(cached, group)) return undefined;
    return needed === 'general' || cached.extent === 'whole' ? cached : undefined;
  }

  /** Waits until the documents as they stand are analysed; edits meanwhile let it wait for the next analysis. */
  private async fresh(
    document: vscode.TextDocument,
    needed: Extent,
    token?: vscode.CancellationToken,
  ): Promise<CachedGroup | undefined> {
    if (!isPython(document)) return undefined;
    const limit = waiting(PATIENCE, token);
    try {
      while (!limit.isOver() && !document.isClosed) {
        const group = groupOf(document);
        const current = this.current(group, needed);
        if (current !== undefined) return current;
        await Promise.race([this.request(group, true), limit.ended]);
      }
      return undefined;
    } finally {
      limit.dispose();
    }
  }

  /** Settles when the next analysis of the group as it stands has ended, one way or the other. */
  private request(group: Group, isUrgent: boolean): Promise<void> {
    const underWay = this.requests.get(group.key);
    if (underWay !== undefined && isOf(underWay.snapshot, group)) {
      if (isUrgent) this.client.hurry(group.key);
      return underWay.ended;
    }
    const snapshot = snapshotOf(group);
    const extent = this.nextExtent(group);
    const job = { key: group.key, prepare: () => this.prepare(group, extent) };
    const began = Date.now();
    const ended = this.client.analyse(job, isUrgent).then((outcome) => {
      if (this.requests.get(group.key) !== request) return;
      this.requests.delete(group.key);
      if (outcome.kind === 'analysed')
        this.log.debug(`analysed ${group.key} (${outcome.extent}) in ${Date.now() - began} ms`);
      this.keep(group, snapshot, outcome);
    });
    const request: Request = { snapshot, ended };
    this.requests.set(group.key, request);
    return ended;
  }

  /** After an edit the general reports come first, and the whole ones behind them. */
  private nextExtent(group: Group): Extent {
    const isEdited = group.documents.some(({ uri }) => this.editedLines.has(uri.toString()));
    return isEdited && this.current(group, 'general') === undefined ? 'general' : 'whole';
  }

  /** What the worker has to know; an edit replaces the request, so the texts are still those of the snapshot. */
  private prepare({ documents, isNotebook, key, uri }: Group, extent: Extent): Prepared | undefined {
    if (documents.every(({ isClosed }) => isClosed)) return undefined;
    const sources = documents.map((document) => {
      const address = document.uri.toString();
      return { uri: address, text: document.getText(), editedLine: this.editedLines.get(address) };
    });
    const { assumedInput } = readSettings(documents[0]?.uri);
    const options = { assumedInput, isNotebook, modelInputs: this.inputs.get(key) };
    return { sources, options, extent, roots: rootsOf(uri, isNotebook) };
  }

  /** After a failure there is nothing to show until something changes. */
  private keep(group: Group, snapshot: Snapshot, outcome: Outcome): void {
    if (outcome.kind === 'cancelled' || !isOf(snapshot, group)) return;
    const { reports, read, extent } = outcome.kind === 'analysed' ? outcome : NOTHING;
    const byUri = new Map(reports.map((report) => [report.uri, report]));
    this.cache.set(group.key, { ...snapshot, extent, reports: byUri, read });
    group.documents.forEach((document) => this.changed.fire(document));
    if (extent === 'general') void this.request(group, false);
  }

  private noteEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const last = contentChanges.at(-1);
    if (last === undefined || !isPython(document)) return;
    this.editedLines.set(document.uri.toString(), last.range.start.line);
    this.schedule(document);
  }

  private noteCells(notebook: vscode.NotebookDocument): void {
    const [first] = codeCells(notebook);
    if (first !== undefined) this.schedule(first);
  }

  /** What rests on a file that has changed is analysed again. */
  private noteFile(event: FileEvent, text?: () => string): void {
    this.files.forget(event);
    this.reconsider(event, text);
  }

  private reconsider(event: FileEvent, text?: () => string): void {
    this.client.noteEvent(event, text);
    for (const [key, { documents, read }] of [...this.cache]) {
      if (touchedBy(event, read).length === 0) continue;
      this.cache.delete(key);
      documents.slice(0, 1).forEach((document) => this.schedule(document));
    }
  }

  /** Files outside of the workspace may have changed without a word. */
  private doubtUnwatched(): void {
    this.files.forgetUnless(isWatched);
    const unwatched = this.client.readFiles().filter((uri) => !isWatched(uri));
    unwatched
      .filter((uri) => workspaceFiles.openText(uri) === undefined)
      .forEach((uri) => this.noteFile({ uri }));
  }

  private schedule(document: vscode.TextDocument): void {
    if (!isPython(document)) return;
    const { key } = groupOf(document);
    this.withdraw(key);
    clearTimeout(this.timers.get(key));
    const analyse = guard(this.log, `analysis of ${key}`, () => {
      this.timers.delete(key);
      const group = groupOf(document);
      if (!document.isClosed && this.current(group, 'whole') === undefined) void this.request(group, false);
    });
    this.timers.set(key, setTimeout(analyse, QUIET));
  }

  /** Ends an analysis whose result nobody can use any more. */
  private withdraw(key: string): void {
    if (this.requests.delete(key)) this.client.cancel(key);
  }

  private drop(key: string): void {
    this.withdraw(key);
    this.cache.delete(key);
  }

  private forget(key: string): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.editedLines.delete(key);
    this.drop(key);
  }
}

function snapshotOf({ documents }: Group): Snapshot {
  return { documents, versions: documents.map(({ version }) => version) };
}

/** Whether the group is still as it was. */
function isOf({ documents, versions }: Snapshot, group: Group): boolean {
  const isSame = (document: vscode.TextDocument, index: number) =>
    document === documents[index] && document.version === versions[index];
  return documents.length === group.documents.length && group.documents.every(isSame);
}

/** The end of somebody's patience: a time, or a token that is cancelled. */
function waiting(
  milliseconds: number,
  token: vscode.CancellationToken | undefined,
): { readonly ended: Promise<void>; isOver(): boolean; dispose(): void } {
  const state = { isOver: token?.isCancellationRequested === true };
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = () => {
      state.isOver = true;
      resolve();
    };
  });
  const timer = setTimeout(end, milliseconds);
  const subscription = token?.onCancellationRequested(end);
  return {
    ended,
    isOver: () => state.isOver,
    dispose: () => {
      clearTimeout(timer);
      subscription?.dispose();
    },
  };
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
    return { key: document.uri.toString(), uri: document.uri, isNotebook: false, documents: [document] };
  const { uri } = notebook;
  return { key: uri.toString(), uri, isNotebook: true, documents: codeCells(notebook) };
}

function codeCells(notebook: vscode.NotebookDocument): vscode.TextDocument[] {
  const cells = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
  return cells.map(({ document }) => document).filter(isPython);
}
