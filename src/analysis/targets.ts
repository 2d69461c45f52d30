/** What calls are assigned to, as it is written: `self.conv1` of `self.conv1 = nn.Conv2d(…)`. */
import type { Statement } from '../python/syntax';
import { comparePositions, type Position, type Span } from '../symbolic/place';

/** The text of the target of every call that is assigned as a whole, by the call's start. */
export function assignmentTargets(
  body: readonly Statement[],
  textOf: (span: Span) => string,
): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const statement of statementsIn(body, () => true)) {
    if (statement.kind === 'assignment' && statement.value?.kind === 'call' && statement.targets[0])
      targets.set(positionKey(statement.value.span.start), textOf(statement.targets[0].span));
  }
  return targets;
}

/** Where names of a module are assigned last, by name. */
export function assignedNames(body: readonly Statement[]): ReadonlyMap<string, Span> {
  const names = new Map<string, Span>();
  for (const statement of statementsIn(body, ({ kind }) => kind !== 'function' && kind !== 'class')) {
    const targets = statement.kind === 'assignment' ? statement.targets : [];
    for (const target of targets) {
      if (target.kind !== 'name') continue;
      const before = names.get(target.name);
      if (before === undefined || comparePositions(before.start, target.span.start) < 0)
        names.set(target.name, target.span);
    }
  }
  return names;
}

/** A position as a key. */
export function positionKey({ line, character }: Position): string {
  return `${line}:${character}`;
}

/** The statements of a block and of the blocks in them, as far as `isEntered` says; however deep they are nested. */
export function* statementsIn(
  body: readonly Statement[],
  isEntered: (statement: Statement) => boolean,
): Generator<Statement> {
  const blocks = [body];
  for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
    for (const statement of block) {
      yield statement;
      if (isEntered(statement)) blocks.push(...blocksOf(statement));
    }
  }
}

/** The blocks of a compound statement; none for any other. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'function':
    case 'class':
    case 'with':
      return [statement.body];
    case 'if':
    case 'for':
    case 'while':
      return [statement.body, statement.alternative];
    case 'try':
      return [
        statement.body,
        ...statement.handlers.map((handler) => handler.body),
        statement.alternative,
        statement.final,
      ];
    case 'match':
      return statement.cases.map((each) => each.body);
    default:
      return [];
  }
}
