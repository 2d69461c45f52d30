/** Starts the worker of the desktop and remote hosts: serves the analysis over a thread's port. */
import { parentPort } from 'node:worker_threads';
import { createAnalyser } from '../analysis/analyser';
import type { AnalysisService } from '../protocol/analysis';
import { serve } from '../protocol/rpc';
import { createAnalysisService } from './service';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker');

serve<AnalysisService>(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', listener);
      return () => void port.off('message', listener);
    },
  },
  createAnalysisService({ now: () => performance.now(), startAnalyser: createAnalyser }),
);
