/** Exceptions: their classes, the objects that are raised, and the words that Python prints of them. */
import type { CallContext } from './call';
import { findInClass, inherits, nativeClass } from './classes';
import { reprOf, textOf } from './text';
import { Raised } from './trail';
import {
  builtin,
  show,
  string,
  tuple,
  unknown,
  type ClassValue,
  type InstanceValue,
  type UnknownValue,
  type Value,
} from './values';

/** Each class behind the one that it inherits from. */
const TREE = `
BaseException
  Exception
    ArithmeticError: FloatingPointError OverflowError ZeroDivisionError
    AssertionError AttributeError BufferError EOFError MemoryError ReferenceError StopIteration StopAsyncIteration SyntaxError SystemError TypeError
    ImportError: ModuleNotFoundError
    LookupError: IndexError KeyError
    NameError: UnboundLocalError
    OSError: FileExistsError FileNotFoundError NotADirectoryError IsADirectoryError PermissionError TimeoutError ConnectionError
    RuntimeError: NotImplementedError RecursionError
    ValueError: UnicodeError
    Warning: DeprecationWarning FutureWarning ImportWarning PendingDeprecationWarning RuntimeWarning SyntaxWarning UserWarning
  GeneratorExit KeyboardInterrupt SystemExit
`;

/** Other names of the same classes. */
const ALIASES = { IOError: 'OSError', EnvironmentError: 'OSError' } as const;

/** The built-in exception classes by name. */
export function exceptionClasses(): ReadonlyMap<string, ClassValue> {
  const classes = new Map<string, ClassValue>();
  const make = (name: string, base: string | undefined): void => {
    const parent = base === undefined ? undefined : classes.get(base);
    classes.set(name, nativeClass(name, parent ? [parent] : [], parent ? [] : baseMembers()));
  };
  for (const line of TREE.trim().split('\n')) {
    const [head = '', tail = ''] = line.trim().split(':');
    const parent = line.startsWith('    ')
      ? 'Exception'
      : line.startsWith('  ')
        ? 'BaseException'
        : undefined;
    const names = head.split(' ');
    for (const name of names) make(name, parent);
    for (const name of tail.split(' ').filter((each) => each !== '')) make(name, names[0]);
  }
  for (const [alias, name] of Object.entries(ALIASES)) {
    const known = classes.get(name);
    if (known !== undefined) classes.set(alias, known);
  }
  return classes;
}

/** An exception keeps what it was made with, whatever the `__init__` of its class does. */
function baseMembers(): [string, Value][] {
  const make = builtin('__new__', ({ positional: [type, ...rest], unknownStar }, { interpreter, place }) => {
    if (type?.value.kind !== 'class') return unknown({ code: 'unmodelled', subject: '__new__', place });
    const args = unknownStar ?? tuple(rest.map(({ value }) => value));
    return interpreter.trail.made<InstanceValue>({
      kind: 'instance',
      class: type.value,
      attributes: new Map([['args', args]]),
      madeAt: place,
    });
  });
  const initialise = builtin('__init__', ({ positional: [self, ...rest], unknownStar }, { interpreter }) => {
    if (self?.value.kind === 'instance') {
      const args = unknownStar ?? tuple(rest.map(({ value }) => value));
      interpreter.trail.assign(self.value, 'args', args);
      self.value.attributes.set('args', args);
    }
    return { kind: 'none' };
  });
  const text = builtin('__str__', ({ positional: [self] }, context) => {
    const words = self?.value.kind === 'instance' ? messageOf(self.value, context) : undefined;
    return words === undefined
      ? unknown({ code: 'unmodelled', subject: 'the text of this exception', place: context.place })
      : string(words);
  });
  const follow = builtin('with_traceback', ({ positional: [self] }) => self?.value ?? { kind: 'none' });
  return [
    ['__new__', make],
    ['__init__', initialise],
    ['__str__', text],
    ['with_traceback', follow],
  ];
}

/** What `raise value` throws: an instance, made where a class stands; `undefined` when that cannot be told. */
export function exceptionOf(value: Value, context: CallContext): InstanceValue | undefined {
  if (value.kind === 'instance') return value;
  if (value.kind !== 'class') return undefined;
  const made = context.interpreter.call(value, { positional: [], keywords: new Map() }, context);
  return made.kind === 'instance' ? made : undefined;
}

/** `ValueError: groups must be positive`, as Python prints it; `undefined` when a part is not known. */
export function wordsOf(exception: InstanceValue, context: CallContext): string | undefined {
  const text = findInClass(exception.class, '__str__');
  const made =
    text &&
    context.interpreter.call(text, { positional: [{ value: exception }], keywords: new Map() }, context);
  if (made?.kind !== 'string') return undefined;
  return made.value === '' ? exception.class.name : `${exception.class.name}: ${made.value}`;
}

/**
 * Code that certainly raises. Where a handler may be waiting the exception is thrown; elsewhere the value is unknown,
 * so that the rest of the code is still read.
 */
export function raises(type: string, message: string, context: CallContext): UnknownValue {
  const text = `${type}: ${message}`;
  const { interpreter } = context;
  if (interpreter.isCaught) throw new Raised(text, builtInException(type, [string(message)], context));
  return unknown({ code: 'raises', subject: text, place: context.place });
}

/** `KeyError`, whose argument is the key. */
export function raisesKeyError(key: Value, context: CallContext): UnknownValue {
  const text = `KeyError: ${show(key)}`;
  if (context.interpreter.isCaught) throw new Raised(text, builtInException('KeyError', [key], context));
  return unknown({ code: 'raises', subject: text, place: context.place });
}

/** An object of a built-in exception class; `undefined` for a name that is none. */
export function builtInException(
  type: string,
  args: readonly Value[],
  { interpreter, place }: CallContext,
): InstanceValue | undefined {
  const found = interpreter.builtins.get(type);
  if (found?.kind !== 'class') return undefined;
  const attributes = new Map<string, Value>([['args', tuple(args)]]);
  return interpreter.trail.made({ kind: 'instance', class: found, attributes, madeAt: place });
}

/** Whether `except type` catches the exception; `undefined` when it cannot be told. */
export function catches(type: Value, exception: InstanceValue): boolean | undefined {
  if (type.kind === 'tuple') {
    const results = type.items.map((each) => catches(each, exception));
    return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
  }
  return type.kind === 'class' ? inherits(exception.class, type) : undefined;
}

function messageOf(exception: InstanceValue, context: CallContext): string | undefined {
  const args = exception.attributes.get('args');
  if (args?.kind !== 'tuple') return undefined;
  const [only] = args.items;
  if (only === undefined) return '';
  const isKey = findsKeyError(exception.class);
  if (args.items.length > 1) return reprOf(args, context);
  return isKey ? reprOf(only, context) : textOf(only, context);
}

function findsKeyError(type: ClassValue): boolean {
  return type.name === 'KeyError' || type.bases.some((base) => base.kind === 'class' && findsKeyError(base));
}
