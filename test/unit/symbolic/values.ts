/** The value of a quantity for values of its symbols, computed with plain numbers. */
import type { Atom, Quantity } from '../../../src/symbolic/quantity';

/** NaN for what is unknown, or where a division by zero arises. */
export function valueOf(quantity: Quantity, values: Readonly<Record<string, number>>): number {
  if (quantity.kind === 'unknown') return NaN;
  if (quantity.kind === 'exact') return quantity.value;
  const sum = quantity.terms.reduce((total, { numerator, denominator, factors }) => {
    const product = factors.reduce(
      (value, { atom, power }) => value * atomValue(atom, values) ** power,
      numerator,
    );
    return total + product / denominator;
  }, 0);
  const whole = Math.round(sum);
  return Math.abs(sum - whole) < 1e-6 * Math.max(1, Math.abs(sum)) ? whole + 0 : sum;
}

function atomValue(atom: Atom, values: Readonly<Record<string, number>>): number {
  if (atom.kind === 'symbol') return values[atom.name] ?? NaN;
  const [x = NaN, y = NaN] = atom.operands.map((operand) => valueOf(operand, values));
  switch (atom.operator) {
    case '//':
      return y === 0 ? NaN : Math.floor(x / y);
    case '%':
      return y === 0 ? NaN : x - y * Math.floor(x / y);
    case 'max':
      return Math.max(x, y);
    case 'min':
      return Math.min(x, y);
    case '/':
      return x / y;
    case 'int':
      return Math.trunc(x);
  }
}
