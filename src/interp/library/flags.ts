/** What members of Python's `enum.Flag` do with `|`, `&`, `^` and `in`: their values are bits. */
import type { CallContext } from '../call';
import { bare, findInClass } from '../classes';
import { native } from '../natives';
import { bool, int, NONE, unknown, type InstanceValue, type Value } from '../values';

/** The operators by name. */
export function flagOperators(): (readonly [string, Value])[] {
  const combine = (name: string, compute: (a: number, b: number) => number) =>
    [
      name,
      native(name, ([self, other], context) => {
        const [a, b] = [bitsOf(self), bitsOf(other)];
        if (self?.kind !== 'instance' || a === undefined || b === undefined) return notTold(name, context);
        return withBits(self, compute(a, b), context);
      }),
    ] as const;
  const test = (name: string, compute: (a: number, b: number) => boolean) =>
    [
      name,
      native(name, ([self, other], context) => {
        const [a, b] = [bitsOf(self), bitsOf(other)];
        return a === undefined || b === undefined ? notTold(name, context) : bool(compute(a, b));
      }),
    ] as const;
  return [
    combine('__or__', (a, b) => a | b),
    combine('__and__', (a, b) => a & b),
    combine('__xor__', (a, b) => a ^ b),
    test('__contains__', (a, b) => (a & b) === b),
    test('__eq__', (a, b) => a === b),
    [
      '__bool__',
      native('__bool__', ([self], context) => {
        const bits = bitsOf(self);
        return bits === undefined ? notTold('__bool__', context) : bool(bits !== 0);
      }),
    ],
  ];
}

function bitsOf(value: Value | undefined): number | undefined {
  const own = value?.kind === 'instance' ? value.attributes.get('_value_') : undefined;
  return own?.kind === 'int' && own.value >= 0 && own.value < 2 ** 31 ? own.value : undefined;
}

/** The member with these bits, or an object that stands for several. */
function withBits(like: InstanceValue, bits: number, context: CallContext): Value {
  const members = findInClass(like.class, '_members_');
  const found = members?.kind === 'tuple' ? members.items.find((each) => bitsOf(each) === bits) : undefined;
  if (found !== undefined) return found;
  const made = bare(context.interpreter, like.class, context);
  for (const [name, value] of [
    ['_value_', int(bits)],
    ['value', int(bits)],
    ['name', NONE],
  ] as const)
    made.attributes.set(name, value);
  return made;
}

function notTold(subject: string, { place }: CallContext): Value {
  return unknown({ code: 'unmodelled', subject, place });
}
