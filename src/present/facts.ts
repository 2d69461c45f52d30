/** The figures of a layer as named lines, each with the formula behind it: for the card and for the panel. */
import type { CallSite, InputShape } from '../analysis/report';
import type { Cost } from '../conv/cost';
import { costOf } from '../conv/cost';
import type { ConvLayer, ConvSpec, DataShape } from '../conv/spec';
import { weightsOf } from '../conv/weights';
import { add, multiply } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact, numberOf } from '../symbolic/quantity';
import { show, showFactor } from '../symbolic/show';
import { acceptedInput, canHaveWeights, isRefused } from './refused';
import { bytesText, dataShape, hasBatchAxis, layoutWord, shapeText, spatialSymbols } from './words';

/** One figure. All parts are plain text. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** The formula with its numbers, or another explanation. */
  readonly detail?: string;
  /** What the figure counts, such as `for each output position`, when that is not the whole data. */
  readonly scope?: string;
}

/** How FLOPs are counted: two for each multiply-accumulate, with or without one for each bias addition. */
export type FlopsConvention = '2*macs' | '2*macs+bias';

const FLOAT_BYTES = 4;

/** The figures of a call in the order of the card; of one that the framework refuses, those that still hold. */
export function siteFacts(site: CallSite, flops: FlopsConvention): Fact[] {
  if (!isRefused(site)) return layerFacts(site.layer, acceptedInput(site), flops);
  return canHaveWeights(site.layer)
    ? [...weightFacts(site.layer), parameterFact(site.layer, costOf(site.layer))]
    : [];
}

/** All figures of a layer in the order of the card; `input` is absent when the data is not known. */
export function layerFacts(layer: ConvLayer, input: InputShape | undefined, flops: FlopsConvention): Fact[] {
  const data = input ?? symbolicInput(layer);
  const cost = costOf(layer, data);
  return [
    ...weightFacts(layer),
    parameterFact(layer, cost),
    outputFact(layer, input, cost),
    ...macFacts(layer, input, cost, flops),
    ...memoryFacts(input, cost),
  ];
}

/** The shapes of the weights and the bias. */
function weightFacts(layer: ConvLayer): Fact[] {
  const facts = weightsOf(layer).map((weight) => ({
    name: weight.name,
    value: !weight.isCertain ? `${shapeText(weight.shape)} or none` : shapeText(weight.shape),
    detail: weight.name === 'bias' ? undefined : `${weight.layout}: ${weight.axes.join(', ')}`,
  }));
  const last = layer.stages[layer.stages.length - 1] ?? layer.stages[0];
  return last.bias === false ? [...facts, { name: 'bias', value: 'none' }] : facts;
}

/** The number of parameters with the product of the weights' sizes: `9 × 1 × 3 × 3 + 9 = 90`. */
function parameterFact(layer: ConvLayer, cost: Pick<Cost, 'params'>): Fact {
  const weights = weightsOf(layer);
  const formula = weights.map(({ shape }) => product(shape)).join(' + ');
  const isUncertain = weights.some(({ isCertain }) => !isCertain);
  if (isUncertain)
    return { name: 'parameters', value: '?', detail: `${formula}, the last part if there is a bias` };
  return { name: 'parameters', value: show(cost.params), detail: formula };
}

/** Sizes joined by multiplication signs; what is not known is a question mark. */
export function product(factors: readonly Quantity[]): string {
  return factors.map((factor) => (factors.length > 1 ? showFactor(factor) : show(factor))).join(' × ');
}

/** Data with symbols for its sizes, for formulas where nothing was applied. */
export function symbolicInput(layer: ConvLayer): DataShape {
  const [spec] = layer.stages;
  return { channels: spec.inChannels, spatial: spatialSymbols(spec.rank) };
}

