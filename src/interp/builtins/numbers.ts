/** Python's built-in functions and types of numbers: `int`, `float`, `abs`, `round`, `divmod`, `pow`, `bin` and kin. */
import { floatOf, extremeOfReals, negatedReal, roundedReal } from '../reals';
import {
  float,
  int,
  integer,
  quantityOf,
  show,
  string,
  tuple,
  type UnknownValue,
  type Value,
  withoutReal,
} from '../values';
import { maximum, minimum, negate, truncate } from '../../symbolic/arithmetic';
import { positional, type CallContext } from '../call';
import { findInClass } from '../classes';
import { parseInteger, trimmed } from '../format';
import { because, raises, unmodelled, type BoundRun } from '../natives';
import { binary } from '../operators';

/** `int(x=0, base=10)`. */
export const makeInt: BoundRun = ([value, base], context) => {
  if (base !== undefined) {
    if (value?.kind === 'unknown') return value;
    if (value?.kind !== 'string' || (base.kind !== 'int' && base.kind !== 'bool'))
      return because(base, context);
    const radix = Number(base.value);
    const isRadix = radix === 0 || (radix >= 2 && radix <= 36);
    const parsed = isRadix ? parseInteger(value.value, radix) : undefined;
    return parsed ?? raises('ValueError: invalid literal for int()', context);
  }
  switch (value?.kind) {
    case undefined:
      return int(0);
    case 'float':
      return Number.isFinite(value.value)
        ? int(Math.trunc(value.value))
        : raises('cannot convert float to integer', context);
    case 'string':
      return (
        parseInteger(value.value) ?? notANumber(value, 'invalid literal for int() with base 10', context)
      );
    case 'formula':
      return value.isUntyped ? integer(truncate(value.formula)) : value;
    case 'unknown':
      return roundedReal('int', value) ?? value;
    case 'instance':
      if (value.held !== undefined) return makeInt([value.held], context);
      return viaDunder(value, ['__int__', '__index__', '__trunc__'], context);
    case 'int':
    case 'bool':
      return integer(quantityOf(value));
    default:
      return raises('TypeError: int() argument must be a string or a number', context);
  }
};

/** A text that stands for no number. Digits of other scripts and very long ones are not read here. */
function notANumber(value: Value & { kind: 'string' }, message: string, context: CallContext): Value {
  const isRead = /^[\x20-\x7e]{0,300}$/.test(value.value);
  return isRead ? raises(`ValueError: ${message}: ${show(value)}`, context) : because(value, context);
}

/** `float(x=0.0)`. */
export const makeFloat: BoundRun = ([value], context) => {
  switch (value?.kind) {
    case undefined:
      return float(0);
    case 'unknown':
    case 'float':
      return value;
    case 'int':
    case 'bool':
      return float(Number(value.value));
    case 'formula':
      return floatOf(value, context);
    case 'string': {
      const number = parseFloatText(value.value);
      return number === undefined
        ? notANumber(value, 'could not convert string to float', context)
        : float(number);
    }
    case 'instance':
      return viaDunder(value, ['__float__', '__index__'], context);
    default:
      return because(value, context);
  }
};

