/** The page's message ports: to the extension host and to the engine's worker. */
import type { Port } from '../../src/protocol/rpc';

/** What VS Code gives a webview's script, once. */
export interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The port to the extension host. */
export function hostPort(api: HostApi): Port {
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => {
      const receive = ({ data }: MessageEvent<unknown>) => listener(data);
      window.addEventListener('message', receive);
      return () => window.removeEventListener('message', receive);
    },
  };
}

/** Tells of every message to the page that no port understands. */
export function watchStrays(onStray: () => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('rpc' in data)) onStray();
  });
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
