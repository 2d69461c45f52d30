"""Weight names and shapes, parameters and output shapes of Keras layers and tf.nn calls.

Nothing is computed: layers are built for an input shape and infer their output; tf.nn calls are traced with symbolic
tensors, which infer the shape by TensorFlow's own rules for any data format.
"""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = ''

import math

import keras
import tensorflow as tf
import tf_keras
from keras import layers

import common

# Published rows: expression, input, weight shapes, params (bias included), output.
PUBLISHED = [
    ('layers.SeparableConv2D(5, 3, depth_multiplier=2)', (1, 7, 7, 4), [[3, 3, 4, 2], [1, 1, 8, 5]], 117, [1, 5, 5, 5]),
    ('layers.DepthwiseConv2D(3, depth_multiplier=2)', (1, 7, 7, 4), [[3, 3, 4, 2]], 80, [1, 5, 5, 8]),
    ("layers.Conv2DTranspose(5, 3, strides=2, padding='same')", (1, 7, 7, 4), [[3, 3, 5, 4]], 185, [1, 14, 14, 5]),
    ("layers.Conv2DTranspose(5, 3, strides=2, padding='valid')", (1, 7, 7, 4), [[3, 3, 5, 4]], 185, [1, 15, 15, 5]),
    ("layers.Conv2DTranspose(5, 2, strides=3, padding='valid')", (1, 7, 7, 4), [[2, 2, 5, 4]], 85, [1, 21, 21, 5]),
]

