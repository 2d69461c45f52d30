/** Fourier transforms of PyTorch: shapes alone. Source: PyTorch docs, torch.fft. */
import { add, floorDivide, multiply } from '../../symbolic/arithmetic';
import { exact, type Quantity } from '../../symbolic/quantity';
import { functionRow, type BoundCall, type Row } from '../library';
import { isAbsent, itemsOf, quantityFrom, valueOf } from '../read';
import { replaceAxis, type Shape } from '../shapes';
import { makeTensor, shapeOf, shapeReason, unmodelled } from '../tensor';
import { axesOf } from '../elementRules';
import { TENSOR } from './names';

/** Axes a transform works on without `dim`, counted from the end; none stands for all. */
const DEFAULT_AXES: Readonly<Record<string, number>> = { '': 1, '2': 2, n: 0 };

/** The last axis afterwards: `half` of it plus one, `double` of it less two, or as before. */
const FAMILIES: readonly (readonly [name: string, last: 'same' | 'half' | 'double'])[] = [
  ['fft', 'same'],
  ['ifft', 'same'],
  ['rfft', 'half'],
  ['irfft', 'double'],
];

/** Rows of the discrete transforms and of the shifts. */
export function fourierRows(): Row[] {
  return [
    ...FAMILIES.flatMap(([family, last]) =>
      Object.entries(DEFAULT_AXES).map(([suffix, count]) => {
        const sizes = suffix === '' ? 'n' : 's';
        const signature = `(input, ${sizes}=None, dim=None, norm=None, *, out=None)`;
        return functionRow(`torch.fft.${family}${suffix}`, signature, (call, tools) => {
          const input = valueOf(call, 'input');
          const shape = shapeOf(input);
          if (shape === undefined) return makeTensor(tools, TENSOR, shapeReason(input, 'the shape'));
          const result = transformed(shape, call, sizes, count, last);
          return makeTensor(tools, TENSOR, result ?? unmodelled(call.context));
        });
      }),
    ),
    ...['fftshift', 'ifftshift'].map((name) =>
      functionRow(`torch.fft.${name}`, '(input, dim=None)', (call, tools) => {
        const input = valueOf(call, 'input');
        return makeTensor(tools, TENSOR, shapeOf(input) ?? shapeReason(input, 'the shape'));
      }),
    ),
  ];
}

function transformed(
  shape: Shape,
  call: BoundCall,
  sizes: string,
  count: number,
  last: 'same' | 'half' | 'double',
): Shape | undefined {
  const given = isAbsent(call, sizes) ? undefined : givenSizes(call, sizes);
  if (!isAbsent(call, sizes) && given === undefined) return undefined;
  const axes = isAbsent(call, 'dim')
    ? lastAxes(shape, given?.length ?? (count === 0 ? shape.length : count))
    : axesOf(call, 'dim', shape.length);
  if (axes === undefined || (given !== undefined && given.length !== axes.length)) return undefined;
  const known = axes.reduce<Shape>(
    (all, axis, index) => replaceAxis(all, axis, given?.[index] ?? all[axis] ?? exact(1)),
    shape,
  );
  const end = axes.at(-1);
  const size = end === undefined ? undefined : known[end];
  if (end === undefined || size === undefined || last === 'same') return known;
  if (last === 'half') return replaceAxis(known, end, add(floorDivide(size, exact(2)), exact(1)));
  return given === undefined ? replaceAxis(known, end, multiply(exact(2), add(size, exact(-1)))) : known;
}

function givenSizes(call: BoundCall, name: string): readonly Quantity[] | undefined {
  const value = valueOf(call, name);
  const items =
    itemsOf(value)?.map(quantityFrom) ?? (value.kind === 'int' ? [quantityFrom(value)] : undefined);
  return items?.some((size) => size.kind === 'exact' && size.value < 0) ? undefined : items;
}

function lastAxes(shape: Shape, count: number): readonly number[] | undefined {
  return count > shape.length
    ? undefined
    : Array.from({ length: count }, (_, index) => shape.length - count + index);
}
