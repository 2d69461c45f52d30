/** The members of Python's `typing` that code inherits from or calls. Source: Python docs, typing. */
import { completeClass } from '../classes';
import { native } from '../natives';
import { same } from './functools';
import { NONE, unknown, type Value } from '../values';

/** What the module has of these. */
export function typingClasses(builtins: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const dict = builtins.get('dict') ?? NONE;
  const type = builtins.get('type');
  const makeDict = native('__call__', (_, context, { positional: [, ...rest], ...args }) =>
    context.interpreter.call(dict, { ...args, positional: rest }, context),
  );
  const meta = completeClass('TypedDictMeta', type?.kind === 'class' ? [type] : [], [['__call__', makeDict]]);
  return new Map<string, Value>([
    ['Generic', completeClass('Generic', [])],
    ['Protocol', completeClass('Protocol', [])],
    // A dictionary with fields that only type checkers look at.
    ['TypedDict', completeClass('TypedDict', [], [], meta)],
    ['NewType', native('NewType', () => same('NewType'))],
    [
      'TypeVar',
      native('TypeVar', (_, { place }) => unknown({ code: 'unmodelled', subject: 'a type variable', place })),
    ],
    ['runtime_checkable', same('runtime_checkable')],
    ['no_type_check', same('no_type_check')],
    ['override', same('override')],
    ['dataclass_transform', native('dataclass_transform', () => same('dataclass_transform'))],
    ['cast', native('cast', ([, value]) => value ?? NONE)],
  ]);
}
