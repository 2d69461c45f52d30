/** The `match` statement: which patterns fit, and what their names then stand for. */
import type { Match, Pattern } from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import { hasAttribute } from './attributes';
import { positional, type CallContext, type Frame } from './call';
import { findInClass } from './classes';
import { branchReason, contextOf } from './expressions';
import type { Completion, Interpreter } from './interpreter';
import { areEqual } from './equality';
import { executeBlock, joinCompletions } from './statements';
import { assignName } from './targets';
import { keyOf, list, NONE, unknown, type Value } from './values';

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
    case 'sequence':
      return matchSequence(interpreter, pattern.patterns, subject, frame, names, why);
    case 'star':
      if (pattern.name !== undefined) names.push([pattern.name, subject]);
      return true;
    case 'mapping':
      return matchMapping(interpreter, pattern, subject, frame, names, why);
    case 'class':
      return matchClass(interpreter, pattern, subject, frame, names, why);
    case 'other':
      for (const name of pattern.names) names.push([name, unknown(why)]);
      return undefined;
  }
}

function matchSequence(
  interpreter: Interpreter,
  patterns: readonly Pattern[],
  given: Value,
  frame: Frame,
  names: [string, Value][],
  why: Reason,
): boolean | undefined {
  const subject = given.kind === 'instance' ? (given.held ?? given) : given;
  const items = subject.kind === 'tuple' || subject.kind === 'list' ? subject.items : undefined;
  if (items === undefined || (subject.kind === 'list' && subject.uncertain)) {
    for (const each of patterns) matchPattern(interpreter, each, unknown(why), frame, names, why);
    return NO_SEQUENCES.has(subject.kind) ? false : undefined;
  }
  const star = patterns.findIndex((pattern) => pattern.kind === 'star');
  const after = patterns.length - star - 1;
  if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return false;
  const parts =
    star < 0
      ? items
      : [
          ...items.slice(0, star),
          list(items.slice(star, items.length - after)),
          ...items.slice(items.length - after),
        ];
  return allOf(
    patterns.map((each, index) => matchPattern(interpreter, each, parts[index] ?? NONE, frame, names, why)),
  );
}

/** Kinds of values that no sequence pattern fits. */
const NO_SEQUENCES = new Set<Value['kind']>([
  'string',
  'int',
  'float',
  'bool',
  'none',
  'dict',
  'set',
  'function',
  'class',
]);

function matchMapping(
  interpreter: Interpreter,
  pattern: Pattern & { kind: 'mapping' },
  given: Value,
  frame: Frame,
  names: [string, Value][],
  why: Reason,
): boolean | undefined {
  const subject = given.kind === 'instance' ? (given.held ?? given) : given;
  const keys = pattern.entries.map(({ key }) => keyOf(interpreter.evaluate(key, frame)));
  if (subject.kind !== 'dict' || subject.uncertain || keys.includes(undefined)) {
    for (const each of pattern.entries)
      matchPattern(interpreter, each.pattern, unknown(why), frame, names, why);
    if (pattern.rest !== undefined) names.push([pattern.rest, unknown(why)]);
    return subject.kind === 'dict' || !isPlain(subject) ? undefined : false;
  }
  const results = pattern.entries.map(({ pattern: inner }, index) => {
    const entry = subject.entries.get(keys[index] ?? '');
    return entry === undefined ? false : matchPattern(interpreter, inner, entry.value, frame, names, why);
  });
  const rest = [...subject.entries].filter(([key]) => !keys.includes(key));
  if (pattern.rest !== undefined) names.push([pattern.rest, { kind: 'dict', entries: new Map(rest) }]);
  return allOf(results);
}

/** Values of built-in kinds, of which it is known what they are not. */
function isPlain(value: Value): boolean {
  return NO_SEQUENCES.has(value.kind) || value.kind === 'list' || value.kind === 'tuple';
}

/** Built-in types whose one positional pattern is matched with the whole value. */
const WHOLE = new Set([
  'bool',
  'bytearray',
  'bytes',
  'dict',
  'float',
  'frozenset',
  'int',
  'list',
  'set',
  'str',
  'tuple',
]);

function matchClass(
  interpreter: Interpreter,
  pattern: Pattern & { kind: 'class' },
  subject: Value,
  frame: Frame,
  names: [string, Value][],
  why: Reason,
): boolean | undefined {
  const context = contextOf(interpreter, pattern.type, frame);
  const type = interpreter.evaluate(pattern.type, frame);
  const check = interpreter.builtins.get('isinstance') ?? NONE;
  const fits = interpreter.truth(interpreter.call(check, positional(subject, type), context), context);
  const found = type.kind === 'class' ? findInClass(type, '__match_args__') : undefined;
  const isWhole = type.kind === 'class' && type.unit === undefined && WHOLE.has(type.name);
  const parts = [
    ...pattern.positional.map((inner, index) => {
      const name = found?.kind === 'tuple' ? found.items[index] : undefined;
      return { pattern: inner, name: name?.kind === 'string' ? name.value : undefined };
    }),
    ...pattern.keywords,
  ];
  if (fits === false) return false;
  const results = parts.map(({ pattern: inner, name }) => {
    const value = valueUnder(interpreter, subject, name, fits === true && isWhole, context);
    const result = matchPattern(interpreter, inner, value ?? unknown(why), frame, names, why);
    return value === undefined ? (result === false ? false : undefined) : result;
  });
  return allOf([fits, ...results]);
}

/** What a part of a class pattern is matched with; `undefined` when that cannot be told. */
function valueUnder(
  interpreter: Interpreter,
  subject: Value,
  name: string | undefined,
  isWhole: boolean,
  context: CallContext,
): Value | undefined {
  if (name === undefined) return isWhole ? subject : undefined;
  return hasAttribute(subject, name) === true ? interpreter.attribute(subject, name, context) : undefined;
}

function anyOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

function allOf(results: readonly (boolean | undefined)[]): boolean | undefined {
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}
