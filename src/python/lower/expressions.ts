/** Expressions: a rule for each of the grammar's phrases. */
import type {
  BinaryOperator,
  Comparison,
  ComparisonOperator,
  ComprehensionClause,
  Expression,
  Slice,
  Unary,
} from '../syntax';
import { childIn, childOf, childrenIn, isDamaged, markIn, phrases, type TreeNode } from '../tree';
import { lowerArguments } from './arguments';
import { damagedExpression, segments } from './damage';
import { errorExpression, identifier, placeholder, sourceOf, unreadable, type Lowering } from './lowering';
import { readFloat, readInteger } from './numbers';
import { lowerParameters } from './parameters';
import { wholeStarred } from './stars';
import { lowerString } from './strings';

type Rule = (lowering: Lowering, node: TreeNode) => Expression;

/** The expression of a phrase, its damage included. */
export function lowerExpression(lowering: Lowering, node: TreeNode): Expression {
  const rule = node.isMissing ? undefined : rules.get(node.type);
  if (!rule || (isDamaged(node) && !ownDamage.has(node.type))) return errorExpression(lowering, node);
  return rule(lowering, node);
}

/** Phrases whose rules find their own unreadable parts. */
const ownDamage = new Set(['list', 'tuple', 'set', 'dictionary', 'string', 'concatenated_string']);

/** Names and values without a bracket around them: one is itself, several or one with a comma are a tuple. */
export function lowerBareTuple(lowering: Lowering, parent: TreeNode, nodes: readonly TreeNode[]): Expression {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) return errorExpression(lowering, parent);
  const hasComma = parent.children.some((child) => child.type === ',');
  if (nodes.length === 1 && !hasComma) return lowering.expression(first);
  const comma = parent.children.at(-1)?.type === ',' ? parent.children.at(-1) : undefined;
  const elements = nodes.map((node) => wholeStarred(lowering.expression(node)));
  return { kind: 'sequence', type: 'tuple', span: lowering.span(first, comma ?? last), elements };
}

const name: Rule = (lowering, node) => {
  const text = identifier(lowering, node);
  if (text === placeholder) return unreadable(lowering, node, node);
  return { kind: 'name', span: lowering.span(node), name: text };
};

const number =
  (read: typeof readInteger): Rule =>
  (lowering, node) => {
    const reading = read(sourceOf(lowering, node));
    return reading ? { ...reading, span: lowering.span(node) } : errorExpression(lowering, node);
  };

const constant =
  (value: true | false | null | '...'): Rule =>
  (lowering, node) => ({ kind: 'constant', span: lowering.span(node), value });

/** What stands for the phrase in it: brackets and annotations. */
const inner: Rule = (lowering, node) => {
  const [only, ...others] = phrases(node);
  return only && others.length === 0 ? lowering.expression(only) : errorExpression(lowering, node);
};

/** A rule for phrases whose operands are named by the grammar; it does not apply when one is missing. */
const withFields =
  <K extends string>(
    fields: readonly K[],
    make: (lowering: Lowering, operands: Readonly<Record<K, TreeNode>>, node: TreeNode) => Expression,
  ): Rule =>
  (lowering, node) => {
    const operands: Partial<Record<K, TreeNode>> = {};
    for (const field of fields) {
      const child = childIn(node, field);
      if (!child) return errorExpression(lowering, node);
      operands[field] = child;
    }
    return make(lowering, operands as Record<K, TreeNode>, node);
  };

const attribute = withFields(['object', 'attribute'], (lowering, operands, node) => {
  const nameSpan = lowering.span(operands.attribute);
  const object = lowering.expression(operands.object);
  const word = identifier(lowering, operands.attribute);
  if (word === placeholder || operands.attribute.isMissing) return errorExpression(lowering, node);
  return { kind: 'attribute', span: lowering.span(node), object, name: word, nameSpan };
});

const call = withFields(['function', 'arguments'], (lowering, operands, node) => ({
  kind: 'call',
  span: lowering.span(node),
  callee: lowering.expression(operands.function),
  arguments: lowerArguments(lowering, operands.arguments),
  argumentsSpan: lowering.span(operands.arguments),
}));

const subscript: Rule = (lowering, node) => {
  const object = childIn(node, 'value');
  const indices = childrenIn(node, 'subscript');
  const [first] = indices;
  if (!object || !first) return errorExpression(lowering, node);
  const comma = node.children.filter((child) => child.type === ',').at(-1);
  const lastIndex = indices.at(-1) ?? first;
  const last = comma && comma.start >= lastIndex.end ? comma : lastIndex;
  const elements = indices.map((index) => lowering.expression(index));
  // A starred index is a tuple of its own.
  const isTuple = comma !== undefined || elements[0]?.kind === 'starred';
  return {
    kind: 'subscript',
    span: lowering.span(node),
    object: lowering.expression(object),
    index:
      !isTuple && elements[0]
        ? elements[0]
        : { kind: 'sequence', type: 'tuple', span: lowering.span(first, last), elements },
  };
};

