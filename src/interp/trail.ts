/** Branches: what changed in one is saved, undone and joined with what changed in the other. */
import type { Reason } from '../symbolic/reason';
import { isSame, join, joinMaps } from './join';
import type { Scope } from './scope';
import type { DictEntry, MutableValue, Value } from './values';

/** Anything whose contents change in place. */
export type Mutable = MutableValue | Scope;

/** A copy of what a mutable held at one moment. */
type Contents =
  | { readonly kind: 'items'; readonly items: Value[]; readonly uncertain?: Reason }
  | { readonly kind: 'entries'; readonly entries: Map<string, DictEntry>; readonly uncertain?: Reason }
  | {
      readonly kind: 'names';
      readonly names: Map<string, Value>;
      readonly payload?: unknown;
      readonly uncertain?: Reason;
    }
  | { readonly kind: 'position'; readonly position: number };

type Changes = Map<Mutable, Contents>;

/** Thrown when the code being run certainly raises: the way that was taken ends here. */
export class Raised extends Error {
  constructor(readonly text: string) {
    super(text);
  }
}

/** Remembers what mutables held before the branches that are open changed them. */
export class Trail {
  private readonly open: Changes[] = [];

  /** Must be called before `target` changes. */
  touch(target: Mutable): void {
    const changes = this.open.at(-1);
    if (changes !== undefined && !changes.has(target)) changes.set(target, contentsOf(target));
  }

  /**
   * Runs both ways from the same state and leaves the state that holds whichever was taken. A way that certainly
   * raises does not count; when both do, the first's exception is thrown.
   */
  fork<T>(first: () => T, second: () => T, joinResults: (a: T, b: T) => T, why: Reason): T {
    const a = this.run(first);
    const statesA = statesOf(a.before);
    restore(a.before);
    const b = this.run(second);
    this.keepForOuter(a.before);
    this.keepForOuter(b.before);
    if ('raised' in a && 'raised' in b) throw a.raised;
    if ('raised' in a) return (b as { result: T }).result;
    if ('raised' in b) {
      restore(b.before);
      restore(statesA);
      return a.result;
    }
    for (const target of new Set([...statesA.keys(), ...b.before.keys()])) {
      const stateA = statesA.get(target) ?? b.before.get(target);
      if (stateA !== undefined) write(target, joinContents(stateA, contentsOf(target), why));
    }
    return joinResults(a.result, b.result);
  }

  /**
   * Runs a body that may run any number of times: first to see what it changes, which then is unknown, then once more
   * with that. `rehearse` tells whether the run is the first one, whose effects outside must not count.
   */
  repeat(body: (isRehearsal: boolean) => void, why: Reason): void {
    this.widen([() => body(true)], why);
    this.fork(
      () => body(false),
      () => undefined,
      () => undefined,
      why,
    );
  }

  /** Runs each body from the same state and undoes it; whatever any of them changed is unknown from then on. */
  widen(bodies: readonly (() => void)[], why: Reason): void {
    const changes = bodies.map((body) => {
      const { before } = this.run(body);
      const after = statesOf(before);
      restore(before);
      this.keepForOuter(before);
      return after;
    });
    for (const [target, state] of changes.flatMap((after) => [...after])) {
      this.touch(target);
      write(target, widenContents(contentsOf(target), state, why));
    }
  }

  /** Runs `body` and undoes whatever it changed. What it certainly raises ends it, no more. */
  isolate(body: () => void): void {
    const { before } = this.run(body);
    restore(before);
  }

  /** Runs `body` as if no branch were open: what it makes stays, as libraries do once they are loaded. */
  keep<T>(body: () => T): T {
    const open = this.open.splice(0);
    try {
      return body();
    } finally {
      this.open.push(...open);
    }
  }

  private run<T>(way: () => T): { before: Changes } & ({ result: T } | { raised: Raised }) {
    const before: Changes = new Map();
    this.open.push(before);
    try {
      return { before, result: way() };
    } catch (error) {
      if (error instanceof Raised) return { before, raised: error };
      throw error;
    } finally {
      this.open.splice(this.open.lastIndexOf(before), 1);
    }
  }

  private keepForOuter(before: Changes): void {
    const outer = this.open.at(-1);
    for (const [target, contents] of before) {
      if (outer !== undefined && !outer.has(target)) outer.set(target, contents);
    }
  }
}

