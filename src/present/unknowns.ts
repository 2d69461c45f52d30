/** The parts of a layer that are unknown, grouped by the reason they share. */
import type { ConvLayer, ConvSpec } from '../conv/spec';
import type { Place } from '../symbolic/place';
import type { Quantity, Unknown } from '../symbolic/quantity';
import { firstUnknown } from '../symbolic/quantity';
import { explain } from '../symbolic/reason';
import { enumerate } from './words';

/** A part of a layer that is unknown. */
export interface UnknownPart {
  readonly what: string;
  readonly unknown: Unknown;
}

/** Parts that are unknown for one reason. */
export interface UnknownGroup {
  /** Such as `input channels and groups`. */
  readonly what: string;
  /** A clause without a final stop; it may quote source. */
  readonly because: string;
  readonly place?: Place;
}

/** Every unknown part of the layer, named as the cards name it. */
export function unknownParts(layer: ConvLayer): UnknownPart[] {
  const [first, second] = layer.stages;
  if (second === undefined) return partsOf(first);
  const later = partsOf(second).filter(({ what }) => what === 'output channels' || what === 'bias');
  const earlier = partsOf(first).filter(({ what }) => what !== 'output channels' && what !== 'bias');
  return [...earlier, ...later];
}

/** Whether a part of the layer is unknown only because the analysis was cut short; a longer one may tell. */
export function isCutShort(layer: ConvLayer): boolean {
  return unknownParts(layer).some(({ unknown }) => unknown.reason.code === 'budget');
}

/** The unknown parts of the layer, those with the same reason together. */
export function unknownGroups(layer: ConvLayer): UnknownGroup[] {
  const groups = new Map<string, { parts: string[]; unknown: Unknown }>();
  for (const { what, unknown } of unknownParts(layer)) {
    const key = JSON.stringify(unknown.reason);
    const group = groups.get(key) ?? { parts: [], unknown };
    group.parts.push(what);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ parts, unknown: { reason } }) => ({
    what: enumerate(parts),
    because: explain(reason),
    place: reason.place,
  }));
}

function partsOf(spec: ConvSpec): UnknownPart[] {
  const lists: readonly (readonly [string, readonly Quantity[]])[] = [
    ['input channels', [spec.inChannels]],
    ['output channels', [spec.outChannels]],
    ['kernel size', spec.kernelSize],
    ['stride', spec.stride],
    ['padding', paddingQuantities(spec)],
    ['dilation', spec.dilation],
    ['groups', [spec.groups]],
    ['output padding', spec.outputPadding],
  ];
  const parts = lists.flatMap(([what, quantities]) => part(what, firstUnknown(quantities)));
  const mode = typeof spec.paddingMode === 'string' ? undefined : spec.paddingMode;
  const bias = typeof spec.bias === 'boolean' ? undefined : spec.bias;
  return [...parts, ...part('padding mode', mode), ...part('bias', bias)];
}

function paddingQuantities({ padding }: ConvSpec): readonly Quantity[] {
  if (padding.kind === 'unknown') return [padding];
  if (padding.kind === 'explicit') return [...padding.before, ...padding.after];
  return padding.kind === 'fromOutput' ? padding.output : [];
}

function part(what: string, unknown: Unknown | undefined): UnknownPart[] {
  return unknown === undefined ? [] : [{ what, unknown }];
}
