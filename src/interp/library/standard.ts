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
import { typesMembers } from './types';
import { abcMembers, typingMember } from './typing';

/** Runs Python text with some names given and gives the names it binds. */
export type DefinePython = (text: string, names: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>;

/** Another module by name. */
export type StandardModules = (path: string) => ModuleValue | undefined;

/**
 * The module of that name, or `undefined`; `builtins` gives the built-in types, `python` runs modules of our own text,
 * `standard` gives the modules whose members this one has too.
 */
export function standardModule(
  path: string,
  builtins: ReadonlyMap<string, Value>,
  python: DefinePython,
  standard: StandardModules,
): ModuleValue | undefined {
  const make = Object.hasOwn(MODULES, path) ? MODULES[path] : undefined;
  const about = objectMembers(path, builtins);
  if (make === undefined && about.size === 0) return undefined;
  const members = make === undefined ? new Map<string, Value>() : make(builtins, python, standard);
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

type Make = (
  builtins: ReadonlyMap<string, Value>,
  python: DefinePython,
  standard: StandardModules,
) => Members;

const MODULES: Readonly<Record<string, Make>> = {
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
  types: (_, python) => typesMembers(python),
  typing: typingMembers,
  typing_extensions: typingMembers,
};

/** Names of `typing` are those of containers in other modules, or annotations alone. */
function typingMembers(...[builtins, , standard]: Parameters<Make>): Members {
  return (name) => typingMember(name, builtins, standard('collections'));
}
