/** Keras layers that rearrange, merge or leave data as it is. Source: Keras API docs, "Reshaping layers", "Merging layers". */
import { instantiate } from '../../../interp/classes';
import { NONE } from '../../../interp/values';
import { equal, multiply } from '../../../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../../../symbolic/quantity';
import { functionRow, type Row } from '../../library';
import { integerOf, itemsOf, valueOf } from '../../read';
import { axisOf, concatenate, permute, removeAxis, reshape, type Shape } from '../../shapes';
import { perCall, product, sizeAt, sizesIn, type LayerRule, type Use } from '../layerRule';

const KEEPS: readonly (readonly [names: string, signature: string, takes?: string])[] = [
  ['Activation', '(activation, **kwargs)'],
  ['ReLU', '(max_value=None, negative_slope=0.0, threshold=0.0, **kwargs)'],
  ['LeakyReLU', '(negative_slope=0.3, **kwargs)'],
  ['ELU', '(alpha=1.0, **kwargs)'],
  ['ThresholdedReLU', '(theta=1.0, **kwargs)'],
  ['Softmax', '(axis=-1, **kwargs)'],
  ['Identity', '(**kwargs)'],
  ['Masking', '(mask_value=0.0, **kwargs)'],
  ['Dropout', '(rate, noise_shape=None, seed=None, **kwargs)'],
  ['AlphaDropout', '(rate, noise_shape=None, seed=None, **kwargs)'],
  ['SpatialDropout1D', '(rate, seed=None, name=None, dtype=None, **kwargs)'],
  [
    'SpatialDropout2D SpatialDropout3D',
    '(rate, data_format=None, seed=None, name=None, dtype=None, **kwargs)',
  ],
  ['GaussianNoise', '(stddev, seed=None, **kwargs)'],
  ['GaussianDropout', '(rate, seed=None, **kwargs)'],
  ['ActivityRegularization', '(l1=0.0, l2=0.0, **kwargs)'],
  ['Rescaling', '(scale, offset=0.0, **kwargs)'],
  [
    'AutoContrast AugMix Equalization RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast',
    '(*args, **kwargs)',
  ],
  [
    'RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHue RandomInvert',
    '(*args, **kwargs)',
  ],
  [
    'RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation',
    '(*args, **kwargs)',
  ],
  ['RandomZoom Solarization CutMix MixUp', '(*args, **kwargs)'],
];

/** Rules of layers without numbers of their own whose output has the shape of their input. */
export const KEEPING_RULES: readonly LayerRule[] = KEEPS.flatMap(([names, signature]) =>
  names.split(' ').map((name) => ({
    name,
    signature,
    attributes: signature.startsWith('(rate') ? 'rate' : undefined,
    output: ({ shape }: Use) => shape,
  })),
);

/** Rules of layers that rearrange one tensor. */
export const SHAPING_RULES: readonly LayerRule[] = [
  {
    name: 'Reshape',
    signature: '(target_shape, **kwargs)',
    output: ({ made, shape: [batch, ...rest] }) => {
      const wanted = sizesIn(valueOf(made, 'target_shape'));
      const sizes = wanted && reshape(rest, wanted);
      return batch && sizes && [batch, ...sizes];
    },
  },
  {
    name: 'Flatten',
    signature: '(data_format=None, **kwargs)',
    output: ({ shape: [batch, ...rest] }) => batch && [batch, product(rest)],
  },
  {
    name: 'Permute',
    signature: '(dims, **kwargs)',
    output: ({ made, shape: [batch, ...rest] }) => {
      const order = itemsOf(valueOf(made, 'dims'))?.map((item) =>
        item.kind === 'int' ? item.value - 1 : undefined,
      );
      const sizes = order && permute(rest, order);
      return batch && sizes && [batch, ...sizes];
    },
  },
  {
    name: 'RepeatVector',
    signature: '(n, **kwargs)',
    attributes: 'n',
    output: ({ made, shape: [batch, size] }) => batch && size && [batch, integerOf(made, 'n'), size],
  },
];

const ELEMENTWISE = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'];

/** Rules of layers that make one tensor of several. */
export const MERGING_RULES: readonly LayerRule[] = [
  ...ELEMENTWISE.map((name): LayerRule => ({
    name,
    signature: '(**kwargs)',
    output: ({ shapes }) => mergedShape(known(shapes)),
  })),
  {
    name: 'Concatenate',
    signature: '(axis=-1, **kwargs)',
    attributes: 'axis',
    output: ({ made, shapes }) => {
      const all = known(shapes);
      const at = all?.[0] && axisOf(integerOf(made, 'axis'), all[0].length);
      return all && at !== undefined ? concatenate(all, at) : undefined;
    },
  },
  {
    name: 'Dot',
    signature: '(axes, normalize=False, **kwargs)',
    output: dotted,
    macs: (use) => ({ product: workOfDot(use) }),
  },
];

