/** NumPy arrays as far as their shapes go. Source: NumPy reference, "Array creation" and "Array manipulation". */
import { functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { isAbsent, itemsOf, valueOf } from '../read';
import {
  concatenateRow,
  cutAt,
  insertAxisAt,
  keep,
  partsByCount,
  permuteBy,
  reduceOver,
  reshapeTo,
  squeezeAt,
  stackRow,
} from '../shapeRules';
import type { Shape } from '../shapes';
import {
  asFunctions,
  makeTensor,
  shapeOfNested,
  sizesOf,
  tensorClassRow,
  unmodelled,
  type TensorMethod,
} from '../tensor';
import { NONE, quantityOf, type Value } from '../../interp/values';

const ARRAY = 'numpy.ndarray';

const METHODS: readonly TensorMethod[] = [
  ...'astype copy clip round abs'
    .split(' ')
    .map((name) => ({ name, signature: '(*args, **kwargs)', rule: keep })),
  { name: 'reshape', signature: '(*shape)', rule: reshapeTo('shape') },
  { name: 'transpose', signature: '(*axes)', rule: permuteBy('axes') },
  { name: 'squeeze', signature: '(axis=None)', rule: squeezeAt('axis') },
  ...['sum', 'mean', 'max', 'min'].map((name) => ({
    name,
    signature: '(axis=None, dtype=None, out=None, keepdims=False)',
    rule: reduceOver('axis', 'keepdims'),
  })),
];

const FUNCTIONS: readonly TensorMethod[] = [
  ...'abs exp sqrt round clip zeros_like ones_like'
    .split(' ')
    .map((name) => ({ name, signature: '(*args, **kwargs)', rule: keep })),
  { name: 'reshape', signature: '(newshape, order="C")', rule: reshapeTo('newshape') },
  { name: 'transpose', signature: '(axes=None)', rule: permuteBy('axes') },
  { name: 'expand_dims', signature: '(axis)', rule: insertAxisAt('axis') },
  { name: 'squeeze', signature: '(axis=None)', rule: squeezeAt('axis') },
  {
    name: 'split',
    signature: '(indices_or_sections, axis=0)',
    rule: cutAt('axis', partsByCount('indices_or_sections')),
  },
];

/** Rows of arrays, their creation and manipulation. */
export function arrayRows(): Row[] {
  const bySizes = ['random.rand', 'random.randn'];
  const byShape = ['zeros', 'ones', 'empty', 'full', 'random.random'];
  return [
    tensorClassRow(ARRAY, METHODS),
    ...asFunctions('numpy', ARRAY, 'a', FUNCTIONS),
    { path: 'numpy.newaxis', make: () => NONE },
    ...bySizes.map((name) =>
      functionRow(`numpy.${name}`, '(*size)', (call, tools) =>
        sized(tools, call, sizesOf(valueOf(call, 'size'))),
      ),
    ),
    ...byShape.map((name) =>
      functionRow(`numpy.${name}`, '(shape, *args, **kwargs)', (call, tools) =>
        sized(tools, call, sizesOf(valueOf(call, 'shape'))),
      ),
    ),
    functionRow('numpy.random.normal', '(loc=0.0, scale=1.0, size=None)', (call, tools) =>
      sized(tools, call, sizeOrScalar(call)),
    ),
    functionRow('numpy.random.uniform', '(low=0.0, high=1.0, size=None)', (call, tools) =>
      sized(tools, call, sizeOrScalar(call)),
    ),
    ...['array', 'asarray'].map((name) =>
      functionRow(`numpy.${name}`, '(object, *args, **kwargs)', (call, tools) =>
        sized(tools, call, shapeOfNested(valueOf(call, 'object'))),
      ),
    ),
    functionRow('numpy.arange', '(*bounds, **kwargs)', (call, tools) => sized(tools, call, countOf(call))),
    concatenateRow('numpy.concatenate', ARRAY, 'arrays', 'axis', '(arrays, axis=0, out=None)'),
    stackRow('numpy.stack', ARRAY, 'arrays', 'axis', '(arrays, axis=0, out=None)'),
  ];
}

function sizeOrScalar(call: BoundCall): Shape | undefined {
  return isAbsent(call, 'size') ? [] : sizesOf(valueOf(call, 'size'));
}

/** `arange(n)`; other forms are left alone. */
function countOf(call: BoundCall): Shape | undefined {
  const bounds = itemsOf(valueOf(call, 'bounds'));
  return bounds?.length === 1 && bounds[0] ? [quantityOf(bounds[0])] : undefined;
}

function sized(tools: Toolbox, call: BoundCall, shape: Shape | undefined): Value {
  return makeTensor(tools, ARRAY, shape ?? unmodelled(call.context));
}
