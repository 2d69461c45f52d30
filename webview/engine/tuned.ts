/** The fast engine in plain TypeScript: padded copy, packed panels, a tile of sums in registers. */
import type { Geometry } from '../../src/conv/geometry';
import { kernelElements, outputPositions } from '../../src/conv/geometry';
import { checkLengths, type ConvEngine, sizesOf } from './kernel';
import { padInput } from './padding';
import { runFilter, runTiles, type TilePass } from './tiles';
import { convolveTransposed } from './transposed';

/** Sums run in double precision and are rounded once to float32: two to five times as fast as rounding each step. */
export const tunedEngine: ConvEngine = {
  name: 'TypeScript',
  convolve(geometry, input, weight, bias) {
    checkLengths(geometry, input, weight, bias);
    if (geometry.transposed) return convolveTransposed(geometry, input, weight, bias, convolveForward);
    return convolveForward(geometry, input, weight, bias);
  },
};

/** Groups of fewer filters than this do not repay the copies that tiles need. */
const TILED_FILTERS = 3;

function convolveForward(
  geometry: Geometry,
  input: Float32Array,
  weight: Float32Array,
  bias?: Float32Array,
): Float32Array {
  const padded = padInput(geometry, input);
  const strides = spatialStrides(padded.size);
  const positions = outputPositions(geometry);
  const inputsPerGroup = geometry.inChannels / geometry.groups;
  const outputsPerGroup = geometry.outChannels / geometry.groups;
  const depth = inputsPerGroup * kernelElements(geometry);
  const output = new Float32Array(sizesOf(geometry).output);
  const pass: TilePass = {
    data: padded.data,
    offsets: tapOffsets(geometry, inputsPerGroup, padded.plane, strides),
    pixels: pixelOffsets(geometry, padded.plane, strides),
    targets: targetOffsets(geometry, positions),
    bias: bias ?? new Float32Array(geometry.outChannels),
    positions,
    output,
  };
  for (let group = 0; group < geometry.groups; group++) {
    const base = group * inputsPerGroup * padded.plane;
    const start = group * outputsPerGroup;
    const end = start + outputsPerGroup;
    if (outputsPerGroup >= TILED_FILTERS) {
      runTiles(pass, weight, { start, end, base });
      continue;
    }
    for (let filter = start; filter < end; filter++) {
      runFilter(pass, weight.subarray(filter * depth, (filter + 1) * depth), filter, base);
    }
  }
  return output;
}

/** Elements from one position to the next along each axis of `size`. */
function spatialStrides(size: readonly number[]): number[] {
  const strides = new Array<number>(size.length).fill(1);
  for (let axis = size.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * size[axis + 1];
  return strides;
}

/** For every product of a filter, in the weight's order, the distance of its input from that of the first. */
function tapOffsets(
  geometry: Geometry,
  inputsPerGroup: number,
  plane: number,
  strides: readonly number[],
): Int32Array {
  const channels = Array.from({ length: inputsPerGroup }, (_, channel) => channel * plane);
  const counts = geometry.axes.map(({ kernel }) => kernel);
  return offsetsOf(
    channels,
    counts,
    geometry.axes.map(({ dilation }, axis) => dilation * strides[axis]),
  );
}

/** For every output position of every sample, where its first tap lies in the padded data. */
function pixelOffsets(geometry: Geometry, plane: number, strides: readonly number[]): Int32Array {
  const samples = Array.from({ length: geometry.batch }, (_, sample) => sample * geometry.inChannels * plane);
  const counts = geometry.axes.map(({ output }) => output);
  return offsetsOf(
    samples,
    counts,
    geometry.axes.map(({ stride }, axis) => stride * strides[axis]),
  );
}

/** For every output position of every sample, where it lies in the first channel of the output. */
function targetOffsets(geometry: Geometry, positions: number): Int32Array {
  const samples = Array.from(
    { length: geometry.batch },
    (_, sample) => sample * geometry.outChannels * positions,
  );
  return offsetsOf(samples, [positions], [1]);
}

/** The sums of a start and a multiple of each step, starts slowest and the last step fastest. */
function offsetsOf(
  starts: readonly number[],
  counts: readonly number[],
  steps: readonly number[],
): Int32Array {
  const [depths, rows, columns] = [1, 1, ...counts].slice(-3);
  const [depthStep, rowStep, columnStep] = [0, 0, ...steps].slice(-3);
  const offsets = new Int32Array(starts.length * depths * rows * columns);
  let index = 0;
  for (const start of starts) {
    for (let z = 0; z < depths; z++) {
      for (let y = 0; y < rows; y++) {
        for (let x = 0; x < columns; x++) {
          offsets[index++] = start + z * depthStep + y * rowStep + x * columnStep;
        }
      }
    }
  }
  return offsets;
}
