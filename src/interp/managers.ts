/** Context managers made from generators: `contextlib.contextmanager`. */
import { bindTo, refused, visitGenerator } from './calls';
import type { CallArguments, CallContext } from './call';
import { nativeClass } from './classes';
import type { Completion } from './interpreter';
import { joinCompletions } from './statements';
import { builtin, NONE, unknown, type ClassValue, type FunctionValue, type Value } from './values';

/** What a manager keeps: the generator function and what it was called with. */
interface ManagerPayload {
  readonly kind: 'manager';
  readonly callee: FunctionValue;
  readonly args: CallArguments;
}

/** The decorator `contextmanager`: calls of what it makes give managers. What is no generator function stays as it is. */
export function contextManagerDecorator(): Value {
  const type = nativeClass('_GeneratorContextManager', [], []);
  return builtin('contextmanager', ({ positional: [made] }) => decorated(made?.value ?? NONE, type));
}

function decorated(made: Value, type: ClassValue): Value {
  const isGenerator =
    made.kind === 'function' && made.definition.kind === 'function' && made.definition.isGenerator;
  if (!isGenerator) return made;
  return builtin(made.name, (args, { interpreter, place }) => {
    const payload: ManagerPayload = { kind: 'manager', callee: made, args };
    return interpreter.trail.made({
      kind: 'instance',
      class: type,
      attributes: new Map(),
      payload,
      madeAt: place,
    });
  });
}

/**
 * Runs the generator of such a manager, with `body` where it yields, so that what stands before and behind happens in
 * Python's order and its handlers see what the body raises. Gives how the body ended; `undefined` for other managers.
 */
export function runManaged(
  manager: Value,
  context: CallContext,
  body: (entered: Value) => Completion,
): Completion | undefined {
  const payload =
    manager.kind === 'instance' ? (manager.payload as { kind?: unknown } | undefined) : undefined;
  if (payload?.kind !== 'manager') return undefined;
  const { callee, args } = payload as ManagerPayload;
  const { interpreter, place } = context;
  const binding = bindTo(callee, args);
  const [problem] = binding.problems;
  if (problem !== undefined) return body(refused(problem, context));
  const endings: Completion[] = [];
  const state = { isEntered: false, depth: interpreter.trail.depth };
  const why = { code: 'branch', subject: 'which yield of a context manager is reached', place } as const;
  const visit = (value: Value): void => {
    // A second yield raises in Python; only another way may reach the body once more.
    if (state.isEntered && interpreter.trail.depth === state.depth) return;
    state.isEntered = true;
    endings.push(body(value));
  };
  visitGenerator(interpreter, callee, binding, context, visit);
  const [first, ...others] = endings;
  if (first === undefined) return state.isEntered ? { kind: 'normal' } : body(unknown(why));
  return others.reduce((a, b) => joinCompletions(a, b, why), first);
}
