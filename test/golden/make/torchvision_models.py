"""What torchvision's builders make when they are called without arguments: their convolutions, totals and costs.

Needs torch 1.13 and torchvision 0.14.1, which Debian 12 ships as python3-torch and python3-torchvision:
    python3 torchvision_models.py
Lines and columns are those of the sources of version 0.14.1. Takes half an hour and 6 GB.
"""

import gc
import math
import sys
from pathlib import Path

import torch
import torchvision
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torchvision import models
from torchvision.models import _api

import common

ROOT = Path(torchvision.__file__).resolve().parent.parent
# They pass a call on to a builder and make no layers themselves.
WRAPPERS = ('torchvision/models/_utils.py', 'torchvision/models/_api.py')
CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
# Their default weights were tuned further at a larger size than the one they document first.
AT_224 = ('regnet_y_128gf', 'vit_h_14')


def remember_calls():
    """Lets every convolution remember the call expression that makes it; leaves out all random filling."""
    base = nn.modules.conv._ConvNd
    initialise = base.__init__

    def remembering(self, *args, **kwargs):
        frame = sys._getframe(1)
        while not place_of(frame):
            frame = frame.f_back
        initialise(self, *args, **kwargs)
        object.__setattr__(self, 'made_at', place_of(frame))

    base.__init__ = remembering
    base.reset_parameters = nn.Linear.reset_parameters = lambda self: None
    for name in dir(nn.init):
        if name.endswith('_') and not name.startswith('_'):
            setattr(nn.init, name, lambda tensor, *args, **kwargs: tensor)


def place_of(frame):
    """[file, line, column, end line, end column] of the call that a frame is in; None outside the models' own code."""
    path = Path(frame.f_code.co_filename).resolve()
    if not path.is_relative_to(ROOT / 'torchvision') or str(path.relative_to(ROOT)) in WRAPPERS:
        return None
    line, end_line, column, end_column = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    return [str(path.relative_to(ROOT)), line, column, end_line, end_column]


def load_nothing():
    """Trained weights change numbers only, so none are fetched."""
    _api.WeightsEnum.get_state_dict = lambda self, *args, **kwargs: {}
    nn.Module.load_state_dict = lambda self, *args, **kwargs: None


def compute_no_convolutions():
    """Only shapes are recorded: a convolution gives zeros of the shape that torch's own shape rule gives."""
    for kind in CONVOLUTIONS:
        compute = kind.forward

        def shaped(self, given, *args, compute=compute, **kwargs):
            meta = type(self).__new__(type(self))
            meta.__dict__.update(self.__dict__)
            meta._parameters = {name: value if value is None else value.to('meta')
                                for name, value in self._parameters.items()}
            return torch.zeros(compute(meta, given.to('meta'), *args, **kwargs).shape)

        kind.forward = shaped


class Products(TorchDispatchMode):
    """Multiply-accumulates of matrix products: a matrix by a weight, and batches of two computed tensors."""

    def __init__(self):
        super().__init__()
        self.linear = 0
        self.batched = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        name = function._schema.name
        operands = [value for value in args if isinstance(value, torch.Tensor)][-2:]
        if name in ('aten::mm', 'aten::addmm'):
            self.linear += result.numel() * operands[0].shape[-1]
        elif name in ('aten::bmm', 'aten::baddbmm'):
            self.batched += result.numel() * operands[0].shape[-1]
        return result


def shape_of(value):
    if isinstance(value, torch.Tensor):
        return list(value.shape)
    return shape_of(value[0]) if isinstance(value, (tuple, list)) and value else None


def input_of(name, module):
    """The shape of one input as the documentation has it, and the arguments of a run."""
    if '.detection' in module:
        side = 300 if name.startswith('ssd300') else 320 if '320' in name else 800
        return [3, side, side], ([torch.zeros(3, side, side)],)
    if '.segmentation' in module:
        shape = [1, 3, 520, 520]
    elif '.video' in module:
        shape = [1, 3, 16] + ([112, 112] if 'd_18' in name or name == 'mc3_18' else [224, 224])
    elif '.optical_flow' in module:
        shape = [1, 3, 128, 128]
        return shape, (torch.zeros(shape), torch.zeros(shape))
    else:
        side = models.get_model_weights(name).DEFAULT.transforms.keywords['crop_size']
        side = 224 if name in AT_224 else side
        shape = [1, 3, side, side]
    return shape, (torch.zeros(shape),)


