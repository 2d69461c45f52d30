"""What does groups=3 do? A question from a forum, and its answer in two small proofs.

Hover nn.Conv2d, F.conv2d or an argument such as groups=3. Then open the visualiser
(command palette: "ConvLens: Open Visualiser") and verify the channel map of the call under the cursor.
"""

import torch
import torch.nn.functional as F
from torch import nn

# 1. The question: both layers turn 3 channels into 9, but the weights have different shapes. Does the second layer
#    use the same kernel for all channels?
ordinary = nn.Conv2d(3, 9, 3, 1, 1)
grouped = nn.Conv2d(3, 9, 3, 1, 1, groups=3)
print(ordinary.weight.shape)  # torch.Size([9, 3, 3, 3]): nine filters, each reads three channels
print(grouped.weight.shape)  # torch.Size([9, 1, 3, 3]): nine filters, each reads one channel

# 2. A picture with channels of ones, twos and threes, and filters of ones, twos and threes. Each filter meets its own
#    channel alone: 1·1, 2·2 and 3·3, summed over nine cells in the middle and over four in a corner.
picture = torch.stack([torch.ones(5, 5), torch.ones(5, 5) * 2, torch.ones(5, 5) * 3]).unsqueeze(0)
own_filter = nn.Conv2d(3, 3, 3, 1, 1, bias=False, groups=3)
with torch.no_grad():
    for channel in range(3):
        own_filter.weight[channel].fill_(channel + 1)
result = own_filter(picture)
print(result[0, :, 2, 2])  # centres: 9, 36, 81
print(result[0, :, 0, 0])  # corners: 4, 16, 36

# 3. The proof. Filter i reads channel i // 3: convolve the three channels apart, nine times with one filter each,
#    and put the nine results side by side. Every call below has its own card.
x = torch.randn(1, 3, 8, 8)
w = grouped.weight
b = grouped.bias
red, green, blue = x.split(1, dim=1)
by_hand = torch.cat(
    [
        F.conv2d(red, w[0:1], b[0:1], stride=1, padding=1),
        F.conv2d(red, w[1:2], b[1:2], stride=1, padding=1),
        F.conv2d(red, w[2:3], b[2:3], stride=1, padding=1),
        F.conv2d(green, w[3:4], b[3:4], stride=1, padding=1),
        F.conv2d(green, w[4:5], b[4:5], stride=1, padding=1),
        F.conv2d(green, w[5:6], b[5:6], stride=1, padding=1),
        F.conv2d(blue, w[6:7], b[6:7], stride=1, padding=1),
        F.conv2d(blue, w[7:8], b[7:8], stride=1, padding=1),
        F.conv2d(blue, w[8:9], b[8:9], stride=1, padding=1),
    ],
    dim=1,
)
print((by_hand - grouped(x)).abs().max())  # 0, or the rounding error of float32

# 4. The same proof as a loop: one line of source, nine calls.
parts = []
for i in range(9):
    channel = i // 3
    parts.append(F.conv2d(x[:, channel : channel + 1], w[i : i + 1], b[i : i + 1], padding=1))
in_a_loop = torch.cat(parts, dim=1)
print((in_a_loop - grouped(x)).abs().max())

# 5. What the wrong idea would compute: one kernel for all channels is an ordinary convolution of the channels' sum.
shared = F.conv2d(x.sum(dim=1, keepdim=True), w[0:1], b[0:1], padding=1)
print((shared - grouped(x)[:, 0:1]).abs().max())  # far from 0
