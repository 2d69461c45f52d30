/** Calls that the framework refuses: what can still be said of them. */
import type { CallSite, InputShape } from '../analysis/report';
import type { ConvLayer } from '../conv/spec';
import { numberOf, numbersOf } from '../symbolic/quantity';

/** Whether the framework raises an error at the call, so that it has no output. */
export function isRefused({ findings }: Pick<CallSite, 'findings'>): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** Whether the layer can have weights: false only for groups that are not positive or do not divide the channels. */
export function canHaveWeights({ stages }: ConvLayer): boolean {
  return stages.every(({ groups, inChannels, outChannels }) => {
    const count = numberOf(groups);
    if (count === undefined) return true;
    const known = [inChannels, outChannels].flatMap((channels) => numbersOf([channels]) ?? []);
    return count > 0 && known.every((channels) => channels % count === 0);
  });
}

/** The data of a call that has an output. */
export function acceptedInput(site: Pick<CallSite, 'findings' | 'input'>): InputShape | undefined {
  return isRefused(site) ? undefined : site.input;
}
