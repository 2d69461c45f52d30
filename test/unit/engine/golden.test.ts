import assert from 'node:assert/strict';
import { isGeometry, resolveStages } from '../../../src/conv/geometry';
import { outputShape } from '../../../src/conv/cost';
import { exact, numbersOf } from '../../../src/symbolic/quantity';
import { convolveReference } from '../../../webview/engine/reference';
import { type Tensor, weightToEngine } from '../../../webview/engine/tensor';
import { tunedEngine } from '../../../webview/engine/tuned';
import { type GoldenCase, tensorflowCases, torchCases } from './records';

for (const [framework, cases] of [
  ['PyTorch', torchCases()],
  ['TensorFlow and Keras', tensorflowCases()],
] as const) {
  describe(`values computed by ${framework}`, () => {
    it('are many', () => assert.ok(cases.length > 200));
    for (const golden of cases) {
      it(golden.id, () => {
        checkShape(golden);
        assert.deepEqual(compute(golden, reference), Array.from(golden.output.data));
        assert.deepEqual(compute(golden, tuned), Array.from(golden.output.data));
      });
    }
  });
}

type Convolve = (...args: Parameters<typeof reference>) => ArrayLike<number>;

function reference(
  geometry: Parameters<typeof convolveReference>[0],
  input: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias?: ArrayLike<number>,
): ArrayLike<number> {
  return convolveReference(geometry, input, weight, { bias });
}

const tuned: Convolve = (geometry, input, weight, bias) =>
  tunedEngine.convolve(
    geometry,
    Float32Array.from(input),
    Float32Array.from(weight),
    bias === undefined ? undefined : Float32Array.from(bias),
  );

function compute(golden: GoldenCase, convolve: Convolve): number[] {
  const geometries = resolveStages(golden.layer, sizeOf(golden.input));
  assert.ok(Array.isArray(geometries), JSON.stringify(geometries));
  let data: ArrayLike<number> = golden.input.data;
  geometries.forEach((geometry, stage) => {
    assert.ok(isGeometry(geometry));
    const spec = golden.layer.stages[stage];
    const weight = golden.weights[stage];
    assert.ok(spec !== undefined && weight !== undefined);
    const bias = stage === geometries.length - 1 ? golden.bias : undefined;
    data = convolve(geometry, data, weightToEngine(weight, spec).data, bias);
  });
  return Array.from(data, (value) => (value === 0 ? 0 : value));
}

function checkShape({ layer, input, output }: GoldenCase): void {
  const { batch, spatial } = sizeOf(input);
  const shape = outputShape(layer, {
    batch: exact(batch),
    channels: exact(input.shape[1] ?? 0),
    spatial: spatial.map(exact),
  });
  assert.deepEqual(numbersOf([shape.batch ?? exact(1), shape.channels, ...shape.spatial]), output.shape);
}

function sizeOf(input: Tensor): { batch: number; spatial: readonly number[] } {
  return { batch: input.shape[0] ?? 0, spatial: input.shape.slice(2) };
}
