/** Statements with blocks: branches, loops, definitions, `with`, `try` and `match`. */
import { mayLeave } from './endings';
import type {
  Argument,
  ClassDefinition,
  FunctionDefinition,
  If,
  Match,
  Statement,
  Try,
  With,
} from '../syntax';
import { childIn, childOf, childrenIn, isError, phrases, type TreeNode } from '../tree';
import { lowerArguments } from './arguments';
import { lowerBareTuple } from './expressions';
import { errorExpression, identifier, type Lowering } from './lowering';
import { lowerParameters } from './parameters';
import { lowerPatterns } from './patterns';
import type { StatementRule } from './statements';

function block(lowering: Lowering, node: TreeNode | undefined): Statement[] {
  return node ? lowering.statements(node.children) : [];
}

/** A part the grammar asks for; an `error` where it is not there. */
function part(lowering: Lowering, node: TreeNode, field: string): ReturnType<Lowering['expression']> {
  const child = childIn(node, field);
  if (child) return lowering.expression(child);
  return { kind: 'error', span: lowering.span({ start: node.start, end: node.start }), text: '' };
}

/** The block of the `else` clause. */
function elseBlock(lowering: Lowering, node: TreeNode): Statement[] {
  const clause = childOf(node, 'else_clause');
  return clause ? block(lowering, childIn(clause, 'body')) : [];
}

/** Unreadable text in a header is salvaged, and the statement stays. */
const keepingDamage =
  (rule: StatementRule): StatementRule =>
  (lowering, node) => {
    lowering.salvage(node.children.filter(isError));
    return rule(lowering, node);
  };

const ifStatement: StatementRule = (lowering, node): If => {
  const clauses = [node, ...node.children.filter((child) => child.type === 'elif_clause')];
  const lowered = clauses.map((clause) => ({
    condition: part(lowering, clause, 'condition'),
    body: block(lowering, childIn(clause, 'consequence')),
    start: clause,
  }));
  let alternative: Statement[] = elseBlock(lowering, node);
  for (const { condition, body, start } of lowered.slice(1).reverse()) {
    const span = lowering.span(start, node);
    alternative = [{ kind: 'if', span, condition, body, alternative, mayLeave: mayLeave(body, alternative) }];
  }
  const [first] = lowered;
  const body = first?.body ?? [];
  return {
    kind: 'if',
    span: lowering.span(node),
    condition: first?.condition ?? errorExpression(lowering, node),
    body,
    alternative,
    mayLeave: mayLeave(body, alternative),
  };
};

const forStatement: StatementRule = (lowering, node) => ({
  kind: 'for',
  span: lowering.span(node),
  target: part(lowering, node, 'left'),
  iterable: part(lowering, node, 'right'),
  body: block(lowering, childIn(node, 'body')),
  alternative: elseBlock(lowering, node),
});

const whileStatement: StatementRule = (lowering, node) => ({
  kind: 'while',
  span: lowering.span(node),
  condition: part(lowering, node, 'condition'),
  body: block(lowering, childIn(node, 'body')),
  alternative: elseBlock(lowering, node),
});

const withStatement: StatementRule = (lowering, node): With => {
  const items = phrases(childOf(node, 'with_clause') ?? node).filter((child) => child.type === 'with_item');
  const body = block(lowering, childIn(node, 'body'));
  return {
    kind: 'with',
    span: lowering.span(node),
    items: items.flatMap(contexts).map((context) => withItem(lowering, context)),
    body,
    mayLeave: mayLeave(body),
  };
};

/** The contexts of an item: `with (a as b, c):` has two, though the brackets read as a tuple. */
function contexts(item: TreeNode): readonly TreeNode[] {
  const value = childIn(item, 'value');
  if (value?.type === 'tuple' || value?.type === 'parenthesized_expression') return phrases(value);
  return value ? [value] : [];
}

function withItem(lowering: Lowering, node: TreeNode): With['items'][number] {
  const target = node.type === 'as_pattern' ? childIn(node, 'alias') : undefined;
  const context = node.type === 'as_pattern' ? node.children[0] : node;
  return {
    context: context ? lowering.expression(context) : errorExpression(lowering, node),
    ...(target && { target: lowering.expression(target) }),
  };
}

