/** What PyTorch refuses about a weight and a bias that are given as tensors. Source: aten/src/ATen/native/Convolution.cpp. */
import type { ConvSpec, DataShape } from '../../conv/spec';
import { weightOf } from '../../conv/weights';
import { exact, numberOf, numbersOf } from '../../symbolic/quantity';
import type { Refusal } from '../findings';
import type { BoundCall } from '../library';
import { textOf, valueOf } from '../read';
import type { Shape } from '../shapes';
import { shapeOf } from '../tensor';
import { axesRefusal, runtime, sizes } from './rules';

/** Groups, weight and bias that do not go together. */
export function weightRefusal(
  spec: ConvSpec,
  call?: BoundCall,
  weight?: Shape,
  input?: DataShape,
): Refusal | undefined {
  const groups = numberOf(spec.groups);
  const shape = numbersOf(weight ?? weightOf(spec).shape);
  if (call !== undefined) {
    const word = textOf(call, 'padding');
    const wrongWord = word !== undefined && !spec.transposed ? paddingWord(word, spec) : undefined;
    if (groups !== undefined && groups < 1)
      return runtime('torch.groups-positive', 'non-positive groups is not supported', 'groups');
    if (wrongWord !== undefined) return wrongWord;
    if (weight !== undefined && weight.length !== spec.rank + 2) return weightRank(call, spec, weight, input);
  }
  if (groups === undefined || groups < 1 || shape === undefined) return undefined;
  return firstDimension(shape, groups) ?? (call && biasShape(spec, call, shape));
}

function firstDimension(shape: readonly number[], groups: number): Refusal | undefined {
  const first = shape[0] ?? 0;
  const size = `[${shape.join(', ')}]`;
  const given = `Given groups=${groups}, expected weight to be`;
  if (first < groups)
    return runtime(
      'torch.weight-groups',
      `${given} at least ${groups} at dimension 0, but got weight of size ${size} instead`,
      'groups',
    );
  if (first % groups === 0) return undefined;
  return runtime(
    'torch.weight-groups',
    `${given} divisible by ${groups} at dimension 0, but got weight of size [${size}] instead`,
    'groups',
  );
}

function biasShape(spec: ConvSpec, call: BoundCall, weight: readonly number[]): Refusal | undefined {
  const bias = numbersOf(
    shapeOf(valueOf(call, 'bias')) ?? [{ kind: 'unknown', reason: { code: 'no-input', subject: 'bias' } }],
  );
  const expected = numberOf(spec.outChannels);
  if (bias === undefined || expected === undefined || (bias.length === 1 && bias[0] === expected))
    return undefined;
  const given = `Given ${spec.transposed ? 'transposed=1, ' : ''}weight of size [${weight.join(', ')}]`;
  const message = `${given}, expected bias to be 1-dimensional with ${expected} elements, but got bias of size [${bias.join(', ')}] instead`;
  return runtime('torch.bias-shape', message, 'bias');
}

function paddingWord(word: string, spec: ConvSpec): Refusal | undefined {
  if (word !== 'same' && word !== 'valid')
    return runtime('torch.padding-string', `Invalid padding string: '${word}'`, 'padding');
  const isStrided = word === 'same' && spec.stride.some((stride) => (numberOf(stride) ?? 1) !== 1);
  return isStrided
    ? runtime('torch.same-strided', "padding='same' is not supported for strided convolutions", 'padding')
    : undefined;
}

function weightRank(
  call: BoundCall,
  spec: ConvSpec,
  weight: Shape,
  input: DataShape | undefined,
): Refusal | undefined {
  const refusal = axesRefusal(call, spec, weight.length - 2);
  if (refusal !== undefined || input === undefined) return refusal;
  const { batch = exact(1), channels, spatial } = input;
  const data = [batch, channels, ...spatial];
  const expected = `Expected ${weight.length}-dimensional input for ${weight.length}-dimensional weight ${sizes(weight)}`;
  const message = `${expected}, but got ${data.length}-dimensional input of size ${sizes(data)} instead`;
  return runtime('torch.argument-length', message, 'weight');
}
