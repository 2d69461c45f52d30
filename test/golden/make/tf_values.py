"""Numeric results of TensorFlow (tf.nn) and Keras convolutions on small integer tensors."""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = ''

import functools
import math
import random
import re

import keras
import numpy as np
import tensorflow as tf
import tf_keras

import common

MAX_OUTPUT = 240
REFUSED = (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError, ValueError)
# Layout of the filter, and of the second filter of a separable convolution, by the last part of the call.
CHANNELS_LAST = {1: 'NWC', 2: 'NHWC', 3: 'NDHWC'}
CHANNELS_FIRST = {1: 'NCW', 2: 'NCHW', 3: 'NCDHW'}
SPATIAL = {1: 'W', 2: 'HW', 3: 'DHW'}


def filter_layouts(call, rank):
    name, axes = call.rsplit('.', 1)[1].lower(), SPATIAL[rank]
    if 'separable' in name:
        return [f'{axes}IM', f'{axes}IO']
    if 'depthwise' in name:
        return [f'{axes}IM']
    return [f'{axes}OI' if 'transpose' in name else f'{axes}IO']


def fill_values(kind, shape, fill, given):
    count = math.prod(shape)
    if given is not None:
        return given
    if fill == 'iota':
        return common.iota(count)
    return {'input': common.input_pattern, 'weight': common.weight_pattern, 'bias': common.bias_pattern}[kind](count)


def tensor(kind, shape, fill='pattern', given=None):
    return tf.constant(np.array(fill_values(kind, shape, fill, given), dtype=np.float64).reshape(shape))


def first_line(error):
    """The telling line of a TensorFlow error, without colour codes and the name of the wrapping function."""
    text = re.sub(r'\x1b\[\d*m', '', str(error)).strip().splitlines()
    message = next(line for line in text if line and not line.startswith('Exception encountered'))
    return re.sub(r'^\{\{.*?\}\} ', '', message)


def finish(fields, compute):
    """The fields with the result of compute(): run eagerly, or compiled by XLA where the CPU kernels refuse."""
    refusal = {}
    try:
        y, via = compute(), 'eager'
    except REFUSED as error:
        refusal = {'exception': type(error).__name__, 'message': first_line(error)}
        try:
            y, via = tf.function(compute, jit_compile=True)(), 'xla'
        except (*REFUSED, tf.errors.OpError):
            return {**fields, 'via': None, **refusal}
    return {**fields, 'via': via, **refusal, 'output': y.shape.as_list(),
            'values': common.integers(np.asarray(y).ravel().tolist())}


def implicit_groups(call, input, filters, first):
    """Groups as tf.nn infers them: input depth over filter depth. Depthwise filters group by input channel."""
    channels = input[1] if first else input[-1]
    if 'depthwise' in call or 'separable' in call:
        return channels
    return 1 if 'transpose' in call else channels // filters[0][-2]


def op(id, name, input, filters, *, fill='pattern', given=(None, None), output_shape=None, **args):
    """Run tf.nn.<name>(input, *filters, [output_shape], **args); the record keeps the arguments as passed."""
    call, rank = f'tf.nn.{name}', len(input) - 2
    x = tensor('input', input, fill, given[0])
    ws = [tensor('weight', shape, fill, given[1]) for shape in filters]
    positional = [output_shape] if output_shape else []
    first = str(args.get('data_format') or '').startswith('NC')
    fields = {
        'id': id, 'call': call, 'fill': fill if given[0] is None else 'explicit', 'rank': rank,
        'layout': {'input': (CHANNELS_FIRST if first else CHANNELS_LAST)[rank], 'filters': filter_layouts(call, rank)},
        'input': input, 'filters': filters, 'bias': None,
        'strides': args.get('strides', args.get('stride')), 'padding': args.get('padding'),
        'dilations': args.get('dilations', args.get('rate')), 'dataFormat': args.get('data_format'),
        'groups': implicit_groups(call, input, filters, first),
        'depthMultiplier': filters[0][-1] if 'depthwise' in name or 'separable' in name else None,
        'outputPadding': None, 'outputShape': output_shape,
    }
    if given[0] is not None:
        fields |= {'inputValues': given[0], 'filterValues': [given[1]]}
    return finish(fields, lambda: getattr(tf.nn, name)(x, *ws, *positional, **args))


