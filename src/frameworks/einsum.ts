/** `einsum`, which all three frameworks write alike. Source: NumPy reference, `numpy.einsum`. */
import { equal, multiply } from '../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../symbolic/quantity';
import type { Product } from './products';
import { broadcast, type Shape } from './shapes';

/**
 * The shape of an einsum, and the multiplications of one with two operands: the product of the sizes of all letters,
 * each of which stands in the result or in both operands. Unknown for more operands, whose order of contraction is not
 * settled, and where a letter is summed within one operand before the product. With one operand there are none.
 * `undefined` when the equation and the shapes do not fit.
 */
export function einsum(equation: string, shapes: readonly Shape[]): Product | undefined {
  const [left = '', right, ...more] = equation.replace(/\s/g, '').split('->');
  const terms = left.split(',').map(lettersOf);
  if (more.length > 0 || terms.length !== shapes.length || terms.includes(undefined)) return undefined;
  const sizes = new Map<string, Quantity>();
  let stack: Shape | undefined = [];
  for (const [index, letters] of terms.entries()) {
    const shape = shapes[index] ?? [];
    const own = letters && assign(letters, shape, sizes);
    stack = own && stack && broadcast(stack, own);
  }
  const output = lettersOf(right ?? implicitOutput(left));
  if (stack === undefined || output === undefined) return undefined;
  const all = stack;
  const shape = output.flatMap((letter) => (letter === ELLIPSIS ? all : (sizes.get(letter) ?? [])));
  const isComplete = output.every((letter) => letter === ELLIPSIS || sizes.has(letter));
  return isComplete
    ? {
        shape,
        macs: macsOf(
          terms.flatMap((term) => (term ? [term] : [])),
          output,
          sizes,
          all,
        ),
      }
    : undefined;
}

const ELLIPSIS = '...';

/** The letters of a term, an ellipsis as one of them; `undefined` for what is no term. */
function lettersOf(term: string): string[] | undefined {
  const letters = term.match(/\.\.\.|[A-Za-z]/g) ?? [];
  return letters.join('') === term ? letters : undefined;
}

/** Gives the letters their sizes; the axes behind an ellipsis are returned, `undefined` when the shape does not fit. */
function assign(letters: readonly string[], shape: Shape, sizes: Map<string, Quantity>): Shape | undefined {
  const named = letters.filter((letter) => letter !== ELLIPSIS).length;
  const open = shape.length - named;
  if (open < 0 || (open > 0 && !letters.includes(ELLIPSIS))) return undefined;
  let axis = 0;
  let stack: Shape = [];
  for (const letter of letters) {
    if (letter === ELLIPSIS) {
      stack = shape.slice(axis, axis + open);
      axis += open;
    } else {
      const [size, before] = [shape[axis++], sizes.get(letter)];
      if (size === undefined) return undefined;
      const isBroadcast = before === undefined || numberOf(before) === 1;
      if (!isBroadcast && numberOf(size) !== 1 && equal(before, size) === false) return undefined;
      if (
        isBroadcast ||
        (numberOf(before) === undefined && numberOf(size) !== undefined && numberOf(size) !== 1)
      )
        sizes.set(letter, size);
    }
  }
  return stack;
}

/** Without an arrow: the ellipsis, then every letter that stands once, in the order of the alphabet. */
function implicitOutput(left: string): string {
  const letters = left.replaceAll(ELLIPSIS, '').replaceAll(',', '').split('');
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return (left.includes(ELLIPSIS) ? ELLIPSIS : '') + once.sort().join('');
}

function macsOf(
  terms: readonly (readonly string[])[],
  output: readonly string[],
  sizes: ReadonlyMap<string, Quantity>,
  stack: Shape,
): Quantity {
  if (terms.length === 1) return exact(0);
  const isShared = [...sizes.keys()].every(
    (letter) => output.includes(letter) || terms.every((term) => term.includes(letter)),
  );
  return terms.length === 2 && isShared
    ? multiply(...sizes.values(), ...stack)
    : unknown({ code: 'unmodelled', subject: 'the order in which this einsum is computed' });
}
