import assert from 'node:assert/strict';
import { einsum } from '../../../src/frameworks/einsum';
import { contracted, dotProduct, matrixProduct, type Product } from '../../../src/frameworks/products';
import { exact, numberOf, unknown } from '../../../src/symbolic/quantity';

const shape = (...sizes: number[]) => sizes.map(exact);

/** Shape and multiplications in numbers, null for what is not known. */
function told(product: Product | undefined): [(number | null)[], number | null] | undefined {
  return product && [product.shape.map((size) => numberOf(size) ?? null), numberOf(product.macs) ?? null];
}

describe('products of tensors', () => {
  it('take rows × inner × columns multiplications for every matrix', () => {
    assert.deepEqual(told(matrixProduct(shape(3, 4), shape(4, 5))), [[3, 5], 60]);
    assert.deepEqual(told(matrixProduct(shape(2, 6, 3, 4), shape(4, 5))), [[2, 6, 3, 5], 720]);
    assert.deepEqual(told(matrixProduct(shape(2, 1, 3, 4), shape(6, 4, 5))), [[2, 6, 3, 5], 720]);
    assert.deepEqual(told(matrixProduct(shape(4), shape(4))), [[], 4]);
    assert.deepEqual(told(matrixProduct(shape(4), shape(4, 5))), [[5], 20]);
  });

  it('are refused where the inner sizes differ', () => {
    assert.equal(matrixProduct(shape(3, 4), shape(3, 4)), undefined);
    assert.equal(contracted(shape(3, 4), shape(5, 4), [0], [0]), undefined);
  });

  it('have an unknown number of multiplications where a size is unknown', () => {
    const open = unknown({ code: 'no-input', subject: 'the batch size' });
    const product = matrixProduct([open, exact(3), exact(4)], shape(4, 5));
    assert.deepEqual(told(product), [[null, 3, 5], null]);
  });

  it('do not broadcast in `dot`', () => {
    assert.deepEqual(told(dotProduct(shape(2, 3, 4), shape(5, 4, 6))), [[2, 3, 5, 6], 720]);
  });
});

describe('einsum', () => {
  it('multiplies once for every combination of its letters', () => {
    assert.deepEqual(told(einsum('bhid,bhjd->bhij', [shape(2, 8, 5, 64), shape(2, 8, 7, 64)])), [
      [2, 8, 5, 7],
      2 * 8 * 5 * 7 * 64,
    ]);
    assert.deepEqual(told(einsum('...ij,jk', [shape(2, 3, 4), shape(4, 5)])), [[2, 3, 5], 120]);
  });

  it('does not say how often for three operands, nor for sums within one of them', () => {
    const three = einsum('ij,jk,kl->il', [shape(2, 3), shape(3, 4), shape(4, 5)]);
    assert.deepEqual(told(three), [[2, 5], null]);
    assert.deepEqual(told(einsum('ij,k->k', [shape(2, 3), shape(4)])), [[4], null]);
  });

  it('is refused where equation and shapes do not fit', () => {
    assert.equal(einsum('ij,jk->ik', [shape(2, 3), shape(4, 5)]), undefined);
    assert.equal(einsum('ij->ij', [shape(2, 3, 4)]), undefined);
    assert.equal(einsum('ij->k', [shape(2, 3)]), undefined);
    assert.equal(einsum('i1->i', [shape(2, 3)]), undefined);
  });
});
