/** Where the elements of a moved tensor come from: positions in row-major order, for shapes of plain numbers. */

/** How many elements a shape has. */
export function countOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** Positions after the axes were put in another order. */
export function permutedPositions(sizes: readonly number[], order: readonly number[]): number[] {
  const strides = stridesOf(sizes);
  const axes = order.map((axis) => ({ size: sizes[axis] ?? 1, stride: strides[axis] ?? 0 }));
  return walk(axes);
}

/** Positions after only these places of one axis were kept, in this order. */
export function positionsAlong(sizes: readonly number[], axis: number, places: readonly number[]): number[] {
  const strides = stridesOf(sizes);
  const before = countOf(sizes.slice(0, axis));
  const stride = strides[axis] ?? 1;
  const span = stride * (sizes[axis] ?? 1);
  return Array.from({ length: before }, (_, block) =>
    places.flatMap((place) =>
      Array.from({ length: stride }, (_unused, inner) => block * span + place * stride + inner),
    ),
  ).flat();
}

/** Positions after broadcasting to a shape that the sizes fit. */
export function broadcastPositions(sizes: readonly number[], to: readonly number[]): number[] {
  const strides = stridesOf(sizes);
  const offset = to.length - sizes.length;
  return walk(
    to.map((size, axis) => ({
      size,
      stride: (sizes[axis - offset] ?? 1) === 1 ? 0 : (strides[axis - offset] ?? 0),
    })),
  );
}

/** For every place outside these axes, the positions of the elements that differ along them alone. */
export function groupsOver(sizes: readonly number[], axes: readonly number[]): number[][] {
  const strides = stridesOf(sizes);
  const axis = (index: number) => ({ size: sizes[index] ?? 1, stride: strides[index] ?? 0 });
  const all = sizes.map((_, index) => index);
  const within = walk(all.filter((index) => axes.includes(index)).map(axis));
  return walk(all.filter((index) => !axes.includes(index)).map(axis)).map((start) =>
    within.map((offset) => start + offset),
  );
}

function stridesOf(sizes: readonly number[]): number[] {
  return sizes.map((_, axis) => countOf(sizes.slice(axis + 1)));
}

function walk(axes: readonly { readonly size: number; readonly stride: number }[]): number[] {
  return axes.reduce<number[]>(
    (starts, { size, stride }) => {
      const positions: number[] = [];
      for (const start of starts)
        for (let index = 0; index < size; index++) positions.push(start + index * stride);
      return positions;
    },
    [0],
  );
}
