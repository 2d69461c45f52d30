/** The summary page: what the model adds up to, and the table of its convolutions, as a function of the state. */
import type { Place } from '../../../src/symbolic/place';
import type { ModelContent, TableFormat, TableRow } from '../../../src/protocol/summary';
import { button } from '../controls';
import { type Child, h, linkButton, replaceChildren, sign } from '../dom';
import { type Sort, sortedRows, type SummaryState } from './state';

/** What the page can ask for. */
export interface SummaryCommands {
  sort(column: number): void;
  reveal(place: Place): void;
  copy(format: TableFormat): void;
  setInput(): void;
}

/** Builds the page in `root`; the returned function shows a state. */
export function buildSummary(root: HTMLElement, commands: SummaryCommands): (state: SummaryState) => void {
  const head = h('div', { class: 'head' });
  const notice = h('span', { class: 'notice', role: 'status' });
  const toolbar = toolbarOf(commands, notice);
  const body = h('div', { class: 'body' });
  root.replaceChildren(head, toolbar, body);
  let drawn: SummaryState | undefined;
  return (state) => {
    const { content, sort } = state;
    notice.textContent = state.notice;
    toolbar.hidden = content?.kind !== 'summary';
    if (drawn?.content !== content) replaceChildren(head, headOf(content, commands));
    if (drawn?.content !== content || drawn?.sort !== sort)
      replaceChildren(body, content?.kind === 'summary' ? [tableOf(content, sort, commands)] : []);
    drawn = state;
  };
}

function toolbarOf(commands: SummaryCommands, notice: HTMLElement): HTMLElement {
  const copy = (format: TableFormat, label: string) =>
    button({
      label,
      attributes: { 'data-key': format, title: `Put the table on the clipboard as ${label.slice(8)}` },
      onClick: () => commands.copy(format),
    });
  return h(
    'section',
    { class: 'toolbar', 'aria-label': 'Actions' },
    button({
      label: 'Set input size',
      attributes: { 'data-key': 'input', title: 'Give the sizes of the data of one run' },
      onClick: () => commands.setInput(),
    }),
    copy('csv', 'Copy as CSV'),
    copy('markdown', 'Copy as Markdown'),
    notice,
  );
}

function headOf(content: SummaryState['content'], commands: SummaryCommands): Child[] {
  if (content?.kind !== 'summary') {
    const message = content === undefined ? 'Waiting for the editor…' : content.message;
    return [h('h1', { class: 'visually-hidden' }, 'ConvLens'), h('p', { role: 'status' }, message)];
  }
  return [
    h(
      'section',
      { class: 'heading' },
      h('h1', {}, content.id),
      linkButton(content.location, () => commands.reveal(content.place), {
        'data-key': 'location',
        title: 'Go to the model',
        'aria-label': `Go to ${content.location}`,
      }),
    ),
    h('dl', { class: 'figures' }, ...content.facts.flatMap(fact)),
    content.notes.length === 0
      ? undefined
      : h('ul', { class: 'notes' }, ...content.notes.map((note) => h('li', {}, sign('⚠'), note))),
  ];
}

function fact({ name, value }: ModelContent['facts'][number]): HTMLElement[] {
  return [h('dt', {}, name), h('dd', {}, value)];
}

function tableOf(content: ModelContent, sort: Sort | undefined, commands: SummaryCommands): HTMLElement {
  const headers = content.columns.map((column, index) => headerCell(column, index, sort, commands));
  const rows = sortedRows(content, sort).map((row) => rowOf(row, content, commands));
  const totals = content.totals.map((text, index) =>
    index === 0
      ? h('th', { scope: 'row' }, text)
      : h('td', { class: content.columns[index]?.isNumeric === true ? 'number' : undefined }, text),
  );
  const body = h('tbody', {}, ...rows);
  rove(body);
  return h(
    'div',
    {
      class: 'scroll',
      role: 'region',
      'aria-label': 'Convolutions of the model',
      tabindex: 0,
      'data-key': 'table',
    },
    h(
      'table',
      {},
      h('caption', { class: 'visually-hidden' }, 'Convolutions; a name goes to its call, a heading sorts'),
      h('thead', {}, h('tr', {}, ...headers)),
      body,
      h('tfoot', {}, h('tr', {}, ...totals)),
    ),
  );
}

function headerCell(
  { title, isNumeric }: ModelContent['columns'][number],
  index: number,
  sort: Sort | undefined,
  commands: SummaryCommands,
): HTMLElement {
  const direction =
    sort?.column !== index ? undefined : sort.isDescending ? ('descending' as const) : ('ascending' as const);
  const mark = direction === undefined ? '' : direction === 'descending' ? '▼' : '▲';
  const press = h(
    'button',
    { type: 'button', 'data-key': `sort-${index}` },
    title,
    h('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
  );
  press.addEventListener('click', () => commands.sort(index));
  return h(
    'th',
    { scope: 'col', class: isNumeric ? 'number' : undefined, 'aria-sort': direction ?? 'none' },
    press,
  );
}

function rowOf(
  { cells, place }: TableRow,
  { columns }: ModelContent,
  commands: SummaryCommands,
): HTMLElement {
  const [name, ...rest] = cells;
  const label = name?.text ?? '';
  const go = linkButton(label === '' ? '(the model itself)' : label, () => commands.reveal(place), {
    title: 'Go to the call that makes it',
    tabindex: -1,
  });
  const row = h(
    'tr',
    {},
    h('th', { scope: 'row' }, go),
    ...rest.map(({ text }, index) =>
      h('td', { class: columns[index + 1]?.isNumeric === true ? 'number' : undefined }, text),
    ),
  );
  row.addEventListener('click', ({ target }) => {
    const isText = (document.getSelection()?.toString() ?? '') !== '';
    if (target !== go && !isText) commands.reveal(place);
  });
  return row;
}

/** Gives the names one stop of the Tab key; arrow keys, Home and End go from one to the next. */
function rove(body: HTMLElement): void {
  const names = [...body.querySelectorAll<HTMLElement>('button')];
  names[0]?.setAttribute('tabindex', '0');
  body.addEventListener('focusin', ({ target }) => {
    for (const name of names) name.tabIndex = name === target ? 0 : -1;
  });
  body.addEventListener('keydown', (event) => {
    const at = names.findIndex((name) => name === document.activeElement);
    const next = at < 0 ? undefined : names[targetOf(event.key, at, names.length)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}

/** Index of the row that a key leads to; -1 for other keys. */
function targetOf(key: string, at: number, length: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, length - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'PageDown':
      return Math.min(at + 10, length - 1);
    case 'PageUp':
      return Math.max(at - 10, 0);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return -1;
  }
}
