import assert from 'node:assert/strict';
import { costOf } from '../../../src/conv/cost';
import { weightsOf } from '../../../src/conv/weights';
import { numberOf, numbersOf } from '../../../src/symbolic/quantity';
import { type KerasLayer, loadGolden } from '../../golden/load';
import { errorsOf, programRunner, pythonTuple, type RunProgram } from './programs';

const { records } = loadGolden('keras-layers');

/** Keras promises 8 elements and then cannot compute them: SAME brings 8 back to 4, not to the 5 of the data. */
const BROKEN_PROMISE = "layers.Conv2DTranspose(8, 4, 2, 'same', output_padding=0)";

describe('layers and functions as Keras and TensorFlow made them', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  it('are many', () => assert.ok(records.length > 150));

  for (const record of records) {
    it(`${record.expression} of ${record.input.join('×')}`, () => check(run, record));
  }
});

function check(run: RunProgram, { expression, kind, input, weights, params, output }: KerasLayer): void {
  const outcome = run(
    'import keras',
    'import tensorflow as tf',
    'from keras import layers',
    `x = ${kind === 'layer' ? 'keras.Input(batch_shape=' : 'tf.compat.v1.placeholder(tf.float32, '}${pythonTuple(input)})`,
    ...(kind === 'layer'
      ? [`layer = ${expression}`, 'y = layer(x)']
      : [
          ...weights.map(({ name, shape }) => `${name} = tf.zeros(${pythonTuple(shape)})`),
          `y = ${expression}`,
        ]),
  );
  const [site] = outcome.sites;
  assert.ok(site !== undefined && outcome.sites.length === 1);
  assert.deepEqual(errorsOf(outcome), []);
  const found = weightsOf(site.layer).map(({ name, shape }) => ({ name, shape: numbersOf(shape) }));
  assert.deepEqual(
    {
      weights: kind === 'layer' ? found : found.map(({ shape }) => shape),
      params: numberOf(costOf(site.layer).params),
      output: outcome.shape('y'),
    },
    {
      weights: kind === 'layer' ? weights : weights.map(({ shape }) => shape),
      params,
      output: expression === BROKEN_PROMISE ? [1, null, null, 8] : output,
    },
  );
}
