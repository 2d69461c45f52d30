/** The hover card of a call that builds convolutions somewhere inside: what this call builds. Markdown. */
import type { BlockCall, HeldLayer } from '../analysis/report';
import type { ConvLayer } from '../conv/spec';
import { weightOf } from '../conv/weights';
import { add, multiply } from '../symbolic/arithmetic';
import { exact, type Quantity } from '../symbolic/quantity';
import { show } from '../symbolic/show';
import { axesText } from './brief';
import { builtText, MODELS_TO_COME } from './built';
import { choiceText, layersInContext, type Choice } from './context';
import { CARD_COMMANDS, targetLink } from './links';
import { code, codeCell, commandLink, escapeText, table } from './markdown';
import { className, layerParams, placeOfSite } from './models';
import { fileName, kindText, plural, shapeText } from './words';

/** How many rows the table of a card has before the rest is counted. */
const LISTED_LAYERS = 8;

export interface BlockCardOptions {
  readonly detail: 'full' | 'compact';
  readonly choice?: Choice;
  /** The report was made without the models; the card says so. */
  readonly isWithoutModels?: boolean;
}

/** A layer that the call makes, with how many times it does. */
type Row = Pick<HeldLayer, 'path' | 'layer' | 'count' | 'siteId' | 'uri'>;

/** The card of a block. Everything that comes from source is escaped. */
export function blockCard(block: BlockCall, options: BlockCardOptions): string {
  const target = { uri: block.place.uri, id: block.id };
  const chosen = chosenRows(block, options.choice);
  const rows = chosen ?? block.holds;
  const parts = [
    heading(block, rows),
    chosen === undefined || options.choice === undefined
      ? ''
      : `as in ${code(choiceText(options.choice))} · ${targetLink('Change', 'context', target)}`,
    chosen === undefined && block.assumes.length > 0
      ? `with ${block.assumes.map(code).join(', ')} (defaults of parameters)`
      : '',
    options.detail === 'full' ? layerTable(rows) : '',
    totals(rows),
    options.isWithoutModels === true ? MODELS_TO_COME : '',
    block.built.length > 0 ? builtText(target, block.built, options) : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function heading({ callee, target }: BlockCall, rows: readonly Row[]): string {
  const name = target === undefined ? '' : ` → ${code(target)}`;
  return `**${code(callee)}**${name} — builds **${escapeText(amount(rows))}**`;
}

/** `3 convolutions`, or how many kinds where their number varies. */
function amount(rows: readonly Row[]): string {
  const number = rows.reduce((sum, { count }) => sum + (count ?? NaN), 0);
  if (rows.length === 0) return 'convolutions';
  if (Number.isNaN(number))
    return rows.length === 1 ? 'a kind of convolution' : `${rows.length} kinds of convolution`;
  return plural(number, 'convolution');
}

/**
 * What the chosen instance builds here, or the chosen model when it builds one layer; `undefined` for what holds in
 * general, since a model may make the call many times.
 */
function chosenRows({ built, holds }: BlockCall, choice: Choice | undefined): Row[] | undefined {
  if (choice === undefined) return undefined;
  const near = layersInContext(built, choice);
  const isOne = near.length === 1 && near[0]?.count === 1;
  if (near.length === 0 || (choice.instance === undefined && !isOne)) return undefined;
  return near.map(({ layer, count, siteId, uri }) => {
    const path = holds.find((each) => each.siteId === siteId && each.uri === uri)?.path ?? '';
    return { path, layer, count, siteId, uri };
  });
}

function layerTable(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const cells = rows.slice(0, LISTED_LAYERS).map(rowCells);
  const rest = rows.length - cells.length;
  const header = ['made at', 'kind', 'channels', 'kernel', 'stride', 'groups', 'weight', 'parameters'];
  const text = table(header, cells);
  return rest > 0 ? `${text}\n\nand ${rest} more` : text;
}

function rowCells(row: Row): string[] {
  const { layer, count } = row;
  const [first, second] = layer.stages;
  const { outChannels } = second ?? first;
  const params = layerParams(row);
  const [kind = ''] = kindText(layer).split(', ');
  return [
    `${count === 1 ? '' : `${count ?? 'any number'} × `}${siteLink(row)}`,
    escapeText(kind),
    codeCell(`${show(first.inChannels)}→${show(outChannels)}`),
    codeCell(axesText(first.kernelSize)),
    codeCell(axesText(first.stride)),
    codeCell(show(first.groups)),
    codeCell(weightShapes(layer)),
    params === undefined ? '' : codeCell(show(params)),
  ];
}

/** A link to the call that makes the layer: `Conv2d, resnet.py:31`. */
function siteLink(row: Row): string {
  const place = placeOfSite(row);
  const where = `${fileName(place.uri)}:${place.span.start.line + 1}`;
  const name = row.path === '' ? where : `${className(row)}, ${where}`;
  return commandLink(name, CARD_COMMANDS.reveal, [place]);
}

function weightShapes({ stages }: ConvLayer): string {
  return stages.map((stage) => shapeText(weightOf(stage).shape)).join(' + ');
}

/** The parameters of all the convolutions; none where their number or sizes cannot be told. */
function totals(rows: readonly Row[]): string {
  const parts = rows.map((row): Quantity | undefined => {
    const params = layerParams(row);
    return params === undefined || row.count === undefined ? undefined : multiply(exact(row.count), params);
  });
  const known = parts.filter((part) => part !== undefined);
  if (rows.length === 0 || known.length < parts.length) return '';
  const total = add(...known);
  return total.kind === 'unknown' ? '' : `**parameters of these convolutions** ${code(show(total))}`;
}
