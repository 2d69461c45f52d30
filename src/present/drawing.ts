/** The channel map as a small drawing: rows of channels, banded by group, with a line for each pair that is linked. */
import type { ConvLayer, ConvSpec } from '../conv/spec';
import { divideExactly, equal, subtract } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact, numberOf } from '../symbolic/quantity';
import { show } from '../symbolic/show';

/** Sizes are in pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly links: readonly DrawnLink[];
  readonly captions: readonly { readonly x: number; readonly y: number; readonly text: string }[];
}

/** One channel, or an ellipsis for channels left out. `x` and `y` are its centre. */
export interface DrawnNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly label: string;
  readonly group: number;
  readonly isGap: boolean;
}

export interface DrawnLink {
  readonly from: DrawnNode;
  readonly to: DrawnNode;
}

export const NODE_HEIGHT = 18;

const ROW_STEP = 44;
const CAPTION_WIDTH = 78;
const NODE_GAP = 5;
const BAND_GAP = 12;
const CHARACTER_WIDTH = 6.8;
const LONGEST_LABEL = 20;
/** How many boxes one row may have. */
const ROW_LIMIT = 14;

/** What one box stands for, before it has a place. */
interface Slot {
  readonly label: string;
  readonly isGap: boolean;
}

/** One group: the channels it reads and those it writes. */
interface Band {
  readonly group: number;
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
}

const GAP: Slot = { label: '\u2026', isGap: true };

/**
 * The drawing of a layer's channel map; many channels are folded, and formulas label the last channel of a schematic.
 * `undefined` when the groups are unknown or do not divide the channels.
 */
export function drawChannelMap(layer: ConvLayer): Drawing | undefined {
  const [first, second] = layer.stages;
  const bands = bandsOf(first);
  if (bands === undefined) return undefined;
  const rows = placeBands(bands, margin(0), margin(1));
  if (second === undefined) {
    const captions = captionRows(first.transposed ? ['inputs', 'outputs'] : ['inputs', 'filters']);
    return { width: endOf(rows.nodes) + NODE_GAP, height: margin(1) + NODE_HEIGHT, ...rows, captions };
  }
  const last = placeRow(foldCount(second.outChannels, ROW_LIMIT - 6), bands.length, CAPTION_WIDTH, margin(2));
  return addRow(rows, last);
}

/** The drawing of a separable layer: `last` is linked to all channels of the depthwise row above it. */
function addRow(rows: Pick<Drawing, 'nodes' | 'links'>, last: readonly DrawnNode[]): Drawing {
  const width = Math.max(endOf(rows.nodes), endOf(last));
  const shift = (width - endOf(rows.nodes)) / 2;
  const move = (node: DrawnNode): DrawnNode => ({ ...node, x: node.x + shift });
  const nodes = rows.nodes.map(move);
  const links = rows.links.map(({ from, to }) => ({ from: move(from), to: move(to) }));
  const centred = centre(last, (CAPTION_WIDTH + width) / 2);
  const middle = nodes.filter(({ y }) => y === margin(1));
  return {
    width: width + NODE_GAP,
    height: margin(2) + NODE_HEIGHT,
    nodes: [...nodes, ...centred],
    links: [...links, ...linkAll(middle, centred)],
    captions: captionRows(['inputs', 'depthwise', 'pointwise']),
  };
}

function margin(row: number): number {
  return NODE_HEIGHT / 2 + 3 + row * ROW_STEP;
}

function captionRows(texts: readonly string[]): Drawing['captions'] {
  return texts.map((text, row) => ({ x: 2, y: margin(row), text }));
}

/** The groups of a convolution with their channels; an ellipsis band stands between the first ones and the last. */
function bandsOf(spec: ConvSpec): Band[] | undefined {
  const { inChannels, outChannels, groups } = spec;
  if (groups.kind === 'unknown') return undefined;
  const inputs = numberOf(inChannels);
  const outputs = numberOf(outChannels);
  const count = numberOf(groups);
  if (count === 1) return [{ group: 0, ...foldPair(inChannels, outChannels) }];
  if (inputs !== undefined && outputs !== undefined && count !== undefined)
    return numberBands(inputs, outputs, count);
  return schematicBands(spec);
}

function foldPair(inputs: Quantity, outputs: Quantity): Pick<Band, 'inputs' | 'outputs'> {
  return { inputs: foldCount(inputs, ROW_LIMIT - 6), outputs: foldCount(outputs, ROW_LIMIT - 6) };
}

