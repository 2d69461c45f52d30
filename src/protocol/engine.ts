/** What the visualiser page asks of the worker that runs the convolution engine. */
import type { Verification, VerifyJob } from '../conv/verification';

/** What the worker offers to the page. */
export type EngineService = {
  /** Proves the channel map of a layer; a later `verify` or `cancel` ends an earlier one, which then rejects. */
  verify(job: VerifyJob): Promise<Verification>;
  /** Ends the job that runs, if any. */
  cancel(argument: null): Promise<void>;
};

/** What the page offers to the worker. */
export type ProgressService = {
  progress(report: { readonly done: number; readonly total: number; readonly label: string }): Promise<void>;
};
