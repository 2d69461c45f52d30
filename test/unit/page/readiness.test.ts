/** Whether a layer can be verified. */
import assert from 'node:assert/strict';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';
import { readinessOf } from '../../../webview/page/readiness';
import { content, conv } from './layers';

describe('readiness for verification', () => {
  it('makes a job with the input size where the code gives one', () => {
    const layer = conv(3, 9, 3, { groups: exact(3) });
    const input = { channels: exact(3), spatial: [exact(8), exact(6)], isAssumed: false };
    const readiness = readinessOf(content(layer, { input }));
    assert.deepEqual(readiness, { kind: 'ready', job: { layer: { stages: [layer] }, spatial: [8, 6] } });
  });

  it('leaves a large or unknown input size to the engine', () => {
    const large = { channels: exact(3), spatial: [exact(224), exact(224)], isAssumed: false };
    for (const input of [undefined, large]) {
      const readiness = readinessOf(content(conv(3, 9, 3), { input }));
      assert.equal(readiness.kind === 'ready' && readiness.job.spatial, undefined);
    }
  });

  it('names what is missing, together where the reason is one', () => {
    const readiness = readinessOf(content(conv(symbol('dim'), symbol('dim'), 3)));
    assert.deepEqual(readiness, {
      kind: 'unknown',
      missing: [{ what: 'input channels, output channels', because: 'dim has no number here' }],
    });
  });

  it('tells the reason of an unknown', () => {
    const groups = unknown({ code: 'parameter', subject: 'groups' });
    assert.deepEqual(readinessOf(content(conv(4, 4, 3, { groups }))), {
      kind: 'unknown',
      missing: [{ what: 'groups', because: 'groups is a parameter without a value here' }],
    });
  });

  it('does not ask for padding or stride, on which the map does not depend', () => {
    const because = unknown({ code: 'parameter', subject: 'p' });
    const layer = conv(4, 4, 3, { padding: because, stride: [because, because] });
    assert.equal(readinessOf(content(layer)).kind, 'ready');
  });

  it('refuses groups that do not divide', () => {
    assert.deepEqual(readinessOf(content(conv(9, 8, 3, { groups: exact(4) }))), {
      kind: 'invalid',
      message: '4 groups do not split 9 input and 8 output channels into equal parts.',
    });
  });

  it('refuses what the framework refuses', () => {
    const findings = [{ severity: 'error', message: 'ValueError' }] as const;
    assert.equal(readinessOf(content(conv(3, 3, 3), { findings })).kind, 'invalid');
    const warnings = [{ severity: 'warning', message: 'odd' }] as const;
    assert.equal(readinessOf(content(conv(3, 3, 3), { findings: warnings })).kind, 'ready');
  });
});
