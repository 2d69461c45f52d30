/** PyTorch's convolution layers and functions as rows. Source: PyTorch docs, torch.nn and torch.nn.functional. */
import { outputShape } from '../../conv/cost';
import type { ConvLayer, ConvSpec, DataShape, Rank } from '../../conv/spec';
import { weightOf } from '../../conv/weights';
import { setOwn } from '../../interp/setting';
import type { CallContext } from '../../interp/call';
import {
  integer,
  NONE,
  tuple,
  unknown as unknownValue,
  type InstanceValue,
  type Value,
} from '../../interp/values';
import { isSame } from '../../interp/join';
import { equal, multiply } from '../../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import { dataOf, shapeOfData } from '../data';
import {
  layerPayload,
  layerPayloadOf,
  type Evaluation,
  type Finding,
  type LayerPayload,
} from '../evaluation';
import { bindingFindings, errorAt, type Refusal } from '../findings';
import {
  bound,
  type BoundCall,
  classRow,
  functionRow,
  record,
  recordInput,
  type Row,
  type Toolbox,
} from '../library';
import { flagOf, integerOf, isAbsent, placeOf, shown, valueOf } from '../read';
import type { Shape } from '../shapes';
import { makeTensor, shapeOf, shapeReason, tensorPayload } from '../tensor';
import { hints } from './hints';
import { weightRefusal } from './functionalRules';
import { commonOutput, fitOutput, outputSizeRefusal } from './outputSize';
import { constructorRefusal, inputRefusal, rankRefusal, windowRefusal } from './rules';
import { TENSOR } from './tensors';
import { channelsAndGroups } from './sharedName';
import { cropOf, paddingModeOf, paddingOf, sizesOf } from './window';

const PARAMETER = 'torch.nn.Parameter';
const FORWARD_TAIL =
  'kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None)';
const TRANSPOSED_TAIL =
  'kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None)';
const FUNCTION = '(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)';
const TRANSPOSED_FUNCTION =
  '(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)';

/** Rows of all layers and functions. */
export function convolutionRows(): Row[] {
  return ([1, 2, 3] as const).flatMap((rank) => [
    layerRow(`Conv${rank}d`, rank, false, false),
    layerRow(`ConvTranspose${rank}d`, rank, true, false),
    layerRow(`LazyConv${rank}d`, rank, false, true),
    layerRow(`LazyConvTranspose${rank}d`, rank, true, true),
    ...['torch', 'torch.nn.functional'].flatMap((module) => [
      functionRow(`${module}.conv${rank}d`, FUNCTION, (call, tools) =>
        applyFunction(call, tools, rank, false),
      ),
      functionRow(`${module}.conv_transpose${rank}d`, TRANSPOSED_FUNCTION, (call, tools) =>
        applyFunction(call, tools, rank, true),
      ),
    ]),
  ]);
}

function layerRow(name: string, rank: Rank, transposed: boolean, isLazy: boolean): Row {
  const tail = transposed ? TRANSPOSED_TAIL : FORWARD_TAIL;
  const signature = isLazy ? `(out_channels, ${tail}` : `(in_channels, out_channels, ${tail}`;
  const shared = `torch.nn.modules.conv.${transposed ? '_ConvTransposeNd' : '_ConvNd'}`;
  const base = isLazy ? `torch.nn.${name.slice('Lazy'.length)}` : shared;
  return classRow(
    `torch.nn.${name}`,
    base,
    signature,
    (self, call, tools) =>
      buildLayer(self, call, tools, name, specOfLayer(call, rank, transposed, isLazy), isLazy),
    (tools) => members(tools, rank, transposed),
  );
}

function specOfLayer(call: BoundCall, rank: Rank, transposed: boolean, isLazy: boolean): ConvSpec {
  const place = call.context.place;
  const lazyChannels = unknown({ code: 'channels-from-input', subject: 'in_channels', place });
  const window = windowOf(call, rank, transposed, sizesOf(call, 'kernel_size', rank));
  const given = channelsAndGroups(call);
  return {
    ...window,
    inChannels: isLazy ? lazyChannels : given.in_channels,
    outChannels: given.out_channels,
    groups: given.groups,
    paddingMode: paddingModeOf(call),
    bias: flagOf(call, 'bias'),
  };
}