function numberBands(inputs: number, outputs: number, groups: number): Band[] | undefined {
  if (groups < 1 || inputs < groups || inputs % groups !== 0 || outputs % groups !== 0 || outputs < 1)
    return undefined;
  const wide = Math.max(inputs, outputs) / groups;
  const fitting = Math.floor(ROW_LIMIT / Math.min(wide, 4));
  const shown = groups * wide <= ROW_LIMIT ? groups : Math.min(groups, Math.max(4, fitting - 1));
  const limit = Math.max(3, Math.floor(ROW_LIMIT / shown));
  const band = (group: number, at: number): Band => ({
    group: at,
    inputs: foldRange((group * inputs) / groups, inputs / groups, limit),
    outputs: foldRange((group * outputs) / groups, outputs / groups, limit),
  });
  return foldRange(0, groups, shown).map(({ isGap, label }, at) =>
    isGap ? { group: at, inputs: [GAP], outputs: [GAP] } : band(Number(label), at),
  );
}

/** First, second and last group of a layer whose counts are formulas. */
function schematicBands(spec: ConvSpec): Band[] {
  const { inChannels, outChannels, groups } = spec;
  const last = show(subtract(groups, exact(1)));
  const isDepthwise = equal(inChannels, groups) === true;
  const inputs = isDepthwise ? undefined : `${show(divideExactly(inChannels, groups))} in`;
  const perGroup = divideExactly(outChannels, groups);
  const outputs = numberOf(perGroup) === 1 && isDepthwise ? undefined : `${show(perGroup)} out`;
  const band = (name: string, group: number): Band => ({
    group,
    inputs: [{ label: inputs ?? name, isGap: false }],
    outputs: [{ label: outputs ?? name, isGap: false }],
  });
  return [band('0', 0), band('1', 1), { group: 2, inputs: [GAP], outputs: [GAP] }, band(last, 3)];
}

function foldCount(count: Quantity, limit: number): Slot[] {
  const number = numberOf(count);
  if (number !== undefined) return foldRange(0, number, limit);
  const last = count.kind === 'unknown' ? '?' : show(subtract(count, exact(1)));
  return [{ label: '0', isGap: false }, { label: '1', isGap: false }, GAP, { label: last, isGap: false }];
}

function foldRange(start: number, count: number, limit: number): Slot[] {
  const slot = (index: number): Slot => ({ label: String(start + index), isGap: false });
  if (count <= limit) return Array.from({ length: count }, (_, index) => slot(index));
  const leading = Array.from({ length: Math.max(1, limit - 2) }, (_, index) => slot(index));
  return [...leading, GAP, slot(count - 1)];
}

function placeBands(bands: readonly Band[], top: number, bottom: number): Pick<Drawing, 'nodes' | 'links'> {
  const nodes: DrawnNode[] = [];
  const links: DrawnLink[] = [];
  let left = CAPTION_WIDTH;
  for (const { group, inputs, outputs } of bands) {
    const above = placeRow(inputs, group, left, top);
    const below = placeRow(outputs, group, left, bottom);
    const right = Math.max(endOf(above), endOf(below));
    const middle = (left + right) / 2;
    const upper = centre(above, middle);
    const lower = centre(below, middle);
    nodes.push(...upper, ...lower);
    links.push(...linkAll(upper, lower));
    left = right + BAND_GAP;
  }
  return { nodes, links };
}

function placeRow(slots: readonly Slot[], group: number, left: number, y: number): DrawnNode[] {
  let at = left;
  return slots.map(({ label, isGap }) => {
    const text = label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}\u2026` : label;
    const width = isGap ? 16 : Math.max(22, Math.ceil(text.length * CHARACTER_WIDTH) + 8);
    const node = { x: at + width / 2, y, width, label: text, group, isGap };
    at += width + NODE_GAP;
    return node;
  });
}

/** The right edge of the nodes, or of the captions when there are none. */
function endOf(nodes: readonly DrawnNode[]): number {
  return Math.max(CAPTION_WIDTH, ...nodes.map(({ x, width }) => x + width / 2));
}

function centre(nodes: readonly DrawnNode[], middle: number): DrawnNode[] {
  const [first] = nodes;
  if (first === undefined) return [];
  const shift = middle - (first.x - first.width / 2 + endOf(nodes)) / 2;
  return nodes.map((node) => ({ ...node, x: node.x + shift }));
}

function linkAll(from: readonly DrawnNode[], to: readonly DrawnNode[]): DrawnLink[] {
  const ends = to.filter(({ isGap }) => !isGap);
  return from.filter(({ isGap }) => !isGap).flatMap((start) => ends.map((end) => ({ from: start, to: end })));
}
