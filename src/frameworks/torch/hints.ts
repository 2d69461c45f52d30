/** Calls that PyTorch accepts and that probably mean something else: arguments in a neighbour's place. */
import type { ConvSpec } from '../../conv/spec';
import { numberOf } from '../../symbolic/quantity';
import type { Finding } from '../evaluation';
import type { BoundCall } from '../library';
import { placeOf } from '../read';

/** Hints about positional order; they never change a figure. */
export function hints(call: BoundCall, spec: ConvSpec): Finding[] {
  return [biasIsNumber(call, spec), dilationIsChannels(call, spec)].filter((hint) => hint !== undefined);
}

/** `ConvTranspose2d(8, 8, 3, 1, 0, 0, 1, 2)`: the eighth argument is `bias`, not `dilation`. */
function biasIsNumber(call: BoundCall, spec: ConvSpec): Finding | undefined {
  const bias = call.values.get('bias');
  if (bias?.value.kind !== 'int' || bias.value.value < 2 || bias.source?.form !== 'positional')
    return undefined;
  const order = spec.transposed ? 'groups, bias, dilation' : 'dilation, groups, bias';
  const message = `bias=${bias.value.value} is only "true" here: the order is ${order}`;
  return { code: 'hint.bias-is-number', severity: 'warning', message, place: placeOf(call, 'bias') };
}

/** `Conv2d(8, 8, 3, 1, 1, 8)`: the sixth argument is `dilation`, not `groups`. */
function dilationIsChannels(call: BoundCall, spec: ConvSpec): Finding | undefined {
  const dilation = call.values.get('dilation');
  const channels = numberOf(spec.inChannels);
  const value = dilation?.value.kind === 'int' ? dilation.value.value : undefined;
  const isSame = value !== undefined && value === channels && value > 1;
  if (!isSame || spec.transposed || dilation?.source?.form !== 'positional') return undefined;
  const message = `dilation=${value} equals in_channels: the sixth argument is dilation; a depthwise layer needs groups=${value}`;
  return {
    code: 'hint.dilation-is-channels',
    severity: 'warning',
    message,
    place: placeOf(call, 'dilation'),
  };
}
