/** Keras' normalisation layers and PReLU. Source: Keras API docs, "Normalization layers", and the layers' `build`. */
import { quantityOf } from '../../../interp/values';
import { add, multiply } from '../../../symbolic/arithmetic';
import { exact, type Quantity } from '../../../symbolic/quantity';
import { isAbsent, itemsOf, valueOf } from '../../read';
import { axisOf, type Shape } from '../../shapes';
import { isLeft, numbers, product, sizeAt, sizesIn, when, type LayerRule, type Use } from '../layerRule';
import { unknownNumbers } from '../parts';

const AFFINE =
  'epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None';
const REST = 'gamma_regularizer=None, beta_constraint=None, gamma_constraint=None';

/** Rules of layers that normalise. */
export const NORMALIZATION_RULES: readonly LayerRule[] = [
  {
    name: 'BatchNormalization',
    signature: `(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None, ${REST}, renorm=False, renorm_clipping=None, renorm_momentum=0.99, synchronized=False, **kwargs)`,
    attributes: 'epsilon momentum center scale',
    weights: (use) => {
      if (!isLeft(use.made, 'renorm')) return unknownNumbers({ code: 'unmodelled', subject: 'renorm' });
      const size = channels(use);
      return numbers(affine(use, size), multiply(exact(2), size));
    },
    output: ({ shape }) => shape,
  },
  {
    name: 'LayerNormalization',
    signature: `(axis=-1, ${AFFINE}, ${REST}, **kwargs)`,
    attributes: 'epsilon center scale',
    weights: (use) => {
      const options = valueOf(use.made, 'kwargs');
      if (options.kind === 'dict' && (options.uncertain || options.entries.has("'rms_scaling")))
        return unknownNumbers({ code: 'unmodelled', subject: 'rms_scaling' });
      return numbers(affine(use, channels(use)));
    },
    output: ({ shape }) => shape,
  },
  {
    name: 'GroupNormalization',
    signature: `(groups=32, axis=-1, ${AFFINE}, ${REST}, **kwargs)`,
    attributes: 'epsilon center scale groups',
    weights: (use) => numbers(affine(use, channels(use))),
    output: ({ shape }) => shape,
  },
  {
    name: 'RMSNormalization',
    signature: '(axis=-1, epsilon=1e-06, **kwargs)',
    attributes: 'epsilon',
    weights: (use) => numbers(channels(use)),
    output: ({ shape }) => shape,
  },
  { name: 'UnitNormalization', signature: '(axis=-1, **kwargs)', output: ({ shape }) => shape },
  {
    name: 'Normalization',
    signature: '(axis=-1, mean=None, variance=None, invert=False, **kwargs)',
    weights: (use) => {
      if (!isAbsent(use.made, 'mean')) {
        return valueOf(use.made, 'mean').kind === 'unknown'
          ? unknownNumbers({ code: 'parameter', subject: 'mean' })
          : numbers(exact(0));
      }
      // Mean and variance of each kept axis, and a count.
      const kept = isAbsent(use.made, 'axis') ? exact(1) : channels(use);
      return numbers(exact(0), add(multiply(exact(2), kept), exact(1)));
    },
    output: ({ shape }) => shape,
  },
  {
    name: 'PReLU',
    signature:
      '(alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs)',
    weights: ({ made, shape }) => {
      const shared = isAbsent(made, 'shared_axes') ? [] : sizesIn(valueOf(made, 'shared_axes'));
      const axes = shared?.map((axis) => axisOf(axis, shape.length));
      if (axes === undefined || axes.includes(undefined))
        return unknownNumbers({ code: 'unmodelled', subject: 'shared_axes' });
      const sizes: Shape = shape.map((size, axis) => (axes.includes(axis) ? exact(1) : size));
      return numbers(product(sizes.slice(1)));
    },
    output: ({ shape }) => shape,
  },
];

/** Sizes of the axes that `axis` names, multiplied. */
function channels({ made, shape }: Use): Quantity {
  const axis = valueOf(made, 'axis');
  const axes = itemsOf(axis)?.map(quantityOf) ?? [quantityOf(axis)];
  return product(axes.map((each) => sizeAt(shape, each)));
}

function affine({ made }: Use, size: Quantity): Quantity {
  return add(when(made, 'scale', size), when(made, 'center', size));
}
