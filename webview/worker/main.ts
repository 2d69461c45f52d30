/** Starts the worker: serves the engine to the page over the worker's own port. */
import type { EngineService, ProgressService } from '../../src/protocol/engine';
import { connect, type Port, serve } from '../../src/protocol/rpc';
import { createEngineService } from './service';

const page: Port = {
  post: (message) => self.postMessage(message),
  onMessage: (listener) => {
    const receive = ({ data }: MessageEvent<unknown>): void => listener(data);
    self.addEventListener('message', receive);
    return () => self.removeEventListener('message', receive);
  },
};

/** Lets messages in: what waits in the event loop runs before the promise resolves. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

const { remote } = connect<ProgressService>(page);
serve<EngineService>(
  page,
  createEngineService({
    pause,
    now: () => performance.now(),
    progress: (report) => void remote.progress(report).catch(() => undefined),
  }),
);
