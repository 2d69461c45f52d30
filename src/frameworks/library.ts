/** Libraries as rows of a table: full names, signatures as Python text, and what a call means. */
import type { DataShape } from '../conv/spec';
import { bindArguments, type Binding, type Parameters } from '../interp/arguments';
import type { CallArguments, CallContext } from '../interp/call';
import { literalDefault } from '../interp/calls';
import { nativeClass } from '../interp/classes';
import {
  builtin,
  NONE,
  type BuiltinValue,
  type ClassValue,
  type ModuleValue,
  type Value,
} from '../interp/values';
import type { Evaluation, Recorder, Work } from './evaluation';

/** What every row may use. */
export interface Toolbox {
  readonly recorder: Recorder;
  /** The parameters that a signature's text lists. */
  readonly parameters: (signature: string) => Parameters;
  /** Runs Python text of ours with these names defined and gives the names it defines. */
  readonly python: (text: string, names: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>;
  /** The value under a full name such as `torch.Tensor`, made when it is first asked for. */
  readonly value: (path: string) => Value;
}

/** A call of a row: its arguments bound to the signature, and what did not fit. */
export interface BoundCall extends Binding {
  readonly path: string;
  readonly context: CallContext;
  readonly args: CallArguments;
}

/** A name of a library and how its value is made; the value is made once an analysis. */
export interface Row {
  readonly path: string;
  /** What a call takes, as Python text, `self` left out; absent for what is not called. */
  readonly signature?: string;
  readonly make: (tools: Toolbox) => Value;
}

/** A function of a library. `run` sees the bound arguments also when some do not fit. */
export function functionRow(
  path: string,
  signature: string,
  run: (call: BoundCall, tools: Toolbox) => Value,
): Row {
  return { path, signature, make: (tools) => bound(tools, path, lastName(path), signature, run) };
}

/** A class of a library whose `__init__` has the signature, `self` left out. */
export function classRow(
  path: string,
  base: string,
  signature: string,
  initialise: (self: Value & { kind: 'instance' }, call: BoundCall, tools: Toolbox) => void,
  more: (tools: Toolbox) => Iterable<readonly [string, Value]> = () => [],
): Row {
  const name = lastName(path);
  const withSelf = `(self, ${signature.slice(1)}`;
  const make = (tools: Toolbox): ClassValue => {
    const init = bound(tools, path, `${name}.__init__`, withSelf, (call) => {
      const self = call.values.get('self')?.value;
      if (self?.kind === 'instance') initialise(self, call, tools);
      return NONE;
    });
    const parent = base === '' ? undefined : tools.value(base);
    return nativeClass(name, parent?.kind === 'class' ? [parent] : [], [['__init__', init], ...more(tools)]);
  };
  return { path, signature, make };
}

/** A builtin that binds its arguments to a signature; defaults are read from the signature's own text. */
export function bound(
  tools: Toolbox,
  path: string,
  name: string,
  signature: string,
  run: (call: BoundCall, tools: Toolbox) => Value,
): BuiltinValue {
  const parameters = tools.parameters(signature);
  const defaults = new Map<string, Value | undefined>();
  return builtin(name, (args, context) => {
    const { interpreter, frame } = context;
    interpreter.budget.step(10);
    const { values, problems } = bindArguments(parameters, args, name, (parameter) => {
      if (!defaults.has(parameter.name))
        defaults.set(parameter.name, literalDefault(interpreter, parameter, frame));
      return defaults.get(parameter.name);
    });
    return run({ values, problems, path, context, args }, tools);
  });
}

/** Classes written as Python text of ours: containers say best in Python what they do. */
export function pythonRows(
  prefix: string,
  text: string,
  uses: readonly string[],
  names: readonly string[],
): Row[] {
  const define = (tools: Toolbox): ReadonlyMap<string, Value> =>
    tools.python(text, new Map(uses.map((name) => [lastName(name), tools.value(`${prefix}.${name}`)])));
  return names.map((name) => ({
    path: `${prefix}.${name}`,
    make: (tools) => define(tools).get(name) ?? NONE,
  }));
}

/** Records an evaluation unless the run is a rehearsal; what is recorded is complete by then. */
export function record(tools: Toolbox, evaluation: Evaluation): void {
  const { interpreter } = evaluation.context;
  interpreter.budget.step(60);
  if (!interpreter.isRehearsing) tools.recorder.record(evaluation);
}

/** Adds data that a layer object was applied to, unless the run is a rehearsal. */
export function recordInput(tools: Toolbox, evaluation: Evaluation, data: DataShape): void {
  if (evaluation.context.interpreter.isRehearsing) return;
  evaluation.inputs.push(data);
  tools.recorder.applied(evaluation);
}

/** Records that a module or layer is called, unless the run is a rehearsal. */
export function recordCall(
  tools: Toolbox,
  object: Value,
  { args, context }: Pick<BoundCall, 'args' | 'context'>,
): void {
  const data = args.positional[1]?.value;
  if (data !== undefined && !context.interpreter.isRehearsing) tools.recorder.called(object, data);
}

/** Records multiplications outside convolutions unless the run is a rehearsal. */
export function recordWork(tools: Toolbox, work: Work): void {
  if (!work.context.interpreter.isRehearsing) tools.recorder.work(work);
}

/** Other names of a library or of a part of it: the longest that fits is replaced. */
export type Aliases = Readonly<Record<string, string>>;

/** All libraries behind one look-up. */
export interface Library {
  /** The module of a path, or `undefined` for what no table knows. */
  importModule(path: string): ModuleValue | undefined;
  /** What the tables say of a full name; `undefined` for names that no row describes. */
  described(path: string): Value | undefined;
}

/** Rows arranged for look-up, once for many analyses. */
export interface Tables {
  readonly byPath: ReadonlyMap<string, Row>;
  /** The names of rows by the module that they stand in. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly aliases: Aliases;
  /** Top-level names that exist though no row may describe them. */
  readonly known: ReadonlySet<string>;
}

/** `roots` are top-level names of libraries that no row describes. */
export function arrangeRows(rows: readonly Row[], aliases: Aliases, roots: readonly string[]): Tables {
  const names = new Map<string, string[]>();
  const enter = (path: string): void => {
    const parent = parentOf(path);
    if (parent === '') return;
    const known = names.get(parent);
    if (known === undefined) {
      names.set(parent, []);
      enter(parent);
    }
  };
  for (const { path } of rows) {
    enter(path);
    names.get(parentOf(path))?.push(lastName(path));
  }
  const tops = [...names.keys()].map((path) => path.split('.')[0] ?? '');
  return {
    byPath: new Map(rows.map((row) => [row.path, row])),
    names,
    aliases,
    known: new Set([...roots, ...Object.keys(aliases), ...tops]),
  };
}

/** The library of the tables, with values of its own. */
export function createLibrary(tables: Tables, services: Omit<Toolbox, 'value'>): Library {
  const { byPath, aliases, known } = tables;
  const values = new Map<string, Value>();
  const modules = new Map<string, ModuleValue>();
  const missing = new Set<string>();
  const tools: Toolbox = { ...services, value: (path) => valueOf(path) ?? NONE };

  function valueOf(path: string): Value | undefined {
    const made = values.get(path);
    if (made !== undefined || missing.has(path)) return made;
    const row = byPath.get(path);
    if (row !== undefined) {
      const value = row.make(tools);
      values.set(path, value);
      return value;
    }
    if (tables.names.has(path)) return moduleOf(path);
    const other = otherName(path, aliases);
    const value = other === undefined ? undefined : valueOf(other);
    if (value === undefined) missing.add(path);
    return value?.kind === 'module' ? moduleOf(path) : value;
  }

  function moduleOf(path: string): ModuleValue {
    const existing = modules.get(path);
    if (existing !== undefined) return existing;
    const listed: { names?: readonly string[] } = {};
    const module: ModuleValue = {
      kind: 'module',
      name: path,
      member: (name) => valueOf(`${path}.${name}`),
      names: () => (listed.names ??= namesIn(path)),
      patched: new Map(),
    };
    modules.set(path, module);
    return module;
  }

  function namesIn(path: string): string[] {
    const other = otherName(path, aliases);
    const names = [...(tables.names.get(path) ?? [])];
    return other === undefined ? names : [...new Set([...names, ...namesIn(other)])];
  }

  return {
    described: valueOf,
    importModule(path) {
      const value = valueOf(path);
      if (value !== undefined) return value.kind === 'module' ? value : undefined;
      return known.has(path.split('.')[0] ?? '') ? moduleOf(path) : undefined;
    },
  };
}

/** The path with the longest part of it that has another name replaced. */
function otherName(path: string, aliases: Aliases): string | undefined {
  for (let prefix = path; prefix !== ''; prefix = parentOf(prefix)) {
    const other = aliases[prefix];
    if (other !== undefined) return other + path.slice(prefix.length);
  }
  return undefined;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
