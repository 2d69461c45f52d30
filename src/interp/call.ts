/** What a call carries: its arguments, where it stands, and the frames it was made from. */
import type { Argument, Call } from '../python/syntax';
import type { Place } from '../symbolic/place';
import type { Interpreter } from './interpreter';
import type { Parts } from './makeClass';
import type { Scope, SourceUnit } from './scope';
import type { ClassOwner, FunctionValue, InstanceValue, Value } from './values';

/** One argument; `source` is where it is written, absent for values that come from a star or from us. */
export interface PassedArgument {
  readonly value: Value;
  readonly source?: Argument;
}

/** Arguments of one call, stars already spread. */
export interface CallArguments {
  readonly positional: readonly PassedArgument[];
  readonly keywords: ReadonlyMap<string, PassedArgument>;
  /** A `*` argument of unknown length stands behind the positional ones. */
  readonly unknownStar?: Value;
  /** A `**` argument of unknown keys is among the keywords. */
  readonly unknownDoubleStar?: Value;
}

/** Code being run: its names, its source, and the call that led to it. */
export interface Frame {
  readonly scope: Scope;
  readonly unit: SourceUnit;
  readonly depth: number;
  /** The function that runs; absent for a module body. */
  readonly function?: FunctionValue;
  /** The first argument of a method, for `super()` without arguments. */
  readonly self?: Value;
  readonly caller?: CallContext;
  /** In a generator: what takes each value it yields. */
  readonly yielding?: (item: Value) => void;
  /** In a comprehension: the code around it, where `:=` assigns. */
  readonly enclosing?: Frame;
  /** In a class body: where the class will stand once it is made. */
  readonly classOwner?: ClassOwner;
  /** In a handler: the exception that it handles, for `raise` alone. */
  readonly handling?: InstanceValue;
}

/** What a called function is told besides its arguments. */
export interface CallContext {
  readonly interpreter: Interpreter;
  /** Where the call stands. */
  readonly place: Place;
  /** The call expression; absent for calls that no call expression makes, such as a property's. */
  readonly call?: Call;
  /** The code that makes the call. */
  readonly frame: Frame;
  /** The class that the call makes, for metaclasses. */
  readonly pending?: Parts;
}

/** Positional arguments made by us. */
export function positional(...values: readonly Value[]): CallArguments {
  return { positional: values.map((value) => ({ value })), keywords: new Map() };
}

/** The arguments with `value` put in front. */
export function withFirst(value: Value, args: CallArguments): CallArguments {
  return { ...args, positional: [{ value }, ...args.positional] };
}
