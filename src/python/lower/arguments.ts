/** Arguments of calls and class definitions. */
import type { Argument } from '../syntax';
import { childIn, type TreeNode } from '../tree';
import { damagedExpression, segments } from './damage';
import { errorExpression, identifier, type Lowering } from './lowering';

/** The arguments in a bracketed list; an unreadable one keeps its place as an `error`. */
export function lowerArguments(lowering: Lowering, list: TreeNode): readonly Argument[] {
  if (list.type === 'generator_expression') {
    const value = lowering.expression(list);
    return [{ span: value.span, form: 'positional', value }];
  }
  return segments(list).map((segment) => {
    if (segment.kind === 'phrase') return lowerArgument(lowering, segment.node);
    const value = damagedExpression(lowering, segment);
    return { span: value.span, form: 'positional', value };
  });
}

function lowerArgument(lowering: Lowering, node: TreeNode): Argument {
  const span = lowering.span(node);
  const last = node.children.at(-1);
  switch (node.type) {
    case 'keyword_argument': {
      const name = childIn(node, 'name');
      const value = childIn(node, 'value');
      if (!name || !value || node.children.length !== 3) {
        return { span, form: 'positional', value: errorExpression(lowering, node) };
      }
      return {
        span,
        form: 'keyword',
        keyword: identifier(lowering, name),
        value: lowering.expression(value),
      };
    }
    case 'list_splat':
      return {
        span,
        form: 'star',
        value: last ? lowering.expression(last) : errorExpression(lowering, node),
      };
    case 'dictionary_splat':
      return {
        span,
        form: 'doubleStar',
        value: last ? lowering.expression(last) : errorExpression(lowering, node),
      };
    default:
      return { span, form: 'positional', value: lowering.expression(node) };
  }
}
