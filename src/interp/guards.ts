/** Statements about exceptions: `try`, `raise`, `assert`, and `with`, whose managers see them. */
import type { Raise, Statement, Try, With } from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import { positional, type CallContext, type Frame } from './call';
import { findInClass } from './classes';
import { builtInException, catches, exceptionOf, wordsOf } from './exceptions';
import { contextOf, reasonOf } from './expressions';
import type { Completion, Interpreter } from './interpreter';
import { runManaged } from './managers';
import { joinCompletions } from './statements';
import { assign, assignName } from './targets';
import { NotTaken, Raised } from './trail';
import { NONE, unknown, type InstanceValue, type Value } from './values';

const NORMAL: Completion = { kind: 'normal' };

/** `raise exception`, or `raise` alone where one is being handled. */
export function executeRaise(interpreter: Interpreter, statement: Raise, frame: Frame): never {
  const text = frame.unit.textOf(statement.span);
  const context = { interpreter, frame, place: { uri: frame.unit.uri, span: statement.span } };
  if (statement.exception === undefined) {
    const { handling } = frame;
    throw new Raised((handling && wordsOf(handling, context)) ?? text, handling);
  }
  const exception = exceptionOf(interpreter.evaluate(statement.exception, frame), context);
  throw new Raised((exception && wordsOf(exception, context)) ?? text, exception);
}

/** `assert condition, message`. */
export function executeAssert(
  interpreter: Interpreter,
  statement: Statement & { kind: 'assert' },
  frame: Frame,
): Completion {
  const context = contextOf(interpreter, statement.condition, frame);
  const truth = interpreter.truth(interpreter.evaluate(statement.condition, frame), context);
  if (truth === undefined) interpreter.trail.doubt();
  if (truth !== false) return NORMAL;
  const message = statement.message && interpreter.evaluate(statement.message, frame);
  const exception = builtInException('AssertionError', message ? [message] : [], context);
  // Without words of its own, the condition says more than the bare name.
  const words = message && exception && wordsOf(exception, context);
  throw new Raised(words ?? `AssertionError: ${frame.unit.textOf(statement.condition.span)}`, exception);
}

/** Runs the body, whichever handlers fit, and what comes finally. */
export function executeTry(interpreter: Interpreter, statement: Try, frame: Frame): Completion {
  const finish = () => interpreter.execute(statement.final, frame);
  let completion: Completion;
  try {
    completion = attempt(interpreter, statement, frame);
  } catch (error) {
    if (!(error instanceof Raised) || error instanceof NotTaken) throw error;
    const final = finish();
    if (final.kind === 'normal' || final.kind === 'mixed') throw error;
    return final;
  }
  const final = finish();
  return final.kind === 'normal' ? completion : final;
}

/** The body, and the handlers from wherever in the body something may have raised. */
function attempt(interpreter: Interpreter, statement: Try, frame: Frame): Completion {
  const { trail } = interpreter;
  const why = reasonFor(statement, frame);
  const body = () => interpreter.execute(statement.body, frame);
  const before = trail.doubts;
  const state = { isBody: true };
  const way = (): Completion => {
    const completion = interpreter.catching(statement.handlers.length > 0, body);
    if (completion.kind !== 'normal') return completion;
    state.isBody = false;
    return interpreter.execute(statement.alternative, frame);
  };
  const handled = (): Completion => {
    if (trail.doubts === before || statement.handlers.length === 0) throw new NotTaken('nothing here raises');
    trail.interrupt(() => interpreter.rehearse(true, () => void body()), why);
    return executeHandlers(interpreter, statement, frame, why);
  };
  const raised = (error: Raised): Completion =>
    state.isBody ? executeHandlers(interpreter, statement, frame, why, error) : fail(error);
  return trail.attempt(way, raised, handled, (a, b) => joinCompletions(a, b, why), why);
}

/**
 * The first handler that fits. Without `error`, which one that is and whether any does is not told; a handler of
 * everything surely fits.
 */
function executeHandlers(
  interpreter: Interpreter,
  statement: Try,
  frame: Frame,
  why: Reason,
  error?: Raised,
  index = 0,
): Completion {
  const handler = statement.handlers[index];
  if (handler === undefined) return fail(error ?? new Raised(frame.unit.textOf(statement.span)));
  const { name, type } = handler;
  const caught: Value = error?.exception ?? unknown(why);
  const run = (): Completion => {
    if (name !== undefined) assignName(interpreter, name, caught, frame);
    const handling = error?.exception;
    const completion = interpreter.execute(handler.body, { ...frame, handling });
    if (name !== undefined && handling !== undefined && completion.kind === 'normal')
      forget(interpreter, name, frame);
    return completion;
  };
  const next = () => executeHandlers(interpreter, statement, frame, why, error, index + 1);
  if (type === undefined) return run();
  const kind = interpreter.evaluate(type, frame);
  if (error?.exception !== undefined) {
    const isCaught = catches(kind, error.exception);
    if (isCaught !== undefined) return isCaught ? run() : next();
  }
  if (kind.kind === 'class' && /^(Base)?Exception$/.test(kind.name) && kind.unit === undefined) return run();
  return interpreter.trail.fork(run, next, (a, b) => joinCompletions(a, b, why), why);
}

