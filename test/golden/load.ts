/** Reads the values that real frameworks computed (`test/golden/*.json`) and fills tensors by their patterns. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fill, GoldenFiles, TfCall, TfValue, TorchValue } from './records';

export type * from './records';

/** One file of golden values; throws when it is missing or not JSON. */
export function loadGolden<Name extends keyof GoldenFiles>(name: Name): GoldenFiles[Name] {
  const path = join(repositoryRoot(process.cwd()), 'test', 'golden', `${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as GoldenFiles[Name];
}

/** Input, weight and bias of a PyTorch record, row-major in its own layout; bias is null when the call has none. */
export function torchTensors(record: TorchValue): {
  input: number[];
  weight: number[];
  bias: number[] | null;
} {
  const [first = 0, second = 0] = record.weight;
  const channels = record.op === 'conv' ? first : record.groups * second;
  return {
    input: filled(record.fill, record.input, inputPattern, record.inputValues),
    weight: filled(record.fill, record.weight, weightPattern, record.weightValues),
    bias: record.bias ? filled(record.fill, [channels], biasPattern, record.biasValues) : null,
  };
}

/** Input, filters and bias of a TensorFlow or Keras record, row-major in its own layouts; bias is null without one. */
export function tfTensors(record: TfValue): { input: number[]; filters: number[][]; bias: number[] | null } {
  const channels = record.output[record.layout.input.indexOf('C')] ?? 0;
  return {
    input: filled(record.fill, record.input, inputPattern, record.inputValues),
    filters: record.filters.map((shape, i) =>
      filled(record.fill, shape, weightPattern, record.filterValues?.[i]),
    ),
    bias: record.bias ? filled(record.fill, [channels], biasPattern) : null,
  };
}

/** Strides or dilations of a TensorFlow or Keras record for its spatial axes, whichever of the accepted forms was passed. */
export function tfSpatial(record: TfCall, key: 'strides' | 'dilations'): number[] {
  const passed = record[key] ?? 1;
  const list = typeof passed === 'number' ? [passed] : passed;
  if (list.length === 1) return Array.from({ length: record.rank }, () => list[0] ?? 1);
  if (list.length === record.rank) return [...list];
  return list.filter((_, i) => !'NC'.includes(record.layout.input.charAt(i)));
}

function inputPattern(index: number): number {
  return ((index * 7 + 3) % 11) - 5;
}

function weightPattern(index: number): number {
  return ((index * 5 + 2) % 7) - 3;
}

function biasPattern(index: number): number {
  return (index % 5) - 2;
}

function filled(
  fill: Fill,
  shape: readonly number[],
  pattern: (index: number) => number,
  given?: readonly number[],
): number[] {
  if (given) return [...given];
  const count = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, i) => (fill === 'iota' ? i + 1 : pattern(i)));
}

/** Tests run from compiled output below the repository: the nearest directory upwards that holds the golden files. */
function repositoryRoot(start: string): string {
  if (existsSync(join(start, 'test', 'golden', 'torch-values.json'))) return start;
  const parent = dirname(start);
  if (parent === start) throw new Error('test/golden was not found above the working directory');
  return repositoryRoot(parent);
}
