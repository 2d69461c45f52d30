/** Which rows and columns a channel map draws. */
import assert from 'node:assert/strict';
import {
  bandsOf,
  linkOf,
  mapTracks,
  openTracks,
  type Opened,
  type Track,
} from '../../../../webview/page/map/tracks';

/** Tracks as text: `4` for a channel, `6-62` for a folded run, ends included. */
function text(tracks: readonly Track[]): string {
  return tracks
    .map(({ start, end }) => (end - start === 1 ? String(start) : `${start}-${end - 1}`))
    .join(' ');
}

function draw(inChannels: number, outChannels: number, groups: number, limit: number, opened?: Opened) {
  const tracks = mapTracks({ inChannels, outChannels, groups }, limit, opened);
  return { tracks, inputs: text(tracks.inputs), outputs: text(tracks.outputs) };
}

describe('tracks of a channel map', () => {
  it('are the channels themselves while they fit', () => {
    const { tracks, inputs, outputs } = draw(3, 9, 3, 24);
    assert.equal(inputs, '0 1 2');
    assert.equal(outputs, '0 1 2 3 4 5 6 7 8');
    assert.equal(tracks.isFolded, false);
  });

  it('fold the middle of one group, the last channel kept', () => {
    const { tracks, inputs, outputs } = draw(64, 128, 1, 24);
    assert.equal(inputs, '0 1 2 3 4 5 6-62 63');
    assert.equal(outputs, '0 1 2 3 4 5 6-126 127');
    assert.equal(tracks.isFolded, true);
  });

  it('fold the middle groups of a depthwise map', () => {
    const { inputs, outputs } = draw(32, 32, 32, 24);
    assert.equal(inputs, '0 1 2 3 4 5 6-30 31');
    assert.equal(outputs, inputs);
  });

  it('fold groups and, within the groups shown, channels', () => {
    const { inputs, outputs } = draw(512, 1024, 32, 14);
    assert.equal(inputs, '0 1-14 15 16 17-30 31 32-495 496 497-510 511');
    assert.equal(outputs, '0 1-30 31 32 33-62 63 64-991 992 993-1022 1023');
  });

  it('fold only the axis that is long', () => {
    const { inputs, outputs } = draw(3, 96, 3, 12);
    assert.equal(inputs, '0 1 2');
    assert.equal(outputs, '0 1 2-30 31 32 33 34-62 63 64 65 66-94 95');
  });

  it('fold no run of a single channel', () => {
    assert.equal(draw(8, 25, 1, 24).outputs, '0 1 2 3 4 5 6-23 24');
    assert.equal(draw(8, 8, 8, 7).outputs, '0 1 2-6 7');
    assert.equal(draw(1, 8, 1, 7).outputs, '0 1 2 3-6 7');
    assert.equal(draw(4, 4, 4, 3).outputs, '0 1 2 3');
  });

  it('stay few for a thousand channels', () => {
    const { tracks } = draw(1024, 1024, 1, 24);
    assert.ok(tracks.inputs.length * tracks.outputs.length <= 24 * 24);
    const { tracks: opened } = draw(1024, 1024, 1, 24, { group: 0, input: 500, output: 500 });
    assert.ok(opened.inputs.length * opened.outputs.length <= 36 * 36);
  });

  it('cover every channel once, in order, whatever is folded and opened', () => {
    for (const [inChannels, outChannels, groups] of [
      [1, 1, 1],
      [7, 91, 7],
      [48, 96, 4],
      [130, 26, 26],
      [1000, 1000, 500],
    ] as const) {
      for (const limit of [8, 12, 24]) {
        for (const opened of [undefined, { group: groups - 1 }, { group: 0, input: 0, output: 0 }]) {
          const { inputs, outputs } = mapTracks({ inChannels, outChannels, groups }, limit, opened);
          for (const [tracks, channels] of [
            [inputs, inChannels],
            [outputs, outChannels],
          ] as const) {
            assert.deepEqual(
              tracks.map(({ start }) => start),
              [0, ...tracks.slice(0, -1).map(({ end }) => end)],
            );
            assert.equal(tracks.at(-1)?.end, channels);
          }
        }
      }
    }
  });
});

describe('opening what is folded', () => {
  it('shows a dozen channels where the run began', () => {
    const { tracks } = draw(64, 128, 1, 24);
    const opened = openTracks(tracks.inputs[6], undefined);
    assert.deepEqual(opened, { group: 0, input: 6, output: undefined });
    const after = draw(64, 128, 1, 24, opened);
    assert.equal(after.inputs, '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18-62 63');
    assert.equal(after.outputs, '0 1 2 3 4 5 6-126 127');
  });

  it('goes on from what is open, and keeps the other axis open', () => {
    const before = { group: 0, input: 6 };
    const { tracks } = draw(64, 128, 1, 24, before);
    const fold = tracks.inputs.find(({ start, end }) => end - start > 1);
    assert.deepEqual(openTracks(fold, undefined, before), { group: 0, input: 18, output: undefined });
    assert.deepEqual(openTracks(undefined, tracks.outputs[6], before), { group: 0, input: 6, output: 6 });
  });

  it('shows a few groups where a run of groups began', () => {
    const { tracks } = draw(32, 32, 32, 24);
    const opened = openTracks(tracks.inputs[6], tracks.outputs[6]);
    assert.deepEqual(opened, { group: 6 });
    assert.equal(draw(32, 32, 32, 24, opened).inputs, '0 1 2 3 4 5 6 7 8 9 10 11 12-30 31');
  });

  it('does nothing where nothing is folded', () => {
    const { tracks } = draw(3, 9, 3, 24);
    assert.equal(openTracks(tracks.inputs[0], tracks.outputs[0]), undefined);
    assert.equal(openTracks(undefined, undefined), undefined);
  });
});

describe('links between tracks', () => {
  it('join the filters of a group with its channels', () => {
    const { tracks } = draw(3, 9, 3, 24);
    const linked = tracks.inputs.map((input) =>
      text(tracks.outputs.filter((output) => linkOf(input, output) === 'all')),
    );
    assert.deepEqual(linked, ['0 1 2', '3 4 5', '6 7 8']);
  });

  it('join folded groups only with themselves, and group by group', () => {
    const { inputs, outputs } = draw(32, 32, 32, 24).tracks;
    const fold = inputs[6];
    assert.ok(fold);
    assert.deepEqual(
      outputs.map((output) => linkOf(fold, output)),
      ['none', 'none', 'none', 'none', 'none', 'none', 'some', 'none'],
    );
  });
});

describe('bands', () => {
  it('hold the tracks of one group', () => {
    const { outputs } = draw(512, 1024, 32, 14).tracks;
    assert.deepEqual(
      bandsOf(outputs).map(({ track, length }) => [track.group, track.groupEnd, length]),
      [
        [0, 1, 3],
        [1, 2, 3],
        [2, 31, 1],
        [31, 32, 3],
      ],
    );
  });
});