/** All of a spec but its channels, padding mode and bias, which layers and functions say in their own ways. */
function windowOf(call: BoundCall, rank: Rank, transposed: boolean, kernelSize: readonly Quantity[]) {
  const dilation = sizesOf(call, 'dilation', rank);
  const outputPadding = transposed ? sizesOf(call, 'output_padding', rank) : kernelSize.map(() => exact(0));
  const { padding, word } = transposed
    ? { padding: cropOf(call, rank, outputPadding), word: undefined }
    : paddingOf(call, rank, kernelSize, dilation);
  return {
    rank,
    transposed,
    kernelSize,
    stride: sizesOf(call, 'stride', rank),
    padding,
    paddingWord: word,
    dilation,
    outputPadding,
    groups: integerOf(call, 'groups'),
    dataLayout: 'channelsFirst',
    weightLayout: transposed ? 'IOK' : 'OIK',
    weightName: 'weight',
  } as const;
}

function buildLayer(
  self: InstanceValue,
  call: BoundCall,
  tools: Toolbox,
  className: string,
  spec: ConvSpec,
  isLazy: boolean,
): void {
  const binding = bindingFindings(call);
  const refusal =
    binding.length > 0
      ? undefined
      : (constructorRefusal(call, spec, className, isLazy) ??
        windowRefusal(call, spec) ??
        weightRefusal(spec));
  const evaluation: Evaluation = {
    path: call.path,
    framework: 'torch',
    role: 'layer',
    context: call.context,
    bound: call.values,
    layer: { stages: [spec] },
    refusal: binding[0]?.message ?? refusal?.message,
    inputs: [],
    findings: [...binding, ...(refusal ? [errorAt(call, refusal)] : []), ...hints(call, spec)],
  };
  record(tools, evaluation);
  self.payload = layerPayload(evaluation);
  for (const name of DESCRIBED) {
    const value = attributeOf(spec, name, (parameter) => valueOf(call, parameter));
    setOwn(self, name, value, call.context);
  }
  for (const name of ['padding', 'padding_mode']) setOwn(self, name, valueOf(call, name), call.context);
  setOwn(self, 'weight', makeTensor(tools, PARAMETER, weightShape(spec, isLazy)), call.context);
  setOwn(self, 'bias', biasOf(spec, tools), call.context);
}

/** The weight of a lazy layer has no shape before its first input. */
function weightShape(spec: ConvSpec, isLazy: boolean): Shape | Reason {
  const open = isLazy && spec.inChannels.kind === 'unknown' ? spec.inChannels.reason : undefined;
  return open ?? weightOf(spec).shape;
}

function biasOf({ bias, outChannels }: ConvSpec, tools: Toolbox): Value {
  if (typeof bias !== 'boolean') return unknownValue(bias.reason);
  return bias ? makeTensor(tools, PARAMETER, [outChannels]) : NONE;
}

function attributeOf(spec: ConvSpec, name: string, argument: (name: string) => Value): Value {
  switch (name) {
    case 'in_channels':
      return integer(spec.inChannels);
    case 'kernel_size':
      return tuple(spec.kernelSize.map(integer));
    case 'stride':
      return tuple(spec.stride.map(integer));
    case 'dilation':
      return tuple(spec.dilation.map(integer));
    case 'output_padding':
      return tuple(spec.outputPadding.map(integer));
    default:
      return argument(name);
  }
}

function members(tools: Toolbox, rank: Rank, transposed: boolean): [string, Value][] {
  const forward = bound(
    tools,
    'torch.nn.Module.forward',
    `Conv${transposed ? 'Transpose' : ''}${rank}d.forward`,
    transposed ? '(self, input, output_size=None)' : '(self, input)',
    (call) => applyLayer(call, tools, rank),
  );
  return [['forward', forward]];
}

