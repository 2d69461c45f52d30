/** Python's `functools`: partial application, reduction, and keys from comparisons; `decorators.ts` has its decorators. */
import { positional, withFirst, type CallContext } from '../call';
import { iteratorOver, step } from '../iterators';
import { because, native, nativeWith, raises } from '../natives';
import { builtin, int, NONE, type Value } from '../values';
import { nativeClass } from '../classes';
import { comparison } from '../operators';

/** The members of the module. */
export function functoolsMembers(): ReadonlyMap<string, Value> {
  const partial = builtin('partial', ({ positional: [first, ...rest], ...args }) => ({
    kind: 'partial',
    function: first?.value ?? NONE,
    args: { ...args, positional: rest },
  }));
  return new Map<string, Value>([
    ['partial', partial],
    ['partialmethod', partialMethod()],
    ['reduce', nativeWith('reduce', 'function, iterable, initial=, /', reduce)],
    ['cmp_to_key', nativeWith('cmp_to_key', 'mycmp', ([compare = NONE]) => keyFrom(compare))],
  ]);
}

/** A decorator, or a factory of one, that gives back what it is given. */
export function same(name: string): Value {
  return native(name, ([value]) => value ?? NONE);
}

function reduce([callee = NONE, items, start]: readonly (Value | undefined)[], context: CallContext): Value {
  const inner = items && iteratorOver(items, context);
  if (inner === undefined) return because(items, context);
  let total = start;
  for (;;) {
    const next = step(inner, context);
    if (next === 'end') break;
    if ('uncertain' in next) return because(inner, context);
    total =
      total === undefined
        ? next.item
        : context.interpreter.call(callee, positional(total, next.item), context);
  }
  return total ?? raises('TypeError: reduce() of empty iterable with no initial value', context);
}

/** A function in a class's namespace that binds its object first, then the arguments it was made with. */
function partialMethod(): Value {
  return builtin('partialmethod', ({ positional: [first, ...rest], ...args }) =>
    builtin('partialmethod', (call, context) => {
      const [self, ...others] = call.positional;
      const keywords = new Map([...args.keywords, ...call.keywords]);
      const merged = { ...call, positional: [...rest, ...others], keywords };
      const passed = self === undefined ? merged : withFirst(self.value, merged);
      return context.interpreter.call(first?.value ?? NONE, passed, context);
    }),
  );
}

/** Objects that compare as `compare` says. */
function keyFrom(compare: Value): Value {
  const ordered = (operator: '<' | '<=' | '>' | '>=' | '==') =>
    native('compare', ([self, other], context) => {
      const [a, b] = [self, other].map((each) =>
        each?.kind === 'instance' ? (each.attributes.get('obj') ?? NONE) : NONE,
      );
      const sign = context.interpreter.call(compare, positional(a ?? NONE, b ?? NONE), context);
      return comparison(operator, sign, int(0), context);
    });
  const type = nativeClass(
    'K',
    [],
    [
      ['__lt__', ordered('<')],
      ['__le__', ordered('<=')],
      ['__gt__', ordered('>')],
      ['__ge__', ordered('>=')],
      ['__eq__', ordered('==')],
    ],
  );
  return native('K', ([obj]) => ({
    kind: 'instance',
    class: type,
    attributes: new Map([['obj', obj ?? NONE]]),
  }));
}
