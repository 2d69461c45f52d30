/** What mutables hold: saved, written back, joined over two ways, widened over rounds, and lost. */
import type { Reason } from '../symbolic/reason';
import { findInClass, resolutionOrder } from './classes';
import { isSame, join, joinData, joinUnknown, objectsAmong } from './join';
import { lookUp, type Scope } from './scope';
import {
  hasContent,
  unknown,
  type DictEntry,
  type InstanceValue,
  type MutableValue,
  type Value,
} from './values';

/** Anything whose contents change in place. */
export type Mutable = MutableValue | Scope;

/** A copy of what a mutable held at one moment. */
export type Contents =
  | { readonly kind: 'items'; readonly items: Value[]; readonly uncertain?: Reason }
  | { readonly kind: 'entries'; readonly entries: Map<string, DictEntry>; readonly uncertain?: Reason }
  | { readonly kind: 'elements'; readonly elements: Map<string, Value>; readonly uncertain?: Reason }
  | { readonly kind: 'position'; readonly position: number; readonly uncertain?: Reason }
  | Names;

interface Names {
  readonly kind: 'names';
  readonly names: Map<string, Value>;
  /** Names that may be absent after all. */
  readonly doubtful?: ReadonlySet<string>;
  readonly payload?: unknown;
}

/** A copy of what `target` holds now. */
export function contentsOf(target: Mutable): Contents {
  if ('variables' in target) return { kind: 'names', names: new Map(target.variables) };
  switch (target.kind) {
    case 'list':
      return { kind: 'items', items: [...target.items], uncertain: target.uncertain };
    case 'dict':
      return { kind: 'entries', entries: new Map(target.entries), uncertain: target.uncertain };
    case 'set':
      return { kind: 'elements', elements: new Map(target.elements), uncertain: target.uncertain };
    case 'iterator':
      return { kind: 'position', position: target.position, uncertain: target.uncertain };
    case 'instance': {
      const { doubtful, payload } = target;
      return { kind: 'names', names: new Map(target.attributes), doubtful, payload };
    }
    case 'class':
      return { kind: 'names', names: new Map(target.namespace) };
    case 'module':
      return { kind: 'names', names: new Map(target.patched) };
    case 'function':
      return { kind: 'names', names: new Map(target.attributes) };
  }
}

/** How much `target` holds. */
export function sizeOf(target: Mutable): number {
  if ('variables' in target) return target.variables.size;
  switch (target.kind) {
    case 'list':
      return target.items.length;
    case 'dict':
      return target.entries.size;
    case 'set':
      return target.elements.size;
    case 'iterator':
      return 1;
    case 'instance':
    case 'function':
      return target.attributes.size;
    case 'class':
      return target.namespace.size;
    case 'module':
      return target.patched.size;
  }
}

/** The same contents in containers of their own. */
export function copyOf(contents: Contents): Contents {
  switch (contents.kind) {
    case 'items':
      return { ...contents, items: [...contents.items] };
    case 'entries':
      return { ...contents, entries: new Map(contents.entries) };
    case 'elements':
      return { ...contents, elements: new Map(contents.elements) };
    case 'names':
      return { ...contents, names: new Map(contents.names) };
    case 'position':
      return contents;
  }
}

/** Makes `target` hold `contents`. */
export function write(target: Mutable, contents: Contents): void {
  const { kind: _, ...held } = contents;
  if (contents.kind !== 'names') Object.assign(target, held);
  else if ('variables' in target) target.variables = contents.names;
  else if (target.kind === 'class') target.namespace = contents.names;
  else if (target.kind === 'module') target.patched = contents.names;
  else if (target.kind === 'function') target.attributes = contents.names;
  else if (target.kind === 'instance') {
    const { names: attributes, doubtful, payload } = contents;
    Object.assign(target, { attributes, doubtful, payload });
  }
}

