/** Parameter lists of functions and lambdas. */
import { arrangeParameters } from '../parameters';
import type { Parameter, Parameters } from '../syntax';
import { childIn, isError, type TreeNode } from '../tree';
import { identifier, sourceOf, type Lowering } from './lowering';

/** The parameters in `list`; `/` makes those before it positional-only, `*` those behind it keyword-only. */
export function lowerParameters(lowering: Lowering, list: TreeNode | undefined): Parameters {
  let found: Parameter[] = [];
  let plain: 'normal' | 'keywordOnly' = 'normal';
  for (const node of list?.children ?? []) {
    if (node.type === 'positional_separator') {
      found = found.map((each) => (each.form === 'normal' ? { ...each, form: 'positionalOnly' } : each));
    } else if (node.type === 'keyword_separator') {
      plain = 'keywordOnly';
    } else if (isError(node)) {
      lowering.salvage([node]);
    } else if (node.isNamed) {
      const parameter = lowerParameter(lowering, node, plain);
      if (parameter.form === 'star') plain = 'keywordOnly';
      found.push(parameter);
    }
  }
  return arrangeParameters(found);
}

function lowerParameter(lowering: Lowering, node: TreeNode, plain: 'normal' | 'keywordOnly'): Parameter {
  const declarator =
    childIn(node, 'name') ?? (node.type === 'typed_parameter' ? node.children[0] : node) ?? node;
  const annotation = childIn(node, 'type');
  const defaultValue = childIn(node, 'value');
  return {
    span: lowering.span(node),
    ...nameAndForm(lowering, declarator, plain),
    ...(annotation && { annotation: lowering.expression(annotation) }),
    ...(defaultValue && { defaultValue: lowering.expression(defaultValue) }),
  };
}

function nameAndForm(
  lowering: Lowering,
  declarator: TreeNode,
  plain: 'normal' | 'keywordOnly',
): Pick<Parameter, 'name' | 'form'> {
  const starred = declarator.children.at(-1);
  if (declarator.type === 'list_splat_pattern' && starred)
    return { name: identifier(lowering, starred), form: 'star' };
  if (declarator.type === 'dictionary_splat_pattern' && starred) {
    return { name: identifier(lowering, starred), form: 'doubleStar' };
  }
  // Python 2's tuple parameters keep their place under their own text.
  return { name: sourceOf(lowering, declarator).normalize('NFKC'), form: plain };
}
