"""A residual network built from parts, as model code usually is.

Hover `nn.Conv2d` in `conv3x3`: a formula, then every layer that the networks below build with it. Hover a wrapper call
such as `conv3x3(channels, channels)`, the class names, `small` and `wide`, and `net`. Choose `wide()` with
`ConvLens: Choose Context`, and open its table with `ConvLens: Show Model Summary`.
"""

import torch
from torch import nn


def conv3x3(in_planes, out_planes, stride=1, groups=1):
    return nn.Conv2d(in_planes, out_planes, 3, stride=stride, padding=1, groups=groups, bias=False)


class Residual(nn.Module):
    def __init__(self, in_planes, planes, stride=1, groups=1):
        super().__init__()
        self.conv1 = conv3x3(in_planes, planes, stride)
        self.conv2 = conv3x3(planes, planes, groups=groups)
        self.skip = nn.Conv2d(in_planes, planes, 1, stride=stride)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.conv2(self.act(self.conv1(x))) + self.skip(x))


class ResidualNetwork(nn.Module):
    def __init__(self, widths, groups=1, classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, widths[0], 3, padding=1)
        stages = []
        for before, after in zip(widths, widths[1:]):
            stages += [Residual(before, after, stride=2, groups=groups), Residual(after, after, groups=groups)]
        self.stages = nn.Sequential(*stages)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, x):
        return self.head(self.pool(self.stages(self.stem(x))).flatten(1))


def small():
    return ResidualNetwork([16, 32, 64])


def wide():
    return ResidualNetwork([64, 128, 256, 512], groups=32)


net = small()
print(net(torch.randn(1, 3, 64, 64)).shape)
