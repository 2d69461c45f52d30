import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  add,
  compare,
  divideExactly,
  equal,
  floorDivide,
  maximum,
  minimum,
  modulo,
  multiply,
  negate,
  power,
  subtract,
  truncate,
} from '../../../src/symbolic/arithmetic';
import { exact, numberOf, numbersOf, type Quantity, symbol, unknown } from '../../../src/symbolic/quantity';
import { show } from '../../../src/symbolic/show';
import { valueOf } from './values';

const [a, b, c] = [symbol('a'), symbol('b'), symbol('c')];
const missing = unknown({ code: 'parameter', subject: 'dim' });

function reasonOf(quantity: Quantity): string {
  assert.ok(quantity.kind === 'unknown', show(quantity));
  return quantity.reason.code;
}

describe('normal form', () => {
  it('is the same data in whatever order a formula is made', () => {
    assert.deepEqual(multiply(exact(2), a), multiply(a, exact(2)));
    assert.deepEqual(multiply(a, b, c), multiply(c, a, b));
    assert.deepEqual(add(a, multiply(b, c), exact(1)), add(exact(1), multiply(c, b), a));
    assert.deepEqual(add(floorDivide(a, b), c), add(c, floorDivide(a, b)));
    assert.deepEqual(maximum(a, b), maximum(b, a));
  });

  it('merges like terms, and has no term of zero', () => {
    assert.deepEqual(add(a, a), multiply(exact(2), a));
    assert.deepEqual(subtract(a, a), exact(0));
    assert.deepEqual(add(a, exact(3), negate(a)), exact(3));
    assert.deepEqual(multiply(add(a, exact(1)), subtract(a, exact(1))), subtract(multiply(a, a), exact(1)));
  });

  it('gives a number back where the symbols cancel', () => {
    assert.deepEqual(divideExactly(multiply(exact(6), a, b), multiply(exact(3), b, a)), exact(2));
    assert.deepEqual(multiply(divideExactly(a, b), b), a);
    assert.deepEqual(add(divideExactly(a, exact(2)), divideExactly(a, exact(2))), a);
  });

  it('tells symbols of the same name apart', () => {
    const other = symbol('a', 'a of another function');
    assert.notDeepEqual(subtract(a, other), exact(0));
    assert.equal(equal(a, other), undefined);
  });

  it('has no negative zero', () => {
    assert.ok(Object.is(numberOf(multiply(exact(0), exact(-3))), 0));
    assert.ok(Object.is(numberOf(exact(-0)), 0));
    assert.ok(Object.is(numberOf(floorDivide(exact(-0), exact(3))), 0));
    assert.ok(Object.is(numberOf(modulo(exact(-6), exact(3))), 0));
  });
});

