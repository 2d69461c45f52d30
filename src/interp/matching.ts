/** The `match` statement: which patterns fit, and what their names then stand for. */
import type { Match, Pattern } from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import type { Frame } from './call';
import { branchReason, contextOf } from './expressions';
import type { Completion, Interpreter } from './interpreter';
import { areEqual } from './equality';
import { executeBlock, joinCompletions } from './statements';
import { assignName } from './targets';
import { NONE, unknown, type Value } from './values';

/** Runs the case that fits, then `rest`; where that cannot be told, every case that may. */
export function executeMatch(
  interpreter: Interpreter,
  statement: Match,
  frame: Frame,
  rest: () => Completion,
): Completion {
  const subject = interpreter.evaluate(statement.subject, frame);
  const why = branchReason(statement.subject, frame);
  const from = (index: number): Completion => {
    const each = statement.cases[index];
    if (each === undefined) return rest();
    const names: [string, Value][] = [];
    const fits = matchPattern(interpreter, each.pattern, subject, frame, names, why);
    if (fits === undefined)
      return interpreter.trail.fork(
        () => {
          for (const [name] of names) assignName(interpreter, name, unknown(why), frame);
          if (each.guard) interpreter.evaluate(each.guard, frame);
          return executeBlock(interpreter, each.body, frame, rest);
        },
        () => from(index + 1),
        (a, b) => joinCompletions(a, b, why),
        why,
      );
    if (fits) for (const [name, value] of names) assignName(interpreter, name, value, frame);
    const guard = each.guard && fits ? interpreter.evaluate(each.guard, frame) : undefined;
    const guardTruth =
      each.guard && guard ? interpreter.truth(guard, contextOf(interpreter, each.guard, frame)) : true;
    const body = () => executeBlock(interpreter, each.body, frame, rest);
    if (!fits || guardTruth === false) return from(index + 1);
    if (guardTruth === true) return body();
    return interpreter.trail.fork(
      body,
      () => from(index + 1),
      (a, b) => joinCompletions(a, b, why),
      why,
    );
  };
  return from(0);
}

/** Whether the pattern fits, and what its names stand for then; `undefined` when it cannot be told. */
function matchPattern(
  interpreter: Interpreter,
  pattern: Pattern,
  subject: Value,
  frame: Frame,
  names: [string, Value][],
  why: Reason,
): boolean | undefined {
  switch (pattern.kind) {
    case 'wildcard':
      return true;
    case 'value':
      return areEqual(subject, interpreter.evaluate(pattern.value, frame));
    case 'capture':
      names.push([pattern.name, subject]);
      return true;
    case 'as':
      names.push([pattern.name, subject]);
      return matchPattern(interpreter, pattern.pattern, subject, frame, names, why);
    case 'or':
      return anyOf(
        pattern.patterns.map((each) => matchPattern(interpreter, each, subject, frame, names, why)),
      );
    case 'sequence': {
      const items = subject.kind === 'tuple' || subject.kind === 'list' ? subject.items : undefined;
      if (items === undefined || (subject.kind === 'list' && subject.uncertain)) {
        for (const each of pattern.patterns) matchPattern(interpreter, each, unknown(why), frame, names, why);
        return subject.kind === 'string' ? false : undefined;
      }
      if (items.length !== pattern.patterns.length) return false;
      return allOf(
        pattern.patterns.map((each, index) =>
          matchPattern(interpreter, each, items[index] ?? NONE, frame, names, why),
        ),
      );
    }
    case 'other':
      for (const name of pattern.names) names.push([name, unknown(why)]);
      return undefined;
  }
}

function anyOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

function allOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}