def build_layer(library, name, x, args):
    """A layer of Keras 3 or 2 with its weights filled by the patterns, and the shapes of those weights."""
    made = getattr(library.layers, name)(**args, dtype='float64')
    made.build(x.shape)
    shapes = [list(w.shape) for w in made.weights]
    made.set_weights([tensor('bias' if len(s) == 1 else 'weight', s).numpy() for s in shapes])
    return made, shapes


def keras2_verdict(name, x, args, made):
    """How Keras 2 compares with what Keras 3 made: "equal", "differs" or "raises"; null when neither computes it."""
    try:
        other = build_layer(tf_keras, name, x, args)[0](x).numpy()
    except (*REFUSED, TypeError):
        return 'raises' if 'values' in made else None
    return 'equal' if made.get('values') == other.ravel().tolist() and made['output'] == list(other.shape) else 'differs'


def layer(id, name, input, **args):
    """Run keras.layers.<name>(**args) on the input pattern."""
    call, rank = f'keras.layers.{name}', len(input) - 2
    x = tensor('input', input)
    made, shapes = build_layer(keras, name, x, args)
    kernels = [s for s in shapes if len(s) > 1]
    first = args.get('data_format') == 'channels_first'
    depthwise = name.startswith(('Depthwise', 'Separable'))
    fields = finish({
        'id': id, 'call': call, 'fill': 'pattern', 'rank': rank,
        'layout': {'input': (CHANNELS_FIRST if first else CHANNELS_LAST)[rank], 'filters': filter_layouts(call, rank)},
        'input': input, 'filters': kernels, 'bias': True if len(shapes) > len(kernels) else None,
        'kernelSize': args['kernel_size'], 'strides': args.get('strides'), 'padding': args.get('padding'),
        'dilations': args.get('dilation_rate'), 'dataFormat': args.get('data_format'),
        'groups': input[1 if first else -1] if depthwise else args.get('groups', 1),
        'depthMultiplier': args.get('depth_multiplier', 1) if depthwise else None,
        'outputPadding': args.get('output_padding'), 'outputShape': None,
        'expectedOutput': list(made.compute_output_shape(input)),
    }, lambda: tf.convert_to_tensor(made(x)))
    return {**fields, 'keras2': keras2_verdict(name, x, args, fields)}


def published():
    """The vectors W1 to W7 that the project publishes."""
    yield op('W1', 'conv2d', [1, 4, 4, 1], [[3, 3, 1, 1]], fill='iota', strides=2, padding='SAME')
    yield op('W2', 'depthwise_conv2d', [1, 3, 3, 2], [[2, 2, 2, 2]], fill='iota', strides=[1, 1, 1, 1], padding='VALID')
    yield op('W3', 'separable_conv2d', [1, 3, 3, 2], [[2, 2, 2, 2], [1, 1, 4, 1]], fill='iota', strides=[1, 1, 1, 1],
             padding='VALID')
    yield op('W4', 'conv2d_transpose', [1, 2, 2, 1], [[3, 3, 1, 1]], fill='iota', output_shape=[1, 4, 4, 1], strides=2,
             padding='SAME')
    yield op('W5', 'conv2d_transpose', [1, 2, 2, 1], [[3, 3, 1, 1]], fill='iota', output_shape=[1, 5, 5, 1], strides=2,
             padding='VALID')
    for n, k, s, d in ((5, 3, 2, 1), (6, 3, 2, 1), (7, 3, 2, 1), (8, 3, 3, 1), (7, 5, 3, 1), (7, 3, 1, 2), (4, 1, 2, 1)):
        yield op(f'W6-{n}-{k}-{s}-{d}', 'conv1d', [1, n, 1], [[k, 1, 1]], given=(common.iota(n), [10**i for i in range(k)]),
                 stride=s, padding='SAME', dilations=d)
    yield op('W7', 'depthwise_conv2d', [1, 1, 1, 3], [[1, 1, 3, 2]], given=([1, 10, 100], common.iota(6)),
             strides=[1, 1, 1, 1], padding='VALID')


