/** Python's `string`, `json` and `os.path` over literal texts, `statistics`, `bisect` and `heapq` over known lists. */
import type { CallContext } from '../call';
import { because, nativeWith, raises, unmodelled, type BoundRun } from '../natives';
import { binary, comparison } from '../operators';
import { bool, dictOf, float, int, list, NONE, string, tuple, type Value } from '../values';
import { sortedBy } from '../builtins/sequences';
import { change } from '../methods/lists';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** The members of `string`. */
export function stringMembers(): ReadonlyMap<string, Value> {
  const upper = LOWER.toUpperCase();
  const whitespace = ' \t\n\r\v\f';
  return new Map(
    Object.entries({
      ascii_lowercase: LOWER,
      ascii_uppercase: upper,
      ascii_letters: LOWER + upper,
      digits: DIGITS,
      hexdigits: `${DIGITS}abcdefABCDEF`,
      octdigits: '01234567',
      punctuation: PUNCTUATION,
      whitespace,
      printable: DIGITS + LOWER + upper + PUNCTUATION + ' \t\n\r\v\f',
    }).map(([name, text]) => [name, string(text)]),
  );
}

/** The members of `json`. */
export function jsonMembers(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([['loads', nativeWith('loads', 's, **options', loads)]]);
}

function loads([text, options]: readonly (Value | undefined)[], context: CallContext): Value {
  if (text?.kind !== 'string') return because(text, context);
  if (options?.kind === 'dict' && options.entries.size > 0)
    return unmodelled('json.loads with options', context);
  // Python tells integers from floats by how they are written; so do we, with a mark before the parse.
  const marked = text.value.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') ? JSON.stringify(`s${safeText(token)}`) : JSON.stringify(`n${token}`),
  );
  try {
    return fromJson(JSON.parse(marked) as unknown);
  } catch {
    return unmodelled('this JSON', context);
  }
}

function safeText(token: string): string {
  return JSON.parse(token) as string;
}

function fromJson(data: unknown): Value {
  if (data === null) return NONE;
  if (typeof data === 'boolean') return bool(data);
  if (typeof data === 'string') {
    const text = data.slice(1);
    if (data.startsWith('s')) return string(text);
    return /[.eE]/.test(text) ? float(Number(text)) : int(Number(text));
  }
  if (Array.isArray(data)) return list(data.map(fromJson));
  return dictOf(
    Object.entries(data as object).map(([key, value]) => [key.slice(1), fromJson(value)] as const),
  );
}

/** The members of `os.path` that work on texts alone, as they do on every system but Windows. */
export function pathMembers(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    [
      'join',
      nativeWith('join', 'a, *more', ([first, more], context) =>
        joinPaths([first ?? NONE, ...(more?.kind === 'tuple' ? more.items : [])], context),
      ),
    ],
    ['basename', onText((text) => string(text.slice(text.lastIndexOf('/') + 1)))],
    [
      'dirname',
      onText((text) => {
        const head = text.slice(0, text.lastIndexOf('/') + 1);
        return string(/^\/*$/.test(head) ? head : head.replace(/\/+$/, ''));
      }),
    ],
    [
      'splitext',
      onText((text) => {
        const name = text.slice(text.lastIndexOf('/') + 1);
        const at = name.replace(/^\.+/, (dots) => '_'.repeat(dots.length)).lastIndexOf('.');
        const cut = text.length - (at < 0 ? 0 : name.length - at);
        return tuple([string(text.slice(0, cut)), string(text.slice(cut))]);
      }),
    ],
  ]);
}

function onText(make: (text: string) => Value): Value {
  return nativeWith('path', 'p', ([text], context) =>
    text?.kind === 'string' ? make(text.value) : because(text, context),
  );
}

function joinPaths(parts: readonly Value[], context: CallContext): Value {
  let path = '';
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'string') return because(part, context);
    if (part.value.startsWith('/') || index === 0) path = part.value;
    else path += path === '' || path.endsWith('/') ? part.value : `/${part.value}`;
  }
  return string(path);
}

/** The members of `bisect`. */
export function bisectMembers(): ReadonlyMap<string, Value> {
  const find = (isRight: boolean): Value =>
    nativeWith('bisect', 'a, x, lo=, hi=, *, key=', ([items, x = NONE, lo, hi, key], context) => {
      const values = items && context.interpreter.iterate(items, context);
      if (values === undefined || lo !== undefined || hi !== undefined || key !== undefined)
        return because(items, context);
      let [from, to] = [0, values.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        const item = values[middle] ?? NONE;
        const less = isRight ? comparison('<', x, item, context) : comparison('<', item, x, context);
        if (less.kind !== 'bool') return less;
        if (less.value === isRight) to = middle;
        else from = middle + 1;
      }
      return int(from);
    });
  return new Map([
    ['bisect', find(true)],
    ['bisect_right', find(true)],
    ['bisect_left', find(false)],
  ]);
}

/** The members of `heapq` that do not depend on how a heap is laid out; the others make a list unknown. */
export function heapqMembers(): ReadonlyMap<string, Value> {
  const best =
    (isLargest: boolean): BoundRun =>
    ([count, items, key], context) => {
      const values = items && context.interpreter.iterate(items, context);
      if (values === undefined || count?.kind !== 'int')
        return because(values === undefined ? items : count, context);
      const sorted = sortedBy(values, key?.kind === 'none' ? undefined : key, bool(isLargest), context);
      return sorted === undefined
        ? unmodelled('the order of these items', context)
        : list(sorted.slice(0, Math.max(0, count.value)));
    };
  const changing = (name: string): Value =>
    nativeWith(name, 'heap, item=', ([heap], context) => {
      if (heap?.kind === 'list') change(heap, context, (items) => items, true);
      else if (heap) context.interpreter.trail.lose([heap], unmodelled(`heapq.${name}`, context).reason);
      return unmodelled(`heapq.${name}`, context);
    });
  return new Map<string, Value>([
    ['nlargest', nativeWith('nlargest', 'n, iterable, key=', best(true))],
    ['nsmallest', nativeWith('nsmallest', 'n, iterable, key=', best(false))],
    ...['heapify', 'heappush', 'heappop', 'heappushpop', 'heapreplace'].map(
      (name) => [name, changing(name)] as const,
    ),
  ]);
}

/** The members of `statistics` that are exact over integers. */
export function statisticsMembers(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    [
      'mean',
      nativeWith('mean', 'data', ([items], context) => {
        const values = items && context.interpreter.iterate(items, context);
        const isPlain = values?.every((value) => value.kind === 'int' || value.kind === 'bool');
        if (values === undefined || !isPlain) return because(items, context);
        if (values.length === 0)
          return raises('StatisticsError: mean requires at least one data point', context);
        const sum = values.reduce(
          (total, value) => binary(context.interpreter, '+', total, value, context),
          int(0),
        );
        const mean = binary(context.interpreter, '/', sum, int(values.length), context);
        return mean.kind === 'float' && Number.isInteger(mean.value) ? int(mean.value) : mean;
      }),
    ],
  ]);
}
