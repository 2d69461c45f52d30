/** The inner loops of the fast engine: sums of products for a few filters and a few output positions at a time. */

/** Everything a tile needs that is the same for all filters of a convolution. */
export interface TilePass {
  readonly data: Float32Array;
  /** Distance of each product's input from that of the filter's first product. */
  readonly offsets: Int32Array;
  /** Where the first product's input of each output position lies. */
  readonly pixels: Int32Array;
  /** Where each output position lies in the first output channel. */
  readonly targets: Int32Array;
  readonly bias: Float32Array;
  /** Elements from one output channel to the next. */
  readonly positions: number;
  readonly output: Float32Array;
}

/** Interleaves the four filters from `filter` on, so that their weights of one product lie together. */
export function packFour(weight: Float32Array, filter: number, depth: number, packed: Float32Array): void {
  for (let row = 0; row < 4; row++) {
    const from = (filter + row) * depth;
    for (let k = 0; k < depth; k++) packed[4 * k + row] = weight[from + k];
  }
}

/** Computes output channels `filter` to `filter + 3` from packed filters; `base` is where their group's input lies. */
export function runFourFilters(pass: TilePass, packed: Float32Array, filter: number, base: number): void {
  const { data, offsets, pixels, targets, positions, output } = pass;
  const depth = offsets.length;
  const b0 = pass.bias[filter];
  const b1 = pass.bias[filter + 1];
  const b2 = pass.bias[filter + 2];
  const b3 = pass.bias[filter + 3];
  const first = filter * positions;
  let pixel = 0;
  for (; pixel + 4 <= pixels.length; pixel += 4) {
    const p0 = base + pixels[pixel];
    const p1 = base + pixels[pixel + 1];
    const p2 = base + pixels[pixel + 2];
    const p3 = base + pixels[pixel + 3];
    let s00 = b0,
      s01 = b0,
      s02 = b0,
      s03 = b0;
    let s10 = b1,
      s11 = b1,
      s12 = b1,
      s13 = b1;
    let s20 = b2,
      s21 = b2,
      s22 = b2,
      s23 = b2;
    let s30 = b3,
      s31 = b3,
      s32 = b3,
      s33 = b3;
    for (let k = 0, w = 0; k < depth; k++, w += 4) {
      const offset = offsets[k];
      const x0 = data[offset + p0];
      const x1 = data[offset + p1];
      const x2 = data[offset + p2];
      const x3 = data[offset + p3];
      const w0 = packed[w];
      const w1 = packed[w + 1];
      const w2 = packed[w + 2];
      const w3 = packed[w + 3];
      s00 += w0 * x0;
      s01 += w0 * x1;
      s02 += w0 * x2;
      s03 += w0 * x3;
      s10 += w1 * x0;
      s11 += w1 * x1;
      s12 += w1 * x2;
      s13 += w1 * x3;
      s20 += w2 * x0;
      s21 += w2 * x1;
      s22 += w2 * x2;
      s23 += w2 * x3;
      s30 += w3 * x0;
      s31 += w3 * x1;
      s32 += w3 * x2;
      s33 += w3 * x3;
    }
    put(output, targets, pixel, first, s00, s01, s02, s03);
    put(output, targets, pixel, first + positions, s10, s11, s12, s13);
    put(output, targets, pixel, first + 2 * positions, s20, s21, s22, s23);
    put(output, targets, pixel, first + 3 * positions, s30, s31, s32, s33);
  }
  for (; pixel < pixels.length; pixel++) {
    const p = base + pixels[pixel];
    let s0 = b0,
      s1 = b1,
      s2 = b2,
      s3 = b3;
    for (let k = 0, w = 0; k < depth; k++, w += 4) {
      const x = data[offsets[k] + p];
      s0 += packed[w] * x;
      s1 += packed[w + 1] * x;
      s2 += packed[w + 2] * x;
      s3 += packed[w + 3] * x;
    }
    const to = first + targets[pixel];
    output[to] = s0;
    output[to + positions] = s1;
    output[to + 2 * positions] = s2;
    output[to + 3 * positions] = s3;
  }
}

/** Computes output channel `filter` from its weights; `base` is where its group's input lies. */
export function runOneFilter(pass: TilePass, weights: Float32Array, filter: number, base: number): void {
  const { data, offsets, pixels, targets, positions, output } = pass;
  const depth = offsets.length;
  const bias = pass.bias[filter];
  const first = filter * positions;
  let pixel = 0;
  for (; pixel + 4 <= pixels.length; pixel += 4) {
    const p0 = base + pixels[pixel];
    const p1 = base + pixels[pixel + 1];
    const p2 = base + pixels[pixel + 2];
    const p3 = base + pixels[pixel + 3];
    let s0 = bias,
      s1 = bias,
      s2 = bias,
      s3 = bias;
    for (let k = 0; k < depth; k++) {
      const offset = offsets[k];
      const w = weights[k];
      s0 += w * data[offset + p0];
      s1 += w * data[offset + p1];
      s2 += w * data[offset + p2];
      s3 += w * data[offset + p3];
    }
    put(output, targets, pixel, first, s0, s1, s2, s3);
  }
  for (; pixel < pixels.length; pixel++) {
    const p = base + pixels[pixel];
    let sum = bias;
    for (let k = 0; k < depth; k++) sum += weights[k] * data[offsets[k] + p];
    output[first + targets[pixel]] = sum;
  }
}

function put(
  output: Float32Array,
  targets: Int32Array,
  pixel: number,
  first: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  output[first + targets[pixel]] = s0;
  output[first + targets[pixel + 1]] = s1;
  output[first + targets[pixel + 2]] = s2;
  output[first + targets[pixel + 3]] = s3;
}
