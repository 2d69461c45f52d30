/** Looking attributes up: instances, classes, modules, functions, `super()`, bound methods, properties. */
import type { FunctionDefinition, Lambda } from '../python/syntax';
import { positional, type CallContext } from './call';
import { fullName } from './calls';
import { construct, findInClass, isOpen, metaclassOf, missingAttribute, resolutionOrder } from './classes';
import { fill, operationOf } from './held';
import { dictionaryOf } from './instanceDict';
import type { Interpreter } from './interpreter';
import { methodOf } from './methods';
import { defaultMember } from './objectMembers';
import { lookUp, moduleScope } from './scope';
import {
  builtin,
  dictOf,
  NONE,
  string,
  tuple,
  unknown,
  type ClassValue,
  type DescriptorValue,
  type FunctionValue,
  type InstanceValue,
  type MutableValue,
  type SuperValue,
  type UnknownValue,
  type Value,
  withoutReal,
} from './values';

export { setAttribute } from './setting';

/** The value of `object.name`; an unknown tells why there is none. */
export function getAttribute(
  interpreter: Interpreter,
  object: Value,
  name: string,
  context: CallContext,
): Value {
  switch (object.kind) {
    case 'unknown':
      return withoutReal(object);
    case 'instance': {
      const hook = accessHook(object.class);
      if (hook !== undefined) return interpreter.call(hook, positional(object, string(name)), context);
      return ofInstance(interpreter, object, name, context);
    }
    case 'class':
      return ofClass(interpreter, object, name, context);
    case 'super':
      return ofSuper(interpreter, object, name, context);
    case 'module': {
      const found = object.patched.get(name) ?? object.member(name);
      return (
        found ??
        unknown({
          code: object.exported ? 'missing-attribute' : 'unmodelled-library',
          subject: `${object.name}.${name}`,
          place: context.place,
        })
      );
    }
    case 'function':
      return object.attributes.get(name) ?? ofFunction(object, name, context);
    case 'method':
      return ofMethod(interpreter, object, name, context);
    case 'partial':
      return ofPartial(object.function, object.args, name) ?? missingAttribute(object, name, context);
    case 'descriptor':
      return ofDescriptor(object, name, context);
    case 'formula':
      return unknown({
        code: 'parameter',
        subject: context.frame.unit.textOf(context.place.span),
        place: context.place,
      });
    case 'builtin':
      if (name === '__name__') return string(object.name);
      return object.members?.get(name) ?? missingAttribute(object, name, context);
    default:
      return methodOf(object, name) ?? ofContainer(object, missingAttribute(object, name, context));
  }
}

/** The `__getattribute__` that a class defines in Python. */
function accessHook(type: ClassValue): Value | undefined {
  if (type.hooksAccess === false) return undefined;
  const hook = findInClass(type, '__getattribute__');
  const own = hook?.kind === 'function' ? hook : undefined;
  type.hooksAccess = own !== undefined;
  return own;
}

/** Attributes of an instance as `object.__getattribute__` finds them, and `__getattr__` behind it. */
export function ofInstance(
  interpreter: Interpreter,
  object: InstanceValue,
  name: string,
  context: CallContext,
): Value {
  const inClass = name === '__doc__' ? undefined : findInClass(object.class, name);
  const own = object.attributes.get(name);
  if (own !== undefined && !(inClass !== undefined && overridesOwn(inClass))) return own;
  if (inClass !== undefined) return bind(interpreter, inClass, object, object.class, context, name);
  const special = ofAnyInstance(object, name, context);
  if (special !== undefined) return special;
  if (object.held !== undefined) {
    const method = methodOf(object.held, name) ?? operationOf(object.held, name);
    if (method !== undefined) return method;
  }
  const fallback = findInClass(object.class, '__getattr__');
  // A base that was not read may hold the attribute, and then nothing falls back.
  return fallback === undefined || isOpen(object.class)
    ? (inherited(object, name) ?? missingAttribute(object, name, context))
    : interpreter.call(fallback, positional(object, string(name)), context);
}

function ofAnyInstance(object: InstanceValue, name: string, context: CallContext): Value | undefined {
  switch (name) {
    case '__class__':
      return object.class;
    case '__dict__':
      return dictionaryOf(object, context);
    case '__doc__':
    case '__module__':
      return ofClass(context.interpreter, object.class, name, context);
    default:
      return undefined;
  }
}

