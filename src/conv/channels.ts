/** Which input channels each output channel reads. */
import { numbersOf } from '../symbolic/quantity';
import type { ConvLayer } from './spec';
import { dividesChannels, isPositive } from './validity';

/** Channels from `start` up to, but without, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The channel map of one convolution: both sides fall into `groups` contiguous blocks, and block reads block. */
export interface ChannelMap {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly inputsPerGroup: number;
  readonly outputsPerGroup: number;
  groupOfOutput(output: number): number;
  groupOfInput(input: number): number;
  /** The input channels that output channel `output` reads. */
  inputsOf(output: number): Range;
  /** The output channels that input channel `input` feeds. */
  outputsOf(input: number): Range;
  /** Index of an input channel within its group: the second index of a weight `[out, in / groups, …]`. */
  localInput(input: number): number;
  /** Index of an output channel within its group; for one channel a group the filter number of its input. */
  localOutput(output: number): number;
  reads(output: number, input: number): boolean;
}

/**
 * The map of a convolution with these numbers, or `undefined` when groups do not divide both channel counts.
 * Source: PyTorch docs, Conv2d, "groups"; aten/src/ATen/native/Convolution.cpp slices input, weight and bias so.
 */
export function channelMap(inChannels: number, outChannels: number, groups: number): ChannelMap | undefined {
  if (!isPositive(inChannels) || !isPositive(outChannels)) return undefined;
  if (!dividesChannels(inChannels, outChannels, groups)) return undefined;
  const inputsPerGroup = inChannels / groups;
  const outputsPerGroup = outChannels / groups;
  const groupOfOutput = (output: number) => Math.floor(output / outputsPerGroup);
  const groupOfInput = (input: number) => Math.floor(input / inputsPerGroup);
  return {
    inChannels,
    outChannels,
    groups,
    inputsPerGroup,
    outputsPerGroup,
    groupOfOutput,
    groupOfInput,
    inputsOf: (output) => block(groupOfOutput(output), inputsPerGroup),
    outputsOf: (input) => block(groupOfInput(input), outputsPerGroup),
    localInput: (input) => input % inputsPerGroup,
    localOutput: (output) => output % outputsPerGroup,
    reads: (output, input) => groupOfOutput(output) === groupOfInput(input),
  };
}

/**
 * The map from the layer's input to its output: of its only stage, or through both stages of a separable layer, whose
 * pointwise stage reads every channel of the depthwise one. `undefined` when numbers are missing or do not divide.
 */
export function composedMap(layer: ConvLayer): ChannelMap | undefined {
  const maps = layer.stages.map(({ inChannels, outChannels, groups }) => {
    const numbers = numbersOf([inChannels, outChannels, groups]);
    return numbers === undefined ? undefined : channelMap(...(numbers as [number, number, number]));
  });
  const [first, second] = maps;
  if (layer.stages.length === 1 || first === undefined || second === undefined) return first;
  if (first.outChannels !== second.inChannels || second.groups !== 1) return undefined;
  return channelMap(first.inChannels, second.outChannels, 1);
}

function block(index: number, size: number): Range {
  return { start: index * size, end: (index + 1) * size };
}
