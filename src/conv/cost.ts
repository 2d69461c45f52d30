/** What a layer costs: parameters, multiply-accumulates, activations. */
import { add, multiply } from '../symbolic/arithmetic';
import { exact, numberOf, numbersOf, type Quantity, unknown } from '../symbolic/quantity';
import { outputLength, product, sameOutputLength, transposedOutputLength } from './axis';
import { type Geometry, type GeometryProblem, type InputSize, resolveStages } from './geometry';
import type { ConvLayer, ConvSpec, DataShape, Padding } from './spec';
import { usefulProducts } from './taps';
import { weightOf } from './weights';

/**
 * The cost of a layer. Figures of the data are for the input as given: for the whole batch when it has one, for one
 * sample otherwise; they are absent without an input.
 */
export interface Cost {
  /** Elements of all weights, biases apart. */
  readonly weights: Quantity;
  readonly biases: Quantity;
  /** Weights and biases. */
  readonly params: Quantity;
  /** The batch the figures below are for; absent: one sample. */
  readonly batch?: Quantity;
  readonly output?: DataShape;
  /** Dense multiply-accumulates: products with padding are counted, as every counter does. */
  readonly macs?: Quantity;
  /** Multiply-accumulates an output position; an input position for a transposed convolution. */
  readonly macsPerPosition: Quantity;
  /** Two for each multiply-accumulate, without bias additions (the convention of torch.utils.flop_counter). */
  readonly flops?: Quantity;
  /** One addition for each output element of a stage with a bias. */
  readonly biasAdds?: Quantity;
  /** Multiply-accumulates without products with padding zeros or into cropped cells; only for numbers. */
  readonly usefulMacs?: number;
  /** Elements to keep for the parameters: `params`. */
  readonly weightElements: Quantity;
  readonly inputElements?: Quantity;
  readonly outputElements?: Quantity;
}

/**
 * The cost of the layer, over `input` when that is given. Formulas: weights = outChannels·(inChannels/groups)·Πkernel;
 * macs = batch·Πoutput·weights for a forward convolution and batch·Πinput·weights for a transposed one.
 * Source: torch/utils/flop_counter.py, `conv_flop_count`, halved.
 */
export function costOf(layer: ConvLayer, input?: DataShape): Cost {
  const weights = add(...layer.stages.map((spec) => weightOf(spec).elements));
  const biases = add(...layer.stages.map(biasElements));
  const params = add(weights, biases);
  const fixed = { weights, biases, params, macsPerPosition: weights, weightElements: params };
  return input === undefined ? fixed : { ...fixed, ...costOfData(layer, input) };
}

/**
 * Shape of the layer's output. Sizes are exact, formulas of the input's, or unknown; a size the layer cannot have
 * because its kernel does not fit is unknown as invalid.
 */
export function outputShape(layer: ConvLayer, input: DataShape): DataShape {
  return layer.stages.reduce(stageOutput, input);
}

function costOfData(layer: ConvLayer, input: DataShape): Partial<Cost> {
  const shapes = [input];
  for (const spec of layer.stages) shapes.push(stageOutput(shapes.at(-1) ?? input, spec));
  const output = shapes.at(-1) ?? input;
  const macs = add(...layer.stages.map((spec, stage) => stageMacs(spec, shapes[stage], shapes[stage + 1])));
  const biasAdds = add(...layer.stages.map((spec, stage) => stageBiasAdds(spec, shapes[stage + 1])));
  return {
    batch: input.batch,
    output,
    macs,
    flops: multiply(exact(2), macs),
    biasAdds,
    usefulMacs: usefulMacs(layer, input),
    inputElements: elements(input),
    outputElements: elements(output),
  };
}

function stageOutput(input: DataShape, spec: ConvSpec): DataShape {
  const spatial = input.spatial.map((size, index) => axisOutput(spec, index, size));
  return { batch: input.batch, channels: spec.outChannels, spatial };
}

function axisOutput(spec: ConvSpec, index: number, input: Quantity): Quantity {
  const [kernel, stride, dilation] = [spec.kernelSize, spec.stride, spec.dilation].map((list) => list[index]);
  if (kernel === undefined || stride === undefined || dilation === undefined) return missing();
  const window = { kernel, stride, dilation };
  return possibleLength(lengthUnder(spec.padding, window, spec.transposed, index, input));
}

function lengthUnder(
  padding: Padding,
  window: { readonly kernel: Quantity; readonly stride: Quantity; readonly dilation: Quantity },
  transposed: boolean,
  index: number,
  input: Quantity,
): Quantity {
  switch (padding.kind) {
    case 'unknown':
      return padding;
    case 'same':
      return sameOutputLength(input, window.stride, transposed);
    case 'fromOutput':
      return padding.output[index] ?? missing();
    case 'explicit': {
      const before = padding.before[index] ?? missing();
      const after = padding.after[index] ?? missing();
      const length = transposed ? transposedOutputLength : outputLength;
      return length(input, { ...window, before, after });
    }
  }
}

function possibleLength(length: Quantity): Quantity {
  if (length.kind !== 'exact' || length.value > 0) return length;
  return unknown({ code: 'invalid', subject: `an output of ${length.value} elements` });
}

function missing(): Quantity {
  return unknown({ code: 'missing-argument', subject: 'a size for each axis' });
}

function biasElements(spec: ConvSpec): Quantity {
  if (typeof spec.bias !== 'boolean') return spec.bias;
  return spec.bias ? spec.outChannels : exact(0);
}

function stageMacs(spec: ConvSpec, input: DataShape | undefined, output: DataShape | undefined): Quantity {
  const data = spec.transposed ? input : output;
  if (data === undefined) return missing();
  return multiply(data.batch ?? exact(1), product(data.spatial), weightOf(spec).elements);
}

function stageBiasAdds(spec: ConvSpec, output: DataShape | undefined): Quantity {
  if (spec.bias === false) return exact(0);
  if (spec.bias !== true) return spec.bias;
  return output === undefined ? missing() : elements(output);
}

function elements(shape: DataShape): Quantity {
  return multiply(shape.batch ?? exact(1), shape.channels, product(shape.spatial));
}

function usefulMacs(layer: ConvLayer, input: DataShape): number | undefined {
  const size = sizeOf(input);
  const geometries = size === undefined ? undefined : resolveStages(layer, size);
  if (geometries === undefined || isProblem(geometries)) return undefined;
  const total = geometries.reduce((sum, geometry) => sum + usefulProducts(geometry), 0);
  return Number.isSafeInteger(total) ? total : undefined;
}

function sizeOf(shape: DataShape): InputSize | undefined {
  const spatial = numbersOf(shape.spatial);
  const batch = numberOf(shape.batch ?? exact(1));
  return spatial === undefined || batch === undefined ? undefined : { batch, spatial };
}

function isProblem(geometries: Geometry[] | GeometryProblem): geometries is GeometryProblem {
  return 'problem' in geometries;
}
