/** Starts the worker of the web host: serves the analysis over the worker's own port. */
import { createAnalyser } from '../analysis/analyser';
import type { AnalysisService } from '../protocol/analysis';
import { serve } from '../protocol/rpc';
import { createAnalysisService } from './service';

serve<AnalysisService>(
  {
    post: (message) => self.postMessage(message),
    onMessage: (listener) => {
      const receive = ({ data }: MessageEvent<unknown>): void => listener(data);
      self.addEventListener('message', receive);
      return () => self.removeEventListener('message', receive);
    },
  },
  createAnalysisService({ now: () => performance.now(), startAnalyser: createAnalyser }),
);
