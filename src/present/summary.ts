/** A model as a table of its convolutions: for the summary page, and as CSV or Markdown. Plain text but for the latter. */
import type { InputShape, Model, ModelLayer } from '../analysis/report';
import { outputShape } from '../conv/cost';
import { weightOf } from '../conv/weights';
import type { Place } from '../symbolic/place';
import { add } from '../symbolic/arithmetic';
import { exact, numberOf, numbersOf, type Quantity } from '../symbolic/quantity';
import { show } from '../symbolic/show';
import { axesText, paddingText } from './brief';
import { code, codeCell, escapeText, table } from './markdown';
import {
  className,
  inputText,
  layerMacs,
  layerParams,
  modelGaps,
  placeOfSite,
  WEIGHT_BYTES,
  wholeFlops,
  wholeMacs,
} from './models';
import { bytesText, dataShape, fileName, hasBatchAxis, plural, shapeText } from './words';

/** The form the summary page's messages have. */
export interface ModelSummary {
  readonly kind: 'summary';
  readonly uri: string;
  readonly id: string;
  /** Where the model is made or defined, such as `resnet.py:12`. */
  readonly location: string;
  readonly place: Place;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What keeps the totals from being complete, a sentence each. */
  readonly notes: readonly string[];
  readonly columns: readonly SummaryColumn[];
  readonly rows: readonly SummaryRow[];
  /** One text a column. */
  readonly totals: readonly string[];
}

export interface SummaryColumn {
  readonly title: string;
  /** Numbers stand at the right and sort by value. */
  readonly isNumeric: boolean;
}

export interface SummaryRow {
  readonly cells: readonly SummaryCell[];
  /** The call that makes the layer. */
  readonly place: Place;
}

export interface SummaryCell {
  readonly text: string;
  /** What it sorts by; absent for text and for what is no number. */
  readonly value?: number;
}

interface Column extends SummaryColumn {
  cell(layer: ModelLayer): SummaryCell;
  total?(layers: readonly ModelLayer[]): Quantity;
}

/** More convolutions than these are counted in the totals, and not listed. */
const LISTED_LAYERS = 5000;

const COLUMNS: readonly Column[] = [
  { title: 'name', isNumeric: false, cell: ({ name }) => ({ text: name }) },
  { title: 'class', isNumeric: false, cell: (layer) => ({ text: className(layer) }) },
  number('in', ({ layer }) => layer.stages[0].inChannels),
  number('out', ({ layer: { stages } }) => (stages[1] ?? stages[0]).outChannels),
  axes('kernel', ({ layer }) => layer.stages[0].kernelSize),
  axes('stride', ({ layer }) => layer.stages[0].stride),
  { title: 'padding', isNumeric: false, cell: ({ layer }) => ({ text: paddingText(layer.stages[0]) }) },
  axes('dilation', ({ layer }) => layer.stages[0].dilation),
  number('groups', ({ layer }) => layer.stages[0].groups),
  { title: 'weight', isNumeric: false, cell: weightCell },
  { ...number('parameters', layerParams), total: (layers) => sum(layers.map(layerParams)) },
  { title: 'input', isNumeric: false, cell: (layer) => dataCell(layer, (input) => input) },
  {
    title: 'output',
    isNumeric: false,
    cell: (layer) => dataCell(layer, (input) => outputShape(layer.layer, input)),
  },
  { ...number('MACs', layerMacs), total: (layers) => sum(layers.map(layerMacs)) },
];

/** The summary of a model. */
export function modelSummary(model: Model): ModelSummary {
  const { layers, place } = model;
  const rows = layers.slice(0, LISTED_LAYERS).map((layer) => ({
    cells: COLUMNS.map((column) => column.cell(layer)),
    place: placeOfSite(layer),
  }));
  return {
    kind: 'summary',
    uri: place.uri,
    id: model.id,
    location: `${fileName(place.uri)}:${place.span.start.line + 1}`,
    place,
    facts: factsOf(model),
    notes: notesOf(model),
    columns: COLUMNS.map(({ title, isNumeric }) => ({ title, isNumeric })),
    rows,
    totals: COLUMNS.map(({ total }, index) => {
      if (index === 0) return plural(layers.length, 'convolution');
      return total === undefined ? '' : show(total(layers));
    }),
  };
}

