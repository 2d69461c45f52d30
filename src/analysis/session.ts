/** One analysis at work: an interpreter over the frameworks' tables, its limits, and the record of what it saw. */
import type { Evaluation, Finding, Work } from '../frameworks/evaluation';
import { createLibrary, type Library } from '../frameworks/library';
import { shapeOf } from '../frameworks/tensor';
import type { Shape } from '../frameworks/shapes';
import { BudgetSpent, createBudget } from '../interp/budget';
import type { CallContext, Frame } from '../interp/call';
import { createInterpreter } from '../interp/create';
import type { Interpreter } from '../interp/interpreter';
import { createScope, type SourceUnit } from '../interp/scope';
import { Raised, type Change } from '../interp/trail';
import type { FunctionValue, Value } from '../interp/values';
import type { Extent, SourceFiles } from './analyser';
import { Modules } from './modules';
import type { Origin, Sighting } from './sighting';
import type { Texts } from './texts';
import { createWorkspace } from './workspace';

/** Steps that the code itself, a model that is built, and a function read on its own may take, and all together;
 * `making` is for functions that take nothing and have one way through. */
const WHOLE = {
  module: 1_000_000,
  build: 1_500_000,
  exploration: 60_000,
  making: 60_000,
  all: 12_000_000,
} as const;

/** Where models are not asked for, functions that make them are read for their own calls alone. */
const GENERAL = { ...WHOLE, exploration: 10_000, making: 800 } as const;

/** Milliseconds after which what is left of an analysis is given up: a guard, as steps end it much earlier. */
const MOST_TIME = 20_000;

type Part = 'build' | 'exploration' | 'making';

/** What the session needs from outside. */
export interface SessionServices {
  readonly texts: Texts;
  readonly files: SourceFiles | undefined;
  readonly isCancelled: () => boolean;
  readonly extent?: Extent;
}

export class Session {
  readonly sightings: Sighting[] = [];
  readonly findings: Finding[] = [];
  readonly interpreter: Interpreter;
  readonly library: Library;
  readonly modules: Modules;
  /** Functions of the sources in the order in which they came into being, and by their definitions. */
  readonly inOrder: FunctionValue[] = [];
  readonly defined = new Map<unknown, FunctionValue>();
  readonly entered = new Set<unknown>();
  readonly uris = new Set<string>();
  readonly budget;
  /** The data that objects were called with by the code itself. */
  readonly calls = new Map<Value, Shape[]>();
  /** How many applications of layers something unknown decided over. */
  uncertain = 0;
  private work: Work[] = [];
  private origin: Origin = { kind: 'run' };
  private base = 0;

  constructor({ texts, files, isCancelled, extent }: SessionServices) {
    const end = Date.now() + MOST_TIME;
    this.budget = createBudget(
      extent === 'general' ? GENERAL : WHOLE,
      () => isCancelled() || Date.now() > end,
    );
    this.interpreter = createInterpreter(
      {
        importModule: (path, level, uri, inner) => this.modules.importModule(path, level, uri, inner),
        raised: (problem) => {
          if (this.origin.kind === 'run') this.findings.push({ ...problem, severity: 'error' });
        },
        defined: (made) => {
          if (!this.uris.has(made.unit.uri)) return;
          if (!this.defined.has(made.definition)) this.inOrder.push(made);
          this.defined.set(made.definition, made);
        },
        entered: (frame) => this.entered.add(frame.function?.definition),
      },
      this.budget,
    );
    this.library = createLibrary(texts.tables, {
      recorder: {
        record: (evaluation) => this.see(evaluation),
        applied: () => this.noteApplication(),
        work: (work) => {
          this.noteApplication();
          this.work.push(work);
        },
        called: (object, data) => this.noteCall(object, data),
      },
      parameters: texts.signature,
      python: (text, names) => this.definePython(texts, text, names),
    });
    this.modules = new Modules({
      interpreter: this.interpreter,
      library: this.library,
      workspace: createWorkspace(files),
      parse: ({ uri, text }) => texts.file(uri, text),
      python: (text, names) => this.definePython(texts, text, names),
      aside: (body) => this.within({ kind: 'run' }, () => this.interpreter.aside(body)),
    });
  }

