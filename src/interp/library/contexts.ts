/** Python's `contextlib`: managers from generators, and those that let exceptions pass. Source: Python docs, contextlib. */
import { catches } from '../exceptions';
import { completeClass } from '../classes';
import { contextManagerDecorator } from '../managers';
import { native } from '../natives';
import { bool, NONE, tuple, unknown, type Value } from '../values';

/** The members of the module. */
export function contextMembers(): ReadonlyMap<string, Value> {
  const keep = (name: string) =>
    native('__init__', ([self, ...args]) => {
      if (self?.kind === 'instance') self.attributes.set(name, args[0] ?? NONE);
      return NONE;
    });
  const give = (name: string) =>
    native('__enter__', ([self]) => (self?.kind === 'instance' ? (self.attributes.get(name) ?? NONE) : NONE));
  const leave = native('__exit__', () => bool(false));
  const suppress = completeClass(
    'suppress',
    [],
    [
      [
        '__init__',
        native('__init__', ([self, ...types]) => {
          if (self?.kind === 'instance') self.attributes.set('types', tuple(types));
          return NONE;
        }),
      ],
      ['__enter__', native('__enter__', () => NONE)],
      [
        '__exit__',
        native('suppress.__exit__', ([self, , exception], { place }) => {
          const types = self?.kind === 'instance' ? self.attributes.get('types') : undefined;
          if (exception?.kind === 'none' || types === undefined) return bool(false);
          const isCaught = exception?.kind === 'instance' ? catches(types, exception) : undefined;
          return isCaught === undefined
            ? unknown({ code: 'unmodelled', subject: 'suppress', place })
            : bool(isCaught);
        }),
      ],
    ],
  );
  return new Map<string, Value>([
    ['contextmanager', contextManagerDecorator()],
    ['suppress', suppress],
    [
      'nullcontext',
      completeClass(
        'nullcontext',
        [],
        [
          ['__init__', keep('enter_result')],
          ['__enter__', give('enter_result')],
          ['__exit__', leave],
        ],
      ),
    ],
  ]);
}
