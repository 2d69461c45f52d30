/** Keras' convolution layers as rows. Source: Keras API docs, "Convolution layers". */
import { outputShape } from '../../conv/cost';
import type { ConvLayer, ConvSpec, DataLayout, DataShape, Rank } from '../../conv/spec';
import { weightsOf } from '../../conv/weights';
import {
  integer,
  property,
  string,
  tuple as tupleOf,
  type InstanceValue,
  type Value,
} from '../../interp/values';
import { multiply } from '../../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../../symbolic/quantity';
import { dataOf, shapeOfData } from '../data';
import { evaluationOf, layerPayload, type Evaluation } from '../evaluation';
import { bindingFindings, errorAt, type Refusal } from '../findings';
import { bound, classRow, record, recordInput, type BoundCall, type Row, type Toolbox } from '../library';
import { flagOf, integerOf, isAbsent, repeat, valueOf } from '../read';
import { makeTensor, shapeOf, shapeReason } from '../tensor';
import { shapeFrom, TENSOR } from '../tensorflow/tensors';
import { cropOf, invalid, layoutOf, paddingOf, paddingWord, sizesOf } from './arguments';
import { initialiseLayer } from './layer';
import { declaredShape } from './layerRule';
import { constructorRefusal, inputRefusal, rankRefusal, type Kind } from './rules';

/** What every signature ends with: how weights are made, kept small and bounded, for each of the layer's weights. */
function options(...weights: readonly string[]): string {
  const all = [...weights, 'bias'];
  const each = (what: string, initial: (weight: string) => string) =>
    all.map((weight) => `${weight}_${what}=${initial(weight)}`).join(', ');
  const initialisers = each('initializer', (weight) => (weight === 'bias' ? '"zeros"' : '"glorot_uniform"'));
  const regularisers = `${each('regularizer', () => 'None')}, activity_regularizer=None`;
  const constraints = each('constraint', () => 'None');
  return `activation=None, use_bias=True, ${initialisers}, ${regularisers}, ${constraints}, **kwargs)`;
}

/**
 * The signature of a kind of layer. Strides and dilation are 1 for each axis by default. Keras 3 gives a transposed
 * 3-D layer an order of its own.
 */
function signatureOf(kind: Kind, rank: Rank, version: 2 | 3 = 3): string {
  const one = rank === 1 ? '1' : `(${Array(rank).fill('1').join(', ')})`;
  const window = `kernel_size, strides=${one}, padding="valid"`;
  const [format, dilation] = ['data_format=None', `dilation_rate=${one}`];
  switch (kind) {
    case 'forward':
      return `(filters, ${window}, ${format}, ${dilation}, groups=1, ${options('kernel')}`;
    case 'transposed':
      return rank === 3 && version === 3
        ? `(filters, ${window}, ${format}, output_padding=None, ${dilation}, ${options('kernel')}`
        : `(filters, ${window}, output_padding=None, ${format}, ${dilation}, ${options('kernel')}`;
    case 'depthwise':
      return `(${window}, depth_multiplier=1, ${format}, ${dilation}, ${options('depthwise')}`;
    case 'separable':
      return `(filters, ${window}, ${format}, ${dilation}, depth_multiplier=1, ${options('depthwise', 'pointwise')}`;
  }
}

/** Rows of all layers under all their names. */
export function convolutionRows(): Row[] {
  const rows = ([1, 2, 3] as const).flatMap((rank) => [
    layerRow(`keras.layers.Conv${rank}D`, 'forward', rank),
    layerRow(`keras.layers.Conv${rank}DTranspose`, 'transposed', rank),
    ...(rank === 3 ? [] : [layerRow(`keras.layers.DepthwiseConv${rank}D`, 'depthwise', rank)]),
    ...(rank === 3 ? [] : [layerRow(`keras.layers.SeparableConv${rank}D`, 'separable', rank)]),
  ]);
  const keras2 = layerRow(
    'tf_keras.layers.Conv3DTranspose',
    'transposed',
    3,
    signatureOf('transposed', 3, 2),
  );
  return [...rows, keras2, ...[...rows, keras2].flatMap(longName)];
}

/** The class under its older name: `Convolution2D` is `Conv2D`. */
function longName({ path, signature }: Row): Row[] {
  const long = path.replace(/Conv(?=\dD)/, 'Convolution');
  const isNamed = !path.includes('.Depthwise');
  return isNamed ? [{ path: long, signature, make: (tools) => tools.value(path) }] : [];
}

