/** The engine behind its worker, started when first needed and replaced when it no longer answers. */
import type { Verification, VerifyJob } from '../../src/conv/verification';
import type { EngineService, ProgressService } from '../../src/protocol/engine';
import { connect, type Remote, serve } from '../../src/protocol/rpc';
import { workerPort } from './ports';

/** What the page asks of the engine. */
export interface Engine {
  /** Rejects when the job is cancelled or the worker fails. A new job ends the one before it. */
  verify(job: VerifyJob): Promise<Verification>;
  /** Ends the job that runs; a worker that does not react in time is ended with it. */
  cancel(): void;
}

interface Running {
  readonly remote: Remote<EngineService>;
  stop(reason: string): void;
}

/** Milliseconds a worker has to answer a cancellation. */
const PATIENCE = 1500;

/** An engine over workers that run `source`. */
export function startEngine(source: string, onProgress: ProgressService['progress']): Engine {
  let running: Running | undefined;
  const start = (): Running => {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(url);
    const port = workerPort(worker);
    const { remote, close } = connect<EngineService>(port);
    const endService = serve<ProgressService>(port, { progress: onProgress });
    const stop = (): void => {
      endService();
      close();
      worker.terminate();
      URL.revokeObjectURL(url);
      running = undefined;
    };
    worker.addEventListener('error', stop);
    return { remote, stop };
  };
  return {
    verify: (job) => {
      running ??= start();
      return running.remote.verify(job);
    },
    cancel: () => {
      const asked = running;
      if (asked === undefined) return;
      const timer = setTimeout(() => asked.stop('it did not answer'), PATIENCE);
      void asked.remote.cancel(null).then(
        () => clearTimeout(timer),
        () => clearTimeout(timer),
      );
    },
  };
}
