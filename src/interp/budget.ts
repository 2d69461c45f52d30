/** The limits that end every run: steps, depth of calls, size of data, and the caller's wish to stop. */

/** Thrown when a run has used up its steps or was cancelled; the roots of a run catch it. */
export class BudgetSpent extends Error {
  constructor(readonly limit: string) {
    super(limit);
  }
}

/**
 * Sizes beyond which data is not built, and steps after which the rounds of a loop are no longer followed one by one:
 * what would be larger, or changes in later rounds, is unknown.
 */
export const LIMITS = {
  depth: 60,
  items: 50_000,
  characters: 1_000_000,
  yields: 10_000,
  loop: 400_000,
} as const;

/** Thrown to leave a generator that yields without end; what asked for its items catches it. */
export class EndlessGenerator extends Error {}

/** Parts of a run, each with a number of steps of its own. */
export type Part = 'module' | 'build' | 'exploration' | 'making';

export interface Budget {
  /** Counts steps of work, one if not told otherwise. Throws `BudgetSpent` when none is left. */
  step(count?: number): void;
  /** Steps counted so far, all parts together. */
  readonly used: number;
  /** Runs `body` though no steps may be left: what must be done in any case. */
  free(body: () => void): void;
  /** Runs `body` with so many steps of its own, taken from those of the whole run. */
  within<T>(count: number, body: () => T): T;
  /** Starts a part of the run with its own number of steps, as far as the whole run has any left. */
  refill(part: Part): void;
}

/** A budget of so many steps for each part and for all of them; `isCancelled` is asked every 256 steps. */
export function createBudget(
  steps: Readonly<Record<Part | 'all', number>>,
  isCancelled: () => boolean,
): Budget {
  const state = { limit: 0, left: 0, later: steps.all, untilAsked: 256, used: 0, isFree: false };
  return {
    step(count = 1) {
      state.used += count;
      state.left -= count;
      if (state.left < 0 && !state.isFree) throw new BudgetSpent(`${state.limit} steps`);
      state.untilAsked -= 1;
      if (state.untilAsked > 0) return;
      state.untilAsked = 256;
      if (!state.isFree && isCancelled()) throw new BudgetSpent('time');
    },
    get used() {
      return state.used;
    },
    free(body) {
      state.isFree = true;
      try {
        body();
      } finally {
        state.isFree = false;
      }
    },
    within(count, body) {
      const outer = { limit: state.limit, left: state.left };
      const given = Math.min(count, state.later + Math.max(0, state.left));
      Object.assign(state, { limit: given, left: given });
      try {
        return body();
      } finally {
        const unpaid = given - state.left - state.later;
        state.later = Math.max(0, -unpaid);
        Object.assign(state, { limit: outer.limit, left: outer.left - Math.max(0, unpaid) });
      }
    },
    refill(part) {
      const all = state.later + Math.max(0, state.left);
      state.limit = Math.min(steps[part], all);
      state.left = state.limit;
      state.later = all - state.limit;
    },
  };
}
