/** The members of standard modules that are about classes and functions rather than data. */
import type { Value } from '../values';
import { abcMembers } from './abc';
import { contextMembers } from './contexts';
import { dataclassesMembers } from './dataclasses';
import { decoratorMembers } from './decorators';
import { enumMembers } from './enums';
import { namedTupleType, typedNamedTuple } from './namedtuples';
import { typingClasses } from './typingClasses';

/** What the module of that path has of these; nothing for other modules. */
export function objectMembers(
  path: string,
  builtins: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const make = Object.hasOwn(MODULES, path) ? MODULES[path] : undefined;
  return make?.(builtins) ?? new Map<string, Value>();
}

type Make = (builtins: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>;

const MODULES: Readonly<Record<string, Make>> = {
  abc: abcMembers,
  collections: (builtins) => new Map([['namedtuple', namedTupleType(builtins)]]),
  contextlib: contextMembers,
  dataclasses: dataclassesMembers,
  enum: enumMembers,
  functools: decoratorMembers,
  typing: (builtins) => new Map([...typingClasses(builtins), ['NamedTuple', typedNamedTuple(builtins)]]),
  typing_extensions: (builtins) =>
    new Map([...typingClasses(builtins), ['NamedTuple', typedNamedTuple(builtins)]]),
};
