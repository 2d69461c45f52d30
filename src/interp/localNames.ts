/** Which names a function's own code binds: they are its own even where they have no value yet. */
import type { FunctionDefinition } from '../python/syntax';

/** The names that the body binds anywhere, except those it declares `global` or `nonlocal`. */
export function localNames({ body }: FunctionDefinition): ReadonlySet<string> {
  const bound = new Set<string>();
  const declared = new Set<string>();
  visit(body, bound, declared);
  for (const name of declared) bound.delete(name);
  return bound;
}

/** Goes through syntax as the plain data it is; functions, classes and lambdas inside have names of their own. */
function visit(node: unknown, bound: Set<string>, declared: Set<string>): void {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, bound, declared);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const held = node as Readonly<Record<string, unknown>>;
  const inner = (...keys: readonly string[]): void => {
    for (const key of keys) visit(held[key], bound, declared);
  };
  switch (held['kind']) {
    case 'function':
    case 'class':
      bound.add(String(held['name']));
      return;
    case 'lambda':
      return;
    case 'scope':
      for (const name of held['names'] as readonly string[]) declared.add(name);
      return;
    case 'assignment':
      bind(held['targets'], bound);
      return inner('value');
    case 'augmented':
    case 'named':
      bind(held['target'], bound);
      return inner('value');
    case 'for':
      bind(held['target'], bound);
      return inner('iterable', 'body', 'alternative');
    case 'delete':
      return bind(held['targets'], bound);
    case 'with':
      for (const item of held['items'] as readonly Readonly<Record<string, unknown>>[])
        bind(item['target'], bound);
      return inner('items', 'body');
    case 'try':
      for (const handler of held['handlers'] as readonly { readonly name?: string }[])
        if (handler.name !== undefined) bound.add(handler.name);
      return inner('body', 'handlers', 'alternative', 'final');
    case 'import':
      for (const { path, alias } of held['names'] as readonly { path: string; alias?: string }[])
        bound.add(alias ?? path.split('.')[0] ?? path);
      return;
    case 'importFrom':
      for (const { name, alias } of (held['names'] ?? []) as readonly { name: string; alias?: string }[])
        bound.add(alias ?? name);
      return;
    case 'capture':
    case 'as':
      bound.add(String(held['name']));
      return inner('pattern');
    case 'other':
      for (const name of held['names'] as readonly string[]) bound.add(name);
      return;
    case 'comprehension':
      // The targets of its clauses are its own.
      for (const clause of held['clauses'] as readonly Readonly<Record<string, unknown>>[])
        visit([clause['iterable'], clause['condition']], bound, declared);
      return inner('key', 'element');
    default:
      for (const [key, each] of Object.entries(held)) if (key !== 'span') visit(each, bound, declared);
  }
}

function bind(target: unknown, bound: Set<string>): void {
  if (Array.isArray(target)) {
    for (const each of target) bind(each, bound);
    return;
  }
  if (target === null || typeof target !== 'object') return;
  const held = target as Readonly<Record<string, unknown>>;
  if (held['kind'] === 'name') bound.add(String(held['name']));
  else if (held['kind'] === 'sequence') bind(held['elements'], bound);
  else if (held['kind'] === 'starred') bind(held['value'], bound);
}
