/** Python's `math`, as the library reference defines it. */
import { binary } from '../operators';
import { float, int, list, unknown, type Value } from '../values';
import { native } from '../natives';
import type { CallContext } from '../call';

/** The members of the module. */
export function mathMembers(): ReadonlyMap<string, Value> {
  const functions = Object.entries(FUNCTIONS).map(
    ([name, compute]) =>
      [name, native(name, (args, context) => applied(name, compute, args, context))] as const,
  );
  const constants = [
    ['pi', Math.PI],
    ['e', Math.E],
    ['tau', 2 * Math.PI],
    ['inf', Infinity],
    ['nan', NaN],
  ] as const;
  return new Map<string, Value>([
    ...functions,
    ...constants.map(([name, value]) => [name, float(value)] as const),
    ['prod', native('prod', ([items], context) => product(items, context))],
  ]);
}

const FUNCTIONS: Readonly<Record<string, (...numbers: number[]) => Value>> = {
  floor: (x = NaN) => int(Math.floor(x)),
  ceil: (x = NaN) => int(Math.ceil(x)),
  trunc: (x = NaN) => int(Math.trunc(x)),
  sqrt: (x = NaN) => float(Math.sqrt(x)),
  isqrt: (x = NaN) => int(Math.floor(Math.sqrt(x))),
  exp: (x = NaN) => float(Math.exp(x)),
  log: (x = NaN, base = Math.E) => float(base === Math.E ? Math.log(x) : Math.log(x) / Math.log(base)),
  log2: (x = NaN) => float(Math.log2(x)),
  log10: (x = NaN) => float(Math.log10(x)),
  pow: (x = NaN, y = NaN) => float(x ** y),
  fabs: (x = NaN) => float(Math.abs(x)),
  gcd: (...numbers) => int(numbers.reduce(greatestCommonDivisor, 0)),
};

function applied(
  name: string,
  compute: (...numbers: number[]) => Value,
  args: readonly Value[],
  context: CallContext,
): Value {
  const numbers: number[] = [];
  for (const value of args) {
    if (value.kind === 'unknown') return value;
    if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') {
      return unknown({ code: 'not-an-integer', subject: `math.${name} of a formula`, place: context.place });
    }
    numbers.push(Number(value.value));
  }
  const result = compute(...numbers);
  const isNumber = result.kind !== 'float' || !Number.isNaN(result.value);
  return isNumber
    ? result
    : unknown({ code: 'raises', subject: `math domain error in ${name}`, place: context.place });
}

function product(items: Value | undefined, context: CallContext): Value {
  const values = context.interpreter.iterate(items ?? list([]), context);
  if (values === undefined)
    return unknown({ code: 'unmodelled', subject: 'math.prod', place: context.place });
  return values.reduce((result, value) => binary(context.interpreter, '*', result, value, context), int(1));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}
