"""A tour of PyTorch: every family of convolution once. Hover the calls; the comments say what to look for."""

import torch
import torch.nn.functional as F
from torch import nn

# One, two and three dimensions. The weight has one axis more for each.
sound = torch.randn(8, 2, 16000)
wave = nn.Conv1d(2, 32, kernel_size=80, stride=16)
print(wave(sound).shape)

photo = torch.randn(1, 3, 224, 224)
stem = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=False)
print(stem(photo).shape)

clip = torch.randn(1, 3, 16, 112, 112)
motion = nn.Conv3d(3, 24, kernel_size=(3, 5, 5), stride=(1, 2, 2), padding=(1, 2, 2))
print(motion(clip).shape)

# Kernels that are not square, holes in the kernel, and a border that continues the picture.
wide = nn.Conv2d(16, 33, (3, 5), stride=(2, 1), padding=(4, 2), dilation=(3, 1))
print(wide(torch.randn(20, 16, 50, 100)).shape)
even = nn.Conv2d(8, 8, 4, padding='same')  # an even kernel pads one more after than before
print(even(torch.randn(1, 8, 10, 10)).shape)
mirror = nn.Conv2d(3, 8, 3, padding=1, padding_mode='reflect')
print(mirror(photo).shape)

# Who reads what: all, blocks, one each, and 1×1.
dense = nn.Conv2d(128, 128, 3, padding=1, bias=False)
blocks = nn.Conv2d(128, 128, 3, padding=1, groups=32, bias=False)
alone = nn.Conv2d(128, 128, 3, padding=1, groups=128, bias=False)
mix = nn.Conv2d(128, 256, 1, bias=False)
features = torch.randn(1, 128, 56, 56)
print(dense(features).shape, blocks(features).shape, mix(alone(features)).shape)

# Transposed: every input cell writes a window. Its weight is [in, out / groups, height, width].
up = nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1)
print(up(torch.randn(1, 16, 14, 14)).shape)
odd = nn.ConvTranspose1d(8, 4, 5, stride=3, dilation=2, padding=1, output_padding=2)
print(odd(torch.randn(2, 8, 9)).shape)

# A lazy layer takes its input channels from the first data it sees.
lazy = nn.LazyConv2d(96, kernel_size=11, stride=4)
print(lazy(photo).shape)

# Functions: everything follows from the shapes of the arguments.
kernels = torch.randn(6, 1, 3, 3)
blurred = F.conv2d(photo, kernels, padding=1, groups=3)
print(blurred.shape)
print(torch.conv1d(sound, torch.randn(4, 2, 9), stride=4).shape)
print(F.conv_transpose2d(blurred, torch.randn(6, 2, 2, 2), stride=2, groups=3).shape)


class SeparableBlock(nn.Module):
    """Works for any number of channels, and so does the card: groups=dim on dim channels is depthwise."""

    def __init__(self, dim, out_dim, kernel_size=7):
        super().__init__()
        self.spatial = nn.Conv2d(dim, dim, kernel_size, padding=kernel_size // 2, groups=dim)
        self.mix = nn.Conv2d(dim, out_dim, 1)
        self.halve = nn.Conv2d(out_dim, out_dim * 2, 2, stride=2)

    def forward(self, x):
        return self.halve(self.mix(self.spatial(x)))


block = SeparableBlock(96, 192)
print(block(torch.randn(1, 96, 56, 56)).shape)
