/** Golden values of real frameworks as layers and tensors of ours. */
import { effectiveKernel } from '../../../src/conv/axis';
import type { ConvLayer, Padding, Rank, WeightLayout } from '../../../src/conv/spec';
import { exact } from '../../../src/symbolic/quantity';
import { type Tensor, toChannelsFirst } from '../../../webview/engine/tensor';
import {
  loadGolden,
  type TfValue,
  tfSpatial,
  tfTensors,
  torchTensors,
  type TorchValue,
} from '../../golden/load';
import { makeSpec } from '../conv/specs';

/** A convolution a framework computed, ready to compute again. */
export interface GoldenCase {
  readonly id: string;
  readonly layer: ConvLayer;
  /** `[batch, channels, …spatial]`. */
  readonly input: Tensor;
  /** One a stage, in the framework's layout. */
  readonly weights: readonly Tensor[];
  readonly bias?: readonly number[];
  /** `[batch, channels, …spatial]`. */
  readonly output: Tensor;
}

/** Every value PyTorch computed. */
export function torchCases(): GoldenCase[] {
  return loadGolden('torch-values').records.map((record) => {
    const { rank, groups, weight, input } = record;
    const filled = torchTensors(record);
    const transposed = record.op === 'convTranspose';
    const out = transposed ? (weight[1] ?? 0) * groups : (weight[0] ?? 0);
    const spec = makeSpec({
      rank,
      transposed,
      in: input[1] ?? 0,
      out,
      kernel: weight.slice(2),
      stride: record.stride,
      padding: torchPadding(record),
      paddingMode: record.paddingMode,
      dilation: record.dilation,
      groups,
      outputPadding: record.outputPadding,
      bias: record.bias === true,
    });
    return {
      id: record.id,
      layer: { stages: [spec] },
      input: tensor(input, filled.input),
      weights: [tensor(weight, filled.weight)],
      bias: filled.bias ?? undefined,
      output: tensor(record.output, record.values),
    };
  });
}

/** Every value TensorFlow and Keras computed. */
export function tensorflowCases(): GoldenCase[] {
  return loadGolden('tf-values').records.map((record) => {
    const isFirst = record.layout.input.startsWith('NC');
    const filled = tfTensors(record);
    const input = tensor(record.input, filled.input);
    const output = tensor(record.output, record.values);
    return {
      id: record.id,
      layer: tensorflowLayer(record, isFirst),
      input: isFirst ? input : toChannelsFirst(input),
      weights: record.filters.map((shape, index) => tensor(shape, filled.filters[index] ?? [])),
      bias: filled.bias ?? undefined,
      output: isFirst ? output : toChannelsFirst(output),
    };
  });
}

/** A tensor of double precision. */
export function tensor(shape: readonly number[], values: readonly number[]): Tensor {
  return { shape, data: Float64Array.from(values) };
}

function torchPadding(record: TorchValue): readonly number[] | Padding {
  if (record.padding === 'valid') return record.stride.map(() => 0);
  if (record.padding !== 'same') return record.padding;
  const totals = record.weight.slice(2).map((kernel, axis) => (record.dilation[axis] ?? 1) * (kernel - 1));
  return explicit(
    totals.map((total) => Math.floor(total / 2)),
    totals.map((total) => Math.ceil(total / 2)),
  );
}

function tensorflowLayer(record: TfValue, isFirst: boolean): ConvLayer {
  const { rank, filters, layout, groups } = record;
  const [shape = []] = filters;
  const word = layout.filters[0]?.slice(rank) ?? '';
  const weightLayout = `K${word}` as WeightLayout;
  const transposed = weightLayout === 'KOI';
  const [third = 0, fourth = 0] = shape.slice(rank);
  const inChannels = (isFirst ? record.input[1] : record.input.at(-1)) ?? 0;
  const out = { KIO: fourth, KOI: third, KIM: third * fourth, OIK: 0, IOK: 0 }[weightLayout];
  const window = {
    rank,
    kernel: shape.slice(0, rank),
    stride: tfSpatial(record, 'strides'),
    dilation: tfSpatial(record, 'dilations'),
  };
  const first = makeSpec({
    ...window,
    transposed,
    in: inChannels,
    out,
    groups: weightLayout === 'KIM' ? inChannels : groups,
    padding: tensorflowPadding(record, window, isFirst),
    weightLayout,
    bias: record.bias === true && filters.length === 1,
    depthMultiplier: weightLayout === 'KIM' ? exact(fourth) : undefined,
  });
  const second = filters[1];
  if (second === undefined) return { stages: [first] };
  const pointwise = makeSpec({
    rank,
    in: out,
    out: second.at(-1) ?? 0,
    kernel: Array<number>(rank).fill(1),
    weightLayout: 'KIO',
    bias: record.bias === true,
  });
  return { stages: [first, pointwise] };
}

