/** Tables of methods: a name, its parameters and a small function over the object. */
import type { CallContext } from '../call';
import { nativeWith, parametersFrom, type Taken } from '../natives';
import type { UnknownValue, Value } from '../values';

/** What a method gets: its object, a value for each parameter, and where it is called. */
export type Method<T> = (self: T, args: readonly (Value | undefined)[], context: CallContext) => Value;

interface Row<T> {
  readonly takes: Taken;
  readonly run: Method<T>;
}

export type MethodTable<T> = ReadonlyMap<string, Row<T>>;

/** A table from rows of a signature (as in `natives.ts`) and a function. */
export function methodTable<T>(
  rows: Readonly<Record<string, readonly [signature: string, run: Method<T>]>>,
): MethodTable<T> {
  return new Map(
    Object.entries(rows).map(([name, [signature, run]]) => [name, { takes: parametersFrom(signature), run }]),
  );
}

/** The bound method, or `undefined`; `lost` hears of arguments that cannot be read. */
export function boundMethod<T extends Value>(
  table: MethodTable<T>,
  self: T,
  name: string,
  lost?: (self: T, why: UnknownValue, context: CallContext) => void,
): Value | undefined {
  const row = table.get(name);
  if (row === undefined) return undefined;
  return nativeWith(
    name,
    row.takes,
    (args, context) => row.run(self, args, context),
    lost && ((why, context) => lost(self, why, context)),
  );
}
