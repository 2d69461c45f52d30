import assert from 'node:assert/strict';
import { allNumbers, asLayer, layersIn, nameOf } from '../../../src/frameworks/keras/parts';
import { numberOf } from '../../../src/symbolic/quantity';
import { loadGolden } from '../../golden/load';
import { errorsOf, programRunner, type Outcome, type RunProgram } from './programs';

const { records } = loadGolden('keras-models');

describe('Keras models, as Keras made them', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  for (const { id, program, trainable, nonTrainable, layers, answers } of records) {
    it(id, () => {
      const questions = answers.map(([expression], index) => `answer_${index} = ${expression}`);
      const outcome = run(...program, ...questions);
      assert.deepEqual(errorsOf(outcome), []);
      assert.deepEqual(numbersOf(outcome), { trainable, nonTrainable });
      assert.deepEqual(namesOf(outcome), layers);
      answers.forEach(([expression, value], index) => {
        assert.equal(outcome.shown(`answer_${index}`), value, expression);
      });
    });
  }
});

describe('Keras models with something unknown', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  const unknowns: readonly [name: string, ...lines: string[]][] = [
    ['a layer of a list', 'model = keras.Sequential([keras.Input((4,)), layers.Dense(3), other()])'],
    ['the list', 'model = keras.Sequential(other())'],
    ['what is added', 'model = keras.Sequential([keras.Input((4,))])', 'model.add(other())'],
    [
      'whether a layer is added',
      'model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])',
      'if other():',
      '    model.add(layers.Dense(2))',
    ],
    [
      'how often one is added',
      'model = keras.Sequential([keras.Input((4,))])',
      'for _ in range(other()):',
      '    model.add(layers.Dense(4))',
    ],
    ['a layer on the way', 'x = keras.Input((4,))', 'model = keras.Model(x, layers.Dense(2)(other()(x)))'],
    [
      'one of several inputs of a layer',
      'x = keras.Input((4,))',
      'model = keras.Model(x, layers.Dense(2)(layers.add([x, other(x)])))',
    ],
    ['an operand', 'x = keras.Input((4,))', 'model = keras.Model(x, layers.Dense(2)(x + other(x)))'],
    ['the outputs', 'x = keras.Input((4,))', 'model = keras.Model(x, other(layers.Dense(2)(x)))'],
    ['the inputs', 'x = keras.Input((4,))', 'model = keras.Model(other(), layers.Dense(2)(x))'],
    [
      'an input that is not among those of the model',
      'x, y = keras.Input((4,)), keras.Input((4,))',
      'model = keras.Model(x, layers.Dense(2)(layers.add([x, y])))',
    ],
    [
      'which of two ways is taken',
      'x = keras.Input((4,))',
      'y = layers.Dense(4)(x) if other() else x',
      'model = keras.Model(x, layers.Dense(2)(y))',
    ],
    [
      'the base class',
      'class Net(other.Model):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.head = layers.Dense(3)',
      'model = keras.Sequential([keras.Input((4,)), Net(), layers.Dense(1)])',
    ],
    [
      'the shape of a weight',
      'class Scale(layers.Layer):',
      '    def build(self, input_shape):',
      '        self.scale = self.add_weight(shape=other())',
      '    def call(self, x):',
      '        return x * self.scale',
      'x = keras.Input((4,))',
      'model = keras.Model(x, Scale()(x))',
    ],
    [
      'how many weights there are',
      'class Scale(layers.Layer):',
      '    def build(self, input_shape):',
      '        self.scales = [self.add_weight(shape=(3,)) for _ in range(other())]',
      '    def call(self, x):',
      '        return x',
      'x = keras.Input((4,))',
      'model = keras.Model(x, Scale()(x))',
    ],
    [
      'whether a layer that holds a layer has it',
      'class Block(layers.Layer):',
      '    def __init__(self):',
      '        super().__init__()',
      '        if other():',
      '            self.inner = layers.Dense(3)',
      '        self.outer = layers.Dense(4)',
      '    def call(self, x):',
      '        return self.outer(x)',
      'x = keras.Input((4,))',
      'model = keras.Model(x, Block()(x))',
    ],
    [
      'a variable of TensorFlow, which versions of Keras count differently',
      'import tensorflow as tf',
      'class Scale(layers.Layer):',
      '    def build(self, input_shape):',
      '        self.scale = tf.Variable(tf.ones((3,)))',
      '    def call(self, x):',
      '        return x',
      'x = keras.Input((4,))',
      'model = keras.Model(x, Scale()(x))',
    ],
    [
      'a layer that is never called',
      'class Net(keras.Model):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.head = layers.Dense(3)',
      'model = Net()',
    ],
  ];

  for (const [name, ...lines] of unknowns) {
    it(`${name}: no total is stated`, () => {
      const outcome = run(
        'import keras',
        'from keras import layers',
        'from somewhere import other',
        ...lines,
      );
      assert.notEqual(outcome.value('model'), undefined);
      assert.equal(numbersOf(outcome)?.trainable, undefined);
    });
  }

  it('whether it is trained: the total is stated neither', () => {
    const outcome = run(
      'import keras',
      'from somewhere import other',
      'model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])',
      'model.trainable = other()',
      'names = [layer.name for layer in model.layers]',
    );
    assert.deepEqual(numbersOf(outcome), { trainable: undefined, nonTrainable: undefined });
    assert.equal(outcome.shown('names'), "['dense']");
  });

  it('whether a layer was named before: its name is not stated', () => {
    const outcome = run(
      'import keras',
      'from somewhere import other',
      'if other():',
      '    first = keras.layers.Dense(3)',
      'name = keras.layers.Dense(4).name',
      'another = keras.layers.ReLU().name',
    );
    assert.equal(outcome.shown('name'), '?');
    assert.equal(outcome.shown('another'), "'re_lu'");
  });
});

function numbersOf(outcome: Outcome) {
  const value = outcome.value('model');
  const layer = value && asLayer(value);
  const all = layer && allNumbers(layer);
  return all && { trainable: numberOf(all.trainable), nonTrainable: numberOf(all.nonTrainable) };
}

function namesOf(outcome: Outcome): readonly (string | undefined)[] {
  const value = outcome.value('model');
  const layer = value && asLayer(value);
  return layer === undefined ? [] : layersIn(layer).map(([, inner]) => nameOf(inner));
}