function layerRow(path: string, kind: Kind, rank: Rank, signature = signatureOf(kind, rank)): Row {
  return classRow(
    path,
    'keras.layers.Layer',
    signature,
    (self, call, tools) => buildLayer(self, call, tools, kind, rank),
    (tools) => [
      [
        'call',
        bound(tools, 'keras.layers.Layer.call', 'call', '(self, inputs, *args, **kwargs)', (call) =>
          applyLayer(call, tools, rank),
        ),
      ],
      ['kernel', property('kernel', (self) => kernelOf(self, tools))],
    ],
  );
}

function buildLayer(self: InstanceValue, call: BoundCall, tools: Toolbox, kind: Kind, rank: Rank): void {
  initialiseLayer(self, call, tools);
  const given = inputShapeOf(call);
  const layout = layoutOf(call, tools);
  const order: DataLayout = typeof layout === 'string' ? layout : 'channelsLast';
  const data = given && dataOf(given, rank, order);
  const open = unknown({
    code: 'channels-from-input',
    subject: 'the number of input channels',
    place: call.context.place,
  });
  const layer = layerOf(call, kind, rank, order, data?.channels ?? open);
  const binding = bindingFindings(call);
  const refusal = binding.length > 0 ? undefined : constructorRefusal(call, layer.stages[0], kind);
  const evaluation: Evaluation = {
    path: call.path,
    framework: 'keras',
    role: 'layer',
    context: call.context,
    bound: call.values,
    layer,
    refusal: binding[0]?.message ?? refusal?.message,
    inputs: data ? [data] : [],
    findings: [...binding, ...(refusal ? [errorAt(call, refusal)] : [])],
  };
  record(tools, evaluation);
  self.payload = layerPayload(evaluation);
  const declared = given && tupleOf(given.map(integer));
  if (declared) self.attributes.set('declared_shape', declared);
  const [spec] = layer.stages;
  const lists = { kernel_size: spec.kernelSize, strides: spec.stride, dilation_rate: spec.dilation };
  for (const [name, sizes] of Object.entries(lists)) self.attributes.set(name, tupleOf(sizes.map(integer)));
  for (const name of ['filters', 'groups', 'depth_multiplier']) {
    if (call.values.has(name)) self.attributes.set(name, valueOf(call, name));
  }
  const word = paddingWord(call);
  self.attributes.set('padding', word === undefined ? valueOf(call, 'padding') : string(word));
}

function layerOf(
  call: BoundCall,
  kind: Kind,
  rank: Rank,
  order: DataLayout,
  inChannels: Quantity,
): ConvLayer {
  const kernelSize = sizesOf(call, 'kernel_size', rank);
  const stride = sizesOf(call, 'strides', rank);
  const dilation = sizesOf(call, 'dilation_rate', rank);
  const zeros = repeat(exact(0), rank);
  const common = {
    rank,
    transposed: kind === 'transposed',
    inChannels,
    kernelSize,
    stride,
    dilation,
    paddingMode: 'zeros',
    paddingWord: paddingWord(call),
    outputPadding:
      kind === 'transposed' && !isAbsent(call, 'output_padding')
        ? sizesOf(call, 'output_padding', rank)
        : zeros,
    bias: flagOf(call, 'use_bias'),
    dataLayout: order,
    weightName: 'kernel',
  } as const;
  if (kind === 'transposed') {
    const padding = cropOf(call, kernelSize, stride, dilation);
    return {
      stages: [
        {
          ...common,
          padding,
          outChannels: integerOf(call, 'filters'),
          groups: exact(1),
          weightLayout: 'KOI',
        },
      ],
    };
  }
  const padding = paddingOf(call, kernelSize, dilation);
  if (kind === 'forward') {
    return {
      stages: [
        {
          ...common,
          padding,
          outChannels: integerOf(call, 'filters'),
          groups: integerOf(call, 'groups'),
          weightLayout: 'KIO',
        },
      ],
    };
  }
  const multiplier = integerOf(call, 'depth_multiplier');
  const depthwise: ConvSpec = {
    ...common,
    padding: isMixed(stride, dilation) ? invalid(call, 'dilation_rate') : padding,
    outChannels: multiply(inChannels, multiplier),
    groups: inChannels,
    depthMultiplier: multiplier,
    weightLayout: 'KIM',
  };
  if (kind === 'depthwise') return { stages: [depthwise] };
  return {
    stages: [
      { ...depthwise, bias: false, weightName: 'depthwise_kernel' },
      pointwise(depthwise, integerOf(call, 'filters')),
    ],
  };
}

