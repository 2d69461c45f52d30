/** Which part of a weight one pair of channels owns, in the framework's own axis order. */
import type { ConvSpec } from '../../../src/conv/spec';
import { show } from '../../../src/symbolic/show';
import type { MapShape } from './tracks';

/** The index of a pair of channels in the two channel axes of the weight, in the layout's order. */
export function channelIndex(
  spec: ConvSpec,
  shape: MapShape,
  input: number,
  output: number,
): readonly [number, number] {
  const localInput = input % (shape.inChannels / shape.groups);
  const localOutput = output % (shape.outChannels / shape.groups);
  switch (spec.weightLayout) {
    case 'OIK':
      return [output, localInput];
    case 'IOK':
      return [input, localOutput];
    case 'KIO':
      return [localInput, output];
    case 'KOI':
      return [localOutput, input];
    case 'KIM':
      return [input, localOutput];
  }
}

/** Such as `weight[4, 0, :, :]` or `filters[:, :, 0, 4]`. */
export function weightSlice(spec: ConvSpec, shape: MapShape, input: number, output: number): string {
  return sliceText(spec, channelIndex(spec, shape, input, output).map(String));
}

/** All that an output channel owns, such as `weight[4]` or `filters[..., 4]`; `undefined` where that is no one slice. */
export function filterSlice(spec: ConvSpec, shape: MapShape, output: number): string | undefined {
  const localOutput = output % (shape.outChannels / shape.groups);
  switch (spec.weightLayout) {
    case 'OIK':
      return sliceText(spec, [String(output), ':']);
    case 'KIO':
      return sliceText(spec, [':', String(output)]);
    case 'KIM':
      return weightSlice(spec, shape, Math.floor(output / (shape.outChannels / shape.groups)), output);
    case 'IOK':
      return shape.groups === 1 ? sliceText(spec, [':', String(localOutput)]) : undefined;
    case 'KOI':
      return shape.groups === 1 ? sliceText(spec, [String(localOutput), ':']) : undefined;
  }
}

/** The kernel's sizes, such as `3×3`. */
export function kernelText(spec: ConvSpec): string {
  return spec.kernelSize.map(show).join('×');
}

function sliceText(spec: ConvSpec, channels: readonly string[]): string {
  const kernel = spec.kernelSize.map(() => ':');
  const isChannelsFirst = spec.weightLayout === 'OIK' || spec.weightLayout === 'IOK';
  const axes = isChannelsFirst ? [...channels, ...kernel] : [...kernel, ...channels];
  return `${spec.weightName}[${axes.join(', ')}]`;
}
