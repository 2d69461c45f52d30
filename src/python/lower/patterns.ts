/** Patterns of `case` clauses. */
import type { Pattern } from '../syntax';
import { phrases, type TreeNode } from '../tree';
import { identifier, sourceOf, unreadable, type Lowering } from './lowering';

/** The pattern of a clause: `case a, b:` is a sequence. */
export function lowerPatterns(lowering: Lowering, clause: TreeNode): Pattern {
  const patterns = clause.children.filter((child) => child.type === 'case_pattern');
  const [only] = patterns;
  const hasComma = clause.children.some((child) => child.type === ',');
  return only && patterns.length === 1 && !hasComma
    ? lowerPattern(lowering, only)
    : sequencePattern(lowering, patterns);
}

function lowerPattern(lowering: Lowering, node: TreeNode): Pattern {
  switch (node.type) {
    case 'case_pattern':
      return alternatives(lowering, node.children)[0] ?? other(lowering, node);
    case 'union_pattern':
      return { kind: 'or', patterns: alternatives(lowering, node.children) };
    case 'as_pattern':
      return asPattern(lowering, node);
    case 'list_pattern':
      return sequencePattern(lowering, phrases(node));
    case 'tuple_pattern': {
      const patterns = phrases(node);
      const isGroup = patterns.length === 1 && !node.children.some((child) => child.type === ',');
      return isGroup && patterns[0]
        ? lowerPattern(lowering, patterns[0])
        : sequencePattern(lowering, patterns);
    }
    case 'dotted_name':
      return dottedName(lowering, node);
    case 'splat_pattern':
      return starPattern(lowering, node);
    case 'dict_pattern':
      return mappingPattern(lowering, node);
    case 'class_pattern':
      return classPattern(lowering, node);
    case '_':
      return { kind: 'wildcard' };
    case 'integer':
    case 'float':
    case 'string':
    case 'concatenated_string':
    case 'true':
    case 'false':
    case 'none':
      return { kind: 'value', value: lowering.expression(node) };
    default:
      return other(lowering, node);
  }
}

/** The patterns among `nodes`; a minus belongs to the number behind it. */
function alternatives(lowering: Lowering, nodes: readonly TreeNode[]): Pattern[] {
  const found: Pattern[] = [];
  let minus: TreeNode | undefined;
  for (const node of nodes) {
    if (node.type === '-') minus = node;
    else if (node.type !== '|') {
      found.push(minus ? negative(lowering, minus, node) : lowerPattern(lowering, node));
      minus = undefined;
    }
  }
  return found;
}

function negative(lowering: Lowering, minus: TreeNode, node: TreeNode): Pattern {
  const span = lowering.span(minus, node);
  return { kind: 'value', value: { kind: 'unary', span, operator: '-', operand: lowering.expression(node) } };
}

function sequencePattern(lowering: Lowering, nodes: readonly TreeNode[]): Pattern {
  const patterns = nodes.map((node) => lowerPattern(lowering, node));
  const stars = patterns.filter((pattern) => pattern.kind === 'star').length;
  if (stars > 1) return { kind: 'other', names: nodes.flatMap((node) => bound(lowering, node)) };
  return { kind: 'sequence', patterns };
}

/** `*rest`; `*_` binds nothing. */
function starPattern(lowering: Lowering, node: TreeNode): Pattern {
  const [name] = phrases(node);
  return { kind: 'star', ...(name && name.type === 'identifier' && { name: identifier(lowering, name) }) };
}

/** `{'key': pattern, **rest}`; one with other parts is not read. */
function mappingPattern(lowering: Lowering, node: TreeNode): Pattern {
  const entries: { key: ReturnType<Lowering['expression']>; pattern: Pattern }[] = [];
  let key: TreeNode | undefined;
  let rest: string | undefined;
  for (const child of node.children) {
    if (child.type === 'splat_pattern') {
      const [name] = phrases(child);
      if (name) rest = identifier(lowering, name);
    } else if (child.type === 'case_pattern') {
      if (key === undefined) return other(lowering, node);
      entries.push({ key: lowering.expression(key), pattern: lowerPattern(lowering, child) });
      key = undefined;
    } else if (KEYS.has(child.type)) key = child;
    else if (!PUNCTUATION.has(child.type)) return other(lowering, node);
  }
  return { kind: 'mapping', entries, ...(rest !== undefined && { rest }) };
}

const KEYS = new Set(['string', 'concatenated_string', 'integer', 'float', 'true', 'false', 'none']);
const PUNCTUATION = new Set(['{', '}', ':', ',', '**']);

/** `Type(pattern, name=pattern)`. */
function classPattern(lowering: Lowering, node: TreeNode): Pattern {
  const [type, ...parts] = phrases(node);
  const named = type?.type === 'dotted_name' ? dottedName(lowering, type, true) : undefined;
  if (named?.kind !== 'value') return other(lowering, node);
  const positional: Pattern[] = [];
  const keywords: { name: string; pattern: Pattern }[] = [];
  for (const part of parts) {
    const inner = part.type === 'case_pattern' ? part.children[0] : undefined;
    if (inner?.type !== 'keyword_pattern') positional.push(lowerPattern(lowering, part));
    else {
      const [name] = phrases(inner);
      const value = inner.children.slice(2);
      const pattern = alternatives(lowering, value)[0];
      if (!name || !pattern) return other(lowering, node);
      keywords.push({ name: identifier(lowering, name), pattern });
    }
  }
  return { kind: 'class', type: named.value, positional, keywords };
}

function asPattern(lowering: Lowering, node: TreeNode): Pattern {
  const [pattern, name] = phrases(node);
  if (!pattern || !name) return other(lowering, node);
  return { kind: 'as', pattern: lowerPattern(lowering, pattern), name: identifier(lowering, name) };
}

/** A name alone catches the value; a dotted one is compared with it. */
function dottedName(lowering: Lowering, node: TreeNode, isType = false): Pattern {
  const [first, ...others] = phrases(node);
  if (!first) return other(lowering, node);
  const name = identifier(lowering, first);
  if (others.length === 0 && !isType) return name === '_' ? { kind: 'wildcard' } : { kind: 'capture', name };
  const value = others.reduce<ReturnType<Lowering['expression']>>(
    (object, member) => ({
      kind: 'attribute',
      span: lowering.span(first, member),
      object,
      name: identifier(lowering, member),
      nameSpan: lowering.span(member),
    }),
    first.isMissing ? unreadable(lowering, first, first) : lowering.expression(first),
  );
  return { kind: 'value', value };
}

function other(lowering: Lowering, node: TreeNode): Pattern {
  return { kind: 'other', names: bound(lowering, node) };
}

const maximumDepth = 100;

/** The names a pattern binds; a class's own name and keywords are none. */
function bound(lowering: Lowering, node: TreeNode, depth = 0): string[] {
  if (depth > maximumDepth) return [];
  if (node.type === 'dotted_name') {
    const name = sourceOf(lowering, node);
    return name === '_' || name.includes('.') ? [] : [identifier(lowering, node)];
  }
  if (node.type === 'identifier') return sourceOf(lowering, node) === '_' ? [] : [identifier(lowering, node)];
  const skipped = node.type === 'class_pattern' || node.type === 'keyword_pattern' ? 1 : 0;
  return node.children.slice(skipped).flatMap((child) => bound(lowering, child, depth + 1));
}
