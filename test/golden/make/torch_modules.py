"""PyTorch's other layers and functions: parameters, output shapes, multiplications; names in modules as it registers them."""

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from common import write

X = (2, 8, 12, 10)
SEQUENCE = (7, 2, 16)

# Layers: expression, shapes of the inputs, how many dimensions of indices the input has (embeddings take integers).
LAYERS = [
    ('nn.Linear(16, 5)', [(2, 3, 16)]),
    ('nn.Linear(16, 5, bias=False)', [(16,)]),
    ('nn.Linear(in_features=16, out_features=1)', [(4, 16)]),
    ('nn.LazyLinear(6)', [(2, 9)]),
    ('nn.LazyLinear(6, bias=False)', [(2, 3, 9)]),
    ('nn.Bilinear(4, 5, 6)', [(3, 4), (3, 5)]),
    ('nn.Bilinear(4, 5, 6, bias=False)', [(2, 3, 4), (2, 3, 5)]),
    ('nn.Identity()', [X]),
    ('nn.Identity(54, unused=True)', [(3,)]),
    ('nn.BatchNorm1d(8)', [(2, 8)]),
    ('nn.BatchNorm1d(8, affine=False)', [(2, 8, 5)]),
    ('nn.BatchNorm2d(8)', [X]),
    ('nn.BatchNorm2d(8, affine=False)', [X]),
    ('nn.BatchNorm2d(8, eps=0.001, momentum=0.03, track_running_stats=False)', [X]),
    ('nn.BatchNorm2d(8, bias=False)', [X]),
    ('nn.BatchNorm3d(8)', [(2, 8, 4, 5, 6)]),
    ('nn.SyncBatchNorm(8)', None),
    ('nn.LazyBatchNorm1d()', [(3, 9)]),
    ('nn.LazyBatchNorm2d()', [X]),
    ('nn.LazyBatchNorm3d(affine=False)', [(2, 8, 4, 5, 6)]),
    ('nn.InstanceNorm1d(8)', [(2, 8, 5)]),
    ('nn.InstanceNorm2d(8)', [X]),
    ('nn.InstanceNorm2d(8, affine=True)', [X]),
    ('nn.InstanceNorm2d(8, affine=True, track_running_stats=True)', [(8, 12, 10)]),
    ('nn.InstanceNorm3d(8, affine=True)', [(2, 8, 4, 5, 6)]),
    ('nn.LazyInstanceNorm2d()', [X]),
    ('nn.GroupNorm(4, 8)', [X]),
    ('nn.GroupNorm(1, 8, affine=False)', [X]),
    ('nn.GroupNorm(num_groups=8, num_channels=8)', [(2, 8)]),
    ('nn.LayerNorm(10)', [X]),
    ('nn.LayerNorm((12, 10))', [X]),
    ('nn.LayerNorm([8, 12, 10], elementwise_affine=False)', [X]),
    ('nn.LayerNorm(10, bias=False)', [X]),
    ('nn.RMSNorm(10)', [X]),
    ('nn.RMSNorm((12, 10), elementwise_affine=False)', [X]),
    ('nn.LocalResponseNorm(5)', [X]),
    ('nn.CrossMapLRN2d(5)', [X]),
    ('nn.PReLU()', [X]),
    ('nn.PReLU(8)', [X]),
    ('nn.ReLU(inplace=True)', [X]),
    ('nn.ReLU6()', [X]),
    ('nn.LeakyReLU(0.2, True)', [X]),
    ('nn.RReLU()', [X]),
    ('nn.ELU()', [X]),
    ('nn.CELU()', [X]),
    ('nn.SELU()', [X]),
    ('nn.GELU()', [X]),
    ("nn.GELU(approximate='tanh')", [X]),
    ('nn.SiLU()', [X]),
    ('nn.Mish()', [X]),
    ('nn.Sigmoid()', [X]),
    ('nn.LogSigmoid()', [X]),
    ('nn.Tanh()', [X]),
    ('nn.Tanhshrink()', [X]),
    ('nn.Hardswish()', [X]),
    ('nn.Hardsigmoid()', [X]),
    ('nn.Hardtanh(0, 6)', [X]),
    ('nn.Hardshrink()', [X]),
    ('nn.Softshrink()', [X]),
    ('nn.Softplus()', [X]),
    ('nn.Softsign()', [X]),
    ('nn.Softmax(dim=1)', [X]),
    ('nn.LogSoftmax(1)', [X]),
    ('nn.Softmin(dim=-1)', [X]),
    ('nn.Softmax2d()', [X]),
    ('nn.Threshold(0.1, 20)', [X]),
    ('nn.GLU()', [X]),
    ('nn.GLU(dim=1)', [X]),
    ('nn.Dropout(0.5)', [X]),
    ('nn.Dropout1d()', [(2, 8, 5)]),
    ('nn.Dropout2d(p=0.1)', [X]),
    ('nn.Dropout3d()', [(2, 8, 4, 5, 6)]),
    ('nn.AlphaDropout()', [X]),
    ('nn.FeatureAlphaDropout()', [X]),
    ('nn.ChannelShuffle(4)', [X]),
    ('nn.MaxPool1d(3)', [(2, 8, 11)]),
    ('nn.MaxPool1d(3, 2, 1, ceil_mode=True)', [(8, 11)]),
    ('nn.MaxPool2d(2)', [X]),
    ('nn.MaxPool2d(3, 2, 1)', [X]),
    ('nn.MaxPool2d(3, stride=2, padding=1, dilation=2)', [X]),
    ('nn.MaxPool2d((3, 2), (2, 1), (1, 0))', [X]),
    ('nn.MaxPool2d(3, 2, ceil_mode=True)', [X]),
    ('nn.MaxPool2d(2, 2, ceil_mode=True)', [(1, 1, 7, 5)]),
    ('nn.MaxPool2d(1, 2, ceil_mode=True)', [(1, 1, 6, 5)]),
    ('nn.MaxPool2d(3, 3, 1, ceil_mode=True)', [(1, 1, 9, 10)]),
    ('nn.MaxPool2d(2, 4, 1, ceil_mode=True)', [(1, 1, 9, 8)]),
    ('nn.MaxPool2d(2, return_indices=True)', [X]),
    ('nn.MaxPool3d(2)', [(2, 3, 8, 9, 10)]),
    ('nn.MaxPool3d((1, 3, 3), stride=(1, 2, 2), padding=(0, 1, 1))', [(2, 3, 8, 9, 10)]),
    ('nn.AvgPool1d(4)', [(2, 8, 11)]),
    ('nn.AvgPool2d(2)', [X]),
    ('nn.AvgPool2d(3, 1, 1, count_include_pad=False)', [X]),
    ('nn.AvgPool2d(kernel_size=3, stride=2, ceil_mode=True)', [X]),
    ('nn.AvgPool2d((2, 5), divisor_override=3)', [X]),
    ('nn.AvgPool3d((2, 2, 1))', [(2, 3, 8, 9, 10)]),
    ('nn.LPPool1d(2, 3)', [(2, 8, 11)]),
    ('nn.LPPool2d(2, 3, stride=2)', [X]),
    ('nn.LPPool2d(2, (3, 2), ceil_mode=True)', [X]),
    ('nn.FractionalMaxPool2d(3, output_size=(5, 4))', [X]),
    ('nn.FractionalMaxPool2d(2, output_ratio=(0.5, 0.7))', [X]),
    ('nn.FractionalMaxPool3d(2, output_size=3)', [(2, 3, 8, 9, 10)]),
    ('nn.AdaptiveAvgPool1d(3)', [(2, 8, 11)]),
    ('nn.AdaptiveAvgPool2d(1)', [X]),
    ('nn.AdaptiveAvgPool2d((1, None))', [X]),
    ('nn.AdaptiveAvgPool2d((7, 7))', [(8, 12, 10)]),
    ('nn.AdaptiveAvgPool3d((None, 1, 2))', [(2, 3, 8, 9, 10)]),
    ('nn.AdaptiveMaxPool1d(3)', [(2, 8, 11)]),
    ('nn.AdaptiveMaxPool2d((5, None), return_indices=True)', [X]),
    ('nn.AdaptiveMaxPool3d(2)', [(2, 3, 8, 9, 10)]),
    ('nn.ZeroPad1d(2)', [(2, 8, 11)]),
    ('nn.ZeroPad2d(1)', [X]),
    ('nn.ZeroPad2d((1, 2, 3, 0))', [X]),
    ('nn.ZeroPad2d((-1, 0, 0, -2))', [X]),
    ('nn.ZeroPad3d(1)', [(2, 3, 4, 5, 6)]),
    ('nn.ConstantPad1d((3, 1), 3.5)', [(2, 8, 11)]),
    ('nn.ConstantPad2d((3, 0, 2, 1), 0.0)', [X]),
    ('nn.ConstantPad3d(3, 1)', [(2, 3, 4, 5, 6)]),
    ('nn.ReflectionPad1d(2)', [(2, 8, 11)]),
    ('nn.ReflectionPad2d((1, 1, 2, 0))', [X]),
    ('nn.ReflectionPad3d(1)', [(2, 3, 4, 5, 6)]),
    ('nn.ReplicationPad1d((3, 1))', [(8, 11)]),
    ('nn.ReplicationPad2d(2)', [X]),
    ('nn.ReplicationPad3d((3, 3, 6, 6, 1, 1))', [(2, 3, 4, 5, 6)]),
    ('nn.CircularPad1d(2)', [(2, 8, 11)]),
    ('nn.CircularPad2d((1, 1, 2, 0))', [X]),
    ('nn.CircularPad3d(1)', [(2, 3, 4, 5, 6)]),
    ('nn.Upsample(scale_factor=2)', [X]),
    ("nn.Upsample(scale_factor=(1.5, 0.7), mode='bilinear', align_corners=True)", [X]),
    ('nn.Upsample(size=(7, 9))', [X]),
    ('nn.Upsample(5)', [(2, 8, 11)]),
    ("nn.Upsample(scale_factor=2, mode='trilinear')", [(2, 3, 4, 5, 6)]),
    ('nn.UpsamplingNearest2d(scale_factor=3)', [X]),
    ('nn.UpsamplingBilinear2d(size=(20, 30))', [X]),
    ('nn.PixelShuffle(2)', [X]),
    ('nn.PixelShuffle(upscale_factor=3)', [(9, 4, 5)]),
    ('nn.PixelUnshuffle(2)', [X]),
    ('nn.Flatten()', [X]),
    ('nn.Flatten(2)', [X]),
    ('nn.Flatten(0, 1)', [X]),
    ('nn.Flatten(start_dim=-3, end_dim=-2)', [X]),
    ('nn.Unflatten(1, (2, 4))', [X]),
    ('nn.Unflatten(-1, (5, -1))', [X]),
    ('nn.Fold(output_size=(4, 5), kernel_size=(2, 2))', [(2, 12, 12)]),
    ('nn.Fold((7, 7), 3, dilation=2, padding=1, stride=2)', [(2, 9, 9)]),
    ('nn.Unfold(kernel_size=(2, 3))', [X]),
    ('nn.Unfold(3, dilation=2, padding=1, stride=2)', [X]),
    ('nn.Embedding(10, 3)', [(2, 4)]),
    ('nn.Embedding(num_embeddings=10, embedding_dim=3, padding_idx=0)', [(5,)]),
    ('nn.EmbeddingBag(10, 3)', [(2, 4)]),
    ("nn.EmbeddingBag(10, 3, mode='sum')", [(6, 1)]),
    ('nn.CosineSimilarity()', [(3, 5), (3, 5)]),
    ('nn.CosineSimilarity(dim=2)', [X, X]),
    ('nn.PairwiseDistance(keepdim=True)', [(3, 5), (3, 5)]),
    ('nn.MSELoss()', [(3, 5), (3, 5)]),
    ("nn.L1Loss(reduction='sum')", [(3, 5), (3, 5)]),
    ('nn.BCEWithLogitsLoss()', [(3, 5), (3, 5)]),
    ('nn.CrossEntropyLoss(label_smoothing=0.1)', [(3, 5), (3, 5)]),
    ('nn.RNN(16, 6)', [SEQUENCE]),
    ("nn.RNN(16, 6, 2, nonlinearity='relu')", [SEQUENCE]),
    ('nn.RNN(16, 6, bias=False, bidirectional=True)', [SEQUENCE]),
    ('nn.LSTM(16, 6)', [SEQUENCE]),
    ('nn.LSTM(16, 6, num_layers=3, bidirectional=True, batch_first=True)', [SEQUENCE]),
    ('nn.LSTM(16, 6, 2, proj_size=4)', [SEQUENCE]),
    ('nn.LSTM(16, 6, proj_size=4, bidirectional=True, bias=False)', [(7, 16)]),
    ('nn.GRU(16, 6)', [SEQUENCE]),
    ('nn.GRU(16, 6, 2, True, True, 0.1)', [SEQUENCE]),
    ('nn.GRU(input_size=16, hidden_size=6, bidirectional=True, num_layers=2)', [(7, 16)]),
    ('nn.RNNCell(16, 6)', [(4, 16)]),
    ('nn.LSTMCell(16, 6)', [(4, 16)]),
    ('nn.GRUCell(16, 6, bias=False)', [(16,)]),
    ('nn.MultiheadAttention(16, 4)', [SEQUENCE, SEQUENCE, SEQUENCE]),
    ('nn.MultiheadAttention(16, 4, bias=False, batch_first=True)', [SEQUENCE, SEQUENCE, SEQUENCE]),
    ('nn.MultiheadAttention(16, 4, add_bias_kv=True)', [SEQUENCE, (5, 2, 16), (5, 2, 16)]),
    ('nn.MultiheadAttention(16, 2, kdim=6, vdim=10)', [SEQUENCE, (5, 2, 6), (5, 2, 10)]),
    ('nn.MultiheadAttention(16, 8, add_zero_attn=True)', [(7, 16), (5, 16), (5, 16)]),
    ('nn.TransformerEncoderLayer(16, 4)', [SEQUENCE]),
    ('nn.TransformerEncoderLayer(d_model=16, nhead=2, dim_feedforward=32, batch_first=True, bias=False)', [SEQUENCE]),
    ('nn.TransformerDecoderLayer(16, 4, 64)', [SEQUENCE, (5, 2, 16)]),
    ('nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 64), 3)', [SEQUENCE]),
    ('nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 64), num_layers=2, norm=nn.LayerNorm(16))', [SEQUENCE]),
    ('nn.TransformerDecoder(nn.TransformerDecoderLayer(16, 4, 64), 2)', [SEQUENCE, (5, 2, 16)]),
    ('nn.Transformer(16, 4, 2, 3, 64)', [SEQUENCE, (5, 2, 16)]),
    ('nn.Sequential(nn.Conv2d(8, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(320, 7))', [X]),
    ('nn.Sequential()', [X]),
    ('nn.utils.weight_norm(nn.Conv2d(8, 4, 3))', [X]),
    ("nn.utils.weight_norm(nn.Linear(10, 4), name='weight', dim=None)", [X]),
    ('nn.utils.spectral_norm(nn.Conv2d(8, 4, 3, bias=False))', [X]),
    ('nn.DataParallel(nn.Conv2d(8, 4, 3))', [X]),
]

