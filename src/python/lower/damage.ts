/** Text the parser could not read: comma-separated parts around it, and the calls that can still be seen in it. */
import type { Argument, Call, Expression } from '../syntax';
import { isDamaged, isError, type TreeNode } from '../tree';
import { identifier, unreadable, type Lowering } from './lowering';

/** What stands between two commas: one phrase, or several nodes that make none. */
export type Segment =
  | { readonly kind: 'phrase'; readonly node: TreeNode }
  | {
      readonly kind: 'damaged';
      readonly nodes: readonly TreeNode[];
      readonly start: number;
      readonly end: number;
    };

/** The parts between the commas of a bracketed list, brackets left out, a last empty part left out. */
export function segments(list: TreeNode): readonly Segment[] {
  const found: Segment[] = [];
  let nodes: TreeNode[] = [];
  let start = list.start;
  const close = (end: number): void => {
    const [only] = nodes;
    const isPhrase = only !== undefined && nodes.length === 1 && only.isNamed && !isError(only);
    found.push(isPhrase ? { kind: 'phrase', node: only } : { kind: 'damaged', nodes, start, end });
    nodes = [];
  };
  const children = isDamaged(list) ? list.children.flatMap(withCommas) : list.children;
  for (const node of children) {
    if (node.type === ',') {
      close(node.start);
      start = node.end;
    } else if (brackets.has(node.type)) {
      if (found.length === 0 && nodes.length === 0) start = node.end;
    } else {
      nodes.push(node);
    }
  }
  if (nodes.length > 0) close(list.end);
  return found;
}

const brackets = new Set(['(', ')', '[', ']', '{', '}']);

/** An unreadable stretch with commas counts as the parts they separate. */
function withCommas(node: TreeNode): readonly TreeNode[] {
  return isError(node) && node.children.some((child) => child.type === ',') ? node.children : [node];
}

/** A damaged part as an `error` expression; what can be read in it is salvaged. */
export function damagedExpression(lowering: Lowering, segment: Segment & { kind: 'damaged' }): Expression {
  lowering.salvage(segment.nodes);
  const first = segment.nodes[0];
  const last = segment.nodes.at(-1);
  if (first && last) return unreadable(lowering, first, last);
  return { kind: 'error', span: lowering.span(segment, segment), text: '' };
}

/** Expressions that can be read among `nodes`, half-typed calls included. */
export function readableExpressions(lowering: Lowering, nodes: readonly TreeNode[]): Expression[] {
  const flat = flatten(nodes, 0);
  const found: Expression[] = [];
  for (let index = 0; index < flat.length;) {
    const read = readExpression(lowering, flat, index);
    if (read) found.push(read.value);
    index = read ? read.next : index + 1;
  }
  return found;
}

const maximumDepth = 50;

/** Opens what is no expression of its own: unreadable stretches, lists of arguments, clauses. */
function flatten(nodes: readonly TreeNode[], depth: number): TreeNode[] {
  if (depth > maximumDepth) return [];
  return nodes.flatMap((node) =>
    node.children.length > 0 && !expressionTypes.has(node.type) ? flatten(node.children, depth + 1) : [node],
  );
}

/** The grammar's expressions; literals and names alone carry nothing worth keeping but may be callees or arguments. */
const expressionTypes = new Set(
  (
    'call attribute subscript binary_operator unary_operator boolean_operator not_operator comparison_operator ' +
    'conditional_expression lambda list tuple set dictionary list_comprehension dictionary_comprehension ' +
    'set_comprehension generator_expression parenthesized_expression await yield named_expression ' +
    'identifier integer float string concatenated_string true false none ellipsis list_splat'
  ).split(' '),
);

interface Read<T> {
  readonly value: T;
  readonly next: number;
}

function readExpression(
  lowering: Lowering,
  nodes: readonly TreeNode[],
  index: number,
): Read<Expression> | undefined {
  const node = nodes[index];
  if (!node || !expressionTypes.has(node.type)) return undefined;
  const opening = nodes[index + 1];
  const isCallee = node.type === 'identifier' || node.type === 'attribute';
  if (isCallee && opening?.type === '(') return readCall(lowering, nodes, index, opening);
  return { value: lowering.expression(node), next: index + 1 };
}

/** `callee ( argument , argument …` up to the closing bracket, or as far as it can be read. */
function readCall(
  lowering: Lowering,
  nodes: readonly TreeNode[],
  index: number,
  opening: TreeNode,
): Read<Call> | undefined {
  const calleeNode = nodes[index];
  if (!calleeNode) return undefined;
  const found: Argument[] = [];
  let last = opening;
  let next = index + 2;
  for (let node = nodes[next]; node; node = nodes[next]) {
    const argument = node.type === ',' || node.type === ')' ? undefined : readArgument(lowering, nodes, next);
    if (node.type !== ',' && node.type !== ')' && !argument) break;
    if (argument) found.push(argument.value);
    next = argument ? argument.next : next + 1;
    last = nodes[next - 1] ?? node;
    if (node.type === ')') break;
  }
  const callee = lowering.expression(calleeNode);
  const span = lowering.span(calleeNode, last);
  const value: Call = {
    kind: 'call',
    span,
    callee,
    arguments: found,
    argumentsSpan: lowering.span(opening, last),
  };
  return { value, next };
}

function readArgument(
  lowering: Lowering,
  nodes: readonly TreeNode[],
  index: number,
): Read<Argument> | undefined {
  const node = nodes[index];
  const equals = nodes[index + 1];
  if (!node) return undefined;
  const isKeyword = node.type === 'identifier' && equals?.type === '=';
  if (isKeyword) {
    const value = readExpression(lowering, nodes, index + 2);
    const span = lowering.span(node, equals);
    return {
      value: {
        span: value ? { start: span.start, end: value.value.span.end } : span,
        form: 'keyword',
        keyword: identifier(lowering, node),
        value: value?.value ?? { kind: 'error', span: { start: span.end, end: span.end }, text: '' },
      },
      next: value ? value.next : index + 2,
    };
  }
  const value = readExpression(lowering, nodes, index);
  return (
    value && { value: { span: value.value.span, form: 'positional', value: value.value }, next: value.next }
  );
}