def run(model, arguments):
    """Input and output shape of each application of each convolution, by the layer; and what products cost."""
    calls = {}

    def applied(layer, given, result):
        calls.setdefault(layer, []).append([shape_of(given), shape_of(result)])

    hooks = [m.register_forward_hook(applied) for m in model.modules() if isinstance(m, CONVOLUTIONS)]
    with Products() as products:
        model.eval()(*arguments)
    for hook in hooks:
        hook.remove()
    return calls, products


def spec_of(layer):
    return {
        'class': next(each.__name__ for each in type(layer).__mro__ if each in CONVOLUTIONS),
        'in': layer.in_channels,
        'out': layer.out_channels,
        'k': list(layer.kernel_size),
        's': list(layer.stride),
        'p': layer.padding if isinstance(layer.padding, str) else list(layer.padding),
        'd': list(layer.dilation),
        'g': layer.groups,
        'bias': layer.bias is not None,
        'weight': list(layer.weight.shape),
    }


def macs_of(layer, calls):
    """Transposed convolutions multiply each input element, others make each output element."""
    channels = layer.out_channels if layer.transposed else layer.in_channels
    each = channels // layer.groups * math.prod(layer.kernel_size)
    return sum(math.prod(given if layer.transposed else result) * each for given, result in calls)


class Table:
    """Equal values, each once; records name them by their place."""

    def __init__(self):
        self.places = {}
        self.values = []

    def place(self, value):
        key = common.compact(value)
        if key not in self.places:
            self.places[key] = len(self.values)
            self.values.append(value)
        return self.places[key]


def record_of(name, tables):
    builder = models.get_model_builder(name)
    original = builder
    while hasattr(original, '__wrapped__'):
        original = original.__wrapped__
    model = builder()
    for parameter in model.parameters():
        parameter.requires_grad_(True)
        if parameter.numel() < 50_000_000:
            parameter.data.fill_(0.01)
    shape, arguments = input_of(name, builder.__module__)
    calls, products = run(model, arguments)
    convs = []
    total = 0
    for path, layer in model.named_modules():
        if not isinstance(layer, CONVOLUTIONS):
            continue
        macs = macs_of(layer, calls.get(layer, []))
        total += macs
        places = [tables['layers'].place(spec_of(layer)), tables['sites'].place(layer.made_at),
                  tables['calls'].place(calls.get(layer, []))]
        convs.append([path, *places, macs])
    documented = models.get_model_weights(name).DEFAULT.meta['num_params']
    return {
        'name': name,
        'file': str(Path(original.__code__.co_filename).resolve().relative_to(ROOT)),
        'task': builder.__module__.split('.')[2] if builder.__module__.count('.') > 2 else 'classification',
        'input': shape,
        'params': sum(parameter.numel() for parameter in model.parameters()),
        'documented': documented,
        'macs': {'convolutions': total, 'linear': products.linear, 'products': products.batched},
        'convs': convs,
    }


def main():
    remember_calls()
    load_nothing()
    compute_no_convolutions()
    tables = {'layers': Table(), 'sites': Table(), 'calls': Table()}
    records = []
    for name in models.list_models():
        if name.startswith('quantized_'):
            continue
        records.append(record_of(name, tables))
        gc.collect()
        print(name, records[-1]['params'], records[-1]['macs'], flush=True)
    assert len({record['name'] for record in records}) == len(records)
    header = {
        'framework': 'torchvision',
        'version': torchvision.__version__,
        'torch': torch.__version__,
        'script': 'make/torchvision_models.py',
        'convs': '[qualified name, place in layers, place in sites, place in calls, multiply-accumulates]',
        'sites': '[file, line, column, end line, end column]: lines from 1, columns from 0 in UTF-8 bytes',
        'calls': '[input shape, output shape] of each application in one run in evaluation mode',
        'tables': {key: table.values for key, table in tables.items()},
    }
    common.write('torchvision.json', header, records)


if __name__ == '__main__':
    main()