PUBLISHED = {
    'W1': [348, 252, 274, 175],
    'W2': [196, 216, 272, 296, 252, 280, 344, 376, 364, 408, 488, 536, 420, 472, 560, 616],
    'W3': [2628, 3348, 4788, 5508],
    'W4': [1, 2, 5, 4, 4, 5, 14, 10, 10, 14, 36, 24, 12, 15, 34, 20],
    'W5': [1, 2, 5, 4, 6, 4, 5, 14, 10, 12, 10, 14, 36, 24, 30, 12, 15, 34, 20, 24, 21, 24, 55, 32, 36],
    'W6-5-3-2-1': [210, 432, 54], 'W6-6-3-2-1': [321, 543, 65], 'W6-7-3-2-1': [210, 432, 654, 76],
    'W6-8-3-3-1': [321, 654, 87], 'W6-7-5-3-1': [32100, 65432, 765],
    'W6-7-3-1-2': [310, 420, 531, 642, 753, 64, 75], 'W6-4-1-2-1': [1, 3],
    'W7': [1, 2, 30, 40, 500, 600],
}


def chosen_ops():
    """Forms of arguments and corners of tf.nn picked by hand."""
    square = [1, 6, 6, 2]
    yield op('conv2d-strides-1-entry', 'conv2d', square, [[3, 3, 2, 3]], strides=[2], padding='SAME')
    yield op('conv2d-strides-2-entries', 'conv2d', square, [[3, 3, 2, 3]], strides=[2, 1], padding='SAME')
    yield op('conv2d-strides-4-entries', 'conv2d', square, [[3, 3, 2, 3]], strides=[1, 2, 1, 1], padding='SAME')
    yield op('conv2d-dilations-4-entries', 'conv2d', [1, 7, 7, 1], [[2, 3, 1, 2]], strides=1, padding='VALID',
             dilations=[1, 3, 2, 1])
    yield op('conv2d-stride-and-dilation', 'conv2d', [1, 8, 8, 1], [[3, 3, 1, 2]], strides=2, padding='SAME', dilations=2)
    yield op('conv2d-explicit', 'conv2d', square, [[3, 3, 2, 3]], strides=2, padding=[[0, 0], [1, 0], [2, 1], [0, 0]])
    yield op('conv2d-explicit-dilated', 'conv2d', square, [[3, 2, 2, 2]], strides=1,
             padding=[[0, 0], [0, 3], [1, 0], [0, 0]], dilations=[1, 2, 3, 1])
    yield op('conv2d-even-kernel-same', 'conv2d', [1, 5, 5, 1], [[2, 4, 1, 2]], strides=1, padding='SAME')
    yield op('conv2d-kernel-beyond-input-same', 'conv2d', [1, 3, 4, 1], [[5, 6, 1, 1]], strides=2, padding='SAME')
    yield op('conv2d-stride-beyond-kernel-same', 'conv2d', [1, 8, 7, 2], [[2, 1, 2, 2]], strides=[3, 2], padding='SAME')
    yield op('conv2d-implicit-groups-2', 'conv2d', [1, 4, 4, 4], [[3, 3, 2, 6]], strides=1, padding='SAME')
    yield op('conv2d-implicit-groups-3', 'conv2d', [1, 5, 5, 6], [[2, 2, 2, 3]], strides=2, padding='VALID')
    yield op('conv2d-implicit-depthwise-3', 'conv2d', [1, 4, 4, 3], [[3, 3, 1, 9]], strides=1, padding='SAME')
    yield op('conv1d-dilations-list', 'conv1d', [2, 9, 2], [[3, 2, 3]], stride=[1], padding='VALID', dilations=[3])
    yield op('conv1d-stride-3-entries', 'conv1d', [1, 9, 2], [[4, 2, 2]], stride=[1, 2, 1], padding='SAME')
    yield op('conv3d-same', 'conv3d', [1, 4, 5, 3, 1], [[2, 3, 2, 1, 2]], strides=[1, 2, 1, 2, 1], padding='SAME')
    yield op('convolution-1d', 'convolution', [1, 8, 2], [[3, 2, 2]], strides=2, padding='SAME')
    yield op('convolution-2d-default-valid', 'convolution', [1, 6, 5, 2], [[3, 2, 2, 2]])
    yield op('convolution-2d-dilated', 'convolution', [1, 7, 7, 1], [[3, 3, 1, 2]], padding='SAME', dilations=[2, 3])
    yield op('convolution-3d', 'convolution', [1, 4, 4, 4, 1], [[2, 2, 2, 1, 2]], padding='VALID')
    yield op('atrous-rate-1', 'atrous_conv2d', [1, 5, 5, 1], [[3, 3, 1, 2]], rate=1, padding='SAME')
    yield op('atrous-rate-2-same', 'atrous_conv2d', [1, 7, 6, 1], [[3, 3, 1, 2]], rate=2, padding='SAME')
    yield op('atrous-rate-2-valid', 'atrous_conv2d', [1, 7, 8, 2], [[3, 3, 2, 2]], rate=2, padding='VALID')
    yield op('atrous-rate-3-even-kernel', 'atrous_conv2d', [1, 8, 8, 1], [[2, 2, 1, 2]], rate=3, padding='SAME')
    yield op('atrous-transpose-same', 'atrous_conv2d_transpose', [1, 6, 6, 1], [[3, 3, 2, 1]],
             output_shape=[1, 6, 6, 2], rate=2, padding='SAME')
    yield op('atrous-transpose-valid', 'atrous_conv2d_transpose', [1, 3, 4, 1], [[3, 3, 2, 1]],
             output_shape=[1, 7, 8, 2], rate=2, padding='VALID')
    yield op('depthwise-dilated', 'depthwise_conv2d', [1, 7, 6, 2], [[3, 2, 2, 2]], strides=[1, 1, 1, 1], padding='VALID',
             dilations=[2, 3])
    yield op('depthwise-dilated-same', 'depthwise_conv2d', [1, 7, 6, 3], [[3, 3, 3, 1]], strides=[1, 1, 1, 1],
             padding='SAME', dilations=[2, 2])
    yield op('depthwise-explicit', 'depthwise_conv2d', [1, 5, 5, 2], [[3, 3, 2, 2]], strides=[1, 2, 2, 1],
             padding=[[0, 0], [2, 0], [0, 1], [0, 0]])
    yield op('separable-same-stride-2', 'separable_conv2d', [1, 6, 6, 2], [[3, 3, 2, 2], [1, 1, 4, 3]],
             strides=[1, 2, 2, 1], padding='SAME')
    yield op('separable-dilated', 'separable_conv2d', [1, 7, 7, 3], [[3, 3, 3, 1], [1, 1, 3, 2]], strides=[1, 1, 1, 1],
             padding='SAME', dilations=[2, 2])
    yield op('conv1d-transpose-same', 'conv1d_transpose', [1, 4, 2], [[3, 3, 2]], output_shape=[1, 8, 3], strides=2,
             padding='SAME')
    yield op('conv1d-transpose-same-odd', 'conv1d_transpose', [1, 4, 2], [[3, 3, 2]], output_shape=[1, 7, 3], strides=2,
             padding='SAME')
    yield op('conv1d-transpose-valid', 'conv1d_transpose', [1, 4, 2], [[4, 3, 2]], output_shape=[1, 13, 3], strides=3,
             padding='VALID')
    yield op('conv1d-transpose-valid-larger', 'conv1d_transpose', [1, 4, 2], [[4, 3, 2]], output_shape=[1, 15, 3],
             strides=3, padding='VALID')
    yield op('conv2d-transpose-rectangular', 'conv2d_transpose', [1, 3, 4, 2], [[2, 3, 3, 2]], output_shape=[1, 6, 12, 3],
             strides=[2, 3], padding='SAME')
    yield op('conv2d-transpose-explicit', 'conv2d_transpose', [1, 3, 3, 1], [[3, 3, 2, 1]], output_shape=[1, 5, 6, 2],
             strides=2, padding=[[0, 0], [1, 1], [1, 0], [0, 0]])
    yield op('conv3d-transpose-same', 'conv3d_transpose', [1, 2, 2, 3, 1], [[3, 2, 3, 2, 1]], output_shape=[1, 4, 4, 3, 2],
             strides=[1, 2, 2, 1, 1], padding='SAME')
    yield op('conv3d-transpose-valid', 'conv3d_transpose', [1, 2, 2, 2, 2], [[2, 2, 2, 1, 2]], output_shape=[1, 4, 3, 4, 1],
             strides=[1, 2, 1, 2, 1], padding='VALID')
    yield op('conv-transpose-2d', 'conv_transpose', [1, 3, 3, 2], [[2, 2, 3, 2]], output_shape=[1, 6, 6, 3], strides=2,
             padding='VALID')


