/** The hover card of a model: what it adds up to, its input, its largest convolutions. Markdown. */
import type { Model, ModelLayer } from '../analysis/report';
import { numberOf, type Quantity } from '../symbolic/quantity';
import { show } from '../symbolic/show';
import { briefLayers } from './brief';
import type { Choice } from './context';
import { revealLink, targetLink } from './links';
import { code, codeCell, escapeText, table } from './markdown';
import {
  INPUT_ORIGINS,
  layerMacs,
  layerParams,
  modelGaps,
  WEIGHT_BYTES,
  wholeFlops,
  wholeMacs,
} from './models';
import { bytesText, plural, shapeText } from './words';

/** How many of the largest convolutions, and of the reasons for gaps, a card lists. */
const LISTED_LAYERS = 5;
const LISTED_GAPS = 3;

export interface ModelCardOptions {
  readonly detail: 'full' | 'compact';
  readonly choice?: Choice;
}

/** The card of a model. Everything that comes from source is escaped. */
export function modelCard(model: Model, options: ModelCardOptions): string {
  const isFull = options.detail === 'full';
  const parts = [
    heading(model),
    [paramsText(model), inputLine(model), ...macsTexts(model)].filter((line) => line !== '').join('  \n'),
    gaps(model),
    isFull ? largest(model) : '',
    links(model, options.choice),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const KINDS: { readonly [K in Model['kind']]: string } = {
  object: 'model',
  builder: 'model of a builder function with its defaults',
  class: 'model of a class with its defaults',
};

function heading({ id, kind, type, layers }: Model): string {
  const what = id.replace(/\(\)$/, '') === type ? '' : ` ${code(type)}`;
  return `**${code(id)}**${what} — ${KINDS[kind]}, **${plural(layers.length, 'convolution')}**`;
}

function paramsText({ params, nonTrainable }: Model): string {
  if (params.kind === 'unknown') return '**parameters** unknown';
  const fixed = numberOf(nonTrainable) === 0 ? '' : ` (${code(show(nonTrainable))} not trained)`;
  const memory = escapeText(`weights ${bytesText(params, WEIGHT_BYTES)}`);
  return `**parameters** ${code(show(params))}${fixed} · **memory** ${memory} (4 bytes each, float32)`;
}

function inputLine({ input }: Model): string {
  if (input === undefined) return '**input** not known, so there are no outputs and MACs';
  return `**input** ${code(shapeText(input.shape))} (${escapeText(INPUT_ORIGINS[input.from])})`;
}

/** MACs by kind of operation on their own lines, then the whole. */
function macsTexts(model: Model): string[] {
  const { macs, input } = model;
  if (input === undefined) return [];
  if (Object.values(macs).every(({ kind }) => kind === 'unknown')) return ['**MACs** unknown'];
  const batch = numberOf(input.shape[0] ?? { kind: 'exact', value: 1 });
  const scope = batch === 1 ? '' : ' for the whole batch';
  return [
    `**MACs of convolutions** ${figure(macs.convolutions)}`,
    `**MACs of linear layers** ${figure(macs.linear)}`,
    `**MACs of products of tensors** ${figure(macs.products)}`,
    `**MACs in all** ${figure(wholeMacs(model))} · **FLOPs** ${figure(wholeFlops(model))} (2 × MACs)${scope}`,
  ];
}

function figure(quantity: Quantity): string {
  return quantity.kind === 'unknown' ? 'unknown' : code(show(quantity));
}

/** That the totals are not complete, and why. */
function gaps(model: Model): string {
  const all = modelGaps(model);
  if (model.isComplete && all.length === 0) return '';
  const head = model.isComplete
    ? '**Not everything is known**'
    : '**Not complete**: not every part of this model was read, so it may have more than what is listed here';
  const lines = all.slice(0, LISTED_GAPS).map(({ because, count, place }) => {
    const times = count === 1 ? '' : `${count} × `;
    return `- ${times}${escapeText(because)}${place === undefined ? '' : ` (${revealLink(place)})`}`;
  });
  const rest = all.length - lines.length;
  return [head, '', ...lines, ...(rest > 0 ? [`- and ${rest} more reasons`] : [])].join('\n').trim();
}

/** The convolutions with the most parameters. */
function largest({ layers }: Model): string {
  if (layers.length === 0) return '';
  const sized = layers.map((layer) => ({
    layer,
    params: numberOf(layerParams(layer) ?? { kind: 'exact', value: 0 }),
  }));
  const chosen = [...sized].sort((a, b) => (b.params ?? -1) - (a.params ?? -1)).slice(0, LISTED_LAYERS);
  const texts = briefLayers(chosen.map(({ layer: { layer } }) => layer));
  const hasMacs = layers.some(({ inputs }) => inputs.length > 0);
  const rows = chosen.map(({ layer }, index) => row(layer, texts[index] ?? '', hasMacs));
  const head = layers.length > chosen.length ? `largest of ${layers.length}` : 'convolutions';
  return table([head, '', 'parameters', ...(hasMacs ? ['MACs'] : [])], rows);
}

function row(layer: ModelLayer, text: string, hasMacs: boolean): string[] {
  const params = layerParams(layer);
  const macs = layerMacs(layer);
  const cells = [codeCell(layer.name), escapeText(text), params === undefined ? '' : codeCell(show(params))];
  return hasMacs ? [...cells, macs === undefined ? '' : codeCell(show(macs))] : cells;
}

function links(model: Model, choice: Choice | undefined): string {
  const target = { uri: model.place.uri, id: model.id };
  const isChosen = choice?.model === model.id;
  return [
    targetLink('Show model summary', 'summary', target),
    targetLink('Set input size', 'inputSize', target),
    targetLink(isChosen ? 'Change context' : 'Use as context', 'context', target),
  ].join(' · ');
}
