/** One analysis from module bodies to evaluations: runs what the code runs, then reads what it did not reach. */
import { createFrameworks } from '../frameworks/create';
import type { Evaluation, Finding } from '../frameworks/evaluation';
import { BudgetSpent, createBudget } from '../interp/budget';
import type { CallContext, Frame } from '../interp/call';
import { loseScopes, runFunction } from '../interp/calls';
import { resolutionOrder } from '../interp/classes';
import { createInterpreter } from '../interp/create';
import type { Interpreter } from '../interp/interpreter';
import { createScope, type Scope, type SourceUnit } from '../interp/scope';
import { Raised, type Change } from '../interp/trail';
import type { ClassValue, FunctionValue, InstanceValue, Value } from '../interp/values';
import type { Module, Statement } from '../python/syntax';
import type { Reason } from '../symbolic/reason';
import type { SourceFiles } from './analyser';
import { Modules } from './modules';
import { symbolicBinding } from './symbols';
import type { Texts } from './texts';
import { createWorkspace } from './workspace';

/** Steps that the code itself may take, that each function read on its own may take, and that all may take together. */
const STEPS = { module: 600_000, exploration: 60_000, all: 900_000 } as const;

/** How often the methods of a class are rehearsed to see what they change. */
const MOST_REHEARSALS = 4;

/** A source with its syntax. */
export interface ParsedSource {
  readonly unit: SourceUnit;
  readonly module: Module;
}

/** An evaluation and what it was seen in: the code's own run, or a function read on its own. */
export interface Sighting {
  readonly evaluation: Evaluation;
  readonly root?: FunctionValue;
  /** Whether it happens just once: no condition or loop length that is unknown decides over it. */
  readonly isCertain: boolean;
  /** The run ended at its limit in the same statement or function: the call may be evaluated otherwise too. */
  readonly isCutShort?: boolean;
}

/** Everything a run saw. */
export interface Run {
  readonly sightings: readonly Sighting[];
  /** What certainly raises when the code runs. */
  readonly findings: readonly Finding[];
  /** The names of the module when its body had run. */
  readonly names: ReadonlyMap<string, Value>;
}

/** Runs sources that share one namespace, in order, and explores their functions and classes. */
export function runSources(
  sources: readonly ParsedSource[],
  texts: Texts,
  isCancelled: () => boolean,
  files?: SourceFiles,
): Run {
  return new Runner(texts, isCancelled, files).run(sources);
}

class Runner {
  private readonly sightings: Sighting[] = [];
  private readonly findings: Finding[] = [];
  private readonly defined = new Map<unknown, FunctionValue>();
  private readonly entered = new Set<unknown>();
  private readonly budget;
  private readonly interpreter: Interpreter;
  private readonly uris = new Set<string>();
  private readonly modules: Modules;
  private readonly inOrder: FunctionValue[] = [];
  private readonly changes: Change[] = [];
  private root: FunctionValue | undefined;

  constructor(
    private readonly texts: Texts,
    isCancelled: () => boolean,
    files: SourceFiles | undefined,
  ) {
    this.budget = createBudget(STEPS, isCancelled);
    this.interpreter = createInterpreter(
      {
        importModule: (path, level, uri, inner) => this.modules.importModule(path, level, uri, inner),
        raised: (problem) => {
          if (this.root === undefined) this.findings.push({ ...problem, severity: 'error' });
        },
        defined: (made) => {
          if (!this.isOwn(made)) return;
          if (!this.defined.has(made.definition)) this.inOrder.push(made);
          this.defined.set(made.definition, made);
        },
        entered: (frame) => this.entered.add(frame.function?.definition),
      },
      this.budget,
    );
    const library = createFrameworks({
      recorder: { record: (evaluation) => this.see(evaluation), work: () => undefined },
      parameters: texts.signature,
      python: (text, names) => this.definePython(text, names),
    });
    this.modules = new Modules({
      interpreter: this.interpreter,
      library,
      workspace: createWorkspace(files),
      parse: ({ uri, text }) => texts.file(uri, text),
      aside: (body) => this.aside(body),
    });
  }

