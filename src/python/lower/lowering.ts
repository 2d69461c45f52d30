/** What the rules that turn the parser's tree into syntax offer one another. */
import type { Span } from '../../symbolic/place';
import type { ErrorExpression, Expression, Statement } from '../syntax';
import type { TreeNode } from '../tree';

/** Offsets in the text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Lowering {
  readonly text: string;
  /** Where a stretch stands, or that from its start to the end of another. */
  span(from: Stretch, to?: Stretch): Span;
  /** An expression, or an `error` for what is none or is nested too deeply. */
  expression(node: TreeNode): Expression;
  /** The statements among `nodes`, in order. */
  statements(nodes: readonly TreeNode[]): Statement[];
  /** Runs `lowerBody` as the body of a function or lambda and tells whether it yielded. */
  inFunction<T>(lowerBody: () => T): { readonly value: T; readonly isGenerator: boolean };
  noteYield(): void;
  /** Runs `lowerBody` as the body of a class, whose private names carry the class's own. */
  inClass<T>(name: string, lowerBody: () => T): T;
  /** The class whose body is being read. */
  readonly className: string | undefined;
  /** Keeps the readable expressions in text that becomes an `error`, for the statement around it. */
  salvage(nodes: readonly TreeNode[]): void;
}

/** The name put where an operand is missing, so that the rest of a half-typed line is read. */
export const placeholder = '__missing_operand__';

export function sourceOf(lowering: Lowering, node: TreeNode): string {
  return lowering.text.slice(node.start, node.end);
}

/** An identifier as Python compares it: in normal form KC, with the class's name in front of private ones. */
export function identifier(lowering: Lowering, node: TreeNode): string {
  const name = sourceOf(lowering, node).normalize('NFKC');
  if (lowering.className === undefined || !name.startsWith('__') || name.endsWith('__')) return name;
  const owner = lowering.className.replace(/^_+/, '');
  return owner === '' ? name : `_${owner}${name}`;
}

/** `node` as text that is not an expression; the expressions in it are salvaged. */
export function errorExpression(lowering: Lowering, node: TreeNode): ErrorExpression {
  lowering.salvage(node.children);
  return unreadable(lowering, node, node);
}

/** The text between two nodes as one that is not an expression. */
export function unreadable(lowering: Lowering, from: TreeNode, to: TreeNode): ErrorExpression {
  const text = lowering.text.slice(from.start, to.end);
  return { kind: 'error', span: lowering.span(from, to), text: text === placeholder ? '' : text };
}