function inherited(object: InstanceValue, name: string): Value | undefined {
  const member = isOpen(object.class) ? undefined : defaultMember(name);
  return member && { kind: 'method', function: member, self: object };
}

/** Whether what a class holds comes before what its instances hold under the same name. */
function overridesOwn(found: Value): boolean {
  if (found.kind === 'descriptor') return found.type === 'property';
  return found.kind === 'instance' && findInClass(found.class, '__set__') !== undefined;
}

/** A method that is not modelled may change the container it belongs to. */
function ofContainer(object: Value, missing: UnknownValue): UnknownValue {
  if (object.kind === 'dict' && object.uncertain)
    return { kind: 'unknown', reason: object.uncertain, mayBe: [object] };
  const isContainer = ['list', 'dict', 'set', 'iterator'].includes(object.kind);
  return isContainer ? { ...missing, mayBe: [object as MutableValue] } : missing;
}

/** Whether the object has the attribute; `undefined` when it cannot be told. */
export function hasAttribute(object: Value, name: string): boolean | undefined {
  switch (object.kind) {
    case 'instance': {
      if (accessHook(object.class) !== undefined) return undefined;
      if (findInClass(object.class, name) !== undefined) return true;
      if (object.attributes.has(name)) return object.doubtful?.has(name) ? undefined : true;
      if (object.held !== undefined && methodOf(object.held, name) !== undefined) return true;
      if (defaultMember(name) !== undefined || name === '__class__' || name === '__dict__') return true;
      const isUnsure = isOpen(object.class) || object.attributes.has('__class__');
      return isUnsure || findInClass(object.class, '__getattr__') !== undefined ? undefined : false;
    }
    case 'class': {
      if (findInClass(object, name) !== undefined) return true;
      const isPlain = !isOpen(object) && metaclassOf(object) === undefined && !name.startsWith('__');
      return isPlain && resolutionOrder(object).every((each) => each.unit !== undefined) ? false : undefined;
    }
    case 'function':
      if (object.attributes.has(name)) return true;
      return name.startsWith('__') ? undefined : false;
    case 'module':
      return object.patched.has(name) || object.member(name) !== undefined || undefined;
    case 'unknown':
    case 'formula':
    case 'super':
    case 'method':
    case 'partial':
    case 'descriptor':
    case 'builtin':
      return undefined;
    case 'dict':
      if (object.uncertain && object.variant?.hasAttributes)
        return methodOf(object, name) !== undefined || undefined;
      return methodOf(object, name) !== undefined;
    default:
      return methodOf(object, name) !== undefined;
  }
}

function ofClass(interpreter: Interpreter, object: ClassValue, name: string, context: CallContext): Value {
  const found = name === '__doc__' ? object.namespace.get(name) : findInClass(object, name);
  if (found !== undefined) return boundToClass(interpreter, found, object, context);
  const special = ofAnyClass(object, name, context);
  if (special !== undefined) return special;
  const meta = metaclassOf(object);
  const inMeta = meta && !NOT_OF_METACLASS.has(name) ? findInClass(meta, name) : undefined;
  if (meta !== undefined && inMeta !== undefined)
    return bind(interpreter, inMeta, object, meta, context, name);
  const fallback = meta && findInClass(meta, '__getattr__');
  if (fallback !== undefined) return interpreter.call(fallback, positional(object, string(name)), context);
  return (isOpen(object) ? undefined : defaultMember(name)) ?? missingAttribute(object, name, context);
}

/** Names under which a class has what `object` has, whatever its metaclass defines for itself. */
const NOT_OF_METACLASS = new Set([
  '__new__',
  '__init__',
  '__init_subclass__',
  '__instancecheck__',
  '__call__',
]);

function boundToClass(
  interpreter: Interpreter,
  found: Value,
  object: ClassValue,
  context: CallContext,
): Value {
  if (found.kind === 'descriptor') {
    if (found.type === 'property' || found.type === 'cached') return found;
    return found.type === 'classmethod' ? bindTo(found.function, object) : found.function;
  }
  const get = found.kind === 'instance' ? findInClass(found.class, '__get__') : undefined;
  return get === undefined ? found : interpreter.call(get, positional(found, NONE, object), context);
}