const tryStatement: StatementRule = (lowering, node): Try => {
  const final = childOf(node, 'finally_clause');
  return {
    kind: 'try',
    span: lowering.span(node),
    body: block(lowering, childIn(node, 'body')),
    handlers: node.children
      .filter((child) => child.type === 'except_clause')
      .map((clause) => handler(lowering, clause)),
    alternative: elseBlock(lowering, node),
    final: final ? block(lowering, childOf(final, 'block')) : [],
  };
};

function handler(lowering: Lowering, clause: TreeNode): Try['handlers'][number] {
  const value = childIn(clause, 'value');
  const isAs = value?.type === 'as_pattern';
  const type = isAs ? value.children[0] : value;
  const alias = childIn(isAs ? value : clause, 'alias');
  return {
    ...(type && { type: lowering.expression(type) }),
    ...(alias && { name: identifier(lowering, alias) }),
    body: block(lowering, childOf(clause, 'block')),
  };
}

const matchStatement: StatementRule = (lowering, node): Match => {
  const subjects = childrenIn(node, 'subject');
  const body = childIn(node, 'body');
  const clauses = body?.children.filter((child) => child.type === 'case_clause') ?? [];
  const subject = lowerBareTuple(lowering, node, subjects);
  const cases = clauses.map((clause) => {
    const guard = childIn(clause, 'guard');
    const condition = guard && phrases(guard)[0];
    return {
      pattern: lowerPatterns(lowering, clause),
      ...(condition && { guard: lowering.expression(condition) }),
      body: block(lowering, childIn(clause, 'consequence')),
    };
  });
  return {
    kind: 'match',
    span: lowering.span(node),
    subject,
    cases,
    mayLeave: mayLeave(...cases.map((each) => each.body)),
  };
};

const functionDefinition: StatementRule = (lowering, node): FunctionDefinition => {
  const name = childIn(node, 'name') ?? node;
  const returns = childIn(node, 'return_type');
  const { value: body, isGenerator } = lowering.inFunction(() => block(lowering, childIn(node, 'body')));
  return {
    kind: 'function',
    span: lowering.span(node),
    name: identifier(lowering, name),
    nameSpan: lowering.span(name),
    parameters: lowerParameters(lowering, childIn(node, 'parameters')),
    ...(returns && { returns: lowering.expression(returns) }),
    decorators: [],
    body,
    isAsync: childOf(node, 'async') !== undefined,
    isGenerator,
  };
};

const classDefinition: StatementRule = (lowering, node): ClassDefinition => {
  const name = childIn(node, 'name') ?? node;
  const bases = childIn(node, 'superclasses');
  const found: readonly Argument[] = bases ? lowerArguments(lowering, bases) : [];
  return {
    kind: 'class',
    span: lowering.span(node),
    name: identifier(lowering, name),
    nameSpan: lowering.span(name),
    arguments: found,
    decorators: [],
    body: lowering.inClass(
      identifier(lowering, name),
      () => lowering.inFunction(() => block(lowering, childIn(node, 'body'))).value,
    ),
  };
};

const decoratedDefinition: StatementRule = (lowering, node) => {
  const decorators = node.children
    .filter((child) => child.type === 'decorator')
    .flatMap((child) => phrases(child).slice(0, 1))
    .map((expression) => lowering.expression(expression));
  const definition = childIn(node, 'definition');
  if (definition?.type === 'class_definition') {
    return { ...(keepingDamage(classDefinition)(lowering, definition) as ClassDefinition), decorators };
  }
  if (definition?.type === 'function_definition') {
    return { ...(keepingDamage(functionDefinition)(lowering, definition) as FunctionDefinition), decorators };
  }
  return { kind: 'error', span: lowering.span(node), expressions: decorators };
};

export const compoundRules: readonly (readonly [string, StatementRule])[] = [
  ['if_statement', keepingDamage(ifStatement)],
  ['for_statement', keepingDamage(forStatement)],
  ['while_statement', keepingDamage(whileStatement)],
  ['with_statement', keepingDamage(withStatement)],
  ['try_statement', keepingDamage(tryStatement)],
  ['match_statement', keepingDamage(matchStatement)],
  ['function_definition', keepingDamage(functionDefinition)],
  ['class_definition', keepingDamage(classDefinition)],
  ['decorated_definition', keepingDamage(decoratedDefinition)],
];
