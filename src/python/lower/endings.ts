/** Whether blocks may be left before their end. */
import type { Statement } from '../syntax';

/** Whether a `return`, `break` or `continue` in one of the blocks may end it early; loops keep their own. */
export function mayLeave(...blocks: readonly (readonly Statement[])[]): boolean {
  return blocks.some((block) => block.some(leaves));
}

function leaves(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
    case 'break':
    case 'continue':
      return true;
    case 'if':
    case 'with':
    case 'match':
      return statement.mayLeave;
    default:
      return false;
  }
}
