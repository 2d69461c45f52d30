/** Whether what arrived at the summary page is what it should be. */
import type { SummaryContent } from '../../../src/protocol/summary';
import { isFlag, isPlace, isText, list, oneOf, optional, record } from '../check';
import type { SummaryState } from './state';

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

const isModel = record({
  kind: oneOf('summary'),
  uri: isText,
  id: isText,
  location: isText,
  place: isPlace,
  facts: list(record({ name: isText, value: isText })),
  notes: list(isText),
  columns: list(record({ title: isText, isNumeric: isFlag })),
  rows: list(record({ cells: list(record({ text: isText, value: optional(isNumber) })), place: isPlace })),
  totals: list(isText),
});
const isEmpty = record({ kind: oneOf('empty'), message: isText });
const isSaved = record({
  content: optional(isSummaryContent),
  sort: optional(record({ column: isNumber, isDescending: isFlag })),
  notice: isText,
});

/** Whether the value is content that the page can show. */
export function isSummaryContent(value: unknown): value is SummaryContent {
  return isModel(value) || isEmpty(value);
}

/** Whether the value is a state that the page has saved. */
export function isSummaryState(value: unknown): value is SummaryState {
  return isSaved(value);
}