# Functions over x, y, z of these shapes.
FUNCTIONS = [
    ('F.max_pool2d(x, 3, 2, 1)', [X]),
    ('F.max_pool2d(x, 2, ceil_mode=True, return_indices=True)', [X]),
    ('F.max_pool1d(x, 3, stride=1)', [(2, 8, 11)]),
    ('F.max_pool3d(x, 2)', [(2, 3, 8, 9, 10)]),
    ('torch.max_pool2d(x, 3, 2, 1, 1, True)', [X]),
    ('F.avg_pool2d(x, 3, 2, ceil_mode=True)', [X]),
    ('F.avg_pool2d(x, x.size()[2:])', [X]),
    ('F.avg_pool3d(x, (2, 3, 4))', [(2, 3, 8, 9, 10)]),
    ('F.lp_pool2d(x, 2, 3)', [X]),
    ('F.adaptive_avg_pool2d(x, (1, 1))', [X]),
    ('F.adaptive_avg_pool2d(x, (None, 4))', [X]),
    ('F.adaptive_max_pool2d(x, output_size=3)', [X]),
    ('F.adaptive_max_pool1d(x, 3, True)', [(2, 8, 11)]),
    ('F.pad(x, (1, 2))', [X]),
    ('F.pad(x, [1, 2, 0, 3])', [X]),
    ("F.pad(x, (1, 2, 3, 1), mode='reflect')", [X]),
    ("F.pad(x, (1, 2, 3, 1), 'replicate')", [X]),
    ("F.pad(x, (2, 2), 'circular')", [(2, 8, 11)]),
    ("F.pad(x, (0, 0, 0, 0, 2, 4), 'constant', 0)", [X]),
    ('F.pad(x, (-1, -2), value=1.0)', [X]),
    ('F.interpolate(x, scale_factor=2)', [X]),
    ('F.interpolate(x, scale_factor=0.3)', [X]),
    ("F.interpolate(x, scale_factor=(2.5, 1), mode='bilinear', align_corners=False)", [X]),
    ("F.interpolate(x, size=(20, 21), mode='bicubic')", [X]),
    ('F.interpolate(x, 9)', [X]),
    ('F.interpolate(x, y.shape[2:])', [X, (1, 1, 30, 31)]),
    ("F.upsample(x, scale_factor=2, mode='nearest')", [X]),
    ('F.linear(x, y)', [(2, 3, 16), (5, 16)]),
    ('F.linear(x, y, z)', [(2, 16), (5, 16), (5,)]),
    ('F.bilinear(x, y, z)', [(3, 4), (3, 5), (6, 4, 5)]),
    ('F.pixel_shuffle(x, 2)', [X]),
    ('F.pixel_unshuffle(x, 2)', [X]),
    ('F.unfold(x, 3, padding=1)', [X]),
    ('F.fold(x, (4, 5), (2, 2))', [(2, 12, 12)]),
    ('F.one_hot(torch.zeros(2, 3, dtype=torch.long), 7)', [X]),
    ('F.embedding(torch.zeros(2, 3, dtype=torch.long), x)', [(10, 4)]),
    ('F.normalize(x, dim=-1)', [X]),
    ('F.glu(x, 1)', [X]),
    ('F.grid_sample(x, y, align_corners=False)', [X, (2, 5, 6, 2)]),
    ('F.affine_grid(x, (2, 3, 14, 15), align_corners=False)', [(2, 2, 3)]),
    ('F.scaled_dot_product_attention(x, y, z)', [(2, 4, 7, 8), (2, 4, 5, 8), (2, 4, 5, 6)]),
    ('F.scaled_dot_product_attention(x, x, x, dropout_p=0.0, is_causal=True)', [(2, 7, 8)]),
    ('F.batch_norm(x, torch.zeros(8), torch.ones(8))', [X]),
    ('F.instance_norm(x)', [X]),
    ('F.group_norm(x, 4)', [X]),
    ('F.layer_norm(x, (10,))', [X]),
    ('F.layer_norm(x, x.shape[1:])', [X]),
    ('F.local_response_norm(x, 5)', [X]),
    ('F.cosine_similarity(x, y)', [(3, 5), (3, 5)]),
    ('torch.cosine_similarity(x, y, dim=0)', [(3, 5), (1, 5)]),
    ('F.relu(x, inplace=True)', [X]),
    ('F.gelu(x)', [X]),
    ('F.softmax(x, dim=1)', [X]),
    ('F.log_softmax(x, 1)', [X]),
    ('F.dropout(x, 0.5, training=True)', [X]),
    ('F.leaky_relu(x, 0.1)', [X]),
    ('F.mse_loss(x, y)', [(3, 5), (3, 5)]),
]

