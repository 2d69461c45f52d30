/** Code that is made to break an analysis: it ends, says why, and everything else in the file is still right. */
import assert from 'node:assert/strict';
import type { Analyser } from '../../../src/analysis/analyser';
import type { Report } from '../../../src/analysis/report';
import { explain } from '../../../src/symbolic/reason';
import { startAnalyser } from '../../support/spec/analysis';
import { HOSTILE } from './hostileTexts';

/** Stands behind every text: whatever comes before it, this call is plain. */
const LAST = 'last = nn.Conv2d(7, 11, (3, 5), padding=1)\n';

/** More than any of them needs; one that hangs meets this instead of a figure. */
const PATIENCE = 60_000;

describe('hostile code', () => {
  let analyser: Analyser;
  before(async () => {
    analyser = await startAnalyser();
  });
  after(() => analyser.dispose());

  for (const { name, text, about } of HOSTILE) {
    it(name, function () {
      this.timeout(PATIENCE);
      const source = `import torch\nfrom torch import nn\n${text}${LAST}`;
      const [report] = analyser.analyse([{ uri: 'hostile.py', text: source }]);
      assert.ok(report !== undefined);
      assertLastIsRight(report);
      for (const [target, truth] of Object.entries(about ?? {})) assertNotWrong(report, target, truth);
    });
  }
});

function assertLastIsRight({ sites }: Report): void {
  const [stage] = sites.find(({ target }) => target === 'last')?.layer.stages ?? [];
  assert.ok(stage !== undefined, 'the plain call behind it is found');
  assert.deepEqual(
    [stage.inChannels, stage.outChannels, ...stage.kernelSize],
    [7, 11, 3, 5].map((value) => ({ kind: 'exact', value })),
  );
}

/** The call assigned to `target` has as many input channels as Python would give it, or says why that is not told. */
function assertNotWrong({ sites }: Report, target: string, truth: number | undefined): void {
  const channels = sites.find((site) => site.target === target)?.layer.stages[0].inChannels;
  assert.ok(channels !== undefined, `the call of ${target} is found`);
  if (channels.kind === 'exact') assert.equal(channels.value, truth, target);
  else if (channels.kind === 'unknown') assert.notEqual(explain(channels.reason), '');
  else assert.fail(`${target} has a formula`);
}
