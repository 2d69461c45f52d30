/** Making classes: from the `class` statement, from `type(name, bases, namespace)`, with what a base does about it. */
import type { ClassDefinition, Expression } from '../python/syntax';
import {
  positional,
  withFirst,
  type CallArguments,
  type CallContext,
  type Frame,
  type PassedArgument,
} from './call';
import { fullName, spreadKeywords } from './calls';
import { findInClass, hasOrder, metaclassOf, resolutionOrder } from './classes';
import { raises } from './exceptions';
import type { Interpreter } from './interpreter';
import { createScope, type Scope, type SourceUnit } from './scope';
import { dictOf, NONE, string, tuple, unknown, type ClassOwner, type ClassValue, type Value } from './values';

/** The class that a definition makes, its body run; decorators are left to the caller. */
export function defineBody(interpreter: Interpreter, definition: ClassDefinition, frame: Frame): Value {
  const context: CallContext = {
    interpreter,
    frame,
    place: { uri: frame.unit.uri, span: definition.nameSpan },
  };
  const keywords = new Map<string, PassedArgument>();
  const bases = basesOf(interpreter, definition, frame, keywords, context);
  const scope = interpreter.trail.made(createScope('class', frame.scope));
  const owner: ClassOwner = { qualifiedName: prefixOf(frame) + definition.name };
  noteDoc(definition, scope);
  interpreter.execute(definition.body, { ...frame, scope, classOwner: owner });
  const metaclass = keywords.get('metaclass')?.value;
  keywords.delete('metaclass');
  const made = create(
    interpreter,
    { name: definition.name, bases, scope, owner, unit: frame.unit, definition },
    metaclass,
    keywords,
    context,
  );
  if (made.kind === 'class') owner.current = made;
  return made;
}

/** What a class is made of. */
export interface Parts {
  readonly name: string;
  readonly bases: readonly Value[];
  readonly scope: Pick<Scope, 'variables'>;
  readonly owner: ClassOwner;
  readonly unit?: SourceUnit;
  readonly definition?: ClassDefinition;
}

function create(
  interpreter: Interpreter,
  parts: Parts,
  given: Value | undefined,
  keywords: ReadonlyMap<string, PassedArgument>,
  context: CallContext,
): Value {
  const metaclass = given?.kind === 'class' ? given : inheritedMetaclass(parts.bases);
  if (given?.kind === 'unknown') return given;
  const own = metaclass && ownHook(metaclass, '__new__');
  if (metaclass !== undefined && own !== undefined) {
    const namespace = dictOf([...parts.scope.variables]);
    const args = {
      positional: [metaclass, string(parts.name), tuple(parts.bases), namespace].map((value) => ({ value })),
      keywords,
    };
    const made = interpreter.call(own, args, { ...context, pending: parts });
    return made.kind === 'class'
      ? initialised(interpreter, made, metaclass, namespace, keywords, context)
      : made;
  }
  const made = finished(interpreter, parts, metaclass, keywords, context);
  if (made.kind !== 'class' || metaclass === undefined) return made;
  return initialised(interpreter, made, metaclass, dictOf([...parts.scope.variables]), keywords, context);
}

/** Runs the `__init__` of a metaclass that was read. */
function initialised(
  interpreter: Interpreter,
  made: ClassValue,
  metaclass: ClassValue,
  namespace: Value,
  keywords: ReadonlyMap<string, PassedArgument>,
  context: CallContext,
): Value {
  const initialise = ownHook(metaclass, '__init__');
  if (initialise !== undefined) {
    const args = [made, string(made.name), tuple(made.bases), namespace].map((value) => ({ value }));
    interpreter.call(initialise, { positional: args, keywords }, context);
  }
  return made;
}

