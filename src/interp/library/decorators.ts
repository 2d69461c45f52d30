/** The decorators of Python's `functools`. Source: Python docs, functools. */
import { positional, type CallContext } from '../call';
import { findInClass, inherits } from '../classes';
import { native } from '../natives';
import {
  bool,
  builtin,
  dictOf,
  NONE,
  string,
  unknown,
  type ClassValue,
  type FunctionValue,
  type Value,
} from '../values';

/** The members of the module that decorate. */
export function decoratorMembers(builtins: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const cache = native('cache', ([made]) => remembering(made ?? NONE));
  return new Map<string, Value>([
    [
      'cached_property',
      native('cached_property', ([made]) => ({ kind: 'descriptor', type: 'cached', function: made ?? NONE })),
    ],
    ['cache', cache],
    // With and without brackets.
    ['lru_cache', native('lru_cache', ([made]) => (made?.kind === 'function' ? remembering(made) : cache))],
    ['wraps', native('wraps', ([wrapped]) => native('wraps', ([made]) => wearing(made ?? NONE, wrapped)))],
    ['update_wrapper', native('update_wrapper', ([made, wrapped]) => wearing(made ?? NONE, wrapped))],
    ['total_ordering', native('total_ordering', ([made]) => ordered(made ?? NONE))],
    ['singledispatch', native('singledispatch', ([made]) => dispatching(made ?? NONE, builtins))],
  ]);
}

/** The function with a memory: calls with arguments that it was called with before give the same object again. */
function remembering(made: Value): Value {
  if (made.kind !== 'function') return made;
  const attributes = new Map<string, Value>([
    ...made.attributes,
    ['__cache__', dictOf([])],
    ['__wrapped__', made],
  ]);
  return { ...made, attributes };
}

/** The function under the name, the text and the attributes of the one that it wraps. */
function wearing(made: Value, wrapped: Value | undefined): Value {
  if (made.kind !== 'function' || wrapped?.kind !== 'function') return made;
  const attributes = new Map([...made.attributes, ...wrapped.attributes, ['__wrapped__', wrapped] as const]);
  attributes.set('__name__', wrapped.attributes.get('__name__') ?? string(wrapped.name));
  attributes.set('__doc__', wrapped.attributes.get('__doc__') ?? docOf(wrapped));
  return { ...made, attributes };
}

function docOf({ definition }: FunctionValue): Value {
  const first = definition.kind === 'function' ? definition.body[0] : undefined;
  const expression = first?.kind === 'expression' ? first.expression : undefined;
  return expression?.kind === 'string' ? string(expression.value) : NONE;
}

/** The comparisons that follow from the one that a class defines, `==` included. */
const FROM: Readonly<
  Record<string, readonly (readonly [string, (less: boolean, equal: boolean) => boolean])[]>
> = {
  __lt__: [
    ['__gt__', (less, equal) => !less && !equal],
    ['__le__', (less, equal) => less || equal],
    ['__ge__', (less) => !less],
  ],
  __le__: [
    ['__ge__', (less, equal) => !less || equal],
    ['__lt__', (less, equal) => less && !equal],
    ['__gt__', (less) => !less],
  ],
  __gt__: [
    ['__lt__', (more, equal) => !more && !equal],
    ['__ge__', (more, equal) => more || equal],
    ['__le__', (more) => !more],
  ],
  __ge__: [
    ['__le__', (more, equal) => !more || equal],
    ['__gt__', (more, equal) => more && !equal],
    ['__lt__', (more) => !more],
  ],
};

function ordered(made: Value): Value {
  if (made.kind !== 'class') return made;
  const root = Object.keys(FROM).find((name) => made.namespace.has(name));
  for (const [name, decide] of FROM[root ?? ''] ?? [])
    if (!made.namespace.has(name)) made.namespace.set(name, derived(made, root ?? '', name, decide));
  return made;
}

function derived(
  type: ClassValue,
  root: string,
  name: string,
  decide: (first: boolean, equal: boolean) => boolean,
): Value {
  return native(name, ([self = NONE, other = NONE], context) => {
    const { interpreter } = context;
    const ask = (method: string): boolean | undefined => {
      const found = findInClass(type, method);
      return found && interpreter.truth(interpreter.call(found, positional(self, other), context), context);
    };
    const [first, equal] = [ask(root), ask('__eq__') ?? (self === other ? true : undefined)];
    return first === undefined || equal === undefined
      ? unknown({ code: 'unmodelled', subject: name, place: context.place })
      : bool(decide(first, equal));
  });
}

/** A function that picks an implementation by the type of its first argument. */
function dispatching(made: Value, builtins: ReadonlyMap<string, Value>): Value {
  const implementations: { readonly type: Value; readonly run: Value }[] = [];
  const isInstance = builtins.get('isinstance') ?? NONE;
  const choose = (value: Value, context: CallContext): Value | undefined => {
    const fitting: typeof implementations = [];
    for (const each of implementations) {
      const fits = context.interpreter.call(isInstance, positional(value, each.type), context);
      if (fits.kind !== 'bool') return undefined;
      if (fits.value) fitting.push(each);
    }
    // The most special type wins; two that are not related leave it open.
    const best = fitting.filter(({ type }) => fitting.every((other) => isBelow(type, other.type)));
    return fitting.length === 0 ? made : best.at(-1)?.run;
  };
  const dispatch = builtin('singledispatch', (args, context) => {
    const first = args.positional[0]?.value;
    const chosen = first && choose(first, context);
    if (chosen !== undefined) return context.interpreter.call(chosen, args, context);
    context.interpreter.trail.lose(
      args.positional.map(({ value }) => value),
      reasonAt(context),
    );
    return unknown(reasonAt(context));
  });
  const add = (type: Value, run: Value): Value => {
    implementations.push({ type, run });
    return run;
  };
  const register = native('register', ([type = NONE, run], context) => {
    if (run !== undefined) return add(type, run);
    if (type.kind === 'class') return native('register', ([each = NONE]) => add(type, each));
    const annotation = type.kind === 'function' ? type.definition.parameters.list[0]?.annotation : undefined;
    if (annotation === undefined) return add(unknown(reasonAt(context)), type);
    return add(context.interpreter.evaluate(annotation, context.frame), type);
  });
  return { ...dispatch, members: new Map<string, Value>([['register', register]]) };
}

function isBelow(type: Value, other: Value): boolean {
  return (
    type === other || (type.kind === 'class' && other.kind === 'class' && inherits(type, other) === true)
  );
}

function reasonAt({ place }: CallContext) {
  return { code: 'unmodelled', subject: 'which implementation is called', place } as const;
}
