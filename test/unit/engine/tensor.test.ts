import assert from 'node:assert/strict';
import { type WeightLayout } from '../../../src/conv/spec';
import {
  permute,
  type Tensor,
  toChannelsFirst,
  toChannelsLast,
  weightFromEngine,
  weightToEngine,
} from '../../../webview/engine/tensor';

function counted(...shape: number[]): Tensor {
  const length = shape.reduce((count, size) => count * size, 1);
  return { shape, data: Float64Array.from({ length }, (_, index) => index) };
}

/** The element at these indices. */
function at({ shape, data }: Tensor, ...index: number[]): number | undefined {
  return data[index.reduce((offset, each, axis) => offset * (shape[axis] ?? 0) + each, 0)];
}

describe('layout doors', () => {
  it('move the channels without losing an element', () => {
    const last = counted(2, 3, 4, 5);
    const first = toChannelsFirst(last);
    assert.deepEqual(first.shape, [2, 5, 3, 4]);
    assert.equal(at(first, 1, 4, 2, 3), at(last, 1, 2, 3, 4));
    assert.equal(at(first, 0, 2, 1, 0), at(last, 0, 1, 0, 2));
    assert.deepEqual(toChannelsLast(first), last);
  });

  it('permute a vector into itself', () => assert.deepEqual(permute(counted(3), [0]), counted(3)));

  const element: { readonly [L in WeightLayout]: [Tensor, number[], number[]] } = {
    OIK: [counted(4, 2, 3, 5), [3, 1, 2, 4], [3, 1, 2, 4]],
    IOK: [counted(4, 2, 3, 5), [3, 1, 2, 4], [3, 1, 2, 4]],
    KIO: [counted(3, 5, 2, 4), [2, 4, 1, 3], [3, 1, 2, 4]],
    KOI: [counted(3, 5, 2, 4), [2, 4, 1, 3], [3, 1, 2, 4]],
    KIM: [counted(3, 5, 4, 2), [2, 4, 3, 1], [7, 0, 2, 4]],
  };
  for (const [weightLayout, [weight, own, inside]] of Object.entries(element) as [
    WeightLayout,
    [Tensor, number[], number[]],
  ][]) {
    it(`take a ${weightLayout} weight in and out`, () => {
      const engine = weightToEngine(weight, { weightLayout });
      assert.equal(at(engine, ...inside), at(weight, ...own));
      assert.deepEqual(weightFromEngine(engine, { weightLayout }, 4), weight);
    });
  }
});
