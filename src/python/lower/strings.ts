/** String literals: prefixes, escapes, implicit concatenation and formatted strings. */
import type { Expression, FormattedPart, FormattedString } from '../syntax';
import { childIn, isDamaged, isError, type TreeNode } from '../tree';
import { errorExpression, sourceOf, type Lowering } from './lowering';

/** One literal, or several side by side. */
export function lowerString(lowering: Lowering, node: TreeNode): Expression {
  const literals =
    node.type === 'concatenated_string' ? node.children.filter((child) => child.isNamed) : [node];
  const parts: (string | FormattedPart)[] = [];
  for (const literal of literals) {
    const read =
      literal.type === 'string' && !isDamaged(literal) ? readLiteral(lowering, literal) : undefined;
    if (!read) return errorExpression(lowering, node);
    for (const part of read) append(parts, part);
  }
  const span = lowering.span(node);
  const [first = ''] = parts;
  if (parts.length <= 1 && typeof first === 'string') return { kind: 'string', span, value: first };
  return { kind: 'formatted', span, parts };
}

/** The parts of one literal; absent for bytes, template strings and unfinished literals. */
function readLiteral(lowering: Lowering, node: TreeNode): (string | FormattedPart)[] | undefined {
  const source = sourceOf(lowering, node);
  const [opening, prefix = '', quote = ''] = /^([a-z]*)("""|'''|"|')/i.exec(source) ?? [''];
  const isFinished = source.length >= opening.length + quote.length && source.endsWith(quote);
  if (quote === '' || !isFinished || node.children.at(-1)?.isMissing || /[bt]/i.test(prefix))
    return undefined;
  const style = { isRaw: /r/i.test(prefix), isFormatted: /f/i.test(prefix) };
  if (!style.isFormatted) return [decode(source.slice(opening.length, -quote.length), style)];
  const parts: (string | FormattedPart)[] = [];
  for (const child of node.children) {
    if (child.type === 'interpolation') parts.push(...lowerInterpolation(lowering, child));
    else if (child.type === 'string_content') parts.push(decode(sourceOf(lowering, child), style));
  }
  return parts;
}

/** `{value}`; `{value=}` comes with its own text before it. */
function lowerInterpolation(lowering: Lowering, node: TreeNode): (string | FormattedPart)[] {
  const expression = childIn(node, 'expression');
  const opening = node.children[0];
  if (!expression || !opening || node.children.some(isError)) {
    const value = errorExpression(lowering, node);
    return [{ value, text: value.text, isDebug: false }];
  }
  const equals = node.children.find((child) => child.type === '=');
  const conversion = childIn(node, 'type_conversion');
  const format = childIn(node, 'format_specifier');
  const next = conversion ?? format ?? node.children.at(-1) ?? expression;
  return [
    {
      value: lowering.expression(expression),
      text: equals ? lowering.text.slice(opening.end, next.start) : sourceOf(lowering, expression),
      ...(conversion && { conversion: sourceOf(lowering, conversion).slice(1) }),
      ...(format && { format: lowerFormat(lowering, format) }),
      isDebug: equals !== undefined,
    },
  ];
}

/** The text behind the colon; the grammar names only the replacements in it, the text lies between. */
function lowerFormat(lowering: Lowering, node: TreeNode): FormattedString {
  const parts: (string | FormattedPart)[] = [];
  let from = node.children[0]?.type === ':' ? node.children[0].end : node.start + 1;
  for (const child of node.children) {
    if (child.type !== 'format_expression') continue;
    append(parts, lowering.text.slice(from, child.start));
    parts.push(...lowerInterpolation(lowering, child));
    from = child.end;
  }
  append(parts, lowering.text.slice(from, node.end));
  return { kind: 'formatted', span: lowering.span({ start: node.start + 1, end: node.end }), parts };
}

/** Adds a part, joining text with text and leaving out empty text. */
function append(parts: (string | FormattedPart)[], part: string | FormattedPart): void {
  const last = parts.at(-1);
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
  else if (part !== '') parts.push(part);
}

interface Style {
  readonly isRaw: boolean;
  readonly isFormatted: boolean;
}

/** What a stretch of a literal stands for. Source: Python reference, "Escape sequences". */
export function decode(text: string, { isRaw, isFormatted }: Style): string {
  const lines = text.replace(/\r\n?/g, '\n');
  const plain = isFormatted ? lines.replaceAll('{{', '{').replaceAll('}}', '}') : lines;
  return isRaw || !plain.includes('\\') ? plain : plain.replace(escape, resolve);
}

const escape = /\\(?:\n|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^}]*\}|[^])/gu;

const singles: Readonly<Record<string, string>> = {
  '\\\n': '',
  '\\\\': '\\',
  "\\'": "'",
  '\\"': '"',
  '\\a': '\x07',
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\v': '\v',
};

/** Names of characters (`\N{…}`) and escapes that Python does not know stay as they are. */
function resolve(sequence: string): string {
  const single = singles[sequence];
  if (single !== undefined) return single;
  const hexadecimal = /^\\[xuU]([\da-fA-F]+)$/.exec(sequence)?.[1];
  const octal = /^\\([0-7]+)$/.exec(sequence)?.[1];
  const code = hexadecimal ? parseInt(hexadecimal, 16) : octal ? parseInt(octal, 8) : undefined;
  return code === undefined || code > 0x10ffff ? sequence : String.fromCodePoint(code);
}
