/** Python's `contextlib`: managers of `with` statements. */
import { nativeClass } from '../classes';
import { step } from '../iterators';
import { native, nativeWith } from '../natives';
import { bool, NONE, unknown, type Value } from '../values';

/** The members of the module. */
export function contextlibMembers(): ReadonlyMap<string, Value> {
  const nullType = nativeClass(
    'nullcontext',
    [],
    [
      [
        '__init__',
        nativeWith('nullcontext', 'self, enter_result=', ([self, result = NONE]) => {
          if (self?.kind === 'instance') self.attributes.set('enter_result', result);
          return NONE;
        }),
      ],
      [
        '__enter__',
        native('__enter__', ([self]) =>
          self?.kind === 'instance' ? (self.attributes.get('enter_result') ?? NONE) : NONE,
        ),
      ],
      ['__exit__', native('__exit__', () => bool(false))],
    ],
  );
  const suppressType = nativeClass(
    'suppress',
    [],
    [
      ['__init__', native('suppress', () => NONE)],
      ['__enter__', native('__enter__', () => NONE)],
      // What it lets pass is not told.
      [
        '__exit__',
        native('__exit__', (_, context) =>
          unknown({ code: 'unmodelled', subject: 'suppress', place: context.place }),
        ),
      ],
    ],
  );
  return new Map<string, Value>([
    ['contextmanager', native('contextmanager', ([made]) => managed(made ?? NONE))],
    ['nullcontext', nullType],
    ['suppress', suppressType],
  ]);
}

/** A function whose generator runs up to its `yield` when the block is entered, and on when it is left. */
function managed(made: Value): Value {
  const type = nativeClass(
    '_GeneratorContextManager',
    [],
    [
      [
        '__enter__',
        native('__enter__', ([self], context) => {
          const generator = self?.kind === 'instance' ? self.attributes.get('gen') : undefined;
          const next = generator?.kind === 'iterator' ? step(generator, context) : 'end';
          if (next !== 'end' && 'item' in next) return next.item;
          return unknown({ code: 'unmodelled', subject: 'this context manager', place: context.place });
        }),
      ],
      [
        '__exit__',
        native('__exit__', ([self], context) => {
          const generator = self?.kind === 'instance' ? self.attributes.get('gen') : undefined;
          if (generator?.kind === 'iterator') step(generator, context);
          return bool(false);
        }),
      ],
    ],
  );
  return native('contextmanager', (_, context, call) => {
    const gen = context.interpreter.call(made, call, context);
    if (gen.kind !== 'iterator') return gen;
    return context.interpreter.trail.made({
      kind: 'instance',
      class: type,
      attributes: new Map([['gen', gen]]),
    });
  });
}
