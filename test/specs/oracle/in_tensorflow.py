"""Notes every convolution a case builds or calls in TensorFlow and Keras."""

import inspect
import os
import re

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import keras
import tensorflow as tf
import tensorflow.nn  # makes `tf.nn` the module that later imports find

from facts import Layer
from observe import Observer, calling_position, wrap

SPATIAL = ['conv1d', 'conv2d', 'conv3d', 'convolution']
TRANSPOSED = ['conv1d_transpose', 'conv2d_transpose', 'conv3d_transpose', 'conv_transpose', 'atrous_conv2d_transpose']
OTHER = ['atrous_conv2d', 'depthwise_conv2d', 'separable_conv2d', 'depthwise_conv2d_native']
LAYERS = ['Conv1D', 'Conv2D', 'Conv3D', 'Conv1DTranspose', 'Conv2DTranspose', 'Conv3DTranspose', 'DepthwiseConv1D',
          'DepthwiseConv2D', 'SeparableConv1D', 'SeparableConv2D']


class TensorFlowObserver(Observer):
    def __init__(self):
        super().__init__()
        for module in (tf.nn, tf.compat.v1.nn):
            for name in SPATIAL + TRANSPOSED + OTHER:
                if hasattr(module, name):
                    wrap(module, name, lambda original, name=name: self.function(original, name))
        for name in LAYERS:
            cls = getattr(keras.layers, name)
            wrap(cls, '__init__', lambda original, cls=cls: self.init(original, cls))
        wrap(keras.layers.Layer, '__call__', self.call)

    def init(self, original, cls):
        def __init__(layer, *args, **kwargs):
            original(layer, *args, **kwargs)
            if type(layer) is cls:
                self.note(layer)
        return __init__

    def call(self, original):
        def __call__(layer, *args, **kwargs):
            output = original(layer, *args, **kwargs)
            if type(layer).__name__ in LAYERS and not hasattr(layer, 'seen'):
                layer.seen = (sizes(args[0].shape), sizes(output.shape))
            return output
        return __call__

    def function(self, original, name):
        def call(*args, **kwargs):
            try:
                output = original(*args, **kwargs)
            except Exception:
                self.note_error_of_graph(lambda: original(*args, **kwargs))
                raise
            bound = inspect.signature(original).bind(*args, **kwargs)
            bound.apply_defaults()
            self.note(of_call(name, bound.arguments, list(output.shape)))
            return output
        return call

    def note_error_of_graph(self, call):
        """Shapes are checked by other code, with other words, while a graph is built."""
        line, _ = calling_position(3) or (0, 0)
        try:
            tf.function(call)()
        except Exception as error:
            text = str(error).strip().splitlines()[-1].strip()
            message = re.sub(r"^\w+Error: | for '\{\{node.*", '', text)
            self.errors.append((line, type(error).__name__, message))

    def layer(self, event):
        return event if isinstance(event, Layer) else of_layer(event)


def sizes(shape):
    """Without the batch when it may be any, as the specifications write it."""
    return list(shape)[shape[0] is None :]


def first(a, *names):
    return next((a[name] for name in names if a.get(name) is not None), None)


def of_call(name, a, output):
    data = first(a, 'input', 'value')
    rank = len(data.shape) - 2
    isFirst = str(a.get('data_format') or '').startswith('NC')
    w = list(first(a, 'filters', 'filter', 'depthwise_filter').shape)
    channels = data.shape[1 if isFirst else -1]
    shared = dict(isFunction=True, bias=False, input=list(data.shape), output=output, padding=pads(a['padding'], isFirst),
                  stride=spatial(first(a, 'strides', 'stride'), rank, isFirst),
                  dilation=spatial(first(a, 'dilations', 'dilation_rate', 'rate'), rank, isFirst), kernel=w[:rank])
    if 'depthwise' in name:
        return Layer(channels, channels * w[-1], groups=channels, multiplier=w[-1], weights=[('filter', w)], **shared)
    if 'separable' in name:
        point = list(a['pointwise_filter'].shape)
        return Layer(channels, point[-1], groups=channels, multiplier=w[-1], separable=True,
                     weights=[('depthwise_filter', w), ('pointwise_filter', point)], **shared)
    if 'transpose' in name:
        return Layer(w[-1], w[-2], groups=1, transposed=True, weights=[('filters', w)], **shared)
    return Layer(channels, w[-1], groups=channels // w[-2], weights=[('filters', w)], **shared)


def of_layer(layer):
    name, rank = type(layer).__name__, len(layer.kernel_size)
    seen = getattr(layer, 'seen', (None, None))
    weights = [(weight.name, list(weight.shape)) for weight in layer.weights]
    transposed = 'Transpose' in name
    kernel = weights[0][1] if weights else None
    channels = None
    if seen[0]:
        channels = seen[0][-1 if layer.data_format == 'channels_last' else 1]
    elif kernel:
        channels = kernel[-1] if transposed else kernel[-2] * getattr(layer, 'groups', 1)
    shared = dict(kernel=list(layer.kernel_size), stride=list(layer.strides), padding=layer.padding,
                  dilation=list(layer.dilation_rate), bias=layer.use_bias, weights=weights, input=seen[0], output=seen[1],
                  transposed=transposed)
    multiplier = getattr(layer, 'depth_multiplier', None)
    if 'Depthwise' in name:
        return Layer(channels, channels and channels * multiplier, groups=channels, multiplier=multiplier, **shared)
    if 'Separable' in name:
        return Layer(channels, layer.filters, groups=channels, multiplier=multiplier, separable=True, **shared)
    extra = getattr(layer, 'output_padding', None)
    return Layer(channels, layer.filters, groups=getattr(layer, 'groups', 1),
                 outputPadding=None if extra is None else each(extra, rank), **shared)


def each(value, rank):
    values = [value] if isinstance(value, int) else list(value)
    return values * rank if len(values) == 1 else values


def spatial(value, rank, isFirst):
    if value is None:
        return [1] * rank
    values = each(value, rank)
    return values if len(values) == rank else values[2:] if isFirst else values[1:-1]


def pads(value, isFirst):
    if isinstance(value, str):
        return value
    pairs = [tuple(pair) for pair in value]
    return pairs[2:] if isFirst else pairs[1:-1]
