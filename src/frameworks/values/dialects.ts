/** What sets the frameworks apart in arithmetic: the type of a result. */
import { categoryOf, numpyPair, torchPair, type DType } from './dtypes';

/** What takes part in an operation: a number of Python, a tensor without axes, or one with axes. */
export interface Operand {
  readonly dtype: DType;
  readonly form: 'number' | 'scalar' | 'array';
}

/** A framework's own rules; `undefined` where they are not certain. */
export interface Dialect {
  readonly name: 'torch' | 'numpy' | 'tensorflow';
  /** The type of fractions that code does not name. */
  readonly float: DType;
  /** The type in which two operands are combined. */
  readonly promote: (a: Operand, b: Operand) => DType | undefined;
  /** The type of a true division, once the operands have this type. */
  readonly divided: (dtype: DType) => DType | undefined;
  /** The type of functions such as `log`. */
  readonly fractional: (dtype: DType) => DType | undefined;
  /** Whether rounding leaves integers integers. */
  readonly roundsIntegers: boolean;
}

const isFloat = (dtype: DType): boolean => categoryOf(dtype) === 'float';

/** Source: PyTorch docs, "Tensor Attributes", type promotion. */
export const TORCH: Dialect = {
  name: 'torch',
  float: 'float32',
  promote: torchPromotion,
  divided: (dtype) => (isFloat(dtype) ? dtype : 'float32'),
  fractional: (dtype) => (isFloat(dtype) ? dtype : 'float32'),
  roundsIntegers: true,
};

/** Source: NumPy reference, "Data type promotion". What changed with NumPy 2 is left undecided. */
export const NUMPY: Dialect = {
  name: 'numpy',
  float: 'float64',
  promote: numpyPromotion,
  divided: (dtype) => (isFloat(dtype) ? dtype : 'float64'),
  fractional: (dtype) =>
    isFloat(dtype) ? dtype : dtype === 'int32' || dtype === 'int64' ? 'float64' : undefined,
  roundsIntegers: false,
};

/** Tensors of different types are not combined. */
export const TENSORFLOW: Dialect = {
  name: 'tensorflow',
  float: 'float32',
  promote: (a, b) => {
    if (a.dtype === b.dtype) return a.dtype;
    const [number, other] = a.form === 'number' ? [a, b] : [b, a];
    const fits = number.form === 'number' && (isFloat(other.dtype) || categoryOf(number.dtype) === 'int');
    return fits ? other.dtype : undefined;
  },
  divided: (dtype) => (isFloat(dtype) ? dtype : 'float64'),
  fractional: (dtype) => (isFloat(dtype) ? dtype : undefined),
  roundsIntegers: true,
};

/** Tensors with axes decide first, then those without, then numbers, unless a later one is of a higher category. */
function torchPromotion(a: Operand, b: Operand): DType {
  const of = (form: Operand['form']): DType | undefined => {
    const dtypes = [a, b]
      .filter((each) => each.form === form)
      .map(({ dtype, form: own }) => (own === 'number' && isFloat(dtype) ? 'float32' : dtype));
    return dtypes.reduce<DType | undefined>(
      (all, each) => (all === undefined ? each : torchPair(all, each)),
      undefined,
    );
  };
  const combined = higher(of('array'), higher(of('scalar'), of('number')));
  return combined ?? a.dtype;
}

function higher(first: DType | undefined, second: DType | undefined): DType | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  if (isFloat(first)) return first;
  return first === 'bool' || isFloat(second) ? torchPair(first, second) : first;
}

function numpyPromotion(a: Operand, b: Operand): DType | undefined {
  const [number, other] = a.form === 'number' ? [a, b] : [b, a];
  if (number.form === 'number') {
    if (other.form === 'scalar' && !['float64', 'int64', 'bool'].includes(other.dtype)) return undefined;
    if (isFloat(other.dtype)) return other.dtype;
    if (isFloat(number.dtype)) return 'float64';
    return other.dtype === 'bool' ? (number.dtype === 'bool' ? 'bool' : 'int64') : other.dtype;
  }
  return a.form !== b.form && a.dtype !== b.dtype ? mixed(a, b) : numpyPair(a.dtype, b.dtype);
}

/** A scalar beside an array of another type: certain where NumPy 1, which looks at the value, and NumPy 2 agree. */
function mixed(a: Operand, b: Operand): DType | undefined {
  const [scalar, array] = a.form === 'scalar' ? [a, b] : [b, a];
  const result = numpyPair(a.dtype, b.dtype);
  if (result === array.dtype) return result;
  const isFraction = isFloat(scalar.dtype) && (array.dtype === 'int64' || array.dtype === 'int32');
  return isFraction && result === 'float64' ? result : undefined;
}
