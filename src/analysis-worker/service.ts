/** The analyser as a service: holds the files it was told of and sees cancellation while it runs. */
import type { Analyser, AnalysisOptions, Extent } from '../analysis/analyser';
import type { AnalysisAnswer, AnalysisRequest, AnalysisService, AnalysisStart } from '../protocol/analysis';
import { compact } from '../protocol/compact';
import { createFileStore } from './store';

/** What the service needs of the world around it. */
export interface Surroundings {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  startAnalyser(wasm: AnalysisStart['wasm']): Promise<Analyser>;
}

/** Milliseconds after which a run reports what it has found: one that can be cancelled, and one that cannot. */
const TIME_LIMITS = { shared: 10_000, alone: 2_500 } as const;

/**
 * Milliseconds of a general analysis up to which the whole one follows before anything is answered, and after which
 * both together stop trying: one answer suffices where a second would come within the blink of an eye.
 */
const QUICK = { general: 15, whole: 35 } as const;

/** The service, to be served once. */
export function createAnalysisService({ now, startAnalyser }: Surroundings): AnalysisService {
  const store = createFileStore();
  const state: { analyser?: Analyser; flag?: Int32Array; cancelled: number } = { cancelled: 0 };
  const isCancelled = (generation: number): boolean =>
    generation <= Math.max(state.cancelled, state.flag === undefined ? 0 : Atomics.load(state.flag, 0));

  /** One run until `end`; `isCut` says whether it was ended then. */
  const runOnce = (analyser: Analyser, request: AnalysisRequest, extent: Extent, end: number): Finished => {
    const { generation, sources, options, roots, isLast } = request;
    const reader = store.reader();
    const limit = { isOver: false };
    const all: AnalysisOptions = {
      ...options,
      extent,
      files: { roots, read: reader.read },
      isCancelled: () => isCancelled(generation) || (limit.isOver ||= now() > end),
    };
    const reports = analyser.analyse(sources, all);
    const answer = (): AnalysisAnswer => {
      if (isCancelled(generation)) return { kind: 'cancelled' };
      if (reader.wanted.size > 0 && !isLast) return { kind: 'wanted', uris: [...reader.wanted] };
      return { kind: 'reports', extent, reports: compact(reports), read: [...reader.seen] };
    };
    return { answer, isCut: limit.isOver };
  };

  const run = (analyser: Analyser, request: AnalysisRequest): AnalysisAnswer => {
    const began = now();
    const end = began + (state.flag === undefined ? TIME_LIMITS.alone : TIME_LIMITS.shared);
    if (request.extent === 'whole') return runOnce(analyser, request, 'whole', end).answer();
    const general = runOnce(analyser, request, 'general', end);
    if (now() - began > QUICK.general) return general.answer();
    const whole = runOnce(analyser, request, 'whole', began + QUICK.whole);
    return (whole.isCut ? general : whole).answer();
  };

  return {
    start: async ({ wasm, cancelled }) => {
      if (cancelled !== undefined) state.flag = new Int32Array(cancelled);
      state.analyser = await startAnalyser(wasm);
    },
    analyse: (request) => {
      const { analyser } = state;
      if (analyser === undefined) return Promise.reject(new Error('the analyser was not started'));
      if (isCancelled(request.generation)) return Promise.resolve({ kind: 'cancelled' });
      return Promise.resolve(attempt(() => run(analyser, request)));
    },
    files: (changes) => Promise.resolve(store.change(changes)),
    cancel: (generation) => {
      state.cancelled = Math.max(state.cancelled, generation);
      return Promise.resolve();
    },
  };
}

/** A run that has ended; its answer is made when it is asked for. */
interface Finished {
  answer(): AnalysisAnswer;
  readonly isCut: boolean;
}

/** A bug in the analysis fails one request and not the worker. */
function attempt(run: () => AnalysisAnswer): AnalysisAnswer {
  try {
    return run();
  } catch (error) {
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