/** Python takes the name of a handled exception away when its handler is done. */
function forget(interpreter: Interpreter, name: string, { scope }: Frame): void {
  interpreter.trail.touch(scope);
  scope.variables.delete(name);
}

function fail(error: Raised): never {
  throw error;
}

/** Enters each manager in turn, runs the body, then leaves them in reverse. */
export function executeWith(
  interpreter: Interpreter,
  statement: With,
  frame: Frame,
  rest: () => Completion,
  index = 0,
): Completion {
  const item = statement.items[index];
  if (item === undefined) return interpreter.execute(statement.body, frame, rest);
  const context = contextOf(interpreter, item.context, frame);
  const inner = (then: () => Completion) => executeWith(interpreter, statement, frame, then, index + 1);
  const bind = (value: Value): void => {
    if (item.target !== undefined) assign(interpreter, item.target, value, frame);
  };
  const manager = interpreter.evaluate(item.context, frame);
  const managed = runManaged(manager, context, (value) => (bind(value), inner(() => NORMAL)));
  if (managed !== undefined) return goOn(interpreter, managed, rest, reasonFor(statement, frame));
  const enter = manager.kind === 'instance' ? findInClass(manager.class, '__enter__') : undefined;
  const exit = manager.kind === 'instance' ? findInClass(manager.class, '__exit__') : undefined;
  const entered = enter && interpreter.call(enter, positional(manager), context);
  bind(entered ?? unknown(reasonOf(manager, context)));
  if (exit === undefined) return inner(rest);
  const leave = (...told: Value[]) => interpreter.call(exit, positional(manager, ...told), context);
  const completion = guarded(
    interpreter,
    () => inner(() => NORMAL),
    leave,
    exit,
    reasonFor(statement, frame),
    context,
  );
  return goOn(interpreter, completion, rest, reasonFor(statement, frame));
}

/** Runs the body of a `with`, then `__exit__`, which is told of an exception and may swallow it. */
function guarded(
  interpreter: Interpreter,
  body: () => Completion,
  leave: (...told: Value[]) => Value,
  exit: Value,
  why: Reason,
  context: CallContext,
): Completion {
  const { trail } = interpreter;
  const before = trail.doubts;
  const swallows = maySwallow(exit);
  const way = (): Completion => {
    const completion = interpreter.catching(swallows, body);
    leave(NONE, NONE, NONE);
    return completion;
  };
  const raised = (error: Raised): Completion => {
    const isSwallowed = interpreter.truth(leave(...told(error.exception)), context);
    if (isSwallowed === undefined) trail.doubt();
    return isSwallowed === true ? NORMAL : fail(error);
  };
  const handled = (): Completion => {
    if (!swallows || trail.doubts === before) throw new NotTaken('nothing here is swallowed');
    trail.interrupt(() => interpreter.rehearse(true, () => void body()), why);
    leave(unknown(why), unknown(why), unknown(why));
    return NORMAL;
  };
  return trail.attempt(way, raised, handled, (a, b) => joinCompletions(a, b, why), why);
}

function told(exception: InstanceValue | undefined): Value[] {
  return exception === undefined ? [] : [exception.class, exception, NONE];
}

/** Whether `__exit__` has a way to say that the exception is dealt with. */
function maySwallow(exit: Value): boolean {
  if (exit.kind !== 'function') return exit.kind !== 'builtin' || exit.name === 'suppress.__exit__';
  return exit.definition.kind === 'lambda' || exit.definition.body.some(mayGiveTruth);
}

function mayGiveTruth(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return': {
      const { value } = statement;
      return value !== undefined && !(value.kind === 'constant' && value.value !== true);
    }
    case 'if':
    case 'for':
    case 'while':
      return [...statement.body, ...statement.alternative].some(mayGiveTruth);
    case 'with':
      return statement.body.some(mayGiveTruth);
    case 'try':
      return [
        ...statement.body,
        ...statement.alternative,
        ...statement.final,
        ...statement.handlers.flatMap((handler) => handler.body),
      ].some(mayGiveTruth);
    case 'match':
      return statement.cases.some((each) => each.body.some(mayGiveTruth));
    default:
      return false;
  }
}

/** What follows a body: ways that left it early do not get there. */
function goOn(interpreter: Interpreter, ended: Completion, rest: () => Completion, why: Reason): Completion {
  if (ended.kind === 'normal') return rest();
  if (ended.kind !== 'mixed') return ended;
  return interpreter.trail.fork(
    rest,
    () => ended,
    (a, b) => joinCompletions(a, b, why),
    why,
  );
}

function reasonFor(statement: Try | With, frame: Frame): Reason {
  const place = { uri: frame.unit.uri, span: statement.span };
  return { code: 'branch', subject: 'whether an exception is raised', place };
}
