/** Running statements: each gives a completion that says how it ended. */
import type {
  Assignment,
  AugmentedAssignment,
  For,
  If,
  Match,
  Pattern,
  Statement,
  Try,
  While,
  With,
} from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import type { CallContext, Frame } from './call';
import { positional } from './call';
import { findInClass } from './classes';
import { branchReason, contextOf, reasonOf, repeatUnknown } from './expressions';
import { defineClass, defineFunction } from './functions';
import { importFrom, importModules } from './imports';
import type { Completion, Interpreter } from './interpreter';
import { join } from './join';
import { areEqual, binary } from './operators';
import { assign, assignName, remove } from './targets';
import { Raised } from './trail';
import { dictOf, list, NONE, string, unknown, type Value } from './values';

const NORMAL: Completion = { kind: 'normal' };
const MIXED: Completion = { kind: 'mixed' };

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
    if (needsRest(statement)) {
      return executeWithRest(interpreter, statement, frame, () =>
        executeBlock(interpreter, statements, frame, rest, at + 1),
      );
    }
    const completion = executeStatement(interpreter, statement, frame);
    if (completion.kind === 'mixed')
      return mayGoOn(interpreter, statement, frame, () =>
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
  frame: Frame,
  rest: () => Completion,
): Completion {
  const place = { uri: frame.unit.uri, span: statement.span };
  const why: Reason = { code: 'loop', subject: 'a loop that may return', place };
  return interpreter.trail.fork(
    rest,
    () => MIXED,
    () => MIXED,
    why,
  );
}

/** Statements some of whose ways may end early: what follows them belongs to the other ways alone. */
function needsRest(statement: Statement): boolean {
  switch (statement.kind) {
    case 'if':
      return [...statement.body, ...statement.alternative].some(mayEndEarly);
    case 'match':
      return statement.cases.some((each) => each.body.some(mayEndEarly));
    case 'with':
      return statement.body.some(mayEndEarly);
    default:
      return false;
  }
}

function mayEndEarly(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
    case 'break':
    case 'continue':
      return true;
    default:
      return needsRest(statement);
  }
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
      noteAnnotation(statement, frame);
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
      if (statement.exception) interpreter.evaluate(statement.exception, frame);
      throw new Raised(frame.unit.textOf(statement.span));
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
function noteAnnotation(statement: Assignment, frame: Frame): void {
  const [target] = statement.targets;
  if (frame.scope.kind !== 'class' || statement.annotation === undefined || target?.kind !== 'name') return;
  const known = frame.scope.variables.get('__annotations__');
  const annotations = known?.kind === 'dict' ? known : dictOf([]);
  annotations.entries.set(`'${target.name}`, { key: string(target.name), value: NONE });
  frame.scope.variables.set('__annotations__', annotations);
}

function executeAugmented(interpreter: Interpreter, statement: AugmentedAssignment, frame: Frame): void {
  const { target, operator } = statement;
  const before = interpreter.evaluate(target, frame);
  const value = interpreter.evaluate(statement.value, frame);
  const context: CallContext = { interpreter, frame, place: { uri: frame.unit.uri, span: statement.span } };
  if (before.kind !== 'list' || (operator !== '+' && operator !== '*')) {
    return assign(interpreter, target, binary(interpreter, operator, before, value, context), frame);
  }
  // `list += items` and `list *= n` change the list itself, which may be known under other names too.
  if (operator === '+') {
    interpreter.call(interpreter.attribute(before, 'extend', context), positional(value), context);
    return;
  }
  const repeated = binary(interpreter, operator, before, value, context);
  interpreter.trail.touch(before);
  if (repeated.kind === 'list') before.items = repeated.items;
  else before.uncertain ??= reasonOf(repeated, context);
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
  return interpreter.trail.fork(body, alternative, (a, b) => joinCompletions(a, b, why), why);
}

function executeAssert(
  interpreter: Interpreter,
  statement: Statement & { kind: 'assert' },
  frame: Frame,
): Completion {
  const condition = interpreter.evaluate(statement.condition, frame);
  const truth = interpreter.truth(condition, contextOf(interpreter, statement.condition, frame));
  if (truth === false) throw new Raised(frame.unit.textOf(statement.span));
  return NORMAL;
}

function executeFor(interpreter: Interpreter, statement: For, frame: Frame): Completion {
  const context = contextOf(interpreter, statement.iterable, frame);
  const iterable = interpreter.evaluate(statement.iterable, frame);
  const items = interpreter.iterate(iterable, context);
  const round = (item: Value): Completion => {
    assign(interpreter, statement.target, item, frame);
    return executeBlock(interpreter, statement.body, frame, () => NORMAL);
  };
  if (items === undefined) return repeatRounds(interpreter, iterable, context, round);
  for (const [index, item] of items.entries()) {
    const completion = round(item);
    if (completion.kind === 'break') return NORMAL;
    if (completion.kind === 'return') return completion;
    if (completion.kind === 'mixed') {
      // Some ways leave the loop here and some go on: the rest is as if its length were unknown.
      return repeatRounds(interpreter, list([...items.slice(index + 1)]), context, round);
    }
  }
  return executeBlock(interpreter, statement.alternative, frame, () => NORMAL);
}

