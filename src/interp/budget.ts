/** The limits that end every run: steps, depth of calls, size of data, and the caller's wish to stop. */

/** Thrown when a run has used up its steps or was cancelled; the roots of a run catch it. */
export class BudgetSpent extends Error {
  constructor(readonly limit: string) {
    super(limit);
  }
}

/** Sizes beyond which data is not built; what would be larger is unknown. */
export const LIMITS = { depth: 60, items: 50_000, characters: 1_000_000 } as const;

export interface Budget {
  /** Counts one step of work. Throws `BudgetSpent` when none is left. */
  step(): void;
  /** Starts a part of the run with its own number of steps. */
  refill(part: 'module' | 'exploration'): void;
}

/** A budget of so many steps for each part; `isCancelled` is asked every 256 steps. */
export function createBudget(
  steps: Readonly<Record<'module' | 'exploration', number>>,
  isCancelled: () => boolean,
): Budget {
  const state = { limit: 0, left: 0 };
  return {
    step() {
      state.left -= 1;
      if (state.left < 0) throw new BudgetSpent(`${state.limit} steps`);
      if (state.left % 256 === 0 && isCancelled()) throw new BudgetSpent('cancelled');
    },
    refill(part) {
      state.limit = steps[part];
      state.left = state.limit;
    },
  };
}