# What is registered: a program that makes `model`, and expressions over it.
PROGRAMS = {
    'assignment': """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.plain = None
        self.b = nn.Linear(2, 3)
        self.scale = nn.Parameter(torch.ones(4))
        self.a = nn.Conv2d(1, 2, 3)
        self.listed = [nn.Linear(9, 9)]
        self.width = 7
        self.plain = nn.Linear(3, 3, bias=False)
        self.register_buffer('steps', torch.zeros(5))
        self.b = nn.Linear(2, 5)
        self.shift = nn.Parameter(torch.zeros(2, 2), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(6))
model = Net()
""",
    'deletion': """
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.a = nn.Linear(2, 2)
        self.b = nn.Linear(2, 3)
        self.c = nn.Linear(2, 4)
        del self.a
        self.b = None
        self.a = nn.Linear(2, 5)
        self.b = nn.Linear(2, 6)
        delattr(self, 'c')
        setattr(self, 'd', nn.Linear(2, 7))
model = Net()
""",
    'sharing': """
class Net(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.one = nn.Linear(4, 4)
        self.two = self.one
        self.embed = nn.Embedding(10, 4)
        self.head = nn.Linear(4, 10, bias=False)
        self.head.weight = self.embed.weight
        self.blocks = nn.ModuleList([self.one, nn.ReLU(), nn.Linear(4, 2)])
model = Net()
""",
    'sequential': """
from collections import OrderedDict
model = nn.Sequential(
    nn.Sequential(OrderedDict([('conv', nn.Conv2d(3, 4, 3)), ('norm', nn.BatchNorm2d(4)), ('act', nn.PReLU(4))])),
    nn.Sequential(*[nn.Conv2d(4, 4, 1, bias=False) for _ in range(3)]),
)
model.append(nn.Flatten())
model.extend([nn.Linear(4, 2), nn.Linear(2, 1)])
model.insert(1, nn.Dropout(0.1))
model.add_module('last', nn.Linear(1, 1))
model[0].extra = nn.Linear(5, 5)
""",
    'changed sequential': """
model = nn.Sequential(nn.Linear(1, 2), nn.Linear(2, 3), nn.Linear(3, 4), nn.Linear(4, 5))
model[1] = nn.Linear(2, 3, bias=False)
model[-1] = nn.Identity()
del model[0]
model = model + nn.Sequential(nn.Linear(9, 9))
""",
    'slices': """
base = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 4))
listed = nn.ModuleList(base)
model = nn.ModuleDict({'head': base[:2], 'tail': base[2:], 'last': base[-1:], 'list': listed[1:4], 'every': base[::2]})
""",
    'lists': """
model = nn.ModuleList([nn.Linear(1, 1)])
model.append(nn.Linear(2, 2))
model.extend(nn.Linear(i, i) for i in range(3, 5))
model += [nn.Linear(7, 7)]
model.insert(0, nn.Linear(8, 8))
gone = model.pop(1)
model[2] = nn.Linear(9, 9, bias=False)
model = model + [nn.Linear(6, 6)]
del model[-2]
""",
    'dictionaries': """
model = nn.ModuleDict([['conv', nn.Conv2d(1, 1, 1)], ['pool', nn.MaxPool2d(2)]])
model['fc'] = nn.Linear(3, 3)
model.update({'conv': nn.Conv2d(2, 2, 1), 'more': nn.Linear(4, 4)})
popped = model.pop('pool')
del model['fc']
""",
    'parameters': """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.list = nn.ParameterList([nn.Parameter(torch.zeros(2, i + 1)) for i in range(3)])
        self.list.append(torch.ones(7))
        self.dict = nn.ParameterDict({'left': nn.Parameter(torch.zeros(5)), 'right': torch.zeros(6)})
        self.register_parameter('token', nn.Parameter(torch.zeros(1, 1, 8)))
        self.register_parameter('nothing', None)
        self.register_module('fc', nn.Linear(2, 2))
        self.norm = nn.LayerNorm(3)
model = Net()
""",
    'inheritance': """
class Block(nn.Sequential):
    def __init__(self, width, depth):
        layers = [nn.Conv2d(width, width, 3, padding=1), nn.BatchNorm2d(width)]
        super().__init__(*layers)
        self.width = width
        for i in range(depth):
            self.add_module('extra%d' % i, nn.Conv2d(width, width, 1))

class Scaled(nn.Linear):
    def __init__(self, size):
        super().__init__(size, size)
        self.gamma = nn.Parameter(torch.ones(size))

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Block(4, 2)
        for name in ['x', 'y']:
            setattr(self, f'branch_{name}', Scaled(3))
        self.pool = nn.AdaptiveAvgPool2d(1)
model = Net()
""",
    'wrappers': """
inner = nn.Sequential(nn.Linear(2, 2), nn.utils.weight_norm(nn.Conv1d(2, 4, 3)), nn.utils.spectral_norm(nn.Linear(3, 4)))
model = nn.DataParallel(inner)
""",
    'attention': """
model = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2, nn.LayerNorm(8))
model.lstm = nn.LSTM(3, 4, 2, bidirectional=True)
model.cross = nn.MultiheadAttention(8, 2, kdim=5, add_bias_kv=True)
""",
}


