import assert from 'node:assert/strict';
import { loadGolden, type TfError } from '../../golden/load';
import { type Outcome, programRunner, pythonTuple, type RunProgram } from './programs';
import { checkRefusal, type Deviations, strangers } from './refusals';

const { records } = loadGolden('tf-errors');

const CPU = { how: 'elsewhere accepted', why: 'only the kernels of a CPU refuse it' } as const;
const DISPATCH = {
  how: 'own words',
  why: "TensorFlow's dispatcher leaves out the function and the parameter, which Python's own words name",
} as const;

const DEVIATIONS: Deviations = {
  "tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'VALID') of 1×4×4×4×4 of 2×2×2×2×4": CPU,
  "tf.nn.conv2d(x, w, 1, 'SAME', data_format='NCHW') of 1×4×8×8 of 3×3×4×9": CPU,
  'tf.nn.conv2d_transpose(x, w, [1, 8, 8, 9], 1, dilations=2) of 1×8×8×4 of 3×3×9×4': CPU,
  "layers.Conv1D(8, 3, padding='causal', data_format='channels_first') of 1×4×8": CPU,
  "tf.nn.atrous_conv2d(x, w, 3, 'VALID') of 1×4×4×1 of 3×3×1×1": {
    how: 'own words',
    why: 'the text is of a step inside that rearranges the data',
  },
  "layers.Conv2DTranspose(8, 4, 2, padding='same', output_padding=0) of 1×3×3×4": {
    how: 'silent',
    why: 'Keras promises a shape and raises when it computes',
  },
  'tf.nn.conv2d(x, w, 1) of 1×8×8×4 of 3×3×4×9': DISPATCH,
  "tf.nn.conv2d(x, w, 1, 'SAME', groups=2) of 1×8×8×4 of 3×3×2×8": DISPATCH,
  "tf.nn.conv2d(x, filter=w, strides=1, padding='SAME') of 1×8×8×4 of 3×3×4×9": DISPATCH,
};

describe('calls that TensorFlow and Keras refuse, and calls that look wrong and are accepted', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  it('are many', () => assert.ok(records.length > 100));

  for (const record of records) {
    const deviation = DEVIATIONS[keyOf(record)];
    it(`${record.code} ${keyOf(record)}${deviation === undefined ? '' : ` (${deviation.how})`}`, () => {
      checkRefusal(outcomeOf(run, record), record, record.output, deviation);
    });
  }

  it('include all that are said to deviate', () => {
    assert.deepEqual(strangers(DEVIATIONS, records.map(keyOf)), []);
  });
});

/** The same expression stands in several records, with other tensors. */
function keyOf({ expression, input, filters = [] }: TfError): string {
  return [expression, ...[input ?? [], ...filters].map((shape) => shape.join('×'))]
    .filter(Boolean)
    .join(' of ');
}

function outcomeOf(run: RunProgram, { expression, kind, input, filters = [] }: TfError): Outcome {
  const tensors = [...(input === null ? [] : [input]), ...filters];
  return run(
    'import tensorflow as tf',
    'from keras import layers',
    ...tensors.map((shape, index) => `${'xwp'.charAt(index)} = tf.zeros(${pythonTuple(shape)})`),
    kind === 'function' ? `y = ${expression}` : `layer = ${expression}`,
    ...(kind === 'layer' && input !== null ? ['y = layer(x)'] : []),
  );
}
