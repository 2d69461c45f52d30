/** Python's `operator`: operators as functions, and getters of items, attributes and methods. */
import type { BinaryOperator, ComparisonOperator } from '../../python/syntax';
import { positional, type CallContext } from '../call';
import { because, native, nativeWith, raises } from '../natives';
import { binary, comparison, unary } from '../operators';
import { deleteItem, getItem, setItem } from '../subscripts';
import { bool, NONE, tuple, type Value } from '../values';

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  add: '+',
  sub: '-',
  mul: '*',
  floordiv: '//',
  mod: '%',
  truediv: '/',
  pow: '**',
  matmul: '@',
  and_: '&',
  or_: '|',
  xor: '^',
  lshift: '<<',
  rshift: '>>',
  concat: '+',
};

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  is_: 'is',
  is_not: 'is not',
};

const UNARY = { neg: '-', pos: '+', invert: '~', inv: '~', not_: 'not' } as const;

/** The members of the module. */
export function operatorMembers(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ...Object.entries(BINARY).map(
      ([name, operator]) =>
        [
          name,
          nativeWith(name, 'a, b, /', ([a = NONE, b = NONE], context) =>
            binary(context.interpreter, operator, a, b, context),
          ),
        ] as const,
    ),
    ...Object.entries(COMPARISONS).map(
      ([name, operator]) =>
        [
          name,
          nativeWith(name, 'a, b, /', ([a = NONE, b = NONE], context) => comparison(operator, a, b, context)),
        ] as const,
    ),
    ...Object.entries(UNARY).map(
      ([name, operator]) =>
        [
          name,
          nativeWith(name, 'a, /', ([a = NONE], context) => unary(context.interpreter, operator, a, context)),
        ] as const,
    ),
    ['abs', nativeWith('abs', 'a, /', ([a = NONE], context) => callBuiltin('abs', a, context))],
    ['index', nativeWith('index', 'a, /', ([a = NONE]) => a)],
    ['contains', nativeWith('contains', 'a, b, /', ([a = NONE, b = NONE], at) => comparison('in', b, a, at))],
    ['truth', nativeWith('truth', 'a, /', ([a = NONE], context) => truth(a, context))],
    [
      'getitem',
      nativeWith('getitem', 'a, b, /', ([a = NONE, b = NONE], at) => getItem(at.interpreter, a, b, at)),
    ],
    [
      'setitem',
      nativeWith('setitem', 'a, b, c, /', ([a = NONE, b = NONE, c = NONE], at) => {
        setItem(at.interpreter, a, b, c, at);
        return NONE;
      }),
    ],
    [
      'delitem',
      nativeWith('delitem', 'a, b, /', ([a = NONE, b = NONE], at) => {
        deleteItem(at.interpreter, a, b, at);
        return NONE;
      }),
    ],
    ['itemgetter', getter('itemgetter', (object, key, at) => getItem(at.interpreter, object, key, at))],
    ['attrgetter', getter('attrgetter', attributeAlong)],
    [
      'methodcaller',
      native('methodcaller', ([name], _, call) => {
        const args = { ...call, positional: call.positional.slice(1) };
        return nativeWith('methodcaller', 'object, /', ([object = NONE], at) => {
          if (name?.kind !== 'string') return because(name, at);
          return at.interpreter.call(at.interpreter.attribute(object, name.value, at), args, at);
        });
      }),
    ],
  ]);
}

function getter(name: string, get: (object: Value, key: Value, context: CallContext) => Value): Value {
  return native(name, (keys, context) => {
    const [only, ...others] = keys;
    if (only === undefined) return raises(`TypeError: ${name} expected 1 argument`, context);
    return nativeWith(name, 'object, /', ([object = NONE], at) =>
      others.length === 0 ? get(object, only, at) : tuple(keys.map((key) => get(object, key, at))),
    );
  });
}

function attributeAlong(object: Value, path: Value, context: CallContext): Value {
  if (path.kind !== 'string') return because(path, context);
  return path.value
    .split('.')
    .reduce((value, name) => context.interpreter.attribute(value, name, context), object);
}

function truth(value: Value, context: CallContext): Value {
  const result = context.interpreter.truth(value, context);
  return result === undefined ? because(value, context) : bool(result);
}

function callBuiltin(name: string, value: Value, context: CallContext): Value {
  const builtin = context.interpreter.builtins.get(name) ?? NONE;
  return context.interpreter.call(builtin, positional(value), context);
}
