/** Walks over PyTorch modules: what `named_modules()`, `parameters()` and their kin give, in PyTorch's order and names. */
import type { CallContext } from '../../interp/call';
import { string, tuple, typeName, type InstanceValue, type Value } from '../../interp/values';
import type { Reason } from '../../symbolic/reason';
import { buffersOfModule } from './buffers';
import {
  childrenOfModule,
  isTorchModule,
  parametersOfModule,
  unknownAmong,
  type Entry,
  type Walk,
} from './registration';

/** Every module at any depth with its qualified name, the module itself first; shared ones once unless all are wanted. */
export function namedModules(root: InstanceValue, prefix = '', isOnce = true): Walk {
  const seen = new Set<Value>();
  const entries: Entry[] = [];
  const found: { uncertain?: Reason } = {};
  const visit = (value: Value, name: string, above: readonly Value[]): void => {
    if (value.kind === 'unknown') found.uncertain ??= value.reason;
    if (value.kind === 'unknown' || above.includes(value) || (isOnce && seen.has(value))) return;
    seen.add(value);
    entries.push([name, value]);
    if (!isTorchModule(value)) return;
    for (const [own, child] of childrenOfModule(value)) visit(child, join(name, own), [...above, value]);
  };
  visit(root, prefix, []);
  return { entries, uncertain: found.uncertain };
}

/** The modules that it holds itself, shared ones once. */
export function namedChildren(root: InstanceValue): Walk {
  const entries = childrenOfModule(root);
  const known = entries.filter(([, value]) => value.kind !== 'unknown');
  return { entries: onlyOnce(known), uncertain: unknownAmong(entries) };
}

/** Every parameter with its qualified name, shared ones once unless all are wanted. */
export function namedParameters(root: InstanceValue, prefix = '', isDeep = true, isOnce = true): Walk {
  return members(root, prefix, isDeep, isOnce, parametersOfModule);
}

/** Every buffer with its qualified name. */
export function namedBuffers(root: InstanceValue, prefix = '', isDeep = true, isOnce = true): Walk {
  return members(root, prefix, isDeep, isOnce, buffersOfModule);
}

/** What `state_dict()` holds: of each module its parameters, then its buffers that are kept; shared ones each time. */
export function namedState(root: InstanceValue, prefix = ''): Walk {
  return members(root, prefix, true, false, (module) => {
    const [own, kept] = [parametersOfModule(module), buffersOfModule(module, true)];
    return { entries: [...own.entries, ...kept.entries], uncertain: own.uncertain ?? kept.uncertain };
  });
}

/** An iterator over what a walk met. */
export function iteratorOf(
  { entries, uncertain }: Walk,
  context: CallContext,
  make: (entry: Entry) => Value,
): Value {
  return context.interpreter.trail.made({
    kind: 'iterator',
    items: entries.map(make),
    position: 0,
    uncertain,
  });
}

/** `(name, value)`. */
export function asPair([name, value]: Entry): Value {
  return tuple([string(name), value]);
}

function members(
  root: InstanceValue,
  prefix: string,
  isDeep: boolean,
  isOnce: boolean,
  own: (module: InstanceValue) => Walk,
): Walk {
  const walk: Walk = isDeep ? namedModules(root, prefix, isOnce) : { entries: [[prefix, root]] };
  const entries: Entry[] = [];
  const reasons = [walk.uncertain];
  for (const [path, module] of walk.entries) {
    if (!isTorchModule(module)) {
      reasons.push({ code: 'unmodelled', subject: `the parameters of ${typeName(module)}` });
      continue;
    }
    const found = own(module);
    reasons.push(found.uncertain);
    entries.push(...found.entries.map(([name, value]): Entry => [join(path, name), value]));
  }
  return { entries: isOnce ? onlyOnce(entries) : entries, uncertain: reasons.find(Boolean) };
}

function onlyOnce(entries: readonly Entry[]): readonly Entry[] {
  const first = new Map<Value, Entry>();
  for (const entry of entries) if (!first.has(entry[1])) first.set(entry[1], entry);
  return [...first.values()];
}

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}
