/** What the map says, in a sentence, about the place in focus. */
import { showNumber } from '../../../src/symbolic/show';
import { count, span } from '../wording';
import type { MapFocus } from './focus';
import type { StageMap } from './stages';
import { isFold, linkOf, type MapShape, type MapTracks, type Track, trackOf } from './tracks';
import { channelIndex, filterSlice, kernelText, weightSlice } from './weightIndex';

/** A map together with the tracks it is drawn with. */
export interface DrawnMap {
  readonly stage: StageMap;
  readonly shape: MapShape;
  readonly tracks: MapTracks;
}

/** The word for an output channel: a forward convolution has a filter for each. */
export function outputNoun(stage: StageMap): string {
  return stage.spec?.transposed === true ? 'output' : 'filter';
}

/** The sentence for a place in the map; for the whole map how many pairs are connected. */
export function describeFocus(map: DrawnMap, focus: MapFocus): string {
  const input = find(map.tracks.inputs, focus.input);
  const output = find(map.tracks.outputs, focus.output);
  if (input !== undefined && output !== undefined) return describeCell(map, input, output);
  if (input !== undefined) return describeRow(map, input);
  return output === undefined ? describeMap(map) : describeColumn(map, output);
}

/** What a connected cell shows: the channel part of the weight's index, or how many ways lead through both stages. */
export function cellIndex({ stage, shape }: DrawnMap, input: number, output: number): readonly number[] {
  if (stage.spec !== undefined) return channelIndex(stage.spec, shape, input, output);
  return stage.multiplier === undefined ? [] : [stage.multiplier];
}

/** Short name of a cell for screen readers, which read its row and column headings themselves. */
export function cellName(map: DrawnMap, input: Track, output: Track): string {
  const link = linkOf(input, output);
  if (link === 'none') return 'not connected';
  if (isFold(input) || isFold(output))
    return link === 'all' ? 'folded, all connected' : 'folded, connected by group';
  const { spec, multiplier = 1 } = map.stage;
  if (spec === undefined) return `×${multiplier}: through ${intermediates(map, input.start)}`;
  return weightSlice(spec, map.shape, input.start, output.start);
}

/** The heading of a track: `4`, or for a folded run `+ 1,018`. */
export function trackLabel(track: Track): string {
  return isFold(track) ? `+${showNumber(track.end - track.start)}` : String(track.start);
}

/** The heading of a band: `group 1`, or for a folded run of groups `29 groups`. */
export function bandLabel(track: Track): string {
  const groups = track.groupEnd - track.group;
  return groups > 1 ? count(groups, 'group') : `group ${track.group}`;
}

/** The whole map in a line: `3 input channels × 9 filters in 3 groups: each reads 1 channel and makes 3 filters.` */
export function describeShape({ stage, shape }: Pick<DrawnMap, 'stage' | 'shape'>): string {
  const noun = outputNoun(stage);
  const isTransposed = stage.spec?.transposed === true;
  const size = `${count(shape.inChannels, 'input channel')} × ${count(shape.outChannels, noun)}`;
  if (shape.groups === 1) {
    const all = isTransposed ? 'every channel adds to every output' : 'every filter reads every channel';
    return `${size}: ${stage.spec === undefined ? 'every filter depends on every channel' : all}.`;
  }
  const inputs = count(shape.inChannels / shape.groups, 'channel');
  const outputs = count(shape.outChannels / shape.groups, noun);
  const each = isTransposed
    ? `${inputs} add to ${outputs} in each`
    : `each reads ${inputs} and makes ${outputs}`;
  return `${size} in ${count(shape.groups, 'group')}: ${each}.`;
}

function find(tracks: readonly Track[], channel: number | undefined): Track | undefined {
  return channel === undefined ? undefined : tracks[trackOf(tracks, channel)];
}

function describeMap(map: DrawnMap): string {
  const { inChannels, outChannels, groups } = map.shape;
  const pairs = inChannels * outChannels;
  return `${showNumber(pairs / groups)} of ${count(pairs, 'pair')} of channels connected. Hover or use the arrow keys to read one.`;
}

