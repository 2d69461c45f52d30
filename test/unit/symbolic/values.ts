/** The value of a quantity for values of its symbols, computed with plain numbers. */
import type { Atom, Factor, Quantity } from '../../../src/symbolic/quantity';

/** NaN for what is unknown, or where a division by zero arises. */
export function valueOf(quantity: Quantity, values: Readonly<Record<string, number>>): number {
  if (quantity.kind === 'unknown') return NaN;
  if (quantity.kind === 'exact') return quantity.value;
  const sum = realValueOf(quantity, values);
  const whole = Math.round(sum);
  return Math.abs(sum - whole) < 1e-6 * Math.max(1, Math.abs(sum)) ? whole + 0 : sum;
}

/** The value as a double, rounded once for a product, a quotient, or a sum of two numbers. */
function realValueOf(quantity: Quantity, values: Readonly<Record<string, number>>): number {
  if (quantity.kind !== 'formula') return valueOf(quantity, values);
  return quantity.terms.reduce((total, { numerator, denominator, factors }) => {
    const power = (each: Factor) => atomValue(each.atom, values) ** Math.abs(each.power);
    const above = factors
      .filter((each) => each.power > 0)
      .reduce((product, each) => product * power(each), 1);
    const below = factors
      .filter((each) => each.power < 0)
      .reduce((product, each) => product * power(each), 1);
    return total + (numerator * above) / (denominator * below);
  }, 0);
}

function atomValue(atom: Atom, values: Readonly<Record<string, number>>): number {
  if (atom.kind === 'symbol') return values[atom.name] ?? Number(atom.name);
  const operands = atom.operands.map((operand) => valueOf(operand, values));
  const reals = atom.operands.map((operand) => realValueOf(operand, values));
  const [x = NaN, y = NaN] = operands;
  const [real = NaN] = reals;
  switch (atom.operator) {
    case '//':
      return y === 0 ? NaN : Math.floor(x / y);
    case '%':
      return y === 0 ? NaN : x - y * Math.floor(x / y);
    case 'max':
      return Math.max(...reals);
    case 'min':
      return Math.min(...reals);
    case '/':
      return x / y;
    case 'int':
      return Math.trunc(real);
    case 'floor':
      return Math.floor(real);
    case 'ceil':
      return Math.ceil(real);
    case 'round': {
      const isTie = Math.abs(real % 1) === 0.5;
      return isTie ? 2 * Math.round(real / 2) : Math.round(real);
    }
    case 'float':
      return real;
  }
}