  /** Runs `body` as part of `origin`. */
  within<T>(origin: Origin, body: () => T): T {
    const outer = { origin: this.origin, base: this.base };
    this.origin = origin;
    this.base = origin.kind === 'run' ? 0 : this.interpreter.trail.depth;
    try {
      return body();
    } finally {
      Object.assign(this, outer);
    }
  }

  /** Whether nothing that is unknown decides over what runs now. */
  get isCertain(): boolean {
    return this.interpreter.trail.depth <= this.base;
  }

  /** Runs `body` and undoes what it changes; gives that. */
  isolated(origin: Origin, part: Part, body: () => void): readonly Change[] {
    return this.interpreter.trail.isolate(() => this.within(origin, () => void this.attempt(part, body)));
  }

  /** Runs `body` with a fresh budget; what it raises or spends ends it and nothing else. Says how it ended. */
  attempt(part: Part, body: () => void): 'done' | 'raised' | 'spent' {
    const start = this.sightings.length;
    this.budget.refill(part);
    try {
      body();
      return 'done';
    } catch (error) {
      if (error instanceof Raised) return 'raised';
      if (!(error instanceof BudgetSpent || error instanceof RangeError)) throw error;
      this.cutShort(start);
      return 'spent';
    }
  }

  /** Runs `body` and forgets which functions came into being or were entered in it. */
  aloof<T>(body: () => T): T {
    const count = this.inOrder.length;
    const entered = new Set(this.entered);
    const result = body();
    this.forget(count, entered);
    return result;
  }

  /** Takes back which functions were defined and entered since, so that those that nothing calls are read again. */
  forget(defined: number, entered: ReadonlySet<unknown>): void {
    for (const { definition } of this.inOrder.splice(defined)) this.defined.delete(definition);
    for (const definition of this.entered) if (!entered.has(definition)) this.entered.delete(definition);
  }

  /** What was seen since is not all there is to see: later rounds and other ways were not followed. */
  cutShort(start: number): void {
    const seen = this.sightings.splice(start);
    this.sightings.push(...seen.map((each) => ({ ...each, isCertain: false, isCutShort: true })));
  }

  /** Runs `body` and gives the work outside convolutions that was done in it. */
  collectWork(body: () => void): readonly Work[] {
    const outer = this.work;
    const own: Work[] = [];
    this.work = own;
    try {
      body();
    } finally {
      this.work = outer;
    }
    return own;
  }

  /** The context of a call that no code makes. */
  contextAt(frame: Frame, span: CallContext['place']['span']): CallContext {
    return { interpreter: this.interpreter, frame, place: { uri: frame.unit.uri, span } };
  }

  private noteApplication(): void {
    if (!this.isCertain) this.uncertain += 1;
  }

  private see(evaluation: Evaluation): void {
    this.sightings.push({ evaluation, origin: this.origin, isCertain: this.isCertain });
  }

  private noteCall(object: Value, data: Value): void {
    const shape = shapeOf(data);
    if (this.origin.kind !== 'run' || shape === undefined) return;
    const before = this.calls.get(object);
    if (before === undefined) this.calls.set(object, [shape]);
    else before.push(shape);
  }

  private definePython(
    texts: Texts,
    text: string,
    names: ReadonlyMap<string, Value>,
  ): ReadonlyMap<string, Value> {
    const scope = createScope('module');
    for (const [name, value] of names) scope.variables.set(name, value);
    const unit: SourceUnit = { uri: 'convlens:library', textOf: () => 'library code' };
    const { body } = texts.module(text);
    this.interpreter.aside(() => this.interpreter.execute(body, { scope, unit, depth: 0 }));
    return scope.variables;
  }
}