  run(sources: readonly ParsedSource[]): Run {
    const scope = createScope('module');
    this.budget.refill('module');
    for (const { unit } of sources) {
      this.uris.add(unit.uri);
      this.modules.enter(unit.uri, scope);
    }
    for (const { unit, module } of sources) this.runModule(module, { scope, unit, depth: 0 });
    const names = new Map(scope.variables);
    const ran = this.sightings.length;
    const defined = this.inOrder.length;
    const entered = new Set(this.entered);
    this.exploreAll(scope, names);
    if (this.widenByFunctions()) {
      // What functions change of the module's data is unknown to all of them: they are read once more.
      this.sightings.length = ran;
      this.forget(defined, entered);
      this.exploreAll(scope, names);
    }
    return { sightings: this.sightings, findings: this.findings, names };
  }

  private exploreAll(scope: Scope, names: ReadonlyMap<string, Value>): void {
    for (const made of [...this.defined.values()]) {
      if (isRoot(made, scope)) this.explore(made, { scope, unit: made.unit, depth: 0 });
    }
    for (const value of names.values()) {
      if (value.kind === 'class' && value.unit && this.uris.has(value.unit.uri)) {
        this.exploreClass(value, { scope, unit: value.unit, depth: 0 });
      }
    }
  }

  /** Takes back which functions were defined and entered since, so that those that nothing calls are read again. */
  private forget(defined: number, entered: ReadonlySet<unknown>): void {
    for (const { definition } of this.inOrder.splice(defined)) this.defined.delete(definition);
    for (const definition of this.entered) if (!entered.has(definition)) this.entered.delete(definition);
  }

  private widenByFunctions(): boolean {
    const why: Reason = { code: 'varies', subject: 'data that functions change' };
    return this.interpreter.trail.widenTo(this.changes.splice(0), why);
  }

  /** Statement by statement, so that one that raises does not hide the rest. */
  private runModule(module: Module, frame: Frame): void {
    for (const statement of module.body) {
      const start = this.sightings.length;
      try {
        this.interpreter.execute([statement], frame);
      } catch (error) {
        if (error instanceof Raised) this.reportRaised(error, statement, frame);
        else if (error instanceof BudgetSpent) this.giveUp(error.limit, start, statement, frame);
        else if (error instanceof RangeError) this.giveUp('nesting', start, statement, frame);
        else throw error;
      }
    }
  }

  /** What was seen since is not all there is to see: later rounds and other ways were not followed. */
  private cutShort(start: number): void {
    const seen = this.sightings.splice(start);
    this.sightings.push(...seen.map((each) => ({ ...each, isCertain: false, isCutShort: true })));
  }

  private reportRaised(error: Raised, statement: Statement, frame: Frame): void {
    const place = { uri: frame.unit.uri, span: statement.span };
    this.findings.push({
      code: 'python.raises',
      severity: 'information',
      message: `this code raises: ${error.text}`,
      place,
    });
  }

  /** Leaves a statement: whatever it may have changed is unknown to what follows. */
  private giveUp(limit: string, start: number, statement: Statement, frame: Frame): void {
    const place = { uri: frame.unit.uri, span: statement.span };
    const message = `the analysis stopped here at its limit of ${limit}; what this statement changes is unknown`;
    this.findings.push({ code: 'analysis.budget', severity: 'information', message, place });
    this.cutShort(start);
    this.budget.free(() => {
      loseScopes(this.interpreter, frame.scope, {
        code: 'budget',
        subject: `a statement that passes the limit of ${limit}`,
        place,
      });
    });
    this.budget.refill('exploration');
  }

  /** Reads a function of the module on its own, and the functions inside it that it does not call. */
  private explore(made: FunctionValue, frame: Frame): void {
    this.isolated(made, () => this.callSymbolically(made, frame));
  }

