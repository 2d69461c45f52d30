/** What a PyTorch module has registered: its modules and parameters under their names, in PyTorch's order. */
import { deleteInInstance, setInInstance, setOwn } from '../../interp/setting';
import type { CallContext } from '../../interp/call';
import { nativeNames, unknownBase } from '../../interp/classes';
import { anyOf } from '../../interp/join';
import {
  list,
  string,
  tuple,
  type InstanceValue,
  type ListValue,
  type UnknownValue,
  type Value,
} from '../../interp/values';
import type { Reason } from '../../symbolic/reason';

/** A name with the module or parameter under it; `None` keeps a place, an unknown may be anything. */
export type Entry = readonly [name: string, value: Value];

/** What was met in order; with `uncertain` there may be more or less than the entries. */
export interface Walk {
  readonly entries: readonly Entry[];
  readonly uncertain?: Reason;
}

/** Where containers keep pairs of name and module; no Python code can write this name. */
const HELD = ' modules';

/** PyTorch's own flag, which is never a module, whatever it is. */
const TRAINING = 'training';

/** A `None` in the place of a module or parameter: what is registered there next takes the place again. */
const EMPTY_PLACE: Value = { kind: 'none' };

/** Functions of these libraries make data, not modules. */
const MAKES_DATA = /^(torch|numpy|math|random|os|sys|time|re|json)\.[a-z_0-9.]+$/;
const MAKES_MODULES = /^torch\.(hub|jit|compile|fx|package|export|ao|quantization|load)\b/;
const NUMBERS = new Set(['not-an-integer', 'too-large', 'no-input', 'channels-from-input']);

/** Whether an object's class is a `torch.nn.Module`. */
export function isOfModuleClass(value: InstanceValue): boolean {
  return isNative(value, 'Module');
}

/** Whether the value is a `torch.nn.Module`. */
export function isTorchModule(value: Value): value is InstanceValue {
  return value.kind === 'instance' && isNative(value, 'Module');
}

/** Whether the object is a `torch.nn.Parameter`. */
export function isParameter(value: Value): value is InstanceValue {
  return value.kind === 'instance' && isNative(value, 'Parameter');
}

/** Whether the value may turn out to be a module or to hold parameters. */
export function mayBeModule(value: Value): value is InstanceValue | UnknownValue {
  if (value.kind === 'instance') return isNative(value, 'Module') || unknownBase(value.class) !== undefined;
  if (value.kind !== 'unknown') return false;
  if (value.mayBe?.some((each) => mayGive(each)) === true) return true;
  if (value.mayBe !== undefined && value.isOpen !== true) return false;
  const { code, subject } = value.reason;
  const isData = code === 'unmodelled-library' && MAKES_DATA.test(subject) && !MAKES_MODULES.test(subject);
  return !NUMBERS.has(code) && !isData;
}

/** Makes the module a container, which keeps what it holds in a list of its own. */
export function becomeContainer(owner: InstanceValue, context: CallContext): void {
  setOwn(owner, HELD, context.interpreter.trail.made(list([])), context);
}

/** Everything that is registered, in order; of a container just what it holds as such. */
export function registeredIn(owner: InstanceValue): Walk {
  const held = owner.attributes.get(HELD);
  if (held?.kind === 'list' && held.uncertain === undefined) return { entries: held.items.flatMap(entryOf) };
  const why = held?.kind === 'list' ? held.uncertain : held?.kind === 'unknown' ? held.reason : undefined;
  return { entries: registeredAttributes(owner), uncertain: why };
}

/** The modules that are registered, in order; what may be one is unknown, `*` stands for any number of others. */
export function childrenOfModule(owner: InstanceValue): readonly Entry[] {
  const { entries, uncertain } = registeredIn(owner);
  const children = entries.filter(([, value]) => mayBeModule(value));
  return uncertain === undefined ? children : [...children, ['*', anyOf(possible(owner), uncertain)]];
}

/** The parameters that are registered, in order, without those of the modules that it holds. */
export function parametersOfModule(owner: InstanceValue): Walk {
  const { entries, uncertain } = registeredIn(owner);
  const held = new Set(entries.map(([name]) => name));
  const others = registeredAttributes(owner).filter(([name]) => !held.has(name));
  return {
    entries: [...entries, ...others].filter(([, value]) => isParameter(value)),
    uncertain: uncertain ?? unknownAmong([...entries, ...others]),
  };
}

/** Why one of the entries is unknown, if one is. */
export function unknownAmong(entries: readonly Entry[]): Reason | undefined {
  const open = entries.map(([, value]) => value).find((value) => value.kind === 'unknown');
  return open?.kind === 'unknown' ? open.reason : undefined;
}

/** The modules that may be among what is registered. */
export function possible(owner: InstanceValue): readonly Value[] {
  const held = owner.attributes.get(HELD);
  const kept = held?.kind === 'list' ? held.items : held?.kind === 'unknown' ? [held] : [];
  const others = [...owner.attributes].filter(([name]) => name !== TRAINING).map(([, value]) => value);
  return [...kept, ...others.filter(isRegistrable)];
}

