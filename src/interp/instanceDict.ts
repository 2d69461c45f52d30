/** `object.__dict__`: a dictionary that is the object's attributes. */
import type { Reason } from '../symbolic/reason';
import type { CallContext } from './call';
import { isOpen, resolutionOrder } from './classes';
import { string, type DictEntry, type DictValue, type InstanceValue, type Value } from './values';

/** The dictionary of an instance: what is set in it is set in the object, and the other way round. */
export function dictionaryOf(object: InstanceValue, context: CallContext): DictValue {
  const made = {
    kind: 'dict' as const,
    get entries() {
      return new AttributeEntries(object);
    },
    set entries(entries: Map<string, DictEntry>) {
      const named = [...entries.values()].flatMap(({ key, value }) =>
        key.kind === 'string' ? [[key.value, value] as const] : [],
      );
      object.attributes = new Map(named);
    },
    get uncertain() {
      return uncertaintyOf(object, context);
    },
    set uncertain(_: Reason | undefined) {
      // Losing the dictionary is losing the object, which keeps its own account.
    },
  };
  // Not copied along with the entries: a copy is a dictionary of its own.
  Object.defineProperty(made, 'attributesOf', { value: object });
  return made;
}

/** Objects of library classes keep more, or keep it elsewhere, than what is modelled. */
function uncertaintyOf(object: InstanceValue, { place }: CallContext): Reason | undefined {
  const isNative = resolutionOrder(object.class).some(
    (each) => each.unit === undefined && each.isComplete !== true,
  );
  const isUnsure = isNative || isOpen(object.class) || (object.doubtful?.size ?? 0) > 0;
  return isUnsure ? { code: 'unmodelled', subject: '__dict__', place } : undefined;
}

/** The attributes seen as entries under the text of their key. */
class AttributeEntries extends Map<string, DictEntry> {
  constructor(private readonly object: InstanceValue) {
    super();
  }

  override get size(): number {
    return this.object.attributes.size;
  }

  override has(key: string): boolean {
    return key.startsWith("'") && this.object.attributes.has(key.slice(1));
  }

  override get(key: string): DictEntry | undefined {
    const value = key.startsWith("'") ? this.object.attributes.get(key.slice(1)) : undefined;
    return value && { key: string(key.slice(1)), value };
  }

  override set(key: string, { value }: DictEntry): this {
    if (key.startsWith("'")) this.object.attributes.set(key.slice(1), value);
    return this;
  }

  override delete(key: string): boolean {
    return key.startsWith("'") && this.object.attributes.delete(key.slice(1));
  }

  override clear(): void {
    this.object.attributes.clear();
  }

  override *entries(): MapIterator<[string, DictEntry]> {
    for (const [name, value] of this.object.attributes) yield [`'${name}`, { key: string(name), value }];
    return undefined;
  }

  override *keys(): MapIterator<string> {
    for (const name of this.object.attributes.keys()) yield `'${name}`;
    return undefined;
  }

  override *values(): MapIterator<DictEntry> {
    for (const [, entry] of this.entries()) yield entry;
    return undefined;
  }

  override [Symbol.iterator](): MapIterator<[string, DictEntry]> {
    return this.entries();
  }

  override forEach(visit: (entry: DictEntry, key: string, map: Map<string, DictEntry>) => void): void {
    for (const [key, entry] of this.entries()) visit(entry, key, this);
  }
}

/** The object whose attributes a dictionary is, or `undefined` for any other value. */
export function ownerOf(value: Value): InstanceValue | undefined {
  return value.kind === 'dict' ? value.attributesOf : undefined;
}