  /** Makes an instance with symbols for what has no default, then runs each method on it. */
  private exploreClass(value: ClassValue, frame: Frame): void {
    const self: InstanceValue = { kind: 'instance', class: value, attributes: new Map() };
    const methods = new Map<string, FunctionValue>();
    for (const each of [...resolutionOrder(value)].reverse()) {
      for (const [name, member] of each.namespace) {
        const made = member.kind === 'descriptor' ? member.function : member;
        if (made.kind === 'function') methods.set(name, made);
      }
    }
    const initialise = methods.get('__init__');
    methods.delete('__init__');
    const run = (method: FunctionValue) => () => {
      const isStaticMethod = isStatic(value, method);
      const isDone = this.attempt(method, () =>
        this.callSymbolically(method, frame, isStaticMethod ? undefined : self),
      );
      const reason: Reason = { code: 'budget', subject: `what ${method.name} does` };
      if (!isDone) this.budget.free(() => this.interpreter.trail.loseOne(self, reason));
    };
    this.isolated(initialise, () => {
      if (initialise) run(initialise)();
      this.widenByMethods([...methods.values()].map(run), value);
      for (const method of methods.values()) this.interpreter.trail.isolate(run(method));
    });
  }

  /** What a method changes is unknown to all of them: who called which how often is not known. */
  private widenByMethods(methods: readonly (() => void)[], owner: ClassValue): void {
    const rehearsals = methods.map((method) => () => this.interpreter.rehearse(true, method));
    const why: Reason = { code: 'varies', subject: `attributes of ${owner.name}` };
    for (let round = 0; round < MOST_REHEARSALS && this.interpreter.trail.widen(rehearsals, why); round++);
  }

  private callSymbolically(made: FunctionValue, frame: Frame, self?: Value): void {
    const place = { uri: made.unit.uri, span: made.definition.span };
    const context: CallContext = { interpreter: this.interpreter, frame, place };
    const before = this.inOrder.length;
    runFunction(this.interpreter, made, symbolicBinding(made, self), context);
    for (const { definition } of this.inOrder.slice(before)) {
      const inner = this.defined.get(definition);
      if (inner !== undefined && !this.entered.has(definition))
        this.attempt(inner, () => this.callSymbolically(inner, frame));
    }
  }

  private isolated(root: FunctionValue | undefined, body: () => void): void {
    this.changes.push(...this.interpreter.trail.isolate(() => void this.attempt(root, body)));
  }

  /** Runs `body` with a fresh budget; what it raises or spends ends it and nothing else. Says whether it came to its end. */
  private attempt(root: FunctionValue | undefined, body: () => void): boolean {
    const outer = this.root;
    const start = this.sightings.length;
    this.root = root ?? outer;
    this.budget.refill('exploration');
    try {
      body();
      return true;
    } catch (error) {
      const isOurs = error instanceof BudgetSpent || error instanceof Raised || error instanceof RangeError;
      if (!isOurs) throw error;
      if (!(error instanceof Raised)) this.cutShort(start);
      return error instanceof Raised;
    } finally {
      this.root = outer;
    }
  }

  private definePython(text: string, names: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    const scope: Scope = createScope('module');
    for (const [name, value] of names) scope.variables.set(name, value);
    const unit: SourceUnit = { uri: 'convlens:library', textOf: () => 'library code' };
    const { body } = this.texts.module(text);
    this.interpreter.trail.keep(() => this.interpreter.execute(body, { scope, unit, depth: 0 }));
    return scope.variables;
  }

  /** Runs the code of an imported module: it runs once, whoever asks for it first. */
  private aside(body: () => void): void {
    const outer = this.root;
    this.root = undefined;
    try {
      this.interpreter.aside(body);
    } finally {
      this.root = outer;
    }
  }

  private see(evaluation: Evaluation): void {
    const isCertain = !this.interpreter.trail.isBranching;
    this.sightings.push({ evaluation, root: this.root, isCertain });
  }

  private isOwn(made: FunctionValue): boolean {
    return this.uris.has(made.unit.uri);
  }
}

/** Functions of the module itself; methods are read with their classes, inner functions with their outer ones. */
function isRoot(made: FunctionValue, scope: Scope): boolean {
  return made.owner === undefined && made.closure === scope && made.definition.kind === 'function';
}

function isStatic(owner: ClassValue, method: FunctionValue): boolean {
  const member = owner.namespace.get(method.name);
  return member?.kind === 'descriptor' && member.type === 'staticmethod';
}
