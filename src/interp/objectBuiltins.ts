/** The built-in names about classes: descriptors, exceptions, and `type` as a maker of classes. */
import { typeNew } from './makeClass';
import { exceptionClasses } from './exceptions';
import { builtin, NONE, type DescriptorValue, type Value } from './values';

/** Adds these names to the other built-in ones. */
export function withObjectBuiltins(others: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const type = others.get('type');
  const single = type?.kind === 'class' ? type.namespace.get('__new__') : undefined;
  if (type?.kind === 'class' && single !== undefined) {
    const make = builtin('__new__', (args, context) =>
      args.positional.length < 4 && args.unknownStar === undefined
        ? context.interpreter.call(single, args, context)
        : typeNew(args, context),
    );
    type.namespace.set('__new__', make);
  }
  return new Map<string, Value>([
    ...others,
    ['property', builtin('property', ({ positional, keywords }) => makeProperty(positional, keywords))],
    ['staticmethod', descriptor('staticmethod')],
    ['classmethod', descriptor('classmethod')],
    ...exceptionClasses(),
  ]);
}

function descriptor(type: 'staticmethod' | 'classmethod'): Value {
  return builtin(type, ({ positional: [made] }): DescriptorValue => {
    return { kind: 'descriptor', type, function: made?.value ?? NONE };
  });
}

type Passed = ReadonlyMap<string, { readonly value: Value }>;

/** `property(fget, fset, fdel)`. */
function makeProperty(given: readonly { readonly value: Value }[], keywords: Passed): DescriptorValue {
  const part = (index: number, name: string): Value | undefined => {
    const value = given[index]?.value ?? keywords.get(name)?.value;
    return value?.kind === 'none' ? undefined : value;
  };
  return {
    kind: 'descriptor',
    type: 'property',
    function: part(0, 'fget') ?? NONE,
    setter: part(1, 'fset'),
    deleter: part(2, 'fdel'),
  };
}
