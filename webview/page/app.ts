/** The page: its sections in order, each a function of the state. */
import type { Commands } from './commands';
import { h } from './dom';
import type { Section } from './section';
import type { PageState } from './state';
import { costSection } from './views/cost';
import { emptySection } from './views/empty';
import { factsSection, findingsSection, unknownsSection } from './views/facts';
import { headingSection, toolbarSection } from './views/header';
import { mapSection } from './views/map';
import { verifySection } from './views/verify';

/** Builds the page in `root`; the returned function shows a state. */
export function buildPage(root: HTMLElement, commands: Commands): (state: PageState) => void {
  const head = [emptySection(), headingSection(commands), toolbarSection(commands), findingsSection()];
  const proof = [mapSection(commands), verifySection(commands)];
  const figures = [factsSection(), costSection(), unknownsSection(commands)];
  const column = (name: string, sections: readonly Section[]) =>
    h('div', { class: name }, ...sections.map((section) => section.root));
  root.replaceChildren(
    column('head', head),
    h('div', { class: 'columns' }, column('proof', proof), column('figures', figures)),
  );
  const sections = [...head, ...proof, ...figures];
  return (state) => {
    for (const section of sections) section.update(state);
  };
}
