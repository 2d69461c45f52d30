/** Small texts. */
import assert from 'node:assert/strict';
import { count, showDifference, span, statusText } from '../../../webview/page/wording';

describe('texts', () => {
  it('count things', () => {
    assert.equal(count(1, 'channel'), '1 channel');
    assert.equal(count(1024, 'channel'), '1,024 channels');
  });

  it('name a run of channels by its ends', () => {
    assert.equal(span('filter', 4, 5), 'filter 4');
    assert.equal(span('filter', 3, 6), 'filters 3–5');
  });

  it('keep a small difference apart from none', () => {
    assert.equal(showDifference(0), '0');
    assert.equal(showDifference(4.76837158203125e-7), '4.8e-7');
    assert.equal(showDifference(2), '2');
    assert.equal(showDifference(12.5), '12.5');
    assert.equal(showDifference(Infinity), 'Infinity');
    assert.equal(showDifference(NaN), 'NaN');
  });

  it('give each status a sign of its own beside the word', () => {
    const statuses = (['verified', 'partial', 'derived', 'invalid', 'unknown'] as const).map(statusText);
    assert.equal(new Set(statuses.map(({ sign }) => sign)).size, 5);
    assert.deepEqual(
      statuses.map(({ word }) => word),
      ['verified', 'partial', 'derived', 'invalid', 'unknown'],
    );
  });
});
