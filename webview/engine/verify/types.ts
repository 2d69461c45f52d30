/** How a verification is watched, stopped and limited. */
import type { ConvEngine } from '../kernel';

/** How much work is done before the answer is partial. */
export interface VerifyLimits {
  /** Multiply-accumulates of all probes together. */
  readonly probeMacs: number;
  /** Multiply-accumulates of the whole run of the split proof; beyond it the map is made small. */
  readonly splitMacs: number;
  /** Multiplications counted one by one. */
  readonly countedMacs: number;
  /** Elements of one tensor. */
  readonly elements: number;
}

/** A few seconds of one core, and memory that a worker has. */
export const DEFAULT_LIMITS: VerifyLimits = {
  probeMacs: 4e9,
  splitMacs: 5e8,
  countedMacs: 1e7,
  elements: 1 << 25,
};

/** How whoever asked watches and stops the work. */
export interface VerifyControl {
  isCancelled(): boolean;
  progress(done: number, total: number, label: string): void;
  /** Yields to the event loop, so that a request to cancel can arrive. */
  pause(): Promise<void>;
}

/** What may differ from the running product: another engine to judge, other limits. */
export interface VerifyOptions {
  readonly engine?: ConvEngine;
  readonly limits?: Partial<VerifyLimits>;
}

/** The control as one step of the work sees it. */
export interface Watch {
  isCancelled(): boolean;
  pause(): Promise<void>;
  /** Reports that this many units of the step are done. */
  advance(units: number): void;
}

/** Adds up the units of all steps and reports them under each step's label. */
export class Progress {
  private done = 0;

  constructor(
    private readonly control: VerifyControl,
    private readonly total: number,
  ) {}

  step(label: string): Watch {
    return {
      isCancelled: () => this.control.isCancelled(),
      pause: () => this.control.pause(),
      advance: (units) => {
        this.done = Math.min(this.total, this.done + units);
        this.control.progress(this.done, this.total, label);
      },
    };
  }
}
