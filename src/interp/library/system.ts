/** Python's modules about the machine and the interpreter: what a run depends on, such as the environment, is unknown. */
import { native, unmodelled } from '../natives';
import { string, type ModuleValue, type Value } from '../values';
import { pathMembers } from './texts';

/** The members of `os` that are known; the others are library functions that are not modelled. */
export function osMembers(): ReadonlyMap<string, Value> {
  const members = pathMembers();
  const path: ModuleValue = {
    kind: 'module',
    name: 'os.path',
    member: (name) => members.get(name),
    names: () => [...members.keys()],
    patched: new Map(),
  };
  return new Map<string, Value>([
    ['path', path],
    ['getenv', native('getenv', (_, context) => unmodelled('os.getenv()', context))],
    ['sep', string('/')],
  ]);
}
