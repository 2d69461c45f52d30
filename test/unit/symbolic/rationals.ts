/** The value of a formula over real numbers, computed with exact fractions and rounded only where Python rounds. */
import type { Atom, Known, Quantity } from '../../../src/symbolic/quantity';

/** `above / below`, with `below` positive. */
interface Rational {
  readonly above: bigint;
  readonly below: bigint;
}

/** The integer that a quantity is for values of its symbols by name; `undefined` for what is none or is unknown. */
export function integerOf(quantity: Quantity, values: Readonly<Record<string, number>>): number | undefined {
  if (quantity.kind === 'unknown') return undefined;
  const { above, below } = rationalOf(quantity, values);
  return above % below === 0n ? Number(above / below) : undefined;
}

function rationalOf(known: Known, values: Readonly<Record<string, number>>): Rational {
  if (known.kind === 'exact') return fromDouble(known.value);
  return known.terms
    .map(({ numerator, denominator, factors }) =>
      factors.reduce(
        (product, { atom, power }) => {
          const { above, below } = atomValue(atom, values);
          const size = BigInt(Math.abs(power));
          return power > 0
            ? fraction(product.above * above ** size, product.below * below ** size)
            : fraction(product.above * below ** size, product.below * above ** size);
        },
        fraction(BigInt(numerator), BigInt(denominator)),
      ),
    )
    .reduce((a, b) => fraction(a.above * b.below + b.above * a.below, a.below * b.below), fromDouble(0));
}

function atomValue(atom: Atom, values: Readonly<Record<string, number>>): Rational {
  if (atom.kind === 'symbol') return fromDouble(values[atom.name] ?? Number(atom.name));
  const operands = atom.operands.map((operand) => rationalOf(operand, values));
  const [x = fromDouble(0), y = fromDouble(1)] = operands;
  const quotient = () => fraction(x.above * y.below, x.below * y.above);
  switch (atom.operator) {
    case '//':
      return whole(floor(quotient()));
    case '%':
      return fraction(x.above * y.below - floor(quotient()) * y.above * x.below, x.below * y.below);
    case 'max':
      return operands.reduce((a, b) => (isLess(a, b) ? b : a));
    case 'min':
      return operands.reduce((a, b) => (isLess(b, a) ? b : a));
    case '/':
      return quotient();
    case 'int':
      return whole(x.above / x.below);
    case 'floor':
      return whole(floor(x));
    case 'ceil':
      return whole(-floor(fraction(-x.above, x.below)));
    case 'round': {
      const low = floor(x);
      const twice = 2n * (x.above - low * x.below) - x.below;
      const isUp = twice > 0n || (twice === 0n && low % 2n !== 0n);
      return whole(isUp ? low + 1n : low);
    }
    case 'float':
      return fromDouble(nearestDouble(x));
  }
}

/** The nearest double, to even on a tie: of an integer with more bits than it has, whose last tells of the rest. */
function nearestDouble({ above, below }: Rational): number {
  const bits = BigInt(Math.max(0, 70 + below.toString(2).length - above.toString(2).length));
  const quotient = (above << bits) / below;
  const rest = (above << bits) % below;
  const sticky = rest === 0n ? 0n : above < 0n ? -1n : 1n;
  return Number(2n * quotient + sticky) / 2 ** (Number(bits) + 1);
}

function fromDouble(value: number): Rational {
  let [above, below] = [value, 1n];
  for (; !Number.isInteger(above); above *= 2) below *= 2n;
  return fraction(BigInt(above), below);
}

function fraction(above: bigint, below: bigint): Rational {
  if (below === 0n) throw new RangeError('division by zero');
  return below < 0n ? { above: -above, below: -below } : { above, below };
}

function whole(value: bigint): Rational {
  return { above: value, below: 1n };
}

function floor({ above, below }: Rational): bigint {
  const quotient = above / below;
  return above % below < 0n ? quotient - 1n : quotient;
}

function isLess(a: Rational, b: Rational): boolean {
  return a.above * b.below < b.above * a.below;
}