def chosen_layers():
    """Keras layers picked by hand: transposed sizes, causal padding, one bias after the pointwise step."""
    yield layer('keras-conv1d-causal', 'Conv1D', [1, 8, 2], filters=3, kernel_size=3, padding='causal')
    yield layer('keras-conv1d-causal-dilated', 'Conv1D', [1, 9, 1], filters=2, kernel_size=2, padding='causal',
                dilation_rate=3)
    yield layer('keras-conv1d-causal-stride', 'Conv1D', [1, 9, 1], filters=2, kernel_size=4, strides=3, padding='causal')
    yield layer('keras-conv2d-valid', 'Conv2D', [1, 6, 7, 2], filters=3, kernel_size=(3, 2))
    yield layer('keras-conv2d-same-stride', 'Conv2D', [2, 5, 6, 2], filters=3, kernel_size=3, strides=2, padding='same')
    yield layer('keras-conv2d-dilated', 'Conv2D', [1, 7, 8, 1], filters=2, kernel_size=(2, 3), padding='same',
                dilation_rate=(3, 2), use_bias=False)
    yield layer('keras-conv2d-groups', 'Conv2D', [1, 5, 5, 4], filters=6, kernel_size=3, padding='same', groups=2)
    yield layer('keras-conv2d-depthwise-by-groups', 'Conv2D', [1, 4, 4, 3], filters=9, kernel_size=3, groups=3)
    yield layer('keras-conv1d-groups', 'Conv1D', [1, 6, 4], filters=4, kernel_size=3, groups=2)
    yield layer('keras-conv3d-same', 'Conv3D', [1, 3, 4, 5, 1], filters=2, kernel_size=(2, 3, 2), padding='same')
    yield layer('keras-conv3d-stride', 'Conv3D', [1, 4, 4, 5, 2], filters=2, kernel_size=2, strides=(2, 1, 3))
    for padding in ('valid', 'same'):
        p = f'-{padding}'
        yield layer(f'keras-transpose2d-k3-s2{p}', 'Conv2DTranspose', [1, 3, 3, 2], filters=2, kernel_size=3, strides=2,
                    padding=padding)
        yield layer(f'keras-transpose2d-k4-s2{p}', 'Conv2DTranspose', [1, 3, 2, 1], filters=2, kernel_size=4, strides=2,
                    padding=padding)
        yield layer(f'keras-transpose2d-k2-s3{p}', 'Conv2DTranspose', [1, 3, 3, 1], filters=2, kernel_size=2, strides=3,
                    padding=padding)
        yield layer(f'keras-transpose2d-rectangular{p}', 'Conv2DTranspose', [1, 3, 4, 1], filters=2, kernel_size=(3, 2),
                    strides=(2, 1), padding=padding, use_bias=False)
        yield layer(f'keras-transpose2d-s1{p}', 'Conv2DTranspose', [1, 4, 4, 1], filters=2, kernel_size=3, padding=padding)
        yield layer(f'keras-transpose1d-k3-s2{p}', 'Conv1DTranspose', [1, 4, 2], filters=3, kernel_size=3, strides=2,
                    padding=padding)
        yield layer(f'keras-transpose1d-k2-s4{p}', 'Conv1DTranspose', [1, 4, 1], filters=2, kernel_size=2, strides=4,
                    padding=padding)
        yield layer(f'keras-transpose3d{p}', 'Conv3DTranspose', [1, 2, 3, 2, 1], filters=2, kernel_size=(2, 3, 2),
                    strides=(1, 2, 2), padding=padding)
        for k, op_ in ((3, 0), (3, 1), (4, 0), (4, 1)):
            yield layer(f'keras-transpose2d-k{k}-op{op_}{p}', 'Conv2DTranspose', [1, 3, 3, 1], filters=1, kernel_size=k,
                        strides=2, padding=padding, output_padding=op_)
        yield layer(f'keras-transpose1d-k3-s3-op2{p}', 'Conv1DTranspose', [1, 4, 1], filters=1, kernel_size=3, strides=3,
                    padding=padding, output_padding=2)
        yield layer(f'keras-depthwise2d{p}', 'DepthwiseConv2D', [1, 6, 5, 2], kernel_size=(3, 2), padding=padding,
                    depth_multiplier=3)
        yield layer(f'keras-depthwise2d-stride{p}', 'DepthwiseConv2D', [1, 6, 6, 3], kernel_size=3, strides=2,
                    padding=padding)
        yield layer(f'keras-depthwise2d-dilated{p}', 'DepthwiseConv2D', [1, 7, 6, 2], kernel_size=2, padding=padding,
                    dilation_rate=2, depth_multiplier=2)
        yield layer(f'keras-depthwise1d{p}', 'DepthwiseConv1D', [1, 8, 3], kernel_size=3, strides=2, padding=padding,
                    depth_multiplier=2)
        yield layer(f'keras-separable2d{p}', 'SeparableConv2D', [1, 5, 6, 2], filters=3, kernel_size=3, padding=padding,
                    depth_multiplier=2)
        yield layer(f'keras-separable2d-stride{p}', 'SeparableConv2D', [1, 7, 7, 2], filters=3, kernel_size=(2, 3), strides=2,
                    padding=padding)
        yield layer(f'keras-separable1d{p}', 'SeparableConv1D', [1, 9, 2], filters=3, kernel_size=4, strides=2,
                    padding=padding, depth_multiplier=2)


