/** The hover card of one argument: what it means, with the numbers of this call. */
import type { CallSite, SiteArgument } from '../analysis/report';
import { channelsPerGroup, effectiveKernel } from '../conv/axis';
import { multiplierOf } from '../conv/kind';
import { outputShape } from '../conv/cost';
import type { ConvLayer, ConvSpec, PaddingMode } from '../conv/spec';
import { commonDivisors } from '../conv/validity';
import { weightOf } from '../conv/weights';
import { multiply } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact, firstUnknown, numberOf } from '../symbolic/quantity';
import { explain } from '../symbolic/reason';
import { show, showFactor } from '../symbolic/show';
import { product, symbolicInput } from './facts';
import { targetLink } from './links';
import { code, escapeText } from './markdown';
import { paddingSentences } from './padding';
import { channelSentence } from './sentence';
import {
  axisNames,
  count,
  dataShape,
  hasBatchAxis,
  enumerate,
  is,
  kindText,
  layoutWord,
  perAxis,
  sentence,
  shapeText,
  sizes,
} from './words';

/** Plain-text sentences about one argument of a call. */
type Explain = (site: CallSite, spec: ConvSpec) => string[];

/** What an argument decides. */
type Topic = keyof typeof EXPLANATIONS;

const EXPLANATIONS = {
  input: explainInput,
  weight: explainWeight,
  inChannels: explainInChannels,
  outChannels: explainOutChannels,
  kernelSize: explainKernel,
  stride: explainStride,
  padding: ({ layer, input }) => paddingSentences(layer.stages[0], input),
  outputPadding: explainOutputPadding,
  dilation: explainDilation,
  groups: explainGroups,
  bias: explainBias,
  paddingMode: explainPaddingMode,
  dataFormat: explainDataFormat,
  depthMultiplier: explainMultiplier,
} satisfies Record<string, Explain>;

/** The frameworks' words for each topic. */
const TOPICS: Readonly<Record<string, Topic>> = {
  input: 'input',
  inputs: 'input',
  value: 'input',
  weight: 'weight',
  filter: 'weight',
  depthwise_filter: 'weight',
  pointwise_filter: 'weight',
  in_channels: 'inChannels',
  out_channels: 'outChannels',
  filters: 'outChannels',
  kernel_size: 'kernelSize',
  stride: 'stride',
  strides: 'stride',
  padding: 'padding',
  output_padding: 'outputPadding',
  dilation: 'dilation',
  dilations: 'dilation',
  dilation_rate: 'dilation',
  rate: 'dilation',
  groups: 'groups',
  bias: 'bias',
  use_bias: 'bias',
  padding_mode: 'paddingMode',
  data_format: 'dataFormat',
  depth_multiplier: 'depthMultiplier',
};

/**
 * The card of an argument as Markdown; `undefined` for an argument that does not shape the convolution. `as` says what
 * the numbers are of when they do not hold for every evaluation of the call.
 */
export function argumentCard(site: CallSite, argument: SiteArgument, as?: string): string | undefined {
  const topic = topicOf(site, argument.parameter);
  if (topic === undefined) return undefined;
  const explainTopic: Explain = EXPLANATIONS[topic];
  const sentences = explainTopic(site, site.layer.stages[0]);
  const open = targetLink('Open in visualiser', 'open', { uri: site.place.uri, id: site.id });
  return [
    `**${escapeText(argument.parameter)}** ${code(argument.text)}`,
    sentences.map(escapeText).join('  \n'),
    `${code(site.callee)} — ${escapeText(kindText(site.layer))}${as === undefined ? '' : ` as in ${code(as)}`} · ${open}`,
  ].join('\n\n');
}

/** TensorFlow's functions call their weight `filters`, which counts output channels everywhere else. */
function topicOf({ role }: CallSite, parameter: string): Topic | undefined {
  if (role === 'function' && parameter === 'filters') return 'weight';
  return Object.hasOwn(TOPICS, parameter) ? TOPICS[parameter] : undefined;
}

