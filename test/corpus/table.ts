/** The figures of a corpus in print: how much is exact, what is not told and why, and what is wrong. */
import type { Compared, ComparedModel, Verdict } from './compare';

/** What one corpus gave. */
export interface CorpusResult {
  readonly name: string;
  readonly files: number;
  readonly models: readonly ComparedModel[];
  /** Of reading all files, parser and tables included, in milliseconds. */
  readonly time: number;
}

/** Counts of verdicts; `share` is the exact part of all, from 0 to 1; 1 where there is nothing to tell. */
export interface Tally extends Readonly<Record<Verdict, number>> {
  readonly all: number;
  readonly share: number;
}

/** Counts what was compared. */
export function tally(compared: readonly Compared[]): Tally {
  const count = (wanted: Verdict) => compared.filter(({ verdict }) => verdict === wanted).length;
  const all = compared.length;
  const exact = count('exact');
  const share = all === 0 ? 1 : exact / all;
  return { exact, unknown: count('unknown'), wrong: count('wrong'), missing: count('missing'), all, share };
}

/** Everything that is wrong, layers that the model does not have included. */
export function mistakesOf(models: readonly ComparedModel[]): string[] {
  return models.flatMap(({ truth, extra, layers, runs, params, macs }) => [
    ...extra.map((name) => `${truth.id} has no ${name}`),
    ...[...layers, ...runs, params, ...macs].flatMap(({ name, differences }) =>
      differences.filter(({ kind }) => kind === 'wrong').map(({ text }) => `${truth.id} ${name}: ${text}`),
    ),
  ]);
}

/** Causes of what is not told, each with how often it is the first one of a layer, most frequent first. */
export function causesOf(compared: readonly Compared[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { differences } of compared) {
    const [first] = differences;
    if (first === undefined || first.kind === 'wrong') continue;
    const cause = `${first.figure}: ${first.cause}`;
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** The table of one corpus. */
export function tableOf({ name, files, models, time }: CorpusResult): string {
  const layers = models.flatMap((model) => model.layers);
  const sites = new Set(
    models.flatMap(({ truth }) => truth.layers.flatMap(({ site }) => (site ? [JSON.stringify(site)] : []))),
  );
  const found = models.filter(({ isFound }) => isFound).length;
  const complete = models.filter((model) => tally(model.layers).share === 1).length;
  const rows = [
    ['', 'all', 'exact', 'unknown', 'missing', 'wrong'],
    row('layers', layers, models.flatMap(({ extra }) => extra).length),
    row(
      'cards that name a layer',
      models.flatMap(({ cards }) => cards),
    ),
    row(
      'inputs and outputs',
      models.flatMap(({ runs }) => runs),
    ),
    row(
      'totals of parameters',
      models.map(({ params }) => params),
    ),
    ...['convolutions', 'linear', 'products'].map((kind) =>
      row(
        `MACs of ${kind}`,
        models.flatMap(({ macs }) => macs.filter((each) => each.name === kind)),
      ),
    ),
  ];
  return [
    `${name}: ${files} files with ${sites.size > 0 ? `${sites.size} calls that make layers and ` : ''}${models.length} models; ${found} found, ${complete} with every layer exact; ${(time / 1000).toFixed(1)} s`,
    ...rows.map(
      ([label = '', ...cells]) => label.padEnd(26) + cells.map((cell) => cell.padStart(9)).join(''),
    ),
  ].join('\n');
}

function row(label: string, compared: readonly Compared[], extra = 0): string[] {
  const { all, exact, unknown, missing, wrong } = tally(compared);
  return [label, ...[all, exact, unknown, missing, wrong + extra].map(String)];
}
