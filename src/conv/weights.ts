/** The weights a layer owns: names, shapes and the meaning of their axes, in the framework's own layout. */
import { equal, multiply } from '../symbolic/arithmetic';
import { exact, type Quantity } from '../symbolic/quantity';
import { channelsPerGroup } from './axis';
import { multiplierOf } from './kind';
import type { ConvLayer, ConvSpec } from './spec';

/** One learned tensor. */
export interface Weight {
  /** The framework's name: `weight`, `kernel`, `filters`, `bias`. */
  readonly name: string;
  readonly shape: readonly Quantity[];
  /** What each axis counts: `out`, `in`, `in / groups`, `out / groups`, `multiplier`, `depth`, `height`, `width`. */
  readonly axes: readonly string[];
  /** A letter an axis, such as `OIHW`, `DHWIO`, `WIM`; `O` for a bias. */
  readonly layout: string;
  /** Number of elements. */
  readonly elements: Quantity;
  /** False for a bias that the call may or may not have. */
  readonly isCertain: boolean;
}

interface WeightAxis {
  readonly letter: string;
  readonly name: string;
  readonly size: Quantity;
}

/** The weight of every stage, each followed by its bias if it has, or may have, one. */
export function weightsOf(layer: ConvLayer): Weight[] {
  return layer.stages.flatMap((spec) => {
    if (spec.bias === false) return [weightOf(spec)];
    const bias = makeWeight('bias', [{ letter: 'O', name: 'out', size: spec.outChannels }]);
    return [weightOf(spec), { ...bias, isCertain: spec.bias === true }];
  });
}

/** The weight of one stage. Shapes: PyTorch docs, Conv2d and ConvTranspose2d, "Variables"; TensorFlow docs, tf.nn. */
export function weightOf(spec: ConvSpec): Weight {
  const kernel = kernelAxes(spec);
  const isGrouped = equal(spec.groups, exact(1)) !== true;
  const out = { letter: 'O', name: 'out', size: spec.outChannels };
  const input = { letter: 'I', name: 'in', size: spec.inChannels };
  const groupInput = grouped(input, spec.groups, isGrouped);
  switch (spec.weightLayout) {
    case 'OIK':
      return makeWeight(spec.weightName, [out, groupInput, ...kernel]);
    case 'IOK':
      return makeWeight(spec.weightName, [input, grouped(out, spec.groups, isGrouped), ...kernel]);
    case 'KIO':
      return makeWeight(spec.weightName, [...kernel, groupInput, out]);
    case 'KOI':
      return makeWeight(spec.weightName, [...kernel, grouped(out, spec.groups, isGrouped), input]);
    case 'KIM':
      return makeWeight(spec.weightName, [...kernel, input, multiplierAxis(spec)]);
  }
}

function kernelAxes(spec: ConvSpec): WeightAxis[] {
  const names = ['depth', 'height', 'width'].slice(3 - spec.rank);
  const letters = ['D', 'H', 'W'].slice(3 - spec.rank);
  return spec.kernelSize.map((size, index) => ({
    letter: letters[index] ?? 'K',
    name: names[index] ?? 'kernel',
    size,
  }));
}

function grouped(axis: WeightAxis, groups: Quantity, isGrouped: boolean): WeightAxis {
  return isGrouped
    ? { ...axis, name: `${axis.name} / groups`, size: channelsPerGroup(axis.size, groups) }
    : axis;
}

function multiplierAxis(spec: ConvSpec): WeightAxis {
  return { letter: 'M', name: 'multiplier', size: multiplierOf(spec) };
}

function makeWeight(name: string, axes: readonly WeightAxis[]): Weight {
  const shape = axes.map(({ size }) => size);
  return {
    name,
    shape,
    axes: axes.map((axis) => axis.name),
    layout: axes.map(({ letter }) => letter).join(''),
    elements: multiply(...shape),
    isCertain: true,
  };
}
