/** What two ways through the code agree on: equal values stay, others become unknown. */
import { knownKey } from '../symbolic/polynomial';
import type { Reason } from '../symbolic/reason';
import { keyOf, show, tuple, unknown, type Value } from './values';

/** The value that holds whichever way was taken; `why` tells what decides between them. */
export function join(a: Value, b: Value, why: Reason): Value {
  if (isSame(a, b)) return a;
  if (a.kind === 'unknown') return a;
  if (b.kind === 'unknown') return b;
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.items.length === b.items.length) {
    return tuple(a.items.map((item, index) => join(item, b.items[index] ?? item, why)));
  }
  return unknown({ ...why, subject: `${why.subject} (${show(a)} or ${show(b)})` });
}

/** Whether two values are the same wherever they are used: the same object, or equal immutable data. */
export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'formula':
      return b.kind === 'formula' && knownKey(a.formula) === knownKey(b.formula);
    case 'tuple':
      return b.kind === 'tuple' && areSame(a.items, b.items);
    case 'list':
      return b.kind === 'list' && !a.uncertain && !b.uncertain && areSame(a.items, b.items);
    case 'range':
      return b.kind === 'range' && a.start === b.start && a.stop === b.stop && a.step === b.step;
    case 'function':
      return b.kind === 'function' && a.definition === b.definition && a.closure === b.closure;
    case 'method':
      return b.kind === 'method' && isSame(a.function, b.function) && a.self === b.self;
    case 'module':
      return b.kind === 'module' && a.name === b.name;
    default: {
      const key = keyOf(a);
      return key !== undefined && key === keyOf(b);
    }
  }
}

/** The map that holds whichever way was taken. A name that only one way defines keeps its value: the other would raise. */
export function joinMaps(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  why: Reason,
): Map<string, Value> {
  const joined = new Map(a);
  for (const [name, value] of b) {
    const other = a.get(name);
    joined.set(name, other === undefined ? value : join(other, value, why));
  }
  return joined;
}

function areSame(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? item));
}
