import assert from 'node:assert/strict';
import { multiply } from '../../../src/symbolic/arithmetic';
import { floatResult, floatSymbol, realOfFloat, roundReal } from '../../../src/symbolic/floats';
import { exact, type Known, type Quantity, symbol } from '../../../src/symbolic/quantity';
import { show } from '../../../src/symbolic/show';

const dim = symbol('dim');

function known(quantity: Quantity | undefined): Known {
  assert.ok(quantity !== undefined && quantity.kind !== 'unknown');
  return quantity;
}

function scaled(by: number): Known {
  return known(floatResult('*', dim, known(realOfFloat(by)), true));
}

describe('floats over integers', () => {
  it('are exact for short binary fractions, and rounded for others', () => {
    assert.deepEqual(known(floatResult('*', scaled(0.25), exact(4) as Known, true)), dim);
    assert.notDeepEqual(floatResult('*', scaled(0.1), exact(10) as Known, true), dim);
    assert.deepEqual(floatResult('*', scaled(0.1), exact(2) as Known, true), multiply(exact(2), scaled(0.1)));
  });

  it('are integers where they are whole for all integers', () => {
    assert.deepEqual(roundReal('int', scaled(4), true), multiply(exact(4), dim));
    assert.equal(show(roundReal('int', scaled(4), false)), 'int(4·dim)');
    assert.equal(show(roundReal('int', scaled(0.25), true)), 'int(0.25·dim)');
    assert.equal(show(roundReal('int', scaled(-0.25), true)), '-int(0.25·dim)');
    assert.equal(show(roundReal('ceil', scaled(0.25), true)), '(dim + 3) // 4');
    assert.equal(show(roundReal('ceil', scaled(1.1), true)), 'ceil(1.1·dim)');
    assert.equal(show(roundReal('int', floatSymbol('ratio', 'ratio'), true)), 'int(ratio)');
  });

  it('have brackets where a rounded sum is a factor', () => {
    const sum = known(floatResult('+', scaled(0.1), known(realOfFloat(0.5)), true));
    assert.equal(show(roundReal('int', sum, true)), 'int(0.1·dim + 0.5)');
    const product = known(floatResult('*', sum, dim, true));
    assert.equal(show(roundReal('int', product, true)), 'int(dim·(0.1·dim + 0.5))');
  });

  it('are no numbers when they are infinite', () => {
    assert.equal(realOfFloat(Infinity), undefined);
    assert.equal(realOfFloat(NaN), undefined);
  });
});
