import assert from 'node:assert/strict';
import {
  add,
  divideExactly,
  floorDivide,
  maximum,
  modulo,
  multiply,
  negate,
  subtract,
} from '../../../src/symbolic/arithmetic';
import { exact, type Quantity, symbol, unknown } from '../../../src/symbolic/quantity';
import { explain } from '../../../src/symbolic/reason';
import { show, showFactor, showNumber } from '../../../src/symbolic/show';

const [C, H, W, groups] = [symbol('C'), symbol('H'), symbol('W'), symbol('groups')];
const half = floorDivide(H, exact(2));

describe('formulas as text', () => {
  const rows: readonly [Quantity, string][] = [
    [exact(7077888), '7,077,888'],
    [exact(-1234567), '-1,234,567'],
    [exact(0), '0'],
    [multiply(exact(9), C, C), '9·C·C'],
    [add(multiply(exact(1152), C), exact(64)), '1,152·C + 64'],
    [subtract(exact(1), C), '1 - C'],
    [divideExactly(C, groups), 'C / groups'],
    [divideExactly(multiply(exact(3), C), exact(2)), '3·C / 2'],
    [divideExactly(C, multiply(groups, H)), 'C / (H·groups)'],
    [half, 'H // 2'],
    [add(half, exact(1)), 'H // 2 + 1'],
    [negate(half), '-(H // 2)'],
    [subtract(C, half), 'C - H // 2'],
    [multiply(exact(2), half), '2·(H // 2)'],
    [multiply(half, half), '(H // 2)·(H // 2)'],
    [add(floorDivide(subtract(H, exact(1)), exact(2)), exact(1)), '(H - 1) // 2 + 1'],
    [modulo(H, exact(2)), 'H % 2'],
    [floorDivide(H, multiply(exact(2), W)), 'H // (2·W)'],
    [floorDivide(multiply(H, W), C), '(H·W) // C'],
    [floorDivide(maximum(H, W), exact(2)), 'max(H, W) // 2'],
    [maximum(subtract(H, exact(3)), W), 'max(H - 3, W)'],
    [unknown({ code: 'parameter', subject: '`dim`' }), '?'],
  ];
  for (const [quantity, text] of rows) it(text, () => assert.equal(show(quantity), text));

  it('tell symbols of the same name apart, also inside operations', () => {
    const other = symbol('C', 'C elsewhere');
    assert.equal(show(add(C, other)), 'C + C′');
    assert.match(show(maximum(C, multiply(exact(2), other))), /^max\((C, 2·C′|2·C, C′)\)$/);
  });

  it('are in brackets as a factor where they need to be', () => {
    assert.equal(showFactor(add(C, exact(1))), '(C + 1)');
    assert.equal(showFactor(half), '(H // 2)');
    assert.equal(showFactor(multiply(exact(9), C)), '9·C');
    assert.equal(showFactor(exact(1000)), '1,000');
    assert.equal(showFactor(maximum(H, W)), 'max(H, W)');
  });

  it('have a comma between thousands', () => {
    assert.deepEqual([999, 1000, 123456, -1000].map(showNumber), ['999', '1,000', '123,456', '-1,000']);
  });
});

describe('reasons', () => {
  it('are clauses made of their subject', () => {
    assert.equal(
      explain({ code: 'parameter', subject: '`dim`' }),
      '`dim` is a parameter without a value here',
    );
  });
});
