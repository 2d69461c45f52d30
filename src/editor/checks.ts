/** Checks of what arrives from outside: messages of the page and arguments of commands. */
import type { CallSite } from '../analysis/report';
import type { CopyFormat } from '../protocol/visualiser';

type Place = CallSite['place'];

const FORMATS: readonly unknown[] = ['markdown', 'json', 'pytorch', 'keras'] satisfies readonly CopyFormat[];

/** Names a call: its document and its identity there. */
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

/** Whether the value names a call. */
export function isSiteReference(value: unknown): value is SiteReference {
  return isRecord(value) && typeof value['uri'] === 'string' && typeof value['id'] === 'string';
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
