/** The host's side of the analysis: one request at a time, the files it wants, cancellation, crashes. */
import type { Extent } from '../analysis/analyser';
import type { Report } from '../analysis/report';
import type { AnalysisAnswer, AnalysisRequest, FileChange } from '../protocol/analysis';
import { type FileEvent, isTouched, touchedBy } from './fileEvents';
import type { FailureLog } from './guard';
import { WorkerEnded, WorkerLink, type WorkerStart } from './workerLink';

/** What a request says, apart from what the client adds. */
export type Prepared = Omit<AnalysisRequest, 'generation' | 'isLast'>;

/** Reports, and the addresses that they rest on. */
export interface Analysed {
  /** What the reports hold, which may be more than was asked for. */
  readonly extent: Extent;
  readonly reports: readonly Report[];
  readonly read: ReadonlySet<string>;
}

/** An analysis that somebody waits for. */
export interface Job {
  /** Of the documents that share a namespace; a later job of the same key replaces an earlier one. */
  readonly key: string;
  /** The request as things are when its turn has come; `undefined` when there is nothing left to analyse. */
  prepare(): Prepared | undefined;
}

/** What came of a job; `cancelled` when it was cancelled, replaced, or had nothing left to analyse. */
export type Outcome =
  ({ readonly kind: 'analysed' } & Analysed) | { readonly kind: 'cancelled' } | { readonly kind: 'failed' };

/** What the client asks of the rest. */
export interface ClientContext extends WorkerStart {
  readonly log: FailureLog;
  /** What is at each of the addresses; those left out are not known for now, and are asked for again. */
  read(uris: readonly string[]): Promise<readonly FileChange[]>;
}

/** Rounds of wanted files after which an analysis does with those it has. */
const ROUNDS = 40;
/** Milliseconds after which a worker that does not answer is ended: well beyond its own limits. */
const SILENCE = 30_000;

interface Task {
  readonly job: Job;
  readonly settle: (outcome: Outcome) => void;
  isUrgent: boolean;
  isOver: boolean;
  rounds: number;
  crashes: number;
}

const CANCELLED: Outcome = { kind: 'cancelled' };
const FAILED: Outcome = { kind: 'failed' };

/** Lets the worker analyse; several hosts' workers never share one. */
export class AnalysisClient {
  private readonly link: WorkerLink;
  /** The addresses that the worker knows about, and whether something is there. */
  private readonly known = new Map<string, boolean>();
  /** What happened to files since each of the questions that are open was asked. */
  private readonly open = new Set<FileEvent[]>();
  /** All that are not over: queued, running, or waiting for files. */
  private readonly tasks = new Set<Task>();
  private queue: Task[] = [];
  private running: Task | undefined;
  private generation = 0;

  constructor(private readonly context: ClientContext) {
    this.link = new WorkerLink(context, context.log, () => this.known.clear());
  }

  /** Analyses when it is the job's turn; urgent ones go first and interrupt others. */
  analyse(job: Job, isUrgent: boolean): Promise<Outcome> {
    this.cancel(job.key);
    return new Promise((settle) => {
      const task = { job, settle, isUrgent, isOver: false, rounds: 0, crashes: 0 };
      this.tasks.add(task);
      this.queue.push(task);
      this.advance();
    });
  }

  /** Somebody waits for the job now. */
  hurry(key: string): void {
    for (const task of this.tasksOf(key)) task.isUrgent = true;
    this.advance();
  }

  /** Ends the jobs of a key. */
  cancel(key: string): void {
    for (const task of this.tasksOf(key)) this.finish(task, CANCELLED);
    this.queue = this.queue.filter(({ isOver }) => !isOver);
    if (this.running?.isOver === true) this.link.cancel(this.generation);
  }

  /** Something is new at an address; `text` gives an open document's, so that it need not be asked for. */
  noteEvent(event: FileEvent, text?: () => string): void {
    this.open.forEach((events) => events.push(event));
    const touched = touchedBy(event, this.known);
    if (touched.length === 0) return;
    const changes = touched.map((uri): FileChange => {
      if (text !== undefined && uri === event.uri) {
        this.known.set(uri, true);
        return { uri, file: { kind: 'text', text: text() } };
      }
      this.known.delete(uri);
      return { uri };
    });
    void this.tell(changes).catch(() => undefined);
  }

