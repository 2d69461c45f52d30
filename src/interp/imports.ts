/** Import statements: modules come from the host, names from modules. */
import type { Import, ImportFrom } from '../python/syntax';
import type { Place } from '../symbolic/place';
import type { Frame } from './call';
import type { Interpreter } from './interpreter';
import { assignName } from './targets';
import { unknown, type Value } from './values';

/** `import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`. */
export function importModules(interpreter: Interpreter, statement: Import, frame: Frame): void {
  const place = { uri: frame.unit.uri, span: statement.span };
  for (const { path, alias } of statement.names) {
    const root = path.split('.')[0] ?? path;
    const wanted = alias === undefined ? root : path;
    const module = interpreter.host.importModule(wanted, 0, frame.unit.uri);
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
  doubtImport(interpreter, module);
  if (names === undefined) return importAll(interpreter, module, written, place, frame);
  for (const { name, alias } of names) {
    const member = memberOf(module, name);
    const submodule =
      member ?? interpreter.host.importModule(path === '' ? name : `${path}.${name}`, level, frame.unit.uri);
    if (submodule === undefined) interpreter.trail.doubt();
    assignName(interpreter, alias ?? name, submodule ?? missing(module, `${written}.${name}`, place), frame);
  }
}

/** A module that was not read may bring data under any name; functions, classes and modules keep their meaning. */
function importAll(
  interpreter: Interpreter,
  module: Value | undefined,
  written: string,
  place: Place,
  frame: Frame,
): void {
  if (module?.kind !== 'module') {
    interpreter.trail.loseOne(frame.scope, { code: 'unread-module', subject: written, place });
    return;
  }
  for (const name of module.names()) {
    const value = memberOf(module, name);
    if (value !== undefined) assignName(interpreter, name, value, frame);
  }
}

/** A module that is not described may not be installed. */
function doubtImport(interpreter: Interpreter, module: Value | undefined): void {
  if (module?.kind !== 'module' || module.names().length === 0) interpreter.trail.doubt();
}

function memberOf(module: Value | undefined, name: string): Value | undefined {
  return module?.kind === 'module' ? (module.patched.get(name) ?? module.member(name)) : undefined;
}

function missing(module: Value | undefined, subject: string, place: Place): Value {
  return module === undefined
    ? unread(subject, place)
    : unknown({ code: 'unmodelled-library', subject, place });
}

function unread(subject: string, place: Place): Value {
  return unknown({ code: 'unread-module', subject, place });
}
