"""Numeric results of PyTorch convolutions, forward and transposed, on small integer tensors."""

import itertools
import math
import random
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

import common

# Even kernels with padding='same' warn about a zero-padded copy; the values are what we are after.
warnings.filterwarnings('ignore', message='Using padding=.same. with even kernel lengths')

MAX_OUTPUT = 260
FORWARD = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
TRANSPOSED = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}
LAYER = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}
LAYER_TRANSPOSED = {1: nn.ConvTranspose1d, 2: nn.ConvTranspose2d, 3: nn.ConvTranspose3d}


def tensor(values, shape):
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def record(id, op, input, weight, *, bias=None, stride=None, padding=None, mode='zeros', dilation=None,
           groups=1, output_padding=None, fill='pattern', explicit=None):
    """Run one convolution as a function and as a layer, check that both agree, and return the record."""
    rank = len(input) - 2
    stride, dilation = stride or [1] * rank, dilation or [1] * rank
    padding = [0] * rank if padding is None else padding
    output_padding = output_padding or [0] * rank
    channels = weight[0] if op == 'conv' else weight[1] * groups
    explicit = explicit or {}
    ramp = common.iota if fill == 'iota' else None
    x = tensor(explicit.get('inputValues') or (ramp or common.input_pattern)(math.prod(input)), input)
    w = tensor(explicit.get('weightValues') or (ramp or common.weight_pattern)(math.prod(weight)), weight)
    b = tensor(explicit.get('biasValues') or common.bias_pattern(channels), [channels]) if bias else None

    y = layer_result(op, x, w, b, stride, padding, mode, dilation, groups, output_padding)
    if mode == 'zeros':
        assert torch.equal(y, functional_result(op, x, w, b, stride, padding, dilation, groups, output_padding))
    return {
        'id': id, 'op': op, 'fill': fill, 'rank': rank, 'input': input, 'weight': weight, 'bias': bias,
        'stride': stride, 'padding': padding, 'paddingMode': mode, 'dilation': dilation, 'groups': groups,
        'outputPadding': output_padding, **explicit, 'output': list(y.shape),
        'values': common.integers(y.flatten().tolist()),
    }


def functional_result(op, x, w, b, stride, padding, dilation, groups, output_padding):
    if op == 'conv':
        return FORWARD[x.dim() - 2](x, w, b, stride, padding, dilation, groups)
    return TRANSPOSED[x.dim() - 2](x, w, b, stride, padding, output_padding, groups, dilation)


def layer_result(op, x, w, b, stride, padding, mode, dilation, groups, output_padding):
    shared = dict(kernel_size=tuple(w.shape[2:]), stride=stride, padding=padding, dilation=dilation,
                  groups=groups, bias=b is not None, dtype=torch.float64)
    if op == 'conv':
        layer = LAYER[x.dim() - 2](x.shape[1], w.shape[0], padding_mode=mode, **shared)
    else:
        layer = LAYER_TRANSPOSED[x.dim() - 2](x.shape[1], w.shape[1] * groups, output_padding=output_padding, **shared)
    with torch.no_grad():
        assert layer.weight.shape == w.shape
        layer.weight.copy_(w)
        if b is not None:
            layer.bias.copy_(b)
        return layer(x)


