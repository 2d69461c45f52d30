/** A layer's cost beside that of the standard and the separable layer with the same channels and window. */
import type { InputShape } from '../analysis/report';
import { alternativesOf } from '../conv/alternatives';
import { costOf } from '../conv/cost';
import type { ConvLayer } from '../conv/spec';
import type { Quantity } from '../symbolic/quantity';
import { show } from '../symbolic/show';

/** One row: plain text. */
export interface ComparisonRow {
  readonly name: string;
  readonly params: string;
  /** Multiply-accumulates for the input, or for one position when that is not known. */
  readonly macs: string;
  /** Such as `4.24× fewer weights`; empty for the layer itself and where it cannot be told. */
  readonly ratio: string;
}

/** The comparison, the layer itself first; empty when there is nothing to compare with. */
export function compareCosts(layer: ConvLayer, input: InputShape | undefined): ComparisonRow[] {
  const others = alternativesOf(layer, input);
  const own = costOf(layer, input);
  if (others.length === 0 || own.weights.kind === 'unknown') return [];
  return [
    { name: 'this layer', ...figures(own), ratio: '' },
    ...others.map(({ name, cost, weightRatio }) => ({
      name,
      ...figures(cost),
      ratio: ratioText(weightRatio),
    })),
  ];
}

function figures(cost: { params: Quantity; macs?: Quantity; macsPerPosition: Quantity }): {
  params: string;
  macs: string;
} {
  return { params: show(cost.params), macs: show(cost.macs ?? cost.macsPerPosition) };
}

/** How a number of weights compares: `3× more weights`, `4.24× fewer weights`. */
function ratioText(ratio: number | undefined): string {
  if (ratio === undefined || ratio <= 0) return '';
  if (ratio === 1) return 'as many weights';
  return ratio > 1 ? `${times(ratio)}× more weights` : `${times(1 / ratio)}× fewer weights`;
}

function times(ratio: number): string {
  return String(Math.round(ratio * 100) / 100);
}
