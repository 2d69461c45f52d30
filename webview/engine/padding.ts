/** Copies of the input with its padding in place, so that kernels need not look at borders. */
import type { Geometry } from '../../src/conv/geometry';
import { sourceOf } from '../../src/conv/taps';

/** Data `[planes, …size]` with padding in place. */
export interface Padded {
  readonly data: Float32Array;
  /** Spatial sizes, padding included. */
  readonly size: readonly number[];
  /** Elements of one plane. */
  readonly plane: number;
}

/** The input with the geometry's padding; the input itself when there is none. */
export function padInput(geometry: Geometry, input: Float32Array): Padded {
  const size = geometry.axes.map((axis) => axis.input + axis.before + axis.after);
  const plane = size.reduce((count, each) => count * each, 1);
  if (geometry.axes.every(({ before, after }) => before === 0 && after === 0))
    return { data: input, size, plane };
  const planes = geometry.batch * geometry.inChannels;
  const data = new Float32Array(planes * plane);
  const last = geometry.axes[geometry.rank - 1];
  const borders = borderSources(geometry);
  const rows = rowSources(geometry);
  const rowsIn = input.length / planes / last.input;
  const width = size[geometry.rank - 1];
  for (let index = 0; index < planes; index++) {
    for (let row = 0; row < rows.length; row++) {
      if (rows[row] < 0) continue;
      const from = (index * rowsIn + rows[row]) * last.input;
      const to = index * plane + row * width;
      data.set(input.subarray(from, from + last.input), to + last.before);
      for (const [column, source] of borders) data[to + column] = input[from + source];
    }
  }
  return { data, size, plane };
}

/** Columns of the padding that copy an input column, with that column. */
function borderSources(geometry: Geometry): [number, number][] {
  const axis = geometry.axes[geometry.rank - 1];
  const pairs: [number, number][] = [];
  for (let column = 0; column < axis.input + axis.before + axis.after; column++) {
    const position = column - axis.before;
    if (position >= 0 && position < axis.input) continue;
    const source = sourceOf(position, axis.input, geometry.paddingMode);
    if (source !== undefined) pairs.push([column, source]);
  }
  return pairs;
}

/** For each row of the padded data, the row of the input it copies; -1 for a row of zeros. */
function rowSources(geometry: Geometry): Int32Array {
  let rows = [0];
  for (const axis of geometry.axes.slice(0, -1)) {
    const positions = Array.from(
      { length: axis.input + axis.before + axis.after },
      (_, index) => index - axis.before,
    );
    rows = rows.flatMap((row) =>
      positions.map((position) => {
        const source = sourceOf(position, axis.input, geometry.paddingMode);
        return row < 0 || source === undefined ? -1 : row * axis.input + source;
      }),
    );
  }
  return Int32Array.from(rows);
}
