/** What stands under a position: the innermost call or model, and the argument of a call that is a plain value. */
import type { BlockCall, CallSite, Model, Report, SiteArgument } from '../analysis/report';
import type { Place, Position, Span } from '../symbolic/place';
import { comparePositions, contains } from '../symbolic/place';

/** What a card is about. */
export type Subject =
  | { readonly kind: 'site'; readonly site: CallSite }
  | { readonly kind: 'block'; readonly block: BlockCall }
  | { readonly kind: 'model'; readonly model: Model };

/** The innermost call or model whose text holds the position; of equal ones the model, then the convolution. */
export function subjectAt(report: Report, position: Position): Subject | undefined {
  const subjects: (readonly [Place, Subject])[] = [
    ...report.models.map((model) => [model.place, { kind: 'model', model }] as const),
    ...report.sites.map((site) => [site.place, { kind: 'site', site }] as const),
    ...report.blocks.map((block) => [block.place, { kind: 'block', block }] as const),
  ];
  const around = subjects.filter(([{ uri, span }]) => uri === report.uri && contains(span, position));
  return around.reduce<(typeof around)[number] | undefined>((inner, each) => {
    return inner === undefined || isSmaller(each[0].span, inner[0].span) ? each : inner;
  }, undefined)?.[1];
}

/** The innermost call whose text holds the position; `undefined` when there is none. */
export function siteAt(report: Report, position: Position): CallSite | undefined {
  const around = report.sites.filter(({ place }) => contains(place.span, position));
  return around.reduce<CallSite | undefined>((inner, site) => {
    return inner === undefined || isInside(site.place.span, inner.place.span) ? site : inner;
  }, undefined);
}

/** The call with this identity, as a card's links name it. */
export function siteById(report: Report, id: string): CallSite | undefined {
  return report.sites.find((site) => site.id === id);
}

/** The call to act on for a cursor: the one around it, or else the only one on its line. */
export function siteNear(report: Report, position: Position): CallSite | undefined {
  const around = siteAt(report, position);
  if (around !== undefined) return around;
  const onLine = report.sites.filter(
    ({ place: { span } }) => span.start.line <= position.line && position.line <= span.end.line,
  );
  return onLine.length === 1 ? onLine[0] : undefined;
}

/** The argument of the call under the position. */
export function argumentAt(site: CallSite, position: Position): SiteArgument | undefined {
  return site.arguments.find(({ span }) => contains(span, position));
}

/** The texts in which a name of the module may be assigned: those of all documents that share its namespace. */
export interface Texts {
  /** The line under the position. */
  readonly line: string;
  readonly all: readonly string[];
}

/**
 * The model whose variable stands under the position in its assignment, with the variable's stretch: `net` in
 * `net = Net()`. Only for a name that is assigned once, and at the start of a line: what a name holds that is assigned
 * several times cannot be told here.
 */
export function modelOfVariable(
  models: readonly Model[],
  position: Position,
  { line, all }: Texts,
): { readonly model: Model; readonly span: Span } | undefined {
  const [, name] = /^([\p{L}_][\p{L}\p{N}_]*)\s*(?::[^=]*)?=(?!=)/u.exec(line) ?? [];
  if (name === undefined || position.character > name.length) return undefined;
  const model = models.find((each) => each.kind === 'object' && each.name === name);
  if (model === undefined || assignments(name, all) !== 1) return undefined;
  const start = { line: position.line, character: 0 };
  return { model, span: { start, end: { line: position.line, character: name.length } } };
}

/** How many statements may give the name a value, by the look of the text; strings and comments count, too. */
function assignments(name: string, texts: readonly string[]): number {
  const around = '[^\\p{L}\\p{N}_.]';
  const binding = new RegExp(
    `(?:^|${around})${name}\\s*(?::[^=\\n]*|,[^=\\n]*)?[-+*/@|&^%]?=(?!=)|(?:^|${around})(?:for|as|import|def|class|global|del)\\s[\\p{L}\\p{N}_.,()\\t ]*(?<=${around})${name}(?![\\p{L}\\p{N}_])`,
    'gmu',
  );
  return texts.reduce((sum, text) => sum + (text.match(binding)?.length ?? 0), 0);
}

function isInside(inner: Span, outer: Span): boolean {
  return comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;
}

/** Whether one stretch lies inside another one that is larger. */
function isSmaller(inner: Span, outer: Span): boolean {
  return isInside(inner, outer) && !isInside(outer, inner);
}
