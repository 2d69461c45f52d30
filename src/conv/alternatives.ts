/** Other layers that would take the same input to an output of the same shape, with their costs beside this one's. */
import { equal } from '../symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../symbolic/quantity';
import { type Cost, costOf } from './cost';
import { kindOf, multiplierOf } from './kind';
import type { ConvLayer, ConvSpec, DataShape, WeightLayout } from './spec';

/** A layer in place of another. */
export interface Alternative {
  readonly name: 'standard' | 'separable';
  readonly layer: ConvLayer;
  readonly cost: Cost;
  /** Weights (biases apart) of the alternative over those of the layer; absent unless both are numbers. */
  readonly weightRatio?: number;
  /** Multiply-accumulates of the alternative over those of the layer; absent unless both are numbers. */
  readonly macRatio?: number;
}

/**
 * The standard convolution and the depthwise-separable one with the layer's channels, window and bias, as far as
 * they differ from it. None is made of what would need another kind of layer: a separable one of a transposed, a
 * pointwise or an unpadded non-zero mode is left out where it does not exist.
 */
export function alternativesOf(layer: ConvLayer, input?: DataShape): Alternative[] {
  const { kind, grouping, isPointwise } = kindOf(layer);
  const own = costOf(layer, input);
  const alternatives: Alternative[] = [];
  if (kind === 'separable' || (grouping !== 'standard' && grouping !== 'unknown')) {
    alternatives.push(alternative('standard', standardLayer(layer), own, input));
  }
  if (kind !== 'separable' && kind !== 'transposed' && kind !== 'unknown' && isPointwise === false) {
    alternatives.push(alternative('separable', separableLayer(layer), own, input));
  }
  return alternatives;
}

/** One convolution of one group with the layer's channels, window and bias. */
export function standardLayer(layer: ConvLayer): ConvLayer {
  const [first, second] = layer.stages;
  const last = second ?? first;
  const weightLayout: WeightLayout = first.weightLayout === 'KIM' ? 'KIO' : first.weightLayout;
  return {
    stages: [
      {
        ...first,
        outChannels: last.outChannels,
        groups: exact(1),
        depthMultiplier: undefined,
        bias: last.bias,
        weightLayout,
      },
    ],
  };
}

/**
 * A depthwise convolution with the layer's window and one filter a channel, or as many as a depthwise layer has,
 * without a bias, then a pointwise one to the layer's output channels with its bias.
 */
export function separableLayer(layer: ConvLayer): ConvLayer {
  const [first, second] = layer.stages;
  if (second !== undefined) return layer;
  const isDepthwise = kindOf(layer).grouping === 'depthwise';
  const middle = isDepthwise ? first.outChannels : first.inChannels;
  const depthwise: ConvSpec = {
    ...first,
    outChannels: middle,
    groups: first.inChannels,
    bias: false,
    depthMultiplier: isDepthwise ? multiplierOf(first) : exact(1),
  };
  return { stages: [depthwise, pointwiseAfter(first, middle)] };
}

function pointwiseAfter(first: ConvSpec, inChannels: Quantity): ConvSpec {
  const ones = first.kernelSize.map(() => exact(1));
  const zeros = first.kernelSize.map(() => exact(0));
  return {
    ...first,
    depthMultiplier: undefined,
    paddingWord: undefined,
    inChannels,
    kernelSize: ones,
    stride: ones,
    dilation: ones,
    padding: { kind: 'explicit', before: zeros, after: zeros },
    paddingMode: 'zeros',
    outputPadding: zeros,
    groups: exact(1),
    weightLayout: first.weightLayout === 'KIM' ? 'KIO' : first.weightLayout,
  };
}

function alternative(name: Alternative['name'], layer: ConvLayer, own: Cost, input?: DataShape): Alternative {
  const cost = costOf(layer, input);
  const weightRatio = ratio(cost.weights, own.weights);
  const macRatio = ratio(cost.macs ?? cost.macsPerPosition, own.macs ?? own.macsPerPosition);
  return {
    name,
    layer,
    cost,
    ...(weightRatio === undefined ? {} : { weightRatio }),
    ...(macRatio === undefined ? {} : { macRatio }),
  };
}

function ratio(a: Quantity, b: Quantity): number | undefined {
  if (equal(b, exact(0)) === true) return undefined;
  const [dividend, divisor] = [numberOf(a), numberOf(b)];
  return dividend === undefined || divisor === undefined ? undefined : dividend / divisor;
}