describe('division', () => {
  it('rounds as Python does', () => {
    const rows = [
      [7, 2, 3, 1],
      [-7, 2, -4, 1],
      [7, -2, -4, -1],
      [-7, -2, 3, -1],
      [6, 3, 2, 0],
    ] as const;
    for (const [dividend, divisor, quotient, rest] of rows) {
      assert.deepEqual(floorDivide(exact(dividend), exact(divisor)), exact(quotient));
      assert.deepEqual(modulo(exact(dividend), exact(divisor)), exact(rest));
    }
  });

  it('takes whole parts out of the floor', () => {
    assert.equal(show(floorDivide(add(multiply(exact(4), a), exact(1)), exact(2))), '2·a');
    assert.equal(show(floorDivide(add(multiply(exact(4), a), b), exact(2))), 'b // 2 + 2·a');
    assert.deepEqual(floorDivide(multiply(a, b, exact(6)), multiply(exact(2), b)), multiply(exact(3), a));
    assert.deepEqual(floorDivide(a, a), exact(1));
    assert.equal(show(floorDivide(a, multiply(exact(2), a))), 'a // (2·a)');
  });

  it('joins floors of floors', () => {
    assert.equal(show(floorDivide(floorDivide(a, exact(2)), exact(3))), 'a // 6');
    assert.equal(show(floorDivide(add(floorDivide(a, exact(2)), exact(1)), exact(2))), '(a + 2) // 4');
    assert.equal(show(floorDivide(floorDivide(a, exact(2)), exact(-2))), '(a // 2) // (-2)');
  });

  it('has no rest where it is whole', () => {
    assert.deepEqual(modulo(multiply(exact(6), a), exact(3)), exact(0));
    assert.deepEqual(modulo(multiply(a, b), a), exact(0));
    assert.equal(show(modulo(add(a, exact(1)), exact(2))), '(a + 1) % 2');
  });

  it('is refused where a remainder is certain', () => {
    assert.equal(reasonOf(divideExactly(exact(7), exact(2))), 'not-an-integer');
    assert.equal(reasonOf(divideExactly(add(multiply(exact(2), a), exact(1)), exact(2))), 'not-an-integer');
    assert.equal(show(divideExactly(add(a, exact(1)), exact(2))), 'a / 2 + 1 / 2');
    assert.equal(show(divideExactly(exact(8), a)), '8 / a');
    assert.equal(show(divideExactly(a, add(b, exact(1)))), 'a / (b + 1)');
  });

  it('by zero raises', () => {
    for (const divide of [divideExactly, floorDivide, modulo]) {
      assert.equal(reasonOf(divide(a, exact(0))), 'raises');
      assert.equal(reasonOf(divide(exact(1), subtract(a, a))), 'raises');
    }
  });
});

describe('comparison', () => {
  it('decides where the difference is a number', () => {
    assert.equal(compare(exact(2), exact(3)), -1);
    assert.equal(compare(add(a, exact(1)), a), 1);
    assert.equal(compare(multiply(a, b), multiply(b, a)), 0);
    assert.equal(compare(a, b), undefined);
    assert.equal(compare(a, exact(0)), undefined);
    assert.equal(equal(a, missing), undefined);
    assert.equal(equal(a, add(a, exact(1))), false);
  });

  it('chooses the larger and the smaller', () => {
    assert.deepEqual(maximum(exact(2), exact(3)), exact(3));
    assert.deepEqual(minimum(add(a, exact(1)), a), a);
    assert.equal(show(maximum(a, exact(0))), 'max(0, a)');
    assert.equal(show(minimum(a, b)), 'min(a, b)');
  });

  it('chooses among many once, numbers and formulas that differ by a number merged', () => {
    assert.equal(show(maximum(maximum(exact(8), a), exact(16))), 'max(16, a)');
    assert.deepEqual(maximum(maximum(a, b), c), maximum(c, maximum(b, a)));
    assert.deepEqual(maximum(maximum(a, b), a), maximum(a, b));
    assert.equal(show(minimum(minimum(a, b), add(a, exact(1)))), 'min(a, b)');
  });
});

describe('what is unknown', () => {
  it('stays so, the first reason first', () => {
    const second = unknown({ code: 'loop', subject: 'x' });
    for (const combine of [add, multiply, subtract, floorDivide, modulo, divideExactly, maximum, minimum]) {
      assert.deepEqual(combine(a, missing), missing);
      assert.deepEqual(combine(missing, second), missing);
    }
    assert.deepEqual(multiply(exact(0), missing), missing);
    assert.deepEqual(multiply(exact(0), a), exact(0));
  });

  it('comes of numbers beyond 2^53, also where they would be reduced to small ones', () => {
    const large = exact(2 ** 53 - 1);
    assert.equal(reasonOf(add(large, exact(1))), 'too-large');
    assert.equal(reasonOf(add(large, exact(2), exact(-5))), 'too-large');
    assert.equal(reasonOf(multiply(large, large)), 'too-large');
    assert.equal(reasonOf(multiply(large, exact(2), a)), 'too-large');
    assert.equal(reasonOf(power(exact(10), 16)), 'too-large');
    assert.equal(reasonOf(power(a, -1)), 'too-large');
    assert.equal(reasonOf(exact(0.5)), 'too-large');
    assert.equal(reasonOf(exact(NaN)), 'too-large');
    const third = divideExactly(multiply(large, a), exact(3));
    assert.equal(reasonOf(add(third, divideExactly(multiply(large, a), exact(2 ** 52)))), 'too-large');
  });

  it('does not come of large factors that cancel', () => {
    const large = exact(2 ** 50);
    assert.deepEqual(divideExactly(multiply(large, a), multiply(large, b)), divideExactly(a, b));
    assert.deepEqual(multiply(divideExactly(a, large), large), a);
    assert.deepEqual(floorDivide(exact(2 ** 53 - 1), exact(2)), exact(2 ** 52 - 1));
  });

  it('is not what is truncated: a number is itself, a formula says so', () => {
    assert.deepEqual(truncate(exact(7)), exact(7));
    assert.deepEqual(truncate(missing), missing);
    assert.equal(show(truncate(multiply(a, b))), 'int(a·b)');
  });

  it('has no numbers', () => {
    assert.equal(numberOf(a), undefined);
    assert.equal(numbersOf([exact(1), missing]), undefined);
    assert.deepEqual(numbersOf([exact(1), exact(2)]), [1, 2]);
  });
});