/** The float a text stands for in Python's `float()`, or `undefined`. */
export function parseFloatText(text: string): number | undefined {
  const body = trimmed(text);
  const special = /^([+-])?(inf(?:inity)?|nan)$/i.exec(body);
  if (special) {
    const size = /^n/i.test(special[2] ?? '') ? NaN : Infinity;
    return special[1] === '-' ? -size : size;
  }
  const digits = '\\d+(?:_\\d+)*';
  const shape = new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:[eE][+-]?${digits})?$`);
  return shape.test(body) ? Number(body.replaceAll('_', '')) : undefined;
}

export const absolute: BoundRun = ([value], context) => {
  switch (value?.kind) {
    case 'int':
    case 'bool':
      return int(Math.abs(Number(value.value)));
    case 'float':
      return float(Math.abs(value.value));
    case 'formula': {
      const negated = negate(value.formula);
      const size = maximum(value.formula, negated);
      return size.kind === 'formula'
        ? { kind: 'formula', formula: size, isUntyped: value.isUntyped }
        : because(value, context);
    }
    case 'unknown':
      return negatedExtreme(value, context) ?? withoutReal(value);
    case 'instance':
      return viaDunder(value, ['__abs__'], context);
    default:
      return because(value, context);
  }
};

/** The larger of a real number and its negative. */
function negatedExtreme(value: UnknownValue, context: CallContext): Value | undefined {
  const negated = negatedReal(value, context);
  return negated && extremeOfReals('max', value, negated, value.reason);
}

export const divide: BoundRun = ([a, b], context) => {
  if (a === undefined || b === undefined) return because(a, context);
  if (a.kind === 'instance' || b.kind === 'instance') return unmodelled('divmod of objects', context);
  const { interpreter } = context;
  const [quotient, rest] = [
    binary(interpreter, '//', a, b, context),
    binary(interpreter, '%', a, b, context),
  ];
  return quotient.kind === 'unknown' && rest.kind === 'unknown' ? quotient : tuple([quotient, rest]);
};

export const power: BoundRun = ([base, exponent, modulus], context) => {
  if (base === undefined || exponent === undefined) return because(base, context);
  if (modulus === undefined || modulus.kind === 'none')
    return binary(context.interpreter, '**', base, exponent, context);
  const numbers = [base, exponent, modulus].map((value) =>
    value.kind === 'int' || value.kind === 'bool' ? BigInt(Number(value.value)) : undefined,
  );
  const [b, e, m] = numbers;
  if (b === undefined || e === undefined || m === undefined) {
    const unread = [base, exponent, modulus].find((value) => value.kind === 'unknown');
    return unread ?? unmodelled('pow of three arguments', context);
  }
  if (m === 0n || e < 0n)
    return m === 0n ? raises('pow() 3rd argument cannot be 0', context) : unmodelled('pow', context);
  let [result, square, rest] = [1n, b % m, e];
  for (; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  const residue = result % m;
  return int(Number(residue !== 0n && residue < 0n !== m < 0n ? residue + m : residue));
};

/** `round(number, ndigits=None)`: to the nearest, ties to the even one. */
export const roundValue: BoundRun = ([value, digits], context) => {
  const places = digits === undefined || digits.kind === 'none' ? undefined : quantityOf(digits);
  if (places !== undefined && places.kind !== 'exact') return because(digits, context);
  const count = places?.value;
  switch (value?.kind) {
    case 'int':
    case 'bool':
      return count === undefined || count >= 0
        ? int(Number(value.value))
        : int(roundedInteger(Number(value.value), -count));
    case 'float':
      if (count === undefined)
        return Number.isFinite(value.value)
          ? int(roundHalfEven(value.value))
          : raises('cannot convert float to integer', context);
      return count > 22 || count < 0 || !Number.isFinite(value.value)
        ? unmodelled('round', context)
        : float(roundTo(value.value, count));
    case 'formula':
      if (!value.isUntyped && (count === undefined || count >= 0)) return value;
      return (count === undefined ? roundedReal('round', value) : undefined) ?? because(value, context);
    case 'unknown':
      return (count === undefined ? roundedReal('round', value) : undefined) ?? value;
    case 'instance': {
      const method = findInClass(value.class, '__round__');
      return method
        ? context.interpreter.call(method, positional(value, ...(digits ? [digits] : [])), context)
        : because(value, context);
    }
    default:
      return because(value, context);
  }
};

/** `bin`, `oct` and `hex`. */
export function inRadix(radix: 2 | 8 | 16): BoundRun {
  const prefix = { 2: '0b', 8: '0o', 16: '0x' }[radix];
  return ([value], context) => {
    if (value?.kind !== 'int' && value?.kind !== 'bool') return because(value, context);
    const number = Number(value.value);
    return string(`${number < 0 ? '-' : ''}${prefix}${Math.abs(number).toString(radix)}`);
  };
}

export const character: BoundRun = ([value], context) =>
  value?.kind === 'int' && value.value >= 0 && value.value < 0x110000 && (value.value & ~0x7ff) !== 0xd800
    ? string(String.fromCodePoint(value.value))
    : because(value, context);

export const codePoint: BoundRun = ([value], context) => {
  const letters = value?.kind === 'string' ? Array.from(value.value) : [];
  const point = letters.length === 1 ? letters[0]?.codePointAt(0) : undefined;
  return point === undefined ? because(value, context) : int(point);
};

/** The larger or the smaller of two whole quantities, as a formula where that cannot be told. */
export function extremeOfWhole(name: 'max' | 'min', a: Value, b: Value): Value | undefined {
  if (![a, b].every((value) => value.kind === 'int' || value.kind === 'formula')) return undefined;
  const made = integer((name === 'max' ? maximum : minimum)(quantityOf(a), quantityOf(b)));
  const isUntyped = [a, b].some((value) => value.kind === 'formula' && value.isUntyped);
  return made.kind === 'formula' && isUntyped ? { ...made, isUntyped } : made;
}

/** What the first of these methods that the object's class has gives. */
export function viaDunder(
  value: Value & { kind: 'instance' },
  names: readonly string[],
  context: CallContext,
): Value {
  const method = names.map((name) => findInClass(value.class, name)).find((each) => each !== undefined);
  return method ? context.interpreter.call(method, positional(value), context) : because(value, context);
}

/** To so many decimal places of the number's exact value, ties to the even digit. */
function roundTo(value: number, places: number): number {
  const size = Math.abs(value);
  if (size >= 1e21 || size === 0) return value;
  const [whole = '', digits = ''] = size.toFixed(100).split('.');
  const kept = Number(`${whole}.${digits.slice(0, places)}`);
  const isTie = /^50*$/.test(digits.slice(places));
  const isEven = /[02468]$/.test(whole + digits.slice(0, places));
  const rounded = isTie && isEven ? kept : Number(size.toFixed(places));
  return value < 0 ? -rounded : rounded;
}

function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const part = value - low;
  if (part !== 0.5) return part < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

/** To a multiple of 10 to that power, ties to the even one. */
function roundedInteger(value: number, zeros: number): number {
  if (zeros > 20) return 0;
  const unit = 10n ** BigInt(zeros);
  const size = BigInt(Math.abs(value));
  const rest = size % unit;
  const low = size - rest;
  const isUp = rest * 2n > unit || (rest * 2n === unit && (low / unit) % 2n === 1n);
  return Math.sign(value) * Number(isUp ? low + unit : low);
}
