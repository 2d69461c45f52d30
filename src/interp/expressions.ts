/** Evaluating expressions: one small function a node type. */
import type {
  Call,
  Comparison,
  Comprehension,
  ComprehensionClause,
  Dictionary,
  Expression,
  FormattedPart,
  FormattedString,
  Sequence,
} from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import { getAttribute } from './attributes';
import { LIMITS } from './budget';
import type { CallContext, Frame } from './call';
import { callValue, evaluateArguments } from './calls';
import { setFrom } from './containers';
import { converts, formatValue } from './format';
import { makeFunction } from './functions';
import type { Interpreter } from './interpreter';
import { iteratorOver, step, uncertaintyOf, unknownItem } from './iterators';
import { join } from './join';
import { binary, comparison, unary } from './operators';
import { createScope, lookUp } from './scope';
import { getItem } from './subscripts';
import { assign } from './targets';
import {
  bool,
  ELLIPSIS,
  float,
  int,
  keyOf,
  list,
  NONE,
  string,
  tuple,
  unknown,
  type DictEntry,
  type DictValue,
  type ItemSource,
  type IteratorValue,
  type Step,
  type Value,
  withoutReal,
} from './values';

/** The value of an expression; whatever cannot be told is an unknown with its reason and place. */
export function evaluateExpression(interpreter: Interpreter, expression: Expression, frame: Frame): Value {
  const made = valueOf(interpreter, expression, frame);
  const value =
    expression.kind === 'comparison' || expression.kind === 'formatted' ? withoutReal(made) : made;
  const mayRaise = value.kind === 'unknown' || value.kind === 'formula';
  if (mayRaise && expression.kind !== 'constant') interpreter.trail.doubt();
  return value;
}

function valueOf(interpreter: Interpreter, expression: Expression, frame: Frame): Value {
  interpreter.budget.step();
  switch (expression.kind) {
    case 'integer':
      return expression.value === undefined
        ? unknownHere(contextOf(interpreter, expression, frame), 'too-large')
        : int(expression.value);
    case 'float':
      return float(expression.value);
    case 'string':
      return string(expression.value);
    case 'formatted':
      return formatted(interpreter, expression, frame);
    case 'constant':
      return constant(expression.value);
    case 'name':
      return (
        lookUp(frame.scope, expression.name) ??
        interpreter.builtins.get(expression.name) ??
        unknownHere(contextOf(interpreter, expression, frame), 'undefined-name')
      );
    case 'attribute':
      return getAttribute(
        interpreter,
        interpreter.evaluate(expression.object, frame),
        expression.name,
        contextOf(interpreter, expression, frame),
      );
    case 'subscript':
      return getItem(
        interpreter,
        interpreter.evaluate(expression.object, frame),
        interpreter.evaluate(expression.index, frame),
        contextOf(interpreter, expression, frame),
      );
    case 'slice':
      return {
        kind: 'slice',
        start: expression.start ? interpreter.evaluate(expression.start, frame) : NONE,
        stop: expression.stop ? interpreter.evaluate(expression.stop, frame) : NONE,
        step: expression.step ? interpreter.evaluate(expression.step, frame) : NONE,
      };
    case 'call':
      return evaluateCall(interpreter, expression, frame);
    case 'unary': {
      const operand = interpreter.evaluate(expression.operand, frame);
      return unary(interpreter, expression.operator, operand, contextOf(interpreter, expression, frame));
    }
    case 'binary':
      return binary(
        interpreter,
        expression.operator,
        interpreter.evaluate(expression.left, frame),
        interpreter.evaluate(expression.right, frame),
        contextOf(interpreter, expression, frame),
      );
    case 'boolean':
      return booleanOperation(interpreter, expression, frame);
    case 'comparison':
      return compareChain(interpreter, expression, frame);
    case 'conditional':
      return conditional(interpreter, expression, frame);
    case 'lambda':
      return makeFunction(interpreter, expression, '<lambda>', frame);
    case 'sequence':
      return sequence(interpreter, expression, frame);
    case 'dictionary':
      return dictionary(interpreter, expression, frame);
    case 'comprehension':
      return comprehension(interpreter, expression, frame);
    case 'starred':
      return interpreter.evaluate(expression.value, frame);
    case 'named': {
      const value = interpreter.evaluate(expression.value, frame);
      assign(interpreter, expression.target, value, frame.enclosing ?? frame);
      return value;
    }
    case 'await':
      return interpreter.evaluate(expression.value, frame);
    case 'yield':
      return yieldValue(
        interpreter,
        expression.value && interpreter.evaluate(expression.value, frame),
        expression.isFrom,
        contextOf(interpreter, expression, frame),
      );
    case 'error':
      return unknownHere(contextOf(interpreter, expression, frame), 'syntax');
  }
}

