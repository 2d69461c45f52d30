/** Python's `typing` and `collections.abc`: annotations mean nothing to a run, kinds of containers can be asked for. */
import { nativeClass } from '../classes';
import { native } from '../natives';
import { bool, unknown, type ModuleValue, type Value } from '../values';
import { same } from './functools';

const CONTAINER_KINDS: readonly (readonly [string, readonly Value['kind'][]])[] = [
  ['Iterable', ['list', 'tuple', 'dict', 'set', 'range', 'string', 'iterator', 'view']],
  ['Collection', ['list', 'tuple', 'dict', 'set', 'range', 'string', 'view']],
  ['Container', ['list', 'tuple', 'dict', 'set', 'range', 'string', 'view']],
  ['Sized', ['list', 'tuple', 'dict', 'set', 'range', 'string', 'view']],
  ['Sequence', ['list', 'tuple', 'range', 'string']],
  ['MutableSequence', ['list']],
  ['Set', ['set']],
  ['Mapping', ['dict']],
  ['MutableMapping', ['dict']],
  ['Iterator', ['iterator']],
  ['Callable', ['function', 'builtin', 'method', 'class', 'partial']],
];

/** The members of `collections.abc`. */
export function abcMembers(): ReadonlyMap<string, Value> {
  return new Map(CONTAINER_KINDS.map(([name, kinds]) => [name, kindClass(name, kinds)]));
}

/** Names that stand for a built-in type, or for one of `collections`. */
const SAME_AS: Readonly<Record<string, string>> = {
  List: 'list',
  Dict: 'dict',
  Set: 'set',
  FrozenSet: 'frozenset',
  Tuple: 'tuple',
  Type: 'type',
  Text: 'str',
  OrderedDict: 'OrderedDict',
  DefaultDict: 'defaultdict',
  Counter: 'Counter',
  Deque: 'deque',
};

/** A member of `typing`: a type of another module, or a class that takes any index. */
export function typingMember(
  name: string,
  builtins: ReadonlyMap<string, Value>,
  collections: ModuleValue | undefined,
): Value | undefined {
  const original = Object.hasOwn(SAME_AS, name) ? SAME_AS[name] : undefined;
  if (original !== undefined) return builtins.get(original) ?? collections?.member(original);
  if (name === 'TYPE_CHECKING') return bool(false);
  if (name === 'overload' || name === 'final') return same(name);
  const kinds = CONTAINER_KINDS.find(([each]) => each === name)?.[1];
  return /^[A-Z]/.test(name) ? kindClass(name, kinds) : undefined;
}

function kindClass(name: string, kinds: readonly Value['kind'][] | undefined): Value {
  const check = native('__instancecheck__', ([value]) => {
    const isKnown = value !== undefined && value.kind !== 'unknown' && value.kind !== 'instance';
    const isDecided = isKnown && !(value.kind === 'formula' && value.isUntyped);
    return isDecided && kinds !== undefined
      ? bool(kinds.includes(value.kind))
      : unknown({ code: 'unmodelled', subject: `isinstance(…, ${name})` });
  });
  return nativeClass(name, [], [['__instancecheck__', check]]);
}
