/** Tabs that choose one of a separable layer's maps. */
import type { Commands } from '../commands';
import { h } from '../dom';
import type { StageMap, StageName } from '../map/stages';

/** A tab for each map; arrow keys, Home and End move between them. */
export function stageTabs(
  stages: readonly StageMap[],
  chosen: StageName,
  { dispatch }: Commands,
): HTMLElement {
  const tabs = stages.map(({ name, title }) => {
    const isChosen = name === chosen;
    const tab = h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(isChosen),
        tabindex: isChosen ? 0 : -1,
        'data-key': `stage-${name}`,
      },
      title,
    );
    tab.addEventListener('click', () => dispatch({ type: 'stage', stage: name }));
    return tab;
  });
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Stages of the layer' }, ...tabs);
  list.addEventListener('keydown', (event) => {
    const now = stages.findIndex(({ name }) => name === chosen);
    const next = stages[targetOf(event.key, now, stages.length)];
    if (next === undefined || next.name === chosen) return;
    event.preventDefault();
    tabs[stages.indexOf(next)]?.focus();
    dispatch({ type: 'stage', stage: next.name });
  });
  return list;
}

/** Index of the tab that a key leads to; -1 for other keys. */
function targetOf(key: string, now: number, length: number): number {
  switch (key) {
    case 'ArrowLeft':
      return (now + length - 1) % length;
    case 'ArrowRight':
      return (now + 1) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return -1;
  }
}
