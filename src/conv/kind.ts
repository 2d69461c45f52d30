/** What sort of convolution a layer is, from its channels, groups and kernel. */
import { compare, divideExactly, equal } from '../symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../symbolic/quantity';
import type { ConvLayer, ConvSpec } from './spec';

/** `unknown` when more than one is possible. */
export type Kind =
  'standard' | 'pointwise' | 'grouped' | 'depthwise' | 'separable' | 'transposed' | 'unknown';

/** How channels are grouped, told apart from everything else. */
export type Grouping = 'standard' | 'grouped' | 'depthwise' | 'unknown';

/** A layer's kind and what goes with it. */
export interface LayerKind {
  readonly kind: Kind;
  /** Of the first stage. */
  readonly grouping: Grouping;
  /** The groupings that remain possible; one when it is decided. */
  readonly possible: readonly Exclude<Grouping, 'unknown'>[];
  readonly transposed: boolean;
  /** Whether every kernel size is 1; `undefined` when that cannot be told. */
  readonly isPointwise: boolean | undefined;
  /** Output channels an input channel; present for depthwise and separable layers. */
  readonly multiplier?: Quantity;
}

/**
 * The kind of a layer. `standard` has one group; `pointwise` is that with a kernel of one element; `grouped` has more
 * groups than one and fewer than input channels; `depthwise` has as many groups as input channels (the definition of
 * PyTorch's docs, Conv2d, "groups"), which also holds for formulas: `groups=dim` of `dim` channels is depthwise
 * whatever `dim` is. A layer of two stages is `separable`, a transposed one `transposed`.
 */
export function kindOf(layer: ConvLayer): LayerKind {
  const [first, second] = layer.stages;
  const possible = possibleGroupings(first);
  const [only, ...others] = possible;
  const grouping: Grouping = only === undefined || others.length > 0 ? 'unknown' : only;
  const isPointwise = isPointwiseKernel(first);
  const kind = second === undefined ? kindOfStage(first, grouping, isPointwise) : 'separable';
  const common = { kind, grouping, possible, transposed: first.transposed, isPointwise };
  const hasMultiplier = kind === 'separable' || grouping === 'depthwise';
  return hasMultiplier ? { ...common, multiplier: multiplierOf(first) } : common;
}

/** Output channels an input channel of a depthwise convolution: stated, or outChannels / inChannels. */
export function multiplierOf(spec: ConvSpec): Quantity {
  return spec.depthMultiplier ?? divideExactly(spec.outChannels, spec.inChannels);
}

function kindOfStage(spec: ConvSpec, grouping: Grouping, isPointwise: boolean | undefined): Kind {
  if (spec.transposed) return 'transposed';
  return grouping === 'standard' && isPointwise === true ? 'pointwise' : grouping;
}

function possibleGroupings(spec: ConvSpec): Exclude<Grouping, 'unknown'>[] {
  if (spec.depthMultiplier !== undefined || spec.weightLayout === 'KIM') return ['depthwise'];
  const { groups, inChannels } = spec;
  if (equal(groups, exact(1)) === true) return ['standard'];
  if (compare(groups, exact(1)) === -1) return [];
  const isOne = equal(groups, exact(1));
  const perGroup = numberOf(divideExactly(inChannels, groups));
  if (perGroup === 1) return ['depthwise'];
  if (perGroup !== undefined && perGroup > 1) return isOne === false ? ['grouped'] : ['standard', 'grouped'];
  if (isOne === false) {
    const isFewer = compare(groups, inChannels);
    return isFewer === undefined ? ['grouped', 'depthwise'] : isFewer < 0 ? ['grouped'] : [];
  }
  return ['standard', 'grouped', 'depthwise'];
}

function isPointwiseKernel(spec: ConvSpec): boolean | undefined {
  const ones = spec.kernelSize.map((size) => equal(size, exact(1)));
  if (ones.includes(false)) return false;
  return ones.includes(undefined) ? undefined : true;
}