/** The merging layers as functions: `layers.add([a, b])` makes a layer and calls it. */
export function mergingFunctions(): Row[] {
  const signatures: Readonly<Record<string, string>> = {
    Concatenate: '(inputs, axis=-1, **kwargs)',
    Dot: '(inputs, axes=-1, **kwargs)',
  };
  return MERGING_RULES.map(({ name }) =>
    functionRow(
      `keras.layers.${name.toLowerCase()}`,
      signatures[name] ?? '(inputs, **kwargs)',
      (call, tools) => {
        const { interpreter } = call.context;
        const type = tools.value(`keras.layers.${name}`);
        const keywords = new Map([...call.args.keywords].filter(([word]) => word !== 'inputs'));
        const [, ...positional] = call.args.positional;
        const first = name === 'Concatenate' ? 'axis' : 'axes';
        positional.slice(0, 1).forEach((passed) => keywords.set(first, passed));
        if (type.kind !== 'class') return NONE;
        const layer = instantiate(
          interpreter,
          type,
          { ...call.args, positional: [], keywords },
          call.context,
        );
        const data = { positional: [{ value: valueOf(call, 'inputs') }], keywords: new Map() };
        return interpreter.call(layer, data, call.context);
      },
    ),
  );
}

function mergedShape([first, ...rest]: readonly Shape[] = []): Shape | undefined {
  return rest.reduce<Shape | undefined>((merging, shape) => merging && elementwise(merging, shape), first);
}

function known(shapes: readonly (Shape | undefined)[]): readonly Shape[] | undefined {
  const all = shapes.filter((shape) => shape !== undefined);
  return all.length === shapes.length ? all : undefined;
}

/**
 * Sizes of tensors merged element by element: a size that comes with the data stays one unless the other is larger
 * than 1. Tensors of fewer axes get axes behind the batch. Source: keras/src/layers/merging/base_merge.py.
 */
export function elementwise(a: Shape, b: Shape): Shape | undefined {
  if (a.length < b.length) return elementwise(b, a);
  const more: Shape = [
    ...b.slice(0, 1),
    ...Array<Quantity>(a.length - b.length).fill(exact(1)),
    ...b.slice(1),
  ];
  const sizes = a.map((size, axis) => merged(size, more[axis] ?? exact(1)));
  const fitting = sizes.filter((size) => size !== undefined);
  return fitting.length === sizes.length ? fitting : undefined;
}

function merged(a: Quantity, b: Quantity): Quantity | undefined {
  if (a.kind === 'unknown') return a;
  if (b.kind === 'unknown') return b;
  if (numberOf(a) === 1) return b;
  if (numberOf(b) === 1) return a;
  const same = equal(a, b);
  if (same === undefined) return unknown({ code: 'unmodelled', subject: 'merging sizes that are formulas' });
  return same ? a : undefined;
}

/** Every output element is a sum over the shared axis. */
function workOfDot(use: Use): Quantity {
  const result = dotted(use);
  const [a] = use.shapes;
  const [axis] = sizesIn(valueOf(use.made, 'axes')) ?? [];
  const isNormal = valueOf(use.made, 'normalize');
  if (
    result === undefined ||
    a === undefined ||
    axis === undefined ||
    isNormal.kind !== 'bool' ||
    isNormal.value
  )
    return unknown({ code: 'unmodelled', subject: 'the work of Dot' });
  return multiply(product(perCall(result)), sizeAt(a, axis));
}

/** Both tensors without the axis they are multiplied along, one behind the other. */
function dotted({ made, shapes }: Use): Shape | undefined {
  const [a, b] = shapes;
  const axes = sizesIn(valueOf(made, 'axes'));
  const [first, second = first] = axes ?? [];
  if (a === undefined || b === undefined || first === undefined || second === undefined) return undefined;
  const [atA, atB] = [axisOf(first, a.length), axisOf(second, b.length)];
  if (atA === undefined || atB === undefined) return undefined;
  const result = [...removeAxis(a, atA), ...removeAxis(b, atB).slice(1)];
  return result.length === 1 ? [...result, exact(1)] : result;
}
