/** Holding what we say of a wrong call to what a framework raised for it. */
import assert from 'node:assert/strict';
import type { Finding } from '../../../src/analysis/report';
import type { Raised } from '../../golden/load';
import { errorsOf, type Outcome } from './programs';

/** How far our answer goes for a record whose text we do not give, and why. */
export interface Deviation {
  /**
   * `own words`: an error of the same exception with another text. `silent`: no error, and no exact shape either.
   * `elsewhere accepted`: no error, and the shape stands, because other processors or data types run the call.
   */
  readonly how: 'own words' | 'silent' | 'elsewhere accepted';
  readonly why: string;
}

/** Deviations by expression; they must be exact both ways. */
export type Deviations = Readonly<Record<string, Deviation>>;

/**
 * A call that raises has one error, with the exception and its text; one that is accepted has none and never another
 * shape than the framework's. A deviation must be one: what begins to match may not stay in the list.
 */
export function checkRefusal(
  outcome: Outcome,
  expected: Raised,
  output: readonly number[] | null,
  deviation: Deviation | undefined,
): void {
  const errors = errorsOf(outcome);
  switch (deviation?.how) {
    case 'own words':
      assert.ok(errors.length > 0);
      for (const { exception } of errors) assert.equal(exception, expected.exception);
      assert.notDeepEqual(errors.map(said), [said(expected)], 'matches now');
      assert.ok(!isExact(outcome.shape('y')));
      return;
    case 'silent':
      assert.deepEqual(errors, []);
      assert.ok(!isExact(outcome.shape('y')));
      return;
    case 'elsewhere accepted':
      assert.deepEqual(errors, []);
      return;
    case undefined:
      assert.deepEqual(errors.map(said), expected.exception === null ? [] : [said(expected)]);
      if (expected.exception === null) checkShape(outcome, output);
      else assert.ok(!isExact(outcome.shape('y')));
  }
}

/** Names in the list that no record has. */
export function strangers(deviations: Deviations, known: readonly string[]): string[] {
  return Object.keys(deviations).filter((key) => !known.includes(key));
}

function isExact(shape: (number | null)[] | undefined): boolean {
  return shape !== undefined && !shape.includes(null);
}

/**
 * Exception and text, without what differs from run to run: names of operations, nodes and data, numbers of layers,
 * the order of sets.
 */
function said({ exception, message }: Raised | Finding): string {
  const [text = ''] = unwrapped(message ?? '').split(/ \[Op:| for '\{\{node|\n\t; NodeDef/);
  const sorted = text.replace(
    /\{([^{}]*)\}/g,
    (_, items: string) => `{${items.split(', ').sort().join(', ')}}`,
  );
  const unnamed = sorted
    .replace(/^(Input \d+) with name '[^']*'/, '$1')
    .replace(/(of layer '\w+?)(_\d+)?'/, "$1'");
  return `${exception ?? ''}: ${unnamed.trim()}`;
}

/** Keras puts the text of an operation into a frame of its own. */
function unwrapped(message: string): string {
  return (
    /^Exception encountered when calling .*\n\n([^]*?)\n\nArguments received by/.exec(message)?.[1] ?? message
  );
}

function checkShape(outcome: Outcome, output: readonly number[] | null): void {
  const shape = outcome.shape('y');
  if (shape === undefined || output === null) return;
  assert.equal(shape.length, output.length);
  for (const [axis, size] of shape.entries()) if (size !== null) assert.equal(size, output[axis]);
}