function ofAnyClass(object: ClassValue, name: string, context: CallContext): Value | undefined {
  switch (name) {
    case '__name__':
      return string(object.name);
    case '__qualname__':
      return string(object.qualifiedName ?? object.name);
    case '__mro__': {
      const root = context.interpreter.builtins.get('object');
      const order = resolutionOrder(object);
      if (isOpen(object)) return undefined;
      return tuple(root === undefined || order.includes(root as ClassValue) ? order : [...order, root]);
    }
    case '__bases__': {
      const root = context.interpreter.builtins.get('object');
      return tuple(object.bases.length === 0 && root !== undefined ? [root] : object.bases);
    }
    case '__doc__':
      return object.unit === undefined ? undefined : NONE;
    case '__class__':
      return metaclassOf(object) ?? context.interpreter.builtins.get('type');
    case '__dict__':
      return object.unit === undefined ? undefined : dictOf([...object.namespace]);
    case '__annotations__':
      return object.unit === undefined || isOpen(object) ? undefined : dictOf([]);
    default:
      return undefined;
  }
}

function ofSuper(interpreter: Interpreter, object: SuperValue, name: string, context: CallContext): Value {
  const { self } = object;
  const owner = self.kind === 'class' ? self : self.kind === 'instance' ? self.class : undefined;
  if (owner === undefined) return self.kind === 'unknown' ? self : missingAttribute(self, name, context);
  const searched =
    inOrder(owner, object.after) ?? (self.kind === 'class' ? inMetaclass(self, object.after) : undefined);
  if (searched === undefined) return missingAttribute(self, name, context);
  for (const each of searched) {
    const found = each.namespace.get(name);
    if (found !== undefined) return bindSuper(interpreter, found, self, owner, context, name);
  }
  if (searched.some((each) => each.bases.some((base) => base.kind !== 'class')))
    return missingAttribute(self, name, context);
  if (name === '__class__') return owner;
  if (name === '__getattr__' && self.kind === 'instance') return defaultFallback(self);
  if (name === '__call__' && self.kind === 'class')
    return builtin(name, (args, inner) => construct(interpreter, self, args, inner));
  if (self.kind === 'instance' && self.held !== undefined) {
    const { held } = self;
    if (name === '__init__')
      return builtin(name, (args, inner) => {
        fill(self, args, inner);
        return NONE;
      });
    const operation = operationOf(held, name) ?? methodOf(held, name);
    if (operation !== undefined) return operation;
  }
  const member = defaultMember(name);
  if (member !== undefined)
    return member.name === '__new__' ? member : { kind: 'method', function: member, self };
  return missingAttribute(self, name, context);
}

/** The classes behind `after`; an unknown class among those before may hide where `super()` looks. */
function inOrder(owner: ClassValue, after: ClassValue): readonly ClassValue[] | undefined {
  const order = resolutionOrder(owner);
  const index = order.indexOf(after);
  return index < 0 ? undefined : order.slice(index + 1);
}

function inMetaclass(self: ClassValue, after: ClassValue): readonly ClassValue[] | undefined {
  const meta = metaclassOf(self) ?? self;
  return inOrder(meta, after);
}

/** What `super().__getattr__` finds: what the object holds, as modules of networks keep their parts. */
function defaultFallback(self: InstanceValue): Value {
  return builtin('__getattr__', ({ positional: [name] }, context) => {
    const key = name?.value.kind === 'string' ? name.value.value : undefined;
    const own = key === undefined ? undefined : self.attributes.get(key);
    return own ?? missingAttribute(self, key ?? '?', context);
  });
}

/** Through `super()` a class method gets the class itself, and `__new__` and static methods get nothing. */
function bindSuper(
  interpreter: Interpreter,
  found: Value,
  self: Value,
  owner: ClassValue,
  context: CallContext,
  name: string,
): Value {
  if (name === '__new__') return found.kind === 'descriptor' ? found.function : found;
  if (name === '__init_subclass__' && found.kind === 'function') return bindTo(found, owner);
  if (
    self.kind === 'class' &&
    found.kind === 'function' &&
    resolutionOrder(self).some((each) => each.namespace.get(name) === found)
  )
    return found;
  return bind(interpreter, found, self, owner, context, name);
}

