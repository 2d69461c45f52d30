/** Branches: what changed in one is saved, undone and joined with what changed in the other. */
import type { Reason } from '../symbolic/reason';
import {
  addPossible,
  contentsOf,
  sizeOf,
  copyOf,
  joinContents,
  lose,
  widenContents,
  write,
  type Contents,
  type Mutable,
} from './contents';
import { join } from './join';
import { dataOf, type InstanceValue, type Value } from './values';

/** What one open branch changed, and the mutables that came into being in it, which need no undoing. */
interface Branch {
  readonly before: Map<Mutable, Contents>;
  readonly made: Set<Mutable>;
}

/** A mutable and what it came to hold. */
export type Change = readonly [Mutable, Contents];

/** What names of mutables were assigned, all values joined; `undefined` for contents without names. */
type Assignments = Map<Mutable, Map<string, Value> | undefined>;

type Way<T> = { readonly branch: Branch } & ({ readonly result: T } | { readonly raised: Raised });

/** Rounds after which a loop's changes are taken to be all known; each one finds what the ones before led to. */
const MOST_ROUNDS = 12;

/** Thrown when the code being run certainly raises: the way that was taken ends here. */
export class Raised extends Error {
  /** `text` is what Python prints, or else what raises; `exception` the object, where it is known for certain. */
  constructor(
    readonly text: string,
    readonly exception?: InstanceValue,
  ) {
    super(text);
  }
}

/** Thrown to say that a way is not taken at all. */
export class NotTaken extends Raised {}

/** Remembers what mutables held before the branches that are open changed them. */
export class Trail {
  private readonly open: Branch[] = [];
  private readonly watching: Assignments[] = [];
  private doubtCount = 0;
  private identities = 0;

  /** `spend` is told how much work branches are, as what they copy is what takes time. */
  constructor(private readonly spend: (work: number) => void = () => undefined) {}

  /** Whether what runs now may not run at all, or any number of times. */
  get isBranching(): boolean {
    return this.open.length > 0;
  }

  /** How many branches are open inside each other. */
  get depth(): number {
    return this.open.length;
  }

  /** How often the run met something that may have raised, such as a way that does. */
  get doubts(): number {
    return this.doubtCount;
  }

  /** Notes that what was just run may raise in Python. */
  doubt(): void {
    this.doubtCount += 1;
  }

  /** A number that no other object of the run has. */
  nextIdentity(): number {
    return (this.identities += 1);
  }

  /** Must be called before `target` gets `value` under `name`. */
  assign(changed: Mutable, name: string, value: Value): void {
    const target = keeper(changed);
    for (const assigned of this.watching) {
      const names = assigned.get(target) ?? new Map<string, Value>();
      const before = names.get(name);
      names.set(name, before === undefined ? value : join(before, value, { code: 'branch', subject: name }));
      assigned.set(target, names);
    }
    this.save(target);
  }

  /** Must be called before the contents of `target` change, other than by an assignment to a name. */
  touch(changed: Mutable): void {
    const target = keeper(changed);
    for (const assigned of this.watching) if (!('variables' in target)) assigned.set(target, undefined);
    this.save(target);
  }

  private save(target: Mutable): void {
    const branch = this.open.at(-1);
    if (branch === undefined || branch.made.has(target) || branch.before.has(target)) return;
    this.spend(2 + sizeOf(target) / 2);
    branch.before.set(target, contentsOf(target));
  }

  /** Says that `target` was just made, so that nothing before this moment depends on what it holds. */
  made<T extends Mutable>(target: T): T {
    this.open.at(-1)?.made.add(target);
    return target;
  }

  /** Code that was not read may have changed what these values are or hold. */
  lose(values: readonly Value[], why: Reason): void {
    // Not recursive: data can be nested deeper than our own calls.
    const reached = new Set<Value>(values);
    for (const value of reached) {
      if (value.kind === 'unknown') {
        for (const each of value.mayBe ?? []) {
          this.loseOne(each, why);
          reached.add(each);
        }
      } else if (value.kind === 'tuple') addAll(reached, value.items);
      else if (value.kind === 'list' || value.kind === 'set' || value.kind === 'dict') {
        if (value.kind === 'list') addAll(reached, value.items);
        if (value.kind === 'dict') for (const entry of value.entries.values()) reached.add(entry.value);
        this.loseOne(value, why);
      } else if (value.kind === 'iterator') this.loseOne(value, why);
      else if (value.kind === 'instance') dataOf(value)?.forget(value);
    }
  }

  /** Whatever `target` holds is unknown from now on. */
  loseOne(changed: Mutable, why: Reason): void {
    const target = keeper(changed);
    this.spend(2 + sizeOf(target) / 2);
    this.touch(target);
    lose(target, why);
  }

  /**
   * Runs both ways from the same state and leaves the state that holds whichever was taken. A way that certainly
   * raises does not count; when both do, the first's exception is thrown.
   */
  fork<T>(first: () => T, second: () => T, joinResults: (a: T, b: T) => T, why: Reason): T {
    this.spend(8);
    return this.either(this.run(first), second, joinResults, why);
  }

  private either<T>(a: Way<T>, second: () => T, joinResults: (a: T, b: T) => T, why: Reason): T {
    const statesA = statesOf(a.branch);
    restore(a.branch);
    const b = this.run(second);
    this.keepForOuter(a.branch);
    this.keepForOuter(b.branch);
    if ('raised' in a && 'raised' in b) throw a.raised;
    if ('raised' in a) return (b as { result: T }).result;
    if ('raised' in b) {
      restore(b.branch);
      statesA.forEach((contents, target) => write(target, contents));
      return a.result;
    }
    const before = b.branch.before;
    for (const target of new Set([...statesA.keys(), ...before.keys()])) {
      const stateA = statesA.get(target) ?? before.get(target);
      if (stateA !== undefined) write(target, joinContents(target, stateA, contentsOf(target), why));
    }
    return joinResults(a.result, b.result);
  }

