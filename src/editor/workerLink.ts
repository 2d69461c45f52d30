/** The life of the worker that analyses: started when first needed, started again when it has ended by itself. */
import type { AnalysisService, AnalysisStart, WorkerPort } from '../protocol/analysis';
import { connect, type Remote } from '../protocol/rpc';
import type { FailureLog } from './guard';

/** How a host starts the worker. */
export interface WorkerStart {
  /** A fresh worker. */
  open(): Promise<WorkerPort>;
  /** The bytes that its parser needs. */
  wasm(): Promise<AnalysisStart['wasm']>;
}

/** Thrown out of calls that the worker did not live to answer. */
export class WorkerEnded extends Error {}

interface Running {
  readonly remote: Remote<AnalysisService>;
  stop(): void;
}

/** Calls the worker, whichever one runs. */
export class WorkerLink {
  private running: Promise<Running> | undefined;
  private isDisposed = false;
  /** The generation up to which analyses are cancelled, as the worker sees it at once. */
  private readonly cancelled = canShare() ? new SharedArrayBuffer(4) : undefined;

  /** `onEnd` is told when a worker is gone, with all that it knew. */
  constructor(
    private readonly start: WorkerStart,
    private readonly log: FailureLog,
    private readonly onEnd: () => void,
  ) {}

  /** Runs `call` with the worker's service. Rejects with `WorkerEnded` when that does not live to answer. */
  async call<T>(call: (remote: Remote<AnalysisService>) => Promise<T>): Promise<T> {
    if (this.isDisposed) throw new WorkerEnded('the analysis has been shut down');
    this.running ??= this.launch();
    const { remote } = await this.running;
    return call(remote);
  }

  /** Cancels the analyses up to a generation, also one that runs. */
  cancel(generation: number): void {
    if (this.cancelled !== undefined) Atomics.store(new Int32Array(this.cancelled), 0, generation);
    else void this.running?.then(({ remote }) => remote.cancel(generation)).catch(() => undefined);
  }

  /** Ends the worker because it does not answer; the next call starts another one. */
  abandon(): void {
    const { running } = this;
    this.forget();
    void running?.then(({ stop }) => stop()).catch(() => undefined);
  }

  dispose(): void {
    this.isDisposed = true;
    this.abandon();
  }

  private async launch(): Promise<Running> {
    try {
      const [port, wasm] = await Promise.all([this.start.open(), this.start.wasm()]);
      const running = this.attach(port);
      await running.remote.start({ wasm, cancelled: this.cancelled });
      return running;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  private forget(): void {
    this.running = undefined;
    this.onEnd();
  }

  private attach(port: WorkerPort): Running {
    const { remote, close } = connect<AnalysisService>(port);
    port.onEnd((why) => {
      this.forget();
      this.log.error(`the analysis ended and will be started again: ${why}`);
      close(new WorkerEnded(why));
    });
    const stop = (): void => {
      close(new WorkerEnded('the worker was ended'));
      port.terminate();
    };
    return { remote, stop };
  }
}

/** A page may share memory only where it is isolated from others; Node always may. */
function canShare(): boolean {
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  return typeof SharedArrayBuffer === 'function' && crossOriginIsolated !== false;
}
