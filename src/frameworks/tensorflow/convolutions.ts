/** The convolutions of `tf.nn` and `tf.compat.v1.nn` as rows. Source: TensorFlow API docs and nn_ops.py. */
import { outputShape } from '../../conv/cost';
import type { ConvLayer, ConvSpec, DataLayout, DataShape, Padding, Rank } from '../../conv/spec';
import type { Value } from '../../interp/values';
import { divideExactly, equal, multiply } from '../../symbolic/arithmetic';
import {
  exact,
  numberOf,
  numbersOf,
  symbol,
  unknown,
  type Quantity,
  type Unknown,
} from '../../symbolic/quantity';
import { dataOf, shapeOfData } from '../data';
import type { Finding } from '../evaluation';
import { bindingFindings, errorAt, type Refusal } from '../findings';
import { functionRow, record, type BoundCall, type Row, type Toolbox } from '../library';
import { isAbsent, itemsOf, placeOf, quantityFrom, valueOf } from '../read';
import type { Shape } from '../shapes';
import { makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import { layoutOf, outputSizesOf, paddingOf, sizesOf, type ListForm } from './arguments';
import { argumentRefusal, dataRefusal, rankRefusal, type ListRules } from './rules';
import { SIGNATURES } from './signatures';
import { TENSOR } from './tensors';

/** What a function does, apart from its signature. */
interface Meaning {
  readonly kind: 'convolution' | 'depthwise' | 'separable' | 'transposed';
  /** Absent: as many spatial axes as the filter or the data have. */
  readonly rank?: Rank;
  readonly strideForm: ListForm;
  readonly dilationForm: ListForm;
}

const ANY = { strideForm: 'any', dilationForm: 'any' } as const;
const FULL = { strideForm: 'full', dilationForm: 'full' } as const;
const DEPTHWISE = { rank: 2, strideForm: 'full', dilationForm: 'spatial' } as const;

/** By the last part of the name, the same for both name spaces. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  conv1d: { kind: 'convolution', rank: 1, ...ANY },
  conv2d: { kind: 'convolution', rank: 2, ...ANY },
  conv3d: { kind: 'convolution', rank: 3, ...FULL },
  convolution: { kind: 'convolution', ...ANY },
  atrous_conv2d: { kind: 'convolution', rank: 2, ...ANY },
  depthwise_conv2d: { kind: 'depthwise', ...DEPTHWISE },
  depthwise_conv2d_native: { kind: 'depthwise', ...DEPTHWISE, dilationForm: 'full' },
  separable_conv2d: { kind: 'separable', ...DEPTHWISE },
  conv1d_transpose: { kind: 'transposed', rank: 1, ...ANY },
  conv2d_transpose: { kind: 'transposed', rank: 2, ...ANY },
  conv3d_transpose: { kind: 'transposed', rank: 3, ...ANY },
  conv_transpose: { kind: 'transposed', ...ANY },
  atrous_conv2d_transpose: { kind: 'transposed', rank: 2, ...ANY },
};

/** Other words of older signatures for the same argument. */
const WORDS = {
  input: ['input', 'value'],
  filters: ['filters', 'filter', 'depthwise_filter'],
  strides: ['strides', 'stride'],
  dilations: ['dilations', 'rate', 'dilation_rate'],
} as const;

/** Rows of all functions in both name spaces. */
export function convolutionRows(): Row[] {
  return [...SIGNATURES].flatMap(([path, signature]) => {
    const meaning = MEANINGS[path.slice(path.lastIndexOf('.') + 1)];
    return meaning === undefined
      ? []
      : [functionRow(path, signature, (call, tools) => convolve(call, tools, meaning))];
  });
}

function convolve(call: BoundCall, tools: Toolbox, meaning: Meaning): Value {
  const input = shapeOf(valueOf(call, word(call, 'input')));
  const filter = shapeOf(valueOf(call, word(call, 'filters')));
  const rank = rankOf(call, meaning, input, filter);
  if (rank === undefined) return withoutRank(call, tools);
  const layout = layoutOf(call);
  const order = typeof layout === 'string' ? layout : 'channelsLast';
  const data =
    typeof layout === 'string' && input?.length === rank + 2 ? dataOf(input, rank, order) : undefined;
  const layer = layerOf({ call, meaning, rank, layout, order, filter, data });
  const findings = findingsOf({ call, meaning, layer, filter, input, data });
  record(tools, {
    path: call.path,
    framework: 'tensorflow',
    role: 'function',
    context: call.context,
    bound: call.values,
    layer,
    inputs: data ? [data] : [],
    findings,
  });
  const [error] = findings.filter((finding) => finding.severity === 'error');
  if (error)
    return makeTensor(tools, TENSOR, { code: 'invalid', subject: error.message, place: call.context.place });
  if (data === undefined)
    return makeTensor(tools, TENSOR, shapeReason(valueOf(call, word(call, 'input')), 'the output'));
  return makeTensor(tools, TENSOR, shapeOfData(outputShape(layer, data), order));
}

/** A call that does not even say how many axes it has is no layer to show; what Python refuses is still said. */
function withoutRank(call: BoundCall, tools: Toolbox): Value {
  const { interpreter } = call.context;
  if (!interpreter.isRehearsing) bindingFindings(call).forEach((finding) => interpreter.host.raised(finding));
  return makeTensor(tools, TENSOR, unmodelled(call.context));
}

/** Everything a spec is made from. */
interface Reading {
  readonly call: BoundCall;
  readonly meaning: Meaning;
  readonly rank: Rank;
  readonly layout: DataLayout | Unknown;
  readonly order: DataLayout;
  readonly filter: Shape | undefined;
  readonly data: DataShape | undefined;
}

function layerOf(reading: Reading): ConvLayer {
  const { meaning } = reading;
  if (meaning.kind === 'depthwise') return { stages: [depthwiseSpec(reading)] };
  if (meaning.kind === 'separable') return { stages: [depthwiseSpec(reading), pointwiseSpec(reading)] };
  return { stages: [meaning.kind === 'transposed' ? transposedSpec(reading) : forwardSpec(reading)] };
}

function forwardSpec(reading: Reading): ConvSpec {
  const { inFilter, last, common } = partsOf(reading);
  const { groups, inChannels } = implicitGroups(reading, inFilter);
  return { ...common, inChannels, outChannels: last, groups, weightLayout: 'KIO' };
}

function depthwiseSpec(reading: Reading): ConvSpec {
  const { inFilter, last, common } = partsOf(reading);
  const inChannels = inFilter.kind === 'unknown' ? (reading.data?.channels ?? inFilter) : inFilter;
  const isMixed = hasAboveOne(common.stride) && hasAboveOne(common.dilation);
  const padding: Padding = isMixed
    ? unknown({
        code: 'unmodelled',
        subject: 'strides above 1 together with dilations',
        place: reading.call.context.place,
      })
    : common.padding;
  const outChannels = multiply(inChannels, last);
  return {
    ...common,
    padding,
    inChannels,
    outChannels,
    groups: inChannels,
    depthMultiplier: last,
    weightLayout: 'KIM',
    weightName: weightName(reading),
  };
}

function pointwiseSpec(reading: Reading): ConvSpec {
  const { call, rank } = reading;
  const shape = shapeOf(valueOf(call, 'pointwise_filter'));
  const fits = shape?.length === rank + 2 ? shape : undefined;
  const open = openFilter(call, 'pointwise_filter');
  const between = depthwiseSpec(reading).outChannels;
  const inFilter = fits?.[rank] ?? open;
  const isPlain = inFilter.kind === 'unknown';
  const ones = Array<Quantity>(rank).fill(exact(1));
  const zeros = Array<Quantity>(rank).fill(exact(0));
  return {
    ...partsOf(reading).common,
    inChannels: between,
    outChannels: fits?.[rank + 1] ?? open,
    kernelSize: fits?.slice(0, rank) ?? ones,
    stride: ones,
    dilation: ones,
    padding: { kind: 'explicit', before: zeros, after: zeros },
    paddingWord: undefined,
    groups: isPlain ? exact(1) : divideExactly(between, inFilter),
    weightLayout: 'KIO',
    weightName: 'pointwise_filter',
  };
}

function transposedSpec(reading: Reading): ConvSpec {
  const { inFilter: outChannels, last: inChannels, common } = partsOf(reading);
  const { call, rank, order, data } = reading;
  const output = outputSizesOf(call, rank, order);
  const wanted = itemsOf(valueOf(call, 'output_shape'))?.map(quantityFrom);
  const asked = wanted?.length === rank + 2 ? wanted[order === 'channelsFirst' ? 1 : rank + 1] : undefined;
  const isGrouped = asked !== undefined && equal(asked, outChannels) === false;
  const rule = common.paddingWord === 'SAME' ? 'same' : common.paddingWord === 'VALID' ? 'valid' : undefined;
  const padding: Padding =
    rule === undefined
      ? unknown({ code: 'unmodelled', subject: 'padding of this form', place: placeOf(call, 'padding') })
      : Array.isArray(output)
        ? { kind: 'fromOutput', rule, output }
        : output;
  const known = inChannels.kind === 'unknown' ? (data?.channels ?? inChannels) : inChannels;
  return {
    ...common,
    transposed: true,
    inChannels: known,
    outChannels: isGrouped
      ? unknown({ code: 'unmodelled', subject: 'a transposed convolution with groups' })
      : outChannels,
    groups: exact(1),
    padding,
    weightLayout: 'KOI',
  };
}

/** What all kinds share, and the last two sizes of the filter, whose meaning differs. */
function partsOf(reading: Reading) {
  const { call, meaning, rank, layout, order, filter } = reading;
  const fits = filter?.length === rank + 2 ? filter : undefined;
  const open = openFilter(call, word(call, 'filters'));
  const { padding, word: paddingWord } = paddingOf(call, rank, order);
  const common = {
    rank,
    transposed: false,
    kernelSize: fits?.slice(0, rank) ?? Array<Quantity>(rank).fill(open),
    stride: sizesOf(call, word(call, 'strides'), rank, order, meaning.strideForm),
    dilation: sizesOf(call, word(call, 'dilations'), rank, order, meaning.dilationForm),
    padding: typeof layout === 'string' ? padding : layout,
    paddingWord,
    paddingMode: 'zeros',
    outputPadding: Array<Quantity>(rank).fill(exact(0)),
    bias: false,
    dataLayout: order,
    weightName: 'filters',
  } as const;
  return { inFilter: fits?.[rank] ?? open, last: fits?.[rank + 1] ?? open, common };
}

/** `tf.nn` has no `groups`: there are as many as the filter's input depth goes into the data's channels. */
function implicitGroups(
  { data, call }: Reading,
  inFilter: Quantity,
): { readonly groups: Quantity; readonly inChannels: Quantity } {
  if (data !== undefined && data.channels.kind !== 'unknown') {
    const isPlain = inFilter.kind === 'unknown';
    return { inChannels: data.channels, groups: isPlain ? inFilter : divideExactly(data.channels, inFilter) };
  }
  const { line, character } = call.context.place.span.start;
  const groups = symbol('groups', `${call.context.place.uri}#${line}:${character}:groups`);
  return { groups, inChannels: multiply(inFilter, groups) };
}

function findingsOf({
  call,
  meaning,
  layer,
  filter,
  input,
  data,
}: Pick<Reading, 'call' | 'meaning' | 'filter' | 'data'> & {
  readonly layer: ConvLayer;
  readonly input: Shape | undefined;
}): Finding[] {
  const binding = bindingFindings(call);
  if (binding.length > 0) return binding;
  const [spec, second] = layer.stages;
  const lists: ListRules = {
    strides: { name: word(call, 'strides'), form: meaning.strideForm },
    dilations: { name: word(call, 'dilations'), form: meaning.dilationForm },
  };
  const refusal =
    argumentRefusal(call, spec, lists, input) ??
    rankRefusal(call, spec, filter, input) ??
    (data && dataRefusal(call, spec, filter, data)) ??
    (second && pointwiseRefusal(call, second));
  return refusal === undefined ? mixedWarning(call, spec) : [errorAt(call, refusal)];
}

function pointwiseRefusal(call: BoundCall, spec: ConvSpec): Refusal | undefined {
  const shape = shapeOf(valueOf(call, 'pointwise_filter'));
  const wide = shape && numbersOf(shape.slice(0, spec.rank))?.find((size) => size !== 1);
  if (wide !== undefined) {
    const message = `Dimensions ${wide} and 1 are not compatible`;
    return {
      code: 'tensorflow.pointwise-window',
      message,
      exception: 'ValueError',
      argument: 'pointwise_filter',
    };
  }
  const between = { channels: spec.inChannels, spatial: [] };
  return shape && dataRefusal(call, { ...spec, padding: { kind: 'same' } }, shape, between);
}

function mixedWarning(call: BoundCall, spec: ConvSpec): Finding[] {
  if (spec.weightLayout !== 'KIM' || !hasAboveOne(spec.stride) || !hasAboveOne(spec.dilation)) return [];
  const message =
    'strides above 1 together with dilations above 1 are documented as unsupported; TensorFlow computes something else';
  return [
    { code: 'tensorflow.stride-and-dilation', severity: 'warning', message, place: call.context.place },
  ];
}

function rankOf(
  call: BoundCall,
  { rank }: Meaning,
  input: Shape | undefined,
  filter: Shape | undefined,
): Rank | undefined {
  const known = rank ?? (filter ?? input ?? itemsOf(valueOf(call, 'output_shape')))?.length;
  const found = rank ?? (known === undefined ? undefined : known - 2);
  return found === 1 || found === 2 || found === 3 ? found : undefined;
}

/** The word that this signature has for the argument, and, where it has several, the one that was given. */
function word(call: BoundCall, argument: keyof typeof WORDS): string {
  const words = WORDS[argument].filter((each) => call.values.has(each));
  return words.find((each) => !isAbsent(call, each)) ?? words[0] ?? argument;
}

function openFilter(call: BoundCall, name: string): Unknown {
  const value = valueOf(call, name);
  const reason =
    value.kind === 'instance' || value.kind === 'unknown'
      ? shapeReason(value, name)
      : ({ code: 'parameter', subject: name } as const);
  return unknown({ ...reason, place: reason.place ?? placeOf(call, name) });
}

function weightName({ meaning }: Reading): string {
  return meaning.kind === 'separable' ? 'depthwise_filter' : 'filter';
}

function hasAboveOne(sizes: readonly Quantity[]): boolean {
  return sizes.some((size) => (numberOf(size) ?? 1) > 1);
}
