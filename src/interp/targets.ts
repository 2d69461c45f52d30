/** Assigning to names, attributes, items and patterns of them; deleting. */
import type { Expression } from '../python/syntax';
import { deleteAttribute, setAttribute } from './setting';
import type { CallContext, Frame } from './call';
import { raises } from './exceptions';
import type { Interpreter } from './interpreter';
import { scopeOfAssignment } from './scope';
import { deleteItem, setItem } from './subscripts';
import { list, unknown, type Value, withoutReal } from './values';

/** `target = value` for any target. */
export function assign(interpreter: Interpreter, target: Expression, value: Value, frame: Frame): void {
  switch (target.kind) {
    case 'name':
      return assignName(interpreter, target.name, value, frame);
    case 'attribute':
      return setAttribute(
        interpreter.evaluate(target.object, frame),
        target.name,
        value,
        contextOf(interpreter, target, frame),
      );
    case 'subscript': {
      const object = interpreter.evaluate(target.object, frame);
      return setItem(
        interpreter,
        object,
        interpreter.evaluate(target.index, frame),
        value,
        contextOf(interpreter, target, frame),
      );
    }
    case 'sequence':
      return unpack(interpreter, target.elements, value, frame);
    case 'starred':
      return assign(interpreter, target.value, value, frame);
    default:
      return undefined;
  }
}

/** `name = value`, where `global` and `nonlocal` say. */
export function assignName(interpreter: Interpreter, name: string, value: Value, frame: Frame): void {
  const scope = scopeOfAssignment(frame.scope, name);
  interpreter.trail.assign(scope, name, value);
  scope.variables.set(name, value);
}

/** `del target`. */
export function remove(interpreter: Interpreter, target: Expression, frame: Frame): void {
  if (target.kind === 'name') {
    const scope = scopeOfAssignment(frame.scope, target.name);
    interpreter.trail.touch(scope);
    scope.variables.delete(target.name);
  } else if (target.kind === 'attribute') {
    const object = interpreter.evaluate(target.object, frame);
    deleteAttribute(object, target.name, contextOf(interpreter, target, frame));
  } else if (target.kind === 'subscript') {
    const object = interpreter.evaluate(target.object, frame);
    deleteItem(
      interpreter,
      object,
      interpreter.evaluate(target.index, frame),
      contextOf(interpreter, target, frame),
    );
  } else if (target.kind === 'sequence')
    for (const element of target.elements) remove(interpreter, element, frame);
}

function unpack(interpreter: Interpreter, targets: readonly Expression[], value: Value, frame: Frame): void {
  const [first] = targets;
  if (first === undefined) return;
  const context = contextOf(interpreter, first, frame);
  const items = interpreter.iterate(value, context);
  const parts = items && spread(items, targets);
  const mismatch = items && parts === undefined ? refusal(items.length, targets, context) : undefined;
  targets.forEach((target, index) => {
    const part = parts?.[index] ?? mismatch ?? unpackingUnknown(value, context);
    assign(interpreter, target, part, frame);
  });
}

/** One value a target, the starred one a list; `undefined` when the counts do not fit. */
function spread(items: readonly Value[], targets: readonly Expression[]): Value[] | undefined {
  const star = targets.findIndex((target) => target.kind === 'starred');
  if (star < 0) return items.length === targets.length ? [...items] : undefined;
  const after = targets.length - star - 1;
  if (items.length < star + after) return undefined;
  const middle = items.slice(star, items.length - after);
  return [...items.slice(0, star), list([...middle]), ...items.slice(items.length - after)];
}

/** Python's words for a number of values that does not fit the targets. */
function refusal(given: number, targets: readonly Expression[], context: CallContext): Value {
  const hasStar = targets.some((target) => target.kind === 'starred');
  const wanted = targets.length - (hasStar ? 1 : 0);
  const message =
    given > wanted
      ? `too many values to unpack (expected ${wanted})`
      : `not enough values to unpack (expected ${hasStar ? 'at least ' : ''}${wanted}, got ${given})`;
  return raises('ValueError', message, context);
}

function unpackingUnknown(value: Value, context: CallContext): Value {
  if (value.kind === 'unknown') return withoutReal(value);
  const { place } = context;
  const code = value.kind === 'formula' ? 'parameter' : 'unmodelled';
  return unknown({ code, subject: context.frame.unit.textOf(place.span), place });
}

function contextOf(interpreter: Interpreter, expression: Expression, frame: Frame): CallContext {
  return { interpreter, frame, place: { uri: frame.unit.uri, span: expression.span } };
}