const slice: Rule = (lowering, node) => {
  const bounds: (TreeNode | undefined)[] = [undefined];
  for (const child of node.children) {
    if (child.type === ':') bounds.push(undefined);
    else bounds[bounds.length - 1] = child;
  }
  const [start, stop, step] = bounds;
  const lowered: Slice = {
    kind: 'slice',
    span: lowering.span(node),
    ...(start && { start: lowering.expression(start) }),
    ...(stop && { stop: lowering.expression(stop) }),
    ...(step && { step: lowering.expression(step) }),
  };
  return lowered;
};

const unary = withFields(['argument'], (lowering, { argument }, node) => ({
  kind: 'unary',
  span: lowering.span(node),
  operator: markIn(node)?.type as Unary['operator'],
  operand: lowering.expression(argument),
}));

const not = withFields(['argument'], (lowering, { argument }, node) => ({
  kind: 'unary',
  span: lowering.span(node),
  operator: 'not',
  operand: lowering.expression(argument),
}));

const binary = withFields(['left', 'right'], (lowering, { left, right }, node) => ({
  kind: 'binary',
  span: lowering.span(node),
  operator: markIn(node)?.type as BinaryOperator,
  left: lowering.expression(left),
  right: lowering.expression(right),
}));

const boolean = withFields(['left', 'right'], (lowering, { left, right }, node) => ({
  kind: 'boolean',
  span: lowering.span(node),
  operator: markIn(node)?.type === 'or' ? 'or' : 'and',
  left: lowering.expression(left),
  right: lowering.expression(right),
}));

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=', 'is', 'is not', 'in', 'not in']);

const comparison: Rule = (lowering, node) => {
  const [first, ...others] = node.children;
  const rest: Comparison['rest'][number][] = [];
  for (let index = 0; index + 1 < others.length; index += 2) {
    const operator = others[index]?.type ?? '';
    const operand = others[index + 1];
    if (!operand || !comparisons.has(operator)) return errorExpression(lowering, node);
    rest.push({ operator: operator as ComparisonOperator, operand: lowering.expression(operand) });
  }
  if (!first || rest.length === 0) return errorExpression(lowering, node);
  return { kind: 'comparison', span: lowering.span(node), first: lowering.expression(first), rest };
};

const conditional: Rule = (lowering, node) => {
  const [consequence, condition, alternative] = phrases(node);
  if (!consequence || !condition || !alternative) return errorExpression(lowering, node);
  return {
    kind: 'conditional',
    span: lowering.span(node),
    condition: lowering.expression(condition),
    consequence: lowering.expression(consequence),
    alternative: lowering.expression(alternative),
  };
};

const lambda = withFields(['body'], (lowering, { body }, node) => ({
  kind: 'lambda',
  span: lowering.span(node),
  parameters: lowerParameters(lowering, childIn(node, 'parameters')),
  body: lowering.inFunction(() => lowering.expression(body)).value,
}));

const sequence =
  (type: 'tuple' | 'list' | 'set'): Rule =>
  (lowering, node) => ({
    kind: 'sequence',
    type,
    span: lowering.span(node),
    elements: segments(node).map((segment) =>
      segment.kind === 'phrase'
        ? wholeStarred(lowering.expression(segment.node))
        : damagedExpression(lowering, segment),
    ),
  });

/** Several targets or values without brackets. */
const bareTuple: Rule = (lowering, node) => lowerBareTuple(lowering, node, phrases(node));

const dictionary: Rule = (lowering, node) => ({
  kind: 'dictionary',
  span: lowering.span(node),
  // An unreadable entry counts as `**` of something unknown: it may set any key.
  entries: segments(node).map((segment) => {
    if (segment.kind === 'damaged') return { value: damagedExpression(lowering, segment) };
    const key = childIn(segment.node, 'key');
    const value = childIn(segment.node, 'value') ?? segment.node.children.at(-1);
    if (!value || isDamaged(segment.node)) return { value: errorExpression(lowering, segment.node) };
    return { ...(key && { key: lowering.expression(key) }), value: lowering.expression(value) };
  }),
});