/** What `target` holds whichever way was taken. */
export function joinContents(target: Mutable, a: Contents, b: Contents, why: Reason): Contents {
  if (a.kind === 'names' && b.kind === 'names') return joinNames(target, a, b, why);
  if (a.kind === 'entries' && b.kind === 'entries') return joinEntries(a, b, why);
  if (a.kind === 'items' && b.kind === 'items') return joinItems(a, b, why);
  if (a.kind === 'elements' && b.kind === 'elements') return joinElements(a, b, why);
  if (a.kind !== 'position' || b.kind !== 'position') return b;
  return { ...a, uncertain: a.uncertain ?? b.uncertain ?? (a.position === b.position ? undefined : why) };
}

/** What holds after any number of rounds of which one led from `before` to `after`, and whether that is news. */
export function widenContents(
  target: Mutable,
  before: Contents,
  after: Contents,
  why: Reason,
): { readonly contents: Contents; readonly isNew: boolean; readonly added: readonly string[] } {
  if (before.kind === 'names' && after.kind === 'names') return widenNames(before, after, why);
  const contents = joinContents(target, before, after, why);
  return { contents, isNew: !holdsSame(before, contents), added: [] };
}

/** Each name may hold its value now or what it held before. */
export function addPossible(target: Mutable, values: ReadonlyMap<string, Value>, why: Reason): void {
  const held = contentsOf(target);
  if (held.kind !== 'names') return;
  for (const [name, value] of values) {
    const joined = joinDefined(held.names.get(name) ?? behind(target, name), value, why);
    if (joined !== undefined) held.names.set(name, joined);
  }
  write(target, held);
}

/** Code that was not read may have changed `target` in any way. */
export function lose(target: Mutable, why: Reason): void {
  if ('variables' in target) {
    target.variables = new Map(
      [...target.variables].map(([name, value]) => [name, lostData(name, value, why)]),
    );
    loseImported(target, why);
    return;
  }
  switch (target.kind) {
    case 'list':
      return void Object.assign(target, {
        items: objectsAmong(target.items),
        uncertain: target.uncertain ?? why,
      });
    case 'dict':
      return void Object.assign(target, { entries: new Map(), uncertain: target.uncertain ?? why });
    case 'set':
      return void Object.assign(target, { elements: new Map(), uncertain: target.uncertain ?? why });
    case 'iterator':
      target.uncertain ??= why;
      return;
    case 'instance':
      return loseAttributes(target, why);
    case 'class':
      target.namespace = new Map(
        [...target.namespace].map(([name, value]) => [name, lostData(name, value, why)]),
      );
      return;
    case 'module':
    case 'function':
      return;
  }
}

/** Every attribute of an object is unknown, those that its classes lend it included. */
function loseAttributes({ class: type, attributes }: InstanceValue, why: Reason): void {
  for (const { namespace } of resolutionOrder(type)) {
    for (const [name, value] of namespace)
      if (isData(value) && !attributes.has(name)) attributes.set(name, unknown({ ...why, subject: name }));
  }
  for (const [name, value] of attributes)
    if (value.kind !== 'unknown') attributes.set(name, unknown({ ...why, subject: name }));
}

/** What imports bring is data or not once it is read. */
function loseImported({ imported }: Scope, why: Reason): void {
  if (imported === undefined) return;
  const lost = (name: string, read: (name: string) => Value | undefined) => (): Value | undefined => {
    const value = read(name);
    return value && lostData(name, value, why);
  };
  for (const [name, read] of imported.names) imported.names.set(name, lost(name, read));
  imported.stars = imported.stars.map((star) => (name) => lost(name, star)());
}

/** Names of functions, classes and modules are taken to keep their meaning: code rebinds data. */
function lostData(name: string, value: Value, why: Reason): Value {
  return isData(value) ? unknown({ ...why, subject: name }) : value;
}

function isData({ kind }: Value): boolean {
  switch (kind) {
    case 'function':
    case 'builtin':
    case 'class':
    case 'module':
    case 'descriptor':
    case 'method':
      return false;
    default:
      return true;
  }
}

function joinNames(target: Mutable, a: Names, b: Names, why: Reason): Names {
  const names = new Map<string, Value>();
  const doubtful = new Set([...(a.doubtful ?? []), ...(b.doubtful ?? [])]);
  for (const name of new Set([...a.names.keys(), ...b.names.keys()])) {
    const [first, second] = [a.names.get(name), b.names.get(name)];
    if (first === undefined || second === undefined) doubtful.add(name);
    const joined = joinDefined(first ?? behind(target, name), second ?? behind(target, name), why);
    if (joined !== undefined) names.set(name, joined);
  }
  return { kind: 'names', names, doubtful, payload: a.payload === b.payload ? a.payload : undefined };
}

