/** Our syntax in the form of golden.jsonl: what Python's own parser tells, in its own grouping. */
import type {
  BooleanOperation,
  Expression,
  FormattedPart,
  Module,
  Parameter,
} from '../../../src/python/syntax';
import type { Span } from '../../../src/symbolic/place';
import { showSpan } from './support';

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** The statements of a module as plain data. */
export function comparable(module: Module): unknown {
  return JSON.parse(JSON.stringify(module.body.map((statement) => convert(statement as unknown as Json))));
}

type JsonRecord = { readonly [key: string]: Json };

function convert(value: Json): Json {
  if (Array.isArray(value)) return value.map((each: Json) => convert(each));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as JsonRecord;
  if (record['kind'] === 'error') return { kind: 'error', span: span(record) };
  if (record['kind'] === 'boolean') return boolean(record as unknown as BooleanOperation);
  if (record['kind'] === 'formatted') return { ...record, span: span(record), parts: parts(record['parts']) };
  if (record['kind'] === 'other') return { kind: 'other', names: [...(record['names'] as string[])].sort() };
  if (isParameters(record))
    return record['list'].map(({ span: _, ...rest }) => convert(rest as unknown as Json));
  const converted: Record<string, Json> = {};
  for (const [key, each] of Object.entries(record)) {
    if (OURS.has(key) || (key === 'span' && 'form' in record)) continue;
    converted[key] = key === 'span' ? span(record) : convert(each);
  }
  return converted;
}

/** What we add to what Python's parser tells. */
const OURS: ReadonlySet<string> = new Set(['nameSpan', 'argumentsSpan', 'mayLeave']);

function isParameters(record: JsonRecord): record is { readonly list: readonly (JsonRecord & Parameter)[] } {
  return Array.isArray(record['list']) && 'byKeyword' in record;
}

function span(record: JsonRecord): string {
  return showSpan(record['span'] as unknown as Span);
}

/** Python keeps `a and b and c` as three values of one operation. */
function boolean(operation: BooleanOperation): Json {
  const values: Expression[] = [operation.right];
  let left = operation.left;
  // A bracketed operation on the left has a span that starts later than the whole.
  while (
    left.kind === 'boolean' &&
    left.operator === operation.operator &&
    left.span.start.line === operation.span.start.line &&
    left.span.start.character === operation.span.start.character
  ) {
    values.unshift(left.right);
    left = left.left;
  }
  values.unshift(left);
  return {
    kind: 'boolean',
    span: showSpan(operation.span),
    operator: operation.operator,
    values: values.map((each) => convert(each as unknown as Json)),
  };
}

/** Python's version has debug text in the parts and no exact positions. */
function parts(found: Json): Json {
  const joined: Json[] = [];
  const add = (part: Json): void => {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  };
  for (const part of found as unknown as readonly (string | FormattedPart)[]) {
    if (typeof part === 'string') {
      add(part);
      continue;
    }
    if (part.isDebug) add(part.text);
    // `{x=}` shows the value's representation unless it is formatted.
    const conversion = part.conversion ?? (part.isDebug && !part.format ? 'r' : undefined);
    add({
      value: withoutSpans(convert(part.value as unknown as Json)),
      ...(conversion && { conversion }),
      ...(part.format && { format: parts(part.format.parts as unknown as Json) }),
    });
  }
  return joined;
}

function withoutSpans(value: Json): Json {
  if (Array.isArray(value)) return value.map((each: Json) => withoutSpans(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonRecord)
      .filter(([key]) => key !== 'span')
      .map(([key, each]) => [key, withoutSpans(each)]),
  );
}
