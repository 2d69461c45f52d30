/** Checks of what arrives from outside: messages of the page and arguments of commands. */
import type { CallSite } from '../analysis/report';
import type { Choice } from '../present/context';
import type { TableFormat } from '../protocol/summary';
import type { CopyFormat } from '../protocol/visualiser';

type Place = CallSite['place'];

const FORMATS: readonly unknown[] = ['markdown', 'json', 'pytorch', 'keras'] satisfies readonly CopyFormat[];

const TABLE_FORMATS: readonly unknown[] = ['csv', 'markdown'] satisfies readonly TableFormat[];

/** Names a call or a model: its document and its identity there. */
export interface SiteReference {
  readonly uri: string;
  readonly id: string;
}

/** Whether the value names one of the formats to copy. */
export function isCopyFormat(value: unknown): value is CopyFormat {
  return FORMATS.includes(value);
}

/** Whether the value is a place in a document. */
export function isPlace(value: unknown): value is Place {
  if (!isRecord(value) || typeof value['uri'] !== 'string' || !isRecord(value['span'])) return false;
  return isPosition(value['span']['start']) && isPosition(value['span']['end']);
}

/** Whether the value names a call or a model. */
export function isSiteReference(value: unknown): value is SiteReference {
  return isRecord(value) && typeof value['uri'] === 'string' && typeof value['id'] === 'string';
}

/** Whether the value names one of the formats of a table. */
export function isTableFormat(value: unknown): value is TableFormat {
  return TABLE_FORMATS.includes(value);
}

/** Whether the value is a context that was chosen. */
export function isChoice(value: unknown): value is Choice {
  if (!isRecord(value) || typeof value['model'] !== 'string') return false;
  return value['instance'] === undefined || typeof value['instance'] === 'string';
}

/** Whether the value holds the sizes of inputs by model. */
export function isModelInputs(value: unknown): value is Readonly<Record<string, readonly number[]>> {
  const isSizes = (sizes: unknown) =>
    Array.isArray(sizes) && sizes.length > 0 && sizes.every((size) => isCount(size) && size !== 0);
  return isRecord(value) && Object.values(value).every(isSizes);
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && isCount(value['line']) && isCount(value['character']);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
