/** The hover card of a call, as Markdown. */
import type { CallSite, Finding } from '../analysis/report';
import type { ConvLayer } from '../conv/spec';
import { briefLayer } from './brief';
import { builtText, MODELS_TO_COME } from './built';
import { compareCosts } from './comparison';
import { type Choice, siteInContext, type SiteInContext } from './context';
import { drawChannelMap } from './drawing';
import type { Fact, FlopsConvention } from './facts';
import { siteFacts } from './facts';
import { revealLink, targetLink } from './links';
import { code, codeCell, escapeText, image, table } from './markdown';
import { acceptedInput, isRefused } from './refused';
import { channelSentence } from './sentence';
import type { ThemeKind } from './svg';
import { toDataUri } from './svg';
import { unknownGroups } from './unknowns';
import { kindText, sentence } from './words';

export interface CardOptions {
  readonly detail: 'full' | 'compact';
  readonly flops: FlopsConvention;
  readonly theme: ThemeKind;
  /** The chosen context, whose layers come first and whose figures stand where they are those of one layer. */
  readonly choice?: Choice;
  /** The report was made without the models; the card says so. */
  readonly isWithoutModels?: boolean;
}

/** Facts that stand on the line of the fact before them. */
const CONTINUING = ['bias', 'FLOPs', 'bias additions'];
/** Facts whose detail is the calculation that leads to the value. */
const CALCULATED = ['parameters', 'MACs'];

/** The card of a call site. Everything that comes from source is escaped. */
export function card(site: CallSite, options: CardOptions): string {
  const shown = siteInContext(site, options.choice);
  const parts =
    options.detail === 'compact' ? compactParts(site, shown, options) : fullParts(site, shown, options);
  return parts.filter((part) => part !== '').join('\n\n');
}

function fullParts(general: CallSite, shown: SiteInContext, options: CardOptions): string[] {
  const { site } = shown;
  const { layer } = site;
  return [
    heading(site),
    contextText(general, shown, options),
    readsText(layer),
    assumptions(site),
    drawing(layer, options.theme),
    lines(siteFacts(site, options.flops)),
    built(general, options),
    isRefused(site) ? '' : comparison(layer, acceptedInput(site)),
    unknowns(layer),
    findings(site.findings),
    links(site),
  ];
}

function compactParts(general: CallSite, shown: SiteInContext, options: CardOptions): string[] {
  const { site } = shown;
  const facts = siteFacts(site, options.flops);
  const kept = facts.filter(({ name }) => !['bias', 'FLOPs', 'bias additions', 'memory'].includes(name));
  return [
    heading(site),
    contextText(general, shown, options),
    assumptions(site),
    lines(kept),
    findings(site.findings),
    built(general, options),
    links(site),
  ];
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
      const where = place === undefined ? '' : ` (${revealLink(place)})`;
      return `**unknown** ${escapeText(what)}: ${escapeText(because)}${where}`;
    })
    .join('  \n');
}

function findings(all: readonly Finding[]): string {
  return all
    .map(({ severity, exception, message }) => {
      const name = exception === undefined ? '' : `${escapeText(exception)}: `;
      return `**${severity}** ${name}${code(message)}`;
    })
    .join('  \n');
}

/** What the figures are of, when a context is chosen, and what holds in general. */
function contextText(general: CallSite, { as, chosen }: SiteInContext, { choice }: CardOptions): string {
  if (choice === undefined || chosen.length === 0) return '';
  const change = targetLink('Change', 'context', { uri: general.place.uri, id: general.id });
  if (as === undefined)
    return `in general; ${code(choice.model)} builds ${chosen.length} kinds of layer here · ${change}`;
  const defaults = general.assumes.length === 0 ? '' : ` with ${general.assumes.map(code).join(', ')}`;
  return `as in ${code(as)} · in general ${escapeText(briefLayer(general.layer))}${defaults} · ${change}`;
}

/** The concrete layers of a call that is written as a formula or that built several. */
function built(site: CallSite, { detail, choice, isWithoutModels }: CardOptions): string {
  const { built: layers, layer, place, id } = site;
  if (isWithoutModels === true) return MODELS_TO_COME;
  const [only] = layers;
  if (only === undefined) return '';
  const isSame = layers.length === 1 && JSON.stringify(only.layer) === JSON.stringify(layer);
  if (isSame && (only.count ?? 1) === 1 && only.names.length === 0) return '';
  return builtText({ uri: place.uri, id }, layers, { detail, choice });
}

function links(site: CallSite): string {
  const target = { uri: site.place.uri, id: site.id };
  return [
    targetLink('Open in visualiser', 'open', target),
    targetLink('Verify', 'verify', target),
    targetLink('Copy', 'copy', target),
  ].join(' · ');
}
