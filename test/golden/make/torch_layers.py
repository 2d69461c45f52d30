"""Weight, bias and output shapes, parameters and multiply-accumulates of PyTorch constructor and functional calls.

Each row is Python text and an input shape; the framework evaluates the text. MACs come from the shapes by the formula in
`dense_macs`, and torch's own counter (2 operations a MAC) must agree.
"""

import math
import re
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.flop_counter import FlopCounterMode

import common

warnings.filterwarnings('ignore', message='Using padding=.same. with even kernel lengths')
warnings.filterwarnings('ignore', message='Lazy modules are a new feature')

# Published rows: expression, input, weight, params, output, MACs, bias additions.
PUBLISHED = [
    ('nn.Conv2d(3,9,3,padding=1,groups=3)', (1, 3, 8, 8), (9, 1, 3, 3), 90, (1, 9, 8, 8), 5184, 576),
    ('nn.Conv2d(32,64,3,padding=1)', (1, 32, 56, 56), (64, 32, 3, 3), 18496, (1, 64, 56, 56), 57802752, 200704),
    ('nn.Conv2d(32,32,3,padding=1,groups=32,bias=False)', (1, 32, 56, 56), (32, 1, 3, 3), 288, (1, 32, 56, 56), 903168, 0),
    ('nn.Conv2d(32,64,1,bias=False)', (1, 32, 56, 56), (64, 32, 1, 1), 2048, (1, 64, 56, 56), 6422528, 0),
    ('nn.Conv2d(3,64,7,stride=2,padding=3,bias=False)', (1, 3, 224, 224), (64, 3, 7, 7), 9408, (1, 64, 112, 112),
     118013952, 0),
    ('nn.Conv2d(128,128,3,padding=1,groups=32,bias=False)', (1, 128, 56, 56), (128, 4, 3, 3), 4608, (1, 128, 56, 56),
     14450688, 0),
    ('nn.Conv2d(16,33,(3,5),stride=(2,1),padding=(4,2),dilation=(3,1))', (20, 16, 50, 100), (33, 16, 3, 5), 7953,
     (20, 33, 26, 100), 411840000, 1716000),
    ("nn.Conv2d(8,8,3,padding='same',dilation=2)", (1, 8, 10, 10), (8, 8, 3, 3), 584, (1, 8, 10, 10), 57600, 800),
    ("nn.Conv2d(8,8,4,padding='same')", (1, 8, 10, 10), (8, 8, 4, 4), 1032, (1, 8, 10, 10), 102400, 800),
    ('nn.Conv2d(8,16,3,stride=2,padding=1)', (1, 8, 7, 7), (16, 8, 3, 3), 1168, (1, 16, 4, 4), 18432, 256),
    ('nn.Conv2d(8,16,3,stride=2,padding=1)', (1, 8, 8, 8), (16, 8, 3, 3), 1168, (1, 16, 4, 4), 18432, 256),
    ('nn.Conv2d(4,8,2,stride=3)', (1, 4, 7, 7), (8, 4, 2, 2), 136, (1, 8, 2, 2), 512, 32),
    ('nn.Conv1d(16,33,3,stride=2)', (20, 16, 50), (33, 16, 3), 1617, (20, 33, 24), 760320, 15840),
    ('nn.Conv1d(8,8,3,padding=2,dilation=2,groups=8)', (1, 8, 100), (8, 1, 3), 32, (1, 8, 100), 2400, 800),
    ('nn.Conv3d(16,33,(3,5,2),stride=(2,1,1),padding=(4,2,0))', (20, 16, 10, 50, 100), (33, 16, 3, 5, 2), 15873,
     (20, 33, 8, 50, 99), 12545280000, 26136000),
    ('nn.ConvTranspose2d(16,33,3,stride=2)', (1, 16, 12, 12), (16, 33, 3, 3), 4785, (1, 33, 25, 25), 684288, 20625),
    ('nn.ConvTranspose2d(16,16,3,stride=2,padding=1,output_padding=1)', (1, 16, 6, 6), (16, 16, 3, 3), 2320,
     (1, 16, 12, 12), 82944, 2304),
    ('nn.ConvTranspose2d(4,6,3,stride=2,groups=2)', (1, 4, 5, 5), (4, 3, 3, 3), 114, (1, 6, 11, 11), 2700, 726),
    ('nn.ConvTranspose2d(4,4,4,stride=2,padding=1,groups=4,bias=False)', (1, 4, 5, 5), (4, 1, 4, 4), 64, (1, 4, 10, 10),
     1600, 0),
    ('nn.ConvTranspose1d(8,4,5,stride=3,dilation=2,padding=1,output_padding=2)', (2, 8, 9), (8, 4, 5), 164, (2, 4, 33),
     2880, 264),
    ('nn.ConvTranspose3d(16,33,(3,5,2),stride=(2,1,1),padding=(0,4,2))', (1, 16, 10, 50, 100), (16, 33, 3, 5, 2), 15873,
     (1, 33, 21, 46, 97), 792000000, 3092166),
]

