/** Ties the interpreter's rooms together. */
import { getAttribute } from './attributes';
import type { FunctionDefinition } from '../python/syntax';
import type { Budget } from './budget';
import { createBuiltins } from './builtins';
import { callValue } from './calls';
import { evaluateExpression } from './expressions';
import type { Completion, Host, Interpreter } from './interpreter';
import { itemsOf, truthOf } from './iteration';
import { localNames } from './localNames';
import { executeBlock } from './statements';
import { Trail } from './trail';

/** An interpreter for one analysis; nothing it knows outlives it. */
export function createInterpreter(host: Host, budget: Budget): Interpreter {
  const state = { rehearsals: 0, splits: 0, handlers: 0 };
  const locals = new Map<FunctionDefinition, ReadonlySet<string>>();
  const normal = (): Completion => ({ kind: 'normal' });
  const interpreter: Interpreter = {
    budget,
    host,
    trail: new Trail((work) => budget.step(work)),
    builtins: createBuiltins(),
    get isRehearsing() {
      return state.rehearsals > 0;
    },
    rehearse(isRehearsal, body) {
      state.rehearsals += isRehearsal ? 1 : 0;
      try {
        body();
      } finally {
        state.rehearsals -= isRehearsal ? 1 : 0;
      }
    },
    aside(body) {
      const outer = { ...state };
      Object.assign(state, { rehearsals: 0, splits: 0 });
      try {
        return interpreter.trail.keep(body);
      } finally {
        Object.assign(state, outer);
      }
    },
    get splits() {
      return state.splits;
    },
    split(isSplit, body) {
      state.splits += isSplit ? 1 : 0;
      try {
        return body();
      } finally {
        state.splits -= isSplit ? 1 : 0;
      }
    },
    get isCaught() {
      return state.handlers > 0;
    },
    catching(hasHandler, body) {
      state.handlers += hasHandler ? 1 : 0;
      try {
        return body();
      } finally {
        state.handlers -= hasHandler ? 1 : 0;
      }
    },
    localsOf(definition) {
      const known = locals.get(definition) ?? localNames(definition);
      locals.set(definition, known);
      return known;
    },
    evaluate: (expression, frame) => evaluateExpression(interpreter, expression, frame),
    execute: (statements, frame, rest = normal) => executeBlock(interpreter, statements, frame, rest),
    call: (callee, args, context) => callValue(interpreter, callee, args, context),
    attribute: (object, name, context) => getAttribute(interpreter, object, name, context),
    iterate: (iterable, context) => itemsOf(interpreter, iterable, context),
    truth: (value, context) => truthOf(interpreter, value, context),
  };
  return interpreter;
}
