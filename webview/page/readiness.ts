/** Whether a layer can be verified: the job to run, what is missing, or why the framework would refuse it. */
import type { ConvSpec } from '../../src/conv/spec';
import type { VerifyJob } from '../../src/conv/verification';
import type { LayerContent } from '../../src/protocol/visualiser';
import { numbersOf, type Quantity } from '../../src/symbolic/quantity';
import { isRefused } from './map/stages';
import { show } from '../../src/symbolic/show';
import { whyNoNumber } from './wording';

/** A part of the layer that is no number, and why. */
export interface MissingPart {
  readonly what: string;
  readonly because: string;
}

/** What can be done about verifying a layer. */
export type Readiness =
  | { readonly kind: 'ready'; readonly job: VerifyJob }
  | { readonly kind: 'unknown'; readonly missing: readonly MissingPart[] }
  | { readonly kind: 'invalid'; readonly message: string };

/** The largest data, in positions, on which the split proof runs; beyond it a smaller size does as well. */
const MAX_POSITIONS = 4096;

/** What can be done about verifying the layer on show. */
export function readinessOf({ layer, input, findings }: LayerContent): Readiness {
  const refused = layer.stages.find(isRefused);
  if (refused !== undefined) return { kind: 'invalid', message: refusal(refused) };
  const isError = findings.some(({ severity }) => severity === 'error');
  if (isError)
    return { kind: 'invalid', message: 'The framework refuses this call; the error above says why.' };
  const missing = layer.stages.flatMap(missingParts);
  if (missing.length > 0) return { kind: 'unknown', missing: merge(missing) };
  return { kind: 'ready', job: { layer, spatial: spatialOf(input?.spatial ?? []) } };
}

/** Why the channels of a convolution make no map. */
export function refusal({ inChannels, outChannels, groups }: ConvSpec): string {
  return `${show(groups)} groups do not split ${show(inChannels)} input and ${show(outChannels)} output channels into equal parts.`;
}

/** Who reads whom does not depend on stride and padding, so those may stay unknown. */
function missingParts(spec: ConvSpec): MissingPart[] {
  const quantities: readonly [string, readonly Quantity[]][] = [
    ['input channels', [spec.inChannels]],
    ['output channels', [spec.outChannels]],
    ['groups', [spec.groups]],
    ['kernel size', spec.kernelSize],
    ['dilation', spec.dilation],
  ];
  return quantities.flatMap(([what, list]) => {
    const because = list.map(whyNoNumber).find((reason) => reason !== undefined);
    return because === undefined ? [] : [{ what, because }];
  });
}

/** Parts that lack a number for the same reason become one: `input channels, groups`. */
function merge(parts: readonly MissingPart[]): MissingPart[] {
  const byReason = new Map<string, Set<string>>();
  for (const { what, because } of parts)
    byReason.set(because, (byReason.get(because) ?? new Set()).add(what));
  return [...byReason].map(([because, names]) => ({ what: [...names].join(', '), because }));
}

function spatialOf(spatial: readonly Quantity[]): readonly number[] | undefined {
  const numbers = numbersOf(spatial);
  if (numbers === undefined || numbers.length === 0) return undefined;
  return numbers.reduce((product, size) => product * size, 1) <= MAX_POSITIONS ? numbers : undefined;
}