  /** The addresses of files that analyses have read and may read again. */
  readFiles(): readonly string[] {
    return [...this.known].filter(([, isThere]) => isThere).map(([uri]) => uri);
  }

  /** Ends the worker; what is waited for is cancelled. */
  dispose(): void {
    for (const task of this.tasks) this.finish(task, CANCELLED);
    this.queue = [];
    this.link.dispose();
  }

  private tasksOf(key: string): readonly Task[] {
    return [...this.tasks].filter(({ job }) => job.key === key);
  }

  private finish(task: Task, outcome: Outcome): void {
    task.isOver = true;
    this.tasks.delete(task);
    task.settle(outcome);
  }

  /** Starts the next task, or makes room for an urgent one. */
  private advance(): void {
    const next = this.queue.find(({ isUrgent }) => isUrgent) ?? this.queue[0];
    if (next === undefined) return;
    if (this.running !== undefined) {
      if (next.isUrgent && !this.running.isUrgent) this.link.cancel(this.generation);
      return;
    }
    this.queue = this.queue.filter((task) => task !== next);
    this.running = next;
    void this.step(next).finally(() => {
      this.running = undefined;
      this.advance();
    });
  }

  /** One question to the worker, and what follows from the answer. */
  private async step(task: Task): Promise<void> {
    const events: FileEvent[] = [];
    this.open.add(events);
    try {
      const request = task.job.prepare();
      if (request === undefined) this.finish(task, CANCELLED);
      else this.take(task, await this.ask(request, task.rounds >= ROUNDS), events);
    } catch (error) {
      this.noteFailure(task, error);
    } finally {
      this.open.delete(events);
    }
  }

  private async ask(request: Prepared, isLast: boolean): Promise<AnalysisAnswer> {
    const generation = ++this.generation;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.link.abandon();
        reject(new Error(`the analysis did not answer within ${SILENCE / 1000} s`));
      }, SILENCE);
    });
    const answer = this.link.call((remote) => remote.analyse({ ...request, generation, isLast }));
    return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
  }

  private take(task: Task, answer: AnalysisAnswer, events: readonly FileEvent[]): void {
    if (task.isOver) return;
    switch (answer.kind) {
      case 'reports':
        if (answer.read.some((uri) => isTouched(uri, events))) this.queue.unshift(task);
        else this.finish(task, analysed(answer));
        return;
      case 'wanted':
        void this.fetch(task, answer.uris);
        return;
      case 'cancelled':
        this.queue.push(task);
        return;
      case 'failed':
        this.context.log.error(`analysis of ${task.job.key}: ${answer.message}`);
        return this.finish(task, FAILED);
    }
  }

  /** Reads what the analysis wants, and lets it run again; others run meanwhile. */
  private async fetch(task: Task, uris: readonly string[]): Promise<void> {
    const events: FileEvent[] = [];
    this.open.add(events);
    try {
      const found = await this.context.read(uris);
      const changes = found.filter(({ uri }) => !isTouched(uri, events));
      changes.forEach(({ uri, file }) => this.known.set(uri, file?.kind === 'text'));
      await this.tell(changes);
      if (task.isOver) return;
      // Where nothing was found out in time the analysis does without; what has changed meanwhile is asked for again.
      task.rounds = found.length === 0 ? ROUNDS : task.rounds + 1;
      this.queue.unshift(task);
    } catch (error) {
      this.noteFailure(task, error);
    } finally {
      this.open.delete(events);
    }
    this.advance();
  }

  private tell(changes: readonly FileChange[]): Promise<void> {
    return this.link.call((remote) => remote.files(changes));
  }

  /** After a crash a task has one more try. */
  private noteFailure(task: Task, error: unknown): void {
    if (task.isOver) return;
    task.crashes += 1;
    if (error instanceof WorkerEnded && task.crashes < 2) {
      this.queue.unshift(task);
      return;
    }
    this.context.log.error(
      `analysis of ${task.job.key}: ${error instanceof Error ? error.message : String(error)}`,
    );
    this.finish(task, FAILED);
  }
}

function analysed({ extent, reports, read }: Extract<AnalysisAnswer, { kind: 'reports' }>): Outcome {
  return { kind: 'analysed', extent, reports, read: new Set(read) };
}
