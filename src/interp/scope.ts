/** Names and their values: scopes as Python nests them, and the source a piece of code stands in. */
import type { Span } from '../symbolic/place';
import type { FunctionValue, Value } from './values';

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
  /** Names declared `global` or `nonlocal` here. */
  readonly outer: Map<string, 'global' | 'nonlocal'>;
  /** The function whose call this is the namespace of. */
  readonly function?: FunctionValue;
  /** Names that have stood for different data in turn. */
  readonly rebound: Set<string>;
}

export function createScope(kind: Scope['kind'], parent?: Scope, owner?: FunctionValue): Scope {
  return { kind, variables: new Map(), parent, outer: new Map(), function: owner, rebound: new Set() };
}

/** The value of `name` as code in `scope` sees it, or `undefined`. */
export function lookUp(scope: Scope, name: string): Value | undefined {
  if (scope.outer.get(name) === 'global') return moduleScope(scope).variables.get(name);
  const own = scope.variables.get(name);
  if (own !== undefined) return own;
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    if (outer.kind === 'class') continue;
    const value = outer.variables.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The outermost scope. */
export function moduleScope(scope: Scope): Scope {
  return scope.parent === undefined ? scope : moduleScope(scope.parent);
}

/** The scope that an assignment to `name` in `scope` changes. */
export function scopeOfAssignment(scope: Scope, name: string): Scope {
  const declaration = scope.outer.get(name);
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
