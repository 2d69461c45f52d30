/** Keras layers with a matrix or a table of their own: Dense, EinsumDense, Embedding. Source: Keras API docs, "Core layers". */
import { quantityOf, type Value } from '../../../interp/values';
import { add, equal, multiply } from '../../../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../../../symbolic/quantity';
import { integerOf, isAbsent, itemsOf, textOf, valueOf } from '../../read';
import type { Shape } from '../../shapes';
import {
  isLeft,
  lastOf,
  numbers,
  perCall,
  product,
  sizesIn,
  when,
  type LayerRule,
  type Use,
} from '../layerRule';
import { unknownNumbers } from '../parts';

const WEIGHT_OPTIONS =
  'kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None';

/** Rules of layers that multiply by a matrix, or look rows of one up. */
export const DENSE_RULES: readonly LayerRule[] = [
  {
    name: 'Dense',
    signature: `(units, activation=None, use_bias=True, ${WEIGHT_OPTIONS}, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs)`,
    attributes: 'units use_bias',
    weights: (use) => {
      const { made, shape } = use;
      if (!isLeft(made, 'lora_rank', 'quantization_config')) return unmodelledOption('lora_rank');
      const units = integerOf(made, 'units');
      return numbers(add(multiply(lastOf(shape), units), when(made, 'use_bias', units)));
    },
    output: ({ shape, made }) => [...shape.slice(0, -1), integerOf(made, 'units')],
    macs: ({ shape, made }) => ({ linear: multiply(product(perCall(shape)), integerOf(made, 'units')) }),
  },
  {
    name: 'EinsumDense',
    signature: `(equation, output_shape, activation=None, bias_axes=None, ${WEIGHT_OPTIONS}, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None, gptq_unpacked_column_size=None, quantization_config=None, **kwargs)`,
    weights: (use) => {
      const axes = einsumOf(use);
      if (axes === undefined || !isLeft(use.made, 'lora_rank', 'quantization_config'))
        return unmodelledOption('this equation');
      const bias = isAbsent(use.made, 'bias_axes') ? exact(0) : axes.bias;
      return numbers(add(product(axes.weight), bias));
    },
    output: (use) => einsumOf(use)?.output,
    macs: (use) => ({
      linear: einsumOf(use)?.macs ?? unknown({ code: 'unmodelled', subject: 'the work of this equation' }),
    }),
  },
  {
    name: 'Embedding',
    signature:
      '(input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False, weights=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs)',
    attributes: 'input_dim output_dim',
    weights: ({ made }) =>
      isLeft(made, 'lora_rank', 'quantization_config')
        ? numbers(multiply(integerOf(made, 'input_dim'), integerOf(made, 'output_dim')))
        : unmodelledOption('lora_rank'),
    output: ({ shape, made }) => [...shape, integerOf(made, 'output_dim')],
  },
];

function unmodelledOption(subject: string) {
  return unknownNumbers({ code: 'unmodelled', subject });
}

interface EinsumAxes {
  readonly weight: Shape;
  readonly bias: Quantity;
  readonly output: Shape | undefined;
  readonly macs: Quantity;
}

/**
 * The sizes behind the letters of an equation such as `abc,cd->abd`: those of the data, and of the declared output for
 * letters that the data lacks. Source: keras/src/layers/core/einsum_dense.py.
 */
function einsumOf({ made, shape }: Use): EinsumAxes | undefined {
  const equation = textOf(made, 'equation')?.replace(/\s+/g, '');
  const parts = equation === undefined ? undefined : /^([^,]*),([^-]*)->(.*)$/.exec(equation);
  const declared = sizesOfOutput(valueOf(made, 'output_shape'));
  if (!parts || declared === undefined) return undefined;
  const [, data = '', weight = '', result = ''] = parts;
  const spread = Math.max(0, shape.length - data.replace('...', '').length);
  const letters = '0123456789'.slice(0, spread);
  const [from, to] = [data.replace('...', letters), result.replace('...', letters)];
  if (from.length !== shape.length) return undefined;
  // Keras announces several such sizes in another order than it computes them.
  const [, ...others] = [...letters].map((letter) => shape[from.indexOf(letter)] ?? exact(1));
  const isAmbiguous = others.some(
    (size, index) => index > 0 && equal(size, others[index - 1] ?? size) !== true,
  );
  const sizes = new Map([...from].map((letter, axis) => [letter, shape[axis] ?? exact(1)]));
  // The declared output leaves out the batch, or what the dots stand for.
  const named = [...to].filter((letter) =>
    data.includes('...') ? !letters.includes(letter) : letter !== from[0],
  );
  if (named.length !== declared.length) return undefined;
  named.forEach((letter, index) => {
    const size = declared[index];
    if (size !== undefined && !sizes.has(letter)) sizes.set(letter, size);
  });
  const sizeOf = (letter: string): Quantity =>
    sizes.get(letter) ?? unknown({ code: 'unmodelled', subject: `the axis ${letter}` });
  const all = [...new Set(from + weight)].filter(
    (letter, index) => index > 0 || sizeOf(letter).kind !== 'unknown',
  );
  const biasAxes = textOf(made, 'bias_axes');
  return {
    weight: [...weight].map(sizeOf),
    bias:
      biasAxes === undefined
        ? unknown({ code: 'unmodelled', subject: 'bias_axes' })
        : multiply(...[...biasAxes].map(sizeOf)),
    output: isAmbiguous ? undefined : [...to].map(sizeOf),
    macs: multiply(...all.map(sizeOf)),
  };
}

function sizesOfOutput(value: Value): (Quantity | undefined)[] | undefined {
  const items = itemsOf(value) ?? (value.kind === 'int' ? [value] : undefined);
  if (items === undefined) return sizesIn(value)?.slice();
  return items.map((item) => (item.kind === 'none' ? undefined : quantityOf(item)));
}
