/** Running statements: each gives a completion that says how it ended. */
import type { Assignment, AugmentedAssignment, For, If, Statement, While } from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import { BudgetSpent, EndlessGenerator, LIMITS } from './budget';
import type { CallContext, Frame } from './call';
import { positional } from './call';
import { findInClass } from './classes';
import { branchReason, contextOf, reasonOf, repeatUnknown } from './expressions';
import { defineClass, defineFunction } from './functions';
import { executeAssert, executeRaise, executeTry, executeWith } from './guards';
import { importFrom, importModules } from './imports';
import type { Completion, Interpreter } from './interpreter';
import { iteratorOver, step, Undecided } from './iterators';
import { join } from './join';
import { executeMatch } from './matching';
import { binary } from './operators';
import { inPlaceDunder } from './overloads';
import { assign, assignName, remove } from './targets';
import { dictOf, NONE, string, type IteratorValue, type Value } from './values';

const NORMAL: Completion = { kind: 'normal' };
/** Ways through statements of which more than this open again what follows them are run together instead. */
const MOST_SPLITS = 5;
/** Rounds over a generator, in a loop that may have been left, after which the rest is like these. */
const MOST_VISITS = 50;

/** Runs the statements from `index` on, then `rest`. */
export function executeBlock(
  interpreter: Interpreter,
  statements: readonly Statement[],
  frame: Frame,
  rest: () => Completion,
  index = 0,
): Completion {
  for (let at = index; at < statements.length; at++) {
    const statement = statements[at];
    if (statement === undefined) break;
    if (needsRest(statement) && interpreter.splits < MOST_SPLITS) {
      return executeWithRest(interpreter, statement, frame, () =>
        executeBlock(interpreter, statements, frame, rest, at + 1),
      );
    }
    const completion = executeStatement(interpreter, statement, frame);
    if (completion.kind === 'mixed')
      return mayGoOn(interpreter, statement, completion, frame, () =>
        executeBlock(interpreter, statements, frame, rest, at + 1),
      );
    if (completion.kind !== 'normal') return completion;
  }
  return rest();
}

/** What follows a statement that some ways leave for good and some do not. */
function mayGoOn(
  interpreter: Interpreter,
  statement: Statement,
  ended: Completion,
  frame: Frame,
  rest: () => Completion,
): Completion {
  const place = { uri: frame.unit.uri, span: statement.span };
  const why: Reason = { code: 'loop', subject: 'a loop that may return', place };
  return interpreter.trail.fork(
    rest,
    () => ended,
    (a, b) => joinCompletions(a, b, why),
    why,
  );
}

/** Statements some of whose ways may end early: what follows them belongs to the other ways alone. */
function needsRest(statement: Statement): boolean {
  return (
    (statement.kind === 'if' || statement.kind === 'match' || statement.kind === 'with') && statement.mayLeave
  );
}

/** Whether every way through the statements certainly leaves them. */
function endsEarly(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last === undefined) return false;
  if (last.kind === 'if') return endsEarly(last.body) && endsEarly(last.alternative);
  return ['return', 'raise', 'break', 'continue'].includes(last.kind);
}

function executeWithRest(
  interpreter: Interpreter,
  statement: Statement,
  frame: Frame,
  rest: () => Completion,
): Completion {
  interpreter.budget.step();
  switch (statement.kind) {
    case 'if':
      return executeIf(interpreter, statement, frame, rest);
    case 'match':
      return executeMatch(interpreter, statement, frame, rest);
    case 'with':
      return executeWith(interpreter, statement, frame, rest);
    default:
      return rest();
  }
}

