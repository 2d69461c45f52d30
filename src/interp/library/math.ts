/** Python's `math`, as the library reference defines it. */
import type { CallContext } from '../call';
import { findInClass } from '../classes';
import { positional } from '../call';
import { native, nativeWith, raises, unmodelled } from '../natives';
import { binary } from '../operators';
import { roundedReal } from '../reals';
import { bool, float, int, NONE, tuple, type Value } from '../values';
import { exponential, logarithm, type Base } from '../transcendental';

/** The members of the module. */
export function mathMembers(): ReadonlyMap<string, Value> {
  const constants = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI, inf: Infinity, nan: NaN };
  return new Map<string, Value>([
    ...Object.entries(FLOATS).map(
      ([name, compute]) => [name, overNumbers(name, 1, (x) => floating(compute(x)))] as const,
    ),
    ...Object.entries(OTHERS).map(
      ([name, [count, compute]]) => [name, overNumbers(name, count, compute)] as const,
    ),
    ...Object.entries(WHOLE).map(([name, compute]) => [name, overIntegers(name, compute)] as const),
    ...(['floor', 'ceil', 'trunc'] as const).map((name) => [name, rounding(name)] as const),
    ...Object.entries(constants).map(([name, value]) => [name, float(value)] as const),
    ['prod', nativeWith('prod', 'iterable, /, *, start=', product)],
    ['fsum', native('fsum', (_, context) => unmodelled('math.fsum', context))],
    ['isclose', nativeWith('isclose', 'a, b, *, rel_tol=, abs_tol=', isClose)],
    ['log', nativeWith('log', 'x, base=, /', log)],
  ]);
}

const FLOATS: Readonly<Record<string, (x: number) => number | undefined>> = {
  sqrt: (x) => Math.sqrt(x),
  exp: exponential,
  log2: (x) => logarithm(x, 2),
  log10: (x) => logarithm(x, 10),
  fabs: Math.abs,
  degrees: (x) => x * (180 / Math.PI),
  radians: (x) => x * (Math.PI / 180),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
};

/** Of so many numbers. */
const OTHERS: Readonly<
  Record<string, readonly [count: number, compute: (x: number, y: number) => Value | undefined]>
> = {
  pow: [2, (x, y) => floating(x ** y)],
  fmod: [2, (x, y) => floating(x % y)],
  hypot: [2, (x, y) => floating(Math.hypot(x, y))],
  copysign: [2, (x, y) => float(y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))],
  atan2: [2, (x, y) => floating(Math.atan2(x, y))],
  isnan: [1, (x) => bool(Number.isNaN(x))],
  isinf: [1, (x) => bool(!Number.isNaN(x) && !Number.isFinite(x))],
  isfinite: [1, (x) => bool(Number.isFinite(x))],
  modf: [
    1,
    (x) =>
      Number.isFinite(x)
        ? tuple([float(Object.is(x % 1, -0) || x % 1 !== 0 ? x % 1 : x < 0 ? -0 : 0), float(Math.trunc(x))])
        : undefined,
  ],
};

/** Of integers alone. */
const WHOLE: Readonly<Record<string, (...numbers: bigint[]) => bigint | undefined>> = {
  gcd: (...numbers) => numbers.reduce(commonDivisor, 0n),
  lcm: (...numbers) => numbers.reduce((a, b) => (a * b === 0n ? 0n : size(a * b) / commonDivisor(a, b)), 1n),
  isqrt: (n = -1n) => (n < 0n ? undefined : squareRoot(n)),
  factorial: (n = -1n) => (n < 0n || n > 30n ? undefined : chosen(n, n)),
  comb: (n = -1n, k = -1n) => {
    if (n < 0n || k < 0n || n > 1000n) return undefined;
    return k > n ? 0n : chosen(n, k) / chosen(k, k);
  },
  perm: (n = -1n, k = n) => (n < 0n || k < 0n || n > 1000n ? undefined : k > n ? 0n : chosen(n, k)),
};

function overNumbers(
  name: string,
  count: number,
  compute: (x: number, y: number) => Value | undefined,
): Value {
  return nativeWith(name, count === 1 ? 'x, /' : 'x, y, /', (args, context) => {
    const numbers: number[] = [];
    for (const value of args) {
      const number = numberOf(value, name, context);
      if (typeof number !== 'number') return number;
      numbers.push(number);
    }
    const [x = NaN, y = NaN] = numbers;
    return checked(compute(x, y), numbers, name, context);
  });
}