def published():
    """The vectors V1 to V13 that the project publishes; iota tensors unless values are given."""
    tens = [1, 10, 100]

    def conv(id, input, weight, **more):
        return record(id, 'conv', input, weight, fill='iota', **more)

    def transposed(id, input, weight, **more):
        return record(id, 'convTranspose', input, weight, fill='iota', **more)

    def given(id, op, input, weight, input_values, weight_values, bias_values=None, **more):
        explicit = {'inputValues': input_values, 'weightValues': weight_values}
        if bias_values:
            explicit['biasValues'] = bias_values
        return record(id, op, input, weight, fill='explicit', explicit=explicit,
                      bias=True if bias_values else None, **more)

    yield conv('V1', [1, 4, 3, 3], [4, 2, 2, 2], groups=2)
    yield conv('V2', [1, 2, 3, 3], [4, 1, 2, 2], stride=[2, 2], padding=[1, 1], groups=2)
    yield conv('V3', [1, 1, 4, 5], [1, 1, 2, 2], dilation=[2, 1], stride=[1, 2])
    yield conv('V4', [1, 1, 3, 3], [1, 1, 2, 4], padding='same')
    yield transposed('V5', [1, 2, 2, 2], [2, 1, 2, 2], groups=2, stride=[2, 2])
    yield transposed('V6', [1, 1, 2, 2], [1, 1, 3, 3], stride=[2, 2], padding=[1, 1], output_padding=[1, 1])
    yield transposed('V7', [1, 2, 2], [2, 1, 2], dilation=[2])
    for mode in ('reflect', 'replicate', 'circular'):
        yield given(f'V8-{mode}', 'conv', [1, 1, 4], [1, 1, 3], [1, 2, 3, 4], tens, padding=[1], mode=mode)
    yield conv('V9', [1, 1, 2, 2, 3], [1, 1, 2, 1, 2])
    yield given('V10', 'conv', [1, 1, 5], [1, 1, 2], common.iota(5), tens[:2], padding='same')
    yield given('V11', 'conv', [1, 1, 7], [1, 1, 2], common.iota(7), tens[:2], padding='same', dilation=[3])
    yield given('V12', 'convTranspose', [1, 1, 2], [1, 1, 3], [1, 2], tens, stride=[2])
    yield given('V12-padded', 'convTranspose', [1, 1, 2], [1, 1, 3], [1, 2], tens, stride=[2], padding=[1],
                output_padding=[1])
    yield given('V13', 'convTranspose', [1, 1, 2], [1, 1, 2], [1, 2], tens[:2], [5], stride=[2], output_padding=[1])


PUBLISHED = {
    'V1': [356, 392, 464, 500, 836, 936, 1136, 1236, 4268, 4432, 4760, 4924, 5900, 6128, 6584, 6812],
    'V2': [4, 18, 36, 77, 8, 38, 80, 189, 120, 265, 322, 679, 160, 357, 438, 935],
    'V3': [86, 106, 136, 156],
    'V4': [127, 106, 69, 217, 178, 111, 74, 50, 26],
    'V5': [1, 2, 2, 4, 3, 4, 6, 8, 3, 6, 4, 8, 9, 12, 12, 16, 25, 30, 30, 36, 35, 40, 42, 48, 35, 42, 40, 48,
           49, 56, 56, 64],
    'V6': [5, 14, 10, 12, 14, 36, 24, 30, 15, 34, 20, 24, 24, 55, 32, 36],
    'V7': [10, 14, 14, 20],
    'V8-reflect': [212, 321, 432, 343], 'V8-replicate': [211, 321, 432, 443], 'V8-circular': [214, 321, 432, 143],
    'V9': [58, 68, 88, 98],
    'V10': [21, 32, 43, 54, 5],
    'V11': [30, 41, 52, 63, 74, 5, 6],
    'V12': [1, 10, 102, 20, 200], 'V12-padded': [10, 102, 20, 200],
    'V13': [6, 15, 7, 25, 5],
}