function executeStatement(interpreter: Interpreter, statement: Statement, frame: Frame): Completion {
  interpreter.budget.step();
  switch (statement.kind) {
    case 'expression':
      interpreter.evaluate(statement.expression, frame);
      return NORMAL;
    case 'assignment': {
      noteAnnotation(interpreter, statement, frame);
      if (statement.value === undefined) return NORMAL;
      const value = interpreter.evaluate(statement.value, frame);
      for (const target of statement.targets) assign(interpreter, target, value, frame);
      return NORMAL;
    }
    case 'augmented':
      executeAugmented(interpreter, statement, frame);
      return NORMAL;
    case 'if':
      return executeIf(interpreter, statement, frame, () => NORMAL);
    case 'for':
      return executeFor(interpreter, statement, frame);
    case 'while':
      return executeWhile(interpreter, statement, frame);
    case 'function':
      assignName(
        interpreter,
        statement.name,
        defineFunction(interpreter, statement, frame, frame.classOwner),
        frame,
      );
      return NORMAL;
    case 'class':
      assignName(interpreter, statement.name, defineClass(interpreter, statement, frame), frame);
      return NORMAL;
    case 'return':
      return { kind: 'return', value: statement.value ? interpreter.evaluate(statement.value, frame) : NONE };
    case 'raise':
      return executeRaise(interpreter, statement, frame);
    case 'assert':
      return executeAssert(interpreter, statement, frame);
    case 'delete':
      for (const target of statement.targets) remove(interpreter, target, frame);
      return NORMAL;
    case 'import':
      importModules(interpreter, statement, frame);
      return NORMAL;
    case 'importFrom':
      importFrom(interpreter, statement, frame);
      return NORMAL;
    case 'with':
      return executeWith(interpreter, statement, frame, () => NORMAL);
    case 'try':
      return executeTry(interpreter, statement, frame);
    case 'match':
      return executeMatch(interpreter, statement, frame, () => NORMAL);
    case 'scope':
      frame.scope.outer ??= new Map();
      for (const name of statement.names) frame.scope.outer.set(name, statement.type);
      return NORMAL;
    case 'pass':
      return NORMAL;
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'error':
      for (const expression of statement.expressions) interpreter.evaluate(expression, frame);
      return NORMAL;
  }
}

/** Class bodies keep their annotated names, in order: dataclasses make fields of them. */
function noteAnnotation(interpreter: Interpreter, statement: Assignment, frame: Frame): void {
  const [target] = statement.targets;
  if (frame.scope.kind !== 'class' || statement.annotation === undefined || target?.kind !== 'name') return;
  const known = frame.scope.variables.get('__annotations__');
  const annotations = known?.kind === 'dict' ? known : dictOf([]);
  const value = interpreter.evaluate(statement.annotation, frame);
  annotations.entries.set(`'${target.name}`, { key: string(target.name), value });
  frame.scope.variables.set('__annotations__', annotations);
}

function executeAugmented(interpreter: Interpreter, statement: AugmentedAssignment, frame: Frame): void {
  const { target, operator } = statement;
  const before = interpreter.evaluate(target, frame);
  const value = interpreter.evaluate(statement.value, frame);
  if (before.kind === 'unknown') interpreter.trail.lose([before], before.reason);
  const context: CallContext = { interpreter, frame, place: { uri: frame.unit.uri, span: statement.span } };
  const method = before.kind === 'instance' ? findInClass(before.class, inPlaceDunder(operator)) : undefined;
  if (method !== undefined) {
    return assign(interpreter, target, interpreter.call(method, positional(before, value), context), frame);
  }
  if (before.kind === 'set' && !before.isFrozen && value.kind !== 'unknown') {
    const result = binary(interpreter, operator, before, value, context);
    if (result.kind !== 'set') return assign(interpreter, target, result, frame);
    interpreter.trail.touch(before);
    Object.assign(before, { elements: result.elements, uncertain: result.uncertain });
    return assign(interpreter, target, before, frame);
  }
  if (before.kind === 'dict' && operator === '|' && before.variant?.isCounter !== true) {
    interpreter.call(interpreter.attribute(before, 'update', context), positional(value), context);
    return assign(interpreter, target, before, frame);
  }
  if (value.kind === 'unknown' && (before.kind === 'set' || before.kind === 'dict'))
    interpreter.trail.loseOne(before, value.reason);
  if (before.kind !== 'list' || (operator !== '+' && operator !== '*')) {
    return assign(interpreter, target, binary(interpreter, operator, before, value, context), frame);
  }
  // `list += items` and `list *= n` change the list itself, which may be known under other names too.
  if (operator === '+') {
    interpreter.call(interpreter.attribute(before, 'extend', context), positional(value), context);
    return assign(interpreter, target, before, frame);
  }
  const repeated = binary(interpreter, operator, before, value, context);
  interpreter.trail.touch(before);
  if (repeated.kind === 'list') before.items = repeated.items;
  else before.uncertain ??= reasonOf(repeated, context);
  return assign(interpreter, target, before, frame);
}

