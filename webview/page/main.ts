/** Starts the page: gets VS Code's port, builds controller and views, and says that it is ready. */
import workerSource from 'worker-source';
import { connect, serve } from '../../src/protocol/rpc';
import type { HostService, PageService } from '../../src/protocol/visualiser';
import { buildPage } from './app';
import { isSavedState } from './check';
import { createController } from './controller';
import { registerControls } from './controls';
import { startEngine } from './engine';
import { type HostApi, hostPort, watchStrays } from './ports';
import { INITIAL_STATE, type PageState, savedState } from './state';

declare function acquireVsCodeApi(): HostApi;

const root = document.getElementById('app');
if (root !== null) start(root);

function start(element: HTMLElement): void {
  registerControls();
  const api = acquireVsCodeApi();
  const port = hostPort(api);
  const { remote: host } = connect<HostService>(port);
  watchStrays(() => void host.log('the page ignored a message of a form it does not know'));
  const engine = startEngine(workerSource, (report) => Promise.resolve(controller.progress(report)));
  const controller = createController(restoredState(api.getState()), {
    host,
    engine,
    onChange: (state) => {
      render(state);
      api.setState(savedState(state));
    },
  });
  const render = buildPage(element, controller);
  render(controller.state);
  serve<PageService>(port, {
    ...controller.service,
    verify: async (argument) => {
      await controller.service.verify(argument);
      element.querySelector('.verify')?.scrollIntoView();
    },
  });
  document.body.dataset['ready'] = 'true';
  void host.ready(null);
}

function restoredState(saved: unknown): PageState {
  return isSavedState(saved) ? saved : INITIAL_STATE;
}