function explainInput({ input, layer }: CallSite, spec: ConvSpec): string[] {
  const { rank, dataLayout } = spec;
  const isBatched = hasBatchAxis(spec, input);
  const order = `The data, ${layoutWord(rank, dataLayout)}: ${axisOrder(rank, dataLayout)}.`;
  if (input === undefined) return [order, 'Its shape is not known here.'];
  const shape = shapeText(dataShape(input, dataLayout, isBatched));
  const output = outputShape(layer, input);
  const result = shapeText(dataShape(output, dataLayout, isBatched));
  return [order, `${shape}${input.isAssumed ? ' (assumed)' : ''} becomes ${result}.`];
}

function explainWeight({ layer }: CallSite): string[] {
  return layer.stages.map((stage) => {
    const { name, shape, axes, layout } = weightOf(stage);
    return `${name} ${shapeText(shape)}, ${layout}: ${axes.join(', ')}.`;
  });
}

function explainInChannels(_: CallSite, spec: ConvSpec): string[] {
  const { inChannels, groups } = spec;
  if (inChannels.kind === 'unknown') return [whyUnknown('The number of input channels', inChannels)];
  const all = `The data has ${count(inChannels, 'channel')}.`;
  if (is(groups, 1))
    return [
      all,
      spec.transposed ? 'Each is spread into every output channel.' : 'Every filter reads all of them.',
    ];
  const share = channelsPerGroup(inChannels, groups);
  return [
    all,
    `With ${count(groups, 'group')}, each group has ${show(inChannels)} / ${showFactor(groups)} = ${show(share)} of them.`,
  ];
}

function explainOutChannels({ layer }: CallSite, spec: ConvSpec): string[] {
  const last = layer.stages[1] ?? spec;
  const { outChannels } = last;
  if (outChannels.kind === 'unknown') return [whyUnknown('The number of output channels', outChannels)];
  const weight = weightOf(last);
  const all = `${count(outChannels, 'filter')}, each making one output channel.`;
  if (spec.transposed) return [`The output has ${count(outChannels, 'channel')}.`];
  const own = weight.shape.filter((_, axis) => weight.layout[axis] !== 'O');
  return [
    all,
    `One filter has ${product(own)} = ${show(multiply(...own))} weights; ${show(outChannels)} of them have ${show(weight.elements)}.`,
  ];
}

function explainKernel(_: CallSite, spec: ConvSpec): string[] {
  const { kernelSize, dilation, rank } = spec;
  const bad = firstUnknown(kernelSize);
  if (bad !== undefined) return [whyUnknown('The kernel size', bad)];
  const axes = axisNames(rank).join(' × ');
  const taps =
    rank === 1 ? show(multiply(...kernelSize)) : `${product(kernelSize)} = ${show(multiply(...kernelSize))}`;
  const window = `A window of ${sizes(kernelSize)} (${axes}): ${taps} taps in each channel that is read.`;
  return dilation.every((each) => is(each, 1)) ? [window] : [window, effectiveSentence(spec)];
}

function explainStride({ layer, input }: CallSite, spec: ConvSpec): string[] {
  const { stride, transposed } = spec;
  const bad = firstUnknown(stride);
  if (bad !== undefined) return [whyUnknown('The stride', bad)];
  const step = perAxis(stride);
  const meaning = transposed
    ? `Neighbouring inputs are spread ${step} apart in the output.`
    : `The window moves ${step} at a time.`;
  return [meaning, sizeSentence(layer, input)];
}

function explainOutputPadding({ layer, input }: CallSite, spec: ConvSpec): string[] {
  const bad = firstUnknown(spec.outputPadding);
  if (bad !== undefined) return [whyUnknown('The output padding', bad)];
  const extent = `Keeps ${perAxis(spec.outputPadding)} more at the high end of each output axis, to choose among the sizes that a strided convolution maps to the same input.`;
  return [
    extent,
    'These cells hold what the kernel scattered there: no zeros are added.',
    sizeSentence(layer, input),
  ];
}

function explainDilation(_: CallSite, spec: ConvSpec): string[] {
  const bad = firstUnknown([...spec.dilation, ...spec.kernelSize]);
  if (bad !== undefined) return [whyUnknown('The dilation', bad)];
  if (spec.dilation.every((each) => is(each, 1))) return ['Taps are neighbours: the window has no gaps.'];
  return [`Taps stand ${perAxis(spec.dilation)} apart.`, effectiveSentence(spec)];
}

