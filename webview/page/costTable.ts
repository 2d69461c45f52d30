/** The cost of a layer beside its alternatives, as rows of text and lengths of bars. */
import { alternativesOf } from '../../src/conv/alternatives';
import { type Cost, costOf } from '../../src/conv/cost';
import type { ConvLayer, DataShape } from '../../src/conv/spec';
import { add, multiply } from '../../src/symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../../src/symbolic/quantity';
import { show, showNumber } from '../../src/symbolic/show';
import { whyNoNumber } from './wording';

/** One figure, such as parameters, of this layer and of each alternative. */
export interface Measure {
  readonly name: string;
  readonly rows: readonly MeasureRow[];
}

/** The figure of one layer. */
export interface MeasureRow {
  readonly layer: string;
  readonly value: string;
  /** Why the figure is not known, or the exact figure behind a rounded one. */
  readonly title?: string;
  /** Share of the largest figure of the measure, from 0 to 1; absent unless all are numbers. */
  readonly share?: number;
  /** Times this layer's figure, such as `2.80× more`; absent for this layer and without numbers. */
  readonly ratio?: string;
}

interface Figure {
  readonly name: string;
  readonly of: (cost: Cost) => Quantity | undefined;
  readonly show?: (value: number) => string;
}

const UNKNOWN = 'unknown';
/** Bytes of a float32, in which memory is given. */
const BYTES = 4;

/** The measures of a layer, over its input when that is given and for one position otherwise. */
export function costTable(layer: ConvLayer, input?: DataShape): Measure[] {
  const costs = [
    { name: 'this layer', cost: costOf(layer, input) },
    ...alternativesOf(layer, input).map(({ name, cost }) => ({ name, cost })),
  ];
  const isTransposed = layer.stages[0].transposed;
  return figures(isTransposed, input !== undefined).flatMap(({ name, of, show: showValue }) => {
    const values = costs.map(({ cost }) => of(cost));
    if (values.every((value) => value === undefined || numberOf(value) === 0)) return [];
    const rows = costs.map((each, index) => measureRow(each.name, values, index, showValue));
    return [
      { name, rows: areAllSame(rows) ? [{ ...rows[0], layer: 'each of them', share: undefined }] : rows },
    ];
  });
}

/** A number of bytes in binary units, three digits long. */
export function showBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${Number.isInteger(value) ? showNumber(value) : value.toPrecision(value < 1000 ? 3 : 4)} ${units[power] ?? ''}`;
}

function figures(isTransposed: boolean, hasInput: boolean): Figure[] {
  const params: Figure = { name: 'Parameters', of: ({ params }) => params };
  if (!hasInput) {
    const position = isTransposed ? 'input position' : 'output position';
    return [
      params,
      { name: `MACs per ${position}`, of: (cost) => cost.macsPerPosition },
      { name: `FLOPs (2 × MACs) per ${position}`, of: (cost) => multiply(exact(2), cost.macsPerPosition) },
      { name: 'Memory of weights, float32', of: (cost) => bytesOf(cost.weightElements), show: showBytes },
    ];
  }
  return [
    params,
    { name: isTransposed ? 'MACs (over input positions)' : 'MACs', of: ({ macs }) => macs },
    { name: 'FLOPs (2 × MACs)', of: ({ flops }) => flops },
    { name: 'Bias additions', of: ({ biasAdds }) => biasAdds },
    { name: 'Memory of weights, input and output, float32', of: memoryOf, show: showBytes },
  ];
}

function memoryOf({ weightElements, inputElements, outputElements }: Cost): Quantity | undefined {
  if (inputElements === undefined || outputElements === undefined) return undefined;
  return bytesOf(add(weightElements, inputElements, outputElements));
}

function bytesOf(elements: Quantity): Quantity {
  return multiply(exact(BYTES), elements);
}

function measureRow(
  layer: string,
  values: readonly (Quantity | undefined)[],
  index: number,
  showValue: (value: number) => string = showNumber,
): MeasureRow {
  const quantity = values[index];
  if (quantity === undefined) return { layer, value: UNKNOWN };
  const number = numberOf(quantity);
  if (number === undefined) {
    const isUnknown = quantity.kind === 'unknown';
    return {
      layer,
      value: isUnknown ? UNKNOWN : show(quantity),
      title: isUnknown ? whyNoNumber(quantity) : undefined,
    };
  }
  const numbers = values.map((value) => value && numberOf(value));
  const own = numbers[0];
  return {
    layer,
    value: showValue(number),
    title: showValue === showNumber ? undefined : `${showNumber(number)} bytes`,
    share: shareOf(number, numbers),
    ratio: index === 0 || own === undefined || own === 0 ? undefined : ratioText(number / own),
  };
}

function shareOf(number: number, numbers: readonly (number | undefined)[]): number | undefined {
  const largest = Math.max(...numbers.map((each) => each ?? NaN));
  return largest > 0 ? number / largest : undefined;
}

function areAllSame(rows: readonly MeasureRow[]): rows is [MeasureRow, MeasureRow, ...MeasureRow[]] {
  if (rows.length < 2) return false;
  return rows.slice(1).every(({ ratio }) => ratio === 'same') || rows.every(({ value }) => value === UNKNOWN);
}

function ratioText(ratio: number): string {
  if (ratio === 1) return 'same';
  const times = ratio > 1 ? ratio : 1 / ratio;
  if (times < 1.005) return 'about same';
  const text = times >= 1000 ? showNumber(Math.round(times)) : times.toPrecision(3);
  return `${text}× ${ratio > 1 ? 'more' : 'less'}`;
}
