/** A part of the page that redraws itself when, and only when, what it shows has changed. */
import { type Attributes, type Child, h, replaceChildren } from './dom';
import type { PageState } from './state';

/** A part of the page. */
export interface Section {
  readonly root: HTMLElement;
  update(state: PageState): void;
}

/**
 * A section that shows what `select` returns, compared by identity, and hides itself while `draw` makes nothing.
 */
export function section<T extends [unknown, ...unknown[]]>(
  attributes: Attributes,
  select: (state: PageState) => T,
  draw: (...selected: T) => readonly Child[],
): Section {
  const root = h('section', attributes);
  let shown: T | undefined;
  return {
    root,
    update: (state) => {
      const selected = select(state);
      if (shown !== undefined && selected.every((value, index) => value === shown?.[index])) return;
      shown = selected;
      const children = draw(...selected);
      root.hidden = children.length === 0;
      replaceChildren(root, children);
    },
  };
}

/** The layer on show, or `undefined`. */
export function layerOf(state: PageState) {
  return state.content?.kind === 'layer' ? state.content : undefined;
}
