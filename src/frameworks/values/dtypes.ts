/** Types of elements: their names, what fits into them, and how the frameworks combine them. */

export type DType =
  'bool' | 'uint8' | 'int8' | 'int16' | 'int32' | 'int64' | 'float16' | 'bfloat16' | 'float32' | 'float64';

export type Category = 'bool' | 'int' | 'float';

interface Facts {
  readonly category: Category;
  readonly bits: number;
}

const FACTS: Readonly<Record<DType, Facts>> = {
  bool: { category: 'bool', bits: 1 },
  uint8: { category: 'int', bits: 8 },
  int8: { category: 'int', bits: 8 },
  int16: { category: 'int', bits: 16 },
  int32: { category: 'int', bits: 32 },
  int64: { category: 'int', bits: 64 },
  float16: { category: 'float', bits: 16 },
  bfloat16: { category: 'float', bits: 16 },
  float32: { category: 'float', bits: 32 },
  float64: { category: 'float', bits: 64 },
};

/** Names of types in PyTorch, NumPy and TensorFlow, beside the ones above. */
const OTHER_NAMES: Readonly<Record<string, DType>> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  long: 'int64',
  int: 'int32',
  short: 'int16',
  single: 'float32',
  float_: 'float64',
  int_: 'int64',
  bool_: 'bool',
  intp: 'int64',
  longlong: 'int64',
};

/** Names that every framework gives its types, each with the type. */
export function dtypeNames(): (readonly [string, DType])[] {
  return Object.keys(FACTS).map((name) => [name, name as DType] as const);
}

/** The type of a name as PyTorch uses it (`long`, `int32`, …); `undefined` for names of no type we know. */
export function dtypeNamed(name: string): DType | undefined {
  if (name in FACTS) return name as DType;
  return Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
}

export function categoryOf(dtype: DType): Category {
  return FACTS[dtype].category;
}

/** The number as the type holds it; NaN for what it cannot hold, and for types whose rounding is not modelled. */
export function fit(dtype: DType, value: number): number {
  switch (dtype) {
    case 'float64':
      return value;
    case 'float32':
      return Math.fround(value);
    case 'bool':
      return value === 0 || value === 1 ? value : NaN;
    case 'float16':
    case 'bfloat16':
      // Small integers are exact in both.
      return Number.isInteger(value) && Math.abs(value) <= 256 ? value : NaN;
    default: {
      const isSigned = dtype !== 'uint8';
      const limit = 2 ** (FACTS[dtype].bits - (isSigned ? 1 : 0));
      const isInside = value < limit && value >= (isSigned ? -limit : 0);
      return isInside && Number.isSafeInteger(value) ? value + 0 : NaN;
    }
  }
}

/** The distance to the next number of the type, at most, near `value`; zero for integers. */
export function unitInLastPlace(dtype: DType, value: number): number {
  const bits: Partial<Record<DType, number>> = { float64: 52, float32: 23, float16: 10, bfloat16: 7 };
  const fraction = bits[dtype];
  return fraction === undefined ? 0 : Math.abs(value) * 2 ** -fraction;
}

/** The smallest type of PyTorch that holds both. Source: PyTorch docs, "Tensor Attributes", promotion. */
export function torchPair(a: DType, b: DType): DType {
  if (a === b) return a;
  const [low, high] = rank(a) <= rank(b) ? [a, b] : [b, a];
  const sameCategory = categoryOf(a) === categoryOf(b);
  if (sameCategory && FACTS[a].bits === FACTS[b].bits) return categoryOf(a) === 'int' ? 'int16' : 'float32';
  return sameCategory && FACTS[low].bits > FACTS[high].bits ? low : high;
}

/** The smallest type of NumPy that holds both. Source: NumPy reference, `numpy.promote_types`. */
export function numpyPair(a: DType, b: DType): DType | undefined {
  if (a === 'bfloat16' || b === 'bfloat16') return undefined;
  const [integer, fraction] = categoryOf(a) === 'float' ? [b, a] : [a, b];
  if (categoryOf(integer) !== 'int' || categoryOf(fraction) !== 'float') return torchPair(a, b);
  const needed: DType =
    FACTS[integer].bits <= 8 ? 'float16' : FACTS[integer].bits <= 16 ? 'float32' : 'float64';
  return torchPair(needed, fraction);
}

function rank(dtype: DType): number {
  return ['bool', 'int', 'float'].indexOf(categoryOf(dtype)) * 100 + FACTS[dtype].bits;
}
