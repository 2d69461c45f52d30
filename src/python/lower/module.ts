/** A whole text: ties the rules together and lowers the root. */
import type { Span } from '../../symbolic/place';
import type { ErrorExpression, Expression, Statement } from '../syntax';
import { isError, type TreeNode } from '../tree';
import { compoundRules } from './compound';
import { readableExpressions } from './damage';
import { lowerExpression } from './expressions';
import { unreadable, type Lowering } from './lowering';
import { errorStatement, simpleRules } from './statements';

/** Deeper nesting becomes an `error`; Python itself refuses 200 nested brackets. */
const maximumDepth = 200;

const rules = new Map([...simpleRules, ...compoundRules]);

export interface LoweringInput {
  readonly text: string;
  /** The span between two offsets of `text`. */
  readonly spanBetween: (start: number, end: number) => Span;
  /** Statements that take the place of a `pass` starting at an offset. */
  readonly substitutes?: (start: number) => readonly Statement[] | undefined;
}

/** The statements of a tree. Never throws. */
export function lowerModule(input: LoweringInput, root: TreeNode): readonly Statement[] {
  return createLowering(input).statements(isError(root) ? [root] : root.children);
}

function createLowering({ text, spanBetween, substitutes }: LoweringInput): Lowering {
  let depth = 0;
  let hasYield = false;
  let salvaged: Expression[] = [];
  let className: string | undefined;

  const expression = (node: TreeNode): Expression => {
    if (depth >= maximumDepth) return tooDeep(node);
    depth++;
    const lowered = lowerExpression(lowering, node);
    depth--;
    return lowered;
  };
  const tooDeep = (node: TreeNode): ErrorExpression => unreadable(lowering, node, node);

  /** A statement, and behind it what was salvaged from its unreadable parts. */
  const statement = (node: TreeNode): Statement[] => {
    const rule = rules.get(node.type);
    if (!rule || depth >= maximumDepth)
      return [{ kind: 'error', span: lowering.span(node), expressions: [] }];
    const outer = salvaged;
    salvaged = [];
    depth++;
    const lowered = rule(lowering, node);
    depth--;
    const own = salvaged;
    salvaged = outer;
    return own.length > 0 ? [lowered, { kind: 'error', span: lowered.span, expressions: own }] : [lowered];
  };

  const statements = (nodes: readonly TreeNode[]): Statement[] => {
    const found: Statement[] = [];
    let loose: TreeNode[] = [];
    const flush = (): void => {
      const lost = errorStatement(lowering, loose);
      if (lost) found.push(lost);
      loose = [];
    };
    for (const node of openErrors(nodes, 0)) {
      if (rules.has(node.type)) {
        flush();
        const substitute = node.type === 'pass_statement' ? substitutes?.(node.start) : undefined;
        found.push(...(substitute ?? statement(node)));
      } else if (node.type !== ';') {
        loose.push(node);
      }
    }
    flush();
    return found;
  };

  const lowering: Lowering = {
    text,
    span: (from, to = from) => spanBetween(from.start, to.end),
    expression,
    statements,
    inFunction(lowerBody) {
      const outer = hasYield;
      hasYield = false;
      const value = lowerBody();
      const isGenerator = hasYield;
      hasYield = outer;
      return { value, isGenerator };
    },
    get className() {
      return className;
    },
    inClass(name, lowerBody) {
      const outer = className;
      className = name;
      const value = lowerBody();
      className = outer;
      return value;
    },
    noteYield() {
      hasYield = true;
    },
    salvage(nodes) {
      if (depth < maximumDepth) salvaged.push(...readableExpressions(lowering, nodes).filter(isWorthKeeping));
    },
  };
  return lowering;
}

/** Names and literals salvaged from an expression tell nothing. */
function isWorthKeeping({ kind }: Expression): boolean {
  return !plainKinds.has(kind);
}

const plainKinds = new Set<Expression['kind']>(['name', 'integer', 'float', 'string', 'constant', 'error']);

const maximumErrorDepth = 50;

/** Unreadable stretches and stray blocks opened, so that the statements in them are seen. */
function openErrors(nodes: readonly TreeNode[], depth: number): readonly TreeNode[] {
  if (depth > maximumErrorDepth || !nodes.some(isOpened)) return nodes;
  return nodes.flatMap((node) => (isOpened(node) ? openErrors(node.children, depth + 1) : [node]));
}

function isOpened(node: TreeNode): boolean {
  return (isError(node) && node.children.length > 0) || node.type === 'block';
}
