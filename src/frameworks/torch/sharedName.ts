/** Channels and groups of unknown size that one call gives by the same name. */
import { symbol, type Quantity } from '../../symbolic/quantity';
import type { BoundCall } from '../library';
import { integerOf, valueOf } from '../read';

type Parameter = 'in_channels' | 'out_channels' | 'groups';

/** A name or a chain of attributes, which has one value in one call. */
const NAME = /^[\p{L}_][\p{L}\d_]*(\.[\p{L}_][\p{L}\d_]*)*$/u;

/**
 * The channels and groups of a layer. `groups=cfg.dim` beside `in_channels=cfg.dim` is depthwise whatever `cfg.dim`
 * is, so a name that stands for the groups and for channels of this call becomes a symbol when it is not known.
 */
export function channelsAndGroups(call: BoundCall): { readonly [P in Parameter]: Quantity } {
  const shared = nameOf(call, 'groups');
  const isShared = shared !== undefined && nameOf(call, 'in_channels') === shared;
  const { uri, span } = call.context.place;
  const key = `${uri}#${span.start.line}:${span.start.character} ${shared}`;
  const read = (parameter: Parameter): Quantity =>
    isShared && nameOf(call, parameter) === shared ? symbol(shared, key) : integerOf(call, parameter);
  return { in_channels: read('in_channels'), out_channels: read('out_channels'), groups: read('groups') };
}

/** The name that an argument of the call is, when its value is not known. */
function nameOf(call: BoundCall, parameter: Parameter): string | undefined {
  const source = call.values.get(parameter)?.source;
  if (source === undefined || call.context.call?.arguments.includes(source) !== true) return undefined;
  if (valueOf(call, parameter).kind !== 'unknown') return undefined;
  const text = call.context.frame.unit.textOf(source.value.span);
  return NAME.test(text) ? text : undefined;
}
