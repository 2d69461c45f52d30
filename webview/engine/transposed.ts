/** The transposed convolution as a pointwise one, which multiplies, and a scatter, which adds. */
import {
  type AxisGeometry,
  type Geometry,
  inputPositions,
  kernelElements,
  outputPositions,
} from '../../src/conv/geometry';
import type { ConvEngine } from './kernel';
import { sizesOf } from './kernel';

/** Products held at a time: output channels are taken in blocks so that large layers need little memory. */
const MAX_PRODUCTS = 1 << 22;

/**
 * Every input element meets every weight exactly once, which is a pointwise convolution to outChannels·taps channels;
 * each product is then added where its tap carries it. Data and weight as `ConvEngine` states them.
 */
export function convolveTransposed(
  geometry: Geometry,
  input: Float32Array,
  weight: Float32Array,
  bias: Float32Array | undefined,
  convolve: ConvEngine['convolve'],
): Float32Array {
  const positions = outputPositions(geometry);
  const sums = new Float64Array(sizesOf(geometry).output);
  for (let plane = 0; bias !== undefined && plane < geometry.batch * geometry.outChannels; plane++) {
    sums.fill(bias[plane % geometry.outChannels], plane * positions, (plane + 1) * positions);
  }
  const outputsPerGroup = geometry.outChannels / geometry.groups;
  const perOutput = geometry.batch * inputPositions(geometry) * kernelElements(geometry);
  const block = Math.min(outputsPerGroup, Math.max(1, Math.floor(MAX_PRODUCTS / perOutput)));
  const targets = geometry.axes.map(tapTargets);
  for (let group = 0; group < geometry.groups; group++) {
    for (let local = 0; local < outputsPerGroup; local += block) {
      const count = Math.min(block, outputsPerGroup - local);
      const products = multiplyBlock(geometry, input, weight, { group, local, count }, convolve);
      scatter(geometry, products, { first: group * outputsPerGroup + local, count }, targets, sums);
    }
  }
  return Float32Array.from(sums);
}

interface Block {
  readonly group: number;
  /** First output channel, counted within the group. */
  readonly local: number;
  readonly count: number;
}

/** Products `[batch, count·taps, input positions]` of one block of output channels. */
function multiplyBlock(
  geometry: Geometry,
  input: Float32Array,
  weight: Float32Array,
  block: Block,
  convolve: ConvEngine['convolve'],
): Float32Array {
  const taps = kernelElements(geometry);
  const inputs = geometry.inChannels / geometry.groups;
  const outputs = geometry.outChannels / geometry.groups;
  const length = inputPositions(geometry);
  const filters = new Float32Array(block.count * taps * inputs);
  for (let q = 0; q < inputs; q++) {
    const from = ((block.group * inputs + q) * outputs + block.local) * taps;
    for (let row = 0; row < block.count * taps; row++) filters[row * inputs + q] = weight[from + row];
  }
  const pointwise: Geometry = {
    rank: 1,
    transposed: false,
    batch: geometry.batch,
    inChannels: inputs,
    outChannels: block.count * taps,
    groups: 1,
    axes: [{ input: length, kernel: 1, stride: 1, dilation: 1, before: 0, after: 0, output: length }],
    paddingMode: 'zeros',
  };
  return convolve(pointwise, groupInput(geometry, input, block.group), filters);
}

function groupInput(geometry: Geometry, input: Float32Array, group: number): Float32Array {
  if (geometry.groups === 1) return input;
  const length = inputPositions(geometry);
  const size = (geometry.inChannels / geometry.groups) * length;
  if (geometry.batch === 1) return input.subarray(group * size, (group + 1) * size);
  const slice = new Float32Array(geometry.batch * size);
  for (let sample = 0; sample < geometry.batch; sample++) {
    const from = (sample * geometry.groups + group) * size;
    slice.set(input.subarray(from, from + size), sample * size);
  }
  return slice;
}

/** For each tap and input index of one axis, the output index; -1 where it is cropped. */
function tapTargets(axis: AxisGeometry): Int32Array[] {
  return Array.from({ length: axis.kernel }, (_, tap) =>
    Int32Array.from({ length: axis.input }, (__, input) => {
      const output = input * axis.stride + tap * axis.dilation - axis.before;
      return output >= 0 && output < axis.output ? output : -1;
    }),
  );
}

const SINGLE = [Int32Array.of(0)];

function scatter(
  geometry: Geometry,
  products: Float32Array,
  channels: { readonly first: number; readonly count: number },
  targets: readonly Int32Array[][],
  sums: Float64Array,
): void {
  const [depths, rows, columns] = [SINGLE, SINGLE, ...targets].slice(-3);
  const [, height, width] = [1, 1, ...geometry.axes.map(({ output }) => output)].slice(-3);
  const positions = outputPositions(geometry);
  let from = 0;
  for (let sample = 0; sample < geometry.batch; sample++) {
    for (let channel = 0; channel < channels.count; channel++) {
      const plane = (sample * geometry.outChannels + channels.first + channel) * positions;
      for (const toDepth of depths) {
        for (const toRow of rows) {
          for (const toColumn of columns) {
            from = scatterTap(products, from, sums, plane, toDepth, toRow, toColumn, height, width);
          }
        }
      }
    }
  }
}

/** Adds the products of one tap and returns the index behind them. */
function scatterTap(
  products: Float32Array,
  from: number,
  sums: Float64Array,
  plane: number,
  toDepth: Int32Array,
  toRow: Int32Array,
  toColumn: Int32Array,
  height: number,
  width: number,
): number {
  let index = from;
  for (const z of toDepth) {
    for (const y of toRow) {
      if (z < 0 || y < 0) {
        index += toColumn.length;
        continue;
      }
      const row = plane + (z * height + y) * width;
      for (const x of toColumn) {
        if (x >= 0) sums[row + x] += products[index];
        index++;
      }
    }
  }
  return index;
}
