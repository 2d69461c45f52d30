/** Code that reaches names by other ways than naming them: `exec`, `globals()`, `locals()`, `vars()`, `setattr`. */
import type { Reason } from '../symbolic/reason';
import type { CallContext } from './call';
import { loseScopes } from './calls';
import { nativeClass } from './classes';
import type { Scope } from './scope';
import { builtin, NONE, unknown, type Value } from './values';

const READING = ['__getitem__', 'get', 'keys', 'values', 'items', 'copy', '__iter__', '__len__'];
const CHANGING = ['__setitem__', '__delitem__', 'update', 'setdefault', 'pop', 'clear'];

/** The dictionary of a namespace: it is not read, and writing to it changes any of its names. */
export function namespaceOf(name: string, scope: Scope, context: CallContext): Value {
  const reason = reasonFor(name, context);
  const read = builtin(name, () => unknown(reason));
  const change = builtin(name, () => {
    context.interpreter.trail.loseOne(scope, reason);
    return unknown(reason);
  });
  const members = [
    ...READING.map((member) => [member, read] as const),
    ...CHANGING.map((member) => [member, change] as const),
  ];
  return { kind: 'instance', class: nativeClass('dict', [], members), attributes: new Map() };
}

/** Runs text as code, which is not read: any data around may change. */
export function executeText(context: CallContext): Value {
  loseScopes(context.interpreter, context.frame.scope, reasonFor('exec', context));
  return NONE;
}

/** An attribute of unknown name is set or deleted: it may be any. */
export function loseAttributes(object: Value, context: CallContext): void {
  const reason = reasonFor('setattr', context);
  const { trail } = context.interpreter;
  if (object.kind === 'instance' || object.kind === 'class') trail.loseOne(object, reason);
  trail.lose([object], reason);
}

function reasonFor(subject: string, { place }: CallContext): Reason {
  return { code: 'unmodelled', subject, place };
}
