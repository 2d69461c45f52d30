"""What the frameworks say about one convolution, and its text in the notation of the specifications."""

from dataclasses import dataclass, field, replace
from math import prod


@dataclass
class Layer:
    """One convolution; lists have one entry an axis. `None` stands for what differs between evaluations."""

    inChannels: int
    outChannels: int
    kernel: list
    stride: list
    padding: object  # a word, or pairs (before, after)
    dilation: list
    groups: int
    transposed: bool = False
    outputPadding: list = None
    mode: str = 'zeros'
    bias: bool = True
    isFunction: bool = False
    multiplier: int = None
    separable: bool = False
    weights: list = field(default_factory=list)  # (name, shape)
    input: list = None
    output: list = None

    @property
    def params(self):
        return sum(prod(shape) for _, shape in self.weights)


def merge(layers):
    """The layer with what all have in common."""
    first, values = layers[0], {}
    for name in first.__dataclass_fields__:
        same = all(getattr(layer, name) == getattr(first, name) for layer in layers)
        values[name] = getattr(first, name) if same else None
    return replace(first, **values)


def summary(layer):
    parts = [f'{kind(layer)},', f'{text(layer.inChannels)}→{text(layer.outChannels)}', 'k' + sizes(layer.kernel, True)]
    if layer.stride is None or any(s != 1 for s in layer.stride):
        parts.append('s' + sizes(layer.stride))
    parts += padding(layer.padding)
    if layer.outputPadding and any(layer.outputPadding):
        parts.append('op' + sizes(layer.outputPadding))
    if layer.dilation is None or any(d != 1 for d in layer.dilation):
        parts.append('d' + sizes(layer.dilation))
    if layer.groups != 1 and not layer.separable:
        parts.append('g' + text(layer.groups))
    if layer.mode != 'zeros':
        parts.append(layer.mode)
    if layer.bias == layer.isFunction:
        parts.append('bias' if layer.bias else 'no bias')
    return ' '.join(parts)


def kind(layer):
    if layer.separable:
        return f'separable ×{layer.multiplier}'
    grouping = plain_kind(layer)
    if not layer.transposed:
        return grouping
    return 'transposed' if grouping in ('standard', 'pointwise') else f'transposed {grouping}'


def plain_kind(layer):
    if layer.multiplier is not None:
        return f'depthwise ×{layer.multiplier}'
    if layer.groups is None:
        return 'unknown'
    if layer.groups == 1:
        return 'pointwise' if layer.kernel and prod(layer.kernel) == 1 else 'standard'
    if layer.inChannels is None:
        return 'unknown'
    if layer.groups == layer.inChannels:
        return f'depthwise ×{layer.outChannels // layer.inChannels}'
    return 'grouped'


def padding(value):
    if isinstance(value, str):
        return [] if value.lower() == 'valid' else [value.lower()]
    if value is None:
        return ['p?']
    if all(pair == (0, 0) for pair in value):
        return []
    if all(before == after for before, after in value):
        return ['p' + sizes([before for before, _ in value])]
    return ['p' + '×'.join(f'({before},{after})' for before, after in value)]


def sizes(values, isWhole=False):
    if values is None:
        return '?'
    if not isWhole and len(set(values)) == 1:
        return str(values[0])
    return '×'.join(str(value) for value in values)


def text(value):
    return '?' if value is None else f'{value:,}'


def shape(values):
    return '[' + ', '.join('?' if value is None else str(value) for value in values) + ']'
