/** The values of the interpreted Python: a closed union, its constructors and its type names. */
import type { ClassDefinition, FunctionDefinition, Lambda, Parameters } from '../python/syntax';
import { exact, unknown as unknownQuantity, type Formula, type Quantity } from '../symbolic/quantity';
import type { Place } from '../symbolic/place';
import type { Reason } from '../symbolic/reason';
import type { CallArguments, CallContext } from './call';
import type { Scope, SourceUnit } from './scope';

export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | FormulaValue
  | { readonly kind: 'float'; readonly value: number }
  | StringValue
  | TupleValue
  | ListValue
  | DictValue
  | SetValue
  | RangeValue
  | SliceValue
  | ViewValue
  | IteratorValue
  | FunctionValue
  | BuiltinValue
  | MethodValue
  | DescriptorValue
  | PartialValue
  | ClassValue
  | InstanceValue
  | SuperValue
  | ModuleValue
  | UnknownValue;

/**
 * A number known as a formula. `isUntyped` when a parameter without annotation is part of it, which may turn out to be
 * a fraction, or, alone, no number at all.
 */
export interface FormulaValue {
  readonly kind: 'formula';
  readonly formula: Formula;
  readonly isUntyped: boolean;
}

export interface StringValue {
  readonly kind: 'string';
  readonly value: string;
}

export interface TupleValue {
  readonly kind: 'tuple';
  readonly items: readonly Value[];
}

/** `uncertain` on containers: what they hold cannot be told, for this reason; the items then mean nothing. */
export interface ListValue {
  readonly kind: 'list';
  items: Value[];
  uncertain?: Reason;
  /** Set for a `deque`, which drops items at the other end beyond `limit`. */
  readonly deque?: { readonly limit?: number };
}

/** Entries by the text of their key (`keyOf`), in insertion order; uncertain ones may hold more than these. */
export interface DictValue {
  readonly kind: 'dict';
  entries: Map<string, DictEntry>;
  uncertain?: Reason;
  readonly variant?: DictVariant;
  /** The object whose attributes these are: its `__dict__`. */
  readonly attributesOf?: InstanceValue;
}

/** A dictionary of a type of its own: its class, what it gives for missing keys, whether attributes are entries. */
export interface DictVariant {
  readonly type: ClassValue;
  /** Called for a key that is missing, which then has what it gives; `NONE` gives nothing. */
  readonly factory?: Value;
  /** Whether missing keys count as zero, as in a `Counter`. */
  readonly isCounter?: boolean;
  /** Whether the order of entries counts in comparisons, as in an `OrderedDict`. */
  readonly isOrdered?: boolean;
  /** Whether `d.name` is `d['name']`, as in attribute dictionaries of configurations. */
  readonly hasAttributes?: boolean;
}

export interface DictEntry {
  readonly key: Value;
  readonly value: Value;
}

/** Elements by the text of their key. */
export interface SetValue {
  readonly kind: 'set';
  elements: Map<string, Value>;
  uncertain?: Reason;
  readonly isFrozen?: boolean;
}

