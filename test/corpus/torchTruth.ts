/** What torchvision's builders really make, and how far a layer of the analysis is the same. */
import { outputShape } from '../../src/conv/cost';
import type { ConvLayer, ConvSpec, DataShape } from '../../src/conv/spec';
import { weightOf } from '../../src/conv/weights';
import { loadGolden, type TorchApplication, type TorchConvolution } from '../golden/load';
import { compareChoice, compareNumber, compareNumbers, untold, wrong, type Difference } from './differences';
import type { ModelTruth } from './truth';

/** One model a builder, in the order of the record. */
export function torchvisionTruth(): ModelTruth[] {
  const { header, records } = loadGolden('torchvision');
  const { layers, sites, calls } = header.tables;
  return records.map(({ name, file, task, input, params, macs, convs }) => ({
    id: `${name}()`,
    file,
    input: task === 'detection' ? [1, ...input] : input,
    params,
    // How much the second stage of a detector is given depends on its weights.
    macs: task === 'detection' ? undefined : macs,
    layers: convs.map(([qualified, layer, site, applications]) => {
      const [path, line, column, endLine, endColumn] = at(sites, site);
      return {
        name: qualified,
        site: { file: path, start: [line, column], end: [endLine, endColumn] },
        compare: (found) => compareLayer(at(layers, layer), found),
        compareRuns:
          task === 'detection'
            ? undefined
            : (found, inputs) => compareRuns(at(calls, applications), found, inputs),
      };
    }),
  }));
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new Error('the record names a place that its list does not have');
  return value;
}

function compareLayer(truth: TorchConvolution, { stages }: ConvLayer): Difference[] {
  const [spec] = stages;
  if (stages.length !== 1) return [wrong('class', truth.class, 'a separable convolution')];
  const found = `Conv${spec.transposed ? 'Transpose' : ''}${spec.rank}d`;
  if (found !== truth.class) return [wrong('class', truth.class, found)];
  return [
    ...compareNumber('inChannels', truth.in, spec.inChannels),
    ...compareNumber('outChannels', truth.out, spec.outChannels),
    ...compareNumbers('kernelSize', truth.k, spec.kernelSize),
    ...compareNumbers('stride', truth.s, spec.stride),
    ...comparePadding(truth.p, spec),
    ...compareNumbers('dilation', truth.d, spec.dilation),
    ...compareNumber('groups', truth.g, spec.groups),
    ...compareChoice('bias', truth.bias, spec.bias),
    ...compareNumbers('weight', truth.weight, weightOf(spec).shape),
  ];
}

function comparePadding(truth: readonly number[] | string, { padding, paddingWord }: ConvSpec): Difference[] {
  if (padding.kind === 'unknown') return [untold('padding', padding)];
  if (typeof truth === 'string') return compareChoice('padding', truth, paddingWord ?? 'numbers');
  if (padding.kind !== 'explicit') return [wrong('padding', truth, padding.kind)];
  return [
    ...compareNumbers('padding', truth, padding.before),
    ...compareNumbers('padding', truth, padding.after),
  ].slice(0, 1);
}

/** Each application in turn: what comes in, and what our arithmetic makes of it. */
function compareRuns(
  truth: readonly TorchApplication[],
  layer: ConvLayer,
  inputs: readonly DataShape[],
): Difference[] {
  if (inputs.length === 0 && truth.length > 0)
    return [{ kind: 'unknown', figure: 'input', text: 'no input was seen', cause: 'no input' }];
  if (inputs.length !== truth.length) {
    const text = `applied ${truth.length} times, found ${inputs.length} inputs`;
    return [{ kind: 'unknown', figure: 'input', text, cause: 'number of applications' }];
  }
  return truth
    .flatMap(([given, result], index) => {
      const input = inputs[index];
      if (input === undefined) return [];
      return [
        ...compareNumbers('input', given, sizesOf(input)),
        ...compareNumbers('output', result, sizesOf(outputShape(layer, input))),
      ];
    })
    .slice(0, 1);
}

function sizesOf({ batch, channels, spatial }: DataShape) {
  return [...(batch === undefined ? [] : [batch]), channels, ...spatial];
}
