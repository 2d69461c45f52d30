/** Python's `re` over literal texts: patterns that mean the same in JavaScript; all others are unknown. */
import type { CallContext } from '../call';
import { positional } from '../call';
import { nativeClass } from '../classes';
import { iteratorOf } from '../iterators';
import { because, nativeWith, raises, unmodelled, type BoundRun } from '../natives';
import {
  dictOf,
  int,
  list,
  NONE,
  string,
  tuple,
  type ClassValue,
  type InstanceValue,
  type Value,
} from '../values';

const FLAGS: Readonly<Record<string, number>> = {
  IGNORECASE: 2,
  I: 2,
  MULTILINE: 8,
  M: 8,
  DOTALL: 16,
  S: 16,
  UNICODE: 32,
  U: 32,
  VERBOSE: 64,
  X: 64,
  ASCII: 256,
  A: 256,
};

const LONGEST_PATTERN = 300;
const MOST_STEPS = 2e7;

/** The members of the module. */
export function reMembers(): ReadonlyMap<string, Value> {
  const matchType = nativeClass('Match', [], matchMethods());
  const patternType = nativeClass('Pattern', [], []);
  const rows: Readonly<Record<string, readonly [string, Use]>> = {
    match: ['string', search('start', matchType)],
    fullmatch: ['string', search('whole', matchType)],
    search: ['string', search('anywhere', matchType)],
    findall: ['string', findAll],
    finditer: ['string', findIter(matchType)],
    split: ['string, maxsplit=', split],
    sub: ['repl, string, count=', substitute(matchType)],
  };
  for (const [name, [signature, use]] of Object.entries(rows))
    patternType.namespace.set(
      name,
      nativeWith(name, `self, ${signature}`, ([self, ...args], context) => {
        const regex = regexOf(self);
        return regex === undefined ? because(self, context) : use(regex, args, context);
      }),
    );
  return new Map<string, Value>([
    ...Object.entries(rows).map(
      ([name, [signature, use]]) =>
        [
          name,
          nativeWith(name, `pattern, ${signature}, flags=`, direct(use, signature.split(',').length)),
        ] as const,
    ),
    [
      'compile',
      nativeWith('compile', 'pattern, flags=', ([pattern, flags], context) => {
        const regex = compiled(pattern, flags, context);
        if ('kind' in regex) return regex;
        const made: InstanceValue = {
          kind: 'instance',
          class: patternType,
          attributes: new Map(),
          payload: regex,
        };
        if (pattern) made.attributes.set('pattern', pattern);
        return made;
      }),
    ],
    [
      'escape',
      nativeWith('escape', 'pattern', ([text], context) =>
        text?.kind === 'string' ? string(escaped(text.value)) : because(text, context),
      ),
    ],
    ...Object.entries(FLAGS).map(([name, value]) => [name, int(value)] as const),
  ]);
}

/** A pattern that JavaScript reads as Python does. */
interface Regex {
  readonly isRegex: true;
  readonly source: string;
  readonly flags: string;
  readonly names: readonly string[];
  /** How many parts of it may take any number of letters. */
  readonly repetitions: number;
}

type Use = (regex: Regex, args: readonly (Value | undefined)[], context: CallContext) => Value;

/** With the pattern first and flags behind the `count` other arguments. */
function direct(use: Use, count: number): BoundRun {
  return ([pattern, ...rest], context) => {
    const regex = regexOf(pattern) ?? compiled(pattern, rest[count], context);
    return 'kind' in regex ? regex : use(regex, rest.slice(0, count), context);
  };
}

function regexOf(value: Value | undefined): Regex | undefined {
  const payload = value?.kind === 'instance' ? (value.payload as Partial<Regex> | undefined) : undefined;
  return payload?.isRegex ? (payload as Regex) : undefined;
}

function compiled(
  pattern: Value | undefined,
  flags: Value | undefined,
  context: CallContext,
): Regex | (Value & { kind: 'unknown' }) {
  if (pattern?.kind !== 'string') return because(pattern, context);
  const bits = flags === undefined ? 0 : flags.kind === 'int' ? flags.value : undefined;
  if (bits === undefined) return because(flags, context);
  const regex = translate(pattern.value, bits);
  return regex ?? unmodelled(`the pattern '${pattern.value.slice(0, 60)}'`, context);
}