/** What an object's class holds, as the object sees it. */
export function bind(
  interpreter: Interpreter,
  found: Value,
  self: Value,
  owner: ClassValue,
  context: CallContext,
  name: string,
): Value {
  if (found.kind === 'instance') {
    const get = findInClass(found.class, '__get__');
    return get === undefined ? found : interpreter.call(get, positional(found, self, owner), context);
  }
  if (found.kind !== 'descriptor') return name === '__new__' ? found : bindTo(found, self);
  switch (found.type) {
    case 'property':
      return interpreter.call(found.function, positional(self), context);
    case 'cached':
      return cached(interpreter, found, self, name, context);
    case 'classmethod':
      return bindTo(found.function, owner);
    case 'staticmethod':
      return found.function;
  }
}

/** A cached property runs once; its value then stands in the object. */
function cached(
  interpreter: Interpreter,
  found: DescriptorValue,
  self: Value,
  name: string,
  context: CallContext,
): Value {
  const value = interpreter.call(found.function, positional(self), context);
  if (self.kind === 'instance') {
    interpreter.trail.assign(self, name, value);
    self.attributes.set(name, value);
  }
  return value;
}

function bindTo(found: Value, self: Value): Value {
  return found.kind === 'function' || found.kind === 'builtin'
    ? { kind: 'method', function: found, self }
    : found;
}

function ofFunction(object: FunctionValue, name: string, context: CallContext): Value {
  switch (name) {
    case '__name__':
      return string(object.name);
    case '__qualname__':
      return string(fullName(object));
    case '__module__':
      return (
        lookUp(moduleScope(object.closure), '__name__') ??
        context.interpreter.builtins.get('__name__') ??
        missingAttribute(object, name, context)
      );
    case '__doc__':
      return docOf(object.definition);
    case '__defaults__': {
      const named = object.definition.parameters.list.filter(({ form }) => form !== 'keywordOnly');
      const values = named.flatMap((parameter) => object.defaults.get(parameter.name) ?? []);
      return values.length === 0 ? NONE : tuple(values);
    }
    case '__get__':
      return builtin('__get__', ({ positional: [self] }) =>
        self === undefined || self.value.kind === 'none' ? object : bindTo(object, self.value),
      );
    case '__call__':
      return object;
    default:
      return missingAttribute(object, name, context);
  }
}

/** The text that stands first in a body. */
export function docOf(definition: FunctionDefinition | Lambda): Value {
  const first = definition.kind === 'function' ? definition.body[0] : undefined;
  const expression = first?.kind === 'expression' ? first.expression : undefined;
  return expression?.kind === 'string' ? string(expression.value) : NONE;
}

function ofMethod(
  interpreter: Interpreter,
  object: Value & { kind: 'method' },
  name: string,
  context: CallContext,
): Value {
  if (name === '__self__') return object.self;
  if (name === '__func__') return object.function;
  if (name === '__call__') return object;
  return getAttribute(interpreter, object.function, name, context);
}

function ofPartial(
  callee: Value,
  args: Extract<Value, { kind: 'partial' }>['args'],
  name: string,
): Value | undefined {
  if (name === 'func') return callee;
  if (name === 'args') return args.unknownStar ?? tuple(args.positional.map(({ value }) => value));
  if (name !== 'keywords') return undefined;
  return (
    args.unknownDoubleStar ?? dictOf([...args.keywords].map(([key, { value }]) => [key, value] as const))
  );
}

/** `@value.setter` and its kin decorate a function and give the property back with it. */
function ofDescriptor(object: DescriptorValue, name: string, context: CallContext): Value {
  const isAccessor = name === 'getter' || name === 'setter' || name === 'deleter';
  if (object.type === 'property' && isAccessor) {
    const part = name === 'getter' ? 'function' : name;
    return builtin(name, ({ positional: [made] }) => (made ? { ...object, [part]: made.value } : object));
  }
  if (name === 'fget' || name === '__func__' || name === '__wrapped__' || name === 'func')
    return object.function;
  if (name === 'fset') return object.setter ?? NONE;
  return missingAttribute(object, name, context);
}
