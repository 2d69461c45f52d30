/** A residual network of about 400 lines, in the manner of real model files: blocks, a model, builders. */

const BUILDERS: readonly (readonly [name: string, block: string, depths: string, options: string])[] = [
  ['small18', 'Basic', '[2, 2, 2, 2]', ''],
  ['small34', 'Basic', '[3, 4, 6, 3]', ''],
  ['deep50', 'Narrow', '[3, 4, 6, 3]', ''],
  ['deep101', 'Narrow', '[3, 4, 23, 3]', ''],
  ['deep152', 'Narrow', '[3, 8, 36, 3]', ''],
  ['grouped50', 'Narrow', '[3, 4, 6, 3]', ', groups=32, width=4'],
  ['grouped101', 'Narrow', '[3, 4, 23, 3]', ', groups=32, width=8'],
  ['wide50', 'Narrow', '[3, 4, 6, 3]', ', width=128'],
  ['wide101', 'Narrow', '[3, 4, 23, 3]', ', width=128'],
];

const HEAD = `"""A residual network."""
from functools import partial
from typing import Any, Callable, List, Optional, Type, Union

import torch
from torch import nn, Tensor


def around(wide: int, out: int, stride: int = 1, groups: int = 1, dilation: int = 1) -> nn.Conv2d:
    """A 3x3 convolution that keeps the size at stride 1."""
    return nn.Conv2d(
        wide,
        out,
        kernel_size=3,
        stride=stride,
        padding=dilation,
        groups=groups,
        bias=False,
        dilation=dilation,
    )


def point(wide: int, out: int, stride: int = 1) -> nn.Conv2d:
    """A 1x1 convolution."""
    return nn.Conv2d(wide, out, kernel_size=1, stride=stride, bias=False)


class Basic(nn.Module):
    expansion: int = 1

    def __init__(
        self,
        inside: int,
        planes: int,
        stride: int = 1,
        shortcut: Optional[nn.Module] = None,
        groups: int = 1,
        width: int = 64,
        dilation: int = 1,
        norm: Optional[Callable[..., nn.Module]] = None,
    ) -> None:
        super().__init__()
        if norm is None:
            norm = nn.BatchNorm2d
        if groups != 1 or width != 64:
            raise ValueError("Basic has one group of 64")
        self.conv1 = around(inside, planes, stride)
        self.norm1 = norm(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = around(planes, planes)
        self.norm2 = norm(planes)
        self.shortcut = shortcut
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        kept = x
        out = self.conv1(x)
        out = self.norm1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.norm2(out)
        if self.shortcut is not None:
            kept = self.shortcut(x)
        out += kept
        return self.relu(out)


class Narrow(nn.Module):
    expansion: int = 4

    def __init__(
        self,
        inside: int,
        planes: int,
        stride: int = 1,
        shortcut: Optional[nn.Module] = None,
        groups: int = 1,
        width: int = 64,
        dilation: int = 1,
        norm: Optional[Callable[..., nn.Module]] = None,
    ) -> None:
        super().__init__()
        if norm is None:
            norm = nn.BatchNorm2d
        middle = int(planes * (width / 64.0)) * groups
        self.conv1 = point(inside, middle)
        self.norm1 = norm(middle)
        self.conv2 = around(middle, middle, stride, groups, dilation)
        self.norm2 = norm(middle)
        self.conv3 = point(middle, planes * self.expansion)
        self.norm3 = norm(planes * self.expansion)
        self.relu = nn.ReLU(inplace=True)
        self.shortcut = shortcut
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        kept = x
        out = self.relu(self.norm1(self.conv1(x)))
        out = self.relu(self.norm2(self.conv2(out)))
        out = self.norm3(self.conv3(out))
        if self.shortcut is not None:
            kept = self.shortcut(x)
        out += kept
        return self.relu(out)


class Residual(nn.Module):
    def __init__(
        self,
        block: Type[Union[Basic, Narrow]],
        depths: List[int],
        classes: int = 1000,
        groups: int = 1,
        width: int = 64,
        dilate: Optional[List[bool]] = None,
        norm: Optional[Callable[..., nn.Module]] = None,
    ) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d if norm is None else norm
        self.inside = 64
        self.dilation = 1
        if dilate is None:
            dilate = [False, False, False]
        if len(dilate) != 3:
            raise ValueError(f"dilate should be None or have 3 elements, got {dilate}")
        self.groups = groups
        self.width = width
        self.conv1 = nn.Conv2d(3, self.inside, kernel_size=7, stride=2, padding=3, bias=False)
        self.norm1 = self.norm(self.inside)
        self.relu = nn.ReLU(inplace=True)
        self.pool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        self.layer1 = self._make(block, 64, depths[0])
        self.layer2 = self._make(block, 128, depths[1], stride=2, dilate=dilate[0])
        self.layer3 = self._make(block, 256, depths[2], stride=2, dilate=dilate[1])
        self.layer4 = self._make(block, 512, depths[3], stride=2, dilate=dilate[2])
        self.average = nn.AdaptiveAvgPool2d((1, 1))
        self.head = nn.Linear(512 * block.expansion, classes)
        for part in self.modules():
            if isinstance(part, nn.Conv2d):
                nn.init.kaiming_normal_(part.weight, mode="fan_out", nonlinearity="relu")

    def _make(
        self,
        block: Type[Union[Basic, Narrow]],
        planes: int,
        depth: int,
        stride: int = 1,
        dilate: bool = False,
    ) -> nn.Sequential:
        norm = self.norm
        shortcut = None
        before = self.dilation
        if dilate:
            self.dilation *= stride
            stride = 1
        if stride != 1 or self.inside != planes * block.expansion:
            shortcut = nn.Sequential(
                point(self.inside, planes * block.expansion, stride),
                norm(planes * block.expansion),
            )
        layers = [block(self.inside, planes, stride, shortcut, self.groups, self.width, before, norm)]
        self.inside = planes * block.expansion
        for _ in range(1, depth):
            layers.append(
                block(
                    self.inside,
                    planes,
                    groups=self.groups,
                    width=self.width,
                    dilation=self.dilation,
                    norm=norm,
                )
            )
        return nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        x = self.pool(self.relu(self.norm1(self.conv1(x))))
        x = self.layer1(x)
        x = self.layer2(x)
        x = self.layer3(x)
        x = self.layer4(x)
        x = torch.flatten(self.average(x), 1)
        return self.head(x)


def _build(block: Type[Union[Basic, Narrow]], depths: List[int], weights: Optional[str], **rest: Any) -> Residual:
    model = Residual(block, depths, **rest)
    if weights is not None:
        model.load_state_dict(torch.load(weights))
    return model
`;

/** The text; about 400 lines. */
export const RESNET = [
  HEAD,
  ...BUILDERS.map(
    ([name, block, depths, options]) => `
def ${name}(*, weights: Optional[str] = None, progress: bool = True, **rest: Any) -> Residual:
    """The network called ${name}.

    Args:
        weights: a file with the values that training has found; without it they are random.
        progress: whether to show how much of the file has been read.
        **rest: parameters of the class \`\`Residual\`\`: see there, for
            example the number of classes, or which of the stages keep
            their size by dilation.

    Returns:
        The network, ready to be run on images of three channels, such
        as those of 224 x 224 that it was designed for.
    """
    if progress:
        print("building ${name}")
    return _build(${block}, ${depths}, weights${options}, **rest)
`,
  ),
].join('\n');
