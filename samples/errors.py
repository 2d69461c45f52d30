"""Calls that PyTorch refuses, each in a guard so that the file runs: ConvLens says so before anything runs.

Hover the underlined calls: the message is PyTorch's own.
"""

import torch
import torch.nn.functional as F
from torch import nn

# Groups must divide both channel counts.
try:
    nn.Conv2d(4, 9, 3, groups=3)
except ValueError as error:
    print(error)

try:
    nn.Conv2d(6, 10, 3, groups=3)
except ValueError as error:
    print(error)

# 'same' keeps the size, which a stride cannot.
try:
    nn.Conv2d(3, 8, 3, stride=2, padding='same')
except ValueError as error:
    print(error)

# The weight of a function call decides what it expects: 9 filters of 1 channel in 3 groups read 3 channels, not 4.
try:
    F.conv2d(torch.zeros(1, 4, 8, 8), torch.zeros(9, 1, 3, 3), groups=3)
except RuntimeError as error:
    print(error)

# A kernel that is larger than the padded input.
try:
    nn.Conv2d(3, 8, 7)(torch.zeros(1, 3, 4, 4))
except RuntimeError as error:
    print(error)

# No error, and not what was meant: the sixth argument is the dilation, so this is not depthwise.
not_depthwise = nn.Conv2d(8, 8, 3, 1, 1, 8)
print(not_depthwise)