function executeIf(
  interpreter: Interpreter,
  statement: If,
  frame: Frame,
  rest: () => Completion,
): Completion {
  const condition = interpreter.evaluate(statement.condition, frame);
  const truth = interpreter.truth(condition, contextOf(interpreter, statement.condition, frame));
  const body = () => executeBlock(interpreter, statement.body, frame, rest);
  const alternative = () => executeBlock(interpreter, statement.alternative, frame, rest);
  if (truth !== undefined) return truth ? body() : alternative();
  const why = branchReason(statement.condition, frame);
  const runsRestTwice =
    needsRest(statement) && !endsEarly(statement.body) && !endsEarly(statement.alternative);
  return interpreter.split(runsRestTwice, () =>
    interpreter.trail.fork(body, alternative, (a, b) => joinCompletions(a, b, why), why),
  );
}

function executeFor(interpreter: Interpreter, statement: For, frame: Frame): Completion {
  const context = contextOf(interpreter, statement.iterable, frame);
  const iterable = interpreter.evaluate(statement.iterable, frame);
  const round = (item: Value): Completion => {
    assign(interpreter, statement.target, item, frame);
    return executeBlock(interpreter, statement.body, frame, () => NORMAL);
  };
  const otherwise = (ending: Completion) => afterRounds(interpreter, statement, ending, frame);
  const iterator = iteratorOver(iterable, context);
  if (iterator === undefined) return otherwise(repeatRounds(interpreter, iterable, context, round));
  if (iterator.source?.each !== undefined && iterator.position === 0 && !iterator.uncertain) {
    const ending = visitRounds(interpreter, iterator, context, round);
    if (ending.kind === 'normal')
      return executeBlock(interpreter, statement.alternative, frame, () => NORMAL);
    if (ending.kind === 'break') return NORMAL;
    return ending.kind === 'return' ? ending : otherwise(ending);
  }
  const limit = interpreter.budget.used + LIMITS.loop;
  for (;;) {
    const next = step(iterator, context);
    if (next === 'end') return executeBlock(interpreter, statement.alternative, frame, () => NORMAL);
    if ('uncertain' in next) return otherwise(repeatRounds(interpreter, iterator, context, round));
    const completion = round(next.item);
    if (completion.kind === 'break') return NORMAL;
    if (completion.kind === 'return') return completion;
    if (!goesOn(completion) || interpreter.budget.used > limit) {
      // Some ways leave the loop here and some go on: the rest is as if its length were unknown.
      const ending = repeatRounds(interpreter, iterator, context, round);
      return otherwise(joinCompletions(completion, ending, branchReason(statement.iterable, frame)));
    }
  }
}

/** Thrown by a round to leave what is being visited. */
class Left extends Error {
  constructor(readonly completion: Completion) {
    super();
  }
}

/**
 * Rounds over what is visited as a whole, such as a generator, whose own code runs between them. A round that leaves
 * it from within a branch, or only on some ways, makes unknown how far it went.
 */
function visitRounds(
  interpreter: Interpreter,
  iterator: IteratorValue,
  context: CallContext,
  round: (item: Value) => Completion,
): Completion {
  const { trail } = interpreter;
  const each = iterator.source?.each;
  trail.touch(iterator);
  iterator.position = -1;
  const depth = trail.depth;
  try {
    each?.((item) => {
      const completion = round(item);
      if (completion.kind === 'normal' || completion.kind === 'continue') return;
      if (trail.depth !== depth || completion.kind === 'mixed') throw new Undecided();
      throw new Left(completion);
    }, context);
    return NORMAL;
  } catch (error) {
    if (error instanceof Left) return error.completion;
    if (!(error instanceof Undecided)) throw error;
  }
  const endings: Completion[] = [];
  const all = (): void => {
    let visits = 0;
    try {
      each?.((item) => {
        endings.push(round(item));
        // By now nothing changes any more: what did is unknown.
        if ((visits += 1) > MOST_VISITS) throw new EndlessGenerator();
      }, context);
    } catch (error) {
      if (!(error instanceof EndlessGenerator)) throw error;
    }
  };
  const why: Reason = { code: 'loop', subject: 'a loop that may be left', place: context.place };
  trail.interrupt(() => interpreter.rehearse(true, all), why);
  trail.repeat((isRehearsal) => interpreter.rehearse(isRehearsal, all), why);
  return { kind: 'mixed', mayReturn: endings.some(returns), mayBreak: false };
}

