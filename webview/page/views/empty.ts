/** What the page says while there is no layer to show. */
import { h } from '../dom';
import { type Section, section } from '../section';

/** Nothing yet, or the host's message. */
export function emptySection(): Section {
  return section(
    { class: 'empty-page' },
    (state) => [state.content],
    (content) => {
      if (content === undefined) return [title(), h('p', { role: 'status' }, 'Waiting for the editor…')];
      if (content.kind === 'layer') return [];
      return [title(), h('p', { role: 'status' }, content.message)];
    },
  );
}

function title(): HTMLElement {
  return h('h1', { class: 'visually-hidden' }, 'ConvLens');
}
