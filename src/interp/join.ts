/** What two ways through the code agree on: equal values stay, others become unknown. */
import { knownKey } from '../symbolic/polynomial';
import type { Reason } from '../symbolic/reason';
import {
  dataOf,
  hasContent,
  keyOf,
  show,
  tuple,
  type MutableValue,
  type UnknownValue,
  type Value,
} from './values';

/** Pairs that are still to be looked at: data that shares its parts holds more of them than it has parts. */
interface Pairs {
  left: number;
}

const MOST_PAIRS = 20_000;

/** The value that holds whichever way was taken; `why` tells what decides between them. */
export function join(a: Value, b: Value, why: Reason, pairs: Pairs = { left: MOST_PAIRS }): Value {
  pairs.left -= 1;
  if (isSame(a, b, pairs)) return a.kind === 'formula' && b.kind === 'formula' && b.isUntyped ? b : a;
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.items.length === b.items.length && pairs.left > 0) {
    return tuple(a.items.map((item, index) => join(item, b.items[index] ?? item, why, pairs)));
  }
  const reason = { ...why, subject: `${why.subject} (${show(a)} or ${show(b)})` };
  return joinData(a, b, reason) ?? joinUnknown(a, b, reason);
}

/** The object of a framework that stands for either of two; `undefined` when nothing holds of both. */
export function joinData(a: Value, b: Value, why: Reason): Value | undefined {
  return a.kind === 'instance' && b.kind === 'instance' ? dataOf(a)?.join(a, b, why) : undefined;
}

/** The unknown that is one of two values; it remembers which objects it may be, as they may change through it. */
export function joinUnknown(a: Value, b: Value, why: Reason): UnknownValue {
  const lost = [a, b].find((value) => value.kind === 'unknown' && !hasContent(value));
  const reason = lost?.kind === 'unknown' ? lost.reason : why;
  const either = anyOf([a, b], reason);
  return isPlain(a) && isPlain(b) ? { ...either, mayBe: [] } : either;
}

const PLAIN = new Set<Value['kind']>(['none', 'bool', 'int', 'float', 'string']);

/** Whether the value is certainly one that is no object and holds none. */
function isPlain(value: Value): boolean {
  return PLAIN.has(value.kind) || (value.kind === 'unknown' && value.mayBe?.length === 0);
}

/**
 * Whether two values are the same wherever they are used: the same object, or equal immutable data. Data of very many
 * parts is never said to be.
 */
export function isSame(a: Value, b: Value, pairs: Pairs = { left: MOST_PAIRS }): boolean {
  if (a === b) return true;
  pairs.left -= 1;
  if (a.kind !== b.kind || pairs.left < 0) return false;
  switch (a.kind) {
    case 'formula':
      return b.kind === 'formula' && knownKey(a.formula) === knownKey(b.formula);
    case 'unknown': {
      const other = b.kind === 'unknown' ? b.real : undefined;
      if (a.real === undefined || other === undefined || a.real.isUntyped !== other.isUntyped) return false;
      return knownKey(a.real.formula) === knownKey(other.formula);
    }
    case 'tuple':
      return b.kind === 'tuple' && areSame(a.items, b.items, pairs);
    case 'range':
      return b.kind === 'range' && a.start === b.start && a.stop === b.stop && a.step === b.step;
    case 'function':
      return (
        b.kind === 'function' &&
        a.definition === b.definition &&
        a.closure === b.closure &&
        areSame([...a.defaults.values()], [...b.defaults.values()], pairs)
      );
    case 'method':
      return b.kind === 'method' && isSame(a.function, b.function, pairs) && a.self === b.self;
    case 'module':
      return b.kind === 'module' && a.name === b.name;
    case 'float':
      return b.kind === 'float' && Object.is(a.value, b.value);
    default: {
      const key = keyOf(a);
      return key !== undefined && key === keyOf(b);
    }
  }
}

/** The values that are or may be objects, each once. */
export function objectsAmong(values: readonly Value[]): Value[] {
  return [...new Set(values.filter((value) => objectsOf(value).length > 0))];
}

/** An unknown that may be any of these values. */
export function anyOf(values: readonly Value[], reason: Reason): UnknownValue {
  const mayBe = [...new Set(values.flatMap((value) => objectsOf(value)))];
  if (mayBe.length === 0) return { kind: 'unknown', reason };
  return values.some(isAnything)
    ? { kind: 'unknown', reason, mayBe, isOpen: true }
    : { kind: 'unknown', reason, mayBe };
}

/** Whether nothing is known of a value, not even which objects it may be. */
function isAnything(value: Value): boolean {
  return (
    value.kind === 'unknown' &&
    value.real === undefined &&
    (value.mayBe === undefined || value.isOpen === true)
  );
}

function areSame(a: readonly Value[], b: readonly Value[], pairs: Pairs): boolean {
  return a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? item, pairs));
}

function objectsOf(value: Value, seen = new Set<Value>()): readonly MutableValue[] {
  if (seen.has(value)) return [];
  seen.add(value);
  switch (value.kind) {
    case 'unknown':
      return value.mayBe ?? [];
    case 'list':
    case 'dict':
    case 'set':
    case 'iterator':
    case 'instance':
    case 'class':
      return [value];
    case 'method':
      return objectsOf(value.self, seen);
    case 'tuple':
      return value.items.flatMap((item) => objectsOf(item, seen));
    default:
      return [];
  }
}
