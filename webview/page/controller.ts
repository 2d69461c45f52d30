/** What the page does: keeps the state, answers the host, runs the engine. Knows no element. */
import type { Remote } from '../../src/protocol/rpc';
import type { HostService, PageService } from '../../src/protocol/visualiser';
import { isPageContent } from './check';
import type { Commands } from './commands';
import type { Engine } from './engine';
import { readinessOf } from './readiness';
import { type Action, isSameLayer, type PageState, reduce } from './state';
import { formatName } from './wording';

/** What a controller works with. */
export interface Collaborators {
  readonly host: Remote<HostService>;
  readonly engine: Engine;
  /** Called with every new state. */
  onChange(state: PageState): void;
}

/** The page without its elements. */
export interface Controller extends Commands {
  readonly service: PageService;
  readonly state: PageState;
  /** Shows how far the running job is. */
  progress(report: { readonly done: number; readonly total: number; readonly label: string }): void;
}

/** A controller that begins with `initial`. */
export function createController(initial: PageState, { host, engine, onChange }: Collaborators): Controller {
  let state = initial;
  /** Counts jobs, so that the answer of an ended one is told from that of the one that runs. */
  let job = 0;

  const dispatch = (action: Action): void => {
    const next = reduce(state, action);
    if (next === state) return;
    state = next;
    onChange(state);
  };
  const log = (message: string): void => void host.log(message).catch(() => undefined);
  const tell = (call: Promise<void>, done: string, failed: string): void => {
    call.then(
      () => dispatch({ type: 'notice', notice: done }),
      (error: unknown) => dispatch({ type: 'notice', notice: `${failed}: ${textOf(error)}` }),
    );
  };
  const endJob = (): void => {
    if (state.verification.phase !== 'running') return;
    job++;
    engine.cancel();
  };

  const verify = (): void => {
    if (state.content?.kind !== 'layer') return;
    const readiness = readinessOf(state.content);
    if (readiness.kind !== 'ready') return;
    const own = ++job;
    const start = { phase: 'running', done: 0, total: 1, label: 'Starting the engine' } as const;
    dispatch({ type: 'verification', verification: start });
    engine.verify(readiness.job).then(
      (result) => {
        if (own === job) dispatch({ type: 'verification', verification: { phase: 'done', result } });
      },
      (error: unknown) => {
        if (own !== job) return;
        log(`verification: ${textOf(error)}`);
        dispatch({ type: 'verification', verification: { phase: 'failed', message: textOf(error) } });
      },
    );
  };

  const service: PageService = {
    show: (content) => {
      if (isPageContent(content)) {
        if (!isSameLayer(state.content, content)) endJob();
        dispatch({ type: 'show', content });
      } else {
        log('the page ignored content of a form it does not know');
      }
      return Promise.resolve();
    },
    verify: () => {
      verify();
      return Promise.resolve();
    },
  };

  return {
    service,
    get state() {
      return state;
    },
    dispatch,
    verify,
    cancel: () => {
      endJob();
      dispatch({ type: 'verification', verification: { phase: 'cancelled' } });
    },
    progress: (report) => {
      if (state.verification.phase !== 'running') return;
      dispatch({ type: 'verification', verification: { phase: 'running', ...report } });
    },
    reveal: (place) => void host.reveal(place).catch((error: unknown) => log(`reveal: ${textOf(error)}`)),
    copy: (format) => tell(host.copy(format), `Copied as ${formatName(format)}`, 'Could not copy'),
    pin: (isPinned) => {
      dispatch({ type: 'pinned', isPinned });
      const notice = isPinned ? 'Pinned: stays on this layer' : 'Follows the cursor again';
      tell(host.pin(isPinned), notice, 'Could not pin');
    },
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