# Constructor text and input shape; a third entry is how the layer is called when that is not `layer(x)`.
LAYERS = [
    # positional and keyword forms of one layer
    ('nn.Conv2d(3, 16, 3)', (1, 3, 32, 32)),
    ('nn.Conv2d(3, 16, kernel_size=3)', (1, 3, 32, 32)),
    ('nn.Conv2d(in_channels=3, out_channels=16, kernel_size=3)', (1, 3, 32, 32)),
    ('nn.Conv2d(kernel_size=3, out_channels=16, in_channels=3)', (1, 3, 32, 32)),
    ('torch.nn.Conv2d(3, 16, 3)', (1, 3, 32, 32)),
    ('nn.Conv2d(3, 16, 3, 2)', (1, 3, 32, 32)),
    ('nn.Conv2d(3, 16, 3, 2, 1)', (1, 3, 32, 32)),
    ('nn.Conv2d(3, 16, 3, 2, 1, 2)', (1, 3, 32, 32)),
    ('nn.Conv2d(4, 16, 3, 2, 1, 2, 4)', (1, 4, 32, 32)),
    ('nn.Conv2d(4, 16, 3, 2, 1, 2, 4, False)', (1, 4, 32, 32)),
    ("nn.Conv2d(4, 16, 3, 2, 1, 2, 4, False, 'reflect')", (1, 4, 32, 32)),
    ("nn.Conv2d(4, 16, 3, 2, 1, 2, 4, False, 'zeros', None, torch.float64)", (1, 4, 32, 32)),
    ('nn.Conv2d(*(3, 16), **{"kernel_size": 5, "padding": 2})', (1, 3, 12, 12)),
    ('nn.Conv2d(2 * 8, 64 // 4, (3,) * 2, padding=3 // 2)', (1, 16, 9, 9)),
    # the sixth positional argument of a forward convolution is dilation, not groups
    ('nn.Conv2d(8, 8, 3, 1, 1, 8)', (1, 8, 20, 20)),
    ('nn.Conv2d(8, 8, 3, 1, 1, 1, 8)', (1, 8, 20, 20)),
    # groups
    ('nn.Conv2d(3, 3, 3, 1, 1, bias=False, groups=3)', (1, 3, 5, 5)),
    ('nn.Conv2d(3, 9, 3, 1, 1)', (1, 3, 5, 5)),
    ('nn.Conv2d(3, 9, 3, 1, 1, groups=3)', (1, 3, 5, 5)),
    ('nn.Conv2d(6, 4, 3, groups=2)', (1, 6, 8, 8)),
    ('nn.Conv2d(64, 64, 3, padding=1, groups=1)', (1, 64, 14, 14)),
    ('nn.Conv2d(64, 64, 3, padding=1, groups=64)', (1, 64, 14, 14)),
    ('nn.Conv2d(64, 128, 3, stride=2, padding=1, groups=64)', (1, 64, 14, 14)),
    ('nn.Conv2d(64, 64, 3, padding=1, groups=32)', (1, 64, 14, 14)),
    ('nn.Conv2d(1, 8, 3, groups=1)', (1, 1, 28, 28)),
    ('nn.Conv1d(6, 12, 5, groups=3)', (1, 6, 20)),
    ('nn.Conv3d(4, 8, 3, groups=4)', (1, 4, 6, 6, 6)),
    # bias: anything false leaves it out, anything true keeps it
    ('nn.Conv2d(8, 16, 1, bias=False)', (1, 8, 7, 7)),
    ('nn.Conv2d(8, 16, 1, bias=True)', (1, 8, 7, 7)),
    ('nn.Conv2d(8, 16, 1, bias=0)', (1, 8, 7, 7)),
    ('nn.Conv2d(8, 16, 1, bias=1)', (1, 8, 7, 7)),
    ('nn.Conv2d(8, 16, 1, bias=None)', (1, 8, 7, 7)),
    ('nn.Conv2d(8, 16, 1, bias=not True)', (1, 8, 7, 7)),
    ("nn.Conv2d(8, 16, 1, bias='no')", (1, 8, 7, 7)),
    ('nn.Conv2d(8, 16, 1, bias=())', (1, 8, 7, 7)),
    # rectangular windows, lists, one-element tuples
    ('nn.Conv2d(3, 8, (1, 7), padding=(0, 3))', (1, 3, 17, 17)),
    ('nn.Conv2d(3, 8, [7, 1], padding=[3, 0])', (1, 3, 17, 17)),
    ('nn.Conv2d(3, 8, [3, 5], stride=[2, 3])', (1, 3, 20, 21)),
    ('nn.Conv2d(3, 8, (3, 5), (2, 1), (4, 2), (3, 1))', (2, 3, 50, 100)),
    ('nn.Conv2d(16, 33, (3, 5), stride=(2, 1), padding=(4, 2), dilation=(3, 1))', (1, 16, 50, 100)),
    ('nn.Conv2d(3, 8, 3, stride=(2,), padding=(1,))', (1, 3, 9, 9)),
    ('nn.Conv2d(3, 8, 3, padding=[1])', (1, 3, 9, 9)),
    ('nn.Conv2d(3, 8, torch.Size([3, 2]))', (1, 3, 9, 9)),
    ('nn.Conv2d(3, 8, 3, stride=range(1, 3))', (1, 3, 9, 9)),
    ('nn.Conv1d(3, 8, (5,))', (1, 3, 30)),
    ('nn.Conv1d(3, 8, [5], stride=[2], padding=[2])', (1, 3, 30)),
    ('nn.Conv3d(3, 8, (1, 3, 3), padding=(0, 1, 1))', (1, 3, 8, 16, 16)),
    ('nn.Conv3d(3, 8, [3, 1, 1], stride=[2, 1, 1])', (1, 3, 9, 6, 6)),
    # sizes that a stride does not divide, dilation, wide padding
    ('nn.Conv2d(2, 4, 3, stride=3)', (1, 2, 10, 11)),
    ('nn.Conv2d(2, 4, 5, stride=2)', (1, 2, 12, 13)),
    ('nn.Conv2d(2, 4, 1, stride=2)', (1, 2, 9, 8)),
    ('nn.Conv2d(2, 4, 3, dilation=4)', (1, 2, 9, 10)),
    ('nn.Conv2d(2, 4, 3, padding=5)', (1, 2, 4, 4)),
    ('nn.Conv2d(2, 4, 11, stride=4, padding=2)', (1, 2, 63, 63)),
    ('nn.Conv1d(1, 1, 3, stride=5)', (1, 1, 3)),
    ('nn.Conv1d(2, 4, 3, dilation=2)', (1, 2, 5)),
    ('nn.Conv3d(2, 4, 3, stride=2, padding=1, dilation=2)', (1, 2, 9, 9, 9)),
    # string padding and padding modes
    ("nn.Conv2d(8, 8, 3, padding='same')", (1, 8, 9, 10)),
    ("nn.Conv2d(8, 8, 3, padding='valid')", (1, 8, 9, 10)),
    ("nn.Conv2d(8, 8, 3, 2, 'valid')", (1, 8, 9, 10)),
    ("nn.Conv2d(8, 8, (2, 5), padding='same', dilation=(3, 1))", (1, 8, 9, 10)),
    ("nn.Conv1d(8, 8, 6, padding='same')", (1, 8, 9)),
    ("nn.Conv3d(2, 2, (2, 3, 4), padding='same')", (1, 2, 5, 6, 7)),
    ("nn.Conv2d(8, 8, 3, padding=1, padding_mode='zeros')", (1, 8, 9, 10)),
    ("nn.Conv2d(8, 8, 3, padding=1, padding_mode='reflect')", (1, 8, 9, 10)),
    ("nn.Conv2d(8, 8, 3, padding=(2, 1), padding_mode='replicate')", (1, 8, 9, 10)),
    ("nn.Conv2d(8, 8, 3, padding=2, padding_mode='circular')", (1, 8, 9, 10)),
    ("nn.Conv2d(8, 8, 4, padding='same', padding_mode='circular')", (1, 8, 9, 10)),
    ("nn.Conv1d(1, 1, 3, padding=1, padding_mode='reflect')", (1, 1, 4)),
    ("nn.Conv3d(1, 2, 3, padding=1, padding_mode='replicate')", (1, 1, 4, 4, 4)),
    # without a batch axis; several images
    ('nn.Conv2d(3, 8, 3)', (3, 10, 10)),
    ('nn.Conv1d(3, 8, 3)', (3, 10)),
    ('nn.Conv3d(3, 8, 3)', (3, 5, 5, 5)),
    ('nn.ConvTranspose2d(3, 8, 3, stride=2)', (3, 5, 5)),
    ('nn.Conv2d(3, 8, 3)', (7, 3, 10, 10)),
    ('nn.Conv2d(3, 8, 3)', (0, 3, 10, 10)),
    # transposed: order is output_padding, groups, bias, dilation
    ('nn.ConvTranspose1d(4, 6, 3)', (1, 4, 10)),
    ('nn.ConvTranspose1d(4, 6, 3, 2, 1, 1)', (1, 4, 10)),
    ('nn.ConvTranspose2d(4, 6, 3)', (1, 4, 10, 10)),
    ('nn.ConvTranspose2d(4, 6, 3, 2)', (1, 4, 10, 10)),
    ('nn.ConvTranspose2d(4, 6, 3, 2, 1)', (1, 4, 10, 10)),
    ('nn.ConvTranspose2d(4, 6, 3, 2, 1, 1)', (1, 4, 10, 10)),
    ('nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2)', (1, 4, 10, 10)),
    ('nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2, False)', (1, 4, 10, 10)),
    ('nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2, False, 3)', (1, 4, 10, 10)),
    ("nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2, False, 3, 'zeros')", (1, 4, 10, 10)),
    ('nn.ConvTranspose2d(8, 8, 3, 1, 0, 0, 1, 2)', (1, 8, 10, 10)),
    ('nn.ConvTranspose2d(8, 8, 3, 1, 0, 0, 1, True, 2)', (1, 8, 10, 10)),
    ('nn.ConvTranspose2d(8, 8, 3, 1, 0, 0, 1, 0)', (1, 8, 10, 10)),
    ('nn.ConvTranspose2d(8, 8, 3, dilation=2)', (1, 8, 10, 10)),
    ('nn.ConvTranspose2d(100, 64, 4, 1, 0, bias=False)', (1, 100, 1, 1)),
    ('nn.ConvTranspose2d(64, 32, 4, 2, 1, bias=False)', (1, 64, 4, 4)),
    ('nn.ConvTranspose2d(64, 32, 2, stride=2)', (1, 64, 28, 28)),
    ('nn.ConvTranspose2d(8, 4, 2, stride=3)', (1, 8, 7, 7)),
    ('nn.ConvTranspose2d(8, 16, (3, 5), stride=(2, 1), padding=(1, 2), output_padding=(1, 0))', (1, 8, 6, 7)),
    ('nn.ConvTranspose2d(8, 8, 3, stride=2, padding=1, output_padding=1, groups=8)', (1, 8, 6, 6)),
    ('nn.ConvTranspose2d(8, 24, 3, stride=2, groups=8)', (1, 8, 6, 6)),
    ('nn.ConvTranspose2d(6, 4, 3, groups=2, bias=None)', (1, 6, 6, 6)),
    ('nn.ConvTranspose1d(2, 3, 2, dilation=3, output_padding=2)', (1, 2, 5)),
    ('nn.ConvTranspose3d(4, 2, 3, stride=2, padding=1, output_padding=1)', (1, 4, 3, 4, 5)),
    ('nn.ConvTranspose3d(4, 8, (1, 2, 2), stride=(1, 2, 2), groups=4)', (1, 4, 3, 4, 5)),
    ('nn.ConvTranspose2d(16, 16, 3, stride=2, padding=1)', (1, 16, 6, 6), 'layer(x, output_size=(12, 12))'),
    ('nn.ConvTranspose2d(16, 16, 3, stride=2, padding=1)', (1, 16, 6, 6), 'layer(x, [11, 12])'),
    ('nn.ConvTranspose2d(16, 16, 3, stride=2, padding=1)', (1, 16, 6, 6), 'layer(x, output_size=(1, 16, 12, 11))'),
    ('nn.ConvTranspose2d(4, 4, 3, stride=3)', (1, 4, 5, 5), 'layer(x, output_size=torch.Size([1, 4, 17, 16]))'),
    ('nn.ConvTranspose1d(4, 4, 5, stride=3)', (1, 4, 5), 'layer(x, output_size=[19])'),
    # lazy layers learn their input channels from the first input
    ('nn.LazyConv1d(8, 3)', (1, 5, 20)),
    ('nn.LazyConv2d(16, 3)', (1, 3, 32, 32)),
    ('nn.LazyConv2d(16, (3, 5), (2, 1), (1, 2))', (1, 3, 32, 32)),
    ('nn.LazyConv2d(out_channels=16, kernel_size=3, padding="same", bias=False)', (1, 3, 32, 32)),
    ('nn.LazyConv2d(12, 3, groups=4)', (1, 8, 32, 32)),
    ('nn.LazyConv2d(12, 3, 1, 1, 1, 4)', (1, 8, 32, 32)),
    ('nn.LazyConv2d(16, 3)', (3, 32, 32)),
    ('nn.LazyConv3d(4, 3, padding=1)', (1, 2, 5, 6, 7)),
    ('nn.LazyConvTranspose1d(4, 3, 2)', (1, 6, 8)),
    ('nn.LazyConvTranspose2d(4, 3, 2, 1, 1, 2)', (1, 6, 8, 8)),
    ('nn.LazyConvTranspose2d(4, 4, stride=2, padding=1, bias=False)', (1, 6, 8, 8)),
    ('nn.LazyConvTranspose3d(4, 2, stride=2)', (1, 3, 4, 4, 4)),
]

