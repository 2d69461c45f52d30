/** Everything the summary page shows follows from this one serialisable record. */
import type { ModelContent, SummaryContent, TableRow } from '../../../src/protocol/summary';

/** The column that rows are sorted by. */
export interface Sort {
  readonly column: number;
  readonly isDescending: boolean;
}

/** The page's state. */
export interface SummaryState {
  /** Absent until the host sends something. */
  readonly content?: SummaryContent;
  /** Absent: in the order in which the model holds its layers. */
  readonly sort?: Sort;
  /** What was last done, such as `Copied as CSV`. */
  readonly notice: string;
}

/** The state before anything is known. */
export const INITIAL_STATE: SummaryState = { notice: '' };

/** The order after a column's button was pressed: numbers with the largest first, texts from A; then turned; then none. */
export function nextSort(sort: Sort | undefined, column: number, isNumeric: boolean): Sort | undefined {
  if (sort?.column !== column) return { column, isDescending: isNumeric };
  return sort.isDescending === isNumeric ? { column, isDescending: !isNumeric } : undefined;
}

/** The rows in order; those without a value stand last either way, and equal ones keep the model's order. */
export function sortedRows({ rows, columns }: ModelContent, sort: Sort | undefined): readonly TableRow[] {
  if (sort === undefined) return rows;
  const isNumeric = columns[sort.column]?.isNumeric ?? false;
  const compare = isNumeric ? compareNumbers : compareTexts;
  return [...rows].sort((a, b) => compare(a.cells[sort.column], b.cells[sort.column], sort.isDescending));
}

type Cell = TableRow['cells'][number] | undefined;

function compareNumbers(a: Cell, b: Cell, isDescending: boolean): number {
  if (a?.value === undefined || b?.value === undefined)
    return Number(a?.value === undefined) - Number(b?.value === undefined);
  return isDescending ? b.value - a.value : a.value - b.value;
}

/** Digits within texts count as numbers: `layer2` stands before `layer10`. */
function compareTexts(a: Cell, b: Cell, isDescending: boolean): number {
  const [first, second] = [a?.text ?? '', b?.text ?? ''];
  if (first === '' || second === '') return Number(first === '') - Number(second === '');
  const order = first.localeCompare(second, undefined, { numeric: true });
  return isDescending ? -order : order;
}
