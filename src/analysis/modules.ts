/** The modules of one analysis: of the standard library, of the frameworks' tables, and of files, run when needed. */
import type { Library } from '../frameworks/library';
import { BudgetSpent } from '../interp/budget';
import type { Frame } from '../interp/call';
import { loseScopes } from '../interp/calls';
import type { Interpreter } from '../interp/interpreter';
import { standardModule, type DefinePython } from '../interp/library/standard';
import { createScope, heldBy, type Scope } from '../interp/scope';
import { Raised } from '../interp/trail';
import { string, type ModuleValue, type Value } from '../interp/values';
import { createLineIndex, textOf } from '../python/lines';
import type { Module } from '../python/syntax';
import { boundNames } from './boundNames';
import type { Located, Workspace } from './workspace';

/** Steps that the body of one imported module may take. */
const STEPS = 150_000;

/** Names that a text may bind in other ways than by statements. */
const BINDS_BY_NAME = /\bglobals\(|\b__getattr__\b|\bvars\(|sys\.modules/;

type File = Located & { readonly kind: 'file' };

/** What modules are made from. */
export interface ModuleServices {
  readonly interpreter: Interpreter;
  readonly library: Library;
  readonly workspace: Workspace;
  readonly parse: (file: File) => Module;
  readonly python: DefinePython;
  /** Runs `body` as the code's own run, whatever is being read now. */
  readonly aside: (body: () => void) => void;
}

/** Answers import statements; each module is made once. */
export class Modules {
  private readonly byPath = new Map<string, ModuleValue | undefined>();
  private readonly byUri = new Map<string, ModuleValue>();

  constructor(private readonly services: ModuleServices) {}

  /** Says that the module of a file is the code being analysed, whose namespace this is. */
  enter(uri: string, scope: Scope): void {
    const name = this.services.workspace.nameOf(uri);
    const isPackage = uri.endsWith('/__init__.py');
    this.byUri.set(
      uri,
      this.moduleOver(name, uri, isPackage, { scope, run: () => undefined, mayBind: () => true }),
    );
  }

  /** See `Host.importModule`. */
  importModule(path: string, level: number, uri: string, inner = path): ModuleValue | undefined {
    if (level > 0) return this.fromFile(this.services.workspace.locate(path, level, uri), path, level, uri);
    const standard = this.standard(path);
    if (standard !== undefined) return standard;
    const { library, workspace } = this.services;
    const described = library.described(path);
    if (described !== undefined) {
      const [root = path] = path.split('.');
      const shadow = this.fromFile(workspace.beside(root, uri), root, 0, uri);
      if (shadow !== undefined && shadow !== this.byUri.get(uri)) return path === root ? shadow : undefined;
      return described.kind === 'module' ? described : undefined;
    }
    const found = this.fromFile(workspace.locate(path, 0, uri), path, 0, uri);
    if (found !== undefined) return found;
    const isFolder = inner !== path && workspace.locate(inner, 0, uri).kind === 'file';
    return isFolder ? this.folder(path, 0, uri) : library.importModule(path);
  }

  private standard(path: string): ModuleValue | undefined {
    if (!this.byPath.has(path)) {
      const { interpreter, python } = this.services;
      const other = (name: string): ModuleValue | undefined => this.standard(name);
      this.byPath.set(path, standardModule(path, interpreter.builtins, python, other));
    }
    return this.byPath.get(path);
  }

  private fromFile(located: Located, path: string, level: number, from: string): ModuleValue | undefined {
    if (located.kind === 'file') return this.moduleOf(located);
    // `from . import a` in a folder without `__init__.py`.
    return level > 0 && path === '' && located.kind === 'missing' ? this.folder('', level, from) : undefined;
  }

  private moduleOf(file: File): ModuleValue {
    const known = this.byUri.get(file.uri);
    if (known !== undefined) return known;
    const name = this.services.workspace.nameOf(file.uri);
    const made = this.moduleOver(name, file.uri, file.isPackage, this.bodyOf(name, file));
    this.byUri.set(file.uri, made);
    return made;
  }

  private moduleOver(name: string, uri: string, isPackage: boolean, body: Body): ModuleValue {
    const { library } = this.services;
    const own = (member: string): Value | undefined => {
      body.run();
      return heldBy(body.scope, member);
    };
    const inside = (member: string): Value | undefined =>
      isPackage ? this.importModule(member, 1, uri) : undefined;
    return {
      kind: 'module',
      name,
      member: (member) => {
        // A framework's own package says through the tables what they describe, and the rest itself.
        const described =
          isPackage || name.includes('.') ? library.described(`${name}.${member}`) : undefined;
        return described ?? own(member) ?? inside(member);
      },
      names: () => {
        body.run();
        return exportedNames(body.scope);
      },
      patched: new Map(),
      exported: (member) => {
        if (member.startsWith('_') || !body.mayBind(member)) return undefined;
        const value = own(member);
        const all = value && heldBy(body.scope, '__all__');
        return all === undefined || isAmong(member, all) !== false ? value : undefined;
      },
    };
  }

  /** A folder without code, whose members are the modules in it. */
  private folder(path: string, level: number, from: string): ModuleValue {
    const inside = (name: string): string => (path === '' ? name : `${path}.${name}`);
    return {
      kind: 'module',
      name: path,
      member: (name) => this.importModule(inside(name), level, from),
      names: () => [],
      patched: new Map(),
      exported: () => undefined,
    };
  }

  private bodyOf(name: string, file: File): Body {
    const scope = createScope('module');
    scope.variables.set('__name__', string(name));
    const state: { isStarted: boolean; module?: Module; bound?: ReturnType<typeof boundNames> } = {
      isStarted: false,
    };
    const parsed = (): Module => (state.module ??= this.services.parse(file));
    const bindsByName = BINDS_BY_NAME.test(file.text);
    return {
      scope,
      run: () => {
        if (state.isStarted) return;
        state.isStarted = true;
        this.runFile(parsed(), file, scope);
      },
      mayBind: (member) => {
        if (bindsByName) return true;
        if (!file.text.includes(member) && !file.text.includes('*')) return false;
        state.bound ??= boundNames(parsed());
        return state.bound.hasStar || state.bound.names.has(member);
      },
    };
  }

  private runFile(module: Module, file: File, scope: Scope): void {
    const { interpreter, aside } = this.services;
    const lines = createLineIndex(file.text);
    const unit = {
      uri: file.uri,
      textOf: (span: Module['errors'][number]) => textOf(file.text, span, lines),
    };
    aside(() =>
      interpreter.budget.within(STEPS, () => runBody(interpreter, module, { scope, unit, depth: 0 })),
    );
  }
}

/** The code of a module: run at the first call of `run`. */
interface Body {
  readonly scope: Scope;
  readonly run: () => void;
  /** Whether its text may bind a name. */
  readonly mayBind: (name: string) => boolean;
}

/** Statement by statement; what a statement that is not followed to its end may have changed is unknown. */
function runBody(interpreter: Interpreter, { body }: Module, frame: Frame): void {
  for (const statement of body) {
    try {
      interpreter.execute([statement], frame);
    } catch (error) {
      if (error instanceof Raised) continue;
      if (!(error instanceof BudgetSpent || error instanceof RangeError)) throw error;
      const place = { uri: frame.unit.uri, span: statement.span };
      const subject = 'an imported module that takes too long to read';
      interpreter.budget.free(() => loseScopes(interpreter, frame.scope, { code: 'budget', subject, place }));
      return;
    }
  }
}

function exportedNames(scope: Scope): string[] {
  const all = heldBy(scope, '__all__');
  const listed = all?.kind === 'list' || all?.kind === 'tuple' ? all.items : undefined;
  if (listed !== undefined) return listed.flatMap((each) => (each.kind === 'string' ? [each.value] : []));
  const names = [...scope.variables.keys(), ...(scope.imported?.names.keys() ?? [])];
  return names.filter((name) => !name.startsWith('_'));
}

/** Whether `__all__` lists the name; `undefined` when it cannot be told. */
function isAmong(name: string, all: Value): boolean | undefined {
  if (all.kind !== 'list' && all.kind !== 'tuple') return undefined;
  if (all.kind === 'list' && all.uncertain) return undefined;
  return all.items.some((each) => each.kind !== 'string' || each.value === name);
}
