/** Builds call sites for the tests of cards and lists: a PyTorch `nn.Conv2d` unless told otherwise. */
import type {
  BlockCall,
  BuiltLayer,
  CallSite,
  InputShape,
  Model,
  ModelLayer,
  Report,
} from '../../../src/analysis/report';
import type { ConvLayer, ConvSpec } from '../../../src/conv/spec';
import type { Place } from '../../../src/symbolic/place';
import type { Quantity } from '../../../src/symbolic/quantity';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';

export const URI = 'file:///project/forum_question.py';

/** A number, the name of a symbol, or `null` for unknown. */
export type Loose = number | string | null;

export function quantity(value: Loose): Quantity {
  if (value === null) return unknown({ code: 'undefined-name', subject: 'size', place: place(3, 4, 3, 8) });
  return typeof value === 'number' ? exact(value) : symbol(value);
}

export function place(
  line: number,
  character: number,
  endLine = line,
  endCharacter = character + 1,
  uri = URI,
): Place {
  return { uri, span: { start: { line, character }, end: { line: endLine, character: endCharacter } } };
}

interface SpecOptions extends Partial<
  Omit<
    ConvSpec,
    'inChannels' | 'outChannels' | 'groups' | 'kernelSize' | 'stride' | 'dilation' | 'depthMultiplier'
  >
> {
  readonly in?: Loose;
  readonly out?: Loose;
  readonly groups?: Loose;
  readonly kernel?: readonly Loose[];
  readonly stride?: readonly Loose[];
  readonly dilation?: readonly Loose[];
  readonly pad?: readonly number[];
  readonly multiplier?: Loose;
}

/** `Conv2d(3, 9, 3, 1, 1)` unless told otherwise; `kernel` decides the rank. */
export function spec(options: SpecOptions = {}): ConvSpec {
  const {
    in: inputs = 3,
    out = 9,
    groups = 1,
    kernel = [3, 3],
    stride,
    dilation,
    pad,
    multiplier,
    ...rest
  } = options;
  const rank = kernel.length;
  const all = (value: number) => kernel.map(() => exact(value));
  const padding = (pad ?? kernel.map(() => 1)).map((value) => exact(value));
  return {
    rank: rank === 1 ? 1 : rank === 2 ? 2 : 3,
    transposed: false,
    inChannels: quantity(inputs),
    outChannels: quantity(out),
    kernelSize: kernel.map(quantity),
    stride: stride?.map(quantity) ?? all(1),
    padding: { kind: 'explicit', before: padding, after: padding },
    paddingMode: 'zeros',
    dilation: dilation?.map(quantity) ?? all(1),
    groups: quantity(groups),
    outputPadding: all(0),
    bias: true,
    dataLayout: 'channelsFirst',
    weightLayout: 'OIK',
    weightName: 'weight',
    ...(multiplier === undefined ? {} : { depthMultiplier: quantity(multiplier) }),
    ...rest,
  };
}

export function layer(options: SpecOptions = {}): ConvLayer {
  return { stages: [spec(options)] };
}

/** Keras' `SeparableConv2D(filters, 3)` on `inputs` channels, SAME. */
export function separable(inputs: number | null, filters: number, multiplier = 1): ConvLayer {
  const keras = { dataLayout: 'channelsLast', padding: { kind: 'same' } } as const;
  const middle = inputs === null ? null : inputs * multiplier;
  return {
    stages: [
      spec({
        ...keras,
        in: inputs,
        out: middle,
        groups: inputs,
        multiplier,
        bias: false,
        weightLayout: 'KIM',
        weightName: 'depthwise_kernel',
      }),
      spec({
        ...keras,
        in: middle,
        out: filters,
        kernel: [1, 1],
        weightLayout: 'KIO',
        weightName: 'pointwise_kernel',
        bias: false,
      }),
    ],
  };
}

export function site(options: Partial<CallSite> = {}): CallSite {
  return {
    id: '11:7',
    place: place(11, 7, 11, 42),
    callee: 'nn.Conv2d',
    calleeSpan: place(11, 7, 11, 16).span,
    path: 'torch.nn.Conv2d',
    framework: 'torch',
    role: 'layer',
    scope: '',
    arguments: [],
    layer: layer(),
    assumes: [],
    built: [],
    findings: [],
    ...options,
  };
}

/** A report of the sample document with nothing but what is given. */
export function reportOf(part: Partial<Report> = {}): Report {
  return { uri: URI, sites: [], blocks: [], elsewhere: [], models: [], findings: [], ...part };
}

/** Data of one sample: channels, then the spatial sizes. */
export function data(channels: number, ...spatial: number[]): InputShape {
  return {
    batch: exact(1),
    channels: exact(channels),
    spatial: spatial.map((size) => exact(size)),
    isAssumed: false,
  };
}

/** Layers that a model holds under these names. */
export function built(
  model: string | undefined,
  names: readonly string[],
  options: SpecOptions = {},
): BuiltLayer {
  return {
    layer: layer(options),
    ...(model === undefined ? {} : { model }),
    count: names.length,
    names,
    inputs: [],
  };
}

/** A layer of a model, made by the call at line 12 unless told otherwise. */
export function held(name: string, options: SpecOptions = {}, rest: Partial<ModelLayer> = {}): ModelLayer {
  return {
    name,
    siteId: '11:7',
    uri: URI,
    path: 'torch.nn.Conv2d',
    layer: layer(options),
    inputs: [],
    ...rest,
  };
}

/** A complete model of 1,000 parameters without a known input. */
export function model(part: Partial<Model> = {}): Model {
  const none = unknown({ code: 'no-input', subject: 'the work of the model' });
  return {
    id: 'net()',
    name: 'net',
    kind: 'builder',
    type: 'Net',
    place: place(30, 4, 30, 7),
    params: exact(1000),
    nonTrainable: exact(0),
    macs: { convolutions: none, linear: none, products: none },
    layers: [],
    isComplete: true,
    ...part,
  };
}

export function block(part: Partial<BlockCall> = {}): BlockCall {
  return {
    id: '20:8',
    place: place(20, 8, 20, 40),
    callee: 'conv3x3',
    calleeSpan: place(20, 8, 20, 15).span,
    scope: 'Bottleneck.__init__',
    holds: [],
    assumes: [],
    built: [],
    ...part,
  };
}

/** A card without escapes and command arguments, as lines that are not empty. */
export function cardLines(markdown: string): string[] {
  return markdown
    .replace(/base64,[\w+/=]+/g, 'base64')
    .replace(/\(command:([\w.]+)[^)]*\)/g, '($1)')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .split(/ *\n+/)
    .filter((line) => line !== '');
}

/** What of a card is not inside code spans, our own command links or pictures, where nothing may start markup. */
export function markupOutside(markdown: string): string {
  return markdown
    .replace(/\\[!-/:-@[-`{-~]/g, 'x')
    .replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, 'CODE')
    .replace(/\[[^[\]]*\]\(command:convlens\.\w+\?[\w%.~-]+\)/g, 'LINK')
    .replace(/!\[[^\]]*\]\(data:image\/svg\+xml;base64,[\w+/=]+\)/g, 'IMAGE')
    .replace(/^(\| (?::--|--:) )+(\| --: )*\|$|^\| :--( \| --:)+ \|$/gm, 'RULE');
}
