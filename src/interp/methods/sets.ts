/** Methods of `set` and `frozenset`, as the Python library reference defines them. */
import type { BinaryOperator } from '../../python/syntax';
import type { CallContext } from '../call';
import { isSubset, setFrom, setOperation } from '../containers';
import { elementsOf } from '../iteration';
import { because, raises } from '../natives';
import { bool, keyOf, NONE, unknown, type SetValue, type Value } from '../values';
import { methodTable, type Method } from './table';

type Set_ = Method<SetValue>;

export const FROZEN_METHODS = methodTable<SetValue>({
  union: ['*others', combined('|')],
  intersection: ['*others', combined('&')],
  difference: ['*others', combined('-')],
  symmetric_difference: [
    'other, /',
    (self, [other], context) =>
      combined('^')(self, [{ kind: 'tuple', items: other ? [other] : [] }], context),
  ],
  issubset: ['other, /', related((self, other) => isSubset(self, other))],
  issuperset: ['other, /', related((self, other) => isSubset(other, self))],
  isdisjoint: [
    'other, /',
    related((self, other) => ![...self.elements.keys()].some((key) => other.elements.has(key))),
  ],
  copy: ['', (self) => ({ ...self, elements: new Map(self.elements) })],
});

export const SET_METHODS = methodTable<SetValue>({
  add: [
    'object, /',
    (self, [item = NONE], context) =>
      change(self, item, context, (key) => {
        if (!self.elements.has(key)) self.elements.set(key, item);
      }),
  ],
  discard: [
    'object, /',
    (self, [item = NONE], context) => change(self, item, context, (key) => self.elements.delete(key)),
  ],
  remove: [
    'object, /',
    (self, [item = NONE], context) => {
      const key = keyOf(item);
      const isMissing = key !== undefined && !self.uncertain && !self.elements.has(key);
      if (isMissing) return raises('KeyError', context);
      return change(self, item, context, (text) => self.elements.delete(text));
    },
  ],
  pop: [
    '',
    (self, _, context) => {
      const [only, ...others] = [...self.elements];
      if (self.uncertain || others.length > 0) {
        const reason = self.uncertain ?? { code: 'unmodelled', subject: 'set.pop', place: context.place };
        context.interpreter.trail.loseOne(self, reason);
        return unknown(reason);
      }
      if (only === undefined) return raises("KeyError: 'pop from an empty set'", context);
      context.interpreter.trail.touch(self);
      self.elements.delete(only[0]);
      return only[1];
    },
  ],
  clear: [
    '',
    (self, _, context) => {
      context.interpreter.trail.touch(self);
      Object.assign(self, { elements: new Map(), uncertain: undefined });
      return NONE;
    },
  ],
  update: ['*others', updated('|')],
  intersection_update: ['*others', updated('&')],
  difference_update: ['*others', updated('-')],
  symmetric_difference_update: [
    'other, /',
    (self, [other], context) => updated('^')(self, [{ kind: 'tuple', items: other ? [other] : [] }], context),
  ],
});

/** What the set holds cannot be told any more. */
export function loseSet(self: SetValue, why: Value & { kind: 'unknown' }, context: CallContext): void {
  context.interpreter.trail.loseOne(self, why.reason);
}

function asSet(value: Value, context: CallContext): SetValue {
  if (value.kind === 'set') return value;
  const items = elementsOf(context.interpreter, value, context);
  return setFrom(items ?? [], items === undefined ? because(value, context).reason : undefined, context);
}

function combined(operator: BinaryOperator): Set_ {
  return (self, [others], context) => {
    let result: Value = { ...self, elements: new Map(self.elements) };
    for (const other of others?.kind === 'tuple' ? others.items : []) {
      const next: Value | undefined =
        result.kind === 'set' ? setOperation(operator, result, asSet(other, context)) : undefined;
      result = next ?? because(other, context);
    }
    return result;
  };
}

function updated(operator: BinaryOperator): Set_ {
  return (self, others, context) => {
    const result = combined(operator)(self, others, context);
    context.interpreter.trail.touch(self);
    if (result.kind === 'set')
      Object.assign(self, { elements: result.elements, uncertain: result.uncertain });
    return NONE;
  };
}

function related(test: (self: SetValue, other: SetValue) => boolean): Set_ {
  return (self, [other], context) => {
    const set = other && asSet(other, context);
    if (set === undefined || self.uncertain || set.uncertain)
      return set?.uncertain ? unknown(set.uncertain) : because(self, context);
    return bool(test(self, set));
  };
}

function change(self: SetValue, item: Value, context: CallContext, make: (key: string) => void): Value {
  const { trail } = context.interpreter;
  const key = keyOf(item);
  if (key === undefined) {
    const reason = because(item, context).reason;
    trail.loseOne(self, reason);
    return NONE;
  }
  trail.touch(self);
  make(key);
  return NONE;
}
