/** Reports as a plain-text table for a terminal. */
import type { BlockCall, BuiltLayer, CallSite, Finding, InputShape, Model, Report } from '../analysis/report';
import { briefLayers } from './brief';
import { inputText, wholeMacs } from './models';
import { costOf } from '../conv/cost';
import type { ConvLayer } from '../conv/spec';
import { weightOf } from '../conv/weights';
import { show } from '../symbolic/show';
import { totalsText } from './lists';
import { acceptedInput, canHaveWeights } from './refused';
import { unknownGroups } from './unknowns';
import { dataShape, hasBatchAxis, kindText, plural, shapeText } from './words';

const HEADER = ['line', 'call', 'kind', 'weights', 'parameters', 'output', 'MACs'] as const;
/** Columns that hold numbers and so end at the right. */
const NUMBERS: readonly number[] = [0, 4, 6];

/** How many kinds of layers the line of a block lists. */
const LISTED_KINDS = 4;

/** One file or cell as lines of text; its calls, what is unknown of them, models, findings and totals. */
export function reportTable(path: string, report: Report): string {
  const lines = [
    path,
    ...rowsText(report.sites),
    ...report.blocks.map(blockText),
    ...report.models.map(modelText),
    ...findingTexts(report),
  ];
  if (report.sites.length > 1) lines.push(`  ${totalsText([report])}`);
  if (lines.length === 1) lines.push('  no convolution calls');
  return lines.map(printable).join('\n');
}

function rowsText(sites: readonly CallSite[]): string[] {
  if (sites.length === 0) return [];
  const rows = sites.flatMap((site) => [siteRow(site), ...builtRows(site)]);
  const widths = HEADER.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const format = (row: readonly string[]) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return NUMBERS.includes(column) ? cell.padStart(width) : cell.padEnd(width);
    });
    return `  ${cells.join('  ')}`.trimEnd();
  };
  return [
    format(HEADER),
    ...rows.map(format),
    ...sites.flatMap(assumedTexts),
    ...sites.flatMap(unknownTexts),
  ];
}

function siteRow(site: CallSite): string[] {
  return row(String(site.place.span.start.line + 1), site.callee, site.layer, acceptedInput(site));
}

/** The concrete layers of a call that is written as a formula, or that built several kinds. */
function builtRows({ built, layer }: CallSite): string[][] {
  const isSame = built.length === 1 && JSON.stringify(built[0]?.layer) === JSON.stringify(layer);
  return isSame ? [] : built.map(builtRow);
}

function builtRow({ layer, count, inputs }: BuiltLayer): string[] {
  return row('', `  ${count ?? '?'} ×`, layer, inputs.length === 1 ? inputs[0] : undefined);
}

function row(line: string, name: string, layer: ConvLayer, input: InputShape | undefined): string[] {
  const { params, output, macs } = costOf(layer, input);
  const [spec] = layer.stages;
  const assumed = input?.isAssumed === true ? ' (input assumed)' : '';
  const shape =
    output === undefined
      ? ''
      : `${shapeText(dataShape(output, spec.dataLayout, hasBatchAxis(spec, input)))}${assumed}`;
  const isPossible = canHaveWeights(layer);
  const weights = layer.stages.map((stage) => shapeText(weightOf(stage).shape)).join(' + ');
  return [
    line,
    name,
    kindText(layer),
    isPossible ? weights : 'refused',
    isPossible ? show(params) : '',
    shape,
    macs === undefined ? '' : show(macs),
  ];
}

function assumedTexts({ assumes, place }: CallSite): string[] {
  if (assumes.length === 0) return [];
  return [`  line ${place.span.start.line + 1}: with the defaults ${assumes.join(', ')}`];
}

function unknownTexts({ layer, place }: CallSite): string[] {
  const line = place.span.start.line + 1;
  return unknownGroups(layer).map(({ what, because }) => `  line ${line}: ${what} unknown: ${because}`);
}

/** What a call of the user's own function or class builds, in brief. */
function blockText({ callee, place, holds, built }: BlockCall): string {
  const kinds = built.length > 0 ? built : holds;
  const texts = [...new Set(briefLayers(kinds.map(({ layer }) => layer)))];
  const rest = texts.length > LISTED_KINDS ? ` and ${texts.length - LISTED_KINDS} more` : '';
  return `  line ${place.span.start.line + 1}: ${callee} builds ${texts.slice(0, LISTED_KINDS).join(', ')}${rest}`;
}

function modelText(model: Model): string {
  const part = model.isComplete ? '' : ' (not all of it was read)';
  const { macs, input, id, layers, params } = model;
  const by = `convolutions ${show(macs.convolutions)}, linear ${show(macs.linear)}, products ${show(macs.products)}`;
  const work =
    input === undefined ? '' : `, ${show(wholeMacs(model))} MACs (${by}) for input ${inputText(input)}`;
  const counts = `${plural(layers.length, 'convolution')}, ${show(params)} parameters${work}`;
  return `  model ${id}, line ${model.place.span.start.line + 1}: ${counts}${part}`;
}

function findingTexts({ findings, sites }: Report): string[] {
  const text = ({ severity, message, exception, place: { span } }: Finding) => {
    const name = exception === undefined ? '' : `${exception}: `;
    return `  ${severity} ${span.start.line + 1}:${span.start.character}: ${name}${message}`;
  };
  return [...new Set([...findings, ...sites.flatMap((site) => site.findings)].map(text))];
}

/** Control characters, which could command a terminal, as question marks. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
