/** One feature's failure is logged and goes no further. */
import assert from 'node:assert/strict';
import { guard } from '../../../src/editor/guard';

describe('A guarded callback', () => {
  const logged: string[] = [];
  const log = { error: (message: string) => void logged.push(message) };
  beforeEach(() => (logged.length = 0));

  it('passes arguments and results', () => {
    assert.equal(guard(log, 'sum', (a: number, b: number) => a + b)(1, 2), 3);
    assert.deepEqual(logged, []);
  });

  it('logs what it throws and returns nothing', () => {
    const fail = guard(log, 'hover', (): number => {
      throw new Error('boom');
    });
    assert.equal(fail(), undefined);
    assert.match(logged.join(), /^hover: Error: boom/);
  });

  it('logs what it rejects with and resolves to nothing', async () => {
    const fail = guard(log, 'command', () => Promise.reject(new Error('later')));
    assert.equal(await fail(), undefined);
    assert.match(logged.join(), /^command: Error: later/);
  });
});