/** The class object, once bases and namespace are known; bases and descriptors are told of it. */
function finished(
  interpreter: Interpreter,
  parts: Parts,
  metaclass: ClassValue | undefined,
  keywords: ReadonlyMap<string, PassedArgument>,
  context: CallContext,
): Value {
  if (!hasOrder(parts.bases)) {
    const names = parts.bases.map((base) => (base.kind === 'class' ? base.name : '?')).join(', ');
    return refused(`Cannot create a consistent method resolution order (MRO) for bases ${names}`, context);
  }
  const twice = parts.bases.find(
    (base, index) => base.kind === 'class' && parts.bases.indexOf(base) !== index,
  );
  if (twice?.kind === 'class') return refused(`duplicate base class ${twice.name}`, context);
  const made: ClassValue = {
    kind: 'class',
    name: parts.name,
    bases: parts.bases,
    namespace: parts.scope.variables,
    unit: parts.unit,
    definition: parts.definition,
    qualifiedName: parts.owner.qualifiedName,
    identity: interpreter.trail.nextIdentity(),
    ...(metaclass && { metaclass }),
  };
  made.abstract = abstractNames(made);
  for (const [name, value] of made.namespace) {
    const set = value.kind === 'instance' ? findInClass(value.class, '__set_name__') : undefined;
    if (set !== undefined) interpreter.call(set, positional(value, made, string(name)), context);
  }
  const finish = metaclass && findInClass(metaclass, '__finish__');
  if (finish !== undefined) interpreter.call(finish, positional(made), context);
  const hook = resolutionOrder(made)
    .slice(1)
    .map((each) => each.namespace.get('__init_subclass__'))
    .find((each) => each !== undefined);
  if (hook !== undefined) {
    const called = hook.kind === 'descriptor' ? hook.function : hook;
    parts.owner.current = made;
    interpreter.call(called, withFirst(made, { positional: [], keywords }), context);
  }
  return made;
}

function refused(message: string, context: CallContext): Value {
  const { interpreter, place } = context;
  if (!interpreter.isCaught && !interpreter.isRehearsing)
    interpreter.host.raised({ code: 'python.raises', message: `TypeError: ${message}`, place });
  return raises('TypeError', message, context);
}

/** `type(name, bases, namespace)`, and the same through a metaclass. */
export function makeClass(
  interpreter: Interpreter,
  metaclass: ClassValue,
  args: CallArguments,
  context: CallContext,
): Value {
  const values = args.positional.map(({ value }) => value);
  const [name, bases, namespace] = values;
  if (values.length === 1 && args.unknownStar === undefined && name !== undefined) {
    const make = findInClass(metaclass, '__new__');
    return make === undefined ? NONE : interpreter.call(make, positional(metaclass, name), context);
  }
  const isKnown =
    name?.kind === 'string' && bases?.kind === 'tuple' && namespace?.kind === 'dict' && !namespace.uncertain;
  if (!isKnown || args.unknownStar !== undefined)
    return unknown({ code: 'unmodelled', subject: 'a class made by type()', place: context.place });
  return create(
    interpreter,
    partsOf(name.value, bases.items, namespace, context),
    metaclass.name === 'type' && metaclass.unit === undefined ? undefined : metaclass,
    args.keywords,
    context,
  );
}

/** `type.__new__(metaclass, name, bases, namespace)`, called by the `__new__` of a metaclass. */
export function typeNew(args: CallArguments, context: CallContext): Value {
  const [metaclass, name, bases, namespace] = args.positional.map(({ value }) => value);
  const isKnown =
    metaclass?.kind === 'class' &&
    name?.kind === 'string' &&
    bases?.kind === 'tuple' &&
    namespace?.kind === 'dict' &&
    namespace.uncertain === undefined;
  if (!isKnown) return unknown({ code: 'unmodelled', subject: 'type.__new__', place: context.place });
  const parts = partsOf(name.value, bases.items, namespace, context);
  return finished(context.interpreter, parts, metaclass, args.keywords, context);
}