function overIntegers(name: string, compute: (...numbers: bigint[]) => bigint | undefined): Value {
  return native(name, (args, context) => {
    const numbers: bigint[] = [];
    for (const value of args) {
      if (value.kind === 'unknown') return value;
      if (value.kind !== 'int' && value.kind !== 'bool') return unmodelled(`math.${name}`, context);
      numbers.push(BigInt(Number(value.value)));
    }
    const result = compute(...numbers);
    return result === undefined ? unmodelled(`math.${name}`, context) : int(Number(result));
  });
}

function rounding(name: 'floor' | 'ceil' | 'trunc'): Value {
  return nativeWith(name, 'x, /', ([value = NONE], context) => {
    const method = value.kind === 'instance' ? findInClass(value.class, `__${name}__`) : undefined;
    if (method !== undefined) return context.interpreter.call(method, positional(value), context);
    if (value.kind === 'formula' && !value.isUntyped) return value;
    const rounded = roundedReal(name === 'trunc' ? 'int' : name, value);
    if (rounded !== undefined) return rounded;
    const number = numberOf(value, name, context);
    if (typeof number !== 'number') return number;
    return Number.isFinite(number)
      ? int(Math[name](number))
      : raises(`cannot convert float to integer`, context);
  });
}

function log([value = NONE, baseValue]: readonly (Value | undefined)[], context: CallContext): Value {
  const numbers: number[] = [];
  for (const each of baseValue === undefined ? [value] : [value, baseValue]) {
    const number = numberOf(each, 'log', context);
    if (typeof number !== 'number') return number;
    numbers.push(number);
  }
  const [x = NaN, base] = numbers;
  const natural = (n: number): number | undefined => logarithm(n, 'e' satisfies Base);
  const [above, below] = [natural(x), base === undefined ? 1 : natural(base)];
  if (below === 0) return raises('ZeroDivisionError: division by zero', context);
  const quotient = above === undefined || below === undefined ? undefined : above / below;
  return checked(floating(base === undefined ? above : quotient), numbers, 'log', context);
}

function product([items = NONE, start]: readonly (Value | undefined)[], context: CallContext): Value {
  const values = context.interpreter.iterate(items, context);
  if (values === undefined) return items.kind === 'unknown' ? items : unmodelled('math.prod', context);
  return values.reduce(
    (result, value) => binary(context.interpreter, '*', result, value, context),
    start ?? int(1),
  );
}

function isClose([a, b, relative, absolute]: readonly (Value | undefined)[], context: CallContext): Value {
  const numbers: number[] = [];
  for (const value of [a, b, relative ?? float(1e-9), absolute ?? float(0)]) {
    const number = numberOf(value, 'isclose', context);
    if (typeof number !== 'number') return number;
    numbers.push(number);
  }
  const [x = NaN, y = NaN, rel = 0, abs = 0] = numbers;
  if (x === y) return bool(true);
  if (!Number.isFinite(x) || !Number.isFinite(y)) return bool(false);
  return bool(Math.abs(x - y) <= Math.max(rel * Math.max(Math.abs(x), Math.abs(y)), abs));
}

function numberOf(value: Value | undefined, name: string, context: CallContext): number | Value {
  switch (value?.kind) {
    case 'unknown':
      return value;
    case 'int':
    case 'float':
    case 'bool':
      return Number(value.value);
    case 'instance': {
      const method = findInClass(value.class, '__float__') ?? findInClass(value.class, '__index__');
      const made = method && context.interpreter.call(method, positional(value), context);
      return made && made.kind !== 'instance'
        ? numberOf(made, name, context)
        : unmodelled(`math.${name}`, context);
    }
    default:
      return unmodelled(`math.${name} of a formula`, context);
  }
}

/** Python refuses what is not a number, or infinite, though its arguments are finite. */
function checked(
  result: Value | undefined,
  given: readonly number[],
  name: string,
  context: CallContext,
): Value {
  if (result === undefined) return unmodelled(`math.${name}`, context);
  if (result.kind !== 'float' || Number.isFinite(result.value)) return result;
  const isOdd = Number.isNaN(result.value)
    ? given.some((number) => Number.isNaN(number))
    : given.some((number) => !Number.isFinite(number));
  return isOdd ? result : raises(`ValueError: math domain error in ${name}`, context);
}

function floating(value: number | undefined): Value | undefined {
  return value === undefined ? undefined : float(value);
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [size(a), size(b)];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function squareRoot(n: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (root * root > n) root -= 1n;
  while ((root + 1n) * (root + 1n) <= n) root += 1n;
  return root;
}

/** `n·(n − 1)···` of `k` factors. */
function chosen(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let factor = n; factor > n - k; factor--) result *= factor;
  return result;
}
