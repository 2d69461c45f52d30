/** Python's built-in names, as the library reference defines them: a table of small functions, types and exceptions. */
import { absolute, character, codePoint, divide, inRadix, power, roundValue } from './builtins/numbers';
import {
  deleteAttributeByName,
  getAttributeByName,
  hasAttributeByName,
  isCallable,
  isInstance,
  isSubclass,
  length,
  makeSuper,
  never,
  representation,
  setAttributeByName,
} from './builtins/objects';
import {
  enumerateItems,
  extreme,
  filterItems,
  makeIterator,
  mapItems,
  nextItem,
  quantify,
  reverseItems,
  sortItems,
  sumItems,
  zipItems,
} from './builtins/sequences';
import { createTypes, format } from './builtins/types';
import { completeClass } from './classes';
import { executeText, namespaceOf } from './namespaces';
import { native, nativeWith, unmodelled, type BoundRun, type RawRun } from './natives';
import { withObjectBuiltins } from './objectBuiltins';
import { moduleScope } from './scope';
import { NONE, string, unknown, type BuiltinValue, type Value } from './values';

/** All built-in names. Types are classes, so that `isinstance` and inheritance work. */
export function createBuiltins(): ReadonlyMap<string, Value> {
  const names = new Map<string, Value>([
    ...Object.entries(FUNCTIONS).map(
      ([name, [signature, run]]) => [name, nativeWith(name, signature, run)] as const,
    ),
    ...Object.entries(RAW_FUNCTIONS).map(([name, run]) => [name, native(name, run)] as const),
    ...Object.entries(OF_REALS).map(([name, made]) => [name, { ...made, givesReals: true }] as const),
    ...createTypes(),
    ['object', completeClass('object', [])],
    ['__name__', string('__main__')],
    ['NotImplemented', unknown({ code: 'unmodelled', subject: 'NotImplemented' })],
  ]);
  return withObjectBuiltins(names);
}

const FUNCTIONS: Readonly<Record<string, readonly [signature: string, run: BoundRun]>> = {
  all: ['iterable, /', quantify(false)],
  any: ['iterable, /', quantify(true)],
  bin: ['number, /', inRadix(2)],
  callable: ['obj, /', isCallable],
  chr: ['i, /', character],
  delattr: ['obj, name, /', deleteAttributeByName],
  divmod: ['x, y, /', divide],
  enumerate: ['iterable, start=', enumerateItems],
  filter: ['function, iterable, /', filterItems],
  format: ['value, format_spec=, /', format],
  getattr: ['object, name, default=, /', getAttributeByName],
  hasattr: ['obj, name, /', hasAttributeByName],
  hash: ['obj, /', never('hash')],
  hex: ['number, /', inRadix(16)],
  id: ['obj, /', never('id')],
  input: ['prompt=, /', never('input')],
  isinstance: ['obj, class_or_tuple, /', isInstance],
  issubclass: ['cls, class_or_tuple, /', isSubclass],
  iter: ['object, sentinel=, /', makeIterator],
  len: ['obj, /', length],
  next: ['iterator, default=, /', nextItem],
  oct: ['number, /', inRadix(8)],
  ord: ['c, /', codePoint],
  pow: ['base, exp, mod=', power],
  repr: ['obj, /', representation],
  reversed: ['sequence, /', reverseItems],
  round: ['number, ndigits=', roundValue],
  setattr: ['obj, name, value, /', setAttributeByName],
  sum: ['iterable, /, start=', sumItems],
  super: ['type=, obj=, /', makeSuper],
};

/** What makes numbers of numbers that are no integers. */
const OF_REALS: Readonly<Record<string, BuiltinValue>> = {
  abs: nativeWith('abs', 'x, /', absolute),
  max: native('max', extreme('max')),
  min: native('min', extreme('min')),
};

const RAW_FUNCTIONS: Readonly<Record<string, RawRun>> = {
  __import__: (_, context) => unmodelled('__import__()', context),
  eval: (_, context) => {
    executeText(context);
    return unmodelled('eval()', context);
  },
  exec: (_, context) => executeText(context),
  globals: (_, context) => namespaceOf('globals', moduleScope(context.frame.scope), context),
  locals: (_, context) => namespaceOf('locals', context.frame.scope, context),
  map: mapItems,
  open: (_, context) => unmodelled('open()', context),
  print: () => NONE,
  sorted: sortItems,
  vars: ([object], context) =>
    object === undefined
      ? namespaceOf('vars', context.frame.scope, context)
      : context.interpreter.attribute(object, '__dict__', context),
  zip: zipItems,
};