/** Puts a value into a container under a name, whatever it is; other modules get an attribute. */
export function hold(owner: InstanceValue, name: string, value: Value, context: CallContext): void {
  if (owner.attributes.get(HELD)?.kind === 'list') register(owner, name, value, true, context);
  else setMember(owner, name, value, context);
}

/** `owner.name = value` as `torch.nn.Module` does it. */
export function setMember(owner: InstanceValue, name: string, value: Value, context: CallContext): void {
  const before = owner.attributes.get(name);
  if (name === TRAINING) return setInInstance(owner, name, value, context);
  const hadPlace = before !== undefined && (isRegistrable(before) || before === EMPTY_PLACE);
  const isContainer = owner.attributes.get(HELD)?.kind === 'list';
  if (isContainer && isParameter(value)) return setOwn(owner, name, value, context);
  if (isRegistrable(value)) return register(owner, name, value, hadPlace, context);
  if (value.kind === 'none' && hadPlace) return register(owner, name, EMPTY_PLACE, hadPlace, context);
  if (name === '_modules') return forget(owner, unmodelled('_modules', context), context);
  setInInstance(owner, name, value, context);
}

/** `del owner.name`. */
export function deleteMember(owner: InstanceValue, name: string, context: CallContext): void {
  const held = heldBy(owner, context);
  if (held !== undefined && held.uncertain === undefined)
    held.items = held.items.filter((pair) => entryOf(pair)[0]?.[0] !== name);
  deleteInInstance(owner, name, context);
}

/** Registers exactly these entries in place of those before; for containers. */
export function replaceMembers(owner: InstanceValue, entries: readonly Entry[], context: CallContext): void {
  for (const [name] of registeredIn(owner).entries) deleteInInstance(owner, name, context);
  const held = heldBy(owner, context);
  if (held !== undefined) held.items = [];
  for (const [name, value] of entries) hold(owner, name, value, context);
}

/** More is registered than can be told, `values` among it. */
export function addUncertain(
  owner: InstanceValue,
  values: readonly Value[],
  why: Reason,
  context: CallContext,
): void {
  const held = heldBy(owner, context);
  if (held === undefined) return forget(owner, why, context);
  held.items.push(...values);
  held.uncertain ??= why;
}

/** What is registered under which name cannot be told any more. */
export function forget(owner: InstanceValue, why: Reason, context: CallContext): void {
  const { entries } = registeredIn(owner);
  setOwn(owner, HELD, anyOf(possible(owner), why), context);
  for (const [name, value] of entries)
    setOwn(owner, name, anyOf([value], { ...why, subject: name }), context);
}

function register(
  owner: InstanceValue,
  name: string,
  value: Value,
  hadPlace: boolean,
  context: CallContext,
): void {
  const held = heldBy(owner, context);
  if (held !== undefined) {
    const at = held.items.findIndex((pair) => entryOf(pair)[0]?.[0] === name);
    const pair = tuple([string(name), value]);
    if (at >= 0 && held.uncertain === undefined) held.items[at] = pair;
    else held.items.push(pair);
  } else if (!hadPlace && owner.attributes.has(name)) {
    context.interpreter.trail.assign(owner, name, value);
    owner.attributes.delete(name);
  }
  setOwn(owner, name, value, context);
}

/** The list of a container, about to be changed. */
function heldBy(owner: InstanceValue, context: CallContext): ListValue | undefined {
  const held = owner.attributes.get(HELD);
  if (held?.kind !== 'list') return undefined;
  context.interpreter.trail.touch(held);
  return held;
}

function registeredAttributes(owner: InstanceValue): readonly Entry[] {
  return [...owner.attributes]
    .filter(([name]) => name !== HELD && name !== TRAINING)
    .filter(([, value]) => isRegistrable(value) || value === EMPTY_PLACE)
    .map(([name, value]): Entry => [name, certain(owner, name, value)]);
}

function isRegistrable(value: Value): boolean {
  return isParameter(value) || mayBeModule(value);
}

/** What only one of several ways has set may be absent. */
function certain(owner: InstanceValue, name: string, value: Value): Value {
  return owner.doubtful?.has(name) ? anyOf([value], { code: 'branch', subject: name }) : value;
}

function entryOf(pair: Value): [] | [Entry] {
  const [name, value] = pair.kind === 'tuple' ? pair.items : [];
  return name?.kind === 'string' && value !== undefined ? [[name.value, value]] : [];
}

/** Whether the object holds parameters, or makes such as do; what comes from a container may be any of its items. */
function mayGive(value: Value, seen = new Set<Value>()): boolean {
  if (value.kind === 'instance') return mayHold(value);
  if (value.kind === 'class' || seen.has(value)) return value.kind === 'class';
  seen.add(value);
  if (value.kind === 'list') return value.items.some((item) => mayGive(item, seen));
  if (value.kind !== 'dict') return false;
  return [...value.entries.values()].some((entry) => mayGive(entry.value, seen));
}

function mayHold(value: InstanceValue): boolean {
  const isOurs = isNative(value, 'Module') || isNative(value, 'Parameter');
  return isOurs || unknownBase(value.class) !== undefined;
}

function isNative(value: InstanceValue, wanted: string): boolean {
  return nativeNames(value.class).has(wanted);
}

function unmodelled(subject: string, { place }: CallContext): Reason {
  return { code: 'unmodelled', subject, place };
}
