/** Python's `copy`: shallow and deep copies of containers and of objects. */
import { findInClass } from '../classes';
import { positional, type CallContext } from '../call';
import { because, nativeWith } from '../natives';
import { NONE, tuple, type InstanceValue, type Value } from '../values';

/** The members of the module. */
export function copyMembers(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['copy', nativeWith('copy', 'x', ([value = NONE], context) => shallow(value, context))],
    ['deepcopy', nativeWith('deepcopy', 'x, memo=', ([value = NONE], context) => deepCopy(value, context))],
  ]);
}

/** What a framework keeps with an object says how it is copied; without this, its fields are copied. */
interface Copyable {
  copied?(): unknown;
}

function shallow(value: Value, context: CallContext): Value {
  const { trail } = context.interpreter;
  switch (value.kind) {
    case 'list':
      return trail.made({ ...value, items: [...value.items] });
    case 'dict':
      return trail.made({ ...value, entries: new Map(value.entries) });
    case 'set':
      return value.isFrozen ? value : trail.made({ ...value, elements: new Map(value.elements) });
    case 'iterator':
      return because(value, context);
    case 'instance': {
      const own = findInClass(value.class, '__copy__');
      if (own !== undefined) return context.interpreter.call(own, positional(value), context);
      return trail.made({ ...value, attributes: new Map(value.attributes), payload: payloadOf(value) });
    }
    default:
      return value;
  }
}

/**
 * `copy.deepcopy`, which frameworks that repeat a layer make too: shares nothing that can change with the value;
 * functions, classes and modules stay themselves. Objects that are reached twice are copied once.
 */
export function deepCopy(value: Value, context: CallContext, copies = new Map<Value, Value>()): Value {
  const known = copies.get(value);
  if (known !== undefined) return known;
  const { trail, budget } = context.interpreter;
  const inner = (each: Value): Value => deepCopy(each, context, copies);
  const remember = <T extends Value>(made: T): T => {
    copies.set(value, made);
    return made;
  };
  budget.step();
  switch (value.kind) {
    case 'tuple': {
      const items = value.items.map(inner);
      return items.every((item, index) => item === value.items[index]) ? value : tuple(items);
    }
    case 'list': {
      const made = remember(trail.made({ ...value, items: [] as Value[] }));
      made.items = value.items.map(inner);
      return made;
    }
    case 'dict': {
      const made = remember(trail.made({ ...value, entries: new Map(value.entries) }));
      for (const [key, entry] of value.entries)
        made.entries.set(key, { key: entry.key, value: inner(entry.value) });
      return made;
    }
    case 'set':
      return value.isFrozen ? value : remember(trail.made({ ...value, elements: new Map(value.elements) }));
    case 'iterator':
      return because(value, context);
    case 'method':
      return { ...value, self: inner(value.self) };
    case 'partial': {
      const { args } = value;
      const all = args.positional.map((passed) => ({ ...passed, value: inner(passed.value) }));
      const named = [...args.keywords].map(
        ([name, passed]) => [name, { ...passed, value: inner(passed.value) }] as const,
      );
      return { ...value, args: { ...args, positional: all, keywords: new Map(named) } };
    }
    case 'instance': {
      const own = findInClass(value.class, '__deepcopy__');
      if (own !== undefined) {
        const memo: Value = { kind: 'dict', entries: new Map() };
        return remember(context.interpreter.call(own, positional(value, memo), context));
      }
      const made = remember(
        trail.made<InstanceValue>({ ...value, attributes: new Map(), payload: payloadOf(value) }),
      );
      made.attributes = new Map([...value.attributes].map(([name, held]) => [name, inner(held)]));
      return made;
    }
    default:
      return value;
  }
}

/** The layer, or the data, of a copy is its own: what one learns from its first input the other does not. */
function payloadOf({ payload }: InstanceValue): unknown {
  if (payload === undefined || payload === null || typeof payload !== 'object') return payload;
  const copyable = payload as Copyable;
  if (copyable.copied !== undefined) return copyable.copied();
  return Object.assign(Object.create(Object.getPrototypeOf(payload) as object | null) as object, payload);
}
