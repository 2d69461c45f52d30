/** Cost of the layer beside the alternatives: a table of figures with bars. */
import { show } from '../../../src/symbolic/show';
import type { LayerContent } from '../../../src/protocol/visualiser';
import { costTable, type Measure, type MeasureRow } from '../costTable';
import { type Child, h } from '../dom';
import { readinessOf } from '../readiness';
import { layerOf, type Section, section } from '../section';

/** Parameters, MACs, FLOPs and memory; nothing for a call that the framework refuses. */
export function costSection(): Section {
  return section(
    { class: 'cost', 'aria-labelledby': 'cost-title' },
    (state) => [layerOf(state)],
    (content) => {
      if (content === undefined || readinessOf(content).kind === 'invalid') return [];
      const measures = costTable(content.layer, content.input);
      return [h('h2', { id: 'cost-title' }, 'Cost'), inputLine(content), table(measures)];
    },
  );
}

function inputLine({ input, layer }: LayerContent): HTMLElement {
  if (input === undefined) {
    const position = layer.stages[0].transposed ? 'input position' : 'output position';
    return h('p', { class: 'hint' }, `The input size is not known: work is given for one ${position}.`);
  }
  const axes = ['depth', 'height', 'width'].slice(-input.spatial.length);
  const batch = input.batch === undefined ? [] : [{ name: 'batch', size: input.batch }];
  const parts = [
    ...batch,
    { name: 'channels', size: input.channels },
    ...input.spatial.map((size, index) => ({ name: axes[index] ?? 'size', size })),
  ];
  const shape = parts.map(({ size }) => show(size)).join(' × ');
  const mark = input.isAssumed ? h('strong', { class: 'assumed' }, 'assumed') : undefined;
  return h('p', { class: 'hint' }, `Input ${shape} (${parts.map(({ name }) => name).join(', ')}) `, mark);
}

function table(measures: readonly Measure[]): HTMLElement {
  return h(
    'table',
    { 'aria-labelledby': 'cost-title' },
    h(
      'thead',
      { class: 'visually-hidden' },
      h(
        'tr',
        {},
        ...['Layer', 'Figure', 'Compared with this layer'].map((name) => h('th', { scope: 'col' }, name)),
      ),
    ),
    ...measures.map(measureBody),
  );
}

function measureBody({ name, rows }: Measure): HTMLElement {
  const heading = h('tr', {}, h('th', { scope: 'rowgroup', colspan: 3, class: 'measure' }, name));
  return h('tbody', {}, heading, ...rows.map(measureRow));
}

function measureRow({ layer, value, title, share, ratio }: MeasureRow): HTMLElement {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, layer),
    h('td', { class: 'figure', title }, ...bar(share), h('span', {}, value)),
    h('td', { class: 'ratio' }, ratio ?? ''),
  );
}

function bar(share: number | undefined): Child[] {
  if (share === undefined) return [];
  const element = h('span', { class: 'bar', 'aria-hidden': 'true' });
  element.style.setProperty('--share', String(share));
  return [element];
}
