/** What the extension host and the page of a model's summary say to each other. */
import type { Place } from '../symbolic/place';
import type { EmptyContent } from './visualiser';

/** What the page offers to the host. */
export type SummaryPageService = {
  /** Shows a model, or why there is none. */
  show(content: SummaryContent): Promise<void>;
};

/** What the host offers to the page. */
export type SummaryHostService = {
  /** The page is drawn and can be shown content. */
  ready(argument: null): Promise<void>;
  /** Jumps to source. */
  reveal(place: Place): Promise<void>;
  /** Puts the table on the clipboard. */
  copy(format: TableFormat): Promise<void>;
  /** Asks the user for the size of the model's input. */
  setInput(argument: null): Promise<void>;
  /** Writes a line to ConvLens's log. */
  log(message: string): Promise<void>;
};

export type TableFormat = 'csv' | 'markdown';

export type SummaryContent = ModelContent | EmptyContent;

/** A model as a table. Texts are plain text and come from source: never markup. */
export interface ModelContent {
  readonly kind: 'summary';
  readonly uri: string;
  /** Of the model in its document, such as `resnet50()`. */
  readonly id: string;
  /** Such as `resnet.py:12`. */
  readonly location: string;
  readonly place: Place;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What keeps the totals from being complete, a sentence each. */
  readonly notes: readonly string[];
  readonly columns: readonly { readonly title: string; readonly isNumeric: boolean }[];
  /** One cell a column; the first names the layer. */
  readonly rows: readonly TableRow[];
  /** One text a column. */
  readonly totals: readonly string[];
}

/** One layer of a model. */
export interface TableRow {
  /** `value` is what a cell sorts by, where it is a number. */
  readonly cells: readonly { readonly text: string; readonly value?: number }[];
  readonly place: Place;
}
