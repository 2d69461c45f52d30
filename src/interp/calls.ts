/** Calling: functions written in Python, builtins, methods, classes, partial applications and callable objects. */
import type { Call, Parameter, Statement } from '../python/syntax';
import { bindArguments, type Binding, type BindingProblem } from './arguments';
import { LIMITS } from './budget';
import { withFirst, type CallArguments, type CallContext, type Frame, type PassedArgument } from './call';
import { findInClass, instantiate } from './classes';
import { raises } from './exceptions';
import type { Completion, Interpreter } from './interpreter';
import type { Reason } from '../symbolic/reason';
import { createScope, type Scope } from './scope';
import {
  keyOf,
  NONE,
  parametersOf,
  tuple,
  unknown,
  type DictValue,
  type FunctionValue,
  type PartialValue,
  type Value,
  withoutReal,
} from './values';

/** The arguments of a call expression, stars spread. */
export function evaluateArguments(interpreter: Interpreter, call: Call, frame: Frame): CallArguments {
  const positional: PassedArgument[] = [];
  const keywords = new Map<string, PassedArgument>();
  const unknowns: { star?: Value; doubleStar?: Value } = {};
  for (const source of call.arguments) {
    const value = interpreter.evaluate(source.value, frame);
    if (source.form === 'keyword') keywords.set(source.keyword ?? '', { value, source });
    else if (source.form === 'doubleStar') spreadKeywords(value, keywords, unknowns);
    else if (source.form === 'star') {
      const context = { interpreter, frame, place: { uri: frame.unit.uri, span: source.span } };
      const items = interpreter.iterate(value, context);
      if (items === undefined) unknowns.star ??= asUnknown(value, context);
      else positional.push(...items.map((item) => ({ value: item })));
    } else if (unknowns.star === undefined) positional.push({ value, source });
  }
  return { positional, keywords, unknownStar: unknowns.star, unknownDoubleStar: unknowns.doubleStar };
}

/** Calls any value. What cannot be called is unknown, with the reason. */
export function callValue(
  interpreter: Interpreter,
  callee: Value,
  args: CallArguments,
  context: CallContext,
): Value {
  interpreter.budget.step();
  switch (callee.kind) {
    case 'function':
      return callFunction(interpreter, callee, args, context);
    case 'builtin':
      return callee.givesReals ? callee.run(args, context) : withoutReal(callee.run(args, context));
    case 'method':
      return callValue(interpreter, callee.function, withFirst(callee.self, args), context);
    case 'partial':
      return callValue(interpreter, callee.function, mergeArguments(callee, args), context);
    case 'class':
      return instantiate(interpreter, callee, args, context);
    case 'instance': {
      const method = findInClass(callee.class, '__call__');
      if (method !== undefined) return callValue(interpreter, method, withFirst(callee, args), context);
      const missing = interpreter.attribute(callee, '__call__', context);
      return missing.kind === 'unknown' ? callValue(interpreter, missing, args, context) : missing;
    }
    case 'descriptor':
      return callValue(interpreter, callee.function, args, context);
    case 'unknown':
      loseTrack(interpreter, callee, args);
      return withoutReal(callee);
    default:
      return unknown({
        code: callee.kind === 'formula' ? 'parameter' : 'wrong-type',
        subject: calleeText(context),
        place: context.place,
      });
  }
}

/** The arguments of a partial application followed by those of its call, whose keywords win. */
export function mergeArguments(partial: PartialValue, args: CallArguments): CallArguments {
  return {
    positional: [...partial.args.positional, ...args.positional],
    keywords: new Map([...partial.args.keywords, ...args.keywords]),
    unknownStar: partial.args.unknownStar ?? args.unknownStar,
    unknownDoubleStar: partial.args.unknownDoubleStar ?? args.unknownDoubleStar,
  };
}

/** Runs the body of a function written in Python with its arguments bound. */
export function callFunction(
  interpreter: Interpreter,
  callee: FunctionValue,
  args: CallArguments,
  context: CallContext,
): Value {
  const binding = bindTo(callee, args);
  const [problem] = binding.problems;
  if (problem !== undefined) return refused(problem, context);
  const cache = callee.attributes.size > 0 ? callee.attributes.get('__cache__') : undefined;
  return cache?.kind === 'dict'
    ? remembered(interpreter, callee, binding, context, cache)
    : runFunction(interpreter, callee, binding, context);
}

