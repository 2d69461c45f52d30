/** Reading what the code did not reach: functions and classes on their own, with symbols for what has no default. */
import type { Frame } from '../interp/call';
import { runFunction } from '../interp/calls';
import { resolutionOrder } from '../interp/classes';
import type { Scope } from '../interp/scope';
import type { Change } from '../interp/trail';
import type { ClassValue, FunctionValue, InstanceValue, IteratorValue, Value } from '../interp/values';
import type { Reason } from '../symbolic/reason';
import { isMaker } from './build';
import type { Session } from './session';
import type { Origin } from './sighting';
import { symbolicBinding } from './symbols';

/** How often the methods of a class are rehearsed to see what they change. */
const MOST_REHEARSALS = 4;

/** Reads all functions and classes of the module, those in `known` left out, whose every call was seen. */
export function explore(
  session: Session,
  scope: Scope,
  names: ReadonlyMap<string, Value>,
  known: ReadonlySet<FunctionValue>,
): void {
  const ran = session.sightings.length;
  const defined = session.inOrder.length;
  const entered = new Set(session.entered);
  const changes = exploreAll(session, scope, names, known);
  const why: Reason = { code: 'varies', subject: 'data that functions change' };
  const shared = iteratorsAmong(names.values());
  // Iterators that no name of the module leads to came into being and went with a function that was read.
  const lasting = changes.filter(([target]) => !isIterator(target) || shared.has(target));
  if (!session.interpreter.trail.widenTo(lasting, why)) return;
  // What functions change of the module's data is unknown to all of them: they are read once more.
  session.sightings.length = ran;
  session.forget(defined, entered);
  exploreAll(session, scope, names, known);
}

function isIterator(target: Change[0]): target is IteratorValue {
  return 'kind' in target && target.kind === 'iterator';
}

/** The iterators that these values are or hold. */
function iteratorsAmong(values: Iterable<Value>): ReadonlySet<IteratorValue> {
  const seen = new Set<Value>();
  const found = new Set<IteratorValue>();
  const open = [...values];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.kind === 'iterator') found.add(value);
    else if (value.kind === 'tuple' || value.kind === 'list') open.push(...value.items);
    else if (value.kind === 'dict') open.push(...[...value.entries.values()].map((entry) => entry.value));
    else if (value.kind === 'instance') open.push(...value.attributes.values());
    else if (value.kind === 'class') open.push(...value.namespace.values());
    else if (value.kind === 'unknown') open.push(...(value.mayBe ?? []));
    else if (value.kind === 'function') open.push(...valuesAround(value));
  }
  return found;
}

/** What a function can reach: its defaults and the names of the functions around it. */
function valuesAround({ defaults, closure, attributes }: FunctionValue): Value[] {
  const scopes: Value[] = [];
  for (let scope: Scope | undefined = closure; scope.parent !== undefined; scope = scope.parent)
    scopes.push(...scope.variables.values());
  return [...defaults.values(), ...attributes.values(), ...scopes];
}

function exploreAll(
  session: Session,
  scope: Scope,
  names: ReadonlyMap<string, Value>,
  known: ReadonlySet<FunctionValue>,
): Change[] {
  const changes: Change[] = [];
  for (const made of [...session.defined.values()]) {
    if (!isRoot(made, scope) || known.has(made)) continue;
    const frame = { scope, unit: made.unit, depth: 0 };
    const part = isMaker(made) ? 'making' : 'exploration';
    const read = () => callSymbolically(session, made, frame);
    changes.push(...session.isolated({ kind: 'read', root: made }, part, read));
  }
  for (const value of new Set(names.values())) {
    if (value.kind !== 'class' || value.unit === undefined || !session.uris.has(value.unit.uri)) continue;
    changes.push(...exploreClass(session, value, { scope, unit: value.unit, depth: 0 }));
  }
  return changes;
}

/** Functions of the module itself; methods are read with their classes, inner functions with their outer ones. */
function isRoot(made: FunctionValue, scope: Scope): boolean {
  return made.owner === undefined && made.closure === scope && made.definition.kind === 'function';
}

/** Makes an instance with symbols for what has no default, then runs each method on it. */
function exploreClass(session: Session, value: ClassValue, frame: Frame): readonly Change[] {
  const { trail } = session.interpreter;
  const methods = methodsOf(value);
  // Methods that all come from other files are read with those.
  if (![...methods.values()].some(({ unit }) => session.uris.has(unit.uri))) return [];
  const initialise = methods.get('__init__');
  methods.delete('__init__');
  const self: InstanceValue = { kind: 'instance', class: value, attributes: new Map() };
  const run = (method: FunctionValue) => () => {
    const given = isStatic(value, method) ? undefined : self;
    const ending = attemptAs(session, method, () => callSymbolically(session, method, frame, given));
    const reason: Reason = { code: 'budget', subject: `what ${method.name} does` };
    if (ending === 'spent') session.budget.free(() => trail.loseOne(self, reason));
  };
  const origin: Origin = initialise ? { kind: 'read', root: initialise } : { kind: 'run' };
  const own = [...methods.values()].filter(({ unit }) => session.uris.has(unit.uri));
  return session.isolated(origin, 'exploration', () => {
    trail.made(self);
    if (initialise) run(initialise)();
    if (own.length === 0) return;
    widenByMethods(session, [...methods.values()].map(run), value);
    for (const method of own) trail.isolate(run(method));
  });
}

/** The functions of a class and its bases by name, those that are overridden left out. */
function methodsOf(value: ClassValue): Map<string, FunctionValue> {
  const methods = new Map<string, FunctionValue>();
  for (const each of [...resolutionOrder(value)].reverse()) {
    for (const [name, member] of each.namespace) {
      const made = member.kind === 'descriptor' ? member.function : member;
      if (made.kind === 'function') methods.set(name, made);
    }
  }
  return methods;
}

/** What a method changes is unknown to all of them: who called which how often is not known. */
function widenByMethods(session: Session, methods: readonly (() => void)[], owner: ClassValue): void {
  const { interpreter } = session;
  const rehearsals = methods.map((method) => () => interpreter.rehearse(true, method));
  const why: Reason = { code: 'varies', subject: `attributes of ${owner.name}` };
  for (let round = 0; round < MOST_REHEARSALS && interpreter.trail.widen(rehearsals, why); round++);
}

/** Reads the function, and the functions inside it that it does not call. */
function callSymbolically(session: Session, made: FunctionValue, frame: Frame, self?: Value): void {
  const before = session.inOrder.length;
  const context = session.contextAt({ ...frame, unit: made.unit }, made.definition.span);
  runFunction(session.interpreter, made, symbolicBinding(made, self), context);
  for (const { definition } of session.inOrder.slice(before)) {
    const inner = session.defined.get(definition);
    if (inner !== undefined && !session.entered.has(definition))
      attemptAs(session, inner, () => callSymbolically(session, inner, frame));
  }
}

function attemptAs(session: Session, root: FunctionValue, body: () => void): ReturnType<Session['attempt']> {
  return session.within({ kind: 'read', root }, () => session.attempt('exploration', body));
}

function isStatic(owner: ClassValue, method: FunctionValue): boolean {
  const member = owner.namespace.get(method.name);
  return member?.kind === 'descriptor' && member.type === 'staticmethod';
}
