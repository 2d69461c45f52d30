/** The drawing for channel counts that are not numbers, marked as schematic. */
import type { ConvSpec } from '../../../src/conv/spec';
import { type Child, h } from '../dom';
import { type Schematic, schematicLink, schematicOf, type SchematicTrack } from '../map/schematic';
import { amount } from '../wording';

/** Hint, drawing and what holds whatever the numbers are. */
export function schematicView(spec: ConvSpec): Child[] {
  const schematic = schematicOf(spec);
  const noun = spec.transposed ? 'output' : 'filter';
  const size = `${amount(spec.inChannels, 'input channel')} × ${amount(spec.outChannels, noun)}`;
  return [
    h('p', { class: 'hint' }, h('strong', { class: 'mark' }, 'Schematic'), ` ${size}, not to scale.`),
    h(
      'div',
      { class: 'scroller', role: 'group', 'aria-label': 'Schematic', tabindex: 0 },
      drawing(schematic, `Schematic channel map: ${size}. ${schematic.note}`, noun),
    ),
    h('p', { class: 'line' }, schematic.note),
  ];
}

function drawing(schematic: Schematic, label: string, noun: string): HTMLElement {
  const { inputs, outputs } = schematic;
  const corner = h('span', { class: 'corner' }, h('span', {}, `${noun}s →`), h('span', {}, '↓ channels'));
  const heads = outputs.map(heading);
  const rows = inputs.flatMap((input) => [
    heading(input),
    ...outputs.map((output) => cell(schematic, input, output)),
  ]);
  const element = h(
    'div',
    { class: 'schematic', role: 'img', 'aria-label': label },
    corner,
    ...heads,
    ...rows,
  );
  element.style.setProperty('--columns', String(outputs.length));
  return element;
}

function heading({ label }: SchematicTrack): HTMLElement {
  return h('span', { class: 'head', title: label }, label);
}

function cell({ isCertain }: Schematic, input: SchematicTrack, output: SchematicTrack): HTMLElement {
  if (!isCertain) return h('span', { class: 'cell', 'data-link': 'unknown' }, '?');
  const link = schematicLink(input, output);
  const band = typeof input.group === 'number' ? input.group : input.group === 'last' ? 3 : undefined;
  const text = link === 'some' ? '⋱' : link === 'all' && (input.isRun || output.isRun) ? '⋯' : '';
  return h(
    'span',
    { class: 'cell', 'data-link': link, 'data-band': link === 'all' ? band : undefined },
    text,
  );
}
