/** The concrete layers that a call builds, grouped by model: for cards and for lists to pick from. */
import type { BuiltLayer } from '../analysis/report';
import { costOf } from '../conv/cost';
import type { Quantity } from '../symbolic/quantity';
import { show } from '../symbolic/show';
import { briefLayers } from './brief';
import { layersInContext, type Choice } from './context';
import { targetLink, type Target } from './links';
import { code, escapeText } from './markdown';
import { dataShape, hasBatchAxis, shapeText } from './words';

/** What stands in a card where the layers will be that models build. */
export const MODELS_TO_COME = '_The models are being read; hover again for the layers that they build here._';

/** How many models a card lists layers of, and how many of the first and of each later one. */
const LISTED_MODELS = 3;
const LISTED_FIRST = 5;
const LISTED_LATER = 2;
/** How many qualified names one concrete layer is listed with. */
const LISTED_NAMES = 2;

/** Layers of one model, in the order in which they were built. */
export interface BuiltGroup<T extends BuiltLayer = BuiltLayer> {
  /** The model's `id`; absent for layers that no model holds. */
  readonly model?: string;
  readonly layers: readonly T[];
}

/** The layers by model, the chosen context's first and there the nearest to the chosen instance. */
export function builtGroups<T extends BuiltLayer>(built: readonly T[], choice?: Choice): BuiltGroup<T>[] {
  const models = [...new Set(built.map(({ model }) => model))];
  const groups = models.map((model) => ({ model, layers: built.filter((each) => each.model === model) }));
  if (choice === undefined) return groups;
  const chosen = groups
    .filter(({ model }) => model === choice.model)
    .map((group) => nearFirst(group, choice));
  return [...chosen, ...groups.filter(({ model }) => model !== choice.model)];
}

/** The layers as Markdown: a line a model, and a line a layer where there is room; the rest is counted and linked. */
export function builtText(
  target: Target,
  built: readonly BuiltLayer[],
  options: { readonly detail: 'full' | 'compact'; readonly choice?: Choice },
): string {
  const groups = builtGroups(built, options.choice);
  if (options.detail === 'compact') return compactText(target, groups);
  const shown = groups.slice(0, LISTED_MODELS).map((group, index) => ({
    group,
    limit: index === 0 ? LISTED_FIRST : LISTED_LATER,
  }));
  const lines = shown.flatMap(({ group, limit }) => [
    '',
    headText(group),
    '',
    ...layerLines(group.layers)
      .slice(0, limit)
      .map((line) => `- ${line}`),
  ]);
  const listed = shown.reduce((sum, { group, limit }) => sum + Math.min(limit, group.layers.length), 0);
  return [...lines, ...restLines(target, groups, built.length - listed)].join('\n').trim();
}

/** One concrete layer as plain text: `layer2.0.conv2, layer2.1.conv2 and 1 more`, empty for layers without a name. */
export function namesText(names: readonly string[], limit = LISTED_NAMES): string {
  const more = names.length > limit ? ` and ${names.length - limit} more` : '';
  return `${names.slice(0, limit).join(', ')}${more}`;
}

/** Output shape and MACs where one input is known; plain text, such as `[1, 128, 28, 28]`. */
export function dataTexts({ layer, inputs }: Pick<BuiltLayer, 'layer' | 'inputs'>): {
  readonly input?: string;
  readonly output?: string;
  readonly macs?: Quantity;
} {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0) return {};
  const [spec] = layer.stages;
  const { output, macs } = costOf(layer, input);
  const isBatched = hasBatchAxis(spec, input);
  const text = (data: typeof input | typeof output) =>
    data === undefined ? undefined : shapeText(dataShape(data, spec.dataLayout, isBatched));
  return { input: text(input), output: text(output), macs };
}

/** How many layers there are; where conditions or loops decide, how many kinds. */
export function totalText(layers: readonly BuiltLayer[]): string {
  const kinds = layers.length === 1 ? '' : ` of ${layers.length} kinds`;
  const total = layers.reduce((sum, { count }) => sum + (count ?? NaN), 0);
  if (Number.isNaN(total)) return `layers${kinds}, as many as the code's conditions and loops make`;
  return `${total} ${total === 1 ? 'layer' : 'layers'}${kinds}`;
}

function nearFirst<T extends BuiltLayer>(group: BuiltGroup<T>, choice: Choice): BuiltGroup<T> {
  const near = new Set(layersInContext(group.layers, choice).flatMap(({ names }) => names));
  const isNear = ({ names }: T) => names.some((name) => near.has(name));
  return {
    ...group,
    layers: [...group.layers.filter(isNear), ...group.layers.filter((each) => !isNear(each))],
  };
}

function compactText(target: Target, groups: readonly BuiltGroup[]): string {
  const [first, ...rest] = groups;
  if (first === undefined) return '';
  const others =
    rest.length === 0 ? '' : ` and ${rest.length} more ${rest.length === 1 ? 'model' : 'models'}`;
  return `${headText(first)}${others} · ${targetLink('Show all', 'built', target)}`;
}

function headText({ model, layers }: BuiltGroup): string {
  const by = model === undefined ? '**as built**' : `**as built by** ${code(model)}`;
  return `${by} — ${escapeText(totalText(layers))}`;
}

function layerLines(layers: readonly BuiltLayer[]): string[] {
  const texts = briefLayers(layers.map(({ layer }) => layer));
  return layers.map((built, index) => layerLine(built, texts[index] ?? ''));
}

function layerLine(built: BuiltLayer, text: string): string {
  const { names, count } = built;
  const { output, macs } = dataTexts(built);
  const shown = names.slice(0, LISTED_NAMES).map(code).join(', ');
  const more = names.length > LISTED_NAMES ? ` and ${names.length - LISTED_NAMES} more` : '';
  const result = output === undefined ? '' : ` → ${code(output)}`;
  const work = macs === undefined || macs.kind === 'unknown' ? '' : `, ${code(show(macs))} MACs`;
  const assumed =
    built.inputs.some(({ isAssumed }) => isAssumed) && output !== undefined ? ' (assumed input)' : '';
  const times = count === undefined ? ' × any number' : count === 1 ? '' : ` ×${count}`;
  return `${shown === '' ? '' : `${shown}${more} · `}${escapeText(text)}${result}${work}${assumed}${times}`;
}

function restLines(target: Target, groups: readonly BuiltGroup[], rest: number): string[] {
  if (rest <= 0) return [];
  const hidden = groups.length - LISTED_MODELS;
  const models = hidden > 0 ? `, and ${hidden} more ${hidden === 1 ? 'model' : 'models'}` : '';
  return ['', targetLink(`and ${rest} more${models}`, 'built', target)];
}
