/** What the builders of keras.applications really make, and how far a layer of the analysis is the same. */
import type { ConvLayer } from '../../src/conv/spec';
import { weightsOf } from '../../src/conv/weights';
import { loadGolden, type KerasApplication, type KerasConvolution } from '../golden/load';
import { compareChoice, compareNumbers, untold, wrong, type Difference } from './differences';
import type { ModelTruth } from './truth';

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
  return applications.map(({ id, source, input, trainable, convolutions }) => ({
    id: `${id}()`,
    file: `${FOLDER}/${source}`,
    input: input.map((size) => size ?? 1),
    params: trainable,
    layers: convolutions.map(([name, layer]) => ({
      name,
      compare: (found) => compareLayer(layerOf(layer), found),
    })),
  }));
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
