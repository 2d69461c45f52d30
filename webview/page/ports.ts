/** The page's message ports: to the extension host and to the engine's worker. */
import type { Port } from '../../src/protocol/rpc';

/** What VS Code gives a webview's script, once. */
export interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The port to the extension host; `onStray` is told of messages that no port understands. */
export function hostPort(api: HostApi, onStray: (message: unknown) => void): Port {
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => {
      const receive = ({ data }: MessageEvent<unknown>) => {
        if (isCall(data)) listener(data);
        else onStray(data);
      };
      window.addEventListener('message', receive);
      return () => window.removeEventListener('message', receive);
    },
  };
}

/** The port to a worker. */
export function workerPort(worker: Worker): Port {
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      const receive = ({ data }: MessageEvent<unknown>) => listener(data);
      worker.addEventListener('message', receive);
      return () => worker.removeEventListener('message', receive);
    },
  };
}

function isCall(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'rpc' in data;
}
