/** What the map says about the place in focus. */
import assert from 'node:assert/strict';
import type { ConvLayer, ConvSpec } from '../../../../src/conv/spec';
import { exact } from '../../../../src/symbolic/quantity';
import type { MapFocus } from '../../../../webview/page/map/focus';
import { stageMaps, type StageName } from '../../../../webview/page/map/stages';
import { mapTracks } from '../../../../webview/page/map/tracks';
import { cellIndex, describeFocus, describeShape, type DrawnMap } from '../../../../webview/page/map/wording';
import { conv, separable } from '../layers';

const FORUM = conv(3, 9, 3, { groups: exact(3) });
const TRANSPOSED = conv(4, 6, 4, { groups: exact(2), transposed: true, weightLayout: 'IOK' });

function drawn(layer: ConvLayer | ConvSpec, name: StageName = 'first'): DrawnMap {
  const stage = stageMaps('stages' in layer ? layer : { stages: [layer] }).find((each) => each.name === name);
  assert.ok(stage?.shape);
  return { stage, shape: stage.shape, tracks: mapTracks(stage.shape, 24) };
}

function checkLine(map: DrawnMap, focus: MapFocus, expected: string) {
  assert.equal(describeFocus(map, focus), expected);
}

describe('the line under the map', () => {
  it('says what a filter reads and with which weight', () => {
    checkLine(
      drawn(FORUM),
      { input: 1, output: 4 },
      'filter 4 reads channel 1 (group 1): weight[4, 0, :, :], 3×3',
    );
  });

  it('says why a filter does not read a channel', () => {
    checkLine(
      drawn(FORUM),
      { input: 0, output: 4 },
      'filter 4 does not read channel 0: it is in group 1, the channel in group 0, and no weight joins them',
    );
  });

  it('says which filters a channel feeds', () => {
    checkLine(drawn(FORUM), { input: 1 }, 'channel 1 feeds filters 3–5 (group 1), 3 of 9');
  });

  it('says which channels a filter reads', () => {
    checkLine(drawn(FORUM), { output: 8 }, 'filter 8 reads channel 2 (group 2), 1 of 3: weight[8, :, :, :]');
    checkLine(drawn(conv(3, 9, 3)), { output: 8 }, 'filter 8 reads channels 0–2, 3 of 3: weight[8, :, :, :]');
  });

  it('counts the connected pairs of the whole map', () => {
    checkLine(
      drawn(FORUM),
      {},
      '9 of 27 pairs of channels connected. Hover or use the arrow keys to read one.',
    );
  });

  it('turns round for a transposed layer', () => {
    const map = drawn(TRANSPOSED);
    checkLine(map, { input: 3, output: 4 }, 'channel 3 adds to output 4 (group 1): weight[3, 1, :, :], 4×4');
    checkLine(map, { input: 3 }, 'channel 3 adds to outputs 3–5 (group 1), 3 of 6');
    checkLine(map, { output: 0 }, 'output 0 sums channels 0–1 (group 0), 2 of 4');
    checkLine(
      map,
      { input: 0, output: 4 },
      'channel 0 does not add to output 4: it is in group 1, the channel in group 0, and no weight joins them',
    );
  });

  it('follows a separable layer through both stages', () => {
    const layer = separable(3, 16, 3, 2);
    checkLine(
      drawn(layer, 'first'),
      { input: 1, output: 3 },
      'filter 3 reads channel 1 (group 1): depthwise_kernel[:, :, 1, 1], 3×3',
    );
    checkLine(
      drawn(layer, 'second'),
      { input: 5, output: 15 },
      'filter 15 reads channel 5: pointwise_kernel[:, :, 5, 15], 1×1',
    );
    const both = drawn(layer, 'both');
    checkLine(
      both,
      { input: 1, output: 15 },
      'filter 15 depends on channel 1 through intermediate channels 2–3',
    );
    assert.deepEqual(cellIndex(both, 1, 15), [2]);
  });

  it('says what is folded and how to open it', () => {
    const map = drawn(conv(64, 128, 3));
    checkLine(map, { input: 6 }, 'channels 6–62 feed filters 0–127, 128 of 128. Enter or a click opens them');
    checkLine(
      map,
      { input: 6, output: 0 },
      'channels 6–62 and filter 0: all connected. Enter or a click opens them',
    );
    checkLine(
      drawn(conv(32, 32, 3, { groups: exact(32) })),
      { input: 6, output: 6 },
      'channels 6–30 and filters 6–30: connected within each group. Enter or a click opens them',
    );
  });
});

describe('the map in one line', () => {
  it('counts channels, filters and groups', () => {
    assert.equal(
      describeShape(drawn(FORUM)),
      '3 input channels × 9 filters in 3 groups: each reads 1 channel and makes 3 filters.',
    );
    assert.equal(
      describeShape(drawn(conv(64, 128, 3))),
      '64 input channels × 128 filters: every filter reads every channel.',
    );
    assert.equal(
      describeShape(drawn(TRANSPOSED)),
      '4 input channels × 6 outputs in 2 groups: 2 channels add to 3 outputs in each.',
    );
  });
});
