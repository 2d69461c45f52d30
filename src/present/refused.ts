/** What can be said of a call: less when the framework refuses it, or when its data is that of one layer of many. */
import type { CallSite, InputShape } from '../analysis/report';
import type { ConvLayer } from '../conv/spec';
import { equal } from '../symbolic/arithmetic';
import { numberOf, numbersOf } from '../symbolic/quantity';

/** Whether the framework raises an error at the call, so that it has no output. */
export function isRefused({ findings }: Pick<CallSite, 'findings'>): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/**
 * Whether the layer can have weights of its own number of axes: false for groups that are not positive or do not
 * divide the channels, and for a kernel that is refused.
 */
export function canHaveWeights({ stages }: ConvLayer): boolean {
  return stages.every(({ groups, inChannels, outChannels, kernelSize }) => {
    if (kernelSize.some((size) => size.kind === 'unknown' && size.reason.code === 'invalid')) return false;
    const count = numberOf(groups);
    if (count === undefined) return true;
    const known = [inChannels, outChannels].flatMap((channels) => numbersOf([channels]) ?? []);
    return count > 0 && known.every((channels) => channels % count === 0);
  });
}

/**
 * The data that the figures of a call are for: none when the call is refused, nor when its channels are a formula
 * and the data that of one layer it built, whose figures stand with that layer.
 */
export function acceptedInput(site: Pick<CallSite, 'findings' | 'input' | 'layer'>): InputShape | undefined {
  const { input, layer } = site;
  if (input === undefined || isRefused(site)) return undefined;
  const { inChannels } = layer.stages[0];
  return inChannels.kind === 'formula' && equal(inChannels, input.channels) !== true ? undefined : input;
}
