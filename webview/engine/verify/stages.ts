/** A layer made ready for probing: its stages without padding on a map of one kernel extent. */
import { channelMap, type ChannelMap } from '../../../src/conv/channels';
import {
  type Geometry,
  type GeometryProblem,
  kernelElements,
  resolveStages,
} from '../../../src/conv/geometry';
import type { ConvLayer, ConvSpec } from '../../../src/conv/spec';
import { extentOf } from '../../../src/conv/validity';
import { weightOf } from '../../../src/conv/weights';
import { slicesOf, type SlicesByInput, sortByInput, type WeightSlices } from './slices';

/** One stage on the probed map. */
export interface ProbeStage {
  readonly spec: ConvSpec;
  readonly geometry: Geometry;
  /** The first path: the formula from `groups`. */
  readonly map: ChannelMap;
  /** The second path: the weight's own layout. */
  readonly slices: WeightSlices;
  readonly byInput: SlicesByInput;
}

/**
 * The stages without padding, crop or stride on a map of exactly one kernel extent (one element for a transposed
 * convolution), so that every tap meets data: a probe with padding would miss taps that meet zeros.
 */
export function probeStages(layer: ConvLayer): ProbeStage[] | GeometryProblem {
  const [first, second] = layer.stages;
  const bare: ConvLayer = {
    stages: second === undefined ? [withoutBorders(first)] : [withoutBorders(first), withoutBorders(second)],
  };
  const geometries = resolveStages(bare, { spatial: probeSize(first) });
  if ('problem' in geometries) return geometries;
  const stages: ProbeStage[] = [];
  for (const [index, geometry] of geometries.entries()) {
    const spec = layer.stages.at(index);
    const stage = spec === undefined ? undefined : probeStage(spec, geometry);
    if (stage === undefined) return { problem: 'unknown', what: 'weight' };
    stages.push(stage);
  }
  return stages;
}

/** Multiply-accumulates of one probe through all stages. */
export function probeMacs(stages: readonly ProbeStage[]): number {
  return stages.reduce((sum, { geometry: { inChannels, outChannels, groups }, geometry }) => {
    return sum + outChannels * (inChannels / groups) * kernelElements(geometry);
  }, 0);
}

function probeStage(spec: ConvSpec, geometry: Geometry): ProbeStage | undefined {
  const { inChannels, outChannels, groups } = geometry;
  const map = channelMap(inChannels, outChannels, groups);
  const shape = weightOf(spec).shape.map((size) => (size.kind === 'exact' ? size.value : NaN));
  if (map === undefined || shape.some(Number.isNaN)) return undefined;
  const slices = slicesOf(spec, shape, inChannels, outChannels);
  return { spec, geometry, map, slices, byInput: sortByInput(slices, inChannels) };
}

function withoutBorders(spec: ConvSpec): ConvSpec {
  const zeros = spec.kernelSize.map(() => ({ kind: 'exact', value: 0 }) as const);
  const ones = spec.kernelSize.map(() => ({ kind: 'exact', value: 1 }) as const);
  return {
    ...spec,
    stride: ones,
    padding: { kind: 'explicit', before: zeros, after: zeros },
    paddingMode: 'zeros',
    outputPadding: zeros,
  };
}

/** One kernel extent an axis; 1 where a size is no number, which the resolution then reports. */
function probeSize(spec: ConvSpec): number[] {
  return spec.kernelSize.map((kernel, axis) => {
    const dilation = spec.dilation.at(axis);
    if (spec.transposed || kernel.kind !== 'exact' || dilation?.kind !== 'exact') return 1;
    return Math.max(1, extentOf({ kernel: kernel.value, dilation: dilation.value }));
  });
}
