/** Methods of `str`, as the Python library reference defines them; case and classes of characters beyond ASCII are not told. */
import { LIMITS } from '../budget';
import type { CallContext } from '../call';
import { formatFields, SPACE } from '../format';
import { because, raises, unmodelled } from '../natives';
import { bool, int, list, NONE, string, tuple, type StringValue, type Value } from '../values';
import { positionsOf } from '../subscripts';
import { methodTable, type Method } from './table';

type Text = Method<StringValue>;

export const STRING_METHODS = methodTable<StringValue>({
  lower: ['', cased((text) => text.toLowerCase())],
  upper: ['', cased((text) => text.toUpperCase())],
  casefold: ['', cased((text) => text.toLowerCase())],
  swapcase: [
    '',
    cased((text) =>
      text.replace(/[a-zA-Z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase())),
    ),
  ],
  title: [
    '',
    cased((text) =>
      text.replace(/[a-z]+/gi, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
    ),
  ],
  capitalize: ['', cased((text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase())],
  strip: ['chars=, /', stripped(true, true)],
  lstrip: ['chars=, /', stripped(true, false)],
  rstrip: ['chars=, /', stripped(false, true)],
  removeprefix: [
    'prefix, /',
    removed((text, part) => (text.startsWith(part) ? text.slice(part.length) : text)),
  ],
  removesuffix: [
    'suffix, /',
    removed((text, part) => (part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text)),
  ],
  startswith: ['prefix, start=, end=, /', tested((text, part) => text.startsWith(part))],
  endswith: ['suffix, start=, end=, /', tested((text, part) => text.endsWith(part))],
  isdigit: ['', classified(/^[0-9]+$/)],
  isdecimal: ['', classified(/^[0-9]+$/)],
  isnumeric: ['', classified(/^[0-9]+$/)],
  isalpha: ['', classified(/^[a-zA-Z]+$/)],
  isalnum: ['', classified(/^[a-zA-Z0-9]+$/)],
  isidentifier: ['', classified(/^[a-zA-Z_][a-zA-Z0-9_]*$/)],
  islower: ['', classified(/^[^A-Z]*[a-z][^A-Z]*$/)],
  isupper: ['', classified(/^[^a-z]*[A-Z][^a-z]*$/)],
  isspace: ['', classified(new RegExp(`^${SPACE}+$`))],
  isascii: ['', (self) => bool(/^[\x00-\x7f]*$/.test(self.value))],
  istitle: ['', (self, _, context) => unlessAscii(self, context, () => bool(isTitle(self.value)))],
  isprintable: ['', classified(/^[\x20-\x7e]*$/)],
  replace: ['old, new, count=, /', replace],
  split: ['sep=, maxsplit=', splits(false)],
  rsplit: ['sep=, maxsplit=', splits(true)],
  splitlines: ['keepends=', splitLines],
  partition: ['sep, /', parted((text, part) => text.indexOf(part), false)],
  rpartition: ['sep, /', parted((text, part) => text.lastIndexOf(part), true)],
  find: ['sub, start=, end=, /', found((text, part) => text.indexOf(part), false)],
  rfind: ['sub, start=, end=, /', found((text, part) => text.lastIndexOf(part), false)],
  index: ['sub, start=, end=, /', found((text, part) => text.indexOf(part), true)],
  rindex: ['sub, start=, end=, /', found((text, part) => text.lastIndexOf(part), true)],
  count: ['sub, start=, end=, /', count],
  join: ['iterable, /', join],
  zfill: ['width, /', padded((text, missing) => zeroFilled(text, missing))],
  ljust: ['width, fillchar=, /', padded((text, missing, fill) => text + fill.repeat(missing))],
  rjust: ['width, fillchar=, /', padded((text, missing, fill) => fill.repeat(missing) + text)],
  center: ['width, fillchar=, /', padded(centred)],
  expandtabs: ['tabsize=', expandTabs],
  format: [
    '*args, **keywords',
    (self, [args, keywords], context) =>
      formatFields(self.value, args?.kind === 'tuple' ? args.items : [], namesOf(keywords), context),
  ],
  format_map: [
    'mapping, /',
    (self, [mapping], context) =>
      mapping?.kind === 'dict' && !mapping.uncertain && !mapping.variant
        ? formatFields(self.value, [], namesOf(mapping), context)
        : because(mapping, context),
  ],
  translate: ['table, /', translate],
  encode: ['encoding=, errors=', (_, __, context) => unmodelled('str.encode', context)],
});

/** Whether offsets in JavaScript's text are offsets in Python's. */
function isPlain(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}

function unlessAscii(self: StringValue, context: CallContext, make: () => Value): Value {
  return /^[\x00-\x7f]*$/.test(self.value) ? make() : unmodelled('letters beyond ASCII', context);
}

function cased(change: (text: string) => string): Text {
  return (self, _, context) => unlessAscii(self, context, () => string(change(self.value)));
}

function classified(pattern: RegExp): Text {
  return (self, _, context) => unlessAscii(self, context, () => bool(pattern.test(self.value)));
}

function isTitle(text: string): boolean {
  const words = text.match(/[a-zA-Z]+/g) ?? [];
  return words.length > 0 && words.every((word) => /^[A-Z][a-z]*$/.test(word));
}

function stripped(start: boolean, end: boolean): Text {
  return (self, [characters], context) => {
    if (characters === undefined || characters.kind === 'none') {
      const head = start ? self.value.replace(new RegExp(`^${SPACE}+`), '') : self.value;
      return string(end ? head.replace(new RegExp(`${SPACE}+$`), '') : head);
    }
    if (characters.kind !== 'string') return because(characters, context);
    const taken = new Set(Array.from(characters.value));
    const letters = Array.from(self.value);
    let [from, to] = [0, letters.length];
    while (start && from < to && taken.has(letters[from] ?? '')) from += 1;
    while (end && to > from && taken.has(letters[to - 1] ?? '')) to -= 1;
    return string(letters.slice(from, to).join(''));
  };
}

function removed(change: (text: string, part: string) => string): Text {
  return (self, [part], context) =>
    part?.kind === 'string' ? string(change(self.value, part.value)) : because(part, context);
}

/** The part of the text between two optional bounds, and where it starts; `undefined` for bounds that are not known. */
function stretch(
  text: string,
  start: Value | undefined,
  end: Value | undefined,
): { readonly text: string; readonly from: number; readonly isBeyond: boolean } | undefined {
  if (start === undefined && end === undefined) return { text, from: 0, isBeyond: false };
  if (!isPlain(text)) return undefined;
  const [first, last] = [start ?? NONE, end ?? NONE];
  const positions = positionsOf({ kind: 'slice', start: first, stop: last, step: NONE }, text.length);
  if (positions === undefined) return undefined;
  const given = first.kind === 'int' ? first.value : 0;
  const from = positions[0] ?? Math.max(0, given < 0 ? given + text.length : given);
  return { text: text.slice(from, from + positions.length), from, isBeyond: from > text.length };
}

function tested(test: (text: string, part: string) => boolean): Text {
  return (self, [part, start, end], context) => {
    const within = stretch(self.value, start, end);
    if (within === undefined) return because(start?.kind === 'unknown' ? start : (end ?? start), context);
    const fits = (text: string): boolean => !within.isBeyond && test(within.text, text);
    if (part?.kind === 'string') return bool(fits(part.value));
    if (part?.kind !== 'tuple') return because(part, context);
    const results = part.items.map((item) => (item.kind === 'string' ? fits(item.value) : undefined));
    const failing = results.indexOf(undefined);
    const first = results.indexOf(true);
    if (failing >= 0 && (first < 0 || first > failing)) return because(part.items[failing], context);
    return bool(first >= 0);
  };
}

function replace(
  self: StringValue,
  [from, to, limit]: readonly (Value | undefined)[],
  context: CallContext,
): Value {
  if (from?.kind !== 'string' || to?.kind !== 'string')
    return because(from?.kind === 'string' ? to : from, context);
  const most = limit === undefined ? -1 : limit.kind === 'int' ? limit.value : undefined;
  if (most === undefined) return because(limit, context);
  const parts = from.value === '' ? ['', ...Array.from(self.value), ''] : self.value.split(from.value);
  const kept = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  const length = self.value.length + kept * to.value.length;
  if (length > LIMITS.characters) return unmodelled('a text this long', context);
  const made = parts.slice(0, kept).map((part) => part + to.value);
  return string(made.join('') + parts.slice(kept).join(from.value));
}

function splits(fromRight: boolean): Text {
  return (self, [separator, limit], context) => {
    const most = limit === undefined ? -1 : limit.kind === 'int' ? limit.value : undefined;
    if (most === undefined) return because(limit, context);
    if (separator === undefined || separator.kind === 'none')
      return list(bySpace(self.value, most, fromRight).map(string));
    if (separator.kind !== 'string') return because(separator, context);
    if (separator.value === '') return raises('ValueError: empty separator', context);
    if (fromRight && most >= 0) return list(fromTheRight(self.value, separator.value, most).map(string));
    const parts = self.value.split(separator.value);
    if (parts.length > LIMITS.items) return unmodelled('a text in so many parts', context);
    if (most < 0 || parts.length <= most + 1) return list(parts.map(string));
    const rest = parts.slice(most).join(separator.value);
    return list([...parts.slice(0, most), rest].map(string));
  };
}

function fromTheRight(text: string, separator: string, most: number): string[] {
  const made: string[] = [];
  let rest = text;
  for (let round = 0; round < most; round++) {
    const at = rest.length < separator.length ? -1 : rest.lastIndexOf(separator);
    if (at < 0) break;
    made.unshift(rest.slice(at + separator.length));
    rest = rest.slice(0, at);
  }
  return [rest, ...made];
}

function bySpace(text: string, most: number, fromRight: boolean): string[] {
  const words = [...text.matchAll(new RegExp(`(?:(?!${SPACE})[^])+`, 'g'))];
  if (most < 0 || words.length <= most) return words.map(([word]) => word);
  if (!fromRight) {
    const rest = words[most];
    const tail = rest === undefined ? [] : [text.slice(rest.index)];
    return [...words.slice(0, most).map(([word]) => word), ...tail];
  }
  const last = words[words.length - most - 1];
  const head = last === undefined ? '' : text.slice(0, last.index + last[0].length);
  return [head, ...words.slice(words.length - most).map(([word]) => word)];
}

const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

function splitLines(self: StringValue, [keep]: readonly (Value | undefined)[], context: CallContext): Value {
  const keeps = keep === undefined ? false : context.interpreter.truth(keep, context);
  if (keeps === undefined) return because(keep, context);
  const lines: string[] = [];
  let from = 0;
  for (const { 0: end, index } of self.value.matchAll(LINE_END)) {
    lines.push(self.value.slice(from, index + (keeps ? end.length : 0)));
    from = index + end.length;
  }
  if (from < self.value.length) lines.push(self.value.slice(from));
  return list(lines.map(string));
}

function parted(find: (text: string, part: string) => number, fromRight: boolean): Text {
  return (self, [separator], context) => {
    if (separator?.kind !== 'string') return because(separator, context);
    if (separator.value === '') return raises('ValueError: empty separator', context);
    const at = find(self.value, separator.value);
    if (at < 0) return tuple((fromRight ? ['', '', self.value] : [self.value, '', '']).map(string));
    const parts = [self.value.slice(0, at), separator.value, self.value.slice(at + separator.value.length)];
    return tuple(parts.map(string));
  };
}

function found(find: (text: string, part: string) => number, mayRaise: boolean): Text {
  return (self, [part, start, end], context) => {
    const within = stretch(self.value, start, end);
    if (part?.kind !== 'string') return because(part, context);
    if (within === undefined || !isPlain(self.value)) return unmodelled('a place in this text', context);
    const at = within.isBeyond ? -1 : find(within.text, part.value);
    if (at < 0) return mayRaise ? raises('ValueError: substring not found', context) : int(-1);
    return int(at + within.from);
  };
}

function count(
  self: StringValue,
  [part, start, end]: readonly (Value | undefined)[],
  context: CallContext,
): Value {
  const within = stretch(self.value, start, end);
  if (part?.kind !== 'string') return because(part, context);
  if (within === undefined) return unmodelled('a place in this text', context);
  if (within.isBeyond) return int(0);
  if (part.value === '') return int(Array.from(within.text).length + 1);
  return int(within.text.split(part.value).length - 1);
}

function join(self: StringValue, [parts]: readonly (Value | undefined)[], context: CallContext): Value {
  const items = parts && context.interpreter.iterate(parts, context);
  if (items === undefined) return because(parts, context);
  const failing = items.find((item) => item.kind !== 'string');
  if (failing) return because(failing, context);
  const texts = items.map((item) => (item.kind === 'string' ? item.value : ''));
  const length = texts.reduce((sum, text) => sum + text.length + self.value.length, 0);
  return length > LIMITS.characters
    ? unmodelled('a text this long', context)
    : string(texts.join(self.value));
}

function padded(make: (text: string, missing: number, fill: string, width: number) => string): Text {
  return (self, [width, fill], context) => {
    if (width?.kind !== 'int') return because(width, context);
    const filler = fill === undefined ? ' ' : fill.kind === 'string' ? fill.value : '';
    if (Array.from(filler).length !== 1) return because(fill, context);
    const missing = width.value - Array.from(self.value).length;
    if (missing > LIMITS.characters) return unmodelled('a text this long', context);
    return missing <= 0 ? self : string(make(self.value, missing, filler, width.value));
  };
}

function zeroFilled(text: string, missing: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

/** CPython puts the odd character to the left where the width is odd too. */
function centred(text: string, missing: number, fill: string, width: number): string {
  const left = (missing >> 1) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function expandTabs(self: StringValue, [size]: readonly (Value | undefined)[], context: CallContext): Value {
  const width = size === undefined ? 8 : size.kind === 'int' ? size.value : undefined;
  if (width === undefined || width > 1000) return because(size, context);
  let column = 0;
  const letters = Array.from(self.value, (letter) => {
    if (letter === '\t') {
      const missing = width > 0 ? width - (column % width) : 0;
      column += missing;
      return ' '.repeat(missing);
    }
    column = letter === '\n' || letter === '\r' ? 0 : column + 1;
    return letter;
  });
  return string(letters.join(''));
}

function translate(self: StringValue, [table]: readonly (Value | undefined)[], context: CallContext): Value {
  if (table?.kind !== 'dict' || table.uncertain) return because(table, context);
  const letters: string[] = [];
  for (const letter of Array.from(self.value)) {
    const found = table.entries.get(`#${letter.codePointAt(0)}`)?.value;
    if (found === undefined) letters.push(letter);
    else if (found.kind === 'string') letters.push(found.value);
    else if (found.kind === 'int') letters.push(String.fromCodePoint(found.value));
    else if (found.kind !== 'none') return because(found, context);
  }
  return string(letters.join(''));
}

function namesOf(keywords: Value | undefined): ReadonlyMap<string, Value> {
  const entries = keywords?.kind === 'dict' ? [...keywords.entries.values()] : [];
  return new Map(entries.flatMap(({ key, value }) => (key.kind === 'string' ? [[key.value, value]] : [])));
}
