/** What the builders of keras.applications really make, and how far a layer of the analysis is the same. */
import { outputShape } from '../../src/conv/cost';
import type { ConvLayer, DataShape } from '../../src/conv/spec';
import { weightsOf } from '../../src/conv/weights';
import { loadGolden, type KerasApplication, type KerasConvolution } from '../golden/load';
import { compareChoice, compareNumbers, untold, wrong, type Difference } from './differences';
import type { ModelTruth } from './truth';

/** Models that take any size are run with one that all of them take. */
const OPEN_SIZE = 224;

const FOLDER = 'keras/src/applications';

/** One model a builder, in the order of the record. */
export function kerasTruth(): ModelTruth[] {
  const { records } = loadGolden('keras-applications');
  const shared = new Map(
    records.flatMap((record) => ('layer' in record ? [[record.id, record.layer] as const] : [])),
  );
  const layerOf = (id: number): KerasConvolution['layer'] => {
    const layer = shared.get(`#${id}`);
    if (layer === undefined) throw new Error(`the record has no layer #${id}`);
    return layer;
  };
  const applications = records.filter((record): record is KerasApplication => !('layer' in record));
  return applications.map(({ id, source, input, params, convolutions }) => ({
    id: `${id}()`,
    file: `${FOLDER}/${source}`,
    input: input.map((size, axis) => size ?? (axis === 0 ? 1 : OPEN_SIZE)),
    params,
    layers: convolutions.map(([name, layer]) => ({
      // Reports join the names of layers inside models by dots.
      name: name.replaceAll('/', '.'),
      compareRuns: (found, inputs) => compareRuns(layerOf(layer), found, inputs),
      compare: (found) => compareLayer(layerOf(layer), found),
    })),
  }));
}

/** Sizes of one sample, channels last; those that are open are compared with nothing. */
function compareRuns(
  truth: KerasConvolution['layer'],
  layer: ConvLayer,
  inputs: readonly DataShape[],
): Difference[] {
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    const text = `applied once, found ${inputs.length} inputs`;
    return [{ kind: 'unknown', figure: 'input', text, cause: 'number of applications' }];
  }
  const compare = (
    figure: string,
    expected: readonly (number | null)[],
    { spatial, channels }: DataShape,
  ) => {
    const sizes = expected.slice(1).filter((size) => size !== null);
    const isOpen = sizes.length < expected.length - 1;
    return isOpen ? [] : compareNumbers(figure, sizes, [...spatial, channels]);
  };
  return [
    ...compare('input', truth.input, input),
    ...compare('output', truth.output, outputShape(layer, input)),
  ];
}

function compareLayer(truth: KerasConvolution['layer'], layer: ConvLayer): Difference[] {
  const [spec] = layer.stages;
  const { padding } = spec;
  if (padding.kind === 'unknown') return [untold('padding', padding)];
  const word = padding.kind === 'same' ? 'same' : (spec.paddingWord ?? 'valid');
  const weights = weightsOf(layer);
  const expected = truth.weights;
  if (weights.length !== expected.length)
    return [
      wrong(
        'weights',
        expected,
        weights.map(({ name }) => name),
      ),
    ];
  return [
    ...compareNumbers('kernel', truth.kernel, spec.kernelSize),
    ...compareNumbers('strides', truth.strides, spec.stride),
    ...compareNumbers('dilation', truth.dilation, spec.dilation),
    ...compareChoice('padding', truth.padding, word),
    ...weights.flatMap(({ name, shape }, index) => compareNumbers(name, expected[index] ?? [], shape)),
  ];
}
