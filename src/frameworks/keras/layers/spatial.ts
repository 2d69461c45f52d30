/** Keras layers that change the sizes of maps: pooling, padding, cropping, resizing. Source: Keras API docs. */
import { outputLength, sameOutputLength } from '../../../conv/axis';
import type { DataLayout, Rank } from '../../../conv/spec';
import { quantityOf, type Value } from '../../../interp/values';
import { add, multiply, subtract } from '../../../symbolic/arithmetic';
import { exact, type Quantity } from '../../../symbolic/quantity';
import type { BoundCall, Toolbox } from '../../library';
import { flagOf, integerOf, isAbsent, itemsOf, repeat, textOf, valueOf } from '../../read';
import type { Shape } from '../../shapes';
import { layoutOf, sizesOf } from '../arguments';
import { setSize, type LayerRule, type Use } from '../layerRule';

const RANKS = [1, 2, 3] as const;
const ONE = exact(1);
const ZERO = exact(0);

/** Rules of layers that work along the axes of maps. */
export const SPATIAL_RULES: readonly LayerRule[] = RANKS.flatMap((rank) => [
  ...['MaxPooling', 'MaxPool'].map((name) =>
    pooling(`${name}${rank}D`, rank, rank === 1 ? '=2' : `=(${fill('2', rank)})`),
  ),
  ...['AveragePooling', 'AvgPool'].map((name) =>
    pooling(`${name}${rank}D`, rank, rank === 1 ? '=2' : `=(${fill('2', rank)})`),
  ),
  ...['GlobalAveragePooling', 'GlobalMaxPooling', 'GlobalAvgPool', 'GlobalMaxPool'].map((name) =>
    globalPooling(`${name}${rank}D`, rank),
  ),
  ...['AdaptiveAveragePooling', 'AdaptiveMaxPooling'].map((name) => adaptivePooling(`${name}${rank}D`, rank)),
  padding(rank),
  cropping(rank),
  upSampling(rank),
]);

function fill(text: string, count: number): string {
  return Array(count).fill(text).join(', ');
}

/** The shape with its spatial sizes changed; `undefined` for data of another rank or an order that is not known. */
export function spatially(
  { shape, made, tools }: Pick<Use, 'shape' | 'made' | 'tools'>,
  rank: Rank,
  change: (size: Quantity, axis: number) => Quantity | undefined,
): Shape | undefined {
  const layout = layoutFor(made, tools);
  if (layout === undefined || shape.length !== rank + 2) return undefined;
  const first = layout === 'channelsFirst' ? 2 : 1;
  const sizes = shape.map((size, axis) =>
    axis >= first && axis < first + rank ? change(size, axis - first) : size,
  );
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? known : undefined;
}

function layoutFor(made: BoundCall, tools: Toolbox): DataLayout | undefined {
  if (!made.values.has('data_format')) return 'channelsLast';
  const layout = layoutOf(made, tools);
  return typeof layout === 'string' ? layout : undefined;
}

function pooling(name: string, rank: Rank, size: string): LayerRule {
  const sizes = (made: BoundCall) => ({
    kernel: sizesOf(made, 'pool_size', rank),
    stride: sizesOf(made, isAbsent(made, 'strides') ? 'pool_size' : 'strides', rank),
  });
  return {
    name,
    signature: `(pool_size${size}, strides=None, padding="valid", data_format=None, name=None, **kwargs)`,
    initialise: (self, call) => {
      setSize(self, 'pool_size', sizes(call).kernel, call);
      setSize(self, 'strides', sizes(call).stride, call);
    },
    output: (use) => {
      const { kernel, stride } = sizes(use.made);
      const word = textOf(use.made, 'padding')?.toLowerCase();
      return spatially(use, rank, (length, axis) => {
        const [window, step] = [kernel[axis] ?? ONE, stride[axis] ?? ONE];
        if (word === 'same') return sameOutputLength(length, step, false);
        if (word !== 'valid') return undefined;
        return outputLength(length, {
          kernel: window,
          stride: step,
          dilation: ONE,
          before: ZERO,
          after: ZERO,
        });
      });
    },
  };
}

