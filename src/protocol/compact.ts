/** Makes messages small: parts of plain data that are equal become one object, which a clone copies once. */

/** Ids below this fit into one character of a key. */
const WIDE = 0x8000;

/**
 * Plain data equal to `data` in which equal objects and lists are the same ones; members that are `undefined` are left
 * out. Reports repeat layers, places and quantities so often that a tenth of their objects remain, and receiving them
 * takes a tenth of the time.
 */
export function compact<T>(data: T): T {
  return new Compactor().compact(data) as T;
}

/** Codes that are made into text at once. */
const SLICE = 4096;

type PlainRecord = Readonly<Record<string, unknown>>;

class Compactor {
  /** Every primitive value, list of member names, and object that was made so far, numbered. */
  private readonly ids = new Map<unknown, number>();
  /** What was made, by the ids of all that is in it. */
  private readonly made = new Map<string, object>();
  /** What was made of each object of the original. */
  private readonly seen = new Map<object, object>();

  compact(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const before = this.seen.get(value);
    if (before !== undefined) return before;
    const result = Array.isArray(value) ? this.list(value) : this.record(value as PlainRecord);
    this.seen.set(value, result);
    return result;
  }

  private list(list: readonly unknown[]): object {
    const items: unknown[] = [];
    const codes = [0];
    for (const item of list) {
      const each = this.compact(item);
      items.push(each);
      this.addId(each, codes);
    }
    return this.only(codes, () => items);
  }

  private record(record: PlainRecord): object {
    const names: string[] = [];
    const members: unknown[] = [];
    const codes = [1];
    for (const name in record) {
      const member = record[name];
      if (member === undefined) continue;
      const each = this.compact(member);
      names.push(name);
      members.push(each);
      this.addId(name, codes);
      this.addId(each, codes);
    }
    return this.only(codes, () => {
      const made: Record<string, unknown> = {};
      names.forEach((name, index) => (made[name] = members[index]));
      return made;
    });
  }

  /** The object that was made for this key, or else a new one. */
  private only(codes: readonly number[], make: () => object): object {
    let key = '';
    for (let start = 0; start < codes.length; start += SLICE)
      key += String.fromCharCode(...(codes.length <= SLICE ? codes : codes.slice(start, start + SLICE)));
    const before = this.made.get(key);
    if (before !== undefined) return before;
    const made = make();
    this.made.set(key, made);
    return made;
  }

  /** As one code, or as two that begin like no single one. */
  private addId(value: unknown, codes: number[]): void {
    let id = this.ids.get(value);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(value, id);
    }
    if (id >= WIDE) codes.push(WIDE + Math.floor(id / WIDE), id % WIDE);
    else codes.push(id);
  }
}
