/** Keras' recurrent layers. Source: Keras API docs, "Recurrent layers", and the cells' `build`. */
import { outputLength, sameOutputLength } from '../../../conv/axis';
import type { Rank } from '../../../conv/spec';
import { list, type Value } from '../../../interp/values';
import { add, multiply } from '../../../symbolic/arithmetic';
import { exact, unknown, type Quantity } from '../../../symbolic/quantity';
import type { BoundCall } from '../../library';
import { flagOf, integerOf, isAbsent, repeat, textOf, valueOf } from '../../read';
import type { Shape } from '../../shapes';
import { makeTensor } from '../../tensor';
import { TENSOR } from '../../tensorflow/tensors';
import { layoutOf, sizesOf } from '../arguments';
import {
  lastOf,
  layerPartOf,
  numbers,
  numbersFor,
  perCall,
  product,
  when,
  type LayerRule,
  type Output,
  type Use,
} from '../layerRule';
import { addNumbers, unknownNumbers, type Numbers } from '../parts';
import { automaticName } from '../session';

const CELL =
  'use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros"';
const LIMITS =
  'kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0';
const SEQUENCE =
  'return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False';
const OPEN = unknown({ code: 'unmodelled', subject: 'the work of this recurrent layer' });
const TAKES = '(self, sequences, initial_state=None, *args, **kwargs)';
const ATTRIBUTES = 'units use_bias return_sequences return_state';

/** Rules of recurrent layers, their cells, and wrappers. */
export const RECURRENT_RULES: readonly LayerRule[] = [
  recurrent(
    'LSTM',
    `activation="tanh", recurrent_activation="sigmoid", ${CELL}, unit_forget_bias=True, ${LIMITS}, seed=None, ${SEQUENCE}, use_cudnn="auto"`,
    2,
  ),
  recurrent(
    'GRU',
    `activation="tanh", recurrent_activation="sigmoid", ${CELL}, ${LIMITS}, seed=None, ${SEQUENCE}, reset_after=True, use_cudnn="auto"`,
    1,
  ),
  recurrent('SimpleRNN', `activation="tanh", ${CELL}, ${LIMITS}, ${SEQUENCE}, seed=None`, 1),
  cell('LSTM', `activation="tanh", recurrent_activation="sigmoid", ${CELL}, unit_forget_bias=True`),
  cell('GRU', `activation="tanh", recurrent_activation="sigmoid", ${CELL}, reset_after=True`),
  cell('SimpleRNN', `activation="tanh", ${CELL}`),
  ...([1, 2, 3] as const).map(convolutional),
  {
    name: 'Bidirectional',
    signature: '(layer, merge_mode="concat", weights=None, backward_layer=None, **kwargs)',
    takes: TAKES,
    weights: bidirectionalNumbers,
    output: bidirectional,
    macs: (use) => {
      const inner = layerPartOf(valueOf(use.made, 'layer'));
      const each = isAbsent(use.made, 'backward_layer')
        ? inner?.rule.macs?.({ ...use, made: inner.made }).linear
        : undefined;
      return { linear: each === undefined ? OPEN : multiply(exact(2), each) };
    },
  },
];

function recurrent(name: string, options: string, states: number): LayerRule {
  return {
    name,
    signature: `(units, ${options}, **kwargs)`,
    takes: TAKES,
    attributes: ATTRIBUTES,
    initialise: (_, call, tools) => void automaticName(`${name}Cell`, tools, call.context),
    weights: ({ made, shape }) => cellNumbers(name, made, lastOf(shape)),
    output: (use) => sequence(use, [integerOf(use.made, 'units')], states),
    macs: ({ made, shape }) => {
      const units = integerOf(made, 'units');
      const steps = product(perCall(shape).slice(0, -1));
      return { linear: multiply(steps, gates(name), units, add(lastOf(shape), units)) };
    },
  };
}

function cell(name: string, options: string): LayerRule {
  return {
    name: `${name}Cell`,
    signature: `(units, ${options}, *args, **kwargs)`,
    takes: '(self, inputs, states=None, *args, **kwargs)',
    attributes: 'units use_bias',
    weights: ({ made, shape }) => cellNumbers(name, made, lastOf(shape)),
    output: () => undefined,
  };
}

function gates(name: string): Quantity {
  return exact(name === 'LSTM' ? 4 : name === 'GRU' ? 3 : 1);
}

/** Kernel, recurrent kernel and bias of all gates; a GRU with `reset_after` has two biases. */
function cellNumbers(name: string, made: BoundCall, width: Quantity): Numbers {
  const units = integerOf(made, 'units');
  const each = multiply(units, add(width, units));
  const biases = name === 'GRU' ? add(units, when(made, 'reset_after', units)) : units;
  return numbers(multiply(gates(name), add(each, when(made, 'use_bias', biases))));
}

