"""Numbers of the three sample programs: the forum question and the notebook (PyTorch), the from-scratch article (TensorFlow).

Run it once with each framework; it writes the parts that the installed framework can compute and keeps the others.
"""

import importlib.util
import json
import math
import os

import common

NAME = 'forum.json'


def forum(torch):
    """Groups of one channel, seen through constant filters on constant channels, and the proof by hand."""
    nn, F = torch.nn, torch.nn.functional
    layer = nn.Conv2d(3, 3, 3, 1, 1, bias=False, groups=3).double()
    x = torch.stack([torch.full((5, 5), v, dtype=torch.float64) for v in (1, 2, 3)]).unsqueeze(0)
    with torch.no_grad():
        for i in range(3):
            layer.weight[i].fill_(i + 1)
        y = layer(x)
    plain, grouped = nn.Conv2d(3, 9, 3, 1, 1), nn.Conv2d(3, 9, 3, 1, 1, groups=3)
    return {
        'constant': {'input': [1, 3, 5, 5], 'weight': list(layer.weight.shape), 'output': list(y.shape),
                     'values': common.integers(y.flatten().tolist()),
                     'centres': common.integers(y[0, :, 2, 2].tolist()), 'corners': common.integers(y[0, :, 0, 0].tolist())},
        'weights': {'nn.Conv2d(3, 9, 3, 1, 1)': list(plain.weight.shape),
                    'nn.Conv2d(3, 9, 3, 1, 1, groups=3)': list(grouped.weight.shape)},
        'proof': proof(torch, F),
    }


def proof(torch, F):
    """Split by channel, convolve nine times with weight[i:i+1] on channel i // 3, concatenate, compare."""
    x = torch.tensor(common.input_pattern(75), dtype=torch.float64).reshape(1, 3, 5, 5)
    weight = torch.tensor(common.weight_pattern(81), dtype=torch.float64).reshape(9, 1, 3, 3)
    channels = torch.split(x, 1, dim=1)
    parts = [F.conv2d(channels[i // 3], weight[i : i + 1], padding=1) for i in range(9)]
    whole, joined = F.conv2d(x, weight, padding=1, groups=3), torch.cat(parts, dim=1)
    torch.manual_seed(0)
    random_layer = torch.nn.Conv2d(3, 9, 3, 1, 1, bias=False, groups=3)
    image = torch.randn(1, 3, 32, 32)
    with torch.no_grad():
        pieces = [F.conv2d(image[:, i // 3 : i // 3 + 1], random_layer.weight[i : i + 1], padding=1) for i in range(9)]
        difference = (random_layer(image) - torch.cat(pieces, dim=1)).abs().max().item()
    return {
        'input': [1, 3, 5, 5], 'weight': [9, 1, 3, 3], 'part': {'input': list(channels[0].shape), 'weight': [1, 1, 3, 3],
                                                                'output': list(parts[0].shape)},
        'output': list(joined.shape), 'values': common.integers(joined.flatten().tolist()),
        'maxAbsDifference': (whole - joined).abs().max().item(),
        'float32': {'input': list(image.shape), 'maxAbsDifferenceBelow': 1e-5, 'observed': difference},
    }


def notebook(torch):
    """How the number of weights follows the channels, and what depthwise plus pointwise save."""
    nn = torch.nn

    def count(*layers):
        return sum(p.numel() for layer in layers for p in layer.parameters())

    def shapes(*layers):
        return [list(p.shape) for layer in layers for p in layer.parameters()]

    def row(*expressions):
        layers = [eval(e, {'nn': nn}) for e in expressions]
        return {'expressions': list(expressions), 'shapes': shapes(*layers), 'params': [count(l) for l in layers],
                'total': count(*layers)}

    rows = {
        'narrow': row('nn.Conv2d(16, 32, 3, padding=1, bias=False)'),
        'wide': row('nn.Conv2d(32, 64, 3, padding=1, bias=False)'),
        'inputs3': row('nn.Conv2d(3, 16, 3, bias=False)'),
        'inputs6': row('nn.Conv2d(6, 16, 3, bias=False)'),
        'outputs32': row('nn.Conv2d(3, 32, 3, bias=False)'),
        'standardBias': row('nn.Conv2d(8, 8, 3, padding=1)'),
        'separableBias': row('nn.Conv2d(8, 8, 3, padding=1, groups=8)', 'nn.Conv2d(8, 8, 1)'),
        'standard': row('nn.Conv2d(8, 8, 3, padding=1, bias=False)'),
        'separable': row('nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False)', 'nn.Conv2d(8, 8, 1, bias=False)'),
    }
    totals = {name: r['total'] for name, r in rows.items()}
    assert (totals['narrow'], totals['wide']) == (4608, 18432)
    assert (totals['standardBias'], rows['separableBias']['params']) == (584, [80, 72])
    assert (totals['standard'], totals['separable']) == (576, 136)
    return {**rows, 'wideOverNarrow': totals['wide'] / totals['narrow'],
            'standardOverSeparable': totals['standard'] / totals['separable']}


def article(tf):
    """A 3x3 convolution from 3 to 16 channels on 128x128, standard against separable, in NHWC and HWIO."""
    x = tf.zeros([1, 128, 128, 3])
    standard, depthwise, pointwise = [3, 3, 3, 16], [3, 3, 3, 1], [1, 1, 3, 16]
    made = {'input': x.shape.as_list(), 'standardFilter': standard, 'depthwiseFilter': depthwise, 'pointwiseFilter': pointwise,
            'standardParams': math.prod(standard), 'separableParams': math.prod(depthwise) + math.prod(pointwise)}
    for padding in ('SAME', 'VALID'):
        y = tf.nn.conv2d(x, tf.zeros(standard), 1, padding)
        z = tf.nn.separable_conv2d(x, tf.zeros(depthwise), tf.zeros(pointwise), [1, 1, 1, 1], padding)
        middle = tf.nn.depthwise_conv2d(x, tf.zeros(depthwise), [1, 1, 1, 1], padding)
        positions = math.prod(y.shape.as_list()[1:3])
        made[padding] = {
            'standardOutput': y.shape.as_list(), 'depthwiseOutput': middle.shape.as_list(), 'separableOutput': z.shape.as_list(),
            'standardMultiplications': positions * math.prod(standard),
            'separableMultiplications': positions * (math.prod(depthwise) + math.prod(pointwise)),
        }
    assert (made['standardParams'], made['separableParams']) == (432, 75)
    assert made['SAME']['standardMultiplications'] == 7077888
    assert made['SAME']['separableMultiplications'] == 1228800
    return made


def main():
    path = common.OUT / NAME
    kept = json.loads(path.read_text()) if path.exists() else {'header': {}, 'records': []}
    header, parts = kept['header'], {r['id']: r for r in kept['records']}
    header |= {'framework': 'pytorch and tensorflow', 'script': 'make/forum.py'}
    if importlib.util.find_spec('torch'):
        import torch

        header['version'] = torch.__version__
        parts |= {'forum': {'id': 'forum', **forum(torch)}, 'notebook': {'id': 'notebook', **notebook(torch)}}
    if importlib.util.find_spec('tensorflow'):
        os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
        os.environ['CUDA_VISIBLE_DEVICES'] = ''
        import tensorflow as tf

        header['tensorflow'] = tf.__version__
        parts['article'] = {'id': 'article', **article(tf)}
    order = ('framework', 'version', 'tensorflow', 'script')
    common.write(NAME, {key: header[key] for key in order if key in header},
                 [parts[key] for key in ('forum', 'notebook', 'article') if key in parts])


if __name__ == '__main__':
    main()