function outputFact(layer: ConvLayer, input: InputShape | undefined, { output }: Cost): Fact {
  const [spec] = layer.stages;
  if (output === undefined) return { name: 'output', value: '?' };
  const isBatched = hasBatchAxis(spec, input);
  const word = layoutWord(spec.rank, spec.dataLayout).slice(isBatched ? 0 : 1);
  const from = shapeText(dataShape(input ?? symbolicInput(layer), spec.dataLayout, isBatched));
  const assumed = input?.isAssumed === true ? 'assumed input' : 'input';
  return {
    name: 'output',
    value: shapeText(dataShape(output, spec.dataLayout, isBatched)),
    detail: `${word}, from ${assumed} ${from}`,
  };
}

/** MACs, FLOPs and bias additions: of the whole data, or for one position when the data is not known. */
function macFacts(
  layer: ConvLayer,
  input: InputShape | undefined,
  cost: Cost,
  convention: FlopsConvention,
): Fact[] {
  const isCounted = cost.macs !== undefined && cost.macs.kind !== 'unknown' && input !== undefined;
  const position = layer.stages[0].transposed ? 'input position' : 'output position';
  const scope = isCounted ? batchText(input) : `for each ${position}`;
  const macs = (isCounted ? cost.macs : undefined) ?? cost.macsPerPosition;
  const biasAdds = isCounted ? cost.biasAdds : layer.stages[0].transposed ? undefined : cost.biases;
  const withBias = convention === '2*macs+bias' && biasAdds !== undefined && hasBias(layer);
  const flops = add(multiply(exact(2), macs), withBias ? biasAdds : exact(0));
  const facts: Fact[] = [
    {
      name: 'MACs',
      value: show(macs),
      detail: macFormula(layer, isCounted ? input : undefined, cost),
      scope,
    },
  ];
  if (flops.kind !== 'unknown') {
    facts.push({
      name: 'FLOPs',
      value: show(flops),
      detail: withBias ? '2 × MACs + bias additions' : '2 × MACs',
    });
  }
  if (hasBias(layer) && biasAdds !== undefined && biasAdds.kind !== 'unknown') {
    facts.push({ name: 'bias additions', value: show(biasAdds) });
  }
  return facts;
}

function batchText({ batch }: InputShape): string | undefined {
  return batch === undefined || numberOf(batch) === 1 ? undefined : `for the batch of ${show(batch)}`;
}

/** The multiplications with their numbers: weights, times positions and samples when there is data. */
function macFormula(layer: ConvLayer, input: InputShape | undefined, { output }: Cost): string {
  const weights = weightsOf(layer).filter(({ name }) => name !== 'bias');
  const terms = weights.map(({ shape }) => product(shape)).join(' + ');
  const data = layer.stages[0].transposed ? input : output;
  if (input === undefined || data === undefined) return terms;
  const batch = input.batch === undefined || numberOf(input.batch) === 1 ? [] : [input.batch];
  return `${weights.length > 1 ? `(${terms})` : terms} × ${product([...data.spatial, ...batch])}`;
}

/** Memory of the parameters and, for sizes that are numbers, of the data; none when the parameters are not known. */
function memoryFacts(input: InputShape | undefined, cost: Cost): Fact[] {
  if (cost.params.kind === 'unknown') return [];
  const data = [cost.inputElements, cost.outputElements].map((elements) => elements && numberOf(elements));
  const [read, written] = input === undefined ? [] : data;
  const parts = [`weights ${bytesText(cost.params, FLOAT_BYTES)}`];
  if (read !== undefined) parts.push(`input ${bytesText(exact(read), FLOAT_BYTES)}`);
  if (written !== undefined) parts.push(`output ${bytesText(exact(written), FLOAT_BYTES)}`);
  return [{ name: 'memory', value: parts.join(', '), detail: 'float32' }];
}

function hasBias(layer: ConvLayer): boolean {
  const last: ConvSpec = layer.stages[1] ?? layer.stages[0];
  return last.bias === true;
}
