"""Notes every convolution a case builds or calls in PyTorch."""

import inspect

import torch
import torch.nn as nn
import torch.nn.functional as F

from facts import Layer
from observe import Observer, wrap

LAYERS = [getattr(nn, f'{lazy}Conv{transpose}{rank}d') for lazy in ('', 'Lazy') for transpose in ('', 'Transpose') for rank in (1, 2, 3)]


def conv(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1): ...
def conv_transpose(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1): ...


class TorchObserver(Observer):
    def __init__(self):
        super().__init__()
        for cls in LAYERS:
            wrap(cls, '__init__', lambda original, cls=cls: self.init(original, cls))
        for rank in (1, 2, 3):
            for name, signature in ((f'conv{rank}d', conv), (f'conv_transpose{rank}d', conv_transpose)):
                wrapped = self.function(getattr(F, name), signature, rank)
                setattr(F, name, wrapped)
                setattr(torch, name, wrapped)

    def init(self, original, cls):
        def __init__(module, *args, **kwargs):
            original(module, *args, **kwargs)
            if type(module) is cls:
                self.note(module)
                module.register_forward_hook(self.forward)
        return __init__

    def forward(self, module, inputs, output):
        if not hasattr(module, 'seen'):
            module.seen = (list(inputs[0].shape), list(output.shape))

    def function(self, original, signature, rank):
        def call(*args, **kwargs):
            output = original(*args, **kwargs)
            bound = inspect.signature(signature).bind(*args, **kwargs)
            bound.apply_defaults()
            self.note(of_call(bound.arguments, rank, list(output.shape)))
            return output
        return call

    def layer(self, event):
        return event if isinstance(event, Layer) else of_module(event)


def of_module(module):
    rank, is_lazy = len(module.kernel_size), isinstance(module.weight, nn.UninitializedParameter)
    seen = getattr(module, 'seen', (None, None))
    return Layer(
        inChannels=None if is_lazy else module.in_channels, outChannels=module.out_channels, kernel=list(module.kernel_size),
        stride=each(module.stride, rank), padding=pairs(module.padding, rank), dilation=each(module.dilation, rank),
        groups=module.groups, transposed=module.transposed, outputPadding=each(module.output_padding, rank),
        mode=module.padding_mode, bias=module.bias is not None,
        weights=[] if is_lazy else weights(module.weight, module.bias),
        input=seen[0], output=seen[1],
    )


def of_call(a, rank, output):
    transposed = 'output_padding' in a
    w, groups = list(a['weight'].shape), a['groups']
    return Layer(
        inChannels=w[0] if transposed else w[1] * groups, outChannels=w[1] * groups if transposed else w[0],
        kernel=w[2:], stride=each(a['stride'], rank), padding=pairs(a['padding'], rank), dilation=each(a['dilation'], rank),
        groups=groups, transposed=transposed, outputPadding=each(a.get('output_padding', 0), rank),
        bias=a['bias'] is not None, isFunction=True, weights=weights(a['weight'], a['bias']),
        input=list(a['input'].shape), output=output,
    )


def weights(weight, bias):
    return [('weight', list(weight.shape))] + ([] if bias is None else [('bias', list(bias.shape))])


def each(value, rank):
    values = [value] if isinstance(value, int) else list(value)
    return values * rank if len(values) == 1 else values


def pairs(value, rank):
    return value if isinstance(value, str) else [(size, size) for size in each(value, rank)]