function applyLayer(call: BoundCall, tools: Toolbox, rank: Rank): Value {
  const payload = layerPayloadOf(valueOf(call, 'self'));
  const evaluation = payload?.evaluation;
  const input = valueOf(call, 'input');
  const shape = shapeOf(input);
  const isRehearsing = call.context.interpreter.isRehearsing;
  const binding = bindingFindings(call);
  if (evaluation !== undefined && !isRehearsing) evaluation.findings.push(...binding);
  if (evaluation?.refusal !== undefined) {
    return makeTensor(tools, TENSOR, {
      code: 'invalid',
      subject: evaluation.refusal,
      place: evaluation.context.place,
    });
  }
  if (payload === undefined || evaluation === undefined || shape === undefined || binding.length > 0) {
    return makeTensor(tools, TENSOR, shapeReason(input, 'the output'));
  }
  const data = dataOf(shape, rank, 'channelsFirst');
  const [found] = evaluation.layer.stages;
  if (isChanged(valueOf(call, 'self'), payload))
    return open(call, tools, 'a layer that was changed after it was made');
  if (data === undefined)
    return refuse(call, tools, evaluation, rankRefusal(found, shape, lazyName(evaluation)));
  const made = learnChannels({ ...payload.made.stages[0], inChannels: found.inChannels }, data);
  if (numberOf(made.inChannels) === 0) return open(call, tools, 'a layer without input channels');
  learnWeight(valueOf(call, 'self'), made, call.context);
  const wanted = valueOf(call, 'output_size');
  const isFitted = made.transposed && !isAbsent(call, 'output_size');
  const fitted = isFitted ? fitOutput(made, data, wanted) : made;
  const refusal =
    lateRefusal(evaluation, made) ??
    (isFitted ? outputSizeRefusal(made, data, wanted) : undefined) ??
    inputRefusal(fitted, data);
  if (!isRehearsing) {
    const seen = refusal === undefined ? fitted : made;
    evaluation.layer = { stages: [evaluation.inputs.length === 0 ? seen : commonOutput(seen, found)] };
    recordInput(tools, evaluation, data);
  }
  if (refusal !== undefined) return refuse(call, tools, evaluation, refusal);
  return makeTensor(tools, TENSOR, shapeOfData(outputShape({ stages: [fitted] }, data), 'channelsFirst'));
}

function open(call: BoundCall, tools: Toolbox, subject: string): Value {
  return makeTensor(tools, TENSOR, { code: 'unmodelled', subject, place: call.context.place });
}

/** The class of a layer that learns its channels, which its messages name; `undefined` for others. */
function lazyName({ path, bound: given }: Evaluation): string | undefined {
  return given.has('in_channels') ? undefined : path.slice(path.lastIndexOf('.') + 1);
}

const DESCRIBED = [
  'in_channels',
  'out_channels',
  'kernel_size',
  'stride',
  'dilation',
  'groups',
  'output_padding',
];

/** Whether code has set anything on the layer object that decides what it computes. */
function isChanged(self: Value, { made, evaluation: { bound: given } }: LayerPayload): boolean {
  if (isReplaced(self, made.stages[0])) return true;
  const isSet = (name: string, made: Value) => {
    const now = ownAttribute(self, name);
    return now !== undefined && !isSame(now, made);
  };
  const argument = (name: string) => given.get(name)?.value ?? NONE;
  const [spec] = made.stages;
  return (
    DESCRIBED.some((name) => name !== 'in_channels' && isSet(name, attributeOf(spec, name, argument))) ||
    ['padding', 'padding_mode'].some((name) => isSet(name, argument(name)))
  );
}

/** Whether weight or bias are others than those that the layer was made with: others of their shapes do as well. */
function isReplaced(self: Value, spec: ConvSpec): boolean {
  const [weight, bias] = [ownAttribute(self, 'weight'), ownAttribute(self, 'bias')];
  const shape = weight && shapeOf(weight);
  const expected = weightOf(spec).shape;
  const isWaiting = weight && shapeReason(weight, '').code === 'channels-from-input';
  const isOther =
    !isWaiting &&
    (shape?.length !== expected.length || shape.some((size, axis) => differs(size, expected[axis])));
  const hasBias = bias !== undefined && bias.kind !== 'none';
  return isOther || (typeof spec.bias === 'boolean' && spec.bias !== hasBias);
}

function differs(size: Quantity, expected: Quantity | undefined): boolean {
  if (expected === undefined) return true;
  return size.kind === 'unknown' || expected.kind === 'unknown'
    ? size.kind !== expected.kind && expected.kind !== 'unknown'
    : equal(size, expected) !== true;
}

/** Gives the weight of a lazy layer its shape. */
function learnWeight(self: Value, spec: ConvSpec, context: CallContext): void {
  const weight = ownAttribute(self, 'weight');
  if (weight?.kind !== 'instance' || shapeReason(weight, '').code !== 'channels-from-input') return;
  context.interpreter.trail.touch(weight);
  weight.payload = tensorPayload(weightOf(spec).shape);
  if (self.kind === 'instance') setOwn(self, 'in_channels', integer(spec.inChannels), context);
}

/** What code has set on the layer object itself. */
function ownAttribute(self: Value, name: string): Value | undefined {
  return self.kind === 'instance' ? self.attributes.get(name) : undefined;
}