/** The context of an expression that is no call. */
export function contextOf(interpreter: Interpreter, expression: Expression, frame: Frame): CallContext {
  return { interpreter, frame, place: { uri: frame.unit.uri, span: expression.span } };
}

/** Why two ways differ: the text of the condition that decides. */
export function branchReason(condition: Expression, frame: Frame): Reason {
  const place = { uri: frame.unit.uri, span: condition.span };
  return { code: 'branch', subject: frame.unit.textOf(condition.span), place };
}

function evaluateCall(interpreter: Interpreter, call: Call, frame: Frame): Value {
  const callee = interpreter.evaluate(call.callee, frame);
  const args = evaluateArguments(interpreter, call, frame);
  return callValue(interpreter, callee, args, { ...contextOf(interpreter, call, frame), call });
}

function constant(value: true | false | null | '...'): Value {
  if (value === null) return NONE;
  return value === '...' ? ELLIPSIS : bool(value);
}

function booleanOperation(
  interpreter: Interpreter,
  expression: Expression & { kind: 'boolean' },
  frame: Frame,
): Value {
  const left = interpreter.evaluate(expression.left, frame);
  const truth = interpreter.truth(left, contextOf(interpreter, expression.left, frame));
  const right = () => interpreter.evaluate(expression.right, frame);
  if (truth === undefined) {
    const why = branchReason(expression.left, frame);
    return interpreter.trail.fork(
      () => left,
      right,
      (a, b) => join(a, b, why),
      why,
    );
  }
  return truth === (expression.operator === 'and') ? right() : left;
}

function compareChain(interpreter: Interpreter, expression: Comparison, frame: Frame): Value {
  const context = contextOf(interpreter, expression, frame);
  let left = interpreter.evaluate(expression.first, frame);
  let result: Value = bool(true);
  for (const { operator, operand } of expression.rest) {
    const right = interpreter.evaluate(operand, frame);
    const step = comparison(operator, left, right, context);
    if (expression.rest.length === 1) return step;
    const truth = interpreter.truth(step, context);
    if (truth === false) return step;
    if (truth === undefined) result = step;
    left = right;
  }
  return result;
}

function conditional(
  interpreter: Interpreter,
  expression: Expression & { kind: 'conditional' },
  frame: Frame,
): Value {
  const condition = interpreter.evaluate(expression.condition, frame);
  const truth = interpreter.truth(condition, contextOf(interpreter, expression.condition, frame));
  const consequence = () => interpreter.evaluate(expression.consequence, frame);
  const alternative = () => interpreter.evaluate(expression.alternative, frame);
  if (truth !== undefined) return truth ? consequence() : alternative();
  const why = branchReason(expression.condition, frame);
  return interpreter.trail.fork(consequence, alternative, (a, b) => join(a, b, why), why);
}

function formatted(interpreter: Interpreter, expression: FormattedString, frame: Frame): Value {
  const texts = expression.parts.map((part) =>
    typeof part === 'string' ? part : formattedPart(interpreter, part, frame),
  );
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  if (texts.includes(undefined) || length > LIMITS.characters)
    return unknownHere(contextOf(interpreter, expression, frame), 'unmodelled');
  return string(texts.join(''));
}

