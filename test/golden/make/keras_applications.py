"""Parameters and convolutions of every model in keras.applications, built without weights and never run.

Each builder is called with its defaults (weights=None alone is added), so inputs have the documented sizes.
"""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = ''

import gc
import inspect

import keras

import common

CONVOLUTIONS = ('Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'DepthwiseConv2D', 'SeparableConv2D')


def builders():
    """Name and function of every public builder, in the order of their names."""
    found = inspect.getmembers(keras.applications, inspect.isfunction)
    return [(name, builder) for name, builder in found if 'weights' in inspect.signature(builder).parameters]


def known(shape):
    return [None if size is None else int(size) for size in shape]


def leaves(model, path=()):
    """Every layer that is no model, in Keras' order, with the names of the models around it."""
    for layer in model.layers:
        inner = (*path, layer.name)
        if isinstance(layer, keras.Model):
            yield from leaves(layer, inner)
        else:
            yield inner, layer


def convolution(layer):
    """What one convolution is: settings, weight shapes, data in and out."""
    return {
        'class': type(layer).__name__,
        'filters': getattr(layer, 'filters', None),
        'kernel': known(layer.kernel_size), 'strides': known(layer.strides), 'padding': layer.padding,
        'dilation': known(layer.dilation_rate), 'groups': getattr(layer, 'groups', 1), 'bias': bool(layer.use_bias),
        'weights': [known(weight.shape) for weight in layer.weights],
        'input': known(layer.input.shape), 'output': known(layer.output.shape),
    }


def count(weights):
    return sum(int(weight.shape.num_elements()) for weight in weights)


def record(name, builder, table):
    model = builder(weights=None)
    convolutions, classes = [], {}
    for path, layer in leaves(model):
        kind = type(layer).__name__
        seen = classes.setdefault(kind, [0, 0])
        seen[0] += 1
        seen[1] += layer.count_params()
        if kind in CONVOLUTIONS:
            made = common.compact(convolution(layer))
            convolutions.append(['/'.join(path), table.setdefault(made, len(table))])
    result = {
        'id': name, 'source': f'{builder.__module__.split(".")[-1]}.py', 'name': model.name,
        'params': model.count_params(), 'trainable': count(model.trainable_weights),
        'input': known(model.input.shape), 'output': known(model.output.shape),
        'classes': classes, 'convolutions': convolutions,
    }
    assert result['params'] == count(model.weights) == sum(params for _, params in classes.values()), name
    return result


def main():
    table, records = {}, []
    for name, builder in builders():
        keras.backend.clear_session()
        records.append(record(name, builder, table))
        gc.collect()
        print(name, records[-1]['params'], flush=True)
    records = [{'id': f'#{index}', 'layer': common.json.loads(made)} for made, index in table.items()] + records
    header = {'framework': 'keras', 'version': keras.__version__, 'script': 'make/keras_applications.py'}
    common.write('keras-applications.json', header, records)


if __name__ == '__main__':
    main()