export interface RangeValue {
  readonly kind: 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

export interface SliceValue {
  readonly kind: 'slice';
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

/** `keys()`, `values()` or `items()` of a dictionary, which show what it holds at any moment. */
export interface ViewValue {
  readonly kind: 'view';
  readonly of: DictValue;
  readonly part: 'keys' | 'values' | 'items';
}

/**
 * Something iterated step by step: what is left are the items from `position` on, or what `source` gives. A negative
 * position says that it has ended.
 */
export interface IteratorValue {
  readonly kind: 'iterator';
  readonly items: readonly Value[];
  position: number;
  uncertain?: Reason;
  readonly source?: ItemSource;
}

/** The next item of an iterator, its end, or why it cannot be told. */
export type Step = { readonly item: Value } | 'end' | { readonly uncertain: Reason };

/** How an iterator gets its items when they are asked for, and no sooner. */
export interface ItemSource {
  /** Values whose items, or parts of them, may come out. */
  readonly from: readonly Value[];
  /** The item at `position`, which is asked for once and in order; state beyond it is kept in values. */
  readonly next?: (position: number, context: CallContext) => Step;
  /** Visits all items from the first; may visit within branches of the trail where it cannot tell. */
  readonly each?: (visit: (item: Value) => void, context: CallContext) => void;
}

/** A function written in Python; `owner` is the class whose body defined it, for `super()`. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly definition: FunctionDefinition | Lambda;
  readonly unit: SourceUnit;
  readonly closure: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  attributes: Map<string, Value>;
  readonly owner?: ClassOwner;
}

/** The class whose body is being run, once it is made; `qualifiedName` is there from the start. */
export interface ClassOwner {
  current?: ClassValue;
  readonly qualifiedName: string;
}

/** A function given by us. With `parameters`, arguments are bound before `run` sees them. */
export interface BuiltinValue {
  readonly kind: 'builtin';
  readonly name: string;
  readonly run: (args: CallArguments, context: CallContext) => Value;
  /** Its attributes, where it has any. */
  readonly members?: ReadonlyMap<string, Value>;
  /** Whether an unknown that it gives is a number of its own making, rather than an argument passed on. */
  readonly givesReals?: boolean;
}

export interface MethodValue {
  readonly kind: 'method';
  readonly function: FunctionValue | BuiltinValue;
  readonly self: Value;
}

/** What a class holds under a name and turns into something else when it is looked up. */
export interface DescriptorValue {
  readonly kind: 'descriptor';
  readonly type: 'property' | 'cached' | 'staticmethod' | 'classmethod';
  readonly function: Value;
  /** What runs when a property is set. */
  readonly setter?: Value;
  /** What runs when a property is deleted. */
  readonly deleter?: Value;
}

/** `functools.partial`. */
export interface PartialValue {
  readonly kind: 'partial';
  readonly function: Value;
  readonly args: CallArguments;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Value[];
  namespace: Map<string, Value>;
  /** Where it was written; absent for classes given by us. */
  readonly unit?: SourceUnit;
  readonly definition?: ClassDefinition;
  /** The resolution order, once it was asked for; bases never change. */
  order?: readonly ClassValue[];
  /** The names of the classes given by us that it is or inherits from, once they were asked for. */
  natives?: ReadonlySet<string>;
  /** With the names of the classes and functions that it stands in; absent for classes given by us. */
  readonly qualifiedName?: string;
  /** The class of the class, where it is not `type`; inherited. */
  readonly metaclass?: ClassValue;
  /** Whether all that a class given by us has is known. */
  readonly isComplete?: boolean;
  /** Whether it or an ancestor defines `__getattribute__`, once that was asked for. */
  hooksAccess?: boolean;
  /** Methods that are still abstract: Python makes no instances. */
  abstract?: readonly string[];
  /** Tells it from all other objects of the run. */
  readonly identity?: number;
}

/** `payload` is what a framework keeps with the object: a layer, a tensor's shape. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly class: ClassValue;
  attributes: Map<string, Value>;
  payload?: unknown;
  /** The call that made it. */
  readonly madeAt?: Place;
  /** Attributes that only one of several ways set. */
  doubtful?: ReadonlySet<string>;
  /** For objects of classes that inherit from a built-in type: the list, tuple, number … that they are as well. */
  readonly held?: Value;
  /** Tells it from all other objects of the run; absent where that is never asked for. */
  readonly identity?: number;
}

/** What data of a framework, carried as an object's payload, tells the interpreter of itself. */
export interface DataPayload {
  readonly isData: true;
  /** The integer that the object stands for where Python asks for one, as `__index__` gives it. */
  readonly integer: (self: InstanceValue) => Quantity | undefined;
  /** One object that stands for both, with what holds of both; `undefined` when nothing does. */
  readonly join: (self: InstanceValue, other: InstanceValue, why: Reason) => InstanceValue | undefined;
  /** Code that was not read may have changed what the object holds. */
  readonly forget: (self: InstanceValue) => void;
}

/** What an object tells of itself; `undefined` for values and objects that carry no data of a framework. */
export function dataOf(value: Value): DataPayload | undefined {
  const payload = value.kind === 'instance' ? (value.payload as { isData?: unknown } | undefined) : undefined;
  return payload?.isData === true ? (payload as DataPayload) : undefined;
}

/** The integer that an object of a framework stands for. */
function integerOf(value: Value): Quantity | undefined {
  return value.kind === 'instance' ? dataOf(value)?.integer(value) : undefined;
}

/** `super()`: looks up behind `after` in the method resolution order of `self`'s class. */
export interface SuperValue {
  readonly kind: 'super';
  readonly after: ClassValue;
  readonly self: Value;
}

/** A module: `member` gives the value of a name, `names` what `import *` brings; `patched` is what code set on it. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly name: string;
  readonly member: (name: string) => Value | undefined;
  readonly names: () => readonly string[];
  patched: Map<string, Value>;
  /**
   * What `import *` brings under a name; present for modules of files, whose code runs when the first name is asked
   * for, so that imports of them are followed name by name.
   */
  readonly exported?: (name: string) => Value | undefined;
}

