/** Making NumPy arrays, and the types of their elements. Source: NumPy reference, "Array creation routines". */
import { nativeClass } from '../../interp/classes';
import { bool, builtin, NONE, unknown, type Value } from '../../interp/values';
import { add, subtract, floorDivide } from '../../symbolic/arithmetic';
import { exact, numberOf } from '../../symbolic/quantity';
import { functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { operandOf } from '../operands';
import { integerOf, isAbsent, itemsOf, quantityFrom, valueOf } from '../read';
import type { Shape } from '../shapes';
import {
  contentsOf,
  isTensor,
  makeTensor,
  plainSizes,
  shapeOf,
  shapeReason,
  sizesOf,
  unmodelled,
  type Contents,
} from '../tensor';
import { dtypeOf, typeRows } from '../types';
import { NUMPY } from '../values/dialects';
import { categoryOf, dtypeNames, type DType } from '../values/dtypes';
import { converted, exactly, valueAt } from '../values/elements';
import { countOf } from '../values/layout';
import { numpyLinspace, rangeElements, rangeLength } from '../values/ranges';
import { ARRAY } from './names';

const CONSTANTS: Readonly<Record<string, number | undefined>> = { zeros: 0, ones: 1, empty: undefined };

/** Rows of functions that make arrays from sizes, data and ranges. */
export function creationRows(): Row[] {
  return [
    ...scalarTypeRows(),
    ...['zeros', 'ones', 'empty'].map((name) =>
      functionRow(`numpy.${name}`, '(shape, dtype=None, order="C", **options)', (call, tools) =>
        filled(tools, call, sizesOf(valueOf(call, 'shape')), CONSTANTS[name], typeOr(call, 'float64')),
      ),
    ),
    ...['zeros_like', 'ones_like', 'empty_like', 'full_like'].map((name) =>
      functionRow(`numpy.${name}`, '(a, *args, **options)', (call, tools) => {
        const given = valueOf(call, 'a');
        const shape = operandOf(given, NUMPY)?.shape;
        const isPlain = call.args.keywords.size === 0 && call.args.positional.length === 1;
        const dtype = isPlain ? contentsOf(given).dtype : undefined;
        if (call.args.keywords.has('shape')) return sized(tools, call, undefined);
        return shape === undefined
          ? makeTensor(tools, ARRAY, shapeReason(given, 'the shape'))
          : filled(tools, call, shape, CONSTANTS[name.slice(0, -5)], dtype);
      }),
    ),
    functionRow('numpy.full', '(shape, fill_value, dtype=None, order="C", **options)', (call, tools) => {
      const value = operandOf(valueOf(call, 'fill_value'), NUMPY);
      const held = value?.elements && valueAt(value.elements, 0);
      return filled(tools, call, sizesOf(valueOf(call, 'shape')), held, typeOr(call, value?.dtype));
    }),
    ...['eye', 'identity'].map((name) =>
      functionRow(`numpy.${name}`, '(N, M=None, *args, **options)', (call, tools) =>
        sized(tools, call, [integerOf(call, 'N'), integerOf(call, isAbsent(call, 'M') ? 'N' : 'M')]),
      ),
    ),
    ...['array', 'asarray', 'asanyarray'].map((name) =>
      functionRow(`numpy.${name}`, '(object, dtype=None, *args, **kwargs)', fromData),
    ),
    functionRow('numpy.arange', '(*bounds, dtype=None, **kwargs)', arange),
    functionRow(
      'numpy.linspace',
      '(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)',
      linspace,
    ),
    ...['rand', 'randn'].map((name) =>
      functionRow(`numpy.random.${name}`, '(*size)', (call, tools) => {
        const items = itemsOf(valueOf(call, 'size'));
        return sized(tools, call, items?.length === 0 ? [] : sizesOf(valueOf(call, 'size')), {
          dtype: 'float64',
        });
      }),
    ),
    ...['random', 'random_sample', 'ranf'].map((name) =>
      functionRow(`numpy.random.${name}`, '(size=None)', (call, tools) =>
        sized(tools, call, sizeOrScalar(call), { dtype: 'float64' }),
      ),
    ),
    ...['normal', 'uniform'].map((name) =>
      functionRow(`numpy.random.${name}`, '(first=0.0, second=1.0, size=None)', (call, tools) =>
        sized(
          tools,
          call,
          call.args.keywords.has('loc') || call.args.keywords.has('low') ? named(call) : sizeOrScalar(call),
        ),
      ),
    ),
    functionRow('numpy.random.standard_normal', '(size=None)', (call, tools) =>
      sized(tools, call, sizeOrScalar(call)),
    ),
    functionRow('numpy.random.randint', '(low, high=None, size=None, dtype=int)', (call, tools) =>
      sized(tools, call, sizeOrScalar(call), { dtype: 'int64' }),
    ),
    functionRow('numpy.random.permutation', '(x)', (call, tools) => {
      const given = valueOf(call, 'x');
      return given.kind === 'int'
        ? sized(tools, call, [exact(given.value)], { dtype: 'int64' })
        : sized(tools, call, operandOf(given, NUMPY)?.shape);
    }),
  ];
}

/** `np.float32` and its kin: classes that make scalars; abstract ones for checks alone. */
function scalarTypeRows(): Row[] {
  const names: (readonly [string, DType])[] = [
    ...dtypeNames().filter(([name]) => name !== 'bool' && name !== 'bfloat16'),
    ['bool_', 'bool'],
    ['float_', 'float64'],
    ['int_', 'int64'],
    ['double', 'float64'],
    ['single', 'float32'],
    ['intp', 'int64'],
  ];
  const made = (name: string, dtype: DType): Row => ({
    path: `numpy.${name}`,
    make: (tools) => {
      const make = builtin('__new__', ({ positional: [, data] }, context) => {
        const read = operandOf(data?.value ?? { kind: 'int', value: 0 }, NUMPY);
        const elements = read?.elements && converted(read.elements, dtype);
        return makeTensor(tools, ARRAY, read?.shape ?? unmodelled(context), { dtype, elements });
      });
      return nativeClass(
        name,
        [],
        [['dtype', tools.value(`numpy.types.${dtype}`)], ['__new__', make], check()],
      );
    },
  });
  const abstract = ['integer', 'floating', 'number', 'generic', 'signedinteger', 'complexfloating'];
  return [
    ...names.map(([name, dtype]) => made(name, dtype)),
    ...abstract.map((name): Row => ({ path: `numpy.${name}`, make: () => nativeClass(name, [], [check()]) })),
    ...typeRows('numpy.types', []),
    functionRow('numpy.dtype', '(dtype, *args, **kwargs)', (call, tools) => {
      const dtype = dtypeOf(valueOf(call, 'dtype'), 'numpy');
      return dtype === undefined ? unknown(unmodelled(call.context)) : tools.value(`numpy.types.${dtype}`);
    }),
  ];
}

/** Only scalars of NumPy are instances of its types. */
function check(): [string, Value] {
  const run = (value: Value): Value => {
    if (value.kind === 'unknown') return value;
    const mayBe = (isTensor(value) && (shapeOf(value)?.length ?? 0) === 0) || value.kind === 'formula';
    return mayBe ? unknown({ code: 'unmodelled', subject: 'the type of this number' }) : bool(false);
  };
  return [
    '__instancecheck__',
    builtin('__instancecheck__', ({ positional: given }) => run(given.at(-1)?.value ?? NONE)),
  ];
}

function typeOr(call: BoundCall, otherwise: DType | undefined): DType | undefined {
  return isAbsent(call, 'dtype') ? otherwise : dtypeOf(valueOf(call, 'dtype'), 'numpy');
}

function sized(tools: Toolbox, call: BoundCall, shape: Shape | undefined, contents?: Contents): Value {
  return makeTensor(tools, ARRAY, shape ?? unmodelled(call.context), contents);
}

function filled(
  tools: Toolbox,
  call: BoundCall,
  shape: Shape | undefined,
  value: number | undefined,
  dtype: DType | undefined,
): Value {
  const sizes = shape && plainSizes(shape);
  const isCarried = value !== undefined && dtype !== undefined && sizes !== undefined;
  const elements = isCarried ? exactly(dtype, Array<number>(countOf(sizes)).fill(value)) : undefined;
  return sized(tools, call, shape, { dtype, elements });
}

function sizeOrScalar(call: BoundCall): Shape | undefined {
  return isAbsent(call, 'size') ? [] : sizesOf(valueOf(call, 'size'));
}

/** The size where the other arguments go by their own names, which differ. */
function named(call: BoundCall): Shape | undefined {
  const size = call.args.keywords.get('size')?.value;
  return size && sizesOf(size);
}

function fromData(call: BoundCall, tools: Toolbox): Value {
  const data = valueOf(call, 'object');
  const read = operandOf(data, NUMPY);
  if (read === undefined)
    return makeTensor(tools, ARRAY, data.kind === 'unknown' ? data.reason : unmodelled(call.context));
  const dtype = typeOr(call, read.dtype);
  const elements = dtype && read.elements && converted(read.elements, dtype);
  return makeTensor(tools, ARRAY, read.shape, {
    dtype,
    elements,
    storage: isTensor(data) ? contentsOf(data).storage : undefined,
  });
}

function arange(call: BoundCall, tools: Toolbox): Value {
  const given = (itemsOf(valueOf(call, 'bounds')) ?? []).map((value) => operandOf(value, NUMPY));
  const hasOther = ['start', 'stop', 'step'].some((name) => call.args.keywords.has(name));
  if (hasOther || given.includes(undefined) || given.length === 0) return sized(tools, call, undefined);
  const [first, second, third] = given.map((read) => read?.elements && valueAt(read.elements, 0));
  const isFloat = given.some((read) => read?.dtype !== undefined && categoryOf(read.dtype) === 'float');
  const [start, stop, step] =
    given.length === 1 ? [0, first, 1] : [first, second, given.length > 2 ? third : 1];
  const dtype = typeOr(call, isFloat ? 'float64' : 'int64');
  if (start !== undefined && stop !== undefined && step !== undefined && step !== 0) {
    const length = rangeLength(start, stop, step);
    const elements =
      length <= 4096 && dtype !== undefined ? rangeElements(dtype, start, step, length) : undefined;
    return sized(tools, call, [exact(length)], { dtype, elements });
  }
  const [a, b, c] = (itemsOf(valueOf(call, 'bounds')) ?? []).map(quantityFrom);
  if (a === undefined) return sized(tools, call, undefined);
  const length = b === undefined ? a : subtract(b, a);
  const count = c === undefined ? length : floorDivide(add(length, c, exact(-1)), c);
  return sized(tools, call, count.kind === 'unknown' ? undefined : [count], { dtype });
}

function linspace(call: BoundCall, tools: Toolbox): Value {
  const [start, stop] = ['start', 'stop'].map((name) => {
    const read = operandOf(valueOf(call, name), NUMPY);
    return read?.elements && read.shape.length === 0 ? valueAt(read.elements, 0) : undefined;
  });
  const count = integerOf(call, 'num');
  const length = numberOf(count);
  const hasEnd = valueOf(call, 'endpoint');
  if (!isFalse(valueOf(call, 'retstep'))) return unknown(unmodelled(call.context));
  if (start === undefined || stop === undefined) return sized(tools, call, undefined);
  if (length === undefined || length > 4096 || !isAbsent(call, 'dtype') || hasEnd.kind !== 'bool')
    return sized(tools, call, [count]);
  return sized(tools, call, [count], { elements: numpyLinspace(start, stop, length, hasEnd.value) });
}

function isFalse(value: Value): boolean {
  return value.kind === 'bool' && !value.value;
}