function formattedPart(interpreter: Interpreter, part: FormattedPart, frame: Frame): string | undefined {
  const value = interpreter.evaluate(part.value, frame);
  const format = part.format === undefined ? string('') : formatted(interpreter, part.format, frame);
  if (format.kind !== 'string') return undefined;
  const context = contextOf(interpreter, part.value, frame);
  // `{x=}` shows the value as `repr` does, unless it is told otherwise.
  const conversion = part.conversion ?? (part.isDebug && part.format === undefined ? 'r' : undefined);
  const converted = converts(value, conversion, context);
  const text = converted && formatValue(converted, format.value, context);
  return part.isDebug && text !== undefined ? `${part.text}${text}` : text;
}

function sequence(interpreter: Interpreter, expression: Sequence, frame: Frame): Value {
  const items: Value[] = [];
  let uncertain: Reason | undefined;
  for (const element of expression.elements) {
    const value = interpreter.evaluate(element, frame);
    if (element.kind !== 'starred') items.push(value);
    else {
      const spread = interpreter.iterate(value, contextOf(interpreter, element, frame));
      if (spread === undefined) uncertain ??= reasonOf(value, contextOf(interpreter, element, frame));
      else items.push(...spread);
    }
  }
  interpreter.budget.step(items.length >> 2);
  if (expression.type === 'list') return interpreter.trail.made({ kind: 'list', items, uncertain });
  if (uncertain !== undefined) return unknown(uncertain);
  return expression.type === 'tuple'
    ? tuple(items)
    : interpreter.trail.made(setFrom(items, undefined, contextOf(interpreter, expression, frame)));
}

function dictionary(interpreter: Interpreter, expression: Dictionary, frame: Frame): Value {
  const entries = new Map<string, DictEntry>();
  let uncertain: Reason | undefined;
  for (const { key: keyExpression, value: valueExpression } of expression.entries) {
    const value = interpreter.evaluate(valueExpression, frame);
    if (keyExpression === undefined) {
      interpreter.budget.step(1 + (value.kind === 'dict' ? value.entries.size : 0));
      const inner =
        value.kind === 'dict'
          ? value.uncertain
          : reasonOf(value, contextOf(interpreter, valueExpression, frame));
      if (inner !== undefined) entries.clear();
      if (value.kind === 'dict')
        for (const [key, entry] of value.entries)
          entries.set(key, { key: entries.get(key)?.key ?? entry.key, value: entry.value });
      uncertain ??= inner;
    } else {
      const key = interpreter.evaluate(keyExpression, frame);
      const text = keyOf(key);
      if (text !== undefined) entries.set(text, { key: entries.get(text)?.key ?? key, value });
      else {
        entries.clear();
        uncertain ??= reasonOf(key, contextOf(interpreter, keyExpression, frame));
      }
    }
  }
  return interpreter.trail.made({ kind: 'dict', entries, uncertain });
}

function comprehension(interpreter: Interpreter, expression: Comprehension, frame: Frame): Value {
  const { trail } = interpreter;
  const scope = trail.made(createScope('function', frame.scope));
  const inner: Frame = { ...frame, scope, enclosing: frame.enclosing ?? frame };
  if (expression.type === 'generator') return generatorOf(interpreter, expression, inner, frame);
  const collected = trail.made(list([]));
  const keys = trail.made(list([]));
  const take = () => {
    if (expression.key) append(interpreter, keys, interpreter.evaluate(expression.key, inner));
    append(interpreter, collected, interpreter.evaluate(expression.element, inner));
  };
  runClauses(interpreter, expression.clauses, inner, take, frame);
  const context = contextOf(interpreter, expression, frame);
  if (expression.type === 'list') return collected;
  if (expression.type === 'dictionary') return trail.made(dictFrom(keys, collected, context));
  return trail.made(setFrom(collected.items, collected.uncertain, context));
}

