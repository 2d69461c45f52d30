"""Exceptions that TensorFlow (tf.nn) and Keras raise for wrong convolutions.

tf.nn calls are tried twice: eagerly, where the kernel runs, and while tracing a graph, where only the shapes are inferred.
Keras layers are tried in Keras 3 and in Keras 2.
"""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = ''
os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'  # the plain kernels: the same texts on every processor

import re
import warnings

import keras
import tensorflow as tf
import tf_keras

import common

IMAGE = (1, 8, 8, 4)

# Code, tf.nn text with x and w (and p, the pointwise filter) in scope, input shape, filter shapes.
FUNCTIONS = [
    ('depth', "tf.nn.conv2d(x, w, 1, 'SAME')", IMAGE, [(3, 3, 3, 9)]),
    ('depth', "tf.nn.conv1d(x, w, 1, 'SAME')", (1, 8, 4), [(3, 3, 9)]),
    ('depth', "tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'SAME')", (1, 4, 4, 4, 4), [(3, 3, 3, 3, 9)]),
    ('depth', "tf.nn.convolution(x, w, 1, 'SAME')", IMAGE, [(3, 3, 3, 9)]),
    ('depth-larger-filter', "tf.nn.conv2d(x, w, 1, 'SAME')", IMAGE, [(3, 3, 8, 9)]),
    ('depth-grouped-3d', "tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'VALID')", (1, 4, 4, 4, 4), [(2, 2, 2, 2, 4)]),
    ('depth-depthwise', "tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME')", IMAGE, [(3, 3, 3, 1)]),
    ('depth-pointwise', "tf.nn.separable_conv2d(x, w, p, [1, 1, 1, 1], 'SAME')", IMAGE, [(3, 3, 4, 2), (1, 1, 4, 5)]),
    ('pointwise-window', "tf.nn.separable_conv2d(x, w, p, [1, 1, 1, 1], 'SAME')", IMAGE, [(3, 3, 4, 1), (3, 3, 4, 5)]),
    ('groups-output', "tf.nn.conv2d(x, w, 1, 'SAME')", IMAGE, [(3, 3, 2, 5)]),
    ('depth-dilated', "tf.nn.convolution(x, w, 1, 'SAME', dilations=2)", IMAGE, [(3, 3, 3, 9)]),
    ('stride-and-dilation', "tf.nn.convolution(x, w, 2, 'SAME', dilations=2)", IMAGE, [(3, 3, 4, 9)]),
    ('stride-and-dilation', "tf.nn.conv2d(x, w, 2, 'SAME', dilations=2)", IMAGE, [(3, 3, 4, 9)]),
    ('stride-and-dilation', "tf.nn.conv1d(x, w, 2, 'SAME', dilations=2)", (1, 8, 4), [(3, 4, 9)]),
    ('stride-and-dilation', "tf.nn.depthwise_conv2d(x, w, [1, 2, 2, 1], 'SAME', dilations=[2, 2])", IMAGE, [(3, 3, 4, 1)]),
    ('stride-and-dilation', "tf.nn.separable_conv2d(x, w, p, [1, 2, 2, 1], 'SAME', dilations=[2, 2])", IMAGE,
     [(3, 3, 4, 1), (1, 1, 4, 5)]),
    ('depthwise-unequal-strides', "tf.nn.depthwise_conv2d(x, w, [1, 2, 1, 1], 'SAME')", IMAGE, [(3, 3, 4, 1)]),
    ('window', "tf.nn.conv2d(x, w, 1, 'VALID')", (1, 4, 4, 1), [(7, 7, 1, 1)]),
    ('window', "tf.nn.conv2d(x, w, 1, 'VALID')", (1, 4, 4, 1), [(5, 5, 1, 1)]),
    ('window', "tf.nn.conv2d(x, w, 2, 'VALID')", (1, 4, 4, 1), [(5, 5, 1, 1)]),
    ('window', "tf.nn.conv2d(x, w, 1, 'VALID', dilations=3)", (1, 4, 4, 1), [(3, 3, 1, 1)]),
    ('window', "tf.nn.conv1d(x, w, 1, 'VALID')", (1, 4, 1), [(7, 1, 1)]),
    ('window', "tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'VALID')", (1, 2, 4, 4, 1), [(4, 3, 3, 1, 1)]),
    ('window', "tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'VALID')", (1, 4, 4, 1), [(7, 7, 1, 1)]),
    ('window', "tf.nn.atrous_conv2d(x, w, 3, 'VALID')", (1, 4, 4, 1), [(3, 3, 1, 1)]),
    ('stride', "tf.nn.conv2d(x, w, 0, 'SAME')", IMAGE, [(3, 3, 4, 9)]),
    ('stride', "tf.nn.conv2d(x, w, -1, 'SAME')", IMAGE, [(3, 3, 4, 9)]),
    ('stride', "tf.nn.conv1d(x, w, 0, 'SAME')", (1, 8, 4), [(3, 4, 9)]),
    ('stride', "tf.nn.conv3d(x, w, [1, 0, 1, 1, 1], 'SAME')", (1, 4, 4, 4, 4), [(3, 3, 3, 4, 9)]),
    ('stride', "tf.nn.depthwise_conv2d(x, w, [1, 0, 0, 1], 'SAME')", IMAGE, [(3, 3, 4, 1)]),
    ('dilation', "tf.nn.conv2d(x, w, 1, 'SAME', dilations=0)", IMAGE, [(3, 3, 4, 9)]),
    ('dilation', "tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME', dilations=[0, 0])", IMAGE, [(3, 3, 4, 1)]),
    ('list-length', "tf.nn.conv2d(x, w, [1, 2, 1], 'SAME')", IMAGE, [(3, 3, 4, 9)]),
    ('list-length', "tf.nn.conv2d(x, w, 1, 'SAME', dilations=[1, 2, 1])", IMAGE, [(3, 3, 4, 9)]),
    ('list-length', "tf.nn.conv1d(x, w, [1, 1], 'SAME')", (1, 8, 4), [(3, 4, 9)]),
    ('list-length', "tf.nn.conv3d(x, w, [1, 1, 1], 'SAME')", (1, 4, 4, 4, 4), [(3, 3, 3, 4, 9)]),
    ('list-length', "tf.nn.conv3d(x, w, 1, 'SAME')", (1, 4, 4, 4, 4), [(3, 3, 3, 4, 9)]),
    ('list-length', "tf.nn.depthwise_conv2d(x, w, [2, 2], 'SAME')", IMAGE, [(3, 3, 4, 1)]),
    ('list-length', "tf.nn.depthwise_conv2d(x, w, 2, 'SAME')", IMAGE, [(3, 3, 4, 1)]),
    ('list-length', "tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME', dilations=[1, 2, 2, 1])", IMAGE, [(3, 3, 4, 1)]),
    ('list-length', "tf.nn.separable_conv2d(x, w, p, 1, 'SAME')", IMAGE, [(3, 3, 4, 1), (1, 1, 4, 5)]),
    ('outer-stride', "tf.nn.conv2d(x, w, [2, 1, 1, 1], 'SAME')", IMAGE, [(3, 3, 4, 9)]),
    ('outer-stride', "tf.nn.conv2d(x, w, [1, 1, 1, 2], 'SAME')", IMAGE, [(3, 3, 4, 9)]),
    ('outer-stride', "tf.nn.conv2d(x, w, 1, 'SAME', dilations=[2, 1, 1, 1])", IMAGE, [(3, 3, 4, 9)]),
    ('outer-stride', "tf.nn.conv3d(x, w, [2, 1, 1, 1, 1], 'SAME')", (1, 4, 4, 4, 4), [(3, 3, 3, 4, 9)]),
    ('outer-stride', "tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 2], 'SAME')", IMAGE, [(3, 3, 4, 1)]),
    ('data-format', "tf.nn.conv1d(x, w, 1, 'SAME', data_format='NHWC')", (1, 8, 4), [(3, 4, 9)]),
    ('data-format', "tf.nn.conv1d(x, w, 1, 'SAME', data_format='WNC')", (1, 8, 4), [(3, 4, 9)]),
    ('data-format', "tf.nn.conv2d(x, w, 1, 'SAME', data_format='channels_last')", IMAGE, [(3, 3, 4, 9)]),
    ('data-format', "tf.nn.conv2d(x, w, 1, 'SAME', data_format='NCHW')", (1, 4, 8, 8), [(3, 3, 4, 9)]),
    ('padding-string', "tf.nn.conv2d(x, w, 1, 'same')", IMAGE, [(3, 3, 4, 9)]),
    ('padding-string', "tf.nn.conv2d(x, w, 1, 'FULL')", IMAGE, [(3, 3, 4, 9)]),
    ('padding-string', "tf.nn.conv1d(x, w, 1, 'valid')", (1, 8, 4), [(3, 4, 9)]),
    ('padding-string', "tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'same')", (1, 4, 4, 4, 4), [(3, 3, 3, 4, 9)]),
    ('padding-string', "tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'same')", IMAGE, [(3, 3, 4, 1)]),
    ('padding-string', "tf.nn.convolution(x, w, 1, 'same')", IMAGE, [(3, 3, 4, 9)]),
    ('explicit', "tf.nn.conv2d(x, w, 1, [[1, 1], [1, 1]])", IMAGE, [(3, 3, 4, 9)]),
    ('explicit', "tf.nn.conv2d(x, w, 1, [[0, 0], [1, 1], [1, 1], [1, 0]])", IMAGE, [(3, 3, 4, 9)]),
    ('explicit', "tf.nn.conv2d(x, w, 1, [[0, 0], [1, 1], [1, -1], [0, 0]])", IMAGE, [(3, 3, 4, 9)]),
    ('explicit', "tf.nn.conv2d(x, w, 1, 1)", IMAGE, [(3, 3, 4, 9)]),
    ('explicit', "tf.nn.conv1d(x, w, 1, [[0, 0], [1, 1], [0, 0]])", (1, 8, 4), [(3, 4, 9)]),
    ('explicit', "tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], [[0, 0], [1, 1], [1, 1], [1, 1], [0, 0]])", (1, 4, 4, 4, 4),
     [(3, 3, 3, 4, 9)]),
    ('rate', "tf.nn.atrous_conv2d(x, w, 0, 'SAME')", IMAGE, [(3, 3, 4, 9)]),
    ('rate', "tf.nn.atrous_conv2d(x, w, -1, 'SAME')", IMAGE, [(3, 3, 4, 9)]),
    ('rate', "tf.nn.atrous_conv2d_transpose(x, w, [1, 8, 8, 5], 0, 'SAME')", IMAGE, [(3, 3, 5, 4)]),
    ('output-shape', "tf.nn.conv_transpose(x, w, [16, 16], 2)", IMAGE, [(3, 3, 9, 4)]),
    ('output-shape', "tf.nn.conv2d_transpose(x, w, [16, 16], 2)", IMAGE, [(3, 3, 9, 4)]),
    ('output-shape', "tf.nn.conv2d_transpose(x, w, [1, 18, 16, 9], 2)", IMAGE, [(3, 3, 9, 4)]),
    ('output-shape', "tf.nn.conv2d_transpose(x, w, [1, 16, 16, 8], 2)", IMAGE, [(3, 3, 9, 4)]),
    ('output-shape', "tf.nn.conv2d_transpose(x, w, [2, 16, 16, 9], 2)", IMAGE, [(3, 3, 9, 4)]),
    ('output-shape', "tf.nn.conv2d_transpose(x, w, [1, 16, 16, 9], 2, 'VALID')", IMAGE, [(3, 3, 9, 4)]),
    ('output-shape', "tf.nn.conv1d_transpose(x, w, [1, 20, 9], 2)", (1, 8, 4), [(3, 9, 4)]),
    ('output-shape', "tf.nn.conv3d_transpose(x, w, [1, 9, 8, 8, 9], 2)", (1, 4, 4, 4, 4), [(3, 3, 3, 9, 4)]),
    ('depth-transposed', "tf.nn.conv2d_transpose(x, w, [1, 16, 16, 9], 2)", IMAGE, [(3, 3, 9, 3)]),
    ('dilated-transposed', "tf.nn.conv2d_transpose(x, w, [1, 8, 8, 9], 1, dilations=2)", IMAGE, [(3, 3, 9, 4)]),
    ('rank', "tf.nn.conv2d(x, w, 1, 'SAME')", (8, 8, 4), [(3, 3, 4, 9)]),
    ('rank', "tf.nn.conv2d(x, w, 1, 'SAME')", IMAGE, [(3, 4, 9)]),
    ('rank', "tf.nn.conv1d(x, w, 1, 'SAME')", IMAGE, [(3, 4, 9)]),
    ('rank', "tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], 'SAME')", IMAGE, [(3, 3, 3, 4, 9)]),
    ('rank', "tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], 'SAME')", (8, 8, 4), [(3, 3, 4, 1)]),
    ('rank', "tf.nn.convolution(x, w, 1, 'SAME')", IMAGE, [(3, 4, 9)]),
    ('arity', 'tf.nn.conv2d(x, w, 1)', IMAGE, [(3, 3, 4, 9)]),
    ('arity', "tf.nn.conv2d(x, w, 1, 'SAME', groups=2)", IMAGE, [(3, 3, 2, 8)]),
    ('arity', "tf.nn.conv2d(x, filter=w, strides=1, padding='SAME')", IMAGE, [(3, 3, 4, 9)]),
]