def cpu_limits():
    """Cases that not every build of TensorFlow computes on a CPU."""
    yield op('conv3d-dilated', 'conv3d', [1, 5, 5, 4, 1], [[2, 2, 2, 1, 2]], strides=[1, 1, 1, 1, 1],
                     padding='VALID', dilations=[1, 2, 3, 1, 1])
    yield op('convolution-3d-dilated', 'convolution', [1, 5, 5, 4, 1], [[2, 2, 2, 1, 2]], padding='SAME',
                     dilations=2)
    yield op('conv2d-nchw', 'conv2d', [1, 2, 5, 6], [[3, 2, 2, 3]], strides=[1, 1, 2, 1], padding='SAME',
                     data_format='NCHW')
    yield op('conv1d-ncw', 'conv1d', [1, 2, 7], [[3, 2, 3]], stride=2, padding='SAME', data_format='NCW')
    yield op('depthwise-nchw', 'depthwise_conv2d', [1, 2, 5, 5], [[3, 3, 2, 2]], strides=[1, 1, 2, 2],
                     padding='SAME', data_format='NCHW')
    yield op('conv2d-transpose-dilated', 'conv2d_transpose', [1, 3, 3, 1], [[3, 3, 2, 1]],
                     output_shape=[1, 7, 7, 2], strides=1, padding='VALID', dilations=2)
    yield op('depthwise-unequal-strides', 'depthwise_conv2d', [1, 6, 6, 1], [[3, 3, 1, 2]],
                     strides=[1, 2, 1, 1], padding='SAME')
    yield op('conv3d-implicit-groups', 'conv3d', [1, 3, 3, 3, 4], [[2, 2, 2, 2, 4]], strides=[1, 1, 1, 1, 1],
                     padding='VALID')
    yield layer('keras-conv3d-groups', 'Conv3D', [1, 3, 3, 3, 4], filters=4, kernel_size=2, groups=2)
    yield layer('keras-conv3d-dilated', 'Conv3D', [1, 5, 4, 5, 1], filters=2, kernel_size=2, padding='same',
                        dilation_rate=(2, 1, 3))
    # Output width and filters differ on purpose: where they are equal, Keras 3.15 adds the bias along the width.
    yield layer('keras-conv2d-channels-first', 'Conv2D', [1, 2, 5, 8], filters=3, kernel_size=3, strides=2,
                        padding='same', data_format='channels_first')
    for padding in ('valid', 'same'):
        yield layer(f'keras-transpose2d-dilated-{padding}', 'Conv2DTranspose', [1, 4, 4, 1], filters=2,
                                      kernel_size=3, padding=padding, dilation_rate=2)
        yield layer(f'keras-transpose1d-dilated-{padding}', 'Conv1DTranspose', [1, 4, 1], filters=2,
                                      kernel_size=2, padding=padding, dilation_rate=3)


