/** Import statements: modules come from the host, names from modules; those of files when they are first used. */
import type { Import, ImportFrom } from '../python/syntax';
import type { Place } from '../symbolic/place';
import type { Frame } from './call';
import type { Interpreter } from './interpreter';
import { importsOf } from './scope';
import { assignName } from './targets';
import { unknown, type ModuleValue, type Value } from './values';

/** `import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`. */
export function importModules(interpreter: Interpreter, statement: Import, frame: Frame): void {
  const place = { uri: frame.unit.uri, span: statement.span };
  for (const { path, alias } of statement.names) {
    const root = path.split('.')[0] ?? path;
    const wanted = alias === undefined ? root : path;
    const module = interpreter.host.importModule(wanted, 0, frame.unit.uri, path);
    doubtImport(interpreter, module);
    assignName(interpreter, alias ?? root, module ?? unread(wanted, place), frame);
  }
}

/** `from a import b`, also for submodules and `*`. */
export function importFrom(interpreter: Interpreter, statement: ImportFrom, frame: Frame): void {
  const { path, level, names } = statement;
  const place = { uri: frame.unit.uri, span: statement.span };
  const written = '.'.repeat(level) + path;
  const module = interpreter.host.importModule(path, level, frame.unit.uri);
  if (names === undefined) {
    doubtImport(interpreter, module);
    return importAll(interpreter, module, written, place, frame);
  }
  for (const { name, alias } of names) {
    const read = (): Value | undefined =>
      memberOf(module, name) ??
      interpreter.host.importModule(path === '' ? name : `${path}.${name}`, level, frame.unit.uri);
    const otherwise = (): Value => missing(module, `${written}.${name}`, place);
    if (module?.exported && canWait(interpreter, frame)) bindLater(alias ?? name, read, otherwise, frame);
    else bindNow(interpreter, module, alias ?? name, read(), otherwise, frame);
  }
}

/** Outside branches, a name of a file can wait until it is used: nothing that runs before then depends on it. */
function canWait(interpreter: Interpreter, { scope }: Frame): boolean {
  return scope.kind === 'module' && !interpreter.trail.isBranching;
}

function bindLater(
  name: string,
  read: () => Value | undefined,
  otherwise: () => Value,
  { scope }: Frame,
): void {
  const memory: { value?: Value; isBeingRead?: boolean } = {};
  scope.variables.delete(name);
  importsOf(scope).names.set(name, () => {
    // Two modules that take a name from each other have none.
    if (memory.isBeingRead === true) return undefined;
    memory.isBeingRead = true;
    try {
      return (memory.value ??= read() ?? otherwise());
    } finally {
      memory.isBeingRead = false;
    }
  });
}

function bindNow(
  interpreter: Interpreter,
  module: ModuleValue | undefined,
  name: string,
  value: Value | undefined,
  otherwise: () => Value,
  frame: Frame,
): void {
  const owner = value?.kind === 'module' ? value : module;
  if (value === undefined || owner === undefined || !isDescribed(owner)) interpreter.trail.doubt();
  assignName(interpreter, name, value ?? otherwise(), frame);
}

/** A module that was not read may bring data under any name; functions, classes and modules keep their meaning. */
function importAll(
  interpreter: Interpreter,
  module: ModuleValue | undefined,
  written: string,
  place: Place,
  frame: Frame,
): void {
  if (module === undefined) {
    interpreter.trail.loseOne(frame.scope, { code: 'unread-module', subject: written, place });
    return;
  }
  const { exported } = module;
  if (exported === undefined || !canWait(interpreter, frame)) {
    for (const name of module.names()) {
      const value = memberOf(module, name);
      if (value !== undefined) assignName(interpreter, name, value, frame);
    }
    return;
  }
  for (const name of [...frame.scope.variables.keys()]) {
    const value = name.startsWith('__') ? undefined : exported(name);
    if (value !== undefined) assignName(interpreter, name, value, frame);
  }
  const imports = importsOf(frame.scope);
  imports.stars = [exported, ...imports.stars];
  for (const [name, before] of imports.names) imports.names.set(name, () => exported(name) ?? before());
}

/** A module that is not described may not be installed. */
function doubtImport(interpreter: Interpreter, module: ModuleValue | undefined): void {
  if (module === undefined || !isDescribed(module)) interpreter.trail.doubt();
}

function isDescribed(module: ModuleValue): boolean {
  return module.exported !== undefined || module.names().length > 0;
}

function memberOf(module: ModuleValue | undefined, name: string): Value | undefined {
  return module && (module.patched.get(name) ?? module.member(name));
}

function missing(module: ModuleValue | undefined, subject: string, place: Place): Value {
  if (module === undefined) return unread(subject, place);
  return unknown({ code: module.exported ? 'missing-attribute' : 'unmodelled-library', subject, place });
}

function unread(subject: string, place: Place): Value {
  return unknown({ code: 'unread-module', subject, place });
}
