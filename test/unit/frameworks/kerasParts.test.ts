import assert from 'node:assert/strict';
import { allNumbers, asLayer } from '../../../src/frameworks/keras/parts';
import { shapeOf } from '../../../src/frameworks/tensor';
import type { Value } from '../../../src/interp/values';
import { numberOf } from '../../../src/symbolic/quantity';
import { type KerasPart, loadGolden } from '../../golden/load';
import { errorsOf, programRunner, pythonTuple, type Outcome, type RunProgram } from './programs';

const { records } = loadGolden('keras-parts');

const IMPORTS = ['import keras', 'from keras import activations, layers, ops'];

describe('Keras layers that are no convolutions, as Keras made them', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  it('are many', () => assert.ok(records.length > 200));

  for (const record of records) {
    const { expression, call, inputs } = record;
    it(`${expression ?? ''} ${call} of ${inputs.map((shape) => shape.join('×')).join(', ')}`, () => {
      const outcome = run(...programOf(record));
      assert.deepEqual(errorsOf(outcome), []);
      assert.deepEqual({ ...numbersOf(outcome), output: shapesOf(outcome.value('out')) }, expected(record));
    });
  }

  for (const record of records.filter(({ trainable = 0 }) => trainable > 0)) {
    it(`${record.expression ?? ''} frozen has as many numbers`, () => {
      const { trainable = 0, nonTrainable = 0 } = record;
      const outcome = run(...programOf(record), 'layer.trainable = False', 'total = layer.count_params()');
      assert.equal(outcome.shown('total'), String(trainable + nonTrainable));
      assert.deepEqual(numbersOf(outcome), { trainable: 0, nonTrainable: trainable + nonTrainable });
    });
  }
});

describe('Keras layers with something unknown', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  const unknowns: readonly [name: string, ...lines: string[]][] = [
    ['the number of units', 'layer = layers.Dense(int(input()))', 'out = layer(keras.Input((4,)))'],
    ['the data', 'layer = layers.Dense(3)', 'out = layer(read())'],
    ['a flag', 'layer = layers.BatchNormalization(scale=read())', 'out = layer(keras.Input((4,)))'],
    ['keywords', 'layer = layers.Dense(3, **read())', 'out = layer(keras.Input((4,)))'],
    ['an option', 'layer = layers.Dense(3, lora_rank=2)', 'out = layer(keras.Input((4,)))'],
    ['the call', 'layer = layers.Dense(3)'],
    ['whether it is called', 'layer = layers.Dense(3)', 'if read():', '    out = layer(keras.Input((4,)))'],
    [
      'what it is called with',
      'layer = layers.Dense(3)',
      'out = layer(keras.Input((4,) if read() else (5,)))',
    ],
    ['the inner layer', 'layer = layers.Bidirectional(read())', 'out = layer(keras.Input((4, 5)))'],
    [
      'a cell',
      'layer = layers.RNN([layers.LSTMCell(3), layers.LSTMCell(4)])',
      'out = layer(keras.Input((4, 5)))',
    ],
  ];

  for (const [name, ...lines] of unknowns) {
    it(`${name}: no number is stated`, () => {
      const outcome = run(...IMPORTS, 'from somewhere import read', ...lines);
      assert.equal(numbersOf(outcome).trainable, undefined);
    });
  }

  it('a pool of unknown size gives maps of unknown size with their channels', () => {
    const outcome = run(...IMPORTS, 'out = layers.MaxPooling2D(int(input()))(keras.Input((8, 9, 4)))');
    assert.deepEqual(outcome.shape('out'), [null, null, null, 4]);
  });

  it('data of another size than before is no number', () => {
    const outcome = run(
      ...IMPORTS,
      'layer = layers.Dense(3)',
      'layer(keras.Input((4,)))',
      'out = layer(keras.Input((5,)))',
    );
    assert.equal(numbersOf(outcome).trainable, undefined);
  });
});

function programOf({ expression, call, inputs }: KerasPart): string[] {
  return [
    ...IMPORTS,
    ...inputs.map(
      (shape, index) => `${'xyz'.charAt(index)} = keras.Input(batch_shape=${pythonTuple(shape)})`,
    ),
    ...(expression === null ? [] : [`layer = ${expression}`]),
    `out = ${call}`,
  ];
}

function expected({ trainable, nonTrainable, output }: KerasPart) {
  return { trainable, nonTrainable, output };
}

function numbersOf(outcome: Outcome): { trainable: number | undefined; nonTrainable: number | undefined } {
  const value = outcome.value('layer');
  const layer = value && asLayer(value);
  const all = layer && allNumbers(layer);
  return {
    trainable: all && numberOf(all.trainable),
    nonTrainable: all && numberOf(all.nonTrainable),
  };
}

function shapesOf(value: Value | undefined): unknown {
  if (value?.kind === 'list' || value?.kind === 'tuple') return value.items.map(shapesOf);
  return value && shapeOf(value)?.map((size) => numberOf(size) ?? null);
}