# Functional text with x, w and b in scope; input, weight and (when b is used) bias shape.
FUNCTIONS = [
    ('F.conv1d(x, w)', (1, 4, 10), (6, 4, 3)),
    ('F.conv1d(x, w, b, 2, 1, 2, 2)', (1, 4, 20), (6, 2, 3)),
    ('F.conv2d(x, w)', (1, 3, 8, 8), (9, 3, 3, 3)),
    ('F.conv2d(x, w, b)', (1, 3, 8, 8), (9, 3, 3, 3)),
    ('F.conv2d(x, w, None, 2)', (1, 3, 8, 8), (9, 3, 3, 3)),
    ('F.conv2d(x, w, b, 1, 1, 1, 3)', (1, 3, 8, 8), (9, 1, 3, 3)),
    ('F.conv2d(x, w, bias=b, stride=2, padding=1, dilation=2, groups=3)', (1, 3, 9, 9), (9, 1, 3, 3)),
    ('F.conv2d(input=x, weight=w, groups=2)', (1, 4, 9, 9), (6, 2, 3, 3)),
    ("F.conv2d(x, w, padding='same')", (1, 4, 9, 9), (6, 4, 2, 5)),
    ("F.conv2d(x, w, stride=2, padding='valid')", (1, 4, 9, 9), (6, 4, 2, 5)),
    ('F.conv2d(x, w, stride=(2, 1), padding=[1, 2])', (1, 4, 9, 9), (6, 4, 3, 5)),
    ('F.conv2d(x, w, stride=(2,), padding=(1,))', (1, 4, 9, 9), (6, 4, 3, 5)),
    ('F.conv2d(x, w)', (3, 8, 8), (9, 3, 3, 3)),
    ('F.conv2d(x, w, padding=1)', (1, 1, 5, 5), (1, 1, 3, 3)),
    ('F.conv3d(x, w, b, 2, 1)', (1, 2, 6, 6, 6), (4, 2, 3, 3, 3)),
    ('torch.conv1d(x, w, None, 1, 2)', (1, 4, 10), (6, 4, 3)),
    ('torch.conv2d(x, w, b, 1, 1, 1, 2)', (1, 4, 9, 9), (6, 2, 3, 3)),
    ('torch.conv3d(x, w, padding=(0, 1, 1))', (1, 2, 6, 6, 6), (4, 2, 1, 3, 3)),
    ('torch.nn.functional.conv2d(x, w, b, padding=1)', (1, 4, 9, 9), (6, 4, 3, 3)),
    ('F.conv_transpose1d(x, w, b, 2, 1, 1)', (1, 4, 9), (4, 3, 3)),
    ('F.conv_transpose2d(x, w)', (1, 4, 5, 5), (4, 6, 3, 3)),
    ('F.conv_transpose2d(x, w, b, 2, 1, 1)', (1, 4, 5, 5), (4, 6, 3, 3)),
    ('F.conv_transpose2d(x, w, b, 2, 0, 0, 2)', (1, 4, 5, 5), (4, 3, 3, 3)),
    ('F.conv_transpose2d(x, w, b, 2, 0, 0, 2, 3)', (1, 4, 5, 5), (4, 3, 3, 3)),
    ('F.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1, groups=4)', (1, 4, 5, 5), (4, 1, 3, 3)),
    ('F.conv_transpose3d(x, w, stride=2)', (1, 2, 3, 3, 3), (2, 4, 2, 2, 2)),
    ('torch.conv_transpose1d(x, w, None, 2, 1, 1, 1, 2)', (1, 4, 9), (4, 3, 3)),
    ('torch.conv_transpose2d(x, w, b, 2, 1, 1)', (1, 4, 5, 5), (4, 6, 3, 3)),
    ('torch.conv_transpose3d(x, w, b, 2)', (1, 2, 3, 3, 3), (2, 4, 2, 2, 2)),
]