/** A lazy layer takes its input channels from the first data it sees. */
function learnChannels(spec: ConvSpec, data: DataShape): ConvSpec {
  const isOpen = spec.inChannels.kind === 'unknown' && spec.inChannels.reason.code === 'channels-from-input';
  return isOpen ? { ...spec, inChannels: data.channels } : spec;
}

/** What a lazy layer checks once it knows its channels. */
function lateRefusal({ bound: given }: Evaluation, spec: ConvSpec): Refusal | undefined {
  const [channels, groups] = [numberOf(spec.inChannels), numberOf(spec.groups)];
  const isLazy = !given.has('in_channels');
  if (!isLazy || channels === undefined || groups === undefined || groups < 1 || channels % groups === 0) {
    return isLazy ? weightRefusal(spec) : undefined;
  }
  const message = 'in_channels must be divisible by groups';
  return { code: 'torch.in-channels-divisible', message, exception: 'ValueError' };
}

function refuse(call: BoundCall, tools: Toolbox, evaluation: Evaluation, refusal: Refusal): Value {
  if (!call.context.interpreter.isRehearsing) evaluation.findings.push(callFinding(call, refusal));
  const reason = { code: 'invalid', subject: refusal.message, place: call.context.place } as const;
  return makeTensor(tools, TENSOR, reason);
}

/** What a call of a layer raises stands at that call, not at the layer. */
function callFinding(call: BoundCall, refusal: Refusal): Finding {
  const { code, message, exception } = refusal;
  return { code, severity: 'error', message, exception, place: call.context.place };
}

function applyFunction(call: BoundCall, tools: Toolbox, rank: Rank, transposed: boolean): Value {
  const input = shapeOf(valueOf(call, 'input'));
  const weight = shapeOf(valueOf(call, 'weight'));
  const spec = specOfFunction(call, rank, transposed, weight, input);
  const data = input && dataOf(input, rank, 'channelsFirst');
  const binding = bindingFindings(call);
  const refusal =
    binding.length > 0
      ? undefined
      : (windowRefusal(call, spec) ??
        weightRefusal(spec, call, weight, data) ??
        (input && data === undefined ? rankRefusal(spec, input) : undefined) ??
        (data && inputRefusal(spec, data)));
  const layer: ConvLayer = { stages: [spec] };
  record(tools, {
    path: call.path,
    framework: 'torch',
    role: 'function',
    context: call.context,
    bound: call.values,
    layer,
    inputs: data ? [data] : [],
    findings: [...binding, ...(refusal ? [errorAt(call, refusal)] : [])],
  });
  if (refusal !== undefined)
    return makeTensor(tools, TENSOR, {
      code: 'invalid',
      subject: refusal.message,
      place: call.context.place,
    });
  if (data === undefined) return makeTensor(tools, TENSOR, shapeReason(valueOf(call, 'input'), 'the output'));
  return makeTensor(tools, TENSOR, shapeOfData(outputShape(layer, data), 'channelsFirst'));
}

/** A functional call says its channels through the shapes of weight and input. */
function specOfFunction(
  call: BoundCall,
  rank: Rank,
  transposed: boolean,
  weight: Shape | undefined,
  input: Shape | undefined,
): ConvSpec {
  const fits = weight?.length === rank + 2 ? weight : undefined;
  const reason = shapeReason(
    valueOf(call, 'weight'),
    `the weight ${shown(call, 'weight') === '?' ? '' : 'of this call'}`.trim(),
  );
  const open = unknown(reason.place ? reason : { ...reason, place: placeOf(call, 'weight') });
  const [first = open, second = open, ...kernel] = fits ?? [];
  const window = windowOf(call, rank, transposed, fits ? kernel : Array<Quantity>(rank).fill(open));
  const { groups } = window;
  const fromInput = input && dataOf(input, rank, 'channelsFirst')?.channels;
  const forwardIn = fits ? multiply(second, groups) : (fromInput ?? open);
  const transposedIn = fits ? first : (fromInput ?? open);
  const bias = valueOf(call, 'bias');
  return {
    ...window,
    inChannels: transposed ? transposedIn : forwardIn,
    outChannels: transposed ? multiply(second, groups) : first,
    paddingMode: 'zeros',
    bias: bias.kind === 'none' ? false : bias.kind === 'unknown' ? unknown(bias.reason) : true,
  };
}