function describeRow(map: DrawnMap, input: Track): string {
  const [first, end] = block(input, map.shape.outChannels / map.shape.groups);
  const outputs = span(outputNoun(map.stage), first, end);
  const each = input.groupEnd - input.group > 1 ? ', each those of its own group' : '';
  const verb = verbOf(map.stage, input);
  const text = `${span('channel', input.start, input.end)} ${verb} ${outputs}${groupText(map, input)}${each}`;
  return `${text}, ${showNumber(end - first)} of ${showNumber(map.shape.outChannels)}${foldText(input)}`;
}

function describeColumn(map: DrawnMap, output: Track): string {
  const [first, end] = block(output, map.shape.inChannels / map.shape.groups);
  const each = output.groupEnd - output.group > 1 ? ', each those of its own group' : '';
  const inputs = `${span('channel', first, end)}${groupText(map, output)}${each}`;
  const of = `${showNumber(end - first)} of ${showNumber(map.shape.inChannels)}`;
  const spec = map.stage.spec;
  const slice = spec === undefined || isFold(output) ? undefined : filterSlice(spec, map.shape, output.start);
  const [reads, read] = spec === undefined ? ['depends on', 'depend on'] : readingVerbs(map.stage);
  const noun = span(outputNoun(map.stage), output.start, output.end);
  const text = `${noun} ${isFold(output) ? read : reads} ${inputs}, ${of}`;
  return `${text}${slice === undefined ? '' : `: ${slice}`}${foldText(output)}`;
}

function describeCell(map: DrawnMap, input: Track, output: Track): string {
  if (isFold(input) || isFold(output)) return describeFoldedCell(map, input, output);
  const { stage, shape } = map;
  const filter = `${outputNoun(stage)} ${output.start}`;
  const channel = `channel ${input.start}`;
  const isTransposed = stage.spec?.transposed === true;
  if (linkOf(input, output) === 'none') {
    const [subject, object] = isTransposed ? [channel, filter] : [filter, channel];
    const verb = isTransposed ? 'does not add to' : 'does not read';
    return `${subject} ${verb} ${object}: it is in group ${output.group}, the channel in group ${input.group}, and no weight joins them`;
  }
  if (stage.spec === undefined)
    return `${filter} depends on ${channel} through ${intermediates(map, input.start)}`;
  const text = isTransposed ? `${channel} adds to ${filter}` : `${filter} reads ${channel}`;
  const slice = weightSlice(stage.spec, shape, input.start, output.start);
  return `${text}${groupText(map, input)}: ${slice}, ${kernelText(stage.spec)}`;
}

function describeFoldedCell(map: DrawnMap, input: Track, output: Track): string {
  const pair = `${span('channel', input.start, input.end)} and ${span(outputNoun(map.stage), output.start, output.end)}`;
  const link = linkOf(input, output);
  if (link === 'none') return `${pair}: none connected, their groups differ`;
  const how = link === 'all' ? `all connected${groupText(map, input)}` : 'connected within each group';
  return `${pair}: ${how}. Enter or a click opens them`;
}

function foldText(track: Track): string {
  return isFold(track) ? '. Enter or a click opens them' : '';
}

function groupText(map: DrawnMap, track: Track): string {
  return map.shape.groups === 1 ? '' : ` (${span('group', track.group, track.groupEnd)})`;
}

function verbOf(stage: StageMap, track: Track): string {
  const verb = stage.spec?.transposed === true ? ['adds to', 'add to'] : ['feeds', 'feed'];
  return verb[isFold(track) ? 1 : 0] ?? '';
}

function readingVerbs(stage: StageMap): [one: string, many: string] {
  return stage.spec?.transposed === true ? ['sums', 'sum'] : ['reads', 'read'];
}

function block(track: Track, size: number): [start: number, end: number] {
  return [track.group * size, track.groupEnd * size];
}

function intermediates(map: DrawnMap, input: number): string {
  const multiplier = map.stage.multiplier ?? 1;
  return span('intermediate channel', input * multiplier, (input + 1) * multiplier);
}
