/**
 * Logarithms and exponentials rounded from a long expansion, as C libraries round them nearly always; JavaScript's own
 * may be off by one in the last place. Absent where the two neighbours are almost equally near.
 */

/** Bits behind the point. */
const BITS = 160n;
const ONE = 1n << BITS;

export type Base = 'e' | 2 | 10;

/** The logarithm of a number; `undefined` where its last place is in doubt. */
export function logarithm(x: number, base: Base): number | undefined {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  const natural = naturalLog(x);
  const scaled = base === 'e' ? natural : (natural << BITS) / naturalLog(base);
  return toNumber(scaled);
}

/** `e ** x`; `undefined` where its last place is in doubt or it is beyond floats. */
export function exponential(x: number): number | undefined {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === -Infinity) return 0;
  return Math.abs(x) > 700 ? undefined : exponentialOf(fixedOf(x));
}

/** `base ** exponent` of a positive base; `undefined` where its last place is in doubt or it is beyond floats. */
export function powerOf(base: number, exponent: number): number | undefined {
  if (base === 1 || exponent === 0) return 1;
  const size = Math.abs(Math.log(base) * exponent);
  if (!(size < 700) || Math.abs(exponent) > 1e6) return undefined;
  return exponentialOf((naturalLog(base) * fixedOf(exponent)) >> BITS);
}

function exponentialOf(value: bigint): number | undefined {
  if (value === 0n) return 1;
  const two = naturalLog(2);
  const power = value / two;
  const rest = value - power * two;
  let [term, sum, count] = [ONE, ONE, 0n];
  while (term !== 0n && term !== -1n) {
    count += 1n;
    term = (term * rest) / (count << BITS);
    sum += term;
  }
  const scaled = toNumber(sum);
  return scaled === undefined ? undefined : scaled * 2 ** Number(power);
}

function naturalLog(x: number): bigint {
  const exponent = Math.floor(Math.log2(x));
  const mantissa = x / 2 ** exponent;
  return BigInt(exponent) * logOfTwo() + smallLog(mantissa);
}

function logOfTwo(): bigint {
  return smallLog(2);
}

/** Of a number around 1 to 2: twice the area tangent of (x − 1) / (x + 1). */
function smallLog(x: number): bigint {
  const value = fixedOf(x);
  const ratio = ((value - ONE) << BITS) / (value + ONE);
  const square = (ratio * ratio) >> BITS;
  let [term, sum] = [ratio, 0n];
  for (let odd = 1n; term !== 0n && term !== -1n; odd += 2n) {
    sum += term / odd;
    term = (term * square) >> BITS;
  }
  return 2n * sum;
}

/** The exact value of a float of ordinary size, with the bits below cut off. */
function fixedOf(x: number): bigint {
  const exponent = Math.max(-1000, Math.floor(Math.log2(Math.abs(x)))) - 52;
  const whole = BigInt(Math.round(x / 2 ** exponent));
  const shift = BITS + BigInt(exponent);
  return shift >= 0n ? whole << shift : whole >> -shift;
}

/** The nearest float; `undefined` where another is nearly as near. */
function toNumber(fixed: bigint): number | undefined {
  if (fixed === 0n) return 0;
  const isNegative = fixed < 0n;
  const size = isNegative ? -fixed : fixed;
  const length = BigInt(size.toString(2).length);
  const drop = length - 53n;
  if (drop < 20n) return undefined;
  const kept = size >> drop;
  const rest = size - (kept << drop);
  const half = 1n << (drop - 1n);
  const distance = rest > half ? rest - half : half - rest;
  // What series and divisions may be off by, and C libraries' own error, is below a hundredth of the last place, nearly always.
  if (distance < half >> 6n) return undefined;
  const rounded = rest > half ? kept + 1n : kept;
  const value = Number(rounded) * 2 ** Number(drop - BITS);
  return isNegative ? -value : value;
}
