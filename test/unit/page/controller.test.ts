/** The page without its elements: messages in, calls and states out. */
import assert from 'node:assert/strict';
import type { Verification } from '../../../src/conv/verification';
import type { Remote } from '../../../src/protocol/rpc';
import type { HostService, PageContent } from '../../../src/protocol/visualiser';
import { exact, symbol } from '../../../src/symbolic/quantity';
import { createController } from '../../../webview/page/controller';
import { INITIAL_STATE } from '../../../webview/page/state';
import { content, conv } from './layers';

const FORUM = content(conv(3, 9, 3, { groups: exact(3) }));
const VERIFIED: Verification = { status: 'verified', summary: 'All agree.', paths: [], mismatches: [] };

function setUp(fail = false) {
  const calls: string[] = [];
  const jobs: { resolve(result: Verification): void; reject(error: Error): void }[] = [];
  const answer = (name: string) => (argument: unknown) => {
    calls.push(`${name} ${JSON.stringify(argument)}`);
    return fail ? Promise.reject(new Error('refused')) : Promise.resolve();
  };
  const host: Remote<HostService> = {
    ready: answer('ready'),
    reveal: answer('reveal'),
    copy: answer('copy'),
    pin: answer('pin'),
    log: answer('log'),
  };
  const engine = {
    verify: () => new Promise<Verification>((resolve, reject) => jobs.push({ resolve, reject })),
    cancel: () => void calls.push('cancel'),
  };
  const controller = createController(INITIAL_STATE, { host, engine, onChange: () => undefined });
  return { calls, jobs, controller };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the page', () => {
  it('shows what the host sends', async () => {
    const { controller } = setUp();
    await controller.service.show(FORUM);
    assert.equal(controller.state.content, FORUM);
  });

  it('ignores content of another form and says so in the log', async () => {
    const { controller, calls } = setUp();
    await controller.service.show({ kind: 'layer', title: 1 } as unknown as PageContent);
    assert.equal(controller.state.content, undefined);
    assert.deepEqual(calls, ['log "the page ignored content of a form it does not know"']);
  });

  it('verifies when the host asks, with progress', async () => {
    const { controller, jobs } = setUp();
    await controller.service.show(FORUM);
    await controller.service.verify(null);
    assert.equal(controller.state.verification.phase, 'running');
    controller.progress({ done: 1, total: 3, label: 'Probing input channels' });
    assert.deepEqual(controller.state.verification, {
      phase: 'running',
      done: 1,
      total: 3,
      label: 'Probing input channels',
    });
    jobs[0]?.resolve(VERIFIED);
    await settled();
    assert.deepEqual(controller.state.verification, { phase: 'done', result: VERIFIED });
  });

  it('runs nothing for what has no numbers', async () => {
    const { controller, jobs } = setUp();
    await controller.service.verify(null);
    await controller.service.show(content(conv(symbol('dim'), 3, 3)));
    await controller.service.verify(null);
    assert.equal(jobs.length, 0);
    assert.equal(controller.state.verification.phase, 'idle');
  });

  it('cancels, and does not show what comes late', async () => {
    const { controller, jobs, calls } = setUp();
    await controller.service.show(FORUM);
    controller.verify();
    controller.cancel();
    assert.deepEqual(calls, ['cancel']);
    jobs[0]?.resolve(VERIFIED);
    await settled();
    controller.progress({ done: 3, total: 3, label: 'late' });
    assert.equal(controller.state.verification.phase, 'cancelled');
  });

  it('ends the job of a layer that is no longer shown', async () => {
    const { controller, jobs, calls } = setUp();
    await controller.service.show(FORUM);
    controller.verify();
    await controller.service.show(content(conv(3, 9, 3)));
    assert.deepEqual(calls, ['cancel']);
    jobs[0]?.resolve(VERIFIED);
    await settled();
    assert.equal(controller.state.verification.phase, 'idle');
  });

  it('keeps a job running while the same layer is shown again', async () => {
    const { controller, jobs, calls } = setUp();
    await controller.service.show(FORUM);
    controller.verify();
    await controller.service.show({ ...FORUM, sentence: 'Said otherwise.' });
    assert.deepEqual(calls, []);
    jobs[0]?.resolve(VERIFIED);
    await settled();
    assert.equal(controller.state.verification.phase, 'done');
  });

  it('tells why a verification stopped', async () => {
    const { controller, jobs } = setUp();
    await controller.service.show(FORUM);
    controller.verify();
    jobs[0]?.reject(new Error('out of memory'));
    await settled();
    assert.deepEqual(controller.state.verification, { phase: 'failed', message: 'out of memory' });
  });

  it('passes on pins, places and copies, and says what was done', async () => {
    const { controller, calls } = setUp();
    await controller.service.show(FORUM);
    controller.copy('pytorch');
    await settled();
    assert.equal(controller.state.notice, 'Copied as PyTorch');
    controller.pin(true);
    controller.reveal(FORUM.place);
    assert.deepEqual(calls, ['copy "pytorch"', 'pin true', `reveal ${JSON.stringify(FORUM.place)}`]);
  });

  it('says when copying failed', async () => {
    const { controller } = setUp(true);
    await controller.service.show(FORUM);
    controller.copy('json');
    await settled();
    assert.equal(controller.state.notice, 'Could not copy: refused');
  });
});