LAYERS = [
    # positional and keyword forms
    ('layers.Conv2D(16, 3)', (1, 32, 32, 3)),
    ('layers.Conv2D(filters=16, kernel_size=3)', (1, 32, 32, 3)),
    ('layers.Conv2D(16, kernel_size=(3, 3))', (1, 32, 32, 3)),
    ('keras.layers.Conv2D(16, (3, 5))', (1, 32, 32, 3)),
    ('tf.keras.layers.Conv2D(16, [3, 5])', (1, 32, 32, 3)),
    ('layers.Conv2D(16, 3, 2)', (1, 32, 32, 3)),
    ('layers.Conv2D(16, 3, (2, 1))', (1, 32, 32, 3)),
    ("layers.Conv2D(16, 3, 2, 'same')", (1, 32, 32, 3)),
    ("layers.Conv2D(16, 3, 2, 'same', 'channels_last')", (1, 32, 32, 3)),
    ("layers.Conv2D(16, 3, 1, 'same', None, 2)", (1, 32, 32, 3)),
    ("layers.Conv2D(16, 3, 1, 'same', None, (2, 3), 1)", (1, 32, 32, 4)),
    ("layers.Conv2D(16, 3, 1, 'same', None, 1, 4)", (1, 32, 32, 4)),
    ("layers.Conv2D(16, 3, 1, 'same', None, 1, 4, 'relu')", (1, 32, 32, 4)),
    ("layers.Conv2D(16, 3, 1, 'same', None, 1, 4, None, False)", (1, 32, 32, 4)),
    ("layers.Conv2D(16, 3, padding='SAME')", (1, 32, 32, 3)),
    ("layers.Conv2D(16, 3, padding='Valid')", (1, 32, 32, 3)),
    ('layers.Conv2D(16, 3, use_bias=False)', (1, 32, 32, 3)),
    ('layers.Conv2D(16, 3, use_bias=0)', (1, 32, 32, 3)),
    ('layers.Conv2D(16, 3, use_bias=None)', (1, 32, 32, 3)),
    ("layers.Conv2D(16, 3, activation='relu', name='first')", (1, 32, 32, 3)),
    ('layers.Convolution2D(16, 3)', (1, 32, 32, 3)),
    ("layers.Convolution1D(16, 3, padding='causal')", (1, 32, 3)),
    ('layers.Convolution3D(4, 3)', (1, 8, 8, 8, 3)),
    ('layers.Convolution2DTranspose(4, 3, strides=2)', (1, 8, 8, 3)),
    # groups
    ('layers.Conv2D(8, 3, groups=2)', (1, 9, 9, 4)),
    ('layers.Conv2D(9, 3, groups=3)', (1, 9, 9, 3)),
    ("layers.Conv2D(64, 3, padding='same', groups=64)", (1, 14, 14, 64)),
    ('layers.Conv1D(6, 5, groups=3)', (1, 20, 6)),
    ('layers.Conv3D(8, 3, groups=4)', (1, 6, 6, 6, 4)),
    # sizes
    ('layers.Conv2D(4, 3, strides=3)', (1, 10, 11, 2)),
    ("layers.Conv2D(4, 3, strides=3, padding='same')", (1, 10, 11, 2)),
    ("layers.Conv2D(4, 2, strides=3, padding='same')", (1, 9, 8, 2)),
    ("layers.Conv2D(4, 7, strides=2, padding='same')", (1, 224, 224, 3)),
    ('layers.Conv2D(4, 3, dilation_rate=4)', (1, 9, 10, 2)),
    ('layers.Conv2D(4, (2, 3), dilation_rate=(3, 2))', (1, 9, 10, 2)),
    ('layers.Conv2D(4, 1, strides=2)', (1, 9, 8, 2)),
    ('layers.Conv2D(16, 3)', (7, 32, 32, 3)),
    ('layers.Conv2D(16, 3)', (None, 32, 32, 3)),
    ('layers.Conv2D(16, 3)', (None, None, None, 3)),
    ("layers.Conv2D(16, 3, strides=2, padding='same')", (None, None, 32, 3)),
    ('layers.Conv1D(8, 3)', (1, 20, 4)),
    ('layers.Conv1D(8, (3,), (2,))', (1, 20, 4)),
    ("layers.Conv1D(8, 3, 2, 'same')", (1, 21, 4)),
    ("layers.Conv1D(8, 3, padding='causal', dilation_rate=4)", (1, 20, 4)),
    ("layers.Conv1D(8, 3, strides=2, padding='causal')", (1, 20, 4)),
    ('layers.Conv3D(8, 3)', (1, 8, 9, 10, 2)),
    ("layers.Conv3D(8, (1, 3, 3), (1, 2, 2), 'same')", (1, 8, 9, 10, 2)),
    # transposed
    ('layers.Conv2DTranspose(8, 3)', (1, 5, 5, 4)),
    ('layers.Conv2DTranspose(8, 3, 2)', (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 3, 2, 'same')", (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 3, 2, 'same', 1)", (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 3, 2, 'same', 0)", (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 3, 2, 'valid', 1)", (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 4, 2, 'same')", (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 4, 2, 'same', output_padding=0)", (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 4, 2, 'same', output_padding=1)", (1, 5, 5, 4)),
    ('layers.Conv2DTranspose(8, 2, strides=3)', (1, 5, 5, 4)),
    ('layers.Conv2DTranspose(8, (3, 2), strides=(2, 1), output_padding=(1, 0))', (1, 5, 6, 4)),
    ('layers.Conv2DTranspose(8, 3, dilation_rate=2)', (1, 5, 5, 4)),
    ("layers.Conv2DTranspose(8, 3, padding='same', dilation_rate=2)", (1, 5, 5, 4)),
    ('layers.Conv2DTranspose(8, 3, 2, use_bias=False)', (1, 5, 5, 4)),
    ('layers.Conv2DTranspose(8, 3, 2)', (None, None, 5, 4)),
    ('layers.Conv1DTranspose(8, 3, 2)', (1, 9, 4)),
    ("layers.Conv1DTranspose(8, 5, 3, 'same')", (1, 9, 4)),
    ("layers.Conv1DTranspose(8, 5, 3, 'same', 2)", (1, 9, 4)),
    ('layers.Conv1DTranspose(8, 2, 4)', (1, 9, 4)),
    ('layers.Conv3DTranspose(4, 3, 2)', (1, 4, 5, 6, 2)),
    ("layers.Conv3DTranspose(4, 3, 2, 'same')", (1, 4, 5, 6, 2)),
    ("layers.Conv3DTranspose(4, (1, 2, 2), (1, 2, 2), output_padding=(0, 1, 0))", (1, 4, 5, 6, 2)),
    # depthwise: no filters argument
    ('layers.DepthwiseConv2D(3)', (1, 9, 9, 4)),
    ('layers.DepthwiseConv2D((3, 5))', (1, 9, 9, 4)),
    ("layers.DepthwiseConv2D(3, 2, 'same')", (1, 9, 9, 4)),
    ("layers.DepthwiseConv2D(3, (1, 1), 'same', 3)", (1, 9, 9, 4)),
    ("layers.DepthwiseConv2D(3, 1, 'valid', 2, None, 2)", (1, 9, 9, 4)),
    ('layers.DepthwiseConv2D(3, depth_multiplier=3, use_bias=False)', (1, 9, 9, 4)),
    ('layers.DepthwiseConv1D(3, 2, depth_multiplier=2)', (1, 20, 4)),
    ("layers.DepthwiseConv1D(3, padding='same', dilation_rate=2)", (1, 20, 4)),
    # separable: depthwise kernel, pointwise kernel, one bias
    ('layers.SeparableConv2D(16, 3)', (1, 9, 9, 4)),
    ("layers.SeparableConv2D(16, 3, 2, 'same')", (1, 9, 9, 4)),
    ("layers.SeparableConv2D(16, (3, 5), (1, 1), 'same', None, (2, 2), 3)", (1, 9, 9, 4)),
    ('layers.SeparableConv2D(16, 3, use_bias=False)', (1, 128, 128, 3)),
    ('layers.SeparableConvolution2D(16, 3, depth_multiplier=2)', (1, 9, 9, 4)),
    ('layers.SeparableConv1D(16, 3, 2)', (1, 20, 4)),
    ("layers.SeparableConv1D(16, 5, padding='same', depth_multiplier=2)", (1, 20, 4)),
    ('layers.SeparableConvolution1D(8, 3)', (1, 20, 4)),
    # channels first
    ("layers.Conv1D(8, 3, data_format='channels_first')", (1, 4, 20)),
    ("layers.Conv2D(16, 3, 2, data_format='channels_first')", (1, 3, 32, 30)),
    ("layers.Conv2D(15, 3, 2, 'same', data_format='channels_first', groups=3, use_bias=False)", (1, 6, 32, 30)),
    ("layers.Conv3D(8, 3, data_format='channels_first')", (1, 2, 8, 9, 10)),
    ("layers.Conv1DTranspose(8, 3, 2, data_format='channels_first')", (1, 4, 9)),
    ("layers.Conv2DTranspose(8, 3, 2, 'same', data_format='channels_first')", (1, 4, 5, 6)),
    ("layers.Conv2DTranspose(8, 3, 2, 'same', 1, 'channels_first')", (1, 4, 5, 6)),
    ("layers.Conv3DTranspose(8, 3, 2, 'valid', 'channels_first')", (1, 4, 3, 4, 5)),
    ("layers.DepthwiseConv1D(3, data_format='channels_first')", (1, 4, 20)),
    ("layers.DepthwiseConv2D(3, 2, 'same', 2, 'channels_first')", (1, 4, 9, 10)),
    ("layers.SeparableConv1D(8, 3, data_format='channels_first')", (1, 4, 20)),
    ("layers.SeparableConv2D(8, 3, 1, 'same', 'channels_first', 1, 2)", (1, 4, 9, 10)),
]

# tf.nn text with x and the filters w, or w and p, in scope; input and filter shapes.
FUNCTIONS = [
    ("tf.nn.conv1d(x, w, 1, 'VALID')", (1, 10, 4), [(3, 4, 6)]),
    ("tf.nn.conv1d(x, w, stride=2, padding='SAME')", (1, 10, 4), [(3, 4, 6)]),
    ("tf.nn.conv1d(x, w, 2, 'SAME', 'NCW')", (1, 4, 10), [(3, 4, 6)]),
    ("tf.nn.conv1d(x, w, 1, 'VALID', dilations=3)", (1, 10, 4), [(3, 4, 6)]),
    ("tf.nn.conv2d(x, w, 1, 'SAME')", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 1, 'VALID')", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, strides=[1, 2, 2, 1], padding='SAME')", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, [2, 1], 'VALID')", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, [2], 'VALID')", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 1, 'SAME')", (1, 8, 8, 3), [(3, 3, 1, 9)]),
    ("tf.nn.conv2d(x, w, 1, 'SAME')", (1, 8, 8, 4), [(3, 3, 2, 6)]),
    ("tf.nn.conv2d(x, w, 1, 'VALID', 'NHWC', 2)", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 1, 'VALID', dilations=[2, 3])", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 1, 'VALID', dilations=[1, 2, 3, 1])", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 2, 'SAME', data_format='NCHW')", (1, 3, 8, 9), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, [1, 1, 2, 1], 'SAME', data_format='NCHW')", (1, 3, 8, 9), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 1, [[0, 0], [1, 1], [2, 0], [0, 0]])", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 2, [[0, 0], [0, 0], [1, 1], [2, 0]], 'NCHW')", (1, 3, 8, 8), [(3, 3, 3, 9)]),
    ("tf.nn.conv2d(x, w, 2, 'VALID')", (None, None, 9, 3), [(3, 3, 3, 9)]),
    ("tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'SAME')", (1, 4, 5, 6, 2), [(3, 3, 3, 2, 4)]),
    ("tf.nn.conv3d(x, w, [1, 2, 1, 2, 1], 'VALID')", (1, 4, 5, 6, 2), [(3, 3, 3, 2, 4)]),
    ("tf.nn.conv3d(x, w, [1, 1, 2, 1, 2], 'VALID', 'NCDHW')", (1, 2, 4, 5, 6), [(3, 3, 3, 2, 4)]),
    ('tf.nn.convolution(x, w)', (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.convolution(x, w, 2, 'SAME')", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.convolution(x, w, padding='SAME', dilations=[2, 2])", (1, 8, 8, 3), [(3, 3, 3, 9)]),
    ("tf.nn.convolution(x, w, 2, 'SAME')", (1, 9, 4), [(3, 4, 6)]),
    ("tf.nn.convolution(x, w, padding='VALID')", (1, 4, 5, 6, 2), [(2, 2, 2, 2, 4)]),
    ("tf.nn.atrous_conv2d(x, w, 2, 'SAME')", (1, 9, 9, 3), [(3, 3, 3, 9)]),
    ("tf.nn.atrous_conv2d(x, w, rate=2, padding='VALID')", (1, 9, 9, 3), [(3, 3, 3, 9)]),
    ("tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME')", (1, 9, 9, 3), [(3, 3, 3, 2)]),
    ("tf.nn.depthwise_conv2d(x, w, strides=[1, 2, 2, 1], padding='VALID')", (1, 9, 9, 3), [(3, 3, 3, 1)]),
    ("tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'VALID', None, [2, 2])", (1, 9, 9, 3), [(3, 3, 3, 2)]),
    ("tf.nn.depthwise_conv2d(x, w, [1, 1, 2, 2], 'SAME', 'NCHW')", (1, 3, 9, 9), [(3, 3, 3, 2)]),
    ("tf.nn.separable_conv2d(x, w, p, [1, 1, 1, 1], 'SAME')", (1, 128, 128, 3), [(3, 3, 3, 1), (1, 1, 3, 16)]),
    ("tf.nn.separable_conv2d(x, w, p, strides=[1, 2, 2, 1], padding='VALID')", (1, 9, 9, 3),
     [(3, 3, 3, 2), (1, 1, 6, 5)]),
    ("tf.nn.conv1d_transpose(x, w, [1, 20, 6], 2)", (1, 10, 4), [(3, 6, 4)]),
    ("tf.nn.conv2d_transpose(x, w, [1, 16, 16, 9], 2)", (1, 8, 8, 3), [(3, 3, 9, 3)]),
    ("tf.nn.conv2d_transpose(x, w, [1, 17, 17, 9], [1, 2, 2, 1], 'VALID')", (1, 8, 8, 3), [(3, 3, 9, 3)]),
    ("tf.nn.conv2d_transpose(x, w, output_shape=(1, 9, 16, 16), strides=2, data_format='NCHW')", (1, 3, 8, 8),
     [(3, 3, 9, 3)]),
    ("tf.nn.conv3d_transpose(x, w, [1, 8, 8, 8, 4], 2)", (1, 4, 4, 4, 2), [(3, 3, 3, 4, 2)]),
    ("tf.nn.conv_transpose(x, w, [1, 16, 16, 9], 2)", (1, 8, 8, 3), [(3, 3, 9, 3)]),
    ("tf.nn.atrous_conv2d_transpose(x, w, [1, 9, 9, 5], 2, 'SAME')", (1, 9, 9, 3), [(3, 3, 5, 3)]),
    ("tf.compat.v1.nn.conv2d(x, w, [1, 2, 2, 1], 'SAME')", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.compat.v1.nn.conv2d(x, w, [1, 1, 1, 1], 'VALID', True, 'NHWC', [1, 2, 2, 1])", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.compat.v1.nn.conv2d(x, strides=1, padding='SAME', filters=w)", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.compat.v1.nn.conv1d(x, w, 2, 'SAME')", (1, 9, 4), [(3, 4, 6)]),
    ("tf.compat.v1.nn.convolution(x, w, 'SAME', [2, 2])", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.compat.v1.nn.convolution(x, w, 'VALID', None, [2, 2])", (1, 9, 8, 3), [(3, 3, 3, 9)]),
    ("tf.compat.v1.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'VALID', [2, 2])", (1, 9, 8, 3), [(3, 3, 3, 2)]),
    ("tf.compat.v1.nn.depthwise_conv2d_native(x, w, [1, 2, 2, 1], 'SAME')", (1, 9, 8, 3), [(3, 3, 3, 2)]),
    ("tf.compat.v1.nn.separable_conv2d(x, w, p, [1, 1, 1, 1], 'VALID', [2, 2])", (1, 9, 8, 3),
     [(3, 3, 3, 2), (1, 1, 6, 5)]),
    ("tf.compat.v1.nn.conv2d_transpose(x, w, [1, 16, 16, 9], [1, 2, 2, 1])", (1, 8, 8, 3), [(3, 3, 9, 3)]),
    ("tf.compat.v1.nn.conv3d_transpose(x, w, [1, 8, 8, 8, 4], [1, 2, 2, 2, 1])", (1, 4, 4, 4, 2), [(3, 3, 3, 4, 2)]),
]


def known(shape):
    return [None if size is None else int(size) for size in shape]


def evaluate(expression, library=None, scope=None):
    """The value of the text; with a library, its `layers` stand in for Keras 3's."""
    names = {'tf': tf, 'keras': keras, 'layers': layers}
    if library is not None:
        names |= {'keras': library, 'layers': library.layers}
    return eval(expression, names, scope or {})


def keras2_verdict(expression, input, made):
    """How Keras 2 compares: "equal" (weight shapes and output), "differs", or the exception it raises."""
    if expression.startswith('tf.'):
        return None
    try:
        layer = evaluate(expression, tf_keras)
        layer.build(input)
        output = known(layer.compute_output_shape(input))
    except Exception as error:  # any refusal is the fact we record
        return f'{type(error).__name__}: {str(error).splitlines()[0]}'
    shapes = [known(w.shape) for w in layer.weights]
    return 'equal' if shapes == [w['shape'] for w in made['weights']] and output == made['output'] else 'differs'


def layer_record(expression, input):
    layer = evaluate(expression)
    symbolic = layer(keras.KerasTensor(input))
    output = known(layer.compute_output_shape(input))
    assert output == known(symbolic.shape), expression
    made = {
        'expression': expression, 'kind': 'layer', 'input': list(input),
        'weights': [{'name': w.name, 'shape': known(w.shape)} for w in layer.weights],
        'params': layer.count_params(), 'output': output,
    }
    return {**made, 'keras2': keras2_verdict(expression, input, made)}


def function_record(expression, input, filters):
    def run(x, w, p=None):
        return evaluate(expression, scope={'x': x, 'w': w, 'p': p})

    signature = [tf.TensorSpec(shape, tf.float32) for shape in (input, *filters)]
    output = tf.function(run).get_concrete_function(*signature).structured_outputs.shape
    return {
        'expression': expression, 'kind': 'function', 'input': list(input),
        'weights': [{'name': name, 'shape': list(shape)} for name, shape in zip('wp', filters)],
        'params': sum(math.prod(shape) for shape in filters), 'output': known(output), 'keras2': None,
    }


def published_record(expression, input, kernels, params, output):
    made = layer_record(expression, input)
    found = [w['shape'] for w in made['weights'] if len(w['shape']) > 1]
    assert (found, made['params'], made['output']) == (kernels, params, output), expression
    return {**made, 'published': True}


def main():
    records = [published_record(*row) for row in PUBLISHED]
    records += [layer_record(*row) for row in LAYERS]
    records += [function_record(*row) for row in FUNCTIONS]
    header = {'framework': 'keras', 'version': keras.__version__, 'tensorflow': tf.__version__,
              'tfKeras': tf_keras.__version__, 'script': 'make/keras_layers.py',
              'names': {'layers': 'keras.layers', 'x': 'a tensor of shape input', 'w': 'the first filter',
                        'p': 'the pointwise filter'}}
    common.write('keras-layers.json', header, records)


if __name__ == '__main__':
    main()
