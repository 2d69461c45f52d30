/** Buffers of PyTorch modules: tensors that belong to a module's state and are no parameters. */
import { setOwn } from '../../interp/setting';
import type { CallContext } from '../../interp/call';
import { bool, dictOf, type DictValue, type InstanceValue, type Value } from '../../interp/values';
import type { Entry, Walk } from './registration';

/** Where a module keeps the names of its buffers and whether they are saved; no Python code can write this name. */
const NAMES = ' buffers';

/** `register_buffer`: the attribute, and that it is a buffer. */
export function addBuffer(
  owner: InstanceValue,
  name: string,
  value: Value,
  isKept: boolean,
  context: CallContext,
): void {
  const names = namesOf(owner) ?? context.interpreter.trail.made(dictOf([]));
  context.interpreter.trail.touch(names);
  names.entries.set(`'${name}`, { key: { kind: 'string', value: name }, value: bool(isKept) });
  setOwn(owner, NAMES, names, context);
  setOwn(owner, name, value, context);
}

/** The buffers that are registered, in order; only those that are saved where that is asked. */
export function buffersOfModule(owner: InstanceValue, onlyKept = false): Walk {
  const names = namesOf(owner);
  const entries = [...(names?.entries.values() ?? [])].flatMap(({ key, value: isKept }): Entry[] => {
    const name = key.kind === 'string' ? key.value : '';
    const value = owner.attributes.get(name);
    if (value === undefined || value.kind === 'none') return [];
    return onlyKept && isKept.kind === 'bool' && !isKept.value ? [] : [[name, value]];
  });
  return { entries, uncertain: names?.uncertain };
}

function namesOf(owner: InstanceValue): DictValue | undefined {
  const names = owner.attributes.get(NAMES);
  return names?.kind === 'dict' ? names : undefined;
}
