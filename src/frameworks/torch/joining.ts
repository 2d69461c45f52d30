/** What makes one PyTorch tensor of several, or several of them fit together. */
import { integer, tuple, unknown, type Value } from '../../interp/values';
import { add, multiply } from '../../symbolic/arithmetic';
import { exact, type Quantity } from '../../symbolic/quantity';
import { functionRow, type BoundCall, type Row, type Toolbox } from '../library';
import { itemsOf, textOf, valueOf } from '../read';
import { commonType, concatenateRow, meshOf, partsOf, shapesOf, stackRow } from '../shapeRules';
import { broadcast, concatenate, type Shape } from '../shapes';
import { makeTensor, sizesOf, unmodelled } from '../tensor';
import { TENSOR } from './names';

/** Rows of functions that take several tensors. */
export function joiningRows(): Row[] {
  return [
    ...['cat', 'concat', 'concatenate'].map((name) =>
      concatenateRow(`torch.${name}`, TENSOR, 'tensors', 'dim', '(tensors, dim=0, *, out=None)'),
    ),
    stackRow('torch.stack', TENSOR, 'tensors', 'dim', '(tensors, dim=0, *, out=None)'),
    ...STACKS.map(([name, rank, axis]) =>
      functionRow(`torch.${name}`, '(tensors, *, out=None)', (call, tools) => {
        const parts = partsOf(call, 'tensors');
        const shapes = parts && shapesOf(parts)?.map((shape) => raised(shape, rank));
        const isFlat = name === 'hstack' && shapes?.every((shape) => shape.length === 1);
        return made(tools, call, shapes && concatenate(shapes, isFlat ? 0 : axis), parts);
      }),
    ),
    functionRow('torch.column_stack', '(tensors, *, out=None)', (call, tools) => {
      const parts = partsOf(call, 'tensors');
      const shapes =
        parts && shapesOf(parts)?.map((shape) => (shape.length === 1 ? [...shape, exact(1)] : shape));
      return made(tools, call, shapes && concatenate(shapes, 1), parts);
    }),
    functionRow('torch.block_diag', '(*tensors)', (call, tools) => {
      const shapes = shapesOf(itemsOf(valueOf(call, 'tensors')) ?? []);
      const isFlat = shapes?.every((shape) => shape.length === 2) === true;
      const total = (axis: number): Quantity =>
        add(...(shapes ?? []).map((shape) => shape[axis] ?? exact(0)));
      return made(tools, call, isFlat ? [total(0), total(1)] : undefined, []);
    }),
    functionRow('torch.cartesian_prod', '(*tensors)', (call, tools) => {
      const shapes = shapesOf(itemsOf(valueOf(call, 'tensors')) ?? []);
      const sizes = shapes?.flat();
      const isFlat = shapes?.every((shape) => shape.length === 1) === true && shapes.length > 1;
      return made(tools, call, isFlat && sizes ? [multiply(...sizes), exact(sizes.length)] : undefined, []);
    }),
    functionRow('torch.meshgrid', '(*tensors, indexing="ij")', (call, tools) => {
      const given = itemsOf(valueOf(call, 'tensors')) ?? [];
      const [only] = given;
      const tensors = given.length === 1 && only ? (itemsOf(only) ?? given) : given;
      const grids = meshOf(tensors, textOf(call, 'indexing'));
      if (grids === undefined) return unknown(unmodelled(call.context));
      return tuple(grids.map(({ shape, ...contents }) => makeTensor(tools, TENSOR, shape, contents)));
    }),
    functionRow('torch.broadcast_tensors', '(*tensors)', (call, tools) => {
      const tensors = itemsOf(valueOf(call, 'tensors')) ?? [];
      const shape = together(shapesOf(tensors));
      if (shape === undefined) return unknown(unmodelled(call.context));
      return tuple(tensors.map((each) => makeTensor(tools, TENSOR, shape, commonType([each]))));
    }),
    functionRow('torch.broadcast_shapes', '(*shapes)', (call) => {
      const shapes = itemsOf(valueOf(call, 'shapes'))?.map(sizesOf);
      const known = shapes?.filter((shape) => shape !== undefined);
      const shape = known?.length === shapes?.length ? together(known) : undefined;
      return shape === undefined ? unknown(unmodelled(call.context)) : tuple(shape.map(integer));
    }),
    functionRow('torch.Size', '(sizes=())', (call) => {
      const sizes = itemsOf(valueOf(call, 'sizes'));
      return sizes ? tuple(sizes) : unknown(unmodelled(call.context));
    }),
  ];
}

const STACKS = [
  ['hstack', 1, 1],
  ['vstack', 2, 0],
  ['row_stack', 2, 0],
  ['dstack', 3, 2],
] as const;

/** New axes until there are so many, as the `atleast` functions put them. */
export function raised(shape: Shape, rank: number): Shape {
  if (shape.length >= rank) return shape;
  if (shape.length === 2) return [...shape, exact(1)];
  return rank === 3 && shape.length === 1
    ? [exact(1), ...shape, exact(1)]
    : raised([exact(1), ...shape], rank);
}

function together(shapes: readonly Shape[] | undefined): Shape | undefined {
  return shapes?.reduce<Shape | undefined>((a, b) => a && broadcast(a, b), []);
}

function made(
  tools: Toolbox,
  call: BoundCall,
  shape: Shape | undefined,
  parts: readonly Value[] | undefined,
): Value {
  return makeTensor(tools, TENSOR, shape ?? unmodelled(call.context), commonType(parts ?? []));
}
