/** Starts the summary page: gets VS Code's port, shows what the host sends, and says that it is ready. */
import { connect, serve } from '../../../src/protocol/rpc';
import type { SummaryHostService, SummaryPageService, TableFormat } from '../../../src/protocol/summary';
import { registerControls } from '../controls';
import { type HostApi, hostPort, watchStrays } from '../ports';
import { isSummaryContent, isSummaryState } from './check';
import { INITIAL_STATE, nextSort, type SummaryState } from './state';
import { buildSummary } from './view';

declare function acquireVsCodeApi(): HostApi;

const root = document.getElementById('app');
if (root !== null) start(root);

function start(element: HTMLElement): void {
  registerControls();
  const api = acquireVsCodeApi();
  const port = hostPort(api);
  const { remote: host } = connect<SummaryHostService>(port);
  const log = (message: string): void => void host.log(message).catch(() => undefined);
  const saved = api.getState();
  let state: SummaryState = isSummaryState(saved) ? saved : INITIAL_STATE;

  const change = (part: Partial<SummaryState>): void => {
    state = { ...state, ...part };
    render(state);
    api.setState(state);
  };
  const copy = (format: TableFormat): void => {
    host.copy(format).then(
      () => change({ notice: `Copied as ${{ csv: 'CSV', markdown: 'Markdown' }[format]}` }),
      (error: unknown) => change({ notice: `Could not copy: ${textOf(error)}` }),
    );
  };
  const render = buildSummary(element, {
    sort: (column) => {
      const { content, sort } = state;
      if (content?.kind !== 'summary') return;
      change({ sort: nextSort(sort, column, content.columns[column]?.isNumeric ?? false) });
    },
    reveal: (place) => void host.reveal(place).catch((error: unknown) => log(`reveal: ${textOf(error)}`)),
    copy,
    setInput: () => void host.setInput(null).catch((error: unknown) => log(`input: ${textOf(error)}`)),
  });

  watchStrays(() => log('the page ignored a message of a form it does not know'));
  serve<SummaryPageService>(port, {
    show: (content) => {
      if (isSummaryContent(content)) change({ content });
      else log('the page ignored content of a form it does not know');
      return Promise.resolve();
    },
  });
  render(state);
  document.body.dataset['ready'] = 'true';
  document.body.dataset['page'] = 'summary';
  void host.ready(null);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
