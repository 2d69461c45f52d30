/** Layers to test the page with. */
import type { ConvLayer, ConvSpec, Rank } from '../../../src/conv/spec';
import type { LayerContent } from '../../../src/protocol/visualiser';
import { exact, type Quantity } from '../../../src/symbolic/quantity';

const PLACE = {
  uri: 'file:///model.py',
  span: { start: { line: 11, character: 4 }, end: { line: 11, character: 40 } },
};

/** A square convolution in PyTorch's layout; `changes` replace fields. */
export function conv(
  inChannels: number | Quantity,
  outChannels: number | Quantity,
  kernel: number,
  changes: Partial<ConvSpec> = {},
  rank: Rank = 2,
): ConvSpec {
  const axes = (value: number) => Array.from({ length: rank }, () => exact(value));
  return {
    rank,
    transposed: false,
    inChannels: quantity(inChannels),
    outChannels: quantity(outChannels),
    kernelSize: axes(kernel),
    stride: axes(1),
    padding: { kind: 'explicit', before: axes(0), after: axes(0) },
    paddingMode: 'zeros',
    dilation: axes(1),
    groups: exact(1),
    outputPadding: axes(0),
    bias: false,
    dataLayout: 'channelsFirst',
    weightLayout: 'OIK',
    weightName: 'weight',
    ...changes,
  };
}

/** Keras' `SeparableConv2D`: a depthwise stage in HWIM and a pointwise one in HWIO. */
export function separable(
  inChannels: number,
  outChannels: number,
  kernel: number,
  multiplier: number,
): ConvLayer {
  const common = { dataLayout: 'channelsLast', padding: { kind: 'same' } } as const;
  return {
    stages: [
      conv(inChannels, inChannels * multiplier, kernel, {
        ...common,
        groups: exact(inChannels),
        depthMultiplier: exact(multiplier),
        weightLayout: 'KIM',
        weightName: 'depthwise_kernel',
      }),
      conv(inChannels * multiplier, outChannels, 1, {
        ...common,
        weightLayout: 'KIO',
        weightName: 'pointwise_kernel',
      }),
    ],
  };
}

/** Content for one convolution. */
export function content(layer: ConvLayer | ConvSpec, changes: Partial<LayerContent> = {}): LayerContent {
  return {
    kind: 'layer',
    id: 'file:///model.py#11:4',
    title: 'nn.Conv2d',
    kindText: 'grouped',
    sentence: 'Each filter reads the channels of its own group.',
    place: PLACE,
    location: 'model.py:12',
    layer: 'stages' in layer ? layer : { stages: [layer] },
    facts: [],
    unknowns: [],
    findings: [],
    isPinned: false,
    ...changes,
  };
}

function quantity(value: number | Quantity): Quantity {
  return typeof value === 'number' ? exact(value) : value;
}