class Geometries:
    """Draws small convolutions from a seeded generator and keeps those that distinguish indices and give output."""

    # Sizes per rank: large enough for interior and border, small enough to read.
    SIZES = {1: [5, 6, 7, 8, 9, 10, 12], 2: [4, 5, 6, 7, 8], 3: [3, 4, 5]}
    KERNELS = {1: [1, 2, 3, 4, 5], 2: [1, 2, 3, 4], 3: [1, 2, 3]}
    # (input channels, output channels, groups): standard, grouped, depthwise with multiplier 1, 2, 3.
    CHANNELS = [(1, 1, 1), (1, 2, 1), (2, 3, 1), (3, 2, 1), (4, 4, 2), (4, 6, 2), (6, 4, 2), (6, 3, 3), (3, 3, 3),
                (2, 4, 2), (3, 9, 3), (4, 4, 4)]

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.counts = {}

    def per_axis(self, choices, rank, floor=None):
        """One value an axis; a third of the time the same for all axes."""
        if self.random.random() < 1 / 3:
            return [self.random.choice(choices)] * rank
        return [self.random.choice(choices) for _ in range(rank)]

    def draw(self, label, op, rank, count, **fixed):
        """Yield `count` records named label-1, label-2, ...; `fixed` overrides what is drawn."""
        while count:
            made = self.attempt(label, op, rank, fixed)
            if made:
                count -= 1
                yield made

    def attempt(self, label, op, rank, fixed):
        cin, cout, groups = fixed.get('channels') or self.random.choice(self.CHANNELS)
        batch = 2 if self.random.random() < 0.25 else 1
        kernel = fixed.get('kernel') or self.per_axis(self.KERNELS[rank], rank)
        stride = self.per_axis(fixed.get('strides', [1, 1, 2, 3]), rank)
        dilation = self.per_axis([1, 1, 2, 3] if rank < 3 else [1, 1, 2], rank)
        padding = fixed.get('padding') or self.per_axis([0, 1, 2], rank)
        input = [batch, cin, *self.per_axis(self.SIZES[rank], rank)]
        if op == 'conv':
            weight, output_padding = [cout, cin // groups, *kernel], None
        else:
            weight = [cin, cout // groups, *kernel]
            output_padding = [self.random.randint(0, max(s, d) - 1) for s, d in zip(stride, dilation)]
        bias = True if self.random.random() < 0.5 else None
        if common.repeats(input, 11) or common.repeats(weight, 7):
            return None
        name = f'{label}-{self.counts.get(label, 0) + 1}'
        try:
            made = record(name, op, input, weight, bias=bias, stride=stride, padding=padding,
                          mode=fixed.get('mode', 'zeros'), dilation=dilation, groups=groups,
                          output_padding=output_padding)
        except (RuntimeError, ValueError):
            return None  # the framework rejects this geometry (window or border wider than the input)
        if not 0 < len(made['values']) <= MAX_OUTPUT:
            return None
        self.counts[label] = self.counts.get(label, 0) + 1
        return made


def generated():
    g = Geometries(seed=20240613)
    for rank, count in ((1, 16), (2, 26), (3, 12)):
        yield from g.draw(f'conv{rank}d', 'conv', rank, count)
    for rank, count in ((1, 8), (2, 12), (3, 5)):
        yield from g.draw(f'conv{rank}d-same', 'conv', rank, count, padding='same', strides=[1])
    for rank in (1, 2, 3):
        yield from g.draw(f'conv{rank}d-valid', 'conv', rank, 3, padding='valid')
        yield from g.draw(f'conv{rank}d-pointwise', 'conv', rank, 2, kernel=[1] * rank)
        for channels in ((3, 3, 3), (2, 4, 2), (3, 9, 3)):
            yield from g.draw(f'conv{rank}d-depthwise', 'conv', rank, 1, channels=channels)
    for mode, rank in itertools.product(('reflect', 'replicate', 'circular'), (1, 2, 3)):
        yield from g.draw(f'conv{rank}d-{mode}', 'conv', rank, 3 if rank == 2 else 2, mode=mode)
        yield from g.draw(f'conv{rank}d-{mode}-same', 'conv', rank, 1, mode=mode, padding='same', strides=[1])
    for rank, count in ((1, 16), (2, 24), (3, 10)):
        yield from g.draw(f'convTranspose{rank}d', 'convTranspose', rank, count)
    for rank in (1, 2, 3):
        for channels in ((3, 3, 3), (2, 4, 2), (3, 9, 3), (4, 6, 2)):
            yield from g.draw(f'convTranspose{rank}d-grouped', 'convTranspose', rank, 1, channels=channels)


def chosen():
    """Cases picked by hand: where two readings of the rules differ."""
    yield record('even-input-stride-2', 'conv', [1, 1, 6, 6], [1, 1, 3, 3], stride=[2, 2], padding=[1, 1])
    yield record('odd-input-stride-2', 'conv', [1, 1, 7, 7], [1, 1, 3, 3], stride=[2, 2], padding=[1, 1])
    yield record('stride-skips-columns', 'conv', [1, 2, 7, 7], [3, 2, 2, 2], stride=[3, 3])
    yield record('multiplier-3', 'conv', [1, 3, 5, 5], [9, 1, 3, 3], padding=[1, 1], groups=3, bias=True)
    yield record('grouped-6-to-4', 'conv', [1, 6, 4, 4], [4, 3, 3, 3], padding=[1, 1], groups=2)
    yield record('rectangular-everything', 'conv', [2, 2, 8, 9], [3, 2, 3, 5], stride=[2, 1], padding=[4, 2],
                 dilation=[3, 1], bias=True)
    yield record('same-even-kernel-dilation-3', 'conv', [1, 1, 8], [1, 1, 4], padding='same', dilation=[3])
    yield record('same-kernel-wider-than-input', 'conv', [1, 1, 3, 3], [1, 1, 5, 6], padding='same')
    yield record('circular-asymmetric-same', 'conv', [1, 2, 5, 6], [2, 2, 2, 4], padding='same', mode='circular')
    yield record('reflect-asymmetric-same', 'conv', [1, 2, 5, 6], [2, 2, 2, 4], padding='same', mode='reflect')
    yield record('replicate-wider-than-input', 'conv', [1, 1, 2, 3], [1, 1, 3, 3], padding=[4, 3], mode='replicate')
    yield record('circular-full-wrap', 'conv', [1, 1, 3, 4], [1, 1, 2, 2], padding=[3, 4], mode='circular')
    yield record('padding-beyond-kernel', 'conv', [1, 1, 3, 3], [1, 1, 2, 2], padding=[3, 3], bias=True)
    yield record('transposed-output-padding-by-dilation', 'convTranspose', [1, 1, 4], [1, 1, 2], dilation=[3],
                 output_padding=[2], bias=True)
    yield record('transposed-gaps', 'convTranspose', [1, 1, 3, 3], [1, 1, 2, 2], stride=[3, 3], bias=True)
    yield record('transposed-gaps-output-padding', 'convTranspose', [1, 1, 3, 3], [1, 1, 2, 2], stride=[3, 3],
                 output_padding=[2, 1], bias=True)
    yield record('transposed-padding-crops-kernel', 'convTranspose', [1, 1, 4, 4], [1, 1, 3, 3], padding=[2, 1])
    yield record('transposed-grouped-4-to-6', 'convTranspose', [1, 4, 3, 3], [4, 3, 3, 3], stride=[2, 2], groups=2)
    yield record('transposed-dcgan-block', 'convTranspose', [1, 2, 3, 3], [2, 3, 4, 4], stride=[2, 2], padding=[1, 1])


def main():
    vectors = list(published())
    for v in vectors:
        assert v['values'] == PUBLISHED[v['id']], v['id']
    assert {v['id'] for v in vectors} == set(PUBLISHED)
    header = {'framework': 'pytorch', 'version': torch.__version__, 'script': 'make/torch_values.py',
              'input': '((i*7+3) % 11) - 5', 'weight': '((i*5+2) % 7) - 3', 'bias': 'c % 5 - 2', 'iota': 'i + 1',
              'layout': {'input': 'N C spatial', 'conv': 'Cout Cin/G spatial', 'convTranspose': 'Cin Cout/G spatial'}}
    common.write('torch-values.json', header, [*vectors, *chosen(), *generated()])


if __name__ == '__main__':
    main()