/** What a function with a memory gave for the same arguments; arguments that cannot be told apart are not remembered. */
function remembered(
  interpreter: Interpreter,
  callee: FunctionValue,
  binding: Binding,
  context: CallContext,
  cache: DictValue,
): Value {
  const arguments_ = tuple([...binding.values.values()].map(({ value }) => value));
  const key = cache.uncertain ? undefined : keyOf(arguments_);
  const known = key === undefined ? undefined : cache.entries.get(key);
  if (known !== undefined) return known.value;
  const value = runFunction(interpreter, callee, binding, context);
  if (key !== undefined) {
    interpreter.trail.touch(cache);
    cache.entries.set(key, { key: arguments_, value });
  }
  return value;
}

/** The parameters of a function written in Python with what a call gives them. */
export function bindTo(callee: FunctionValue, args: CallArguments): Binding {
  return bindArguments(parametersOf(callee), args, fullName(callee), (parameter) =>
    callee.defaults.get(parameter.name),
  );
}

/** A call whose arguments do not fit. Where a handler may be waiting, it decides; elsewhere it is a finding. */
export function refused(problem: BindingProblem, context: CallContext): Value {
  const { interpreter } = context;
  if (!interpreter.isCaught && !interpreter.isRehearsing) {
    const message = `TypeError: ${problem.message}`;
    interpreter.host.raised({ code: `python.${problem.code}`, message, place: context.place });
  }
  return raises('TypeError', problem.message, context);
}

/** Runs the body of a function with every parameter's value given. */
export function runFunction(
  interpreter: Interpreter,
  callee: FunctionValue,
  binding: Binding,
  context: CallContext,
): Value {
  if (context.frame.depth >= LIMITS.depth) return tooDeep(interpreter, callee, binding, context);
  const { definition } = callee;
  if (definition.kind === 'lambda')
    return interpreter.evaluate(definition.body, enter(interpreter, callee, binding, context));
  if (definition.isAsync)
    return unknown({ code: 'unmodelled', subject: `the coroutine ${callee.name}`, place: context.place });
  const frame = enter(interpreter, callee, binding, context);
  if (!definition.isGenerator) return runBody(interpreter, definition.body, frame, context);
  // The body of a generator runs when its items are asked for, and what asks for them runs between.
  const each = (visit: (item: Value) => void): void => {
    runBody(interpreter, definition.body, { ...frame, yielding: visit }, context);
  };
  return { kind: 'iterator', items: [], position: 0, source: { from: [], each } };
}

/** Runs the body of a generator function and shows `visit` each value where it is yielded. */
export function visitGenerator(
  interpreter: Interpreter,
  callee: FunctionValue,
  binding: Binding,
  context: CallContext,
  visit: (value: Value) => void,
): void {
  const { definition } = callee;
  if (definition.kind === 'lambda') return;
  if (context.frame.depth >= LIMITS.depth) return void tooDeep(interpreter, callee, binding, context);
  const frame = enter(interpreter, callee, binding, context);
  runBody(interpreter, definition.body, { ...frame, yielding: visit }, context);
}

function enter(
  interpreter: Interpreter,
  callee: FunctionValue,
  binding: Binding,
  context: CallContext,
): Frame {
  const frame = frameOf(callee, binding, context);
  interpreter.host.entered(frame);
  return frame;
}

function runBody(
  interpreter: Interpreter,
  body: readonly Statement[],
  frame: Frame,
  context: CallContext,
): Value {
  return valueOf(
    interpreter.execute(body, frame, () => ({ kind: 'return', value: NONE })),
    context,
  );
}

/** A call that is not followed: whatever it can reach may have changed. */
function tooDeep(
  interpreter: Interpreter,
  callee: FunctionValue,
  binding: Binding,
  context: CallContext,
): Value {
  const subject = `more than ${LIMITS.depth} calls inside each other`;
  const reason = { code: 'budget', subject, place: context.place } as const;
  const passed = [...binding.values.values()].map((bound) => bound.value);
  for (const value of passed) if (value.kind === 'instance') interpreter.trail.loseOne(value, reason);
  interpreter.trail.lose(passed, reason);
  loseScopes(interpreter, callee.closure, reason);
  return unknown(reason);
}

