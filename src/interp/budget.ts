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
  /** Starts a new run of its own number of steps. */
  refill(): void;
}

/** A budget of `steps` a run; `isCancelled` is asked every 256 steps. */
export function createBudget(steps: number, isCancelled: () => boolean): Budget {
  let left = steps;
  return {
    step() {
      left -= 1;
      if (left < 0) throw new BudgetSpent(`${steps} steps`);
      if (left % 256 === 0 && isCancelled()) throw new BudgetSpent('cancelled');
    },
    refill() {
      left = steps;
    },
  };
}