/** The pattern in JavaScript's words; `undefined` for what does not mean exactly the same, or may take for ever. */
export function translate(pattern: string, bits: number): Regex | undefined {
  if (
    pattern.length > LONGEST_PATTERN ||
    /[^\x20-\x7e]/.test(pattern) ||
    (bits & ~(2 | 8 | 16 | 32 | 256)) !== 0
  )
    return undefined;
  let source = '';
  const names: string[] = [];
  const groups: Group[] = [{ isRepeating: false, hasCapture: false, hasChoice: false }];
  let repetitions = 0;
  let isInClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at);
    const letter = pattern[at] ?? '';
    if (letter === '\\') {
      const next = pattern[at + 1] ?? '';
      at += 1;
      if (!isInClass && next === 'A') source += '(?<![^])';
      else if (!isInClass && next === 'Z') source += '(?![^])';
      else if (!isInClass && (next === 'b' || next === 'B')) source += `\\${next}`;
      else if ('dDwWnrtfv'.includes(next)) source += `\\${next}`;
      else if (next === 's') source += isInClass ? SPACES : `[${SPACES}]`;
      else if (/[^a-zA-Z0-9]/.test(next)) source += /[ !"#%&',:;<=>@_`~]/.test(next) ? next : `\\${next}`;
      else return undefined;
    } else if (isInClass) {
      if (letter === '[' || (/[-&|~]/.test(letter) && pattern[at + 1] === letter)) return undefined;
      if (letter === ']') isInClass = false;
      source += letter;
    } else if (letter === '[') {
      const opening = /^\[\^?/.exec(rest)?.[0] ?? '[';
      source += opening;
      at += opening.length - 1;
      isInClass = true;
      if (pattern[at + 1] === ']') {
        source += '\\]';
        at += 1;
      }
    } else if (letter === '(') {
      const opening = /^\((?:\?P<([A-Za-z_]\w*)>|\?:|\?=|\?!|(?!\?))/.exec(rest);
      if (opening === null) return undefined;
      const [text, name] = opening;
      if (text === '(' || name !== undefined) names.push(name ?? '');
      source += name === undefined ? text : `(?<${name}>`;
      at += text.length - 1;
      const outer = groups.at(-1);
      if (outer && (text === '(' || name !== undefined)) outer.hasCapture = true;
      groups.push({ isRepeating: false, hasCapture: false, hasChoice: false });
    } else if (letter === ')') {
      const group = groups.pop();
      if (groups.length === 0 || group === undefined) return undefined;
      const isRepeated = /^\)(?:[*+]|\{)/.test(rest);
      // A repetition inside a repetition may take for ever on a text that does not fit.
      // JavaScript forgets in each round what groups inside took; Python does not.
      if (isRepeated && (group.isRepeating || group.hasCapture || group.hasChoice)) return undefined;
      const outer = groups.at(-1);
      if (outer && (group.isRepeating || isRepeated)) outer.isRepeating = true;
      if (outer && group.hasCapture) outer.hasCapture = true;
      if (outer && group.hasChoice) outer.hasChoice = true;
      source += letter;
    } else if (/^(?:[*+?]|\{\d*,?\d*\})/.test(rest)) {
      const quantifier = /^(?:[*+?]|\{\d+\}|\{\d+,\d*\})\??/.exec(rest)?.[0];
      if (quantifier === undefined || /^[*+?{]/.test(rest.slice(quantifier.length))) return undefined;
      const group = groups.at(-1);
      const isBounded = quantifier.startsWith('?') || /^\{[0-9]?\}/.test(quantifier);
      if (group && !isBounded) group.isRepeating = true;
      if (!isBounded) repetitions += 1;
      source += quantifier;
      at += quantifier.length - 1;
    } else if (letter === '$') source += (bits & 8) !== 0 ? '(?=\\n|(?![^]))' : '(?=\\n?(?![^]))';
    else if (letter === '^') source += (bits & 8) !== 0 ? '(?<=\\n|(?<![^]))' : '(?<![^])';
    else if (letter === '.') source += (bits & 16) !== 0 ? '[^]' : '[^\\n]';
    else if (letter === '|') {
      const group = groups.at(-1);
      if (group) group.hasChoice = true;
      source += letter;
    } else if (letter === '{' || letter === '}') source += `\\${letter}`;
    else source += letter;
  }
  if (isInClass || groups.length !== 1) return undefined;
  const flags = (bits & 2) !== 0 ? 'gi' : 'g';
  try {
    new RegExp(source, flags);
  } catch {
    return undefined;
  }
  return { isRegex: true, source, flags, names, repetitions };
}

const SPACES = ' \\t-\\r\\x1c-\\x1f';

/** What a group of a pattern that is being read has inside. */
interface Group {
  isRepeating: boolean;
  hasCapture: boolean;
  hasChoice: boolean;
}

/** The text to look through, of a length that takes no long time: ASCII, since classes of characters differ beyond. */
function subjectOf(value: Value | undefined, { repetitions }: Regex): string | undefined {
  if (value?.kind !== 'string') return undefined;
  if ((value.value.length + 1) ** (repetitions + 1) > MOST_STEPS) return undefined;
  return /^[\x00-\x7f]*$/.test(value.value) ? value.value : undefined;
}

function search(where: 'start' | 'whole' | 'anywhere', type: ClassValue): Use {
  return (regex, [subject], context) => {
    const text = subjectOf(subject, regex);
    if (text === undefined) return because(subject, context);
    const body = `(?:${regex.source})`;
    const source = { start: `(?<![^])${body}`, whole: `(?<![^])${body}(?![^])`, anywhere: regex.source }[
      where
    ];
    const found = new RegExp(source, regex.flags).exec(text);
    return found === null ? NONE : matchOf(found, regex, type);
  };
}

function allMatches(regex: Regex, text: string): RegExpExecArray[] {
  return [...text.matchAll(new RegExp(regex.source, regex.flags))];
}

/** JavaScript and Python agree on where empty matches stand only where there are none. */
function hasEmpty(matches: readonly RegExpExecArray[]): boolean {
  return matches.some(([text]) => text === '');
}

function findAll(regex: Regex, [subject]: readonly (Value | undefined)[], context: CallContext): Value {
  const text = subjectOf(subject, regex);
  if (text === undefined) return because(subject, context);
  const matches = allMatches(regex, text);
  if (hasEmpty(matches)) return unmodelled('empty matches', context);
  return list(
    matches.map((found) => {
      const groups = found.slice(1).map((group: string | undefined) => string(group ?? ''));
      return groups.length === 0
        ? string(found[0])
        : groups.length === 1
          ? (groups[0] ?? NONE)
          : tuple(groups);
    }),
  );
}

function findIter(type: ClassValue): Use {
  return (regex, [subject], context) => {
    const text = subjectOf(subject, regex);
    if (text === undefined) return because(subject, context);
    const matches = allMatches(regex, text);
    if (hasEmpty(matches)) return unmodelled('empty matches', context);
    return iteratorOf(matches.map((found) => matchOf(found, regex, type)));
  };
}

function split(regex: Regex, [subject, most]: readonly (Value | undefined)[], context: CallContext): Value {
  const text = subjectOf(subject, regex);
  const limit = most === undefined ? 0 : most.kind === 'int' ? most.value : undefined;
  if (text === undefined || limit === undefined) return because(text === undefined ? subject : most, context);
  const matches = allMatches(regex, text);
  if (hasEmpty(matches) || limit < 0) return unmodelled('empty matches', context);
  const parts: Value[] = [];
  let from = 0;
  for (const found of limit === 0 ? matches : matches.slice(0, limit)) {
    parts.push(string(text.slice(from, found.index)));
    parts.push(
      ...found.slice(1).map((group: string | undefined) => (group === undefined ? NONE : string(group))),
    );
    from = found.index + found[0].length;
  }
  return list([...parts, string(text.slice(from))]);
}

function substitute(type: ClassValue): Use {
  return (regex, [replacement, subject, most], context) => {
    const text = subjectOf(subject, regex);
    const limit = most === undefined ? 0 : most.kind === 'int' ? most.value : undefined;
    if (text === undefined || limit === undefined)
      return because(text === undefined ? subject : most, context);
    const matches = allMatches(regex, text);
    if (hasEmpty(matches) || limit < 0) return unmodelled('empty matches', context);
    let made = '';
    let from = 0;
    for (const found of limit === 0 ? matches : matches.slice(0, limit)) {
      const part = replacementOf(replacement ?? NONE, found, regex, type, context);
      if (part === undefined) return because(replacement, context);
      made += text.slice(from, found.index) + part;
      from = found.index + found[0].length;
    }
    return string(made + text.slice(from));
  };
}

function replacementOf(
  replacement: Value,
  found: RegExpExecArray,
  regex: Regex,
  type: ClassValue,
  context: CallContext,
): string | undefined {
  if (replacement.kind !== 'string') {
    const made = context.interpreter.call(replacement, positional(matchOf(found, regex, type)), context);
    return made.kind === 'string' ? made.value : undefined;
  }
  const state = { isKnown: true };
  const text = replacement.value.replace(
    /\\(?:g<(\w+)>|([0-9]{1,2})|([^]?))/g,
    (_, named?: string, digits?: string, other?: string) => {
      if (other !== undefined && other !== '\\') state.isKnown = false;
      if (other === '\\') return other;
      const group = groupOf(found, regex, named ?? digits ?? '');
      if (group === null) state.isKnown = false;
      return group ?? '';
    },
  );
  return state.isKnown ? text : undefined;
}

/** The text of a group by number or name; `undefined` where it took no part, `null` where there is none. */
function groupOf(found: RegExpExecArray, regex: Regex, key: string): string | undefined | null {
  const number = /^[0-9]+$/.test(key) ? Number(key) : regex.names.indexOf(key) + 1;
  if (number > regex.names.length || (number === 0 && key !== '0')) return null;
  return found[number];
}

interface MatchPayload {
  readonly found: RegExpExecArray;
  readonly regex: Regex;
}

function matchOf(found: RegExpExecArray, regex: Regex, type: ClassValue): Value {
  const payload: MatchPayload = { found, regex };
  return { kind: 'instance', class: type, attributes: new Map([['string', string(found.input)]]), payload };
}

function matchMethods(): [string, Value][] {
  const payloadOf = (self: Value | undefined): MatchPayload | undefined =>
    self?.kind === 'instance' ? (self.payload as MatchPayload | undefined) : undefined;
  const asValue = (group: string | undefined | null, otherwise: Value = NONE): Value =>
    typeof group === 'string' ? string(group) : otherwise;
  const method = (
    name: string,
    signature: string,
    run: (match: MatchPayload, args: readonly (Value | undefined)[], context: CallContext) => Value,
  ): [string, Value] => [
    name,
    nativeWith(name, `self, ${signature}`, ([self, ...args], context) => {
      const match = payloadOf(self);
      return match === undefined ? because(self, context) : run(match, args, context);
    }),
  ];
  const one = ({ found, regex }: MatchPayload, key: Value, context: CallContext): Value => {
    if (key.kind !== 'int' && key.kind !== 'string') return because(key, context);
    const group = groupOf(found, regex, String(key.value));
    return group === null ? raises('IndexError: no such group', context) : asValue(group);
  };
  return [
    method('group', '*keys', (match, [keys], context) => {
      const all = keys?.kind === 'tuple' ? keys.items : [];
      const [first = int(0), ...more] = all;
      return more.length === 0
        ? one(match, first, context)
        : tuple(all.map((key) => one(match, key, context)));
    }),
    method('__getitem__', 'key', (match, [key = NONE], context) => one(match, key, context)),
    method('groups', 'default=', ({ found }, [otherwise]) =>
      tuple(found.slice(1).map((group: string | undefined) => asValue(group, otherwise))),
    ),
    method('groupdict', 'default=', ({ found, regex }, [otherwise]) =>
      dictOf(
        regex.names.flatMap((name, index) =>
          name === '' ? [] : [[name, asValue(found[index + 1], otherwise)] as const],
        ),
      ),
    ),
    method('start', 'group=', ({ found }, [group], context) =>
      group === undefined ? int(found.index) : unmodelled('Match.start', context),
    ),
    method('end', 'group=', ({ found }, [group], context) =>
      group === undefined ? int(found.index + found[0].length) : unmodelled('Match.end', context),
    ),
    method('span', 'group=', ({ found }, [group], context) =>
      group === undefined
        ? tuple([int(found.index), int(found.index + found[0].length)])
        : unmodelled('Match.span', context),
    ),
  ];
}

function escaped(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, (character) => `\\${character}`);
}