def warned():
    """Both stride and dilation: TensorFlow warns, then strides inside each phase of the dilation, so that the values
    (and for VALID sometimes the shape) are not those of the convolution formula."""
    for padding, n in (('SAME', 8), ('VALID', 8), ('VALID', 10)):
        yield op(f'depthwise-stride-and-dilation-{padding}-{n}', 'depthwise_conv2d', [1, n, n, 1], [[3, 3, 1, 2]],
                 strides=[1, 2, 2, 1], padding=padding, dilations=[2, 2])


class Geometries:
    """Draws small convolutions from a seeded generator and keeps those that distinguish indices and give output."""

    SIZES = {1: [5, 6, 7, 8, 9, 10], 2: [4, 5, 6, 7, 8], 3: [3, 4, 5]}
    KERNELS = {1: [1, 2, 3, 4, 5], 2: [1, 2, 3, 4], 3: [1, 2, 3]}

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, choices):
        return self.random.choice(choices)

    def per_axis(self, choices, rank):
        return [self.pick(choices) for _ in range(rank)]

    def window(self, rank):
        """Kernel, strides and dilations; dilation only without stride, as the framework asks."""
        kernel = self.per_axis(self.KERNELS[rank], rank)
        strides = self.per_axis([1, 1, 2, 3], rank)
        dilated = rank < 3 and self.random.random() < 0.4
        return (kernel, [1] * rank, self.per_axis([1, 2, 3], rank)) if dilated else (kernel, strides, None)

    def take(self, count, label, attempt):
        """Run attempts until `count` of them gave a usable record."""
        number = 1
        while number <= count:
            try:
                made = attempt(f'{label}-{number}')
            except ValueError:
                continue  # Keras refuses to build a layer whose window is wider than the input
            if not 0 < len(made.get('values', [])) <= MAX_OUTPUT or common.repeats(made['input'], 11):
                continue
            if any(common.repeats(f, 7) for f in made['filters']):
                continue
            number += 1
            yield made

    def conv(self, rank, id):
        kernel, strides, dilations = self.window(rank)
        cin, depth, cout = self.pick([(1, 2, 1), (2, 3, 1), (3, 2, 1), (4, 6, 2), (6, 4, 2), (3, 3, 3)])
        groups = cout if rank == 2 else 1
        input = [self.pick([1, 1, 2]), *self.per_axis(self.SIZES[rank], rank), cin]
        args = {'stride' if rank == 1 else 'strides': [1, *strides, 1] if rank == 3 else strides}
        if dilations:
            args['dilations'] = dilations
        return op(id, f'conv{rank}d', input, [[*kernel, cin // groups, depth]], padding=self.pick(['SAME', 'VALID']), **args)

    def depthwise(self, id):
        kernel, _, dilations = self.window(2)
        stride = 1 if dilations else self.pick([1, 2, 3])
        channels, multiplier = self.pick([(1, 2), (2, 1), (2, 3), (3, 2), (4, 1)])
        input = [1, *self.per_axis(self.SIZES[2], 2), channels]
        extra = {'dilations': dilations} if dilations else {}
        return op(id, 'depthwise_conv2d', input, [[*kernel, channels, multiplier]], strides=[1, stride, stride, 1],
                  padding=self.pick(['SAME', 'VALID']), **extra)

    def transposed(self, rank, id):
        kernel = self.per_axis(self.KERNELS[rank], rank)
        strides = self.per_axis([1, 2, 3], rank)
        padding = self.pick(['SAME', 'VALID'])
        spatial = self.per_axis([2, 3, 4], rank)
        cin, cout = self.pick([(1, 2), (2, 1), (2, 3), (3, 2)])
        shape = [self.transposed_size(n, k, s, padding) for n, k, s in zip(spatial, kernel, strides)]
        return op(id, f'conv{rank}d_transpose', [1, *spatial, cin], [[*kernel, cout, cin]],
                  output_shape=[1, *shape, cout], strides=[1, *strides, 1] if rank == 3 else strides, padding=padding)

    def transposed_size(self, n, k, s, padding):
        """Any of the s sizes that the forward convolution would bring back to n."""
        smallest = (n - 1) * s + (1 if padding == 'SAME' else k)
        return smallest + self.pick(range(s))

    def keras(self, rank, id):
        kernel, strides, dilations = self.window(rank)
        extra = {'dilation_rate': tuple(dilations)} if dilations else {}
        return layer(id, f'Conv{rank}D', [1, *self.per_axis(self.SIZES[rank], rank), self.pick([1, 2, 3])],
                     filters=self.pick([1, 2, 3]), kernel_size=tuple(kernel), strides=tuple(strides),
                     padding=self.pick(['valid', 'same']), use_bias=self.pick([True, False]), **extra)

    def keras_transposed(self, rank, id):
        strides = self.per_axis([1, 2, 3], rank)
        extra = {'output_padding': tuple(self.pick(range(s)) for s in strides)} if self.random.random() < 0.5 else {}
        return layer(id, f'Conv{rank}DTranspose', [1, *self.per_axis([2, 3, 4], rank), self.pick([1, 2])],
                     filters=self.pick([1, 2]), kernel_size=tuple(self.per_axis(self.KERNELS[rank], rank)),
                     strides=tuple(strides), padding=self.pick(['valid', 'same']), **extra)


def generated():
    g = Geometries(seed=20240613)
    for rank, count in ((1, 10), (2, 16), (3, 7)):
        yield from g.take(count, f'conv{rank}d', functools.partial(g.conv, rank))
    yield from g.take(10, 'depthwise', g.depthwise)
    for rank, count in ((1, 8), (2, 10), (3, 4)):
        yield from g.take(count, f'conv{rank}d-transpose', functools.partial(g.transposed, rank))
    for rank, count in ((1, 5), (2, 6), (3, 3)):
        yield from g.take(count, f'keras-conv{rank}d', functools.partial(g.keras, rank))
    for rank, count in ((1, 6), (2, 8), (3, 3)):
        yield from g.take(count, f'keras-transpose{rank}d', functools.partial(g.keras_transposed, rank))


def main():
    vectors = list(published())
    for v in vectors:
        assert v['values'] == PUBLISHED[v['id']], v['id']
    assert {v['id'] for v in vectors} == set(PUBLISHED)
    made = [*vectors, *chosen_ops(), *chosen_layers(), *cpu_limits(), *generated()]
    header = {'framework': 'tensorflow', 'version': tf.__version__, 'keras': keras.__version__,
              'tfKeras': tf_keras.__version__, 'script': 'make/tf_values.py', 'input': '((i*7+3) % 11) - 5',
              'filters': '((i*5+2) % 7) - 3, from i = 0 in each filter', 'bias': 'c % 5 - 2', 'iota': 'i + 1',
              'refused': [r for r in made if 'values' not in r], 'warned': list(warned())}
    common.write('tf-values.json', header, [r for r in made if 'values' in r])


if __name__ == '__main__':
    main()