/** Code that was not read may have changed the data of these namespaces and of those around them. */
export function loseScopes(interpreter: Interpreter, scope: Scope, reason: Reason): void {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.parent) {
    interpreter.trail.lose([...each.variables.values()], reason);
    interpreter.trail.loseOne(each, reason);
  }
}

/** The name with those of the classes and functions that it stands in, as Python's messages have it. */
export function fullName(callee: FunctionValue): string {
  if (callee.owner !== undefined) return `${callee.owner.qualifiedName}.${callee.name}`;
  for (let scope: Scope | undefined = callee.closure; scope !== undefined; scope = scope.parent)
    if (scope.function !== undefined) return `${fullName(scope.function)}.<locals>.${callee.name}`;
  return callee.name;
}

/** Such as `Net.forward`: the function's name and its class's. */
export function qualifiedName(callee: FunctionValue): string {
  const owner = callee.owner?.current;
  return owner === undefined ? callee.name : `${owner.name}.${callee.name}`;
}

/** The default value of a parameter given by us, from its own text: literals, evaluated in the caller's frame. */
export function literalDefault(
  interpreter: Interpreter,
  parameter: Parameter,
  frame: Frame,
): Value | undefined {
  return parameter.defaultValue && interpreter.evaluate(parameter.defaultValue, frame);
}

function frameOf(callee: FunctionValue, binding: Binding, context: CallContext): Frame {
  const { definition } = callee;
  const { interpreter } = context;
  const locals = definition.kind === 'function' ? interpreter.localsOf(definition) : undefined;
  const scope = interpreter.trail.made(createScope('function', callee.closure, callee, locals));
  for (const [name, bound] of binding.values) scope.variables.set(name, bound.value);
  const { doubleStar } = parametersOf(callee);
  const others = doubleStar && binding.values.get(doubleStar.name)?.value;
  if (others?.kind === 'dict') context.interpreter.trail.made(others);
  const [first] = parametersOf(callee).list;
  return {
    scope,
    unit: callee.unit,
    depth: context.frame.depth + 1,
    function: callee,
    self: first && binding.values.get(first.name)?.value,
    caller: context,
  };
}

function valueOf(completion: Completion, context: CallContext): Value {
  if (completion.kind === 'return') return completion.value;
  if (completion.kind !== 'mixed' || !completion.mayReturn) return NONE;
  return unknown({ code: 'loop', subject: `what ${calleeText(context)} returns`, place: context.place });
}

/** Adds what `**value` passes to the keywords. */
export function spreadKeywords(
  value: Value,
  keywords: Map<string, PassedArgument>,
  unknowns: { doubleStar?: Value },
): void {
  if (value.kind !== 'dict') {
    unknowns.doubleStar ??=
      value.kind === 'unknown' ? withoutReal(value) : unknown({ code: 'star-argument', subject: '**' });
    return;
  }
  for (const { key, value: item } of value.entries.values()) {
    if (key.kind === 'string') keywords.set(key.value, { value: item });
  }
  if (value.uncertain) unknowns.doubleStar ??= unknown(value.uncertain);
}

function asUnknown(value: Value, context: CallContext): Value {
  if (value.kind === 'unknown') return withoutReal(value);
  return unknown({
    code: 'star-argument',
    subject: context.frame.unit.textOf(context.place.span),
    place: context.place,
  });
}

/** Library functions known by name that change what they are given; the others leave it alone. */
const CHANGES_IN_PLACE = /shuffle|heap|insort|update|exec/;

/** Code that was not read may change the containers it is given, and the object whose method it is. */
function loseTrack(interpreter: Interpreter, callee: Value & { kind: 'unknown' }, args: CallArguments): void {
  const isHarmless =
    callee.reason.code === 'unmodelled-library' && !CHANGES_IN_PLACE.test(callee.reason.subject);
  const passed = [...args.positional, ...args.keywords.values()].map(({ value }) => value);
  interpreter.budget.step(1 + passed.length);
  interpreter.trail.lose(isHarmless ? [callee] : [callee, ...passed], callee.reason);
}

function calleeText({ call, frame, place }: CallContext): string {
  return frame.unit.textOf(call?.callee.span ?? place.span);
}
