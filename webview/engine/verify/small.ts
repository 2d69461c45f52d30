/** Maps small enough to convolve in moments that still show a layer's padding and stride. */
import {
  type Geometry,
  type GeometryProblem,
  type InputSize,
  resolveGeometry,
} from '../../../src/conv/geometry';
import type { ConvSpec } from '../../../src/conv/spec';
import { extentOf } from '../../../src/conv/validity';

/** The geometry of the stage over `input`, or over a small map when none is given. */
export function geometryOver(spec: ConvSpec, input?: InputSize): Geometry | GeometryProblem {
  return resolveGeometry(spec, input ?? { spatial: spec.kernelSize.map((_, axis) => smallSize(spec, axis)) });
}

/** The geometry with at most a few groups of a few channels, for counting one by one. */
export function fewChannels(geometry: Geometry, perGroup: number, groups: number): Geometry {
  const kept = Math.min(geometry.groups, groups);
  const inputs = Math.min(geometry.inChannels / geometry.groups, perGroup);
  const outputs = Math.min(geometry.outChannels / geometry.groups, perGroup);
  return { ...geometry, groups: kept, inChannels: kept * inputs, outChannels: kept * outputs };
}

/** Room for three positions of the kernel, and for padding that mirrors; what an output size asks for, if it is fixed. */
function smallSize(spec: ConvSpec, axis: number): number {
  const kernel = numberAt(spec.kernelSize, axis);
  const stride = numberAt(spec.stride, axis);
  const extent = extentOf({ kernel, dilation: numberAt(spec.dilation, axis) });
  const { padding } = spec;
  if (padding.kind === 'fromOutput') {
    const output = numberAt(padding.output, axis);
    return Math.max(1, Math.ceil((padding.rule === 'same' ? output : output - extent + 1) / stride));
  }
  if (padding.kind !== 'explicit') return extent + 2 * stride;
  const widest = Math.max(numberAt(padding.before, axis), numberAt(padding.after, axis));
  return Math.max(extent + 2 * stride, widest + 1);
}

/** The number, or 1 where there is none; the resolution that follows reports it. */
function numberAt(list: ConvSpec['kernelSize'], axis: number): number {
  const quantity = list.at(axis);
  return quantity?.kind === 'exact' ? quantity.value : 1;
}
