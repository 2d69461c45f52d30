/** The host's end of a worker that is a thread of Node. */
import { Worker } from 'node:worker_threads';
import type { WorkerPort } from '../protocol/analysis';

/** Megabytes of objects after which the thread ends, rather than the editor's host. */
const MEMORY = 768;

/** Starts `file` as a thread. */
export function startThread(file: string): WorkerPort {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY } });
  const listeners: ((why: string) => void)[] = [];
  const state = { hasEnded: false };
  const end = (why: string): void => {
    if (state.hasEnded) return;
    state.hasEnded = true;
    for (const tell of listeners) tell(why);
  };
  worker.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => end(`it exited with code ${code}`));
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.on('message', listener);
      return () => void worker.off('message', listener);
    },
    onEnd: (listener) => void listeners.push(listener),
    terminate: () => {
      state.hasEnded = true;
      void worker.terminate();
    },
  };
}
