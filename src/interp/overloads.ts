/** Operators that the classes of their operands define. */
import type { BinaryOperator, ComparisonOperator } from '../python/syntax';
import { positional, type CallContext } from './call';
import { findInClass } from './classes';
import type { Interpreter } from './interpreter';
import type { Value } from './values';

const DUNDERS: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

/** What `left operator= right` calls, such as `__iadd__`. */
export function inPlaceDunder(operator: BinaryOperator): string {
  return `__i${DUNDERS[operator]}__`;
}

/** What the method of one of the operands makes of `left operator right`; `undefined` where neither has one. */
export function overload(
  interpreter: Interpreter,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value | undefined {
  const name = DUNDERS[operator];
  for (const [self, other, dunder] of [
    [left, right, `__${name}__`],
    [right, left, `__r${name}__`],
  ] as const) {
    const method = self.kind === 'instance' ? findInClass(self.class, dunder) : undefined;
    if (method !== undefined) return interpreter.call(method, positional(self, other), context);
  }
  return undefined;
}

/** What `left operator right` calls: the left one's method, and the one for the mirrored operator of the right one. */
const COMPARISON_DUNDERS: Partial<Record<ComparisonOperator, readonly [string, string]>> = {
  '==': ['__eq__', '__eq__'],
  '!=': ['__ne__', '__ne__'],
  '<': ['__lt__', '__gt__'],
  '<=': ['__le__', '__ge__'],
  '>': ['__gt__', '__lt__'],
  '>=': ['__ge__', '__le__'],
};

/** What the method of one of the operands makes of a comparison; `undefined` where neither has one. */
export function overloadComparison(
  operator: ComparisonOperator,
  left: Value,
  right: Value,
  context: CallContext,
): Value | undefined {
  const [own = '', mirrored = ''] = COMPARISON_DUNDERS[operator] ?? [];
  for (const [self, other, name] of [
    [left, right, own],
    [right, left, mirrored],
  ] as const) {
    const method = self.kind === 'instance' ? findInClass(self.class, name) : undefined;
    if (method !== undefined) return context.interpreter.call(method, positional(self, other), context);
  }
  return undefined;
}
