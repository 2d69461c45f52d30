/** Keras' attention layers. Source: Keras API docs, "Attention layers", and the layers' `build`. */
import { tuple } from '../../../interp/values';
import { add, multiply } from '../../../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../../../symbolic/quantity';
import { flagOf, integerOf, isAbsent, textOf, valueOf } from '../../read';
import type { Shape } from '../../shapes';
import { makeTensor, shapeOf } from '../../tensor';
import { TENSOR } from '../../tensorflow/tensors';
import {
  isLeft,
  lastOf,
  numbers,
  perCall,
  product,
  sizesIn,
  when,
  type LayerRule,
  type Output,
  type Use,
} from '../layerRule';
import { unknownNumbers } from '../parts';

const OPTIONS =
  'kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None';

const UNMODELLED = unknown({ code: 'unmodelled', subject: 'the work of this attention' });
const OPEN = { linear: UNMODELLED, product: UNMODELLED };

/** Rules of attention layers. */
export const ATTENTION_RULES: readonly LayerRule[] = [
  {
    name: 'MultiHeadAttention',
    signature: `(num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None, flash_attention=None, ${OPTIONS}, use_gate=False, seed=None, **kwargs)`,
    takes:
      '(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False, *args, **kwargs)',
    attributes: 'num_heads key_dim',
    inside: ['Softmax', 'Dropout'],
    weights: (use) => {
      const parts = headsOf(use);
      if (parts === undefined || !isLeft(use.made, 'use_gate'))
        return unknownNumbers({ code: 'unmodelled', subject: 'this form of attention' });
      const { heads, keySize, valueSize, query, value, key, output } = parts;
      const inner = [multiply(heads, keySize), multiply(heads, keySize), multiply(heads, valueSize)] as const;
      const kernels = [
        multiply(lastOf(query), inner[0]),
        multiply(lastOf(key), inner[1]),
        multiply(lastOf(value), inner[2]),
        multiply(inner[2], output),
      ];
      return numbers(add(...kernels, when(use.made, 'use_bias', add(...inner, output))));
    },
    output: attended,
    macs: (use) => {
      const parts = headsOf(use);
      if (parts === undefined || !isLeft(use.made, 'use_gate', 'attention_axes')) return OPEN;
      const { heads, keySize, valueSize, query, value, key, output } = parts;
      if (query.length !== 3 || value.length !== 3) return OPEN;
      const [positions, sources] = [
        product(perCall(query).slice(0, -1)),
        product(perCall(value).slice(0, -1)),
      ];
      const linear = add(
        multiply(positions, heads, keySize, lastOf(query)),
        multiply(sources, heads, keySize, lastOf(key)),
        multiply(sources, heads, valueSize, lastOf(value)),
        multiply(positions, heads, valueSize, output),
      );
      const pairs = multiply(positions, value[1] ?? exact(1), heads, add(keySize, valueSize));
      return { linear, product: pairs };
    },
  },
  {
    name: 'Attention',
    signature: '(use_scale=False, score_mode="dot", dropout=0.0, seed=None, **kwargs)',
    takes: '(self, inputs, mask=None, training=False, return_attention_scores=False, use_causal_mask=False)',
    weights: ({ made }) => {
      const mode = textOf(made, 'score_mode');
      if (mode === undefined) return unknownNumbers({ code: 'parameter', subject: 'score_mode' });
      return numbers(add(when(made, 'use_scale', exact(1)), exact(mode === 'concat' ? 1 : 0)));
    },
    output: weighed,
    macs: () => OPEN,
  },
  {
    name: 'AdditiveAttention',
    signature: '(use_scale=True, dropout=0.0, **kwargs)',
    takes: '(self, inputs, mask=None, training=False, return_attention_scores=False, use_causal_mask=False)',
    weights: ({ made, shape }) => numbers(when(made, 'use_scale', lastOf(shape))),
    output: weighed,
    macs: () => OPEN,
  },
];

/** What the projections of multi-head attention are made from. */
function headsOf({ made, call }: Use) {
  const [query, value, key] = ['query', 'value', 'key'].map((name) => shapeOf(valueOf(call, name)));
  if (query === undefined || value === undefined) return undefined;
  if (key === undefined && !isAbsent(call, 'key')) return undefined;
  const keySize = integerOf(made, 'key_dim');
  const sizes = isAbsent(made, 'output_shape') ? [lastOf(query)] : sizesIn(valueOf(made, 'output_shape'));
  if (sizes === undefined) return undefined;
  return {
    query,
    value,
    key: key ?? value,
    heads: integerOf(made, 'num_heads'),
    keySize,
    valueSize: isAbsent(made, 'value_dim') ? keySize : integerOf(made, 'value_dim'),
    sizes,
    output: product(sizes) satisfies Quantity,
  };
}

function attended(use: Use): Output {
  const parts = headsOf(use);
  if (parts === undefined) return undefined;
  const { query, value, heads, sizes } = parts;
  const output: Shape = [...query.slice(0, -1), ...sizes];
  const isAsked = flagOf(use.call, 'return_attention_scores');
  if (isAsked === false) return output;
  const [batch, positions] = query;
  const sources = value[1];
  if (isAsked !== true || query.length !== 3 || !isLeft(use.made, 'attention_axes')) return undefined;
  if (batch === undefined || positions === undefined || sources === undefined) return undefined;
  return pair(use, output, [batch, heads, positions, sources]);
}

/** Query and value, and perhaps a key, as one list. */
function weighed(use: Use): Output {
  const [query, value] = use.shapes;
  if (query === undefined || value === undefined) return undefined;
  const output: Shape = [...query.slice(0, -1), lastOf(value)];
  const isAsked = flagOf(use.call, 'return_attention_scores');
  if (isAsked === false) return output;
  const sources = value.at(-2);
  return isAsked === true && sources !== undefined
    ? pair(use, output, [...query.slice(0, -1), sources])
    : undefined;
}

function pair({ tools }: Use, ...shapes: readonly Shape[]): Output {
  return tuple(shapes.map((shape) => makeTensor(tools, TENSOR, shape)));
}