# Code, layer text, input shape, or None where construction itself is expected to raise.
LAYERS = [
    ('filters', 'layers.Conv2D(0, 3)', None),
    ('filters', 'layers.Conv2D(-1, 3)', None),
    ('filters', 'layers.Conv2DTranspose(0, 3)', None),
    ('filters', 'layers.SeparableConv2D(0, 3)', None),
    ('groups', 'layers.Conv2D(8, 3, groups=0)', None),
    ('groups', 'layers.Conv2D(8, 3, groups=-1)', None),
    ('filters-groups', 'layers.Conv2D(8, 3, groups=3)', None),
    ('filters-groups', 'layers.Conv1D(8, 3, groups=3)', None),
    ('channels-groups', 'layers.Conv2D(9, 3, groups=3)', IMAGE),
    ('channels-groups', 'layers.Conv1D(9, 3, groups=3)', (1, 8, 4)),
    ('channels-groups', "layers.Conv2D(9, 3, groups=3, data_format='channels_first')", (1, 4, 8, 8)),
    ('kernel', 'layers.Conv2D(8, 0)', None),
    ('kernel', 'layers.Conv2D(8, (3, 0))', None),
    ('kernel', 'layers.Conv2D(8, -3)', None),
    ('kernel', 'layers.Conv2D(8, (3, 3, 3))', None),
    ('kernel', 'layers.Conv1D(8, (3, 3))', None),
    ('kernel', 'layers.Conv2D(8, (3,))', None),
    ('kernel', "layers.Conv2D(8, '3')", None),
    ('kernel', 'layers.Conv2D(8, 3.5)', None),
    ('kernel', 'layers.DepthwiseConv2D(0)', None),
    ('strides', 'layers.Conv2D(8, 3, 0)', None),
    ('strides', 'layers.Conv2D(8, 3, (1, 2, 1))', None),
    ('strides', 'layers.Conv2D(8, 3, strides=-1)', None),
    ('dilation', 'layers.Conv2D(8, 3, dilation_rate=0)', None),
    ('dilation', 'layers.Conv2D(8, 3, dilation_rate=(1, 2, 3))', None),
    ('strides-dilation', 'layers.Conv2D(8, 3, strides=2, dilation_rate=2)', None),
    ('strides-dilation', 'layers.Conv2D(8, 3, strides=(2, 1), dilation_rate=(1, 2))', None),
    ('strides-dilation', 'layers.Conv1D(8, 3, 2, dilation_rate=2)', None),
    ('strides-dilation', 'layers.Conv2DTranspose(8, 3, 2, dilation_rate=2)', None),
    ('strides-dilation', 'layers.DepthwiseConv2D(3, 2, dilation_rate=2)', IMAGE),
    ('strides-dilation', 'layers.SeparableConv2D(8, 3, 2, dilation_rate=2)', IMAGE),
    ('padding', "layers.Conv2D(8, 3, padding='foo')", None),
    ('padding', "layers.Conv1D(8, 3, padding='foo')", None),
    ('padding', 'layers.Conv2D(8, 3, padding=1)', None),
    ('padding', 'layers.Conv2D(8, 3, padding=(1, 1))', None),
    ('padding', "layers.Conv2DTranspose(8, 3, padding='full')", None),
    ('padding', "layers.DepthwiseConv2D(3, padding='foo')", None),
    ('causal', "layers.Conv2D(8, 3, padding='causal')", None),
    ('causal', "layers.Conv3D(8, 3, padding='causal')", None),
    ('causal', "layers.DepthwiseConv1D(3, padding='causal')", (1, 8, 4)),
    ('causal', "layers.SeparableConv1D(8, 3, padding='causal')", (1, 8, 4)),
    ('causal', "layers.Conv1DTranspose(8, 3, padding='causal')", (1, 8, 4)),
    ('causal-channels-first', "layers.Conv1D(8, 3, padding='causal', data_format='channels_first')", (1, 4, 8)),
    ('output-padding', 'layers.Conv2DTranspose(8, 3, 2, output_padding=2)', None),
    ('output-padding', 'layers.Conv2DTranspose(8, 3, 2, output_padding=(1, 2))', None),
    ('output-padding', 'layers.Conv2DTranspose(8, 3, output_padding=1)', None),
    ('output-padding', 'layers.Conv1DTranspose(8, 3, 2, output_padding=3)', None),
    ('output-padding', "layers.Conv2DTranspose(8, 4, 2, padding='same', output_padding=0)", (1, 3, 3, 4)),
    ('depth-multiplier', 'layers.DepthwiseConv2D(3, depth_multiplier=0)', None),
    ('depth-multiplier', 'layers.SeparableConv2D(8, 3, depth_multiplier=0)', None),
    ('depth-multiplier', 'layers.DepthwiseConv1D(3, depth_multiplier=-1)', None),
    ('window', 'layers.Conv2D(8, 9)', IMAGE),
    ('window', 'layers.Conv2D(8, 3, dilation_rate=4)', IMAGE),
    ('window', 'layers.Conv1D(8, 5)', (1, 3, 4)),
    ('window', 'layers.Conv3D(8, 3)', (1, 2, 4, 4, 4)),
    ('window', 'layers.DepthwiseConv2D(9)', IMAGE),
    ('window', 'layers.SeparableConv2D(8, 9)', IMAGE),
    ('data-format', "layers.Conv2D(8, 3, data_format='NCHW')", None),
    ('data-format', "layers.Conv2D(8, 3, data_format='channels')", None),
    ('rank', 'layers.Conv2D(8, 3)', (8, 8, 4)),
    ('rank', 'layers.Conv1D(8, 3)', IMAGE),
    ('rank', 'layers.Conv2DTranspose(8, 3)', (8, 8, 4)),
    ('rank', 'layers.DepthwiseConv2D(3)', (8, 8, 4)),
    ('arity', 'layers.Conv2D(8)', None),
    ('arity', 'layers.Conv2D(8, 3, stride=2)', None),
    ('arity', 'layers.Conv2D(8, 3, bias=False)', None),
    ('arity', 'layers.DepthwiseConv2D(8, 3, 1, 1)', None),
    ('arity', 'layers.DepthwiseConv2D(filters=8, kernel_size=3)', None),
    ('arity', 'layers.Conv2DTranspose(8, 3, groups=2)', None),
]


