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

/**
 * The model whose variable stands under the position in the assignment that makes it, with the variable's stretch:
 * `net` in `net = Net()`. `textBefore` gives the text of a line up to a character.
 */
export function modelOfVariable(
  report: Report,
  position: Position,
  textBefore: (line: number, character: number) => string,
): { readonly model: Model; readonly span: Span } | undefined {
  for (const model of report.models) {
    const { start } = model.place.span;
    if (model.kind !== 'object' || model.place.uri !== report.uri || start.line !== position.line) continue;
    const target = /^(\s*)([^\s=:(),.[\]]+)\s*(?::[^=]*)?=\s*$/u.exec(
      textBefore(start.line, start.character),
    );
    const [, indent = '', name = ''] = target ?? [];
    const from = { line: start.line, character: indent.length };
    const span = { start: from, end: { line: start.line, character: indent.length + name.length } };
    if (name === model.name && contains(span, position)) return { model, span };
  }
  return undefined;
}

function isInside(inner: Span, outer: Span): boolean {
  return comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;
}

/** Whether one stretch lies inside another one that is larger. */
function isSmaller(inner: Span, outer: Span): boolean {
  return isInside(inner, outer) && !isInside(outer, inner);
}
