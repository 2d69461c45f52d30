/** Making findings: which argument they are about, what Python says when arguments do not fit. */
import type { BoundCall } from './library';
import type { Finding } from './evaluation';
import { placeOf, placeOfArgument } from './read';

/** A finding before it has a place: the argument it is about, if any. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly exception: string;
  readonly argument?: string;
}

/** The refusal as an error at its argument, or at the call. */
export function errorAt(call: BoundCall, refusal: Refusal): Finding {
  const { code, message, exception, argument } = refusal;
  const place = argument === undefined ? call.context.place : placeOf(call, argument);
  return { code, severity: 'error', message, exception, place };
}

/** What Python says of arguments that do not fit the signature. */
export function bindingFindings(call: BoundCall): Finding[] {
  return call.problems.map(({ code, message, source }) => ({
    code: `python.${code}`,
    severity: 'error',
    message,
    exception: 'TypeError',
    place: placeOfArgument(call, { source }),
  }));
}

/** The first refusal of a list of checks, or nothing. */
export function firstRefusal(checks: readonly (() => Refusal | undefined)[]): Refusal | undefined {
  for (const check of checks) {
    const refusal = check();
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
