import assert from 'node:assert/strict';
import {
  type AxisWindow,
  cropToOutput,
  effectiveKernel,
  outputLength,
  sameOutputLength,
  samePadding,
  transposedOutputLength,
  transposedSameCrop,
} from '../../../src/conv/axis';
import { exact, type Quantity, symbol } from '../../../src/symbolic/quantity';
import { show } from '../../../src/symbolic/show';

const H = symbol('H');

function window(
  kernel: number | Quantity,
  stride = 1,
  padding = 0,
  dilation = 1,
  after = padding,
): AxisWindow {
  return {
    kernel: typeof kernel === 'number' ? exact(kernel) : kernel,
    stride: exact(stride),
    dilation: exact(dilation),
    before: exact(padding),
    after: exact(after),
  };
}

describe('one axis', () => {
  it('reaches from the first tap to the last', () => {
    assert.deepEqual(effectiveKernel(exact(3), exact(2)), exact(5));
    assert.equal(show(effectiveKernel(symbol('k'), exact(2))), '2·k - 1');
  });

  it('has the output of numbers', () => {
    assert.deepEqual(outputLength(exact(224), window(7, 2, 3)), exact(112));
    assert.deepEqual(outputLength(exact(7), window(2, 3)), exact(2));
    assert.deepEqual(outputLength(exact(50), window(3, 2, 4, 3)), exact(26));
    assert.deepEqual(outputLength(exact(4), window(7)), exact(-2));
  });

  it('has the output of a formula', () => {
    assert.equal(show(outputLength(H, window(3, 2, 1))), '(H - 1) // 2 + 1');
    assert.equal(show(outputLength(H, window(3, 1, 1))), 'H');
    assert.equal(show(outputLength(H, window(5))), 'H - 4');
    assert.equal(show(outputLength(H, window(symbol('k'), 1, 1))), 'H - k + 3');
  });

  it('reads a chain of strides as one division', () => {
    const once = outputLength(H, window(3, 2, 1));
    assert.equal(show(outputLength(once, window(3, 2, 1))), '(H - 1) // 4 + 1');
  });

  it('has the transposed output', () => {
    assert.deepEqual(transposedOutputLength(exact(12), window(3, 2)), exact(25));
    assert.deepEqual(transposedOutputLength(exact(6), window(3, 2, 1, 1, 0)), exact(12));
    assert.deepEqual(transposedOutputLength(exact(9), window(5, 3, 1, 2, -1)), exact(33));
    assert.equal(show(transposedOutputLength(H, window(4, 2, 1))), '2·H');
  });

  it('splits SAME as TensorFlow does, the odd element after', () => {
    const same = (n: number, k: number, s: number, d = 1) =>
      samePadding(exact(n), exact(k), exact(s), exact(d));
    assert.deepEqual(same(5, 3, 2), { before: exact(1), after: exact(1) });
    assert.deepEqual(same(6, 3, 2), { before: exact(0), after: exact(1) });
    assert.deepEqual(same(8, 3, 3), { before: exact(0), after: exact(1) });
    assert.deepEqual(same(7, 3, 1, 2), { before: exact(2), after: exact(2) });
    assert.deepEqual(same(4, 1, 2), { before: exact(0), after: exact(0) });
    assert.deepEqual(samePadding(H, exact(4), exact(1), exact(1)), { before: exact(1), after: exact(2) });
  });

  it('keeps or divides the size under SAME', () => {
    assert.equal(show(sameOutputLength(H, exact(1), false)), 'H');
    assert.equal(show(sameOutputLength(H, exact(2), false)), '(H + 1) // 2');
    assert.equal(show(sameOutputLength(H, exact(2), true)), '2·H');
  });

  it('crops a transposed convolution to a stated size', () => {
    const crop = (rule: 'same' | 'valid', output: number) =>
      cropToOutput(exact(2), exact(output), window(3, 2), rule);
    assert.deepEqual(crop('same', 4), { before: exact(0), after: exact(1) });
    assert.deepEqual(crop('valid', 5), { before: exact(0), after: exact(0) });
    assert.deepEqual(crop('valid', 6), { before: exact(0), after: exact(-1) });
    assert.deepEqual(transposedSameCrop(exact(5), exact(2), exact(1)), { before: exact(1), after: exact(2) });
    assert.deepEqual(transposedSameCrop(exact(2), exact(3), exact(1)), {
      before: exact(0),
      after: exact(-1),
    });
  });
});