/** The second half of a separable layer: one element wide, with the layer's bias. */
function pointwise(depthwise: ConvSpec, filters: Quantity): ConvSpec {
  const ones = depthwise.kernelSize.map(() => exact(1));
  const zeros = depthwise.kernelSize.map(() => exact(0));
  return {
    ...depthwise,
    inChannels: depthwise.outChannels,
    outChannels: filters,
    kernelSize: ones,
    stride: ones,
    dilation: ones,
    padding: { kind: 'explicit', before: zeros, after: zeros },
    paddingWord: undefined,
    groups: exact(1),
    depthMultiplier: undefined,
    weightLayout: 'KIO',
    weightName: 'pointwise_kernel',
  };
}

function applyLayer(call: BoundCall, tools: Toolbox, rank: Rank): Value {
  const evaluation = evaluationOf(valueOf(call, 'self'));
  const input = valueOf(call, 'inputs');
  const shape = shapeOf(input);
  if (evaluation?.refusal !== undefined)
    return makeTensor(tools, TENSOR, {
      code: 'invalid',
      subject: evaluation.refusal,
      place: evaluation.context.place,
    });
  if (evaluation === undefined || shape === undefined)
    return makeTensor(tools, TENSOR, shapeReason(input, 'the output'));
  const [first] = evaluation.layer.stages;
  const data = dataOf(shape, rank, first.dataLayout);
  if (data?.batch === undefined) {
    const refusal = rankRefusal(evaluation, shape);
    if (refusal !== undefined) return refuse(call, tools, evaluation, refusal);
    return makeTensor(tools, TENSOR, {
      code: 'unmodelled',
      subject: `data of ${shape.length} axes`,
      place: call.context.place,
    });
  }
  const sample: DataShape = { ...data, batch: data.batch.kind === 'unknown' ? undefined : data.batch };
  const learned = learnChannels(evaluation.layer, data.channels);
  if (!call.context.interpreter.isRehearsing) {
    evaluation.layer = learned;
    recordInput(tools, evaluation, sample);
  }
  const refusal = inputRefusal(learned, data, shape);
  if (refusal !== undefined) return refuse(call, tools, evaluation, refusal);
  return makeTensor(
    tools,
    TENSOR,
    shapeOfData({ ...outputShape(learned, sample), batch: data.batch }, first.dataLayout),
  );
}

/** Layers take their input channels from the first data they see. */
function learnChannels(layer: ConvLayer, channels: Quantity): ConvLayer {
  const [first, second] = layer.stages;
  if (first.inChannels.kind !== 'unknown' || first.inChannels.reason.code !== 'channels-from-input')
    return layer;
  if (first.depthMultiplier === undefined) return { stages: [{ ...first, inChannels: channels }] };
  const outChannels = multiply(channels, first.depthMultiplier);
  const depthwise = { ...first, inChannels: channels, groups: channels, outChannels };
  return second === undefined
    ? { stages: [depthwise] }
    : { stages: [depthwise, { ...second, inChannels: outChannels }] };
}

function refuse(call: BoundCall, tools: Toolbox, evaluation: Evaluation, refusal: Refusal): Value {
  const finding = {
    code: refusal.code,
    severity: 'error',
    message: refusal.message,
    exception: refusal.exception,
    place: call.context.place,
  } as const;
  if (!call.context.interpreter.isRehearsing) evaluation.findings.push(finding);
  return makeTensor(tools, TENSOR, { code: 'invalid', subject: refusal.message, place: call.context.place });
}

function kernelOf(self: Value, tools: Toolbox): Value {
  const layer = evaluationOf(self)?.layer;
  const [kernel] = layer ? weightsOf(layer) : [];
  return makeTensor(tools, TENSOR, kernel?.shape ?? { code: 'unmodelled', subject: 'kernel' });
}

/** The sizes that `input_shape=` and its kin declare, without the batch. */
function inputShapeOf(call: BoundCall): readonly Quantity[] | undefined {
  const declared = declaredShape(call);
  return declared && shapeFrom(declared)?.slice();
}

function isMixed(stride: readonly Quantity[], dilation: readonly Quantity[]): boolean {
  const isAboveOne = (sizes: readonly Quantity[]) => sizes.some((size) => (numberOf(size) ?? 1) > 1);
  return isAboveOne(stride) && isAboveOne(dilation);
}