/**
 * `mayBe` lists objects that it may stand for: what is done to it may be done to them; an empty list says that it is a
 * number, a truth value, a string or `None`. `real` is set for a number that is no integer here, but of which an integer
 * can be made; results that are unknown because of it have none (`withoutReal`).
 */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly reason: Reason;
  readonly mayBe?: readonly MutableValue[];
  /** Besides what `mayBe` lists it may be something of which nothing is known. */
  readonly isOpen?: true;
  readonly real?: RealFormula;
}

/** A number, mostly a float, whose value is known as a formula over real numbers (`symbolic/floats.ts`). */
export interface RealFormula {
  readonly formula: Formula;
  /** Whether a parameter without annotation is part of it, which may stand for a fraction itself. */
  readonly isUntyped: boolean;
}

/** Values that can change in place, whose state a branch saves and restores. */
export type MutableValue =
  ListValue | DictValue | SetValue | IteratorValue | FunctionValue | ClassValue | InstanceValue | ModuleValue;

export const NONE: Value = { kind: 'none' };
export const ELLIPSIS: Value = { kind: 'ellipsis' };

export function bool(value: boolean): Value {
  return { kind: 'bool', value };
}

export function string(value: string): Value {
  return { kind: 'string', value };
}

export function float(value: number): Value {
  return { kind: 'float', value };
}

export function tuple(items: readonly Value[]): TupleValue {
  return { kind: 'tuple', items };
}

export function list(items: Value[]): ListValue {
  return { kind: 'list', items };
}

export function unknown(reason: Reason): UnknownValue {
  return { kind: 'unknown', reason };
}

export function builtin(name: string, run: BuiltinValue['run']): BuiltinValue {
  return { kind: 'builtin', name, run };
}

export function property(name: string, get: (self: Value, context: CallContext) => Value): DescriptorValue {
  const run: BuiltinValue['run'] = (args, context) => get(args.positional[0]?.value ?? NONE, context);
  return { kind: 'descriptor', type: 'property', function: builtin(name, run) };
}

/** Whether anything is known of the value itself, which a loop may change. */
export function hasContent(value: Value): boolean {
  return value.kind !== 'unknown' || value.real !== undefined;
}

/** The value as the result of something else than itself: an unknown keeps its reason and its objects alone. */
export function withoutReal(value: Value): Value {
  if (value.kind !== 'unknown' || (value.real === undefined && value.mayBe?.length !== 0)) return value;
  const { reason, mayBe = [], isOpen } = value;
  return mayBe.length === 0
    ? { kind: 'unknown', reason }
    : { kind: 'unknown', reason, mayBe, ...(isOpen && { isOpen }) };
}

/** The Python integer a quantity stands for: a number, a formula or an unknown. */
export function integer(quantity: Quantity): Value {
  switch (quantity.kind) {
    case 'exact':
      return { kind: 'int', value: quantity.value };
    case 'formula':
      return { kind: 'formula', formula: quantity, isUntyped: false };
    case 'unknown':
      return unknown(quantity.reason);
  }
}

/** An integer from a number; what is not a safe integer is unknown. */
export function int(value: number): Value {
  return integer(exact(value));
}

/** The quantity a value stands for, booleans as 0 and 1; what is no integer is unknown as such. */
export function quantityOf(value: Value): Quantity {
  switch (value.kind) {
    case 'int':
      return { kind: 'exact', value: value.value };
    case 'bool':
      return { kind: 'exact', value: value.value ? 1 : 0 };
    case 'formula':
      return value.formula;
    case 'unknown':
      return unknownQuantity(value.reason);
    default:
      if (value.kind === 'instance' && value.held !== undefined) return quantityOf(value.held);
      return integerOf(value) ?? unknownQuantity({ code: 'not-an-integer', subject: show(value) });
  }
}

/** Python's name of the value's type, such as `int` or `Conv2d`. */
export function typeName(value: Value): string {
  switch (value.kind) {
    case 'none':
      return 'NoneType';
    case 'string':
      return 'str';
    case 'formula':
      return 'int';
    case 'instance':
      return value.class.name;
    case 'class':
      return 'type';
    case 'builtin':
      return 'builtin_function_or_method';
    case 'view':
      return `dict_${value.part}`;
    case 'dict':
      return value.variant?.type.name ?? 'dict';
    case 'list':
      return value.deque ? 'deque' : 'list';
    case 'set':
      return value.isFrozen ? 'frozenset' : 'set';
    default:
      return value.kind;
  }
}

const MOST_SHOWN = 12;
const DEEPEST_SHOWN = 3;