/** A formula of a, b and c, and its value as Python has it for values of those. */
interface Pair {
  readonly quantity: Quantity;
  readonly value: (values: Record<string, number>) => number;
}

const leaf: fc.Arbitrary<Pair> = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map((number) => ({ quantity: exact(number), value: () => number })),
  fc.constantFrom('a', 'b', 'c').map((name) => ({
    quantity: symbol(name),
    value: (values: Record<string, number>) => values[name] ?? NaN,
  })),
);

/** Python raises where the divisor is zero. */
const floorOf = (x: number, y: number) => (y === 0 ? NaN : Math.floor(x / y));

const operations: readonly [(x: Quantity, y: Quantity) => Quantity, (x: number, y: number) => number][] = [
  [add, (x, y) => x + y],
  [subtract, (x, y) => x - y],
  [multiply, (x, y) => x * y],
  [floorDivide, floorOf],
  [modulo, (x, y) => x - y * floorOf(x, y)],
  [maximum, Math.max],
  [minimum, Math.min],
];

const { formula } = fc.letrec<{ formula: Pair }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom(...operations), tie('formula'), tie('formula'))
      .map(([[make, compute], x, y]) => ({
        quantity: make(x.quantity, y.quantity),
        value: (values: Record<string, number>) => compute(x.value(values), y.value(values)),
      })),
  ),
}));

const values = fc.record({
  a: fc.integer({ min: -30, max: 30 }),
  b: fc.integer({ min: -30, max: 30 }),
  c: fc.integer({ min: 1, max: 30 }),
});

describe('formulas of generated operations', () => {
  it('have the value of plain numbers after substitution', () => {
    fc.assert(
      fc.property(formula, values, ({ quantity, value }, given) => {
        const expected = value(given);
        fc.pre(Number.isSafeInteger(expected) && quantity.kind !== 'unknown');
        assert.equal(valueOf(quantity, given), expected === 0 ? 0 : expected, show(quantity));
      }),
      { numRuns: 400 },
    );
  });

  it('compare as their values do', () => {
    fc.assert(
      fc.property(formula, formula, values, (x, y, given) => {
        const order = compare(x.quantity, y.quantity);
        const [left, right] = [x.value(given), y.value(given)];
        fc.pre(order !== undefined && Number.isSafeInteger(left) && Number.isSafeInteger(right));
        assert.ok(order === 0 ? left === right : Math.sign(left - right) === order);
      }),
      { numRuns: 400 },
    );
  });

  it('divide back what was multiplied', () => {
    fc.assert(
      fc.property(formula, values, ({ quantity }, given) => {
        const divisor = valueOf(quantity, given);
        fc.pre(Number.isSafeInteger(divisor) && divisor !== 0);
        const back = divideExactly(multiply(quantity, a), quantity);
        fc.pre(back.kind !== 'unknown');
        assert.equal(valueOf(back, given), given.a === 0 ? 0 : given.a, show(back));
      }),
      { numRuns: 300 },
    );
  });
});