/** The table as CSV with plain numbers (RFC 4180); text that a spreadsheet would run is quoted with an apostrophe. */
export function summaryCsv({ columns, rows }: ModelSummary): string {
  const header = columns.map(({ title }) => title);
  const lines = rows.map(({ cells }) => cells.map(({ text }) => plainNumber(text)));
  return [header, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** The model as Markdown: its totals, then the table. */
export function summaryMarkdown({ id, location, facts, notes, columns, rows, totals }: ModelSummary): string {
  const head = `**${code(id)}** (${escapeText(location)})`;
  const lines = [...facts.map(({ name, value }) => `- ${escapeText(name)}: ${code(value)}`)];
  const cells = rows.map((row) => row.cells.map(({ text }) => cell(text)));
  const last = totals.map((text) => (text === '' ? '' : `**${escapeText(text)}**`));
  const text = table(
    columns.map(({ title }) => title),
    [...cells, last],
  );
  return [head, lines.join('\n'), ...notes.map((note) => escapeText(note)), text].join('\n\n') + '\n';
}

function cell(text: string): string {
  return text === '' ? '' : codeCell(text);
}

/** A number without the commas between thousands; other text as it is. */
function plainNumber(text: string): string {
  return /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text;
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function factsOf(model: Model): ModelSummary['facts'] {
  const { params, nonTrainable, macs, input } = model;
  const isCounted = input !== undefined;
  return [
    { name: 'parameters', value: shown(params) },
    ...(numberOf(nonTrainable) === 0 ? [] : [{ name: 'of them not trained', value: shown(nonTrainable) }]),
    {
      name: 'memory of weights',
      value:
        params.kind === 'unknown' ? 'unknown' : `${bytesText(params, WEIGHT_BYTES)} (4 bytes each, float32)`,
    },
    { name: 'input', value: input === undefined ? 'not known' : inputText(input) },
    ...(isCounted
      ? [
          { name: 'MACs of convolutions', value: shown(macs.convolutions) },
          { name: 'MACs of linear layers', value: shown(macs.linear) },
          { name: 'MACs of products of tensors', value: shown(macs.products) },
          { name: 'MACs in all', value: shown(wholeMacs(model)) },
          { name: 'FLOPs (2 × MACs)', value: shown(wholeFlops(model)) },
        ]
      : []),
  ];
}

function notesOf(model: Model): string[] {
  const { isComplete, layers } = model;
  const incomplete =
    'Not complete: not every part of this model was read, so it may have more than what is listed here.';
  const more = layers.length - LISTED_LAYERS;
  return [
    ...(isComplete ? [] : [incomplete]),
    ...modelGaps(model).map(
      ({ because, count }) => `Unknown${count === 1 ? '' : `, ${count} times`}: ${because}.`,
    ),
    ...(more > 0 ? [`${more} more convolutions are counted in the totals and not listed.`] : []),
  ];
}

function shown(quantity: Quantity): string {
  return quantity.kind === 'unknown' ? 'unknown' : show(quantity);
}

function number(title: string, of: (layer: ModelLayer) => Quantity | undefined): Column {
  return {
    title,
    isNumeric: true,
    cell: (layer) => {
      const quantity = of(layer);
      return quantity === undefined ? { text: '' } : { text: show(quantity), value: numberOf(quantity) };
    },
  };
}

/** Sizes of the axes, sorted by their product. */
function axes(title: string, of: (layer: ModelLayer) => readonly Quantity[]): Column {
  return {
    title,
    isNumeric: true,
    cell: (layer) => {
      const sizes = of(layer);
      return {
        text: axesText(sizes),
        value: numbersOf(sizes)?.reduce((product, size) => product * size, 1),
      };
    },
  };
}

function weightCell({ layer: { stages } }: ModelLayer): SummaryCell {
  return { text: stages.map((stage) => shapeText(weightOf(stage).shape)).join(' + ') };
}

/** The data of every application, each shape once. */
function dataCell(
  { layer, inputs }: ModelLayer,
  of: (input: InputShape) => Omit<InputShape, 'isAssumed'>,
): SummaryCell {
  const [spec] = layer.stages;
  const texts = inputs.map((input) =>
    shapeText(dataShape(of(input), spec.dataLayout, hasBatchAxis(spec, input))),
  );
  return { text: [...new Set(texts)].join(', ') };
}

/** The sum; unknown when any part is not known. */
function sum(parts: readonly (Quantity | undefined)[]): Quantity {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length)
    return { kind: 'unknown', reason: { code: 'no-input', subject: 'the total' } };
  return add(exact(0), ...known);
}