  /**
   * Runs `first`. When it met nothing that may raise, that is all, and what it certainly raises goes on to `raised`
   * from the state it left. Otherwise `second` runs too, as another way from the state before.
   */
  attempt<T>(
    first: () => T,
    raised: (error: Raised) => T,
    second: () => T,
    joinResults: (a: T, b: T) => T,
    why: Reason,
  ): T {
    this.spend(8);
    const before = this.doubtCount;
    const a = this.run(first);
    const own = 'raised' in a && !(a.raised instanceof NotTaken) ? 1 : 0;
    if (this.doubtCount !== before + own || (own === 1 && 'raised' in a && a.raised.exception === undefined))
      return this.either(a, second, joinResults, why);
    this.doubtCount = before;
    this.keepForOuter(a.branch);
    return 'raised' in a ? raised(a.raised) : a.result;
  }

  /**
   * Runs a body that may run any number of times: first to see what it changes, which then is unknown, again until
   * nothing more changes, then once more with that. The body is told whether the run is a rehearsal, whose effects
   * outside must not count.
   */
  repeat(body: (isRehearsal: boolean) => void, why: Reason): void {
    const added = new Map<Mutable, Set<string>>();
    const start = (): void => {
      for (const [target, names] of added) for (const name of names) this.declare(target, name, why);
    };
    const rehearse = () => (start(), body(true));
    for (let round = 0; round < MOST_ROUNDS && this.widen([rehearse], why, added); round++);
    this.fork(
      () => (start(), body(false)),
      () => undefined,
      () => undefined,
      why,
    );
  }

  /**
   * Runs each body from the same state and undoes it; whatever any of them changed is unknown from then on. Says
   * whether anything became unknown that was not; `added` collects the names that came into being.
   */
  widen(bodies: readonly (() => void)[], why: Reason, added = new Map<Mutable, Set<string>>()): boolean {
    this.spend(8);
    const changes = bodies.map((body) => {
      const { branch } = this.run(body);
      const after = statesOf(branch);
      restore(branch);
      this.keepForOuter(branch);
      return [...after];
    });
    return this.widenTo(changes.flat(), why, added);
  }

  /** Makes unknown whatever these changes would change; says whether anything became unknown that was not. */
  widenTo(changes: readonly Change[], why: Reason, added = new Map<Mutable, Set<string>>()): boolean {
    let isNews = false;
    for (const [target, state] of changes) {
      this.save(target);
      const widened = widenContents(target, contentsOf(target), state, why);
      write(target, widened.contents);
      const names = added.get(target) ?? new Set();
      isNews ||= widened.isNew || widened.added.some((name) => !names.has(name));
      if (widened.added.length > 0) added.set(target, new Set([...names, ...widened.added]));
    }
    return isNews;
  }

  /** Leaves the state of a body that may have been interrupted anywhere: whatever it changes is unknown. */
  interrupt(body: () => void, why: Reason): void {
    const assigned: Assignments = new Map();
    this.watching.push(assigned);
    try {
      this.widen([body], why);
    } finally {
      this.watching.splice(this.watching.lastIndexOf(assigned), 1);
    }
    for (const [target, names] of assigned) {
      this.save(target);
      if (names === undefined) lose(target, why);
      else addPossible(target, names, why);
    }
  }

  /** Runs `body`, undoes whatever it changed and gives that. What it certainly raises ends it, no more. */
  isolate(body: () => void): readonly Change[] {
    const { branch } = this.run(body);
    const after = statesOf(branch);
    restore(branch);
    return [...after];
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

  /** Gives a name that a round may have made, or not, an unknown value. */
  declare(target: Mutable, name: string, why: Reason): void {
    this.assign(target, name, { kind: 'unknown', reason: why });
    const held = contentsOf(target);
    if (held.kind !== 'names') return;
    held.names.set(name, { kind: 'unknown', reason: { ...why, subject: name } });
    write(target, held);
  }

  private run<T>(way: () => T): Way<T> {
    const branch: Branch = { before: new Map(), made: new Set() };
    this.open.push(branch);
    try {
      return { branch, result: way() };
    } catch (error) {
      if (error instanceof Raised) {
        if (!(error instanceof NotTaken)) this.doubt();
        return { branch, raised: error };
      }
      restore(branch);
      throw error;
    } finally {
      this.open.splice(this.open.lastIndexOf(branch), 1);
    }
  }

  private keepForOuter({ before, made }: Branch): void {
    const outer = this.open.at(-1);
    if (outer === undefined) return;
    for (const target of made) outer.made.add(target);
    for (const [target, contents] of before) {
      if (!outer.made.has(target) && !outer.before.has(target)) outer.before.set(target, contents);
    }
  }
}

/** The object that holds what changes: a `__dict__` is part of its object. */
function keeper(target: Mutable): Mutable {
  return 'kind' in target && target.kind === 'dict' ? (target.attributesOf ?? target) : target;
}

function restore({ before }: Branch): void {
  // Copies, as what was saved may be saved again for an outer branch.
  for (const [target, contents] of before) write(target, copyOf(contents));
}

function statesOf({ before }: Branch): Map<Mutable, Contents> {
  return new Map([...before.keys()].map((target) => [target, contentsOf(target)]));
}

function addAll<T>(set: Set<T>, more: readonly T[]): void {
  for (const each of more) set.add(each);
}
