/** Which rows and columns a channel map draws: all channels of a small one; folded by group and channel otherwise. */

/** The numbers of a map whose `groups` divides both channel counts. */
export interface MapShape {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
}

/** A row or column: one channel, or a folded run of them. Ends are exclusive. */
export interface Track {
  readonly start: number;
  readonly end: number;
  /** First group of the track; `groupEnd - group` is above 1 for a folded run of groups. */
  readonly group: number;
  readonly groupEnd: number;
}

/** What a person unfolded: a group, and in it the first channel to show of an axis that was folded. */
export interface Opened {
  readonly group: number;
  readonly input?: number;
  readonly output?: number;
}

/** The rows (input channels) and columns (output channels) of a drawn map. */
export interface MapTracks {
  readonly inputs: readonly Track[];
  readonly outputs: readonly Track[];
  readonly isFolded: boolean;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Channels that opening a folded run brings to light. */
const WINDOW = 12;

/**
 * The tracks of a map with at most about `limit` of them an axis. Runs are folded to the first few, the last one and
 * a track for what lies between; `opened` unfolds a window there.
 */
export function mapTracks(shape: MapShape, limit: number, opened?: Opened): MapTracks {
  const [inSize, outSize] = [shape.inChannels / shape.groups, shape.outChannels / shape.groups];
  const groupRuns = visibleGroups(shape.groups, Math.max(inSize, outSize), limit, opened);
  const inputs = axisTracks(groupRuns, inSize, limit, opened?.group, opened?.input);
  const outputs = axisTracks(groupRuns, outSize, limit, opened?.group, opened?.output);
  return { inputs, outputs, isFolded: [...inputs, ...outputs].some(isFold) };
}

/** What opening these tracks unfolds: the first group or channels folded in either; `before` stays open in its group. */
export function openTracks(
  input: Track | undefined,
  output: Track | undefined,
  before?: Opened,
): Opened | undefined {
  const folded = [input, output].find((track) => track !== undefined && isFold(track));
  if (folded === undefined) return undefined;
  if (folded.groupEnd - folded.group > 1) return { group: folded.group };
  const same = before?.group === folded.group ? before : undefined;
  return {
    group: folded.group,
    input: input !== undefined && isFold(input) ? input.start : same?.input,
    output:
      output !== undefined && isFold(output) && output.group === folded.group ? output.start : same?.output,
  };
}

/** Whether the track stands for more than one channel. */
export function isFold(track: Track): boolean {
  return track.end - track.start > 1;
}

/** Index of the track that holds `channel`, or -1. */
export function trackOf(tracks: readonly Track[], channel: number): number {
  return tracks.findIndex(({ start, end }) => start <= channel && channel < end);
}

/** Tracks in a row that belong to the same group or folded run of groups, for the bands' headings. */
export function bandsOf(tracks: readonly Track[]): { readonly track: Track; readonly length: number }[] {
  const bands: { track: Track; length: number }[] = [];
  for (const track of tracks) {
    const last = bands.at(-1);
    if (last?.track.group === track.group) last.length++;
    else bands.push({ track, length: 1 });
  }
  return bands;
}

/** All connected, none, or some because both tracks run over the same groups. */
export type Link = 'all' | 'none' | 'some';

/** How the channels of two tracks are connected. */
export function linkOf(input: Track, output: Track): Link {
  if (input.groupEnd <= output.group || output.groupEnd <= input.group) return 'none';
  return input.groupEnd - input.group > 1 ? 'some' : 'all';
}

function visibleGroups(groups: number, groupSize: number, limit: number, opened: Opened | undefined): Run[] {
  const tracksOfGroup = Math.min(groupSize, 3);
  if (groups * tracksOfGroup <= limit) return pick(groups, groups);
  const head = Math.max(2, Math.min(6, Math.floor(limit / tracksOfGroup / 3)));
  return pick(groups, head, opened && { start: opened.group, end: opened.group + head });
}

function axisTracks(
  groupRuns: readonly Run[],
  size: number,
  limit: number,
  openedGroup: number | undefined,
  openedChannel: number | undefined,
): Track[] {
  const budget = Math.floor(limit / groupRuns.length);
  const head = size <= budget ? size : Math.max(1, Math.min(6, Math.floor(budget / 2)));
  return groupRuns.flatMap(({ start: group, end: groupEnd }): Track[] => {
    const first = group * size;
    if (groupEnd - group > 1) return [{ start: first, end: groupEnd * size, group, groupEnd }];
    const at = openedGroup === group && openedChannel !== undefined ? openedChannel - first : undefined;
    const runs = pick(size, head, at === undefined ? undefined : { start: at, end: at + WINDOW });
    return runs.map(({ start, end }) => ({ start: first + start, end: first + end, group, groupEnd }));
  });
}

/** Indices below `count` as runs: the first `head`, those of `window` and the last alone, the others folded. */
function pick(count: number, head: number, window?: Run): Run[] {
  const isAlone = (index: number) =>
    index < head ||
    index === count - 1 ||
    (window !== undefined && window.start <= index && index < window.end);
  const runs: Run[] = [];
  let index = 0;
  while (index < count) {
    let end = index + 1;
    if (!isAlone(index)) while (end < count && !isAlone(end)) end++;
    runs.push({ start: index, end });
    index = end;
  }
  return runs;
}
