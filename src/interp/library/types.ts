/** Python's `types`: the kinds of functions and modules, and plain namespaces. Source: Python docs, types. */
import { isDecided } from '../builtins/objects';
import { nativeClass, unknownBase } from '../classes';
import { because, native } from '../natives';
import { bool, type Value } from '../values';
import type { DefinePython } from './standard';

/** Whether a value is of a type; `undefined` where what we know of the value does not tell. */
type Check = (value: Value) => boolean | undefined;

/** Functions of ours stand for ones in Python and for ones in C alike. */
const isFunction: Check = ({ kind }) => (kind === 'builtin' ? undefined : kind === 'function');

const isMethod: Check = (value) => {
  if (value.kind === 'builtin') return undefined;
  return value.kind === 'method' && (value.function.kind === 'function' || undefined);
};

const isBuiltin: Check = ({ kind }) => (kind === 'builtin' || kind === 'method' ? undefined : false);

const CHECKS: Readonly<Record<string, Check>> = {
  FunctionType: isFunction,
  LambdaType: isFunction,
  MethodType: isMethod,
  BuiltinFunctionType: isBuiltin,
  BuiltinMethodType: isBuiltin,
  ModuleType: ({ kind }) => kind === 'module',
  NoneType: ({ kind }) => kind === 'none',
};

const SIMPLE_NAMESPACE = `
class SimpleNamespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])
    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__
`;

/** The members of the module. */
export function typesMembers(python: DefinePython): ReadonlyMap<string, Value> {
  const kinds = Object.entries(CHECKS).map(([name, check]) => [name, kindOf(name, check)] as const);
  return new Map<string, Value>([...python(SIMPLE_NAMESPACE, new Map()), ...kinds]);
}

function kindOf(name: string, check: Check): Value {
  const isInstance = native('__instancecheck__', ([value], context) => {
    const isOpen = value?.kind === 'instance' && unknownBase(value.class) !== undefined;
    const result = value === undefined || isOpen || !isDecided(value) ? undefined : check(value);
    return result === undefined ? because(value, context) : bool(result);
  });
  return nativeClass(name, [], [['__instancecheck__', isInstance]]);
}
