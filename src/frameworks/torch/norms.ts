/** Normalisation layers and functions: shapes stay, parameters follow the flags. Source: PyTorch docs, torch.nn. */
import { setOwn } from '../../interp/setting';
import { integer, tuple, unknown, type InstanceValue, type Value } from '../../interp/values';
import { numberOf, type Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import { show } from '../../symbolic/show';
import { bound, type Row, type Toolbox } from '../library';
import { itemsOf, quantityFrom, valueOf } from '../read';
import type { Shape } from '../shapes';
import { shapeOf, shapeReason, tensorPayload } from '../tensor';
import {
  differ,
  flag,
  follow,
  integerSetting,
  baseRow,
  layerRow,
  lawRow,
  maybe,
  settingsOfLayer,
  type Law,
  type Member,
  type Settings,
} from './layer';

/** Ranks of data that each batch normalisation takes. */
const BATCH_RANKS = { BatchNorm1d: [2, 3], BatchNorm2d: [4], BatchNorm3d: [5] } as const;
const INSTANCE_RANKS = { InstanceNorm1d: [2, 3], InstanceNorm2d: [3, 4], InstanceNorm3d: [4, 5] } as const;

const BATCH_TAIL =
  'momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True)';
const INSTANCE_TAIL =
  'momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True)';

const NORM_BASE = 'modules.batchnorm._NormBase';
const BATCH_BASE = 'modules.batchnorm._BatchNorm';
const INSTANCE_BASE = 'modules.instancenorm._InstanceNorm';

/** Rows of layers and functions. */
export function normRows(): Row[] {
  return [
    baseRow(NORM_BASE, 'torch.nn.Module'),
    baseRow(BATCH_BASE, `torch.nn.${NORM_BASE}`),
    baseRow(INSTANCE_BASE, `torch.nn.${NORM_BASE}`),
    ...Object.entries(BATCH_RANKS).flatMap(([name, ranks]) => [
      batchNorm(name, `(num_features, eps=1e-05, ${BATCH_TAIL}`, ranks),
      lazy(name, `(eps=1e-05, ${BATCH_TAIL}`, ranks),
    ]),
    batchNorm(
      'SyncBatchNorm',
      '(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None, *, bias=True)',
      [2, 3, 4, 5],
      (tools) => [['convert_sync_batchnorm', converter(tools)]],
    ),
    ...Object.entries(INSTANCE_RANKS).flatMap(([name, ranks]) => [
      batchNorm(name, `(num_features, eps=1e-05, ${INSTANCE_TAIL}`, ranks),
      lazy(name, `(eps=1e-05, ${BATCH_TAIL}`, ranks),
    ]),
    layerRow({
      name: 'GroupNorm',
      signature: '(num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True)',
      parameters: (settings) => scaleAndShift(settings, [integerSetting(settings, 'num_channels')]),
      refusal: (settings) => {
        const [groups, channels] = ['num_groups', 'num_channels'].map((name) =>
          numberOf(integerSetting(settings, name)),
        );
        const isUneven = groups !== undefined && channels !== undefined && channels % groups !== 0;
        return isUneven
          ? `ValueError: num_channels (${channels}) must be divisible by num_groups (${groups})`
          : undefined;
      },
      law: (input, settings) => ofChannels(input, integerSetting(settings, 'num_channels')),
    }),
    layerRow({
      name: 'LayerNorm',
      signature: '(normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None)',
      attributes: normalized,
      parameters: (settings) => scaleAndShift(settings, trailing(settings), 'elementwise_affine'),
      law: ofTrailing,
    }),
    layerRow({
      name: 'RMSNorm',
      signature: '(normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None)',
      attributes: normalized,
      parameters: (settings) => scaleAndShift(settings, trailing(settings), 'elementwise_affine').slice(0, 1),
      forward: '(self, x)',
      law: ofTrailing,
    }),
    layerRow({
      name: 'LocalResponseNorm',
      signature: '(size, alpha=0.0001, beta=0.75, k=1.0)',
      law: (input) => input,
    }),
    layerRow({
      name: 'CrossMapLRN2d',
      signature: '(size, alpha=0.0001, beta=0.75, k=1)',
      law: (input) => input,
    }),
    lawRow(
      'torch.nn.functional.batch_norm',
      '(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05)',
      (input) => input,
    ),
    lawRow(
      'torch.nn.functional.instance_norm',
      '(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05)',
      (input) => input,
    ),
    lawRow(
      'torch.nn.functional.group_norm',
      '(input, num_groups, weight=None, bias=None, eps=1e-05)',
      (input) => input,
    ),
    lawRow(
      'torch.nn.functional.layer_norm',
      '(input, normalized_shape, weight=None, bias=None, eps=1e-05)',
      ofTrailing,
    ),
    lawRow('torch.nn.functional.rms_norm', '(input, normalized_shape, weight=None, eps=None)', ofTrailing),
    lawRow(
      'torch.nn.functional.local_response_norm',
      '(input, size, alpha=0.0001, beta=0.75, k=1.0)',
      (input) => input,
    ),
    lawRow('torch.nn.functional.normalize', '(input, p=2.0, dim=1, eps=1e-12, out=None)', (input) => input),
  ];
}

function batchNorm(
  name: string,
  signature: string,
  ranks: readonly number[],
  members?: (tools: Toolbox) => Iterable<readonly [string, Value]>,
): Row {
  return layerRow({
    name,
    base: `torch.nn.${name.startsWith('Instance') ? INSTANCE_BASE : BATCH_BASE}`,
    signature,
    parameters: (settings) => scaleAndShift(settings, [integerSetting(settings, 'num_features')]),
    buffers: (settings) => running(settings, [integerSetting(settings, 'num_features')]),
    law: (input, settings) => ofBatch(name, ranks, input, settings),
    members,
  });
}

/** A lazy layer learns its channels from the first input. */
function lazy(name: string, signature: string, ranks: readonly number[]): Row {
  const waiting = ({ context }: Settings): Reason => ({
    code: 'channels-from-input',
    subject: 'num_features',
    place: context.place,
  });
  return layerRow({
    name: `Lazy${name}`,
    base: `torch.nn.${name}`,
    signature,
    attributes: (settings) => [['num_features', unknown(waiting(settings))]],
    parameters: (settings) =>
      scaleAndShift(settings, []).map(([member, shape]): Member => [member, shape && waiting(settings)]),
    buffers: (settings) => running(settings, []),
    members: (tools) => [['forward', lazyForward(tools, name, ranks)]],
  });
}

function lazyForward(tools: Toolbox, name: string, ranks: readonly number[]): Value {
  return bound(tools, `torch.nn.Lazy${name}.forward`, `Lazy${name}.forward`, '(self, input)', (call) => {
    const self = valueOf(call, 'self');
    const settings = settingsOfLayer(self, call, tools);
    const shape = shapeOf(valueOf(call, 'input'));
    const axis = shape && name.startsWith('InstanceNorm') ? shape.length - (ranks[0] ?? 0) : 1;
    const channels = shape?.[axis === 0 ? 0 : 1];
    if (self.kind === 'instance' && channels !== undefined) learn(self, channels, settings);
    return follow(valueOf(call, 'input'), (input) => ofBatch(name, ranks, input, settings), settings);
  });
}

function learn(self: InstanceValue, channels: Quantity, settings: Settings): void {
  const { context } = settings;
  let isWaiting = false;
  for (const name of ['weight', 'bias']) {
    const member = self.attributes.get(name);
    if (member?.kind !== 'instance' || shapeReason(member, '').code !== 'channels-from-input') continue;
    context.interpreter.trail.touch(member);
    member.payload = tensorPayload([channels]);
    isWaiting = true;
  }
  const features = self.attributes.get('num_features');
  if (isWaiting || (features?.kind === 'unknown' && features.reason.code === 'channels-from-input'))
    setOwn(self, 'num_features', integer(channels), context);
}

/** What batch and instance normalisation make: the input's shape, for data of the right rank and channels. */
function ofBatch(name: string, ranks: readonly number[], input: Shape, settings: Settings): ReturnType<Law> {
  const isInstance = name.startsWith('InstanceNorm');
  if (!ranks.includes(input.length)) {
    const expected = ranks.map((rank) => `${rank}D`).join(' or ');
    return { refused: `ValueError: expected ${expected} input (got ${input.length}D input)` };
  }
  const channels = input[isInstance ? input.length - (ranks[1] ?? 0) + 1 : 1];
  const features = integerSetting(settings, 'num_features');
  if (!differ(channels, features)) return input;
  if (isInstance) return undefined;
  const subject = settings.value('running_mean').kind === 'none' ? 'weight' : 'running_mean';
  const isLoose = subject === 'weight' && settings.value('weight').kind === 'none';
  return isLoose
    ? input
    : {
        refused: `RuntimeError: ${subject} should contain ${show(channels ?? features)} elements not ${show(features)}`,
      };
}

/** The input's shape, whose second axis has so many channels. */
function ofChannels(input: Shape, channels: Quantity): ReturnType<Law> {
  if (!differ(input[1], channels)) return input;
  const message = `Expected weight to be a vector of size equal to the number of channels in input`;
  return { refused: `RuntimeError: ${message}` };
}

/** The input's shape, whose last axes are those that are normalised. */
function ofTrailing(input: Shape, settings: Settings): ReturnType<Law> {
  const wanted = trailing(settings);
  const last = input.slice(input.length - wanted.length);
  const isWrong = wanted.length > input.length || wanted.some((size, axis) => differ(size, last[axis]));
  if (!isWrong) return input;
  const sizes = (shape: Shape) => `[${shape.map((size) => show(size)).join(', ')}]`;
  const given = `Given normalized_shape=${sizes(wanted)}, expected input with shape [*, ${sizes(wanted).slice(1)}`;
  return { refused: `RuntimeError: ${given}, but got input of size${sizes(input)}` };
}

/** `normalized_shape` as PyTorch keeps it: a tuple. */
function normalized(settings: Settings): [['normalized_shape', Value]] {
  return [['normalized_shape', tuple(trailing(settings).map(integer))]];
}

function trailing({ value }: Settings): Shape {
  const given = value('normalized_shape');
  const items = itemsOf(given);
  return items === undefined ? [quantityFrom(given)] : items.map(quantityFrom);
}

/** Weight and bias where the flags ask for them. */
function scaleAndShift(settings: Settings, shape: Shape, affine = 'affine'): Member[] {
  const scale = flag(settings, affine);
  const shift = scale === true ? flag(settings, 'bias') : scale;
  return [
    ['weight', maybe(scale, shape)],
    ['bias', maybe(shift, shape)],
  ];
}

function running(settings: Settings, shape: Shape): Member[] {
  const isTracking = flag(settings, 'track_running_stats');
  return [
    ['running_mean', maybe(isTracking, shape)],
    ['running_var', maybe(isTracking, shape)],
    ['num_batches_tracked', maybe(isTracking, [])],
  ];
}

/** `convert_sync_batchnorm(module)`: layers of another class with the same parameters; the module is given back. */
function converter(tools: Toolbox): Value {
  const run = bound(
    tools,
    'torch.nn.SyncBatchNorm.convert_sync_batchnorm',
    'convert_sync_batchnorm',
    '(module, process_group=None)',
    (call) => valueOf(call, 'module'),
  );
  return { kind: 'descriptor', type: 'staticmethod', function: run };
}
