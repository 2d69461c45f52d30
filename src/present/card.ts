/** The hover card of a call, as Markdown. */
import type { BuiltLayer, CallSite, Finding } from '../analysis/report';
import type { ConvLayer } from '../conv/spec';
import { compareCosts } from './comparison';
import { drawChannelMap } from './drawing';
import type { Fact, FlopsConvention } from './facts';
import { layerFacts, siteFacts } from './facts';
import { code, codeCell, commandLink, escapeText, image, table } from './markdown';
import { acceptedInput, isRefused } from './refused';
import { channelSentence } from './sentence';
import type { ThemeKind } from './svg';
import { toDataUri } from './svg';
import { unknownGroups } from './unknowns';
import { fileName, kindText, sentence } from './words';

/** The commands that a card may link to. */
export const CARD_COMMANDS = {
  open: 'convlens.openVisualiser',
  verify: 'convlens.verifyMapping',
  copy: 'convlens.copySpec',
  reveal: 'convlens.reveal',
} as const;

export interface CardOptions {
  readonly detail: 'full' | 'compact';
  readonly flops: FlopsConvention;
  readonly theme: ThemeKind;
}

/** How many concrete layers are listed before the rest is counted. */
const LISTED_LAYERS = 4;
/** How many qualified names one concrete layer is listed with. */
const LISTED_NAMES = 2;
/** Facts that stand on the line of the fact before them. */
const CONTINUING = ['bias', 'FLOPs', 'bias additions'];
/** Facts whose detail is the calculation that leads to the value. */
const CALCULATED = ['parameters', 'MACs'];

/** The card of a call site. Everything that comes from source is escaped. */
export function card(site: CallSite, options: CardOptions): string {
  const parts = options.detail === 'compact' ? compactParts(site, options) : fullParts(site, options);
  return parts.filter((part) => part !== '').join('\n\n');
}

function fullParts(site: CallSite, options: CardOptions): string[] {
  const { layer } = site;
  return [
    heading(site),
    readsText(layer),
    assumptions(site),
    drawing(layer, options.theme),
    lines(siteFacts(site, options.flops)),
    isRefused(site) ? '' : comparison(layer, acceptedInput(site)),
    unknowns(layer),
    findings(site.findings),
    built(site),
    links(site),
  ];
}

function compactParts(site: CallSite, options: CardOptions): string[] {
  const facts = siteFacts(site, options.flops);
  const kept = facts.filter(({ name }) => !['bias', 'FLOPs', 'bias additions', 'memory'].includes(name));
  return [heading(site), assumptions(site), lines(kept), findings(site.findings), links(site)];
}

function heading({ callee, target, layer }: CallSite): string {
  const name = target === undefined ? '' : ` → ${code(target)}`;
  return `**${code(callee)}**${name} — **${escapeText(kindText(layer))}**`;
}

function readsText(layer: ConvLayer): string {
  return escapeText(`${sentence(channelSentence(layer))}.`);
}

/** The defaults that the figures rest on. */
function assumptions({ assumes }: CallSite): string {
  return assumes.length === 0 ? '' : `with ${assumes.map(code).join(', ')} (defaults of parameters)`;
}

function drawing(layer: ConvLayer, theme: ThemeKind): string {
  const map = drawChannelMap(layer);
  return map === undefined ? '' : image(`Channel map: ${channelSentence(layer)}`, toDataUri(map, theme));
}

/** Facts as lines with hard breaks between them. */
function lines(facts: readonly Fact[]): string {
  return facts
    .map((fact, index) => {
      const before = index === 0 ? '' : CONTINUING.includes(fact.name) ? ' · ' : '  \n';
      return `${before}${factText(fact)}`;
    })
    .join('');
}

