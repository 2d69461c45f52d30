/** Keras' convolution layers as rows. Source: Keras API docs, "Convolution layers". */
import { outputShape } from '../../conv/cost';
import type { ConvLayer, ConvSpec, DataLayout, DataShape, Rank } from '../../conv/spec';
import { weightsOf } from '../../conv/weights';
import { costOf } from '../../conv/cost';
import {
  integer,
  property,
  quantityOf,
  tuple as tupleOf,
  type InstanceValue,
  type Value,
} from '../../interp/values';
import { multiply } from '../../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../../symbolic/quantity';
import { dataOf, shapeOfData } from '../data';
import { evaluationOf, type Evaluation, type LayerPayload } from '../evaluation';
import { bindingFindings, errorAt, type Refusal } from '../findings';
import { bound, classRow, record, type BoundCall, type Row, type Toolbox } from '../library';
import { flagOf, integerOf, isAbsent, itemsOf, repeat, valueOf } from '../read';
import { makeTensor, shapeOf, shapeReason } from '../tensor';
import { TENSOR } from '../tensorflow/tensors';
import { cropOf, invalid, layoutOf, paddingOf, paddingWord, sizesOf } from './arguments';
import { constructorRefusal, inputRefusal } from './rules';

type Kind = 'forward' | 'transposed' | 'depthwise' | 'separable';

const OPTIONS = 'activation=None, use_bias=True, **kwargs)';

/** Signatures by kind; `ones` is the default of strides and dilation. Keras has three orders for transposed layers. */
const SIGNATURES: Readonly<Record<Kind, string>> = {
  forward: `(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, ${OPTIONS}`,
  transposed: `(filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1, ${OPTIONS}`,
  depthwise: `(kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, ${OPTIONS}`,
  separable: `(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1, ${OPTIONS}`,
};

const TRANSPOSED_3D = `(filters, kernel_size, strides=1, padding="valid", data_format=None, output_padding=None, dilation_rate=1, ${OPTIONS}`;

/** Rows of all layers under all their names. */
export function convolutionRows(): Row[] {
  const ranks = [1, 2, 3] as const;
  return [
    ...ranks.flatMap((rank) =>
      ['Conv', 'Convolution'].map((name) => layerRow(`${name}${rank}D`, 'forward', rank)),
    ),
    ...ranks.flatMap((rank) =>
      ['Conv', 'Convolution'].map((name) => layerRow(`${name}${rank}DTranspose`, 'transposed', rank)),
    ),
    ...([1, 2] as const).map((rank) => layerRow(`DepthwiseConv${rank}D`, 'depthwise', rank)),
    ...([1, 2] as const).flatMap((rank) =>
      ['SeparableConv', 'SeparableConvolution'].map((name) => layerRow(`${name}${rank}D`, 'separable', rank)),
    ),
  ];
}

function layerRow(name: string, kind: Kind, rank: Rank): Row {
  const signature = kind === 'transposed' && rank === 3 ? TRANSPOSED_3D : SIGNATURES[kind];
  return classRow(
    `keras.layers.${name}`,
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
      [
        'count_params',
        bound(tools, 'keras.layers.Layer.count_params', 'count_params', '(self)', (call) =>
          countParams(call),
        ),
      ],
      ['kernel', property('kernel', (self) => kernelOf(self, tools))],
    ],
  );
}

function buildLayer(self: InstanceValue, call: BoundCall, tools: Toolbox, kind: Kind, rank: Rank): void {
  const given = inputShapeOf(call);
  const layout = layoutOf(call);
  const order: DataLayout = typeof layout === 'string' ? layout : 'channelsLast';
  const data = given && dataOf(given, rank, order);
  const open = unknown({
    code: 'channels-from-input',
    subject: 'the number of input channels',
    place: call.context.place,
  });
  const layer = layerOf(call, kind, rank, order, data?.channels ?? open);
  const binding = bindingFindings(call);
  const refusal = binding.length > 0 ? undefined : constructorRefusal(call, layer.stages[0]);
  const evaluation: Evaluation = {
    path: call.path,
    framework: 'keras',
    role: 'layer',
    context: call.context,
    bound: call.values,
    layer,
    inputs: data ? [data] : [],
    findings: [...binding, ...(refusal ? [errorAt(call, refusal)] : [])],
  };
  record(tools, evaluation);
  const payload: LayerPayload = { kind: 'convolution', evaluation };
  self.payload = payload;
  const declared = given && tupleOf(given.map(integer));
  if (declared) self.attributes.set('declared_shape', declared);
  for (const name of [
    'filters',
    'kernel_size',
    'strides',
    'dilation_rate',
    'groups',
    'depth_multiplier',
    'padding',
  ]) {
    if (call.values.has(name)) self.attributes.set(name, valueOf(call, name));
  }
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
  if (evaluation === undefined || shape === undefined)
    return makeTensor(tools, TENSOR, shapeReason(input, 'the output'));
  const [first] = evaluation.layer.stages;
  const data = dataOf(shape, rank, first.dataLayout);
  if (data?.batch === undefined) return refuse(call, tools, evaluation, rankRefusal(rank, shape));
  const sample: DataShape = { ...data, batch: data.batch.kind === 'unknown' ? undefined : data.batch };
  const learned = learnChannels(evaluation.layer, data.channels);
  if (!call.context.interpreter.isRehearsing) {
    evaluation.layer = learned;
    evaluation.inputs.push(sample);
  }
  const refusal = inputRefusal(learned.stages[0], data, shape);
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

function rankRefusal(rank: Rank, shape: readonly Quantity[]): Refusal {
  const found = `found ndim=${shape.length}. Full shape received: (${shape.map((size) => numberOf(size) ?? 'None').join(', ')})`;
  return {
    code: 'keras.input-rank',
    message: `expected min_ndim=${rank + 2}, ${found}`,
    exception: 'ValueError',
  };
}

function countParams(call: BoundCall): Value {
  const layer = evaluationOf(valueOf(call, 'self'))?.layer;
  return layer
    ? integer(costOf(layer).params)
    : { kind: 'unknown', reason: { code: 'unmodelled', subject: 'count_params' } };
}

function kernelOf(self: Value, tools: Toolbox): Value {
  const layer = evaluationOf(self)?.layer;
  const [kernel] = layer ? weightsOf(layer) : [];
  return makeTensor(tools, TENSOR, kernel?.shape ?? { code: 'unmodelled', subject: 'kernel' });
}

/** `input_shape=` and its kin give the data without, or with, its batch axis. */
function inputShapeOf(call: BoundCall): readonly Quantity[] | undefined {
  const options = valueOf(call, 'kwargs');
  const named = (name: string) =>
    options.kind === 'dict' ? options.entries.get(`'${name}`)?.value : undefined;
  const sample = named('input_shape');
  const batched = named('batch_input_shape') ?? named('batch_shape');
  const items = sample ? itemsOf(sample) : batched && itemsOf(batched)?.slice(1);
  const open = unknown({ code: 'no-input', subject: 'this size' });
  return items?.map((item) => (item.kind === 'none' ? open : quantityOf(item)));
}

function isMixed(stride: readonly Quantity[], dilation: readonly Quantity[]): boolean {
  const isAboveOne = (sizes: readonly Quantity[]) => sizes.some((size) => (numberOf(size) ?? 1) > 1);
  return isAboveOne(stride) && isAboveOne(dilation);
}
