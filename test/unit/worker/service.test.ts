/** The engine behind its service: answers, progress, and being told to stop. */
import assert from 'node:assert/strict';
import type { VerifyJob } from '../../../src/conv/verification';
import { exact } from '../../../src/symbolic/quantity';
import { createEngineService } from '../../../webview/worker/service';
import { conv } from '../page/layers';

const FORUM: VerifyJob = { layer: { stages: [conv(3, 9, 3, { groups: exact(3) })] }, spatial: [5, 5] };

function setUp() {
  const reports: { readonly done: number; readonly total: number }[] = [];
  const service = createEngineService({
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => reports.length * 1000,
    progress: (report) => reports.push(report),
  });
  return { reports, service };
}

describe('the engine service', () => {
  it('verifies the forum question', async () => {
    const { service, reports } = setUp();
    const { status, paths, split } = await service.verify(FORUM);
    assert.equal(status, 'verified');
    assert.deepEqual(
      paths.map(({ name, agrees }) => [name, agrees]),
      [
        ['formula', true],
        ['weights', true],
        ['probe', true],
      ],
    );
    assert.equal(split?.parts, 3);
    assert.deepEqual(split.outputShape, [1, 9, 3, 3]);
    assert.ok(split.maxAbsDifference < 1e-5);
    const last = reports.at(-1);
    assert.ok(last !== undefined && last.done === last.total);
  });

  it('rejects a job that is cancelled', async () => {
    const { service } = setUp();
    const job = service.verify(FORUM);
    await service.cancel(null);
    await assert.rejects(job, /cancelled/);
  });

  it('lets a later job overtake an earlier one', async () => {
    const { service } = setUp();
    const first = assert.rejects(service.verify(FORUM), /cancelled/);
    const second = await service.verify(FORUM);
    assert.equal(second.status, 'verified');
    await first;
  });

  it('answers for a layer it cannot run', async () => {
    const { service } = setUp();
    const { status } = await service.verify({ layer: { stages: [conv(9, 8, 3, { groups: exact(4) })] } });
    assert.equal(status, 'invalid');
  });
});