def clean(error):
    """The message without terminal colours, the wrapping function's generated name and the location in the library."""
    text = re.sub(r'\x1b\[\d*m', '', str(error))
    text = re.sub(r'\{\{function_node [^}]*\}\} ?', '', text)
    return re.sub(r'\n\s*in user code:.*?\n\n\s+(?=[A-Z])', '', text, flags=re.S).strip()


def caught(run):
    """What run() raised, as {exception, message}, or null and the result."""
    try:
        return None, run()
    except Exception as error:  # every exception is the fact we record
        return {'exception': type(error).__name__, 'message': clean(error)}, None


def function_record(code, expression, input, filters):
    def run(*tensors):
        return eval(expression, {'tf': tf}, dict(zip('xwp', tensors)))

    def infer():
        with tf.Graph().as_default():
            return run(*(tf.compat.v1.placeholder(tf.float32, shape) for shape in (input, *filters)))

    graph_error, inferred = caught(infer)
    error, y = caught(lambda: run(*(tf.zeros(shape) for shape in (input, *filters))))
    return {
        'code': code, 'kind': 'function', 'expression': expression, 'input': list(input), 'filters': [list(f) for f in filters],
        'stage': 'call', **(error or {'exception': None, 'message': None}),
        'output': None if y is None else list(y.shape),
        'graph': graph_error, 'graphOutput': None if inferred is None else inferred.shape.as_list(),
    }