function effectiveSentence({ kernelSize, dilation }: ConvSpec): string {
  const extents = kernelSize.map((kernel, axis) => effectiveKernel(kernel, dilation[axis] ?? exact(1)));
  const [kernel, step] = [perAxis(kernelSize), perAxis(dilation)];
  return `The kernel then spans dilation × (kernel - 1) + 1 = ${step} × (${kernel} - 1) + 1 = ${perAxis(extents)}.`;
}

function explainGroups({ layer }: CallSite, spec: ConvSpec): string[] {
  const { groups, inChannels, outChannels } = spec;
  if (groups.kind === 'unknown') return [whyUnknown('The number of groups', groups)];
  const [inputs, outputs] = [numberOf(inChannels), numberOf(outChannels)];
  const lines = [`${sentence(channelSentence(layer))}.`];
  if (inputs === undefined || outputs === undefined || inputs < 1 || outputs < 1) return lines;
  const possible = commonDivisors(inputs, outputs).map(String);
  const listed = possible.length > 12 ? [...possible.slice(0, 11), '…'].join(', ') : enumerate(possible);
  return [
    ...lines,
    `It must divide ${show(inChannels)} inputs and ${show(outChannels)} outputs: ${listed} would.`,
  ];
}

function explainBias({ layer }: CallSite, spec: ConvSpec): string[] {
  const last = layer.stages[1] ?? spec;
  if (typeof last.bias !== 'boolean') return [whyUnknown('Whether there is a bias', last.bias)];
  if (!last.bias) return ['No bias: outputs are sums of products alone.'];
  return [`One number is added to each output channel: ${count(last.outChannels, 'parameter')}.`];
}

const PADDING_MODES: { readonly [M in PaddingMode]: string } = {
  zeros: 'Beyond the border values are zero.',
  reflect: 'Beyond the border values are mirrored, without repeating the edge: c b | a b c | b a.',
  replicate: 'Beyond the border the edge value is repeated: a a | a b c | c c.',
  circular: 'Beyond the border the data starts again from the other side: b c | a b c | a b.',
};

function explainPaddingMode(_: CallSite, { paddingMode }: ConvSpec): string[] {
  return [
    typeof paddingMode === 'string'
      ? PADDING_MODES[paddingMode]
      : whyUnknown('The padding mode', paddingMode),
  ];
}

function explainDataFormat(_: CallSite, spec: ConvSpec): string[] {
  const { rank, dataLayout } = spec;
  const { name, layout } = weightOf(spec);
  return [
    `Data is ${layoutWord(rank, dataLayout)}: ${axisOrder(rank, dataLayout)}.`,
    `It does not change the order of ${name}, which stays ${layout}.`,
  ];
}

function explainMultiplier(_: CallSite, spec: ConvSpec): string[] {
  const multiplier = multiplierOf(spec);
  if (multiplier.kind === 'unknown') return [whyUnknown('The depth multiplier', multiplier)];
  const product = `${show(spec.inChannels)} × ${showFactor(multiplier)} = ${show(spec.outChannels)}`;
  return [`Each input channel has ${count(multiplier, 'filter')} of its own: ${product} depthwise outputs.`];
}

/** How sizes change, such as `H becomes (H - 1) // 2 + 1`. */
function sizeSentence(layer: ConvLayer, input: CallSite['input']): string {
  const data = input ?? symbolicInput(layer);
  const output = outputShape(layer, data);
  return `${shapeText(data.spatial)} becomes ${shapeText(output.spatial)}.`;
}

function axisOrder(rank: number, layout: ConvSpec['dataLayout']): string {
  const axes = axisNames(rank);
  return (layout === 'channelsFirst' ? ['batch', 'channels', ...axes] : ['batch', ...axes, 'channels']).join(
    ', ',
  );
}

function whyUnknown(what: string, quantity: Extract<Quantity, { kind: 'unknown' }>): string {
  return `${what} is not known: ${explain(quantity.reason)}.`;
}
