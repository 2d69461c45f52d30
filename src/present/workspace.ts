/** What a scan of a workspace found, file by file and in all: counts and short texts, so that many files stay small. */
import type { CallSite, Finding, Report } from '../analysis/report';
import type { Place } from '../symbolic/place';
import type { Quantity } from '../symbolic/quantity';
import type { ConvSpec } from '../conv/spec';
import { explain } from '../symbolic/reason';
import { show } from '../symbolic/show';
import { unknownParts } from './unknowns';
import { plural } from './words';

/** How much a file keeps; what goes beyond is counted. */
const KEPT = { models: 50, findings: 50, reasons: 10 } as const;

/** How well calls are known: every figure a number, some a formula, or some unknown. */
export interface SiteCounts {
  readonly sites: number;
  readonly exact: number;
  readonly formula: number;
  readonly unknown: number;
}

/** A model in a line. */
export interface ModelLine {
  readonly id: string;
  readonly layers: number;
  /** As text: a number, a formula or `?`. */
  readonly params: string;
  readonly isComplete: boolean;
  readonly place: Place;
}

/** A finding in a line. */
export interface FindingLine {
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly place: Place;
}

/** One file with what was found in it. */
export interface FileSummary extends SiteCounts {
  readonly uri: string;
  /** The first call; absent where there is none. */
  readonly place?: Place;
  /** Why parts of calls are unknown, with how often, the most frequent first. */
  readonly reasons: readonly { readonly because: string; readonly count: number }[];
  readonly models: readonly ModelLine[];
  readonly findings: readonly FindingLine[];
  /** Models and findings that were not kept. */
  readonly omitted: number;
}

/** All files added up. */
export interface WorkspaceTotals extends SiteCounts {
  /** Files that were analysed. */
  readonly files: number;
  readonly models: number;
  readonly errors: number;
  readonly warnings: number;
}

/** What is kept of a file's reports (several for a notebook's cells); `undefined` where there is nothing to tell. */
export function summariseFile(uri: string, reports: readonly Report[]): FileSummary | undefined {
  const sites = reports.flatMap((report) => report.sites);
  const models = reports.flatMap((report) => report.models);
  const findings = uniqueFindings(reports);
  if (sites.length + models.length + findings.length === 0) return undefined;
  const counts = { exact: 0, formula: 0, unknown: 0 };
  for (const site of sites) counts[certaintyOf(site)]++;
  return {
    uri,
    ...(sites[0] === undefined ? {} : { place: sites[0].place }),
    sites: sites.length,
    ...counts,
    reasons: reasonsOf(sites),
    models: models.slice(0, KEPT.models).map(({ id, layers, params, isComplete, place }) => ({
      id,
      layers: layers.length,
      params: show(params),
      isComplete,
      place,
    })),
    findings: findings.slice(0, KEPT.findings),
    omitted: Math.max(0, models.length - KEPT.models) + Math.max(0, findings.length - KEPT.findings),
  };
}

/** The totals of all files that were analysed; `files` counts those with nothing to tell, too. */
export function totalsOf(files: number, summaries: readonly FileSummary[]): WorkspaceTotals {
  const sum = (of: (summary: FileSummary) => number) => summaries.reduce((all, each) => all + of(each), 0);
  const severe = (severity: Finding['severity']) =>
    sum(({ findings }) => findings.filter((each) => each.severity === severity).length);
  return {
    files,
    sites: sum(({ sites }) => sites),
    exact: sum(({ exact }) => exact),
    formula: sum(({ formula }) => formula),
    unknown: sum(({ unknown }) => unknown),
    models: sum(({ models }) => models.length),
    errors: severe('error'),
    warnings: severe('warning'),
  };
}

/** The counts of calls in words: `12 calls: 9 exact, 2 formulas, 1 unknown`. */
export function countsText({ sites, exact, formula, unknown }: SiteCounts): string {
  if (sites === 0) return 'no calls';
  const parts = [
    ...(exact > 0 ? [`${exact} exact`] : []),
    ...(formula > 0 ? [`${formula} ${formula === 1 ? 'formula' : 'formulas'}`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  return `${plural(sites, 'call')}: ${parts.join(', ')}`;
}

/** The totals in one line. */
export function totalsLine(totals: WorkspaceTotals): string {
  const { files, models, errors, warnings } = totals;
  return [
    plural(files, 'file'),
    countsText(totals),
    plural(models, 'model'),
    plural(errors, 'error'),
    plural(warnings, 'warning'),
  ].join(' · ');
}

function certaintyOf({ layer }: CallSite): keyof Omit<SiteCounts, 'sites'> {
  if (unknownParts(layer).length > 0) return 'unknown';
  const isNumber = layer.stages.flatMap(quantitiesOf).every(({ kind }) => kind === 'exact');
  return isNumber ? 'exact' : 'formula';
}

function quantitiesOf(spec: ConvSpec): Quantity[] {
  const { inChannels, outChannels, kernelSize, stride, dilation, groups, padding, outputPadding } = spec;
  const pads = padding.kind === 'explicit' ? [...padding.before, ...padding.after] : [];
  return [inChannels, outChannels, ...kernelSize, ...stride, ...dilation, groups, ...pads, ...outputPadding];
}

/** Why calls are unknown; a call counts once for each of its reasons. */
function reasonsOf(sites: readonly CallSite[]): FileSummary['reasons'] {
  const counts = new Map<string, number>();
  for (const { layer } of sites) {
    const own = new Set(unknownParts(layer).map(({ unknown }) => explain(unknown.reason)));
    for (const because of own) counts.set(because, (counts.get(because) ?? 0) + 1);
  }
  const all = [...counts].map(([because, count]) => ({ because, count }));
  return all.sort((a, b) => b.count - a.count).slice(0, KEPT.reasons);
}

/** The findings about the file itself, each once. */
function uniqueFindings(reports: readonly Report[]): FindingLine[] {
  const all = reports.flatMap(({ uri, findings, sites }) =>
    [...findings, ...sites.flatMap((site) => site.findings)].filter(({ place }) => place.uri === uri),
  );
  const lines = all.map(({ severity, message, exception, place }) => ({
    severity,
    message: exception === undefined ? message : `${exception}: ${message}`,
    place,
  }));
  return [...new Map(lines.map((each) => [JSON.stringify(each), each])).values()];
}
