/** Text made from values: f-strings, `format`, and the `%` operator, as far as their result is certain. */
import { int, show, showFloat, string, unknown, type Value } from './values';

/** Python's `str` of a value, or `undefined` when it is not certain. */
export function textOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'int':
    case 'bool':
    case 'none':
    case 'float':
      return show(value);
    case 'tuple':
    case 'list':
      return value.items.every((item) => textOf(item) !== undefined) &&
        !('uncertain' in value && value.uncertain)
        ? show(value)
        : undefined;
    default:
      return undefined;
  }
}

/** `format(value, specification)` for the common forms of numbers and strings; `undefined` for the others. */
export function formatValue(value: Value, specification: string): string | undefined {
  if (specification === '') return textOf(value);
  const match = /^(?:(.)?([<>^]))?([+ ])?(0)?(\d+)?(,)?(?:\.(\d+))?([dfsxobeg%])?$/.exec(specification);
  if (match === null) return undefined;
  const [, fill, align, sign, zero, width, comma, precision, type] = match;
  const body = formatBody(value, type, precision, comma !== undefined);
  if (body === undefined) return undefined;
  const signed = sign !== undefined && value.kind !== 'string' && !body.startsWith('-') ? sign + body : body;
  const isLeft = align === undefined && value.kind === 'string';
  return pad(
    signed,
    Number(width ?? 0),
    fill ?? (zero !== undefined ? '0' : ' '),
    isLeft ? '<' : (align ?? '>'),
  );
}

/** `pattern % value`. */
export function formatPercent(pattern: string, value: Value): Value {
  const values = value.kind === 'tuple' ? [...value.items] : [value];
  const failures = new Set<string>();
  const text = pattern.replace(
    /%(?:(%)|([-+ 0]*)(\d+)?(?:\.(\d+))?([dsrfi]))/g,
    (_, percent: string | undefined, ...rest) => {
      if (percent !== undefined) return '%';
      const [flags, width, precision, type] = rest as (string | undefined)[];
      const next = values.shift();
      const specification = `${flags?.includes('0') ? '0' : ''}${width ?? ''}${precision === undefined ? '' : `.${precision}`}`;
      const letter = type === 'i' ? 'd' : type === 'r' ? '' : (type ?? '');
      const formatted =
        next && formatValue(next, specification + (letter === 's' && next.kind !== 'string' ? '' : letter));
      if (formatted === undefined) failures.add(pattern);
      return formatted ?? '';
    },
  );
  return failures.size === 0
    ? string(text)
    : unknown({ code: 'unmodelled', subject: `the text made from '${pattern}'` });
}

/** `pattern.format(*positional, **keywords)` for simple fields; an unknown when a field is not certain. */
export function formatFields(
  pattern: string,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Value {
  let automatic = 0;
  const failures = new Set<string>();
  const text = pattern.replace(
    /\{\{|\}\}|\{(\w*)(?::([^{}]*))?\}/g,
    (whole: string, field?: string, specification?: string) => {
      if (whole === '{{' || whole === '}}') return whole.slice(1);
      const value = /^\d*$/.test(field ?? '')
        ? positional[field ? Number(field) : automatic++]
        : keywords.get(field ?? '');
      const formatted = value && formatValue(value, specification ?? '');
      if (formatted === undefined) failures.add(pattern);
      return formatted ?? '';
    },
  );
  return failures.size === 0
    ? string(text)
    : unknown({ code: 'unmodelled', subject: `the text made from '${pattern}'` });
}

/** The integer a text stands for in Python's `int()`, or `undefined`. */
export function parseInteger(text: string): Value | undefined {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? int(Number(text.replaceAll('_', ''))) : undefined;
}

function formatBody(
  value: Value,
  type: string | undefined,
  precision: string | undefined,
  comma: boolean,
): string | undefined {
  if (value.kind === 'string') {
    const fits = type === undefined || type === 's';
    return fits ? value.value.slice(0, precision === undefined ? undefined : Number(precision)) : undefined;
  }
  if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return undefined;
  const number = Number(value.value);
  if (type === undefined && precision === undefined)
    return group(value.kind === 'float' ? showFloat(number) : String(number), comma);
  if (type === 'd') return value.kind === 'float' ? undefined : group(String(number), comma);
  if (type === 'f') return group(number.toFixed(Number(precision ?? 6)), comma);
  if (type === '%') return `${(number * 100).toFixed(Number(precision ?? 6))}%`;
  const radix = { x: 16, o: 8, b: 2 }[type ?? ''];
  return radix === undefined || value.kind === 'float' ? undefined : number.toString(radix);
}

function group(text: string, comma: boolean): string {
  return comma ? text.replace(/\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ',')) : text;
}

function pad(text: string, width: number, fill: string, align: string): string {
  const missing = Math.max(0, Math.min(width, 10_000) - text.length);
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1));
}
