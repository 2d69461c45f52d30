/** The worker of the analysis, except that it dies of texts that say so: `# dies once: FILE` makes the file first. */
import fs from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { createAnalysisService } from '../../src/analysis-worker/service';
import { createAnalyser } from '../../src/analysis/analyser';
import type { AnalysisService } from '../../src/protocol/analysis';
import { serve } from '../../src/protocol/rpc';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker');
const service = createAnalysisService({ now: () => performance.now(), startAnalyser: createAnalyser });

serve<AnalysisService>(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', listener);
      return () => void port.off('message', listener);
    },
  },
  {
    ...service,
    analyse: (request) => {
      const text = request.sources.map((source) => source.text).join('\n');
      const mark = /# dies once: (.*)/.exec(text)?.[1];
      const isFirst = mark !== undefined && !fs.existsSync(mark);
      if (isFirst) fs.writeFileSync(mark, '');
      if (isFirst || text.includes('# dies always')) process.exit(3);
      return service.analyse(request);
    },
  },
);
