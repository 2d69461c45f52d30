/** Operators that the classes of their operands define. */
import type { BinaryOperator, ComparisonOperator } from '../python/syntax';
import { positional, type CallContext } from './call';
import { findInClass, findInMetaclass } from './classes';
import type { Interpreter } from './interpreter';
import { comparison } from './operators';
import { bool, tuple, type InstanceValue, type Value } from './values';

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
    const method = methodFor(self, dunder);
    const result = method && interpreter.call(method, positional(self, other), context);
    if (result !== undefined && !isDeclined(result, context)) return result;
  }
  return undefined;
}

/** What the class of an object, or the metaclass of a class, defines for an operator. */
function methodFor(self: Value, dunder: string): Value | undefined {
  if (self.kind === 'instance') return findInClass(self.class, dunder);
  return self.kind === 'class' && self.unit !== undefined ? findInMetaclass(self, dunder) : undefined;
}

/** Whether the method gave `NotImplemented`, so that the other operand's is asked. */
function isDeclined(result: Value, { interpreter }: CallContext): boolean {
  return result.kind === 'unknown' && result === interpreter.builtins.get('NotImplemented');
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
  if (operator === 'in' || operator === 'not in') return membership(operator, left, right, context);
  const [own = '', mirrored = ''] = COMPARISON_DUNDERS[operator] ?? [];
  if (own === '') return undefined;
  for (const [self, other, name] of [
    [left, right, own],
    [right, left, mirrored],
  ] as const) {
    const method = methodFor(self, name);
    const result = method && context.interpreter.call(method, positional(self, other), context);
    if (result !== undefined && !isDeclined(result, context)) return result;
  }
  if (operator !== '!=') return undefined;
  const equal = overloadComparison('==', left, right, context);
  return equal && negated(equal, context);
}

/** `item in container` of an object that defines it. */
function membership(
  operator: 'in' | 'not in',
  item: Value,
  container: Value,
  context: CallContext,
): Value | undefined {
  const method = methodFor(container, '__contains__');
  if (method === undefined) return amongItems(operator, item, container, context);
  const found = context.interpreter.call(method, positional(container, item), context);
  const truth = context.interpreter.truth(found, context);
  return truth === undefined ? found : bool(operator === 'in' ? truth : !truth);
}

/** Objects without `__contains__` are gone through. */
function amongItems(
  operator: 'in' | 'not in',
  item: Value,
  container: Value,
  context: CallContext,
): Value | undefined {
  const isSearched = container.kind === 'instance' && container.held === undefined && isIterable(container);
  const items = isSearched ? context.interpreter.iterate(container, context) : undefined;
  return items && comparison(operator, item, tuple(items), context);
}

function isIterable(container: InstanceValue): boolean {
  const method = findInClass(container.class, '__iter__') ?? findInClass(container.class, '__getitem__');
  return method?.kind === 'function';
}

function negated(value: Value, context: CallContext): Value {
  const truth = context.interpreter.truth(value, context);
  return truth === undefined ? value : bool(!truth);
}
