/** Names and their values: scopes as Python nests them, and the source a piece of code stands in. */
import type { Span } from '../symbolic/place';
import { unknown, type FunctionValue, type Value } from './values';

/** One file or notebook cell that code stands in. */
export interface SourceUnit {
  readonly uri: string;
  /** The text of a stretch of it. */
  textOf(span: Span): string;
}

/** A namespace of code being run. Class bodies are passed over when functions inside them look names up. */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class';
  variables: Map<string, Value>;
  readonly parent?: Scope;
  /** Names declared `global` or `nonlocal` here; absent where there are none. */
  outer?: Map<string, 'global' | 'nonlocal'>;
  /** The function whose call this is the namespace of. */
  readonly function?: FunctionValue;
  /** Names that the function's code binds: where they have no value yet, none outside stands for them. */
  readonly locals?: ReadonlySet<string>;
  /** What import statements bring from files; absent where there are none. */
  imported?: Imported;
}

/** Names that come from other files, which are read when a name of theirs is first asked for. */
export interface Imported {
  /** By name. */
  readonly names: Map<string, () => Value | undefined>;
  /** What `import *` brings, the last one first. */
  stars: readonly ((name: string) => Value | undefined)[];
}

export function createScope(
  kind: Scope['kind'],
  parent?: Scope,
  owner?: FunctionValue,
  locals?: ReadonlySet<string>,
): Scope {
  return { kind, variables: new Map(), parent, function: owner, locals };
}

/** The value of `name` as code in `scope` sees it, or `undefined`. */
export function lookUp(scope: Scope, name: string): Value | undefined {
  if (scope.outer?.get(name) === 'global') return heldBy(moduleScope(scope), name);
  const own = heldBy(scope, name);
  if (own !== undefined) return own;
  if (scope.locals?.has(name)) return unbound(name);
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    if (outer.kind === 'class') continue;
    const value = heldBy(outer, name);
    if (value !== undefined) return value;
    if (outer.locals?.has(name)) return unbound(name);
  }
  return undefined;
}

/** Python raises for a name of a function that has no value yet. */
function unbound(name: string): Value {
  return unknown({ code: 'undefined-name', subject: name });
}

/** The value that the scope itself holds under the name, imports included. */
export function heldBy(scope: Scope, name: string): Value | undefined {
  const own = scope.variables.get(name);
  if (own !== undefined || scope.imported === undefined) return own;
  const named = scope.imported.names.get(name);
  if (named !== undefined) return named();
  for (const star of scope.imported.stars) {
    const value = star(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The imports of a scope, to add to. */
export function importsOf(scope: Scope): Imported {
  scope.imported ??= { names: new Map(), stars: [] };
  return scope.imported;
}

/** The outermost scope. */
export function moduleScope(scope: Scope): Scope {
  return scope.parent === undefined ? scope : moduleScope(scope.parent);
}

/** The scope that an assignment to `name` in `scope` changes. */
export function scopeOfAssignment(scope: Scope, name: string): Scope {
  const declaration = scope.outer?.get(name);
  if (declaration === undefined) return scope;
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    const isTarget =
      declaration === 'global'
        ? outer.kind === 'module'
        : outer.kind === 'function' && outer.variables.has(name);
    if (isTarget) return outer;
  }
  return scope;
}
