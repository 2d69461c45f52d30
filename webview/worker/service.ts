/** The engine as a service that runs one job at a time and can be told to stop. */
import type { EngineService } from '../../src/protocol/engine';
import type { VerifyOptions } from '../engine/verify/types';
import { verifyLayer } from '../engine/verify/verify';

/** What the service needs of the world around it. */
export interface Surroundings {
  /** Lets messages in between two steps of the work. */
  pause(): Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  progress(report: { readonly done: number; readonly total: number; readonly label: string }): void;
}

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 50;

/** The service. A job that is cancelled, or overtaken by a later one, rejects. */
export function createEngineService(
  { pause, now, progress }: Surroundings,
  options?: VerifyOptions,
): EngineService {
  let current = 0;
  return {
    verify: async (job) => {
      const own = ++current;
      let reported = -Infinity;
      const result = await verifyLayer(
        job,
        {
          isCancelled: () => own !== current,
          pause,
          progress: (done, total, label) => {
            if (own !== current || (done < total && now() - reported < REPORT_EVERY)) return;
            reported = now();
            progress({ done, total, label });
          },
        },
        options,
      );
      if (own !== current) throw new Error('the verification was cancelled');
      return result;
    },
    cancel: () => {
      current++;
      return Promise.resolve();
    },
  };
}
