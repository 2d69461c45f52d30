/** Which defaults of parameters a call rests on, told from the names that lead to it. */
import { resolutionOrder } from '../interp/classes';
import type { FunctionValue } from '../interp/values';
import type { Statement } from '../python/syntax';
import { contains, type Span } from '../symbolic/place';
import { rootOf, type Sighting } from './sighting';
import { defaultsOf } from './symbols';
import { blocksOf } from './targets';

/** Tells what `assumes` of a site says, from the readings that its layer is stated from. */
export type Assumptions = (readings: readonly Sighting[]) => string[];

/**
 * Text such as `stride=1` for each parameter that a call may depend on and that a default stands for: parameters of
 * the function around the call, of the functions around that one, and of the constructor of its object. Names are
 * followed through assignments of these functions and of the object's other methods, without regard to their order.
 * Of a function that was read on its own and that led to the call, every default is named.
 */
export function createAssumptions(): Assumptions {
  const reader = new NameReader();
  return (readings) => [...new Set(readings.flatMap((reading) => assumptionsOf(reading, reader)))];
}

function assumptionsOf(sighting: Sighting, reader: NameReader): string[] {
  const { context } = sighting.evaluation;
  const root = rootOf(sighting);
  const own = context.frame.function;
  if (root === undefined || own === undefined) return [];
  const around = enclosing(own);
  const methods = around.flatMap(methodsAround);
  const near = new Set([...around, ...methods.filter(({ name }) => name === '__init__')]);
  const far = enclosing(root).filter((each) => !near.has(each));
  const defaults = [...near].flatMap(defaultsOf);
  const others = far.flatMap(defaultsOf).map(({ text }) => text);
  if (defaults.length === 0) return others;
  const names = namesBehind(new Set([...around, ...methods]), context.place.span, reader);
  return [...defaults.flatMap(({ name, text }) => (names.has(name) ? [text] : [])), ...others];
}

/** The function and those it is written in, from the inside out. */
function enclosing(inner: FunctionValue): FunctionValue[] {
  const found = [inner];
  for (let scope: FunctionValue['closure'] | undefined = inner.closure; scope; scope = scope.parent) {
    if (scope.function) found.push(scope.function);
  }
  return found;
}

/** The functions of the class that a method belongs to, those of its bases included. */
function methodsAround({ owner }: FunctionValue): FunctionValue[] {
  const members = owner?.current ? resolutionOrder(owner.current) : [];
  return members.flatMap(({ namespace }) =>
    [...namespace.values()].flatMap((member) => (member.kind === 'function' ? [member] : [])),
  );
}

/** Every name that the statement at `span` mentions, and every name behind those, attributes by their last word. */
function namesBehind(
  functions: ReadonlySet<FunctionValue>,
  span: Span,
  reader: NameReader,
): ReadonlySet<string> {
  // What a base's constructor is given may end in any attribute.
  const trace: Trace = { span, reader, names: new Set(['super']) };
  for (const { definition } of functions) {
    if (definition.kind === 'lambda' && contains(definition.span, span.start)) add(trace, definition.body);
  }
  for (let size = -1; size !== trace.names.size;) {
    size = trace.names.size;
    for (const { definition } of functions) {
      if (definition.kind === 'function') definition.body.forEach((statement) => follow(statement, trace));
    }
  }
  return trace.names;
}

/** The names found so far to lead to the call at `span`. */
interface Trace {
  readonly span: Span;
  readonly reader: NameReader;
  readonly names: Set<string>;
}

/** Adds what the statement says of the names; true when it says something of them, or holds the call. */
function follow(statement: Statement, trace: Trace): boolean {
  const blocks = blocksOf(statement);
  if (blocks.length === 0) return followSimple(statement, trace);
  const isInside = blocks.flatMap((block) => block.map((each) => follow(each, trace))).includes(true);
  if (statement.kind === 'function' || statement.kind === 'class') return isInside;
  const isAbout = isInside || mentions(trace, trace.reader.header(statement));
  if (isAbout) addAll(trace, trace.reader.header(statement));
  return isAbout;
}

/** Statements that end a block decide what comes after it. */
const ENDS: readonly Statement['kind'][] = ['return', 'raise', 'break', 'continue'];

function followSimple(statement: Statement, trace: Trace): boolean {
  const { span, reader } = trace;
  const isCall = contains(statement.span, span.start);
  if (ENDS.includes(statement.kind) && !isCall) return true;
  if (!isCall && !mentions(trace, reader.changed(statement))) return false;
  add(trace, statement);
  return true;
}

function add(trace: Trace, node: object): void {
  addAll(trace, trace.reader.names(node));
}

function addAll({ names }: Trace, others: ReadonlySet<string>): void {
  for (const name of others) names.add(name);
}

function mentions({ names }: Trace, others: ReadonlySet<string>): boolean {
  for (const name of others) if (names.has(name)) return true;
  return false;
}

/** Reads the names of pieces of syntax, each piece once. */
class NameReader {
  private readonly known = new Map<object, ReadonlySet<string>>();
  private readonly headers = new Map<Statement, ReadonlySet<string>>();
  private readonly changes = new Map<Statement, ReadonlySet<string>>();

  /** All names and attributes within; an object's own name for itself leads nowhere. */
  names(node: object): ReadonlySet<string> {
    return remembered(this.known, node, () => collectNames(node));
  }

  /** What decides whether, how often and with which names the blocks of a compound statement run. */
  header(statement: Statement): ReadonlySet<string> {
    return remembered(this.headers, statement, () =>
      collectNames(
        Object.entries<unknown>({ ...statement })
          .filter(([part]) => HEADERS.has(part))
          .map(([, value]) => value),
      ),
    );
  }

  /** What a simple statement may change: its targets, or all that an expression calls something with. */
  changed(statement: Statement): ReadonlySet<string> {
    return remembered(this.changes, statement, () => {
      if (statement.kind === 'assignment') return collectNames([statement.targets, namedIn(statement.value)]);
      if (statement.kind === 'augmented') return collectNames([statement.target, namedIn(statement.value)]);
      return this.names(statement);
    });
  }
}

const HEADERS: ReadonlySet<string> = new Set([
  'condition',
  'target',
  'iterable',
  'items',
  'subject',
  'cases',
]);

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}

/** The targets of `:=` within an expression. */
function namedIn(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values<unknown>(node as Record<string, unknown>).flatMap(namedIn);
  return 'kind' in node && node.kind === 'named' && 'target' in node ? [node.target, ...inner] : inner;
}

function collectNames(node: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (typeof node !== 'object' || node === null) return names;
  if ('kind' in node && (node.kind === 'name' || node.kind === 'attribute') && 'name' in node) {
    if (typeof node.name === 'string' && node.name !== 'self') names.add(node.name);
  }
  for (const [part, value] of Object.entries(node)) if (part !== 'span') collectNames(value, names);
  return names;
}
