/** Small programs put through the analysis: what is reported of them, and the shapes of the tensors they name. */
import { createTexts } from '../../../src/analysis/texts';
import { collectReports } from '../../../src/analysis/collect';
import type { CallSite, Finding } from '../../../src/analysis/report';
import { runSources } from '../../../src/analysis/run';
import { shapeOf } from '../../../src/frameworks/tensor';
import { show, type Value } from '../../../src/interp/values';
import { createLineIndex, textOf } from '../../../src/python/lines';
import { numberOf } from '../../../src/symbolic/quantity';
import { loadParser } from '../python/support';

/** What became of a program. */
export interface Outcome {
  /** Its calls of convolutions, in source order. */
  readonly sites: readonly CallSite[];
  /** Findings of the calls and of the code between them. */
  readonly findings: readonly Finding[];
  /** Sizes of the tensor under a name, null for one that is no plain number; undefined when its rank is not known. */
  readonly shape: (name: string) => (number | null)[] | undefined;
  /** The value under a name. */
  readonly value: (name: string) => Value | undefined;
  /** The value under a name as Python shows it, `?` for parts that are unknown; undefined for a name without value. */
  readonly shown: (name: string) => string | undefined;
}

/** Runs one program; its lines are joined. */
export type RunProgram = (...lines: readonly string[]) => Outcome;

/** A way to run programs that shares one parser. */
export async function programRunner(): Promise<RunProgram> {
  const parser = await loadParser();
  const texts = createTexts(parser);
  return (...lines) => {
    const text = lines.join('\n') + '\n';
    const index = createLineIndex(text);
    const unit = { uri: 'program.py', textOf: (span: CallSite['calleeSpan']) => textOf(text, span, index) };
    const parsed = [{ unit, module: parser.parse(text) }];
    const run = runSources(parsed, { texts, files: undefined, isCancelled: () => false });
    const [report] = collectReports(parsed, run);
    if (report === undefined) throw new Error('no report');
    return {
      sites: report.sites,
      findings: [...report.findings, ...report.sites.flatMap((site) => site.findings)],
      shape: (name) => {
        const value = run.names.get(name);
        return value && shapeOf(value)?.map((size) => numberOf(size) ?? null);
      },
      value: (name) => run.names.get(name),
      shown: (name) => {
        const value = run.names.get(name);
        return value && show(value);
      },
    };
  };
}

/** The findings that say that the code raises. */
export function errorsOf({ findings }: Outcome): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** `(1, 3, 8, 8)`, as Python writes a shape; null is `None`. */
export function pythonTuple(sizes: readonly (number | null)[]): string {
  return `(${sizes.map((size) => `${size ?? 'None'},`).join(' ')})`;
}