/** The value as Python's `repr` writes it, shortened where it is long; `?` for what is unknown. */
export function show(value: Value, depth = 0): string {
  if (depth > DEEPEST_SHOWN) return '…';
  const deeper = (inner: Value): string => show(inner, depth + 1);
  const showAll = (values: readonly Value[]): string => shortened(values, deeper);
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return '...';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    case 'float':
      return showFloat(value.value);
    case 'string':
      return showString(value.value);
    case 'tuple':
      return value.items.length === 1 ? `(${showAll(value.items)},)` : `(${showAll(value.items)})`;
    case 'list':
      if (value.uncertain) return '?';
      return value.deque ? `deque([${showAll(value.items)}])` : `[${showAll(value.items)}]`;
    case 'set':
      if (value.uncertain) return '?';
      if (value.elements.size === 0) return value.isFrozen ? 'frozenset()' : 'set()';
      return value.isFrozen
        ? `frozenset({${showAll([...value.elements.values()])}})`
        : `{${showAll([...value.elements.values()])}}`;
    case 'view':
      return `dict_${value.part}(${value.of.uncertain ? '?' : `[${showAll(itemsOfView(value))}]`})`;
    case 'dict':
      if (value.uncertain) return '?';
      return `{${shortened([...value.entries.values()], ({ key, value: item }) => `${deeper(key)}: ${deeper(item)}`)}}`;
    case 'range':
      return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`;
    case 'class':
      return value.name;
    case 'function':
    case 'builtin':
    case 'module':
      return value.name;
    case 'instance':
      return `${value.class.name} object`;
    case 'unknown':
    case 'formula':
      return '?';
    default:
      return value.kind;
  }
}

/** A text as Python's `repr` writes it: in double quotes where only those save escapes. */
function showString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`).replace(/\n/g, '\\n');
  return quote + escaped + quote;
}

/** A float as Python's `repr` writes it: always with a point or an exponent, the latter below 1e-4 and from 1e16 on. */
export function showFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e16) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Keys of nested tuples are not made longer than this: their parts may be shared, so that they double with each level. */
const LONGEST_KEY = 100_000;

/** What makes two keys of a dictionary the same; `undefined` for values that cannot be told apart or hashed. */
export function keyOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'none':
    case 'ellipsis':
      return value.kind;
    case 'string':
      return `'${value.value}`;
    case 'int':
      return `#${value.value}`;
    case 'float':
      return Number.isNaN(value.value) ? undefined : `#${value.value}`;
    case 'set':
      if (!value.isFrozen || value.uncertain) return undefined;
      return keyOfParts('{', [...value.elements.keys()].sort());
    case 'bool':
      return `#${value.value ? 1 : 0}`;
    case 'tuple': {
      const keys: string[] = [];
      for (const item of value.items) {
        const key = keyOf(item);
        if (key === undefined) return undefined;
        keys.push(key);
      }
      return keyOfParts('(', keys);
    }
    case 'instance':
      // Objects whose class says what is equal have no identity of their own here.
      if (value.identity === undefined) return undefined;
      return value.held === undefined ? `@${value.identity}` : keyOf(value.held);
    case 'class':
      return value.identity === undefined || value.metaclass !== undefined ? undefined : `@${value.identity}`;
    default:
      return undefined;
  }
}

/** Each part with its length before it, so that no two lists of parts read the same. */
function keyOfParts(open: string, parts: readonly string[]): string | undefined {
  let key = open;
  for (const part of parts) {
    key += `${part.length}:${part}`;
    if (key.length > LONGEST_KEY) return undefined;
  }
  return key;
}

/** A dictionary of string keys. */
export function dictOf(entries: Iterable<readonly [string, Value]>): DictValue {
  const map = new Map<string, DictEntry>();
  for (const [key, value] of entries) map.set(`'${key}`, { key: string(key), value });
  return { kind: 'dict', entries: map };
}

/** What a view shows now; nothing useful for a dictionary that is uncertain. */
export function itemsOfView({ of, part }: ViewValue): Value[] {
  const entries = [...of.entries.values()];
  if (part === 'items') return entries.map(({ key, value }) => tuple([key, value]));
  return entries.map((entry) => (part === 'keys' ? entry.key : entry.value));
}

/** Entry of a dictionary under its key's text: a key that is there already stays as it was first written. */
export function setEntry(dict: DictValue, text: string, key: Value, value: Value): void {
  dict.entries.set(text, { key: dict.entries.get(text)?.key ?? key, value });
}

/** The parameters of a function written in Python. */
export function parametersOf(value: FunctionValue): Parameters {
  return value.definition.parameters;
}

function shortened<T>(all: readonly T[], text: (each: T) => string): string {
  const shown = all.slice(0, MOST_SHOWN).map(text);
  return (all.length > shown.length ? [...shown, '…'] : shown).join(', ');
}
