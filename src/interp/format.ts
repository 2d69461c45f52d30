/** Text made from values: f-strings, `format`, and the `%` operator, as far as their result is certain. */
import { positional, type CallContext } from './call';
import { findInClass } from './classes';
import { getItem } from './subscripts';
import { reprOf, textOf } from './text';
import { int, showFloat, string, unknown, type Value } from './values';

const WIDEST = 100_000;

/** The parts of a format specification, `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
interface Specification {
  readonly fill: string;
  readonly align?: string;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision?: number;
  readonly type: string;
  /** Whether a `0` stands before the width. */
  readonly isZeroed?: boolean;
}

/** `format(value, specification)`; `undefined` where it raises or is not certain. */
export function formatValue(value: Value, specification: string, context?: CallContext): string | undefined {
  if (value.kind === 'instance') {
    const method = findInClass(value.class, '__format__');
    if (method === undefined) return specification === '' ? textOf(value, context) : undefined;
    const made = context?.interpreter.call(method, positional(value, string(specification)), context);
    return made?.kind === 'string' ? made.value : undefined;
  }
  if (specification === '') return textOf(value, context);
  const match = /^(?:([^])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/u.exec(
    specification,
  );
  if (match === null) return undefined;
  const [, fill, align, sign = '-', alternate, zero, width = '0', grouping = '', precision, type = ''] =
    match;
  const isZeroed = zero !== undefined;
  const parts: Specification = {
    fill: fill ?? (isZeroed ? '0' : ' '),
    align: align ?? (isZeroed ? '=' : undefined),
    sign,
    isAlternate: alternate !== undefined,
    width: Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
    isZeroed,
  };
  if (parts.width > WIDEST || (parts.precision ?? 0) > 100) return undefined;
  if (value.kind === 'string')
    return formatString(value.value, parts, sign !== '-' || match[3] !== undefined);
  if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return undefined;
  return formatNumber(value, parts);
}

/** `pattern % value`, with one value, a tuple of them or a dictionary. */
export function formatPercent(pattern: string, value: Value, context?: CallContext): Value {
  const values = value.kind === 'tuple' ? [...value.items] : [value];
  const state = { used: 0, isCertain: true, usesNames: false };
  const next = (): Value | undefined => values[state.used++];
  const number = (text: string | undefined): number | undefined => {
    if (text !== '*') return text === undefined || text === '' ? undefined : Number(text);
    const given = next();
    if (given?.kind === 'int') return given.value;
    state.isCertain = false;
    return undefined;
  };
  const directive = /%(?:\(([^()]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([^]|$)/g;
  const text = pattern.replace(directive, (...groups: (string | undefined)[]) => {
    const [, name, flags = '', widthText, precisionText, type = ''] = groups;
    if (type === '%') return '%';
    const width = number(widthText);
    const precision = precisionText === '' ? 0 : number(precisionText);
    if (name !== undefined) state.usesNames = true;
    const given = name === undefined ? next() : value.kind === 'dict' ? entryOf(value, name) : undefined;
    const made = given && percentPart(given, flags, width, precision, type, context);
    if (made === undefined) state.isCertain = false;
    return made ?? '';
  });
  const isUsedUp =
    state.used >= values.length || value.kind === 'dict' || (state.usesNames && state.used === 0);
  return state.isCertain && isUsedUp && text.length <= WIDEST * 10
    ? string(text)
    : unknown(failed(pattern, values, context));
}

/** `pattern.format(*args, **keywords)`; an unknown when a field is not certain. */
export function formatFields(
  pattern: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  context: CallContext,
): Value {
  const state = { automatic: 0 };
  const text = fillFields(pattern, args, keywords, context, state, 2);
  return text === undefined
    ? unknown(failed(pattern, [...args, ...keywords.values()], context))
    : string(text);
}

/** The integer a text stands for in Python's `int(text, base)`, or `undefined`. */
export function parseInteger(text: string, base = 10): Value | undefined {
  const match = /^([+-]?)(?:0([xXoObB])_?)?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/.exec(trimmed(text));
  if (match === null) return undefined;
  const [, sign, prefix, body = ''] = match;
  const prefixBase = prefix === undefined ? undefined : { x: 16, o: 8, b: 2 }[prefix.toLowerCase()];
  if (base !== 0 && prefixBase !== undefined && prefixBase !== base)
    return prefixBase < base ? parseDigits(sign, `0${prefix}${body}`, base) : undefined;
  if (base === 0 && prefixBase === undefined && /^0+[1-9]/.test(body.replaceAll('_', ''))) return undefined;
  return parseDigits(sign, body, base === 0 ? (prefixBase ?? 10) : base);
}

/** Without the white space that Python strips. */
export function trimmed(text: string): string {
  return text.replace(LEADING, '').replace(TRAILING, '');
}

/** The characters Python takes for white space in texts. */
export const SPACE =
  '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${SPACE}+`);
const TRAILING = new RegExp(`${SPACE}+$`);

function parseDigits(sign: string | undefined, body: string, base: number): Value | undefined {
  const digits = body.replaceAll('_', '').toLowerCase();
  let total = 0n;
  if (digits.length > 400) return undefined;
  for (const digit of digits) {
    const value = parseInt(digit, 36);
    if (!(value < base)) return undefined;
    total = total * BigInt(base) + BigInt(value);
  }
  return int(Number(sign === '-' ? -total : total));
}

function failed(pattern: string, values: readonly Value[], context?: CallContext) {
  const culprit = values.find((value) => value.kind === 'unknown');
  if (culprit?.kind === 'unknown') return culprit.reason;
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern;
  return { code: 'unmodelled', subject: `the text made from '${shown}'`, place: context?.place } as const;
}

function fillFields(
  pattern: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  context: CallContext,
  state: { automatic: number },
  depth: number,
): string | undefined {
  let made = '';
  for (let at = 0; at < pattern.length;) {
    const character = pattern[at] ?? '';
    const isDouble = pattern[at + 1] === character;
    if ((character === '{' || character === '}') && isDouble) {
      made += character;
      at += 2;
    } else if (character === '}') return undefined;
    else if (character !== '{') {
      made += character;
      at += 1;
    } else {
      const end = closing(pattern, at);
      if (end === undefined || depth === 0) return undefined;
      const field = fillField(pattern.slice(at + 1, end), args, keywords, context, state, depth);
      if (field === undefined) return undefined;
      made += field;
      at = end + 1;
    }
  }
  return made;
}

function closing(pattern: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < pattern.length; at++) {
    if (pattern[at] === '{') depth += 1;
    else if (pattern[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function fillField(
  field: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  context: CallContext,
  state: { automatic: number },
  depth: number,
): string | undefined {
  const match = /^([^.[:!{}]*)((?:\.[A-Za-z_]\w*|\[[^\]]+\])*)(?:!([rsa]))?(?::([^]*))?$/.exec(field);
  if (match === null) return undefined;
  const [, head = '', path = '', conversion, specification = ''] = match;
  const first = /^\d*$/.test(head)
    ? args[head === '' ? state.automatic++ : Number(head)]
    : keywords.get(head);
  if (first === undefined) return undefined;
  let value: Value = first;
  for (const [part, name, index = ''] of path.matchAll(/\.(\w+)|\[([^\]]+)\]/g)) {
    if (part.startsWith('.')) value = context.interpreter.attribute(value, name ?? '', context);
    else {
      const key = /^\d+$/.test(index) ? int(Number(index)) : string(index);
      value = getItem(context.interpreter, value, key, context);
    }
  }
  const converted = converts(value, conversion, context);
  const filled = fillFields(specification, args, keywords, context, state, depth - 1);
  return converted === undefined || filled === undefined
    ? undefined
    : formatValue(converted, filled, context);
}

/** The value as `!r`, `!s` and `!a` make it. */
export function converts(
  value: Value,
  conversion: string | undefined,
  context: CallContext,
): Value | undefined {
  if (conversion === undefined) return value;
  const text = conversion === 's' ? textOf(value, context) : reprOf(value, context);
  if (text === undefined || (conversion === 'a' && /[^\x00-\x7f]/.test(text))) return undefined;
  return string(text);
}

function percentPart(
  value: Value,
  flags: string,
  width: number | undefined,
  precision: number | undefined,
  type: string,
  context: CallContext | undefined,
): string | undefined {
  const isLeft = flags.includes('-') || (width ?? 0) < 0;
  const space = Math.abs(width ?? 0);
  if (space > WIDEST || (precision ?? 0) > 100) return undefined;
  if (type === 's' || type === 'r' || type === 'a') {
    const whole = type === 's' ? textOf(value, context) : reprOf(value, context);
    if (whole === undefined || (type === 'a' && /[^\x00-\x7f]/.test(whole))) return undefined;
    return pad(Array.from(whole).slice(0, precision).join(''), space, ' ', isLeft ? '<' : '>');
  }
  if (type === 'c') {
    const made = value.kind === 'int' ? String.fromCodePoint(Math.min(value.value, 0x10ffff)) : textOf(value);
    return made !== undefined &&
      Array.from(made).length === 1 &&
      (value.kind === 'int' || value.kind === 'string')
      ? pad(made, space, ' ', isLeft ? '<' : '>')
      : undefined;
  }
  if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return undefined;
  const isWhole = 'diu'.includes(type);
  const isRadix = 'oxX'.includes(type);
  if (!isWhole && !isRadix && !'eEfFgG'.includes(type)) return undefined;
  if (isRadix && value.kind === 'float') return undefined;
  const number = Number(value.value);
  if (isWhole && !Number.isSafeInteger(Math.trunc(number))) return undefined;
  if ((isWhole || isRadix) && precision !== undefined) return undefined;
  const given: Value = isWhole ? int(Math.trunc(number)) : value;
  if (given.kind === 'unknown') return undefined;
  return formatNumber(given, {
    fill: flags.includes('0') && !isLeft ? '0' : ' ',
    align: isLeft ? '<' : flags.includes('0') ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
    isAlternate: flags.includes('#'),
    width: space,
    grouping: '',
    precision,
    type: isWhole ? 'd' : type,
  });
}

function formatString(text: string, parts: Specification, hasSign: boolean): string | undefined {
  const isRefused = parts.type !== '' && parts.type !== 's';
  const onlyNumbers = hasSign || parts.isAlternate || parts.grouping !== '';
  if (isRefused || onlyNumbers || (parts.align === '=' && !parts.isZeroed)) return undefined;
  const shown = Array.from(text).slice(0, parts.precision).join('');
  return pad(shown, parts.width, parts.fill, parts.align === '=' ? '<' : (parts.align ?? '<'));
}

function formatNumber(value: Value, parts: Specification): string | undefined {
  if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return undefined;
  if (value.kind === 'bool' && parts.type === '') return undefined;
  const number = Number(value.value);
  const isNegative = number < 0 || Object.is(number, -0);
  const body = digitsOf(value.kind === 'float', Math.abs(number), parts);
  if (body === undefined) return undefined;
  const sign = isNegative ? '-' : parts.sign === '-' ? '' : parts.sign;
  const [, prefix = '', digits = ''] = /^(0[xXob])?([^]*)$/.exec(body) ?? [];
  const head = sign + prefix;
  if (parts.align !== '=')
    return pad(head + group(digits, parts), parts.width, parts.fill, parts.align ?? '>');
  const isGroupedZero = parts.fill === '0' && parts.grouping !== '';
  if (isGroupedZero) return undefined;
  const grouped = group(digits, parts);
  const missing = Math.max(0, parts.width - head.length - grouped.length);
  return head + parts.fill.repeat(missing) + grouped;
}

/** The number without its sign. */
function digitsOf(isFloat: boolean, size: number, parts: Specification): string | undefined {
  const { type, precision } = parts;
  const radix = { x: 16, X: 16, o: 8, b: 2 }[type];
  if (radix !== undefined || type === 'd' || type === 'c' || type === 'n') {
    if (isFloat || precision !== undefined || type === 'c' || type === 'n') return undefined;
    const digits = size.toString(radix ?? 10);
    const prefix = parts.isAlternate && radix !== undefined ? `0${type}` : '';
    return prefix + (type === 'X' ? digits.toUpperCase() : digits);
  }
  if (type === 's') return undefined;
  if (!isFloat && type === '') return precision === undefined ? String(size) : undefined;
  if (Number.isNaN(size) || !Number.isFinite(size)) {
    const word = Number.isNaN(size) ? 'nan' : 'inf';
    const isUpper = type === 'F' || type === 'E' || type === 'G';
    return (isUpper ? word.toUpperCase() : word) + (type === '%' ? '%' : '');
  }
  if (parts.isAlternate) return undefined;
  switch (type) {
    case 'f':
    case 'F':
      return fixed(size, precision ?? 6);
    case '%':
      return `${fixed(size * 100, precision ?? 6)}%`;
    case 'e':
    case 'E': {
      const text = exponential(size, precision ?? 6);
      return type === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G': {
      const text = general(size, precision ?? 6, false);
      return type === 'G' ? text.toUpperCase() : text;
    }
    default:
      return precision === undefined ? showFloat(size) : general(size, precision, true);
  }
}

/** `toFixed` rounds the exact value; its ties go up where Python's go to the even digit. */
export function fixed(size: number, places: number): string {
  if (size >= 1e21) return `${BigInt(size)}${places > 0 ? `.${'0'.repeat(places)}` : ''}`;
  const [whole = '', digits = ''] = size.toFixed(100).split('.');
  const rest = digits.slice(places);
  const isTie = /^50*$/.test(rest);
  const kept = whole + digits.slice(0, places);
  if (isTie && /[02468]$/.test(kept)) return places === 0 ? whole : `${whole}.${digits.slice(0, places)}`;
  return size.toFixed(places);
}

/** `d.ddde±dd`, rounded to even on ties of the exact value. */
function exponential(size: number, places: number): string {
  const text = size.toExponential(Math.min(100, places));
  const exact = size.toExponential(100);
  const digits = exact.slice(2, exact.indexOf('e'));
  const isTie = size !== 0 && /^50*$/.test(digits.slice(places));
  const before = exact.slice(0, 1) + digits.slice(0, places);
  const made = isTie && /[02468]$/.test(before) ? truncatedExponential(exact, places) : text;
  return made.replace(/e([+-])(\d)$/, 'e$10$2');
}

function truncatedExponential(exact: string, places: number): string {
  const [mantissa = '', exponent = ''] = exact.split('e');
  const [head = '', digits = ''] = mantissa.split('.');
  return `${head}${places > 0 ? `.${digits.slice(0, places)}` : ''}e${exponent}`;
}

/** `g`: so many significant digits, an exponent where the number is small or large, no zeros at the end. */
function general(size: number, precision: number, isPlain: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  const [mantissa = '', exponentText = '0'] = exponential(size, digits - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= (isPlain ? digits - 1 : digits))
    return `${withoutZeros(mantissa)}e${exponentText}`;
  const text = withoutZeros(fixed(size, Math.max(0, digits - 1 - exponent)));
  return isPlain && !text.includes('.') ? `${text}.0` : text;
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** With separators between groups of three digits, of four in other radices. */
function group(digits: string, { grouping, type }: Specification): string {
  if (grouping === '') return digits;
  const size = type === 'x' || type === 'X' || type === 'o' || type === 'b' ? 4 : 3;
  const split = new RegExp(`(?<=^[0-9a-fA-F]*)(?=(?:[0-9a-fA-F]{${size}})+(?![0-9a-fA-F]))`, 'g');
  return digits.replace(/^[0-9a-fA-F]+/, (whole) =>
    whole.replace(split, (_, at: number) => (at === 0 ? '' : grouping)),
  );
}

function pad(text: string, width: number, fill: string, align: string): string {
  const missing = Math.max(0, width - Array.from(text).length);
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1));
}

function entryOf(dict: Value & { kind: 'dict' }, name: string): Value | undefined {
  return dict.uncertain ? undefined : dict.entries.get(`'${name}`)?.value;
}
