/** The layer's facts, what the framework would say about it, and what is not known. */
import type { LayerContent } from '../../../src/protocol/visualiser';
import type { Commands } from '../commands';
import { type Child, h, linkButton, sign } from '../dom';
import { layerOf, type Section, section } from '../section';

const SEVERITIES = {
  error: { sign: '✗', word: 'Error' },
  warning: { sign: '!', word: 'Warning' },
  information: { sign: 'i', word: 'Note' },
} as const;

/** What the framework would raise, and warnings. */
export function findingsSection(): Section {
  return section(
    { class: 'findings', 'aria-label': 'Findings' },
    (state) => [layerOf(state)],
    (content) => {
      if (content === undefined || content.findings.length === 0) return [];
      return [h('ul', {}, ...content.findings.map(findingItem))];
    },
  );
}

/** Weights, parameters, sizes: the lines of the hover card. */
export function factsSection(): Section {
  return section(
    { class: 'facts', 'aria-labelledby': 'facts-title' },
    (state) => [layerOf(state)],
    (content) => {
      if (content === undefined || content.facts.length === 0) return [];
      return [h('h2', { id: 'facts-title' }, 'Layer'), h('dl', {}, ...content.facts.flatMap(factItem))];
    },
  );
}

/** What is not known, why, and where that arose. */
export function unknownsSection(commands: Commands): Section {
  return section(
    { class: 'unknowns', 'aria-labelledby': 'unknowns-title' },
    (state) => [layerOf(state)],
    (content) => {
      if (content === undefined || content.unknowns.length === 0) return [];
      const items = content.unknowns.map((unknown, index) => unknownItem(unknown, index, commands));
      return [h('h2', { id: 'unknowns-title' }, 'Not known'), h('ul', {}, ...items)];
    },
  );
}

function findingItem({ severity, message }: LayerContent['findings'][number]): HTMLElement {
  const { sign: mark, word } = SEVERITIES[severity];
  return h('li', { 'data-severity': severity }, sign(mark), h('strong', {}, `${word}: `), message);
}

function factItem({ name, value, detail }: LayerContent['facts'][number]): Child[] {
  const more = detail === undefined ? undefined : h('span', { class: 'detail' }, detail);
  return [h('dt', {}, name), h('dd', {}, h('span', { class: 'value' }, value), more)];
}

function unknownItem(
  { what, because, place }: LayerContent['unknowns'][number],
  index: number,
  commands: Commands,
): HTMLElement {
  const link =
    place === undefined
      ? undefined
      : linkButton('show where', () => commands.reveal(place), {
          'data-key': `unknown-${index}`,
          'aria-label': `Show where ${what} becomes unknown`,
        });
  return h('li', {}, h('strong', {}, what), `: ${because} `, link);
}
