/** Python's `dataclasses`: the `__init__` that annotated fields make. */
import { arrangeParameters } from '../../python/parameters';
import { bindArguments } from '../arguments';
import { native } from '../natives';
import { positional, type CallContext } from '../call';
import { nativeClass, resolutionOrder } from '../classes';
import { setAttribute } from '../attributes';
import { builtin, NONE, unknown, type ClassValue, type Value } from '../values';

/** The members of the module. */
export function dataclassesMembers(): ReadonlyMap<string, Value> {
  const type = nativeClass('Field', [], []);
  const field = native('field', (_, __, call) => {
    const attributes = new Map([...call.keywords].map(([name, passed]) => [name, passed.value] as const));
    return { kind: 'instance', class: type, attributes };
  });
  const decorate = native('dataclass', ([made]) =>
    made?.kind === 'class'
      ? initialised(made, type)
      : native('dataclass', ([inner]) =>
          inner?.kind === 'class' ? initialised(inner, type) : (inner ?? NONE),
        ),
  );
  return new Map<string, Value>([
    ['dataclass', decorate],
    ['field', field],
  ]);
}

function initialised(made: ClassValue, field: ClassValue): Value {
  const run = builtin('__init__', (args, context) => {
    const [self, ...rest] = args.positional;
    const names = fieldsOf(made);
    const parameters = arrangeParameters(
      names.map((name) => ({ name, form: 'normal', span: context.place.span })),
    );
    const defaultOf = (name: string) => defaultValue(made, name, field, context);
    const { values } = bindArguments(parameters, { ...args, positional: rest }, made.name, ({ name }) =>
      defaultOf(name),
    );
    for (const [name, { value }] of values) if (self) setAttribute(self.value, name, value, context);
    return NONE;
  });
  made.namespace.set('__init__', run);
  return made;
}

/** The annotated names of the class and its bases, bases first. */
function fieldsOf(made: ClassValue): string[] {
  const names = [...resolutionOrder(made)].reverse().flatMap((each) => {
    const annotations = each.namespace.get('__annotations__');
    return annotations?.kind === 'dict' ? [...annotations.entries.values()].map((entry) => entry.key) : [];
  });
  return [...new Set(names.flatMap((name) => (name.kind === 'string' ? [name.value] : [])))];
}

function defaultValue(
  made: ClassValue,
  name: string,
  field: ClassValue,
  context: CallContext,
): Value | undefined {
  const value = resolutionOrder(made)
    .map((each) => each.namespace.get(name))
    .find((each) => each !== undefined);
  if (value?.kind !== 'instance' || value.class !== field) return value;
  const factory = value.attributes.get('default_factory');
  if (factory !== undefined) return context.interpreter.call(factory, positional(), context);
  return (
    value.attributes.get('default') ??
    unknown({ code: 'missing-argument', subject: name, place: context.place })
  );
}