def tensors(shapes, isWhole):
    return [torch.zeros(shape, dtype=torch.long if isWhole else torch.float) for shape in shapes]


def shapes_of(value):
    """Shapes of a result: a list of sizes, `null` for None, or {"tuple": [...]}."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return {'tuple': [shapes_of(each) for each in value]}
    return list(value.shape)


def recurrent_macs(layer, given):
    """Products of a recurrent layer: each weight once a step and sample."""
    weights = sum(p.numel() for name, p in layer.named_parameters() if name.startswith('weight'))
    steps = given.numel() // given.shape[-1]
    return weights * steps


def run(make, values, layer=None):
    with torch.no_grad(), sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        result = make(*values)
    if layer is not None and isinstance(layer, (nn.RNNBase, nn.RNNCellBase)):
        return result, recurrent_macs(layer, values[0])
    bilinear = isinstance(layer, nn.Bilinear)
    counts = counter.get_flop_counts().get('Global', {})
    macs = sum(counts.values()) // 2
    if bilinear:
        macs = values[0].numel() // layer.in1_features * layer.weight.numel()
    return result, macs


def layer_record(expression, shapes):
    layer = eval(expression)
    record = {'kind': 'layer', 'expression': expression, 'inputs': shapes or []}
    if shapes is not None:
        values = tensors(shapes, expression.startswith('nn.Embedding'))
        if 'AdaptiveMaxPool' not in expression and 'BatchNorm' not in expression:
            layer.train()
        result, macs = run(layer, values, layer)
        record['output'] = shapes_of(result)
        record['macs'] = macs
    record['params'] = sum(p.numel() for p in layer.parameters())
    return record


def function_record(expression, shapes):
    names = dict(zip('xyz', tensors(shapes, False)))
    result, macs = run(lambda: eval(expression, {**globals(), **names}), [])
    if 'F.bilinear' in expression:
        macs = 3 * 6 * 4 * 5
    return {'kind': 'function', 'expression': expression, 'inputs': shapes, 'output': shapes_of(result), 'macs': macs}


def program_record(name, text):
    scope = {'torch': torch, 'nn': nn, 'F': F}
    exec(text, scope)
    model = scope['model']
    return {
        'kind': 'program',
        'name': name,
        'text': text.strip(),
        'modules': [[path, type(module).__name__] for path, module in model.named_modules()],
        'children': [path for path, _ in model.named_children()],
        'parameters': [[path, list(p.shape)] for path, p in model.named_parameters()],
        'buffers': [path for path, _ in model.named_buffers()],
        'state': list(model.state_dict()),
        'params': sum(p.numel() for p in model.parameters()),
    }


RECORDS = [layer_record(*each) for each in LAYERS]
RECORDS += [function_record(*each) for each in FUNCTIONS]
RECORDS += [program_record(*each) for each in PROGRAMS.items()]
assert len(RECORDS) > 240
write('torch-modules.json', {'framework': f'PyTorch {torch.__version__}', 'script': 'torch_modules.py'}, RECORDS)
