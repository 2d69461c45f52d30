import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    """Two convolutions and a shortcut."""

    def __init__(self, dim, *, groups=1, act=nn.ReLU):
        super().__init__()
        self.conv1 = nn.Conv2d(dim, dim * 2, (3, 5), padding=(1, 2), groups=groups)
        self.conv2 = nn.Conv2d(dim * 2, dim, 1, bias=False)
        self.layers = nn.Sequential(
            nn.Conv2d(3, 64, kernel_size=7, stride=2),
            nn.ReLU(inplace=True),
        )
        self.act = act()

    def forward(self, x):
        y = self.act(self.conv1(x))  # [N, 2C, H, W]
        y = self.conv2(y)
        if self.training and not isinstance(x, tuple):
            y = F.dropout(y, p=0.5)
        return x + y


def build(depth=4, **kwargs):
    return nn.Sequential(*[Block(8 * 2 ** i, **kwargs) for i in range(depth)])