/** A generator expression: its first iterable is evaluated now, everything else when items are asked for. */
function generatorOf(interpreter: Interpreter, expression: Comprehension, inner: Frame, frame: Frame): Value {
  const [first, ...clauses] = expression.clauses;
  if (first?.kind !== 'for') return unknownHere(contextOf(interpreter, expression, frame), 'unmodelled');
  const iterable = interpreter.evaluate(first.iterable, frame);
  const each = (visit: (item: Value) => void): void => {
    const take = () => visit(interpreter.evaluate(expression.element, inner));
    runFor(interpreter, first, iterable, inner, () => runClauses(interpreter, clauses, inner, take));
  };
  const conditions = clauses.flatMap((clause) => (clause.kind === 'if' ? [clause.condition] : []));
  const isFlat = conditions.length === clauses.length;
  const over = isFlat ? iteratorOver(iterable, contextOf(interpreter, first.iterable, frame)) : undefined;
  const isStepped = over !== undefined && uncertaintyOf(over) === undefined;
  const next = (): Step => nextGenerated(interpreter, expression, first.target, conditions, over, inner);
  const source: ItemSource = { from: [iterable], each, ...(isStepped ? { next } : {}) };
  return { kind: 'iterator', items: [], position: 0, source };
}

/** The next item of a generator expression over one iterable. */
function nextGenerated(
  interpreter: Interpreter,
  expression: Comprehension,
  target: Expression,
  conditions: readonly Expression[],
  over: IteratorValue | undefined,
  frame: Frame,
): Step {
  const context = contextOf(interpreter, expression, frame);
  for (;;) {
    const taken = over === undefined ? 'end' : step(over, context);
    if (taken === 'end' || 'uncertain' in taken) return taken;
    assign(interpreter, target, taken.item, frame);
    let isTaken = true;
    for (const condition of conditions) {
      const truth = passes(interpreter, condition, frame);
      if (truth === undefined) {
        // This item and those behind it are still looked at: what is built for them is built for certain or not.
        const why = branchReason(condition, frame);
        const visit = (item: Value): void => {
          assign(interpreter, target, item, frame);
          for (const each of conditions) interpreter.evaluate(each, frame);
          interpreter.evaluate(expression.element, frame);
        };
        interpreter.trail.fork(
          () => void interpreter.evaluate(expression.element, frame),
          () => undefined,
          () => undefined,
          why,
        );
        if (over !== undefined) repeatUnknown(interpreter, over, context, visit);
        return { uncertain: why };
      }
      isTaken &&= truth;
      if (!isTaken) break;
    }
    if (isTaken) return { item: interpreter.evaluate(expression.element, frame) };
  }
}

function passes(interpreter: Interpreter, condition: Expression, frame: Frame): boolean | undefined {
  return interpreter.truth(interpreter.evaluate(condition, frame), contextOf(interpreter, condition, frame));
}

function runClauses(
  interpreter: Interpreter,
  clauses: readonly ComprehensionClause[],
  frame: Frame,
  take: () => void,
  outer = frame,
): void {
  const [clause, ...rest] = clauses;
  if (clause === undefined) return take();
  const next = () => runClauses(interpreter, rest, frame, take);
  if (clause.kind === 'for')
    return runFor(interpreter, clause, interpreter.evaluate(clause.iterable, outer), frame, next);
  const context = contextOf(interpreter, clause.condition, frame);
  const truth = interpreter.truth(interpreter.evaluate(clause.condition, frame), context);
  if (truth === true) next();
  else if (truth === undefined)
    interpreter.trail.fork(
      next,
      () => undefined,
      () => undefined,
      branchReason(clause.condition, frame),
    );
}

