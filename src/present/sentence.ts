/** Which channel reads which, in one plain sentence. */
import { kindOf, multiplierOf } from '../conv/kind';
import type { ConvLayer, ConvSpec } from '../conv/spec';
import { divideExactly } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { numberOf } from '../symbolic/quantity';
import { show } from '../symbolic/show';
import { count, is } from './words';

/** How many groups are spelt out before the rest is left to an ellipsis. */
const SPELT_GROUPS = 3;

/** What reads what, as one sentence without a final stop; says so when it cannot be told. */
export function channelSentence(layer: ConvLayer): string {
  const [first, second] = layer.stages;
  if (second === undefined) return stageSentence(layer);
  const each = `first ${depthwiseSentence(first).replace(/[:;].*/, '')}`;
  const isOpen = first.outChannels.kind === 'unknown';
  const results = isOpen ? 'results' : count(first.outChannels, 'result');
  return `${each}; then each of ${count(second.outChannels, 'pointwise filter')} mixes all ${results}`;
}

function stageSentence(layer: ConvLayer): string {
  const [spec] = layer.stages;
  const problem = groupingProblem(spec);
  if (problem !== undefined) return problem;
  const { grouping, kind } = kindOf(layer);
  if (grouping === 'unknown' && spec.groups.kind === 'formula') return groupedSentence(spec);
  if (grouping === 'unknown')
    return 'which channels feed which cannot be told, because the groups are not known';
  if (grouping === 'depthwise') return depthwiseSentence(spec);
  if (grouping === 'grouped') return groupedSentence(spec);
  return spec.transposed ? transposedSentence(spec) : standardSentence(spec, kind === 'pointwise');
}

/** The sentence for groups that cannot be: not positive, or not dividing the channels. */
function groupingProblem({ inChannels, outChannels, groups }: ConvSpec): string | undefined {
  const number = numberOf(groups);
  if (number === undefined) return undefined;
  if (number < 1) return `no channel map: ${number} groups are not possible`;
  const isUneven = (channels: Quantity) => (numberOf(channels) ?? 0) % number !== 0;
  if (isUneven(inChannels))
    return `no channel map: ${show(inChannels)} input channels cannot be shared evenly by ${number} groups`;
  if (isUneven(outChannels))
    return `no channel map: ${show(outChannels)} output channels cannot be shared evenly by ${number} groups`;
  return undefined;
}

function standardSentence({ inChannels, outChannels }: ConvSpec, isPointwise: boolean): string {
  const some = outChannels.kind === 'unknown' ? 'each filter' : `each of ${count(outChannels, 'filter')}`;
  const filters = is(outChannels, 1) ? 'the one filter' : some;
  const verb = isPointwise ? 'mixes' : 'reads';
  if (is(inChannels, 1)) return `${filters} ${verb} the one input channel`;
  const place = isPointwise ? ', one position at a time' : '';
  if (inChannels.kind === 'unknown')
    return `${filters} ${verb} all input channels, whose number is not known${place}`;
  return `${filters} ${verb} all ${count(inChannels, 'input channel')}${place}`;
}

function transposedSentence({ inChannels, outChannels }: ConvSpec): string {
  const some =
    inChannels.kind === 'unknown' ? 'each input channel' : `each of ${count(inChannels, 'input channel')}`;
  const inputs = is(inChannels, 1) ? 'the one input channel' : some;
  const all =
    outChannels.kind === 'unknown' ? 'all output channels' : `all ${count(outChannels, 'output channel')}`;
  const outputs = is(outChannels, 1) ? 'the one output channel' : all;
  return `${inputs} is spread into ${outputs}`;
}

function depthwiseSentence(spec: ConvSpec): string {
  const { inChannels, transposed } = spec;
  const product = transposed ? 'output channel' : 'filter';
  const multiplier = multiplierOf(spec);
  const own = is(multiplier, 1);
  if (numberOf(inChannels) === undefined || numberOf(multiplier) === undefined) {
    const channels =
      inChannels.kind === 'unknown' ? 'each input channel' : `each of ${count(inChannels, 'channel')}`;
    return own
      ? `${channels} has its own ${product}`
      : `${channels} feeds ${count(multiplier, product)} of its own`;
  }
  if (own) return `each of ${count(inChannels, 'input channel')} has its own ${product}: ${ownExample(spec)}`;
  const verb = transposed ? 'come from' : 'read';
  return `each input channel feeds ${count(multiplier, product)}; ${blocks(spec, product, verb)}`;
}

function ownExample({ transposed }: ConvSpec): string {
  return transposed ? 'output channel i comes from channel i' : 'filter i reads channel i';
}

function groupedSentence(spec: ConvSpec): string {
  const { inChannels, outChannels, groups, transposed } = spec;
  const product = transposed ? 'output channel' : 'filter';
  if (
    numberOf(groups) !== undefined &&
    numberOf(inChannels) !== undefined &&
    numberOf(outChannels) !== undefined
  ) {
    return `${count(groups, 'group')}; ${blocks(spec, product, transposed ? 'come from' : 'read')}`;
  }
  const inputs = divideExactly(inChannels, groups);
  const outputs = divideExactly(outChannels, groups);
  const share = `split into ${count(groups, 'group')}, each with ${count(outputs, product)}`;
  return `${share} ${transposed ? 'made from' : 'reading'} ${count(inputs, 'input channel')} of its own`;
}

/** `filters 0–2 read channel 0, 3–5 channel 1, 6–8 channel 2`, with an ellipsis for many groups. */
function blocks({ inChannels, outChannels, groups }: ConvSpec, product: string, verb: string): string {
  const total = numberOf(groups) ?? 0;
  const perInput = (numberOf(inChannels) ?? 0) / total;
  const perOutput = (numberOf(outChannels) ?? 0) / total;
  const part = (group: number): string => {
    const outputs = range(group * perOutput, perOutput);
    const inputs = `${perInput === 1 ? 'channel' : 'channels'} ${range(group * perInput, perInput)}`;
    if (group > 0) return `${outputs} ${inputs}`;
    return perOutput === 1
      ? `${product} ${outputs} ${singular(verb)} ${inputs}`
      : `${product}s ${outputs} ${verb} ${inputs}`;
  };
  const spelt = Math.min(total, total === SPELT_GROUPS + 1 ? total : SPELT_GROUPS);
  const parts = Array.from({ length: spelt }, (_, group) => part(group));
  if (spelt < total) parts.push(...(spelt + 1 < total ? ['\u2026'] : []), part(total - 1));
  return parts.join(', ');
}

function singular(verb: string): string {
  return verb === 'read' ? 'reads' : 'comes from';
}

function range(start: number, length: number): string {
  return length === 1 ? String(start) : `${start}\u2013${start + length - 1}`;
}
