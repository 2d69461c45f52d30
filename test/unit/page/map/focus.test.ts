/** How keys move the focus in a channel map. */
import assert from 'node:assert/strict';
import { type MapFocus, type MoveKey, moveFocus } from '../../../../webview/page/map/focus';
import { mapTracks } from '../../../../webview/page/map/tracks';

const GROUPED = mapTracks({ inChannels: 3, outChannels: 9, groups: 3 }, 24);
const FOLDED = mapTracks({ inChannels: 64, outChannels: 128, groups: 1 }, 24);

function checkMove(
  from: MapFocus,
  key: MoveKey,
  to: MapFocus,
  options: { tracks?: typeof GROUPED; ctrl?: boolean } = {},
) {
  const { tracks = GROUPED, ctrl = false } = options;
  const { input, output } = moveFocus(tracks, from, key, ctrl);
  assert.deepEqual([input, output], [to.input, to.output]);
}

describe('keys in the channel map', () => {
  it('move by one cell', () => {
    checkMove({ input: 1, output: 4 }, 'ArrowRight', { input: 1, output: 5 });
    checkMove({ input: 1, output: 4 }, 'ArrowLeft', { input: 1, output: 3 });
    checkMove({ input: 1, output: 4 }, 'ArrowUp', { input: 0, output: 4 });
    checkMove({ input: 1, output: 4 }, 'ArrowDown', { input: 2, output: 4 });
  });

  it('reach the headings and the corner', () => {
    checkMove({ input: 0, output: 4 }, 'ArrowUp', { output: 4 });
    checkMove({ input: 2, output: 0 }, 'ArrowLeft', { input: 2 });
    checkMove({ output: 0 }, 'ArrowLeft', {});
    checkMove({}, 'ArrowDown', { input: 0 });
  });

  it('stay inside', () => {
    checkMove({ input: 2, output: 8 }, 'ArrowRight', { input: 2, output: 8 });
    checkMove({ input: 2, output: 8 }, 'ArrowDown', { input: 2, output: 8 });
    checkMove({}, 'ArrowUp', {});
    checkMove({ input: 2, output: 8 }, 'PageDown', { input: 2, output: 6 });
  });

  it('go to the ends of a row, and with Ctrl of the map', () => {
    checkMove({ input: 1, output: 4 }, 'Home', { input: 1, output: 0 });
    checkMove({ input: 1, output: 4 }, 'End', { input: 1, output: 8 });
    checkMove({ input: 1, output: 4 }, 'Home', { input: 0, output: 0 }, { ctrl: true });
    checkMove({ input: 1, output: 4 }, 'End', { input: 2, output: 8 }, { ctrl: true });
  });

  it('turn to the group before or after', () => {
    checkMove({ input: 0, output: 1 }, 'PageDown', { input: 1, output: 3 });
    checkMove({ input: 1, output: 4 }, 'PageUp', { input: 0, output: 0 });
    checkMove({ output: 1 }, 'PageDown', { output: 3 });
  });

  it('pass over a folded run in one step', () => {
    checkMove({ input: 0, output: 5 }, 'ArrowRight', { input: 0, output: 6 }, { tracks: FOLDED });
    checkMove({ input: 0, output: 6 }, 'ArrowRight', { input: 0, output: 127 }, { tracks: FOLDED });
    checkMove({ input: 0, output: 127 }, 'ArrowLeft', { input: 0, output: 6 }, { tracks: FOLDED });
  });

  it('page by rows when there is one group', () => {
    checkMove({ input: 0, output: 2 }, 'PageDown', { input: 5, output: 2 }, { tracks: FOLDED });
    checkMove({ input: 63, output: 2 }, 'PageUp', { input: 2, output: 2 }, { tracks: FOLDED });
    checkMove({ input: 1, output: 2 }, 'PageUp', { input: 0, output: 2 }, { tracks: FOLDED });
  });
});