/** The last step or all of them, with the states behind where they are asked for. */
function sequence({ made, shape, tools }: Use, features: Shape, states: number): Output {
  const [batch, steps] = shape;
  const isWhole = flagOf(made, 'return_sequences');
  const isStateful = flagOf(made, 'return_state');
  if (batch === undefined || steps === undefined) return undefined;
  if (typeof isWhole !== 'boolean' || typeof isStateful !== 'boolean') return undefined;
  const state: Shape = [batch, ...features];
  const output: Shape = isWhole ? [batch, steps, ...features] : state;
  if (!isStateful) return output;
  return list([output, ...Array<Shape>(states).fill(state)].map((each) => makeTensor(tools, TENSOR, each)));
}

/** `ConvLSTM`: four gates, each with a kernel over the data and one over the state. */
function convolutional(rank: Rank): LayerRule {
  const one = rank === 1 ? '1' : `(${Array(rank).fill('1').join(', ')})`;
  return {
    name: `ConvLSTM${rank}D`,
    signature: `(filters, kernel_size, strides=${one}, padding="valid", data_format=None, dilation_rate=${one}, activation="tanh", recurrent_activation="sigmoid", ${CELL}, unit_forget_bias=True, ${LIMITS}, seed=None, ${SEQUENCE}, **kwargs)`,
    takes: TAKES,
    attributes: 'filters return_sequences return_state',
    weights: ({ made, shape, tools }) => {
      const filters = integerOf(made, 'filters');
      const isFirst = layoutOf(made, tools);
      if (typeof isFirst !== 'string') return unknownNumbers(isFirst.reason);
      const width = isFirst === 'channelsFirst' ? shape[2] : shape.at(-1);
      const kernel = product(sizesOf(made, 'kernel_size', rank));
      const each = multiply(kernel, filters, add(width ?? exact(0), filters));
      return numbers(multiply(exact(4), add(each, when(made, 'use_bias', filters))));
    },
    output: (use) => convolved(use, rank),
    macs: () => ({ linear: OPEN }),
  };
}

function convolved(use: Use, rank: Rank): Output {
  const { made, shape, tools } = use;
  const layout = layoutOf(made, tools);
  const word = textOf(made, 'padding')?.toLowerCase();
  if (typeof layout !== 'string' || shape.length !== rank + 3 || (word !== 'same' && word !== 'valid'))
    return undefined;
  const spatial = layout === 'channelsFirst' ? shape.slice(3) : shape.slice(2, -1);
  const [kernel, stride, dilation] = ['kernel_size', 'strides', 'dilation_rate'].map((name) =>
    sizesOf(made, name, rank),
  );
  const sizes = spatial.map((size, axis) => {
    const window = {
      kernel: kernel?.[axis] ?? exact(1),
      stride: stride?.[axis] ?? exact(1),
      dilation: dilation?.[axis] ?? exact(1),
      before: exact(0),
      after: exact(0),
    };
    return word === 'same' ? sameOutputLength(size, window.stride, false) : outputLength(size, window);
  });
  const filters = integerOf(made, 'filters');
  return sequence(use, layout === 'channelsFirst' ? [filters, ...sizes] : [...sizes, filters], 2);
}

/** The wrapped layer and a copy of it that goes backwards. */
function bidirectionalNumbers(use: Use): Numbers {
  const parts = ['layer', 'backward_layer'].map((name) => valueOf(use.made, name));
  const [forward, backward] = parts.map(layerPartOf);
  if (forward === undefined || (parts[1]?.kind !== 'none' && backward === undefined))
    return unknownNumbers({ code: 'unmodelled', subject: 'the layer inside Bidirectional' });
  return addNumbers(
    ...[forward, backward ?? forward].map(({ rule, made }) => numbersFor(rule, { ...use, made })),
  );
}

function bidirectional(use: Use): Output {
  const inner = layerPartOf(valueOf(use.made, 'layer'));
  const mode = valueOf(use.made, 'merge_mode');
  const output = inner?.rule.output({ ...use, made: inner.made });
  if (output === undefined || !Array.isArray(output)) return undefined;
  const shape = output as Shape;
  if (mode.kind === 'none') return list(repeatTensor(use, shape));
  if (mode.kind !== 'string') return undefined;
  return mode.value === 'concat' ? [...shape.slice(0, -1), multiply(exact(2), lastOf(shape))] : shape;
}

function repeatTensor({ tools }: Use, shape: Shape): Value[] {
  return repeat(exact(0), 2).map(() => makeTensor(tools, TENSOR, shape));
}
