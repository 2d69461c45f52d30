/** What the worker answers where reports without the models will do for now, by a clock that the test turns. */
import assert from 'node:assert/strict';
import type { AnalysisOptions, Extent } from '../../../src/analysis/analyser';
import { createAnalysisService } from '../../../src/analysis-worker/service';
import type { AnalysisAnswer } from '../../../src/protocol/analysis';

/** What an analysis takes in milliseconds when nothing ends it. */
type Costs = Readonly<Record<Extent, number>>;

describe('the worker, asked for general reports', () => {
  it('gives them alone where they took their time', async () => {
    const { answer, ran } = await answerOf('general', { general: 16, whole: 60 });
    assert.deepEqual([extentOf(answer), ran], ['general', ['general']]);
  });

  it('gives the whole ones where both come at once', async () => {
    const { answer, ran } = await answerOf('general', { general: 10, whole: 20 });
    assert.deepEqual([extentOf(answer), ran], ['whole', ['general', 'whole']]);
  });

  it('gives up the whole ones that do not come at once', async () => {
    const { answer, ran, took } = await answerOf('general', { general: 10, whole: 3000 });
    assert.deepEqual([extentOf(answer), ran], ['general', ['general', 'whole']]);
    assert.ok(took < 50, `it took ${took} ms`);
  });

  it('answers nothing else when it is asked for the whole ones', async () => {
    const { answer, ran } = await answerOf('whole', { general: 10, whole: 3000 });
    assert.deepEqual([extentOf(answer), ran], ['whole', ['whole']]);
  });
});

async function answerOf(
  extent: Extent,
  costs: Costs,
): Promise<{ readonly answer: AnalysisAnswer; readonly ran: readonly Extent[]; readonly took: number }> {
  const clock = { now: 1000 };
  const ran: Extent[] = [];
  const analyse = (_: unknown, { extent: asked = 'whole', isCancelled }: AnalysisOptions = {}) => {
    ran.push(asked);
    for (let spent = 0; spent < costs[asked] && isCancelled?.() !== true; spent++) clock.now += 1;
    return [];
  };
  const analyser = { analyse, dispose: () => undefined };
  const service = createAnalysisService({
    now: () => clock.now,
    startAnalyser: () => Promise.resolve(analyser),
  });
  const nothing = new Uint8Array();
  await service.start({
    wasm: { runtime: nothing, grammar: nothing },
    cancelled: new SharedArrayBuffer(4),
  });
  const answer = await service.analyse({
    generation: 1,
    sources: [],
    options: {},
    extent,
    roots: [],
    isLast: false,
  });
  return { answer, ran, took: clock.now - 1000 };
}

function extentOf(answer: AnalysisAnswer): Extent {
  if (answer.kind !== 'reports') assert.fail(`it was ${answer.kind}`);
  return answer.extent;
}
