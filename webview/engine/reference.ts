/** The convolution as its definition says it: plain loops in double precision, to judge every other engine by. */
import type { AxisGeometry, Geometry } from '../../src/conv/geometry';
import type { PaddingMode } from '../../src/conv/spec';
import { sourceOf } from '../../src/conv/taps';
import { checkLengths, sizesOf } from './kernel';

/** Multiplications done, counted one by one. */
export interface WorkCount {
  /** With padding zeros, and with products a transposed convolution crops: what a dense count has. */
  dense: number;
  /** Without them. */
  useful: number;
}

/** What `convolveReference` may be told besides the data. */
export interface ReferenceOptions {
  readonly bias?: ArrayLike<number>;
  /** Receives the number of multiplications. */
  readonly count?: WorkCount;
}

/**
 * The output `[batch, out, …spatial]` of `input` `[batch, in, …spatial]`, both row-major; the weight is
 * `[out, in / groups, …kernel]`, transposed `[in, out / groups, …kernel]`. Cross-correlation: no kernel is flipped.
 */
export function convolveReference(
  geometry: Geometry,
  input: ArrayLike<number>,
  weight: ArrayLike<number>,
  options: ReferenceOptions = {},
): Float64Array {
  checkLengths(geometry, input, weight, options.bias);
  const output = new Float64Array(sizesOf(geometry).output);
  const count = options.count ?? { dense: 0, useful: 0 };
  if (options.bias !== undefined) fillBias(geometry, output, options.bias);
  const accumulate = geometry.transposed ? scatterChannel : gatherChannel;
  const outputsPerGroup = geometry.outChannels / geometry.groups;
  const inputsPerGroup = geometry.inChannels / geometry.groups;
  for (let sample = 0; sample < geometry.batch; sample++) {
    for (let out = 0; out < geometry.outChannels; out++) {
      const group = Math.floor(out / outputsPerGroup);
      for (let local = 0; local < inputsPerGroup; local++) {
        const channel = group * inputsPerGroup + local;
        const filter = geometry.transposed
          ? channel * outputsPerGroup + (out - group * outputsPerGroup)
          : out * inputsPerGroup + local;
        accumulate(geometry, input, sample * geometry.inChannels + channel, weight, filter, output, {
          plane: sample * geometry.outChannels + out,
          count,
        });
      }
    }
  }
  return output;
}

interface Target {
  /** Index of the output's plane among all samples and channels. */
  readonly plane: number;
  readonly count: WorkCount;
}

interface ThreeAxes {
  readonly depth: AxisGeometry;
  readonly height: AxisGeometry;
  readonly width: AxisGeometry;
}

const SINGLE: AxisGeometry = { input: 1, kernel: 1, stride: 1, dilation: 1, before: 0, after: 0, output: 1 };

/** Convolutions of one and two axes are those of three whose first axes have one element. */
function threeAxes(geometry: Geometry): ThreeAxes {
  const axes = [SINGLE, SINGLE, ...geometry.axes];
  return { depth: axes[geometry.rank - 1], height: axes[geometry.rank], width: axes[geometry.rank + 1] };
}

function gatherChannel(
  geometry: Geometry,
  input: ArrayLike<number>,
  plane: number,
  weight: ArrayLike<number>,
  filter: number,
  output: Float64Array,
  target: Target,
): void {
  const { depth, height, width } = threeAxes(geometry);
  const mode = geometry.paddingMode;
  for (let z = 0; z < depth.output; z++) {
    for (let y = 0; y < height.output; y++) {
      for (let x = 0; x < width.output; x++) {
        let sum = 0;
        for (let tapZ = 0; tapZ < depth.kernel; tapZ++) {
          const fromZ = read(depth, z, tapZ, mode);
          for (let tapY = 0; tapY < height.kernel; tapY++) {
            const fromY = read(height, y, tapY, mode);
            for (let tapX = 0; tapX < width.kernel; tapX++) {
              const fromX = read(width, x, tapX, mode);
              target.count.dense++;
              if (fromZ === undefined || fromY === undefined || fromX === undefined) continue;
              target.count.useful++;
              const from = ((plane * depth.input + fromZ) * height.input + fromY) * width.input + fromX;
              const tap = ((filter * depth.kernel + tapZ) * height.kernel + tapY) * width.kernel + tapX;
              sum += input[from] * weight[tap];
            }
          }
        }
        output[((target.plane * depth.output + z) * height.output + y) * width.output + x] += sum;
      }
    }
  }
}

function scatterChannel(
  geometry: Geometry,
  input: ArrayLike<number>,
  plane: number,
  weight: ArrayLike<number>,
  filter: number,
  output: Float64Array,
  target: Target,
): void {
  const { depth, height, width } = threeAxes(geometry);
  for (let z = 0; z < depth.input; z++) {
    for (let y = 0; y < height.input; y++) {
      for (let x = 0; x < width.input; x++) {
        const value = input[((plane * depth.input + z) * height.input + y) * width.input + x];
        for (let tapZ = 0; tapZ < depth.kernel; tapZ++) {
          const toZ = written(depth, z, tapZ);
          for (let tapY = 0; tapY < height.kernel; tapY++) {
            const toY = written(height, y, tapY);
            for (let tapX = 0; tapX < width.kernel; tapX++) {
              const toX = written(width, x, tapX);
              target.count.dense++;
              if (toZ === undefined || toY === undefined || toX === undefined) continue;
              target.count.useful++;
              const to = ((target.plane * depth.output + toZ) * height.output + toY) * width.output + toX;
              const tap = ((filter * depth.kernel + tapZ) * height.kernel + tapY) * width.kernel + tapX;
              output[to] += value * weight[tap];
            }
          }
        }
      }
    }
  }
}

/** Input index that `tap` reads for output `output`; none where it meets a zero. */
function read(axis: AxisGeometry, output: number, tap: number, mode: PaddingMode): number | undefined {
  return sourceOf(output * axis.stride + tap * axis.dilation - axis.before, axis.input, mode);
}

/** Output index that `tap` carries input `input` to; none where it is cropped. */
function written(axis: AxisGeometry, input: number, tap: number): number | undefined {
  const output = input * axis.stride + tap * axis.dilation - axis.before;
  return output >= 0 && output < axis.output ? output : undefined;
}

function fillBias(geometry: Geometry, output: Float64Array, bias: ArrayLike<number>): void {
  const positions = output.length / (geometry.batch * geometry.outChannels);
  for (let plane = 0; plane < geometry.batch * geometry.outChannels; plane++) {
    output.fill(bias[plane % geometry.outChannels], plane * positions, (plane + 1) * positions);
  }
}
