/** Copies of values: `copy.copy` and `copy.deepcopy`, which frameworks that repeat a layer make too. */
import type { Trail } from './trail';
import type { Value } from './values';

/**
 * A copy that shares nothing that can change with the value; functions, classes and modules stay themselves. What a
 * framework keeps with an object is shared.
 */
export function deepCopy(value: Value, trail: Trail, made = new Map<Value, Value>()): Value {
  const known = made.get(value);
  if (known !== undefined) return known;
  const copy = (each: Value): Value => deepCopy(each, trail, made);
  switch (value.kind) {
    case 'tuple':
      return { kind: 'tuple', items: value.items.map(copy) };
    case 'list': {
      const list = trail.made({ ...value, items: [] as Value[] });
      made.set(value, list);
      list.items = value.items.map(copy);
      return list;
    }
    case 'dict': {
      const dict = trail.made({ ...value, entries: new Map(value.entries) });
      made.set(value, dict);
      for (const [key, entry] of value.entries)
        dict.entries.set(key, { key: entry.key, value: copy(entry.value) });
      return dict;
    }
    case 'set':
      return trail.made({ ...value, elements: new Map(value.elements) });
    case 'iterator':
      return trail.made({ ...value });
    case 'instance': {
      const instance = trail.made({ ...value, attributes: new Map<string, Value>() });
      made.set(value, instance);
      for (const [name, held] of value.attributes) instance.attributes.set(name, copy(held));
      return instance;
    }
    case 'method':
      return { ...value, self: copy(value.self) };
    default:
      return value;
  }
}