function factText(fact: Fact): string {
  const { name, value, detail, scope } = fact;
  const label = `**${escapeText(name)}**`;
  const tail = scope === undefined ? '' : ` ${escapeText(scope)}`;
  if (detail === undefined) return `${label} ${code(value)}${tail}`;
  if (CALCULATED.includes(name))
    return `${label} ${code(value === '?' ? detail : `${detail} = ${value}`)}${tail}`;
  return `${label} ${name === 'memory' ? escapeText(value) : code(value)} (${escapeText(detail)})${tail}`;
}

function comparison(layer: ConvLayer, input: CallSite['input']): string {
  const rows = compareCosts(layer, input);
  if (rows.length === 0) return '';
  const macs = input === undefined ? 'MACs per position' : 'MACs';
  const cells = rows.map((row) => [
    escapeText(row.name),
    codeCell(row.params),
    codeCell(row.macs),
    escapeText(row.ratio),
  ]);
  return table(['', 'parameters', macs, ''], cells);
}

function unknowns(layer: ConvLayer): string {
  return unknownGroups(layer)
    .map(({ what, because, place }) => {
      const where = place === undefined ? '' : ` (${reveal(place)})`;
      return `**unknown** ${escapeText(what)}: ${escapeText(because)}${where}`;
    })
    .join('  \n');
}

function reveal(place: Finding['place']): string {
  return commandLink(`${fileName(place.uri)}:${place.span.start.line + 1}`, CARD_COMMANDS.reveal, [place]);
}

function findings(all: readonly Finding[]): string {
  return all
    .map(({ severity, exception, message }) => {
      const name = exception === undefined ? '' : `${escapeText(exception)}: `;
      return `**${severity}** ${name}${code(message)}`;
    })
    .join('  \n');
}

/** The concrete layers of a call that is written as a formula or that built several. */
function built({ built: layers, layer }: CallSite): string {
  const [only] = layers;
  if (only === undefined) return '';
  const isSame = layers.length === 1 && JSON.stringify(only.layer) === JSON.stringify(layer);
  if (isSame && (only.count ?? 1) === 1 && only.names.length === 0) return '';
  const head = `**as built** ${builtTotal(layers)}`;
  const listed = layers.slice(0, LISTED_LAYERS).map(builtLine);
  const rest = layers.length - listed.length;
  return [head, ...listed.map((line) => `- ${line}`), ...(rest > 0 ? [`- and ${rest} more kinds`] : [])].join(
    '\n',
  );
}

/** How many layers there are; where conditions or loops decide, how many kinds. */
function builtTotal(layers: readonly BuiltLayer[]): string {
  const kinds = layers.length === 1 ? '' : ` of ${layers.length} kinds`;
  const total = layers.reduce((sum, { count }) => sum + (count ?? NaN), 0);
  if (Number.isNaN(total)) return `layers${kinds}, as many as the code's conditions and loops make`;
  return `${total} ${total === 1 ? 'layer' : 'layers'}${kinds}`;
}

function builtLine({ layer, count, names, inputs }: BuiltLayer): string {
  const data = inputs.length === 1 ? inputs[0] : undefined;
  const facts = layerFacts(layer, data, '2*macs');
  const [weight] = facts;
  const output = data === undefined ? undefined : facts.find(({ name }) => name === 'output');
  const shown = names.slice(0, LISTED_NAMES).map(code).join(', ');
  const more = names.length > LISTED_NAMES ? ` and ${names.length - LISTED_NAMES} more` : '';
  const result = output === undefined ? '' : ` → ${code(output.value)}`;
  return `${count ?? 'any number'} × ${code(weight?.value ?? '?')}${result} ${escapeText(kindText(layer))}${shown === '' ? '' : `: ${shown}${more}`}`;
}

function links(site: CallSite): string {
  const target = [{ uri: site.place.uri, id: site.id }];
  return [
    commandLink('Open in visualiser', CARD_COMMANDS.open, target),
    commandLink('Verify', CARD_COMMANDS.verify, target),
    commandLink('Copy', CARD_COMMANDS.copy, target),
  ].join(' · ');
}
