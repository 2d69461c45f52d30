/** PyTorch programs put through one session of the analysis: the names they leave and the products that were formed. */
import { Session } from '../../../src/analysis/session';
import { createTexts } from '../../../src/analysis/texts';
import { costOf } from '../../../src/conv/cost';
import { createScope } from '../../../src/interp/scope';
import type { Value } from '../../../src/interp/values';
import { createLineIndex, textOf } from '../../../src/python/lines';
import type { Span } from '../../../src/symbolic/place';
import { add } from '../../../src/symbolic/arithmetic';
import { exact, type Quantity } from '../../../src/symbolic/quantity';
import { loadParser } from '../python/support';

/** What a program left. */
export interface Left {
  readonly value: (name: string) => Value | undefined;
  /** Multiply-accumulates of all that it ran. */
  readonly macs: Quantity;
  /** What certainly raises. */
  readonly findings: readonly string[];
}

const HEADER = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

/** A way to run programs that shares one parser. */
export async function torchRunner(): Promise<(text: string) => Left> {
  const parser = await loadParser();
  const texts = createTexts(parser);
  return (program) => {
    const text = `${HEADER}${program}\n`;
    const index = createLineIndex(text);
    const unit = { uri: 'program.py', textOf: (span: Span) => textOf(text, span, index) };
    const session = new Session({ texts, files: undefined, isCancelled: () => false });
    const scope = createScope('module');
    session.budget.refill('module');
    const work = session.collectWork(() => {
      session.interpreter.execute(parser.parse(text).body, { scope, unit, depth: 0 });
    });
    const convolutions = session.sightings.flatMap(({ evaluation: { layer, inputs } }) =>
      inputs.map((input) => costOf(layer, input).macs ?? exact(0)),
    );
    return {
      value: (name) => scope.variables.get(name),
      macs: add(exact(0), ...convolutions, ...work.map(({ macs }) => macs)),
      findings: session.findings.map(({ message }) => message),
    };
  };
}
