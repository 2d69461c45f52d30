/** Stars that belong to a whole element, which the grammar binds to the first word behind them: `[*f(x)]`. */
import type { Expression } from '../syntax';

/** The element with a star that stands at its very left taken out and put around all of it. */
export function wholeStarred(element: Expression): Expression {
  const value = element.kind === 'starred' ? element : unstarred(element, 0);
  return value === undefined || element.kind === 'starred'
    ? element
    : { kind: 'starred', span: element.span, value };
}

const deepest = 200;

/** The expression without the star at its left; `undefined` where there is none. */
function unstarred(expression: Expression, depth: number): Expression | undefined {
  if (expression.kind === 'starred') return depth > 0 ? expression.value : undefined;
  if (depth > deepest) return undefined;
  const inner = (part: Expression): Expression | undefined => unstarred(part, depth + 1);
  const from = (part: Expression) => ({ start: part.span.start, end: expression.span.end });
  switch (expression.kind) {
    case 'call': {
      const callee = inner(expression.callee);
      return callee && { ...expression, callee, span: from(callee) };
    }
    case 'attribute':
    case 'subscript': {
      const object = inner(expression.object);
      return object && { ...expression, object, span: from(object) };
    }
    case 'binary':
    case 'boolean': {
      const left = inner(expression.left);
      return left && { ...expression, left, span: from(left) };
    }
    case 'comparison': {
      const first = inner(expression.first);
      return first && { ...expression, first, span: from(first) };
    }
    case 'conditional': {
      const consequence = inner(expression.consequence);
      return consequence && { ...expression, consequence, span: from(consequence) };
    }
    default:
      return undefined;
  }
}
