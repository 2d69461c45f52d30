"""Parameters of every convolution API, as the installed frameworks declare them.

Run it once with each framework; it writes the paths that the installed framework has and keeps the others. Compiled functions
have no signature for `inspect`; theirs is read from the first line of their documentation.
"""

import ast
import importlib
import importlib.util
import inspect
import json
import os

import common

NAME = 'signatures.json'
RANKS = ('1d', '2d', '3d')
TORCH = [
    *(f'torch.nn.{prefix}{n}' for prefix in ('Conv', 'ConvTranspose', 'LazyConv', 'LazyConvTranspose') for n in RANKS),
    *(f'{module}.{name}{n}' for module in ('torch.nn.functional', 'torch') for name in ('conv', 'conv_transpose') for n in RANKS),
    *(f'torch.nn.{name}{n}.forward' for name in ('Conv', 'ConvTranspose') for n in RANKS),
]
NN = ['conv1d', 'conv2d', 'conv3d', 'convolution', 'atrous_conv2d', 'depthwise_conv2d', 'separable_conv2d', 'conv1d_transpose',
      'conv2d_transpose', 'conv3d_transpose', 'conv_transpose', 'atrous_conv2d_transpose']
NN_V1 = ['conv1d', 'conv2d', 'conv3d', 'convolution', 'atrous_conv2d', 'depthwise_conv2d', 'depthwise_conv2d_native',
         'separable_conv2d', 'conv1d_transpose', 'conv2d_transpose', 'conv3d_transpose', 'conv_transpose',
         'atrous_conv2d_transpose']
TENSORFLOW = [*(f'tf.nn.{name}' for name in NN), *(f'tf.compat.v1.nn.{name}' for name in NN_V1)]
KERAS_LAYERS = ['Conv1D', 'Conv2D', 'Conv3D', 'Conv1DTranspose', 'Conv2DTranspose', 'Conv3DTranspose', 'DepthwiseConv1D',
                'DepthwiseConv2D', 'SeparableConv1D', 'SeparableConv2D']
KERAS_ALIASES = ['Convolution1D', 'Convolution2D', 'Convolution3D', 'Convolution1DTranspose', 'Convolution2DTranspose',
                 'Convolution3DTranspose', 'SeparableConvolution1D', 'SeparableConvolution2D']
KERAS = [*(f'keras.layers.{name}' for name in (*KERAS_LAYERS, *KERAS_ALIASES)),
         *(f'keras.ops.{name}' for name in ('conv', 'depthwise_conv', 'separable_conv', 'conv_transpose'))]
KERAS_2 = [f'tf_keras.layers.{name}' for name in KERAS_LAYERS]
# The functional layers of TensorFlow 1, now kept by Keras 2.
V1_LAYERS = ['conv1d', 'conv2d', 'conv3d', 'separable_conv1d', 'separable_conv2d', 'conv2d_transpose', 'conv3d_transpose']
MODULES = {'torch': TORCH, 'tensorflow': TENSORFLOW, 'keras': KERAS, 'tf_keras': KERAS_2}


def resolve(root, path):
    value = root
    for name in path.split('.')[1:]:
        value = getattr(value, name)
    return value


def default_text(value):
    """Python text of a default; an object without one is written as a call of its class."""
    text = repr(value)
    return f'{type(value).__name__}()' if ' object at 0x' in text else text


def from_inspect(target):
    function = target.__init__ if inspect.isclass(target) else target
    parameters = list(inspect.signature(function).parameters.values())
    if parameters[0].name == 'self':
        parameters = parameters[1:]
    return [{'name': p.name, 'kind': p.kind.name, **({} if p.default is p.empty else {'default': default_text(p.default)})}
            for p in parameters]


def from_documentation(target):
    """Parameters of "name(a, b=1) -> T", the first line that documents a compiled function."""
    line = next(line for line in target.__doc__.splitlines() if '(' in line).strip()
    arguments = ast.parse(f'def {line.split("->")[0].strip()}: pass').body[0].args
    names = [a.arg for a in arguments.args]
    first_default = len(names) - len(arguments.defaults)
    texts = [ast.unparse(d) for d in arguments.defaults]
    return [{'name': name, 'kind': 'POSITIONAL_OR_KEYWORD', **({'default': texts[i - first_default]} if i >= first_default else {})}
            for i, name in enumerate(names)]


def record(path, target, framework, version):
    try:
        source, parameters = 'inspect', from_inspect(target)
    except ValueError:
        source, parameters = 'documentation', from_documentation(target)
    return {'path': path, 'framework': framework, 'version': version, 'source': source, 'parameters': parameters}


def version_one_layers(tf_keras):
    legacy = importlib.import_module('tf_keras.src.legacy_tf_layers.convolutional')
    return [record(f'tf.compat.v1.layers.{name}', getattr(legacy, name), 'tf_keras', tf_keras.__version__) for name in V1_LAYERS]


def main():
    os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
    os.environ['CUDA_VISIBLE_DEVICES'] = ''
    path = common.OUT / NAME
    kept = json.loads(path.read_text())['records'] if path.exists() else []
    made = {r['path']: r for r in kept}
    for module, paths in MODULES.items():
        if importlib.util.find_spec(module):
            root = importlib.import_module(module)
            made |= {p: record(p, resolve(root, p), module, root.__version__) for p in paths}
            if module == 'tf_keras':
                made |= {r['path']: r for r in version_one_layers(root)}
    everything = [*TORCH, *TENSORFLOW, *(f'tf.compat.v1.layers.{n}' for n in V1_LAYERS), *KERAS, *KERAS_2]
    versions = {r['framework']: r['version'] for r in made.values()}
    header = {'framework': 'all', 'version': ', '.join(f'{k} {v}' for k, v in sorted(versions.items())),
              'script': 'make/signatures.py', 'note': 'self is left out; default is Python text, absent when required'}
    common.write(NAME, header, [made[p] for p in everything if p in made])


if __name__ == '__main__':
    main()