def dense_macs(transposed, rank, weight, input, output):
    """Products of the weight with every output position, or with every input position when transposed.

    weight is [Cout, Cin/G, k...] or, transposed, [Cin, Cout/G, k...]: either way the product of its sizes is the number of
    MACs at one position.
    """
    batch = input[0] if len(input) == rank + 2 else 1
    positions = math.prod((input if transposed else output)[-rank:])
    return batch * positions * math.prod(weight)


def evaluate(text, scope):
    return eval(text, {'torch': torch, 'nn': nn, 'F': F}, scope)


def counted(run):
    """The result of run() and the operations that torch counted."""
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        y = run()
    return y, counter.get_total_flops()


def describe(expression, input, weight, bias, y, flops, **extra):
    transposed = 'ranspose' in expression
    rank = len(weight) - 2
    output = list(y.shape)
    macs = dense_macs(transposed, rank, weight, input, output)
    assert flops == 2 * macs, (expression, flops, macs)
    return {
        'expression': expression, 'input': list(input), **extra, 'weight': weight, 'bias': bias,
        'params': math.prod(weight) + (math.prod(bias) if bias else 0), 'output': output, 'macs': macs,
        'biasAdds': math.prod(output) if bias else 0,
    }


def layer_record(expression, input, call='layer(x)'):
    layer = evaluate(expression, {})
    x = torch.zeros(input)
    if isinstance(layer, nn.modules.lazy.LazyModuleMixin):
        layer(x)  # the first call creates the weight
    layer = layer.to(torch.float32)
    y, flops = counted(lambda: evaluate(call, {'layer': layer, 'x': x}))
    bias = None if layer.bias is None else list(layer.bias.shape)
    made = describe(expression, input, list(layer.weight.shape), bias, y, flops, kind='layer', call=call)
    assert made['params'] == sum(p.numel() for p in layer.parameters())
    return {**made, 'repr': repr(layer)}