function executeWhile(interpreter: Interpreter, statement: While, frame: Frame): Completion {
  const context = contextOf(interpreter, statement.condition, frame);
  const body = () => executeBlock(interpreter, statement.body, frame, () => NORMAL);
  for (;;) {
    interpreter.budget.step();
    const condition = interpreter.evaluate(statement.condition, frame);
    const truth = interpreter.truth(condition, context);
    if (truth === false) return executeBlock(interpreter, statement.alternative, frame, () => NORMAL);
    if (truth === undefined) return repeatRounds(interpreter, condition, context, body);
    const completion = body();
    if (completion.kind === 'break') return NORMAL;
    if (completion.kind === 'return') return completion;
    if (completion.kind === 'mixed') return repeatRounds(interpreter, condition, context, body);
  }
}

/** Rounds whose number is unknown. When one may return, so may the loop. */
function repeatRounds(
  interpreter: Interpreter,
  iterable: Value,
  context: CallContext,
  round: (item: Value) => Completion,
): Completion {
  const endings = new Set<Completion['kind']>();
  repeatUnknown(interpreter, iterable, context, (item) => endings.add(round(item).kind));
  return endings.has('return') || endings.has('mixed') ? MIXED : NORMAL;
}

function executeWith(
  interpreter: Interpreter,
  statement: With,
  frame: Frame,
  rest: () => Completion,
): Completion {
  for (const { context: expression, target } of statement.items) {
    const value = interpreter.evaluate(expression, frame);
    if (target === undefined) continue;
    const context = contextOf(interpreter, expression, frame);
    const enter = value.kind === 'instance' ? findInClass(value.class, '__enter__') : undefined;
    const entered = enter
      ? interpreter.call(enter, positional(value), context)
      : unknown(reasonOf(value, context));
    assign(interpreter, target, entered, frame);
  }
  return executeBlock(interpreter, statement.body, frame, rest);
}

function executeTry(interpreter: Interpreter, statement: Try, frame: Frame): Completion {
  const completion = attempt(interpreter, statement, frame);
  const final = executeBlock(interpreter, statement.final, frame, () => NORMAL);
  return final.kind === 'normal' ? completion : final;
}

function attempt(interpreter: Interpreter, statement: Try, frame: Frame): Completion {
  try {
    const completion = executeBlock(interpreter, statement.body, frame, () => NORMAL);
    return completion.kind === 'normal'
      ? executeBlock(interpreter, statement.alternative, frame, () => NORMAL)
      : completion;
  } catch (error) {
    const [handler] = statement.handlers;
    if (!(error instanceof Raised) || handler === undefined) throw error;
    const place = { uri: frame.unit.uri, span: statement.span };
    if (handler.name !== undefined) {
      assignName(
        interpreter,
        handler.name,
        unknown({ code: 'unmodelled', subject: 'the exception', place }),
        frame,
      );
    }
    return executeBlock(interpreter, handler.body, frame, () => NORMAL);
  }
}

function executeMatch(
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
    const fits = matchPattern(interpreter, each.pattern, subject, frame, why);
    const guard = each.guard && fits !== false ? interpreter.evaluate(each.guard, frame) : undefined;
    const guardTruth =
      each.guard && guard ? interpreter.truth(guard, contextOf(interpreter, each.guard, frame)) : true;
    const body = () => executeBlock(interpreter, each.body, frame, rest);
    if (fits === false || guardTruth === false) return from(index + 1);
    if (fits === true && guardTruth === true) return body();
    return interpreter.trail.fork(
      body,
      () => from(index + 1),
      (a, b) => joinCompletions(a, b, why),
      why,
    );
  };
  return from(0);
}

/** Whether the pattern fits, binding its names; `undefined` when it cannot be told. */
function matchPattern(
  interpreter: Interpreter,
  pattern: Pattern,
  subject: Value,
  frame: Frame,
  why: Reason,
): boolean | undefined {
  switch (pattern.kind) {
    case 'wildcard':
      return true;
    case 'value':
      return areEqual(subject, interpreter.evaluate(pattern.value, frame));
    case 'capture':
      assignName(interpreter, pattern.name, subject, frame);
      return true;
    case 'as':
      assignName(interpreter, pattern.name, subject, frame);
      return matchPattern(interpreter, pattern.pattern, subject, frame, why);
    case 'or':
      return anyOf(pattern.patterns.map((each) => matchPattern(interpreter, each, subject, frame, why)));
    case 'sequence': {
      const items = subject.kind === 'tuple' || subject.kind === 'list' ? subject.items : undefined;
      if (items === undefined || (subject.kind === 'list' && subject.uncertain))
        return subject.kind === 'string' ? false : undefined;
      if (items.length !== pattern.patterns.length) return false;
      return allOf(
        pattern.patterns.map((each, index) =>
          matchPattern(interpreter, each, items[index] ?? NONE, frame, why),
        ),
      );
    }
    case 'other':
      for (const name of pattern.names) assignName(interpreter, name, unknown(why), frame);
      return undefined;
  }
}

function anyOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

function allOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

function joinCompletions(a: Completion, b: Completion, why: Reason): Completion {
  if (a.kind === 'return' && b.kind === 'return')
    return { kind: 'return', value: join(a.value, b.value, why) };
  if (a.kind === b.kind) return a;
  const goOn = (completion: Completion) => completion.kind === 'normal' || completion.kind === 'continue';
  return goOn(a) && goOn(b) ? NORMAL : MIXED;
}