def attempt_layer(library, expression, input):
    """(stage, error or None, output shape) of building and applying a layer."""
    error, layer = caught(lambda: eval(expression, {'layers': library.layers}))
    if error or input is None:
        return 'constructor', error, None
    error, y = caught(lambda: layer(tf.zeros(input)))
    return 'call', error, None if y is None else list(y.shape)


def layer_record(code, expression, input):
    stage, error, output = attempt_layer(keras, expression, input)
    stage2, error2, output2 = attempt_layer(tf_keras, expression, input)
    return {
        'code': code, 'kind': 'layer', 'expression': expression, 'input': None if input is None else list(input),
        'stage': stage, **(error or {'exception': None, 'message': None}), 'output': output,
        'keras2': {'stage': stage2, **(error2 or {'exception': None, 'message': None}), 'output': output2},
    }


def main():
    common.fix_set_order()
    warnings.simplefilter('ignore')
    header = {'framework': 'tensorflow', 'version': tf.__version__, 'keras': keras.__version__,
              'tfKeras': tf_keras.__version__, 'script': 'make/tf_errors.py',
              'note': 'exception null: this version accepts the call. graph: the exception of shape inference alone.'}
    records = [function_record(*row) for row in FUNCTIONS] + [layer_record(*row) for row in LAYERS]
    common.write('tf-errors.json', header, records)


if __name__ == '__main__':
    main()
