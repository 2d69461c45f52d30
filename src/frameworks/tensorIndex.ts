/** What an index between square brackets picks from a tensor. */
import type { CallContext } from '../interp/call';
import { NONE, quantityOf, type ClassValue, type Value } from '../interp/values';
import { exact, numberOf, type Quantity } from '../symbolic/quantity';
import { nested, spend } from './operands';
import { indexShape, slicePlaces, type IndexPart, type Shape } from './shapes';
import {
  contentsOf,
  isTensor,
  plainSizes,
  shapeOf,
  shapeReason,
  tensorOfClass,
  unmodelled,
  withPlace,
  type Contents,
} from './tensor';
import type { Dialect } from './values/dialects';
import { categoryOf } from './values/dtypes';
import { picked, valuesOf, type Elements } from './values/elements';
import { positionsAlong } from './values/layout';

/** A part of an index, with the positions that it gives where they are known. */
type Part = IndexPart & { readonly positions?: readonly number[] };

/** `tensor[index]`. */
export function indexed(
  type: ClassValue,
  dialect: Dialect,
  self: Value,
  index: Value,
  context: CallContext,
): Value {
  const shape = shapeOf(self);
  if (shape === undefined) return tensorOfClass(type, shapeReason(self, 'the shape'));
  const parts = (index.kind === 'tuple' ? index.items : [index]).map((each) => partOf(each, dialect));
  const known = parts.filter((part) => part !== undefined);
  const failing = parts.indexOf(undefined);
  if (failing >= 0) {
    const given = index.kind === 'tuple' ? index.items[failing] : index;
    const reason = given?.kind === 'unknown' ? given.reason : unmodelled(context);
    return tensorOfClass(type, withPlace(reason, context));
  }
  const result = indexShape(shape, known, dialect.name === 'numpy');
  if (result === undefined) return tensorOfClass(type, unmodelled(context));
  return tensorOfClass(type, result, pickedContents(self, shape, known, result, context));
}

/** The elements that the index picks, sharing their storage. */
function pickedContents(
  self: Value,
  shape: Shape,
  parts: readonly Part[],
  result: Shape,
  context: CallContext,
): Contents {
  const { dtype, elements, storage } = contentsOf(self);
  const sizes = plainSizes(shape);
  if (elements === undefined || sizes === undefined || plainSizes(result) === undefined)
    return { dtype, storage };
  spend(context, elements);
  const gathers = parts.filter(({ kind }) => kind === 'gather' || kind === 'mask').length;
  const isPlain = gathers === 0 || (gathers === 1 && parts.length === 1);
  const places = isPlain ? placesOf(parts, shape) : undefined;
  return { dtype, storage, elements: places && pickedAlong(elements, sizes, places) };
}

/** The places kept of every axis in order; `undefined` when some are not known. */
function placesOf(parts: readonly Part[], shape: Shape): (readonly number[])[] | undefined {
  const taken = parts.filter(({ kind }) => kind !== 'newAxis' && kind !== 'ellipsis').length;
  const all: (readonly number[])[] = [];
  for (const part of parts) {
    const size = numberOf(shape[all.length] ?? exact(1)) ?? 0;
    if (part.kind === 'ellipsis') {
      for (let left = shape.length - taken; left > 0; left--) all.push(range(shape[all.length]));
    } else if (part.kind !== 'newAxis') {
      const kept = part.kind === 'stretch' ? slicePlaces(exact(size), part) : part.positions;
      const places = kept?.map((place) => (place < 0 ? place + size : place));
      if (places?.some((place) => place < 0 || place >= size) !== false) return undefined;
      all.push(places);
    }
  }
  return all;
}

function pickedAlong(
  elements: Elements,
  sizes: readonly number[],
  places: readonly (readonly number[])[],
): Elements {
  const left = [...sizes];
  return places.reduce((all, kept, axis) => {
    const next = picked(all, positionsAlong(left, axis, kept));
    left[axis] = kept.length;
    return next;
  }, elements);
}

function range(size: Quantity | undefined): number[] {
  return Array.from({ length: (size && numberOf(size)) ?? 0 }, (_, index) => index);
}

function partOf(value: Value, dialect: Dialect): Part | undefined {
  switch (value.kind) {
    case 'int':
      return { kind: 'position', at: exact(value.value), positions: [value.value] };
    case 'formula':
      // A parameter without annotation may be a list.
      return value.isUntyped ? undefined : { kind: 'position', at: value.formula };
    case 'none':
      return { kind: 'newAxis' };
    case 'ellipsis':
      return { kind: 'ellipsis' };
    case 'slice':
      return {
        kind: 'stretch',
        start: boundOf(value.start),
        stop: boundOf(value.stop),
        step: boundOf(value.step),
      };
    case 'list':
    case 'tuple':
    case 'range':
      return gathered(nested(value, dialect));
    default:
      return isTensor(value) ? gathered({ shape: shapeOf(value), ...contentsOf(value) }) : undefined;
  }
}

/** Positions from a list or a tensor: of integers, or of truth values. */
function gathered(index: ({ shape?: Shape } & Contents) | undefined): Part | undefined {
  if (index?.shape === undefined || index.dtype === undefined) return undefined;
  const { shape, dtype, elements } = index;
  const category = categoryOf(dtype);
  if (category === 'float') return undefined;
  const positions = elements && valuesOf(elements);
  if (category === 'int') {
    return shape.length === 0
      ? { kind: 'position', at: { kind: 'unknown', reason: NOT_KNOWN }, positions }
      : { kind: 'gather', shape, positions: shape.length === 1 ? positions : undefined };
  }
  if (shape.length === 0) return undefined;
  return positions === undefined || shape.length > 1
    ? { kind: 'mask', rank: shape.length }
    : maskedPlaces(positions);
}

/** A mask whose values are known keeps the places where it is true. */
function maskedPlaces(bits: readonly number[]): Part {
  const positions = bits.flatMap((bit, index) => (bit === 1 ? [index] : []));
  return { kind: 'gather', shape: [exact(positions.length)], positions };
}

const NOT_KNOWN = { code: 'unmodelled', subject: 'a position held by a tensor' } as const;

function boundOf(value: Value): Quantity | undefined {
  return value.kind === 'none' || value === NONE ? undefined : quantityOf(value);
}