function executeWhile(interpreter: Interpreter, statement: While, frame: Frame): Completion {
  const context = contextOf(interpreter, statement.condition, frame);
  const body = () => executeBlock(interpreter, statement.body, frame, () => NORMAL);
  const again = (): Completion => {
    const completion = body();
    interpreter.evaluate(statement.condition, frame);
    return completion;
  };
  const limit = interpreter.budget.used + LIMITS.loop;
  for (;;) {
    interpreter.budget.step();
    const condition = interpreter.evaluate(statement.condition, frame);
    const truth = interpreter.truth(condition, context);
    if (truth === false) return executeBlock(interpreter, statement.alternative, frame, () => NORMAL);
    const repeat = () => repeatRounds(interpreter, condition, context, again);
    if (truth === undefined) return afterRounds(interpreter, statement, repeat(), frame);
    const completion = body();
    if (completion.kind === 'break') return NORMAL;
    if (completion.kind === 'return') return completion;
    if (interpreter.budget.used > limit && statement.condition.kind === 'constant')
      throw new BudgetSpent(`${LIMITS.loop} steps`);
    if (!goesOn(completion) || interpreter.budget.used > limit) {
      interpreter.evaluate(statement.condition, frame);
      const why = branchReason(statement.condition, frame);
      return afterRounds(interpreter, statement, joinCompletions(completion, repeat(), why), frame);
    }
  }
}

/** What follows rounds whose number or ending is unknown: `else` runs unless the loop was left by `break`. */
function afterRounds(
  interpreter: Interpreter,
  statement: For | While,
  ending: Completion,
  frame: Frame,
): Completion {
  const left: Completion = returns(ending) ? { kind: 'mixed', mayReturn: true, mayBreak: false } : NORMAL;
  if (statement.alternative.length === 0) return left;
  const why: Reason = { code: 'loop', subject: 'whether the loop was left by break' };
  return interpreter.trail.fork(
    () => executeBlock(interpreter, statement.alternative, frame, () => NORMAL),
    () => left,
    (a, b) => joinCompletions(a, b, why),
    why,
  );
}

/** Rounds whose number is unknown. When one may return, so may the loop. */
function repeatRounds(
  interpreter: Interpreter,
  iterable: Value,
  context: CallContext,
  round: (item: Value) => Completion,
): Completion {
  const endings: Completion[] = [];
  repeatUnknown(interpreter, iterable, context, (item) => endings.push(round(item)));
  const mayReturn = endings.some(returns);
  return mayReturn ? { kind: 'mixed', mayReturn, mayBreak: false } : NORMAL;
}

/** How two ways end together. */
export function joinCompletions(a: Completion, b: Completion, why: Reason): Completion {
  if (a.kind === 'return' && b.kind === 'return')
    return { kind: 'return', value: join(a.value, b.value, why) };
  if (a.kind === b.kind && a.kind !== 'mixed') return a;
  return { kind: 'mixed', mayReturn: returns(a) || returns(b), mayBreak: breaks(a) || breaks(b) };
}

function breaks(completion: Completion): boolean {
  return completion.kind === 'break' || (completion.kind === 'mixed' && completion.mayBreak);
}

/** Whether every way through a round goes on with the next one. */
function goesOn(completion: Completion): boolean {
  return !returns(completion) && !breaks(completion);
}

function returns(completion: Completion): boolean {
  return completion.kind === 'return' || (completion.kind === 'mixed' && completion.mayReturn);
}
