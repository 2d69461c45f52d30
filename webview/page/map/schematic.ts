/** A drawing of channels whose counts are formulas or unknown: blocks that hold whatever the numbers turn out to be. */
import { channelsPerGroup } from '../../../src/conv/axis';
import { kindOf } from '../../../src/conv/kind';
import type { ConvSpec } from '../../../src/conv/spec';
import { add, multiply, subtract } from '../../../src/symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../../../src/symbolic/quantity';
import { explain } from '../../../src/symbolic/reason';
import { show, showFactor } from '../../../src/symbolic/show';
import { amount } from '../wording';

/** A row or column of the drawing; `group` tells which rows and columns belong together. */
export interface SchematicTrack {
  readonly label: string;
  readonly group: 'between' | 'last' | number;
  /** Whether it stands for several channels. */
  readonly isRun: boolean;
}

/** The drawing. `isCertain` is false when groups are unknown, so that no pair can be told. */
export interface Schematic {
  readonly inputs: readonly SchematicTrack[];
  readonly outputs: readonly SchematicTrack[];
  readonly isCertain: boolean;
  /** What holds whatever the numbers are, or why nothing can be told. */
  readonly note: string;
}

/** Channels of a group that are drawn one by one. */
const ALONE = 3;

/** The drawing of one convolution whose channel counts or groups are not all numbers. */
export function schematicOf(spec: ConvSpec): Schematic {
  const isDepthwise = kindOf({ stages: [spec] }).grouping === 'depthwise';
  if (spec.groups.kind === 'unknown' && !isDepthwise) {
    const note = `Which filter reads which channel follows from groups, and ${explain(spec.groups.reason)}.`;
    return {
      inputs: wholeAxis(spec.inChannels),
      outputs: wholeAxis(spec.outChannels),
      isCertain: false,
      note,
    };
  }
  const groups = isDepthwise ? spec.inChannels : spec.groups;
  const inSize = isDepthwise ? exact(1) : channelsPerGroup(spec.inChannels, groups);
  const outSize = spec.depthMultiplier ?? channelsPerGroup(spec.outChannels, groups);
  return {
    inputs: axis(spec.inChannels, groups, inSize),
    outputs: axis(spec.outChannels, groups, outSize),
    isCertain: true,
    note: noteOf(spec, groups, inSize, outSize),
  };
}

/** How a row and a column of a certain drawing are connected; `some` where groups between the drawn ones meet. */
export function schematicLink(input: SchematicTrack, output: SchematicTrack): 'all' | 'none' | 'some' {
  if (input.group !== output.group) return 'none';
  return input.group === 'between' ? 'some' : 'all';
}

function axis(total: Quantity, groups: Quantity, size: Quantity): SchematicTrack[] {
  const groupCount = numberOf(groups);
  if (groupCount === 1) return wholeAxis(total);
  if (groupCount !== undefined && groupCount <= ALONE + 1) {
    return Array.from({ length: groupCount }, (_, group) => groupTracks(group, exact(group), size)).flat();
  }
  const last = groupTracks('last', subtract(groups, exact(1)), size, total);
  const between = { label: '…', group: 'between', isRun: true } as const;
  return [...groupTracks(0, exact(0), size), ...groupTracks(1, exact(1), size), between, ...last];
}

/** The channels of one group while they are few; otherwise one track for the group, as `g31`. */
function groupTracks(
  group: SchematicTrack['group'],
  index: Quantity,
  size: Quantity,
  total: Quantity = multiply(add(index, exact(1)), size),
): SchematicTrack[] {
  const number = numberOf(size);
  if (number === undefined || number > ALONE) {
    return [{ label: index.kind === 'unknown' ? 'last' : `g${showFactor(index)}`, group, isRun: true }];
  }
  return Array.from({ length: number }, (_, local) => {
    return { label: fromEnd(total, number - local), group, isRun: false };
  });
}

/** The axis of one group: every channel of a few, or the first two and the last. */
function wholeAxis(total: Quantity): SchematicTrack[] {
  const number = numberOf(total);
  const labels =
    number !== undefined && number <= 2 * ALONE
      ? Array.from({ length: Math.max(number, 0) }, (_, channel) => String(channel))
      : ['0', '1', '…', fromEnd(total, 1)];
  return labels.map((label) => ({ label, group: 0, isRun: label === '…' }));
}

/** The channel that many before the end, such as `dim - 1`. */
function fromEnd(total: Quantity, distance: number): string {
  return total.kind === 'unknown' ? 'last' : show(subtract(total, exact(distance)));
}

function noteOf(spec: ConvSpec, groups: Quantity, inSize: Quantity, outSize: Quantity): string {
  const noun = spec.transposed ? 'output' : 'filter';
  if (numberOf(groups) === 1) {
    return spec.transposed
      ? 'Every input channel adds to every output channel.'
      : 'Every filter reads every input channel.';
  }
  if (numberOf(inSize) === 1) {
    const whatever = groups.kind === 'formula' ? `, whatever ${show(groups)} is` : '';
    return numberOf(outSize) === 1
      ? `Each input channel has one ${noun} of its own${whatever}.`
      : `Each input channel has ${amount(outSize, noun)} of its own${whatever}.`;
  }
  return `${amount(groups, 'group')}: each reads ${amount(inSize, 'channel')} and makes ${amount(outSize, noun)}.`;
}