function globalPooling(name: string, rank: Rank): LayerRule {
  return {
    name,
    signature: '(data_format=None, keepdims=False, **kwargs)',
    output: (use) => {
      const kept = flagOf(use.made, 'keepdims');
      const whole = spatially(use, rank, () => ONE);
      const layout = layoutFor(use.made, use.tools);
      if (kept === true) return whole;
      if (kept !== false || whole === undefined) return undefined;
      const channels = layout === 'channelsFirst' ? whole[1] : whole.at(-1);
      return whole[0] && channels && [whole[0], channels];
    },
  };
}

function adaptivePooling(name: string, rank: Rank): LayerRule {
  return {
    name,
    signature: '(output_size, data_format=None, **kwargs)',
    output: (use) => {
      const wanted = sizesOf(use.made, 'output_size', rank);
      return spatially(use, rank, (_, axis) => wanted[axis]);
    },
  };
}

function padding(rank: Rank): LayerRule {
  const one = rank === 1 ? '1' : rank === 2 ? '(1, 1)' : '((1, 1), (1, 1), (1, 1))';
  return {
    name: `ZeroPadding${rank}D`,
    signature: `(padding=${one}, data_format=None, **kwargs)`,
    output: (use) => {
      const sides = sidesOf(valueOf(use.made, 'padding'), rank);
      return sides && spatially(use, rank, (size, axis) => add(size, ...(sides[axis] ?? [])));
    },
  };
}

function cropping(rank: Rank): LayerRule {
  const none = rank === 1 ? '(1, 1)' : rank === 2 ? '((0, 0), (0, 0))' : '((1, 1), (1, 1), (1, 1))';
  return {
    name: `Cropping${rank}D`,
    signature: `(cropping=${none}, ${rank === 1 ? '' : 'data_format=None, '}**kwargs)`,
    output: (use) => {
      const sides = sidesOf(valueOf(use.made, 'cropping'), rank);
      return sides && spatially(use, rank, (size, axis) => subtract(size, add(...(sides[axis] ?? []))));
    },
  };
}

/** What stands before and after each axis: one number for all, one an axis, or two an axis. */
function sidesOf(value: Value, rank: Rank): (readonly [Quantity, Quantity])[] | undefined {
  const items = itemsOf(value);
  if (items === undefined) {
    const size = quantityOf(value);
    return repeat(size, rank).map((each) => [each, each]);
  }
  if (rank === 1) {
    const [before, after] = items.map(quantityOf);
    return before && after && items.length === 2 ? [[before, after]] : undefined;
  }
  if (items.length !== rank) return undefined;
  const sides = items.map((item): readonly [Quantity, Quantity] | undefined => {
    const pair = itemsOf(item);
    if (pair === undefined) return [quantityOf(item), quantityOf(item)];
    const [before, after] = pair.map(quantityOf);
    return before && after && pair.length === 2 ? [before, after] : undefined;
  });
  const known = sides.filter((side) => side !== undefined);
  return known.length === rank ? known : undefined;
}

function upSampling(rank: Rank): LayerRule {
  const two = rank === 1 ? '2' : `(${fill('2', rank)})`;
  const more =
    rank === 1 ? '' : rank === 2 ? 'data_format=None, interpolation="nearest", ' : 'data_format=None, ';
  return {
    name: `UpSampling${rank}D`,
    signature: `(size=${two}, ${more}**kwargs)`,
    output: (use) => {
      const factors = sizesOf(use.made, 'size', rank);
      return spatially(use, rank, (size, axis) => multiply(size, factors[axis] ?? ONE));
    },
  };
}

/** Rules of layers that give images a size of their own, with or without a batch. */
export const IMAGE_RULES: readonly LayerRule[] = [
  sized(
    'Resizing',
    'interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant", fill_value=0.0, antialias=False, data_format=None',
  ),
  sized('CenterCrop', 'data_format=None'),
  sized('RandomCrop', 'seed=None, data_format=None, name=None'),
];

function sized(name: string, options: string): LayerRule {
  return {
    name,
    signature: `(height, width, ${options}, **kwargs)`,
    attributes: 'height width',
    output: ({ made, shape, tools }) => {
      const layout = layoutFor(made, tools);
      if (layout === undefined || shape.length < 3) return undefined;
      const [height, width] = [integerOf(made, 'height'), integerOf(made, 'width')];
      return layout === 'channelsFirst'
        ? [...shape.slice(0, -2), height, width]
        : [...shape.slice(0, -3), height, width, ...shape.slice(-1)];
    },
  };
}
