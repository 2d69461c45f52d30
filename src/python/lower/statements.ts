/** Simple statements: a rule for each, and what becomes of those the parser could not read. */
import type { Assignment, BinaryOperator, ErrorStatement, Expression, Statement } from '../syntax';
import { childIn, isDamaged, isError, markIn, phrases, type TreeNode } from '../tree';
import { readableExpressions } from './damage';
import { lowerBareTuple } from './expressions';
import { lowerImport, lowerImportFrom } from './imports';
import { errorExpression, identifier, unreadable, type Lowering } from './lowering';

export type StatementRule = (lowering: Lowering, node: TreeNode) => Statement;

/** Text that is not a statement, with what can be read in it. */
export function errorStatement(lowering: Lowering, nodes: readonly TreeNode[]): ErrorStatement | undefined {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) return undefined;
  return {
    kind: 'error',
    span: lowering.span(first, last),
    expressions: readableExpressions(lowering, nodes),
  };
}

const notAStatement: StatementRule = (lowering, node) => ({
  kind: 'error',
  span: lowering.span(node),
  expressions: readableExpressions(lowering, node.children),
});

/** A rule for statements that mean nothing any more when a part of them is unreadable. */
const whole =
  (rule: StatementRule): StatementRule =>
  (lowering, node) =>
    isDamaged(node) ? notAStatement(lowering, node) : rule(lowering, node);

const expressionStatement: StatementRule = (lowering, node) => {
  const [first] = node.children;
  if (first?.type === 'assignment') return assignment(lowering, first);
  if (first?.type === 'augmented_assignment') return augmented(lowering, first);
  if (isDamaged(node)) return notAStatement(lowering, node);
  return {
    kind: 'expression',
    span: lowering.span(node),
    expression: lowerBareTuple(lowering, node, phrases(node)),
  };
};

/** A damaged assignment still binds its targets, to something unknown. */
function assignment(lowering: Lowering, node: TreeNode): Assignment {
  const targets: Expression[] = [];
  let annotation: TreeNode | undefined;
  let current = node;
  let isBroken = false;
  for (;;) {
    const left = childIn(current, 'left');
    const right = childIn(current, 'right');
    targets.push(left ? lowering.expression(left) : errorExpression(lowering, current));
    annotation = childIn(current, 'type') ?? annotation;
    isBroken ||= isDamaged(current);
    if (right?.type === 'assignment') {
      current = right;
      continue;
    }
    const value = right && (isBroken ? errorExpression(lowering, right) : lowering.expression(right));
    if (isBroken) lowering.salvage(current.children.filter(isError));
    return {
      kind: 'assignment',
      span: lowering.span(node),
      targets,
      ...(annotation && { annotation: lowering.expression(annotation) }),
      ...(value && { value }),
    };
  }
}

const augmented: StatementRule = (lowering, node) => {
  const target = childIn(node, 'left');
  const operator = markIn(node);
  const value = childIn(node, 'right');
  if (!target || !operator || !value) return notAStatement(lowering, node);
  return {
    kind: 'augmented',
    span: lowering.span(node),
    operator: operator.type.slice(0, -1) as BinaryOperator,
    target: lowering.expression(target),
    value: isDamaged(node) ? errorExpression(lowering, value) : lowering.expression(value),
  };
};

const returning: StatementRule = (lowering, node) => {
  const value = phrases(node)[0];
  // A return of something unreadable still returns.
  const lowered = value && (isDamaged(node) ? errorExpression(lowering, node) : lowering.expression(value));
  return { kind: 'return', span: lowering.span(node), ...(lowered && { value: lowered }) };
};

const raising: StatementRule = (lowering, node) => {
  const exception = phrases(node).find((child) => child.field !== 'cause');
  return {
    kind: 'raise',
    span: lowering.span(node),
    ...(exception && { exception: lowering.expression(exception) }),
  };
};

const asserting: StatementRule = (lowering, node) => {
  const [condition, message] = phrases(node);
  if (!condition) return notAStatement(lowering, node);
  return {
    kind: 'assert',
    span: lowering.span(node),
    condition: lowering.expression(condition),
    ...(message && { message: lowering.expression(message) }),
  };
};

const deleting: StatementRule = (lowering, node) => {
  const targets = phrases(node).flatMap((child) =>
    child.type === 'expression_list' ? phrases(child) : [child],
  );
  return {
    kind: 'delete',
    span: lowering.span(node),
    targets: targets.map((each) => lowering.expression(each)),
  };
};

const scope =
  (type: 'global' | 'nonlocal'): StatementRule =>
  (lowering, node) => ({
    kind: 'scope',
    span: lowering.span(node),
    type,
    names: phrases(node).map((child) => identifier(lowering, child)),
  });

const simple =
  (kind: 'pass' | 'break' | 'continue'): StatementRule =>
  (lowering, node) => ({ kind, span: lowering.span(node) });

/** `type A = …` binds a name to a type, which is not modelled. */
const typeAlias: StatementRule = (lowering, node) => {
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  if (!left || !right) return notAStatement(lowering, node);
  const target = lowering.expression(left);
  return {
    kind: 'assignment',
    span: lowering.span(node),
    // `A[T]` binds `A`.
    targets: [target.kind === 'subscript' ? target.object : target],
    value: unreadable(lowering, right, right),
  };
};

export const simpleRules: readonly (readonly [string, StatementRule])[] = [
  ['expression_statement', expressionStatement],
  ['import_statement', lowerImport],
  ['import_from_statement', lowerImportFrom],
  ['future_import_statement', lowerImportFrom],
  ['return_statement', returning],
  ['raise_statement', whole(raising)],
  ['assert_statement', whole(asserting)],
  ['delete_statement', whole(deleting)],
  ['global_statement', scope('global')],
  ['nonlocal_statement', scope('nonlocal')],
  ['pass_statement', simple('pass')],
  ['break_statement', simple('break')],
  ['continue_statement', simple('continue')],
  ['type_alias_statement', whole(typeAlias)],
  // Python 2.
  ['print_statement', notAStatement],
  ['exec_statement', notAStatement],
];
