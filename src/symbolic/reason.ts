/** Why a value is unknown: a closed list of codes, each with a sentence made from its subject. */
import type { Place } from './place';

/** The sentence of each code; `subject` is text from source (a name, an expression) and is shown as it is. */
const SENTENCES = {
  parameter: (subject: string) => `${subject} is a parameter without a value here`,
  'undefined-name': (subject: string) => `${subject} is not defined in what was read`,
  'unread-module': (subject: string) => `${subject} comes from a module that was not found in the workspace`,
  unmodelled: (subject: string) => `${subject} is not modelled`,
  'unmodelled-library': (subject: string) => `${subject} is a library function that is not modelled`,
  'missing-attribute': (subject: string) => `${subject} was not found`,
  'not-an-integer': (subject: string) => `${subject} is not an integer`,
  'wrong-type': (subject: string) => `${subject} has a type that does not fit here`,
  raises: (subject: string) => `Python would raise an error here: ${subject}`,
  'missing-argument': (subject: string) => `${subject} is not given`,
  'star-argument': (subject: string) => `${subject} may be set by star arguments whose contents are unknown`,
  varies: (subject: string) => `it differs between evaluations: ${subject}`,
  branch: (subject: string) => `it depends on a condition that is unknown: ${subject}`,
  loop: (subject: string) => `it changes in a loop whose length is unknown: ${subject}`,
  'too-large': (subject: string) => `${subject} passes 2^53, beyond which integers are not exact here`,
  budget: (subject: string) => `the analysis stopped at its limit: ${subject}`,
  syntax: (subject: string) => `the code has a syntax error here${subject === '' ? '' : `: ${subject}`}`,
  'no-input': (subject: string) => `${subject} follows from the input, whose shape is unknown`,
  'channels-from-input': (subject: string) => `${subject} comes from the input, whose shape is unknown`,
  invalid: (subject: string) => `the framework refuses this call: ${subject}`,
} as const;

/** Stable code of a reason; the list is closed, so that texts, tests and readers can rely on it. */
export type ReasonCode = keyof typeof SENTENCES;

/** Why a value is unknown and the place where that arose. Plain data. */
export interface Reason {
  readonly code: ReasonCode;
  readonly subject: string;
  readonly place?: Place;
}

/** The reason as one clause without a final stop, such as "`dim` is a parameter without a value here". */
export function explain(reason: Reason): string {
  return SENTENCES[reason.code](reason.subject);
}