function contentsOf(target: Mutable): Contents {
  switch (target.kind) {
    case 'list':
      return { kind: 'items', items: [...target.items], uncertain: target.uncertain };
    case 'dict':
      return { kind: 'entries', entries: new Map(target.entries), uncertain: target.uncertain };
    case 'set':
      return { kind: 'names', names: new Map(target.elements), uncertain: target.uncertain };
    case 'iterator':
      return { kind: 'position', position: target.position };
    case 'instance':
      return { kind: 'names', names: new Map(target.attributes), payload: target.payload };
    case 'module':
    case 'function':
      return { kind: 'names', names: new Map(target.variables) };
    case 'class':
      return { kind: 'names', names: new Map('variables' in target ? target.variables : target.namespace) };
  }
}

function write(target: Mutable, contents: Contents): void {
  if (target.kind === 'list' && contents.kind === 'items')
    Object.assign(target, { items: contents.items, uncertain: contents.uncertain });
  else if (target.kind === 'dict' && contents.kind === 'entries') {
    Object.assign(target, { entries: contents.entries, uncertain: contents.uncertain });
  } else if (target.kind === 'iterator' && contents.kind === 'position') target.position = contents.position;
  else if (contents.kind === 'names') writeNames(target, contents);
}

function writeNames(target: Mutable, contents: Contents & { kind: 'names' }): void {
  if (target.kind === 'set')
    Object.assign(target, { elements: contents.names, uncertain: contents.uncertain });
  else if (target.kind === 'instance')
    Object.assign(target, { attributes: contents.names, payload: contents.payload });
  else if ('variables' in target) target.variables = contents.names;
  else if (target.kind === 'class') target.namespace = contents.names;
}

function restore(changes: Changes): void {
  for (const [target, contents] of changes) write(target, contents);
}

function statesOf(changes: Changes): Changes {
  return new Map([...changes.keys()].map((target) => [target, contentsOf(target)]));
}

function joinContents(a: Contents, b: Contents, why: Reason): Contents {
  if (a.kind === 'names' && b.kind === 'names') return joinNames(a, b, why);
  if (a.kind === 'entries' && b.kind === 'entries') return joinEntries(a, b, why);
  if (a.kind === 'items' && b.kind === 'items') return joinItems(a, b, why);
  return b;
}

function joinNames(a: Contents & { kind: 'names' }, b: Contents & { kind: 'names' }, why: Reason): Contents {
  const uncertain = a.uncertain ?? b.uncertain;
  const payload = a.payload === b.payload ? a.payload : undefined;
  return { kind: 'names', names: joinMaps(a.names, b.names, why), payload, uncertain };
}

function joinItems(a: Contents & { kind: 'items' }, b: Contents & { kind: 'items' }, why: Reason): Contents {
  const differs = a.items.length !== b.items.length ? why : undefined;
  const uncertain = a.uncertain ?? b.uncertain ?? differs;
  if (uncertain) return { kind: 'items', items: [], uncertain };
  return { kind: 'items', items: a.items.map((item, index) => join(item, b.items[index] ?? item, why)) };
}

function joinEntries(
  a: Contents & { kind: 'entries' },
  b: Contents & { kind: 'entries' },
  why: Reason,
): Contents {
  const hasSameKeys =
    a.entries.size === b.entries.size && [...a.entries.keys()].every((key) => b.entries.has(key));
  const uncertain = a.uncertain ?? b.uncertain ?? (hasSameKeys ? undefined : why);
  const entries = new Map(a.entries);
  for (const [key, entry] of b.entries) {
    const other = a.entries.get(key);
    entries.set(
      key,
      other === undefined ? entry : { key: entry.key, value: join(other.value, entry.value, why) },
    );
  }
  return { kind: 'entries', entries, uncertain };
}

/** What holds after any number of rounds: whatever one round changed is unknown. */
function widenContents(before: Contents, after: Contents, why: Reason): Contents {
  if (before.kind === 'names' && after.kind === 'names') {
    const names = new Map(before.names);
    for (const [name, value] of after.names) {
      const old = before.names.get(name);
      if (old !== undefined && !isSame(old, value))
        names.set(name, { kind: 'unknown', reason: { ...why, subject: name } });
    }
    return { ...before, names };
  }
  return joinContents(before, after, why);
}
