/** The inner loops of the fast engine: tiles of four filters and four output positions, or one filter alone. */

/** Everything the loops need that is the same for all filters of a convolution. */
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

/** Output channels `start` up to, but without, `end`, whose input begins at `base`. */
export interface FilterRange {
  readonly start: number;
  readonly end: number;
  readonly base: number;
}

/** Elements of packed input worked on at a time: they stay in the second-level cache. */
const PANEL_ELEMENTS = 1 << 16;

/** Computes a range of filters in tiles: input and weights are copied into the order the innermost loop reads. */
export function runTiles(pass: TilePass, weight: Float32Array, range: FilterRange): void {
  const depth = pass.offsets.length;
  const panels = Math.max(
    1,
    Math.min(Math.ceil(pass.pixels.length / 4), Math.floor(PANEL_ELEMENTS / (4 * depth))),
  );
  const input = new Float32Array(panels * 4 * depth);
  const filters = packFilters(weight, range, depth);
  const tile = new Float64Array(16);
  for (let first = 0; first < pass.pixels.length; first += 4 * panels) {
    const end = Math.min(first + 4 * panels, pass.pixels.length);
    for (let pixel = first; pixel < end; pixel += 4)
      packPanel(pass, range.base, pixel, input, (pixel - first) * depth);
    for (let filter = range.start; filter < range.end; filter += 4) {
      for (let pixel = first; pixel < end; pixel += 4) {
        multiplyTile(filters, (filter - range.start) * depth, input, (pixel - first) * depth, depth, tile);
        storeTile(pass, tile, filter, Math.min(filter + 4, range.end), pixel);
      }
    }
  }
}

/** Computes one output channel from its own weights, without copying anything. */
export function runFilter(pass: TilePass, weights: Float32Array, filter: number, base: number): void {
  const { data, offsets, pixels, targets, positions, output } = pass;
  const depth = offsets.length;
  const bias = pass.bias[filter];
  const first = filter * positions;
  let pixel = 0;
  for (; pixel + 4 <= pixels.length; pixel += 4) {
    const p0 = (base + pixels[pixel]) | 0;
    const p1 = (base + pixels[pixel + 1]) | 0;
    const p2 = (base + pixels[pixel + 2]) | 0;
    const p3 = (base + pixels[pixel + 3]) | 0;
    let s0 = bias;
    let s1 = bias;
    let s2 = bias;
    let s3 = bias;
    for (let k = 0; k < depth; k++) {
      const offset = offsets[k];
      const w = weights[k];
      s0 += w * data[(offset + p0) | 0];
      s1 += w * data[(offset + p1) | 0];
      s2 += w * data[(offset + p2) | 0];
      s3 += w * data[(offset + p3) | 0];
    }
    output[first + targets[pixel]] = s0;
    output[first + targets[pixel + 1]] = s1;
    output[first + targets[pixel + 2]] = s2;
    output[first + targets[pixel + 3]] = s3;
  }
  for (; pixel < pixels.length; pixel++) {
    const p = base + pixels[pixel];
    let sum = bias;
    for (let k = 0; k < depth; k++) sum += weights[k] * data[offsets[k] + p];
    output[first + targets[pixel]] = sum;
  }
}

/** Blocks of four filters, the weights of one product side by side; the last block is filled up with zeros. */
function packFilters(weight: Float32Array, range: FilterRange, depth: number): Float32Array {
  const packed = new Float32Array(Math.ceil((range.end - range.start) / 4) * 4 * depth);
  for (let filter = range.start; filter < range.end; filter++) {
    const index = filter - range.start;
    const row = index % 4;
    let to = (index - row) * depth + row;
    for (let from = filter * depth; from < (filter + 1) * depth; from++, to += 4) packed[to] = weight[from];
  }
  return packed;
}

/** The inputs of four output positions, those of one product side by side; positions beyond the last repeat it. */
function packPanel(pass: TilePass, base: number, pixel: number, panel: Float32Array, start: number): void {
  const { data, offsets, pixels } = pass;
  const last = pixels.length - 1;
  const p0 = (base + pixels[pixel]) | 0;
  const p1 = (base + pixels[Math.min(pixel + 1, last)]) | 0;
  const p2 = (base + pixels[Math.min(pixel + 2, last)]) | 0;
  const p3 = (base + pixels[Math.min(pixel + 3, last)]) | 0;
  let to = start | 0;
  for (let k = 0; k < offsets.length; k++) {
    const offset = offsets[k];
    panel[to] = data[(offset + p0) | 0];
    panel[(to + 1) | 0] = data[(offset + p1) | 0];
    panel[(to + 2) | 0] = data[(offset + p2) | 0];
    panel[(to + 3) | 0] = data[(offset + p3) | 0];
    to = (to + 4) | 0;
  }
}

/** Sixteen sums of `depth` products: four filters (rows of the tile) at four positions (columns). */
function multiplyTile(
  filters: Float32Array,
  filterStart: number,
  panel: Float32Array,
  panelStart: number,
  depth: number,
  tile: Float64Array,
): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  let w = filterStart | 0;
  const end = (panelStart + 4 * depth) | 0;
  for (let x = panelStart | 0; x < end; x = (x + 4) | 0) {
    const x0 = panel[x];
    const x1 = panel[(x + 1) | 0];
    const x2 = panel[(x + 2) | 0];
    const x3 = panel[(x + 3) | 0];
    const w0 = filters[w];
    const w1 = filters[(w + 1) | 0];
    const w2 = filters[(w + 2) | 0];
    const w3 = filters[(w + 3) | 0];
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
    w = (w + 4) | 0;
  }
  tile[0] = s00;
  tile[1] = s01;
  tile[2] = s02;
  tile[3] = s03;
  tile[4] = s10;
  tile[5] = s11;
  tile[6] = s12;
  tile[7] = s13;
  tile[8] = s20;
  tile[9] = s21;
  tile[10] = s22;
  tile[11] = s23;
  tile[12] = s30;
  tile[13] = s31;
  tile[14] = s32;
  tile[15] = s33;
}

/** Adds the bias and writes the part of the tile that exists. */
function storeTile(
  pass: TilePass,
  tile: Float64Array,
  filter: number,
  filterEnd: number,
  pixel: number,
): void {
  const { targets, positions, bias, output } = pass;
  const columns = Math.min(4, targets.length - pixel);
  for (let channel = filter, row = 0; channel < filterEnd; channel++, row += 4) {
    const first = channel * positions;
    for (let column = 0; column < columns; column++) {
      output[first + targets[pixel + column]] = tile[row + column] + bias[channel];
    }
  }
}
