/** What stands under a position: the innermost call, and the argument of it that is a plain value. */
import type { CallSite, Report, SiteArgument } from '../analysis/report';
import type { Position, Span } from '../symbolic/place';
import { comparePositions, contains } from '../symbolic/place';

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

function isInside(inner: Span, outer: Span): boolean {
  return comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;
}
