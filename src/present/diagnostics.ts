/** Findings as what an editor underlines. */
import type { Finding, Report } from '../analysis/report';
import type { Span } from '../symbolic/place';

/** One underlined finding: plain data and plain text. */
export interface PlainDiagnostic {
  readonly span: Span;
  readonly severity: Finding['severity'];
  readonly code: string;
  readonly message: string;
}

/** The findings of a report in its own document, in source order, each once. */
export function diagnosticsOf(report: Report): PlainDiagnostic[] {
  const all = [...report.findings, ...report.sites.flatMap(({ findings }) => findings)];
  const own = all.filter(({ place }) => place.uri === report.uri).map(toDiagnostic);
  const unique = new Map(own.map((each) => [JSON.stringify([each.span, each.code, each.message]), each]));
  return [...unique.values()].sort(
    (a, b) => a.span.start.line - b.span.start.line || a.span.start.character - b.span.start.character,
  );
}

function toDiagnostic({ place, severity, code, message, exception }: Finding): PlainDiagnostic {
  return {
    span: place.span,
    severity,
    code,
    message: exception === undefined ? message : `${exception}: ${message}`,
  };
}
