/** Which names the body of a module binds, as far as its text tells. */
import type { Expression, Module, Statement } from '../python/syntax';
import { statementsIn } from './targets';

/** The names that statements of the module itself bind; `hasStar` when an `import *` may bring more. */
export interface BoundNames {
  readonly names: ReadonlySet<string>;
  readonly hasStar: boolean;
}

export function boundNames({ body }: Module): BoundNames {
  const names = new Set<string>();
  let hasStar = false;
  for (const statement of statementsIn(body, ({ kind }) => kind !== 'function' && kind !== 'class')) {
    for (const name of namesOf(statement)) names.add(name);
    hasStar ||= statement.kind === 'importFrom' && statement.names === undefined;
  }
  return { names, hasStar };
}

function namesOf(statement: Statement): string[] {
  switch (statement.kind) {
    case 'function':
    case 'class':
      return [statement.name];
    case 'assignment':
      return statement.targets.flatMap(namesIn);
    case 'augmented':
      return namesIn(statement.target);
    case 'for':
      return namesIn(statement.target);
    case 'with':
      return statement.items.flatMap(({ target }) => (target ? namesIn(target) : []));
    case 'import':
      return statement.names.map(({ path, alias }) => alias ?? path.split('.')[0] ?? path);
    case 'importFrom':
      return (statement.names ?? []).map(({ name, alias }) => alias ?? name);
    default:
      return [];
  }
}

function namesIn(target: Expression): string[] {
  switch (target.kind) {
    case 'name':
      return [target.name];
    case 'sequence':
      return target.elements.flatMap(namesIn);
    case 'starred':
      return namesIn(target.value);
    default:
      return [];
  }
}
