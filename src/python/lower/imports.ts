/** Import statements. */
import type { Import, ImportFrom } from '../syntax';
import { childIn, childOf, childrenIn, phrases, type TreeNode } from '../tree';
import { identifier, placeholder, type Lowering } from './lowering';

export function lowerImport(lowering: Lowering, node: TreeNode): Import {
  const names = importedNames(lowering, node).map(({ name, alias }) => ({
    path: name,
    ...(alias && { alias }),
  }));
  return { kind: 'import', span: lowering.span(node), names };
}

export function lowerImportFrom(lowering: Lowering, node: TreeNode): ImportFrom {
  const module = childIn(node, 'module_name');
  const prefix = module && childOf(module, 'import_prefix');
  const dotted = module?.type === 'relative_import' ? childOf(module, 'dotted_name') : module;
  return {
    kind: 'importFrom',
    span: lowering.span(node),
    level: prefix ? lowering.text.slice(prefix.start, prefix.end).replace(/[^.]/g, '').length : 0,
    path: node.type === 'future_import_statement' ? '__future__' : dotted ? dottedPath(lowering, dotted) : '',
    ...(!childOf(node, 'wildcard_import') && { names: importedNames(lowering, node) }),
  };
}

function importedNames(lowering: Lowering, node: TreeNode): { name: string; alias?: string }[] {
  return childrenIn(node, 'name')
    .map((child) => {
      const name = child.type === 'aliased_import' ? childIn(child, 'name') : child;
      const alias = childIn(child, 'alias');
      const word = alias && identifier(lowering, alias);
      return {
        name: name ? dottedPath(lowering, name) : '',
        ...(word && word !== placeholder && { alias: word }),
      };
    })
    .filter(({ name }) => name !== '');
}

/** `a.b`, blanks around dots left out, half-typed parts too. */
function dottedPath(lowering: Lowering, node: TreeNode): string {
  const words = phrases(node).map((child) => identifier(lowering, child));
  return words.filter((word) => word !== '' && word !== placeholder).join('.');
}
