/** The part of Python's standard library that code about layers leans on: its modules by name. */
import type { ModuleValue, Value } from '../values';
import { argparseMembers } from './argparse';
import { attributeDict, collectionsMembers } from './collections';
import { copyMembers } from './copy';
import { functoolsMembers } from './functools';
import { inspectMembers } from './inspect';
import { itertoolsMembers } from './itertools';
import { mathMembers } from './math';
import { objectMembers } from './objects';
import { operatorMembers } from './operator';
import { reMembers } from './re';
import { osMembers } from './system';
import {
  bisectMembers,
  heapqMembers,
  jsonMembers,
  pathMembers,
  statisticsMembers,
  stringMembers,
} from './texts';
import { abcMembers, typingMember } from './typing';

/** Runs Python text with some names given and gives the names it binds. */
export type DefinePython = (text: string, names: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>;

/** The module of that name, or `undefined`; `builtins` gives the built-in types, `python` runs modules of our own text. */
export function standardModule(
  path: string,
  builtins: ReadonlyMap<string, Value>,
  python: DefinePython,
): ModuleValue | undefined {
  const make = Object.hasOwn(MODULES, path) ? MODULES[path] : undefined;
  const about = objectMembers(path, builtins);
  if (make === undefined && about.size === 0) return undefined;
  const members = make === undefined ? new Map<string, Value>() : make(builtins, python);
  const read = typeof members === 'function' ? members : (name: string) => members.get(name);
  return {
    kind: 'module',
    name: path,
    member: (name) => about.get(name) ?? read(name),
    names: () => [...new Set([...about.keys(), ...(typeof members === 'function' ? [] : members.keys())])],
    patched: new Map(),
  };
}

type Members = ReadonlyMap<string, Value> | ((name: string) => Value | undefined);

const MODULES: Readonly<
  Record<string, (builtins: ReadonlyMap<string, Value>, python: DefinePython) => Members>
> = {
  addict: (builtins) => new Map([['Dict', attributeDict('Dict', builtins)]]),
  argparse: (_, python) => argparseMembers(python),
  bisect: bisectMembers,
  collections: collectionsMembers,
  'collections.abc': abcMembers,
  copy: copyMembers,
  easydict: (builtins) => new Map([['EasyDict', attributeDict('EasyDict', builtins)]]),
  functools: functoolsMembers,
  heapq: heapqMembers,
  inspect: inspectMembers,
  itertools: itertoolsMembers,
  json: jsonMembers,
  math: mathMembers,
  ml_collections: (builtins) => new Map([['ConfigDict', attributeDict('ConfigDict', builtins)]]),
  operator: operatorMembers,
  os: osMembers,
  'os.path': pathMembers,
  re: reMembers,
  statistics: statisticsMembers,
  string: stringMembers,
  types: (_, python) => python(SIMPLE_NAMESPACE, new Map()),
  typing: () => typingMember,
  typing_extensions: () => typingMember,
};

const SIMPLE_NAMESPACE = `
class SimpleNamespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])
    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__
`;