const comprehension =
  (type: 'list' | 'set' | 'dictionary' | 'generator'): Rule =>
  (lowering, node) => {
    const body = childIn(node, 'body');
    const key = body?.type === 'pair' ? childIn(body, 'key') : undefined;
    const element = body?.type === 'pair' ? childIn(body, 'value') : body;
    const clauses: ComprehensionClause[] = [];
    for (const clause of phrases(node)) {
      const lowered = comprehensionClause(lowering, clause);
      if (lowered) clauses.push(lowered);
    }
    if (!element || clauses[0]?.kind !== 'for') return errorExpression(lowering, node);
    return {
      kind: 'comprehension',
      type,
      span: lowering.span(node),
      ...(key && { key: lowering.expression(key) }),
      element: lowering.expression(element),
      clauses,
    };
  };

function comprehensionClause(lowering: Lowering, node: TreeNode): ComprehensionClause | undefined {
  if (node.type === 'if_clause') {
    const condition = phrases(node)[0];
    return condition && { kind: 'if', condition: lowering.expression(condition) };
  }
  if (node.type !== 'for_in_clause') return undefined;
  const target = childIn(node, 'left');
  const iterables = childrenIn(node, 'right');
  if (!target) return undefined;
  return {
    kind: 'for',
    target: lowering.expression(target),
    iterable: lowerBareTuple(lowering, node, iterables),
  };
}

const starred: Rule = (lowering, node) => {
  const value = node.children.at(-1);
  if (!value || value.type === '*') return errorExpression(lowering, node);
  return { kind: 'starred', span: lowering.span(node), value: lowering.expression(value) };
};

const named = withFields(['name', 'value'], (lowering, operands, node) => ({
  kind: 'named',
  span: lowering.span(node),
  target: { kind: 'name', span: lowering.span(operands.name), name: identifier(lowering, operands.name) },
  value: lowering.expression(operands.value),
}));

const awaiting: Rule = (lowering, node) => {
  const value = phrases(node)[0];
  if (!value) return errorExpression(lowering, node);
  return { kind: 'await', span: lowering.span(node), value: lowering.expression(value) };
};

const yielding: Rule = (lowering, node) => {
  lowering.noteYield();
  const value = phrases(node)[0];
  const isFrom = childOf(node, 'from') !== undefined;
  return {
    kind: 'yield',
    span: lowering.span(node),
    isFrom,
    ...(value && { value: lowering.expression(value) }),
  };
};

/** `list[int]` where a type is expected. */
const genericType: Rule = (lowering, node) => {
  const [generic, list] = node.children;
  const indices = list ? phrases(list) : [];
  const [first] = indices;
  if (!generic || !list || !first) return errorExpression(lowering, node);
  return {
    kind: 'subscript',
    span: lowering.span(node),
    object: name(lowering, generic),
    index: lowerBareTuple(lowering, list, indices),
  };
};

const unionType: Rule = (lowering, node) => {
  const [left, right] = phrases(node);
  if (!left || !right) return errorExpression(lowering, node);
  return {
    kind: 'binary',
    span: lowering.span(node),
    operator: '|',
    left: lowering.expression(left),
    right: lowering.expression(right),
  };
};

const memberType: Rule = (lowering, node) => {
  const [object, member] = phrases(node);
  if (!object || !member) return errorExpression(lowering, node);
  return {
    kind: 'attribute',
    span: lowering.span(node),
    object: lowering.expression(object),
    name: identifier(lowering, member),
    nameSpan: lowering.span(member),
  };
};

const rules = new Map<string, Rule>([
  ['identifier', name],
  ['integer', number(readInteger)],
  ['float', number(readFloat)],
  ['string', lowerString],
  ['concatenated_string', lowerString],
  ['true', constant(true)],
  ['false', constant(false)],
  ['none', constant(null)],
  ['ellipsis', constant('...')],
  ['attribute', attribute],
  ['call', call],
  ['subscript', subscript],
  ['slice', slice],
  ['unary_operator', unary],
  ['not_operator', not],
  ['binary_operator', binary],
  ['boolean_operator', boolean],
  ['comparison_operator', comparison],
  ['conditional_expression', conditional],
  ['lambda', lambda],
  ['list', sequence('list')],
  ['tuple', sequence('tuple')],
  ['set', sequence('set')],
  ['list_pattern', sequence('list')],
  ['tuple_pattern', sequence('tuple')],
  ['expression_list', bareTuple],
  ['pattern_list', bareTuple],
  ['dictionary', dictionary],
  ['list_comprehension', comprehension('list')],
  ['set_comprehension', comprehension('set')],
  ['dictionary_comprehension', comprehension('dictionary')],
  ['generator_expression', comprehension('generator')],
  ['list_splat', starred],
  ['list_splat_pattern', starred],
  ['splat_type', starred],
  ['named_expression', named],
  ['await', awaiting],
  ['yield', yielding],
  ['parenthesized_expression', inner],
  ['as_pattern_target', inner],
  ['type', inner],
  ['generic_type', genericType],
  ['union_type', unionType],
  ['member_type', memberType],
]);
