/** What the extension host and the worker that analyses say to each other. */
import type { AnalysisOptions, Extent, Source, SourceFile } from '../analysis/analyser';
import type { Report } from '../analysis/report';
import type { Port } from './rpc';

/** What the worker offers to the host. It does one thing at a time: a call waits for those before it. */
export type AnalysisService = {
  /** Loads the parser; to be called once, first. */
  start(start: AnalysisStart): Promise<void>;
  /** Analyses documents that share a namespace. */
  analyse(request: AnalysisRequest): Promise<AnalysisAnswer>;
  /** Tells the worker what is, or no longer is, at addresses around the documents. */
  files(changes: readonly FileChange[]): Promise<void>;
  /** Gives up the analysis of this generation and of earlier ones, where that was not begun. */
  cancel(generation: number): Promise<void>;
};

export interface AnalysisStart {
  /** The bytes of the parser's run time and of Python's grammar. */
  readonly wasm: { readonly runtime: Uint8Array; readonly grammar: Uint8Array };
  /**
   * Four bytes that both sides see at once: the generation up to which analyses are cancelled. Absent where memory
   * cannot be shared; then a run that has begun ends by itself.
   */
  readonly cancelled?: SharedArrayBuffer;
}

export interface AnalysisRequest {
  /** Grows with every request. */
  readonly generation: number;
  readonly sources: readonly Source[];
  readonly options: Pick<AnalysisOptions, 'assumedInput' | 'isNotebook' | 'modelInputs'>;
  /** `general`: reports without models will do for now, where the whole ones would take noticeably longer. */
  readonly extent: Extent;
  /** Folders that absolute imports start from; addresses without a slash at the end. */
  readonly roots: readonly string[];
  /** The host gives no more files: what is not known by now stays unknown. */
  readonly isLast: boolean;
}

export type AnalysisAnswer =
  | {
      readonly kind: 'reports';
      /** What the reports hold: `whole` also where the request would have done with less. */
      readonly extent: Extent;
      /** One a source, in order. */
      readonly reports: readonly Report[];
      /** Every address that was looked at, whether something is there or not: a change there makes the reports stale. */
      readonly read: readonly string[];
    }
  /** Addresses to be told of with `files` before the request is made again. */
  | { readonly kind: 'wanted'; readonly uris: readonly string[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** What is at an address now; without `file` the worker forgets it and asks when it is wanted again. */
export interface FileChange {
  readonly uri: string;
  readonly file?: Exclude<SourceFile, { readonly kind: 'pending' }>;
}

/** The host's end of a worker that runs. */
export interface WorkerPort extends Port {
  /** Tells why the worker ended by itself, once; not told after `terminate`. */
  onEnd(listener: (why: string) => void): void;
  terminate(): void;
}
