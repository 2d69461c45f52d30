/** Between tensor shapes and the data shapes of the convolution domain, for both channel orders. */
import type { DataLayout, DataShape, Rank } from '../conv/spec';
import type { Shape } from './shapes';

/** A shape with or without batch axis as data; `undefined` when its rank fits neither. */
export function dataOf(shape: Shape, rank: Rank, layout: DataLayout): DataShape | undefined {
  if (shape.length !== rank + 1 && shape.length !== rank + 2) return undefined;
  const batch = shape.length === rank + 2 ? shape[0] : undefined;
  const sizes = batch === undefined ? shape : shape.slice(1);
  const [channels, spatial] =
    layout === 'channelsFirst' ? [sizes[0], sizes.slice(1)] : [sizes.at(-1), sizes.slice(0, -1)];
  return channels === undefined ? undefined : { batch, channels, spatial };
}

/** The tensor shape of data in a channel order. */
export function shapeOfData(data: DataShape, layout: DataLayout): Shape {
  const batch = data.batch === undefined ? [] : [data.batch];
  return layout === 'channelsFirst'
    ? [...batch, data.channels, ...data.spatial]
    : [...batch, ...data.spatial, data.channels];
}