interface Window {
  readonly rank: Rank;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

function tensorflowPadding(record: TfValue, window: Window, isFirst: boolean): Padding {
  const { rank } = record;
  if (Array.isArray(record.padding))
    return explicitPadding(record, record.padding as [number, number][], window, isFirst);
  const word = String(record.padding ?? 'valid').toLowerCase();
  const zeros = Array<number>(rank).fill(0);
  if (record.outputShape !== null) {
    return fromOutput(word, spatialOf(record.outputShape, isFirst));
  }
  if (record.layout.filters[0]?.endsWith('OI')) return kerasTransposePadding(record, window, word, isFirst);
  if (word === 'same') return { kind: 'same' };
  return word === 'causal'
    ? explicit(
        extents(window).map((extent) => extent - 1),
        zeros,
      )
    : explicit(zeros, zeros);
}

/** The output sizes of Keras' transposed layers: `backend_utils.compute_conv_transpose_output_shape`. */
function kerasTransposePadding(record: TfValue, window: Window, word: string, isFirst: boolean): Padding {
  const input = spatialOf(record.input, isFirst);
  if (record.outputPadding === null && word === 'same') return { kind: 'same' };
  const extra = record.outputPadding === null ? undefined : perAxis(record.outputPadding, record.rank);
  const sizes = extents(window).map((extent, axis) => {
    const start = ((input[axis] ?? 0) - 1) * (window.stride[axis] ?? 1);
    const more = extra?.[axis];
    if (more === undefined) return start + Math.max(extent, window.stride[axis] ?? 1);
    return start + (word === 'same' ? extent % 2 : extent) + more;
  });
  return fromOutput(word, sizes);
}

function explicitPadding(
  record: TfValue,
  pairs: readonly (readonly [number, number])[],
  window: Window,
  isFirst: boolean,
): Padding {
  const sides = isFirst ? pairs.slice(2) : pairs.slice(1, -1);
  const before = sides.map(([low]) => low);
  if (record.outputShape === null)
    return explicit(
      before,
      sides.map(([, high]) => high),
    );
  const input = spatialOf(record.input, isFirst);
  const output = spatialOf(record.outputShape, isFirst);
  const after = extents(window).map((extent, axis) => {
    const full = ((input[axis] ?? 0) - 1) * (window.stride[axis] ?? 1) + extent;
    return full - (before[axis] ?? 0) - (output[axis] ?? 0);
  });
  return explicit(before, after);
}

function extents({ kernel, dilation }: Window): number[] {
  return kernel.map((size, axis) => {
    const extent = effectiveKernel(exact(size), exact(dilation[axis] ?? 1));
    return extent.kind === 'exact' ? extent.value : 0;
  });
}

function fromOutput(word: string, sizes: readonly number[]): Padding {
  return { kind: 'fromOutput', rule: word === 'same' ? 'same' : 'valid', output: sizes.map(exact) };
}

function explicit(before: readonly number[], after: readonly number[]): Padding {
  return { kind: 'explicit', before: before.map(exact), after: after.map(exact) };
}

function spatialOf(shape: readonly number[], isFirst: boolean): readonly number[] {
  return isFirst ? shape.slice(2) : shape.slice(1, -1);
}

function perAxis(value: number | readonly number[], rank: number): readonly number[] {
  return typeof value === 'number' ? Array<number>(rank).fill(value) : value;
}
