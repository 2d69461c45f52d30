/** Numbers that look random and are the same for the same seed. */

/** A source of numbers. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** A number from -1 up to 1. */
  real(): number;
}

/** A generator for the seed: mulberry32, whose 32 bits of state are enough for test data. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    real: () => 2 * next() - 1,
  };
}

/** `length` whole numbers from `low` to `high`. */
export function randomIntegers(random: Random, length: number, low: number, high: number): Float32Array {
  const numbers = new Float32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = random.integer(low, high);
  return numbers;
}

/** `length` numbers from -1 up to 1. */
export function randomReals(random: Random, length: number): Float32Array {
  const numbers = new Float32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = random.real();
  return numbers;
}