/** A name that only one way defines keeps its value: using it after the other would raise. */
function joinDefined(a: Value | undefined, b: Value | undefined, why: Reason): Value | undefined {
  return a === undefined || b === undefined ? (a ?? b) : join(a, b, why);
}

/** What a name means where the mutable itself does not hold it. */
function behind(target: Mutable, name: string): Value | undefined {
  if ('variables' in target)
    return target.kind === 'class' && target.parent ? lookUp(target.parent, name) : undefined;
  if (target.kind === 'instance') return findInClass(target.class, name);
  if (target.kind === 'class')
    return resolutionOrder(target)
      .slice(1)
      .map((each) => each.namespace.get(name))
      .find((value) => value !== undefined);
  return target.kind === 'module' ? target.member(name) : undefined;
}

function joinItems(a: Contents & { kind: 'items' }, b: Contents & { kind: 'items' }, why: Reason): Contents {
  const differs = a.items.length !== b.items.length ? why : undefined;
  const uncertain = a.uncertain ?? b.uncertain ?? differs;
  // What an uncertain list may hold is kept, as it may change through the list.
  if (uncertain) return { kind: 'items', items: objectsAmong([...a.items, ...b.items]), uncertain };
  return {
    kind: 'items',
    items: a.items.map((item, index) => join(item, b.items[index] ?? item, why)),
    uncertain,
  };
}

/** Entries that only one way has may be absent: what is kept is there for certain. */
function joinEntries(
  a: Contents & { kind: 'entries' },
  b: Contents & { kind: 'entries' },
  why: Reason,
): Contents {
  const entries = new Map<string, DictEntry>();
  for (const [key, { key: shown, value }] of a.entries) {
    const other = b.entries.get(key);
    if (other !== undefined) entries.set(key, { key: shown, value: join(value, other.value, why) });
  }
  const differs = entries.size < Math.max(a.entries.size, b.entries.size) ? why : undefined;
  return { kind: 'entries', entries, uncertain: a.uncertain ?? b.uncertain ?? differs };
}

function joinElements(
  a: Contents & { kind: 'elements' },
  b: Contents & { kind: 'elements' },
  why: Reason,
): Contents {
  const elements = new Map([...a.elements].filter(([key]) => b.elements.has(key)));
  const differs = elements.size < Math.max(a.elements.size, b.elements.size) ? why : undefined;
  return { kind: 'elements', elements, uncertain: a.uncertain ?? b.uncertain ?? differs };
}

function widenNames(before: Names, after: Names, why: Reason): ReturnType<typeof widenContents> {
  const names = new Map(before.names);
  const added: string[] = [];
  let isNew = before.payload !== undefined && before.payload !== after.payload;
  for (const name of new Set([...before.names.keys(), ...after.names.keys()])) {
    const [old, value] = [before.names.get(name), after.names.get(name)];
    if (old === undefined) added.push(name);
    else if (value === undefined || !isSame(old, value)) {
      const reason = { ...why, subject: name };
      const joined = value && joinData(old, value, reason);
      names.set(name, joined ?? joinUnknown(old, value ?? old, reason));
      isNew ||= joined === undefined ? hasContent(old) : joined !== old;
    }
  }
  return { contents: { ...before, names, payload: isNew ? undefined : before.payload }, isNew, added };
}

function holdsSame(a: Contents, b: Contents): boolean {
  if ((a.kind === 'names' ? undefined : a.uncertain) !== (b.kind === 'names' ? undefined : b.uncertain))
    return false;
  if (a.kind === 'items' && b.kind === 'items')
    return a.items.every((item, index) => staysSame(item, b.items[index]));
  if (a.kind === 'entries' && b.kind === 'entries')
    return [...a.entries].every(([key, { value }]) => staysSame(value, b.entries.get(key)?.value));
  return true;
}

function staysSame(before: Value, after: Value | undefined): boolean {
  return after !== undefined && (!hasContent(before) || isSame(before, after));
}