def function_record(expression, input, weight):
    x, w = torch.zeros(input), torch.zeros(weight)
    uses_bias = re.search(r'\bb\b', expression) is not None
    channels = weight[0]
    if 'transpose' in expression:
        channels = evaluate(expression, {'x': x, 'w': w, 'b': None}).shape[1]
    b = torch.zeros(channels) if uses_bias else None
    y, flops = counted(lambda: evaluate(expression, {'x': x, 'w': w, 'b': b}))
    bias = [channels] if uses_bias else None
    return describe(expression, input, list(weight), bias, y, flops, kind='function', call=None)


def published_record(expression, input, weight, params, output, macs, bias_adds):
    made = layer_record(expression, input)
    expected = (list(weight), params, list(output), macs, bias_adds)
    assert (made['weight'], made['params'], made['output'], made['macs'], made['biasAdds']) == expected, expression
    return {**made, 'published': True}


def main():
    records = [published_record(*row) for row in PUBLISHED]
    records += [layer_record(*row) for row in LAYERS]
    records += [function_record(*row) for row in FUNCTIONS]
    header = {'framework': 'pytorch', 'version': torch.__version__, 'script': 'make/torch_layers.py',
              'names': {'x': 'a tensor of shape input', 'w': 'a tensor of shape weight', 'b': 'a tensor of shape bias',
                        'layer': 'the value of expression', 'F': 'torch.nn.functional', 'nn': 'torch.nn'}}
    common.write('torch-layers.json', header, records)


if __name__ == '__main__':
    main()
