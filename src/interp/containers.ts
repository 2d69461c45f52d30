/** What `+`, `*`, `%`, `|`, `&`, `-` and `^` mean over texts, sequences, sets and dictionaries. */
import type { BinaryOperator } from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import { LIMITS } from './budget';
import type { CallContext } from './call';
import { formatPercent } from './format';
import {
  itemsOfView,
  keyOf,
  list,
  string,
  tuple,
  unknown,
  type DictEntry,
  type DictValue,
  type SetValue,
  type Value,
} from './values';

/** `left operator right` for containers, or `undefined` where Python has no such operation. */
export function containers(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value | undefined {
  if (operator === '%' && left.kind === 'string') return formatPercent(left.value, right, context);
  if (operator === '+') return concatenate(left, right);
  if (operator === '*') return repeat(left, right) ?? repeat(right, left);
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict') {
    const isOdd = left.variant?.isCounter === true || right.variant?.isCounter === true;
    return isOdd || left.variant !== right.variant ? undefined : mergeDicts(left, right);
  }
  const [first, second] = [asSet(left, context), asSet(right, context)];
  if (first === undefined || second === undefined) return undefined;
  return setOperation(operator, first, second);
}

/** `left | right` and its kin; the result is frozen where the left one is. */
export function setOperation(operator: BinaryOperator, left: SetValue, right: SetValue): Value | undefined {
  const uncertain = left.uncertain ?? right.uncertain;
  const keep = (from: SetValue, test: (key: string) => boolean) =>
    [...from.elements].filter(([key]) => test(key));
  const make = (entries: Iterable<readonly [string, Value]>): Value => ({
    kind: 'set',
    elements: new Map<string, Value>(uncertain ? [] : entries),
    uncertain,
    ...(left.isFrozen ? { isFrozen: true } : {}),
  });
  const only = keep(left, (key) => !right.elements.has(key));
  switch (operator) {
    case '|':
      return make([...left.elements, ...keep(right, (key) => !left.elements.has(key))]);
    case '&':
      return make(keep(left, (key) => right.elements.has(key)));
    case '-':
      return make(only);
    case '^':
      return make([...only, ...keep(right, (key) => !left.elements.has(key))]);
    default:
      return undefined;
  }
}

/** Whether every element of a set that is certain is one of another. */
export function isSubset(small: SetValue, large: SetValue): boolean {
  return [...small.elements.keys()].every((key) => large.elements.has(key));
}

/** A set as it is; the keys, or the items, of a dictionary as a set. */
function asSet(value: Value, context: CallContext): SetValue | undefined {
  if (value.kind === 'set') return value;
  if (value.kind !== 'view' || value.part === 'values') return undefined;
  return setFrom(itemsOfView(value), value.of.uncertain, context);
}

/** A set of the items; items that cannot be told apart make it uncertain. */
export function setFrom(
  items: readonly Value[],
  uncertain: Reason | undefined,
  context: CallContext,
  isFrozen = false,
): SetValue {
  const elements = new Map<string, Value>();
  let doubt = uncertain;
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) elements.set(key, elements.get(key) ?? item);
    else if (item.kind === 'unknown') doubt ??= item.reason;
    else doubt ??= { code: 'unmodelled', subject: 'an element of this set', place: context.place };
  }
  return {
    kind: 'set',
    elements: doubt ? new Map<string, Value>() : elements,
    uncertain: doubt,
    ...(isFrozen ? { isFrozen } : {}),
  };
}

function concatenate(left: Value, right: Value): Value | undefined {
  if (left.kind === 'string' && right.kind === 'string')
    return limitedString(left.value.length + right.value.length, () => left.value + right.value);
  if (left.kind === 'tuple' && right.kind === 'tuple')
    return left.items.length + right.items.length > LIMITS.items
      ? tooLarge('the tuple')
      : tuple([...left.items, ...right.items]);
  if (left.kind !== 'list' || right.kind !== 'list') return undefined;
  if (left.deque || right.deque) return unknown({ code: 'unmodelled', subject: 'the sum of deques' });
  if (left.items.length + right.items.length > LIMITS.items) return tooLarge('the list');
  return {
    kind: 'list',
    items: [...left.items, ...right.items],
    uncertain: left.uncertain ?? right.uncertain,
  };
}

function repeat(value: Value, times: Value): Value | undefined {
  if (times.kind === 'formula') {
    return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'string'
      ? unknown({ code: 'parameter', subject: 'the number of repetitions' })
      : undefined;
  }
  if (times.kind !== 'int' && times.kind !== 'bool') return undefined;
  const count = Math.max(0, Number(times.value));
  if (value.kind === 'string')
    return limitedString(value.value.length * count, () =>
      value.value === '' ? '' : value.value.repeat(count),
    );
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  if (value.kind === 'list' && value.deque)
    return unknown({ code: 'unmodelled', subject: 'a repeated deque' });
  if (value.items.length * count > LIMITS.items) return tooLarge('the sequence');
  const items = value.items.length === 0 ? [] : Array.from({ length: count }, () => value.items).flat();
  return value.kind === 'tuple' ? tuple(items) : { ...list(items), uncertain: value.uncertain };
}

/** The entries of both; a key of the left one keeps its place and its form. */
export function mergeDicts(left: DictValue, right: DictValue): DictValue {
  const uncertain = left.uncertain ?? right.uncertain;
  const entries = new Map<string, DictEntry>(right.uncertain ? [] : left.entries);
  for (const [key, entry] of right.entries)
    entries.set(key, { key: entries.get(key)?.key ?? entry.key, value: entry.value });
  return { kind: 'dict', entries, uncertain, ...(left.variant ? { variant: left.variant } : {}) };
}

function limitedString(length: number, make: () => string): Value {
  return length > LIMITS.characters ? tooLarge('the string') : string(make());
}

function tooLarge(subject: string): Value {
  return unknown({ code: 'budget', subject: `${subject} is too long` });
}
