/** Where attention is in a channel map, and how keys move it. */
import { bandsOf, type MapTracks, type Track, trackOf } from './tracks';

/**
 * A place in the map by channel, so that it outlives folding: both for a cell, `input` alone for a row, `output` alone
 * for a column, neither for the whole map.
 */
export interface MapFocus {
  readonly input?: number;
  readonly output?: number;
}

/** The keys that move the focus. */
export type MoveKey =
  'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End' | 'PageUp' | 'PageDown';

const MOVE_KEYS: readonly string[] = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] satisfies MoveKey[];

/** Rows that PageUp and PageDown move by in a map of one group. */
const PAGE = 5;

/** Whether the key moves the focus. */
export function isMoveKey(key: string): key is MoveKey {
  return MOVE_KEYS.includes(key);
}

/** Whether the two are the same place. */
export function isSameFocus(a: MapFocus | undefined, b: MapFocus | undefined): boolean {
  return a?.input === b?.input && a?.output === b?.output;
}

/**
 * The focus after a key. Arrows move by one row or column, heading cells included; Home and End go to the ends of the
 * row, with Ctrl to the first and last cell; PageUp and PageDown to the same heading or cell of the group before or
 * after, and by five rows when there is one group.
 */
export function moveFocus(tracks: MapTracks, focus: MapFocus, key: MoveKey, isCtrl: boolean): MapFocus {
  const [row, column] = positionOf(tracks, focus);
  const [lastRow, lastColumn] = [tracks.inputs.length - 1, tracks.outputs.length - 1];
  switch (key) {
    case 'ArrowLeft':
      return at(tracks, row, column - 1);
    case 'ArrowRight':
      return at(tracks, row, column + 1);
    case 'ArrowUp':
      return at(tracks, row - 1, column);
    case 'ArrowDown':
      return at(tracks, row + 1, column);
    case 'Home':
      return isCtrl ? at(tracks, 0, 0) : at(tracks, row, 0);
    case 'End':
      return isCtrl ? at(tracks, lastRow, lastColumn) : at(tracks, row, lastColumn);
    case 'PageUp':
      return turnPage(tracks, row, column, -1);
    case 'PageDown':
      return turnPage(tracks, row, column, 1);
  }
}

/** Row and column of the focus as indices of tracks; -1 is the heading. */
export function positionOf(tracks: MapTracks, focus: MapFocus): readonly [row: number, column: number] {
  return [indexOf(tracks.inputs, focus.input), indexOf(tracks.outputs, focus.output)];
}

function indexOf(tracks: readonly Track[], channel: number | undefined): number {
  return channel === undefined ? -1 : trackOf(tracks, channel);
}

function at({ inputs, outputs }: MapTracks, row: number, column: number): MapFocus {
  return { input: startOf(inputs, row), output: startOf(outputs, column) };
}

/** First channel of the track nearest to `index`; the heading has none. */
function startOf(tracks: readonly Track[], index: number): number | undefined {
  return index < 0 ? undefined : tracks[Math.min(index, tracks.length - 1)]?.start;
}

function turnPage(tracks: MapTracks, row: number, column: number, step: 1 | -1): MapFocus {
  if (bandsOf(tracks.inputs).length < 2) return at(tracks, Math.max(row + step * PAGE, 0), column);
  return { input: bandStart(tracks.inputs, row, step), output: bandStart(tracks.outputs, column, step) };
}

function bandStart(tracks: readonly Track[], index: number, step: 1 | -1): number | undefined {
  const bands = bandsOf(tracks);
  const group = tracks[index]?.group;
  if (group === undefined) return undefined;
  const band = bands.findIndex(({ track }) => track.group === group);
  return bands[Math.min(Math.max(band + step, 0), bands.length - 1)]?.track.start;
}