function partsOf(
  name: string,
  bases: readonly Value[],
  namespace: Value & { kind: 'dict' },
  context: CallContext,
): Parts {
  const named = [...namespace.entries.values()].flatMap(({ key, value }) =>
    key.kind === 'string' ? [[key.value, value] as const] : [],
  );
  // Methods of the body that is being made into a class belong to the class that comes of it.
  const outer = pendingOf(name, context);
  const owner: ClassOwner = outer?.owner ?? { qualifiedName: name };
  return {
    name,
    bases: bases.map((base) => base),
    scope: { variables: new Map(named) },
    owner,
    unit: outer?.unit ?? context.frame.unit,
  };
}

function pendingOf(name: string, context: CallContext): Parts | undefined {
  for (let each: CallContext | undefined = context; each !== undefined; each = each.frame.caller)
    if (each.pending?.name === name) return each.pending;
  return undefined;
}

function inheritedMetaclass(bases: readonly Value[]): ClassValue | undefined {
  for (const base of bases) {
    const found = base.kind === 'class' ? metaclassOf(base) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A hook that a metaclass defines in Python. */
function ownHook(metaclass: ClassValue, name: string): Value | undefined {
  const found = findInClass(metaclass, name);
  return found?.kind === 'function' ? found : undefined;
}

function basesOf(
  interpreter: Interpreter,
  definition: ClassDefinition,
  frame: Frame,
  keywords: Map<string, PassedArgument>,
  context: CallContext,
): Value[] {
  const bases: Value[] = [];
  const unknowns: { doubleStar?: Value } = {};
  for (const argument of definition.arguments) {
    const value = interpreter.evaluate(argument.value, frame);
    if (argument.form === 'keyword') keywords.set(argument.keyword ?? '', { value, source: argument });
    else if (argument.form === 'doubleStar') spreadKeywords(value, keywords, unknowns);
    else if (argument.form === 'star') {
      const items = interpreter.iterate(value, context);
      bases.push(...(items ?? [value]).map((item) => asBase(item, argument.value, frame)));
    } else bases.push(asBase(value, argument.value, frame));
  }
  return bases.flatMap((base) => (isGenericMarker(base) ? [] : [base]));
}

/** `Generic[T]` and `Protocol` bring nothing but an order that no code depends on. */
function isGenericMarker(base: Value): boolean {
  return (
    base.kind === 'class' && base.unit === undefined && (base.name === 'Generic' || base.name === 'Protocol')
  );
}

function asBase(value: Value, expression: Expression, frame: Frame): Value {
  if (value.kind === 'class' || value.kind === 'unknown') return value;
  const place = { uri: frame.unit.uri, span: expression.span };
  return unknown({ code: 'unmodelled', subject: `the base ${frame.unit.textOf(expression.span)}`, place });
}

/** Abstract methods that neither the class nor its ancestors define, for classes of `ABCMeta`. */
function abstractNames(made: ClassValue): readonly string[] | undefined {
  if (metaclassOf(made)?.name !== 'ABCMeta') return undefined;
  const names = new Set<string>();
  for (const each of resolutionOrder(made))
    for (const [name, value] of each.namespace) if (isAbstract(value)) names.add(name);
  return [...names].filter((name) => isAbstract(findInClass(made, name))).sort();
}

function isAbstract(value: Value | undefined): boolean {
  if (value?.kind === 'descriptor') return isAbstract(value.function);
  return value?.kind === 'function' && value.attributes.has('__isabstractmethod__');
}

function noteDoc(definition: ClassDefinition, scope: Scope): void {
  const [first] = definition.body;
  if (first?.kind === 'expression' && first.expression.kind === 'string')
    scope.variables.set('__doc__', string(first.expression.value));
}

/** What stands before the name of something defined here, such as `Outer.` or `make.<locals>.`. */
export function prefixOf(frame: Frame): string {
  if (frame.scope.kind === 'class')
    return frame.classOwner === undefined ? '' : `${frame.classOwner.qualifiedName}.`;
  for (let scope: Scope | undefined = frame.scope; scope !== undefined; scope = scope.parent)
    if (scope.function !== undefined) return `${fullName(scope.function)}.<locals>.`;
  return '';
}
