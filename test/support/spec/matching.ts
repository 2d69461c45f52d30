/** Matches what a case expects with what was found, both ways, and says every difference in a line. */
import type { CallSite, Finding, Report } from '../../../src/analysis/report';
import { comparePositions } from '../../../src/symbolic/place';
import { contradictions, foundFor } from './claims';
import type { ExpectedFinding, ExpectedSite, Expectations } from './expectations';
import { summaryOf } from './notation';

/** The differences, each with its line from 1; empty when all is as expected. */
export function differences(expected: Expectations, reports: readonly Report[]): string[] {
  const sites = reports.flatMap((report) => report.sites);
  const findings = reports.flatMap(findingsOf);
  return [...siteDifferences(expected.sites, sites), ...findingDifferences(expected.findings, findings)];
}

/** All findings of a report, those of its call sites included, each once. */
export function findingsOf(report: Report): Finding[] {
  const all = [...report.findings, ...report.sites.flatMap((site) => site.findings)];
  const key = ({ code, message, place }: Finding): string => JSON.stringify([code, message, place]);
  return [...new Map(all.map((finding) => [key(finding), finding])).values()];
}

function siteDifferences(expected: readonly ExpectedSite[], found: readonly CallSite[]): string[] {
  return pairsByLine(expected, found, (site) => site.place.span.start).flatMap(([line, wanted, site]) => {
    if (site === undefined)
      return [`${at(line)} expected  ${wanted?.summary ?? ''}\n    found     no convolution`];
    const summary = summaryOf(site.layer, site.role);
    if (wanted === undefined) return [`${at(line)} expected  no convolution\n    found     ${summary}`];
    const claims = wanted.claims.map((claim) => [claim, foundFor(claim, site)] as const);
    const different = [[wanted.summary, summary] as const, ...claims]
      .filter(([claim, fact]) => claim !== fact)
      .map(([claim, fact]) => `${at(line)} expected  ${claim}\n    found     ${fact}`);
    return [...different, ...contradictions(site).map((each) => `${at(line)} ${each}`)];
  });
}

function findingDifferences(expected: readonly ExpectedFinding[], found: readonly Finding[]): string[] {
  return pairsByLine(expected, found, (finding) => finding.place.span.start).flatMap(
    ([line, wanted, finding]) => {
      const text = finding === undefined ? 'no finding' : findingText(finding, wanted);
      const want =
        wanted === undefined ? 'no finding' : `${wanted.severity}: [${wanted.code}] ${wanted.message}`;
      const isEqual = want.endsWith('…') ? text.startsWith(want.slice(0, -1)) : text === want;
      return isEqual ? [] : [`${at(line)} expected  ${want}\n    found     ${text}`];
    },
  );
}

function findingText(finding: Finding, wanted: ExpectedFinding | undefined): string {
  const severity = finding.severity === 'information' ? 'hint' : finding.severity;
  const hasException = /^\w+(Error|Exception): /.test(wanted?.message ?? '');
  const exception = hasException ? `${finding.exception ?? 'no exception'}: ` : '';
  return `${severity}: [${finding.code}] ${exception}${finding.message}`;
}

/** Pairs expectations and finds of the same line in order of column; what has no partner stands alone. */
function pairsByLine<E extends { readonly line: number }, F>(
  expected: readonly E[],
  found: readonly F[],
  startOf: (each: F) => { line: number; character: number },
): [number, E | undefined, F | undefined][] {
  const lines = new Set([...expected.map(({ line }) => line), ...found.map((each) => startOf(each).line)]);
  const ordered = [...found].sort((a, b) => comparePositions(startOf(a), startOf(b)));
  return [...lines]
    .sort((a, b) => a - b)
    .flatMap((line) => {
      const wanted = expected.filter((each) => each.line === line);
      const there = ordered.filter((each) => startOf(each).line === line);
      const count = Math.max(wanted.length, there.length);
      return Array.from({ length: count }, (_, index): [number, E | undefined, F | undefined] => [
        line,
        wanted[index],
        there[index],
      ]);
    });
}

function at(line: number): string {
  return `line ${line + 1}:`;
}