/** Runs what follows a `for` clause for each item; where they cannot all be told, for any number of unknown ones. */
function runFor(
  interpreter: Interpreter,
  clause: ComprehensionClause & { kind: 'for' },
  iterable: Value,
  frame: Frame,
  next: () => void,
): void {
  const context = contextOf(interpreter, clause.iterable, frame);
  const run = (item: Value): void => {
    assign(interpreter, clause.target, item, frame);
    next();
  };
  const iterator = iteratorOver(iterable, context);
  if (iterator === undefined) repeatUnknown(interpreter, iterable, context, run);
  else visitAll(iterator, run, context);
}

/** Visits what is left of an iterator; where that cannot all be told, any number of unknown items. */
function visitAll(iterator: IteratorValue, visit: (item: Value) => void, context: CallContext): void {
  const { interpreter } = context;
  const { source } = iterator;
  if (source?.each !== undefined && iterator.position === 0 && !iterator.uncertain) {
    interpreter.trail.touch(iterator);
    iterator.position = -1;
    return source.each(visit, context);
  }
  const limit = interpreter.budget.used + LIMITS.loop;
  for (;;) {
    const next = step(iterator, context);
    if (next === 'end') return;
    if ('uncertain' in next) break;
    visit(next.item);
    if (interpreter.budget.used > limit) break;
  }
  repeatUnknown(interpreter, iterator, context, visit);
}

/** Runs a loop body whose number of rounds is unknown, with an unknown item. */
export function repeatUnknown(
  interpreter: Interpreter,
  iterable: Value,
  context: CallContext,
  body: (item: Value) => void,
): void {
  const reason = uncertaintyOf(iterable) ?? reasonOf(iterable, context);
  const item = unknownItem(iterable, reason);
  const why: Reason = {
    code: 'loop',
    subject: context.frame.unit.textOf(context.place.span),
    place: context.place,
  };
  interpreter.trail.repeat((isRehearsal) => interpreter.rehearse(isRehearsal, () => body(item)), why);
}

function append(interpreter: Interpreter, target: Value & { kind: 'list' }, item: Value): void {
  interpreter.trail.touch(target);
  if (target.items.length >= LIMITS.items)
    target.uncertain ??= { code: 'budget', subject: 'the list is too long' };
  else target.items.push(item);
}

function dictFrom(
  keys: Value & { kind: 'list' },
  values: Value & { kind: 'list' },
  context: CallContext,
): DictValue {
  const entries = new Map<string, DictEntry>();
  let uncertain = keys.uncertain;
  for (const [index, key] of keys.items.entries()) {
    const text = keyOf(key);
    if (text === undefined) uncertain ??= reasonOf(key, context);
    else entries.set(text, { key: entries.get(text)?.key ?? key, value: values.items[index] ?? NONE });
  }
  if (uncertain) entries.clear();
  return { kind: 'dict', entries, uncertain };
}

function yieldValue(
  interpreter: Interpreter,
  value: Value | undefined,
  isFrom: boolean,
  context: CallContext,
): Value {
  const { yielding } = context.frame;
  const sent: Value = unknown({ code: 'unmodelled', subject: 'what yield gives', place: context.place });
  if (yielding === undefined) return sent;
  if (!isFrom) {
    yielding(value ?? NONE);
    return sent;
  }
  const iterable = value ?? NONE;
  const iterator = iteratorOver(iterable, context);
  if (iterator === undefined) repeatUnknown(interpreter, iterable, context, yielding);
  else visitAll(iterator, yielding, context);
  return sent;
}

/** The reason of an unknown; for other values, that this use of them is not modelled. */
export function reasonOf(value: Value, context: CallContext): Reason {
  if (value.kind === 'unknown') return value.reason;
  const code = value.kind === 'formula' ? 'parameter' : 'unmodelled';
  return { code, subject: context.frame.unit.textOf(context.place.span), place: context.place };
}

function unknownHere(context: CallContext, code: Reason['code']): Value {
  return unknown({ code, subject: context.frame.unit.textOf(context.place.span), place: context.place });
}
