/** Reading bound arguments as what a convolution needs: integers, sizes an axis, words, flags. */
import type { BoundArgument } from '../interp/arguments';
import { int, quantityOf, show, type Value } from '../interp/values';
import type { Rank } from '../conv/spec';
import { atomKey } from '../symbolic/polynomial';
import { symbol, unknown, type Formula, type Quantity, type Unknown } from '../symbolic/quantity';
import type { Place } from '../symbolic/place';
import type { BoundCall } from './library';

/** Longer sequences of sizes do not occur. */
const LONGEST = 64;

/** The value of a parameter; an unknown for one that the signature does not have. */
export function valueOf(call: BoundCall, name: string): Value {
  return (
    call.values.get(name)?.value ?? { kind: 'unknown', reason: { code: 'missing-argument', subject: name } }
  );
}

/** Whether the parameter got nothing, or `None`. */
export function isAbsent(call: BoundCall, name: string): boolean {
  const bound = call.values.get(name);
  return bound === undefined || bound.value.kind === 'none';
}

/** An integer argument; fractions and other types are unknown as such. */
export function integerOf(call: BoundCall, name: string): Quantity {
  return quantityFrom(valueOf(call, name));
}

/** The quantity of a value; a value that is no integer is unknown and shown. */
export function quantityFrom(value: Value): Quantity {
  return quantityOf(value);
}

/** The items of a sequence, or `undefined` for anything else. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'tuple') return value.items;
  if (value.kind === 'range') return rangeItems(value);
  return value.kind === 'list' && !value.uncertain ? value.items : undefined;
}

/** The numbers of a range; `undefined` for one that is longer than any list of sizes. */
function rangeItems({ start, stop, step }: Value & { kind: 'range' }): readonly Value[] | undefined {
  const length = Math.max(0, Math.ceil((stop - start) / step));
  return length > LONGEST ? undefined : Array.from({ length }, (_, index) => int(start + index * step));
}

/**
 * One size an axis from an integer or a sequence. A parameter without annotation may be either, so that each axis
 * gets a symbol of its own. `undefined` for a sequence of another length, which the caller reports.
 */
export function sizesFrom(value: Value, rank: Rank, name: string): readonly Quantity[] | undefined {
  const items = itemsOf(value);
  if (items !== undefined) return items.length === rank ? items.map(quantityFrom) : undefined;
  if (value.kind === 'list')
    return repeat(unknown(value.uncertain ?? { code: 'unmodelled', subject: name }), rank);
  if (value.kind === 'formula' && value.isUntyped) return eachAxis(value.formula, rank);
  return repeat(quantityFrom(value), rank);
}

/** `count` times the same quantity. */
export function repeat(quantity: Quantity, count: number): Quantity[] {
  return Array<Quantity>(count).fill(quantity);
}

/** A true-or-false argument, by Python's truth; unknown with its reason where that cannot be told. */
export function flagOf(call: BoundCall, name: string): boolean | Unknown {
  const value = valueOf(call, name);
  const truth = call.context.interpreter.truth(value, call.context);
  if (truth !== undefined) return truth;
  return unknown(
    value.kind === 'unknown' ? value.reason : { code: 'parameter', subject: name, place: call.context.place },
  );
}

/** The text of a string argument, or `undefined` for anything else. */
export function textOf(call: BoundCall, name: string): string | undefined {
  const value = valueOf(call, name);
  return value.kind === 'string' ? value.value : undefined;
}

/** Where an argument is written in the call itself; the call when it is not. */
export function placeOf(call: BoundCall, name: string): Place {
  return placeOfArgument(call, call.values.get(name));
}

/** Where a bound argument is written in the call itself; the call when it is not. */
export function placeOfArgument(
  { context }: BoundCall,
  bound: Pick<BoundArgument, 'source'> | undefined,
): Place {
  const source = bound?.source;
  const isHere = source !== undefined && context.call?.arguments.includes(source);
  return isHere ? { uri: context.frame.unit.uri, span: source.span } : context.place;
}

/** The argument as Python would show it in a message. */
export function shown(call: BoundCall, name: string): string {
  return show(valueOf(call, name));
}

function eachAxis(formula: Formula, rank: Rank): Quantity[] {
  const [term, ...others] = formula.terms;
  const [factor, ...rest] = term?.factors ?? [];
  const isBare = others.length === 0 && rest.length === 0 && term?.numerator === 1 && factor?.power === 1;
  if (rank === 1 || !isBare || factor.atom.kind !== 'symbol') return repeat(formula, rank);
  const { atom } = factor;
  return Array.from({ length: rank }, (_, axis) =>
    symbol(`${atom.name}[${axis}]`, `${atomKey(atom)}[${axis}]`),
  );
}
