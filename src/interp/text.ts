/** Python's `repr` and `str` of values, exact or absent. */
import { findInClass } from './classes';
import { positional, type CallContext } from './call';
import { itemsOfView, showFloat, type Value } from './values';

/** Texts longer than this are not made. */
const MOST = 100_000;
const DEEPEST = 20;

/** Python's `str` of a value, or `undefined` when it is not certain. */
export function textOf(value: Value, context?: CallContext): string | undefined {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'instance') return viaMethod(value, ['__str__', '__repr__'], context);
  return reprOf(value, context);
}

/** Python's `repr` of a value, or `undefined` when it is not certain. */
export function reprOf(value: Value, context?: CallContext, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  const all = (values: readonly Value[]): string | undefined => {
    const parts: string[] = [];
    let length = 0;
    for (const each of values) {
      const text = reprOf(each, context, depth + 1);
      if (text === undefined || (length += text.length) > MOST) return undefined;
      parts.push(text);
    }
    return parts.join(', ');
  };
  const around = (open: string, text: string | undefined, close: string): string | undefined =>
    text === undefined ? undefined : open + text + close;
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    case 'float':
      return showFloat(value.value);
    case 'string':
      return quoted(value.value);
    case 'tuple':
      return around('(', all(value.items), value.items.length === 1 ? ',)' : ')');
    case 'list': {
      const items = value.uncertain ? undefined : around('[', all(value.items), ']');
      if (value.deque === undefined) return items;
      return around(
        'deque(',
        items,
        value.deque.limit === undefined ? ')' : `, maxlen=${value.deque.limit})`,
      );
    }
    case 'dict': {
      if (value.uncertain || value.variant) return undefined;
      const parts: string[] = [];
      for (const { key, value: item } of value.entries.values()) {
        const texts = [reprOf(key, context, depth + 1), reprOf(item, context, depth + 1)];
        if (texts.includes(undefined)) return undefined;
        parts.push(texts.join(': '));
      }
      return `{${parts.join(', ')}}`;
    }
    case 'set': {
      if (value.uncertain || value.elements.size > 1) return undefined;
      if (value.elements.size === 0) return value.isFrozen ? 'frozenset()' : 'set()';
      const one = around('{', all([...value.elements.values()]), '}');
      return value.isFrozen ? around('frozenset(', one, ')') : one;
    }
    case 'view':
      return value.of.uncertain ? undefined : around(`dict_${value.part}([`, all(itemsOfView(value)), '])');
    case 'range':
      return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`;
    case 'slice': {
      const parts = all([value.start, value.stop, value.step]);
      return around('slice(', parts, ')');
    }
    case 'instance':
      return viaMethod(value, ['__repr__'], context);
    default:
      return undefined;
  }
}

/** A text as Python's `repr` writes it; `undefined` where that depends on Python's tables of characters. */
export function quoted(text: string): string | undefined {
  const isPlain = /^[\t\n\r\x20-\x7e\xa1-\xac\xae-\u02ff\u4e00-\u9fa5]*$/.test(text);
  const isControl = !isPlain && /^[\x00-\x7f\xa1-\xac\xae-\u02ff]*$/.test(text);
  if (!isPlain && !isControl) return undefined;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(
      /[\x00-\x1f\x7f]/g,
      (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  return quote + escaped + quote;
}

function viaMethod(
  value: Value & { kind: 'instance' },
  names: readonly string[],
  context: CallContext | undefined,
): string | undefined {
  const method = names.map((name) => findInClass(value.class, name)).find((each) => each !== undefined);
  if (method === undefined || context === undefined) return undefined;
  const text = context.interpreter.call(method, positional(value), context);
  return text.kind === 'string' ? text.value : undefined;
}
