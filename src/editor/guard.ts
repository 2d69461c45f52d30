/** Keeps one feature's bug from spoiling the others: what a callback throws is logged once, here. */

/** Where failures are told. */
export interface FailureLog {
  error(message: string): void;
}

/** `callback` that logs what it throws, or rejects with, and then returns `undefined`. */
export function guard<Args extends readonly unknown[], Result>(
  log: FailureLog,
  name: string,
  callback: (...args: Args) => Result,
): (...args: Args) => Result | undefined {
  const fail = (error: unknown): undefined => {
    log.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return undefined;
  };
  return (...args) => {
    try {
      const result = callback(...args);
      return result instanceof Promise ? (result.catch(fail) as Result) : result;
    } catch (error) {
      return fail(error);
    }
  };
}
