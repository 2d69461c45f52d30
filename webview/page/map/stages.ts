/** The maps a layer has: of its convolution, or of both stages of a separable layer and of the two together. */
import { channelMap, composedMap } from '../../../src/conv/channels';
import type { ConvLayer, ConvSpec } from '../../../src/conv/spec';
import { numberOf, numbersOf } from '../../../src/symbolic/quantity';
import type { MapShape } from './tracks';

/** One of a layer's maps. */
export type StageName = 'first' | 'second' | 'both';

/** A map to draw. `spec` has the weight its cells index; the map of both stages together has none. */
export interface StageMap {
  readonly name: StageName;
  readonly title: string;
  readonly spec?: ConvSpec;
  /** Absent when numbers are missing or groups do not divide the channels. */
  readonly shape?: MapShape;
  /** For both stages together: channels between the two that one input channel feeds. */
  readonly multiplier?: number;
}

/** The layer's maps in the order data passes them. */
export function stageMaps(layer: ConvLayer): StageMap[] {
  const [first, second] = layer.stages;
  if (second === undefined)
    return [{ name: 'first', title: 'Channel map', spec: first, shape: shapeOf(first) }];
  const both = composedMap(layer);
  return [
    { name: 'first', title: 'Depthwise', spec: first, shape: shapeOf(first) },
    { name: 'second', title: 'Pointwise', spec: second, shape: shapeOf(second) },
    { name: 'both', title: 'Both together', shape: both && plain(both), multiplier: multiplierOf(first) },
  ];
}

/** Whether all numbers are there and yet make no map: groups that do not divide, or counts below one. */
export function isRefused(spec: ConvSpec): boolean {
  return (
    numbersOf([spec.inChannels, spec.outChannels, spec.groups]) !== undefined && shapeOf(spec) === undefined
  );
}

function shapeOf(spec: ConvSpec): MapShape | undefined {
  const numbers = numbersOf([spec.inChannels, spec.outChannels, spec.groups]);
  if (numbers === undefined) return undefined;
  const [inChannels = 0, outChannels = 0, groups = 0] = numbers;
  const map = channelMap(inChannels, outChannels, groups);
  return map && plain(map);
}

function plain({ inChannels, outChannels, groups }: MapShape): MapShape {
  return { inChannels, outChannels, groups };
}

function multiplierOf({ inChannels, outChannels }: ConvSpec): number | undefined {
  const [inputs, outputs] = [numberOf(inChannels), numberOf(outChannels)];
  return inputs === undefined || outputs === undefined ? undefined : outputs / inputs;
}
