/** The interpreter as its rooms see it: what each may ask of the others. */
import type { Expression, FunctionDefinition, Statement } from '../python/syntax';
import type { Place } from '../symbolic/place';
import type { Budget } from './budget';
import type { CallArguments, CallContext, Frame } from './call';
import type { Trail } from './trail';
import type { FunctionValue, ModuleValue, Value } from './values';

/** How a block of statements ended. */
export type Completion =
  | { readonly kind: 'normal' }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly value: Value }
  /** Some ways through the block ended one way, some another: which of the more than normal ones are among them. */
  | { readonly kind: 'mixed'; readonly mayReturn: boolean; readonly mayBreak: boolean };

/** What the run needs from outside: modules, and somewhere to say what Python would refuse. */
export interface Host {
  /**
   * The module `path`, imported from `uri` with `level` leading dots; `undefined` when it cannot be had. Where `inner`
   * is a module inside it, folders without code of their own count as modules too.
   */
  importModule(path: string, level: number, uri: string, inner?: string): ModuleValue | undefined;
  /** Code that certainly raises, in Python's words. Not called while a run rehearses. */
  raised(problem: {
    readonly code: string;
    readonly message: string;
    readonly place: Place;
    /** The exception, where the message does not begin with it. */
    readonly exception?: string;
  }): void;
  /** A function written in Python comes into being. */
  defined(made: FunctionValue): void;
  /** A function written in Python is entered, with arguments bound. */
  entered(frame: Frame): void;
}

export interface Interpreter {
  readonly budget: Budget;
  readonly trail: Trail;
  readonly host: Host;
  readonly builtins: ReadonlyMap<string, Value>;
  /** Whether the run only looks at what a loop body changes: effects outside must not count. */
  readonly isRehearsing: boolean;
  /** Runs `body` as a rehearsal when told so. */
  rehearse(isRehearsal: boolean, body: () => void): void;
  /** Runs `body` as if nothing else were being run: what it does is no rehearsal and no branch, and stays. */
  aside<T>(body: () => T): T;
  /** How many ways are open that each run what follows them. */
  readonly splits: number;
  /** Runs `body` as one more such way when told so. */
  split<T>(isSplit: boolean, body: () => T): T;
  /** Whether a handler may be waiting for what certainly raises. */
  readonly isCaught: boolean;
  /** Runs `body` with a handler waiting when told so. */
  catching<T>(hasHandler: boolean, body: () => T): T;
  /** The names that the code of a function binds. */
  localsOf(definition: FunctionDefinition): ReadonlySet<string>;
  evaluate(expression: Expression, frame: Frame): Value;
  /** Runs statements, then `rest`; ways that end early do not reach `rest`. */
  execute(statements: readonly Statement[], frame: Frame, rest?: () => Completion): Completion;
  call(callee: Value, args: CallArguments, context: CallContext): Value;
  /** The value of `object.name`, or an unknown that says why there is none. */
  attribute(object: Value, name: string, context: CallContext): Value;
  /** The items of an iterable in order, or `undefined` when they cannot be told. */
  iterate(iterable: Value, context: CallContext): readonly Value[] | undefined;
  /** Python's truth of a value; `undefined` when it cannot be told. */
  truth(value: Value, context: CallContext): boolean | undefined;
}
