/** The host's end of a web worker. */
import type { WorkerPort } from '../protocol/analysis';

/** Starts a script, given as its text, as a worker: a blob's address is the only one that every web host allows. */
export function startWebWorker(script: Uint8Array): WorkerPort {
  const address = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'ConvLens' });
  const listeners: ((why: string) => void)[] = [];
  const end = (why: string): void => {
    worker.terminate();
    URL.revokeObjectURL(address);
    for (const tell of listeners.splice(0)) tell(why);
  };
  worker.onerror = ({ message }) => end(message);
  worker.onmessageerror = () => end('a message could not be read');
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      const receive = ({ data }: MessageEvent<unknown>): void => listener(data);
      worker.addEventListener('message', receive);
      return () => worker.removeEventListener('message', receive);
    },
    onEnd: (listener) => void listeners.push(listener),
    terminate: () => {
      listeners.length = 0;
      end('');
    },
  };
}
