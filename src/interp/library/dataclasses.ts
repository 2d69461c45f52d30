/** Python's `dataclasses`: what annotated fields make of a class. Source: Python docs, dataclasses. */
import { arrangeParameters } from '../../python/parameters';
import type { Parameter } from '../../python/syntax';
import { bindArguments } from '../arguments';
import { positional, type CallArguments, type CallContext } from '../call';
import { refused } from '../calls';
import { completeClass, findInClass, resolutionOrder } from '../classes';
import { raises } from '../exceptions';
import { native } from '../natives';
import { areEqual } from '../equality';
import { comparison } from '../operators';
import { setAttribute, setInInstance } from '../setting';
import { reprOf } from '../text';
import {
  bool,
  builtin,
  dictOf,
  NONE,
  string,
  tuple,
  unknown,
  type ClassValue,
  type InstanceValue,
  type Value,
} from '../values';

/** How a field is made and used. */
interface Field {
  readonly name: string;
  readonly kind: 'field' | 'initOnly';
  readonly value?: Value;
  readonly factory?: Value;
  readonly isInit: boolean;
  readonly isKeywordOnly: boolean;
  readonly isShown: boolean;
  readonly isCompared: boolean;
}

/** The classes that stand for things of the module. */
interface Types {
  readonly field: ClassValue;
  readonly missing: Value;
}

const FIELDS = '__dataclass_fields__';

/** The members of the module. */
export function dataclassesMembers(): ReadonlyMap<string, Value> {
  const field = completeClass('Field', []);
  const missing: Value = {
    kind: 'instance',
    class: completeClass('_MISSING_TYPE', []),
    attributes: new Map(),
  };
  const types: Types = { field, missing };
  const decorate = native('dataclass', ([made], _, call) => {
    const option = (name: string): boolean | undefined => {
      const value = call.keywords.get(name)?.value;
      return value === undefined ? undefined : value.kind === 'bool' ? value.value : undefined;
    };
    const process = (each: Value | undefined): Value =>
      each?.kind === 'class' ? processed(each, option, types) : (each ?? NONE);
    return made === undefined ? native('dataclass', ([each]) => process(each)) : process(made);
  });
  const makeField = native('field', (_, __, call) => {
    const attributes = new Map([...call.keywords].map(([name, passed]) => [name, passed.value] as const));
    return { kind: 'instance', class: field, attributes };
  });
  return new Map<string, Value>([
    ['dataclass', decorate],
    ['field', makeField],
    ['Field', field],
    ['MISSING', missing],
    ['InitVar', completeClass('InitVar', [])],
    ['KW_ONLY', completeClass('KW_ONLY', [])],
    ['fields', native('fields', ([of], context) => listed(of, context))],
    ['is_dataclass', native('is_dataclass', ([of]) => isDataclass(of))],
    ['asdict', native('asdict', ([of = NONE], context) => converted(of, 'dict', context))],
    ['astuple', native('astuple', ([of = NONE], context) => converted(of, 'tuple', context))],
    ['replace', native('replace', ([of], context, call) => replaced(of, call, context))],
  ]);
}

type Option = (name: string) => boolean | undefined;

function processed(made: ClassValue, option: Option, types: Types): Value {
  const fields = gather(made, option('kw_only') === true, types);
  const namespace = made.namespace;
  const records = [...fields.values()].map((field) => [field.name, describe(field, types)] as const);
  namespace.set(FIELDS, dictOf(records));
  const own = fields;
  const isFrozen = option('frozen') === true;
  const give = (name: string, value: Value): void => {
    if (!namespace.has(name)) namespace.set(name, value);
  };
  if (option('init') !== false) give('__init__', initialiser(made, own, isFrozen));
  if (option('repr') !== false) give('__repr__', represented(made, own));
  if (option('eq') !== false) give('__eq__', compared('==', '__eq__', made, own));
  if (option('order') === true)
    for (const [name, operator] of [
      ['__lt__', '<'],
      ['__le__', '<='],
      ['__gt__', '>'],
      ['__ge__', '>='],
    ] as const)
      give(name, compared(operator, name, made, own));
  if (isFrozen) give('__setattr__', frozen());
  const positionalNames = [...own.values()]
    .filter((field) => field.isInit && !field.isKeywordOnly)
    .map((field) => string(field.name));
  give('__match_args__', tuple(positionalNames));
  return made;
}

/** The fields of the bases, then of the class, each where its name first stood. */
function gather(made: ClassValue, isKeywordOnly: boolean, types: Types): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const base of [...resolutionOrder(made)].slice(1).reverse()) {
    const known = base.namespace.get(FIELDS);
    if (known?.kind !== 'dict') continue;
    for (const { value } of known.entries.values()) {
      const field = value.kind === 'instance' ? (value.payload as Field | undefined) : undefined;
      if (field !== undefined) fields.set(field.name, field);
    }
  }
  const annotations = made.namespace.get('__annotations__');
  let onlyKeywords = isKeywordOnly;
  for (const { key, value: type } of annotations?.kind === 'dict' ? annotations.entries.values() : []) {
    if (key.kind !== 'string' || isAnnotated(type, 'ClassVar')) continue;
    if (isAnnotated(type, 'KW_ONLY')) onlyKeywords = true;
    else fields.set(key.value, fieldFrom(made, key.value, isAnnotated(type, 'InitVar'), onlyKeywords, types));
  }
  return fields;
}

/** Whether an annotation is of that name, written out or as text. */
function isAnnotated(type: Value, name: string): boolean {
  if (type.kind === 'string') return new RegExp(`^(\\w+\\.)*${name}\\b`).test(type.value);
  return type.kind === 'class' && type.unit === undefined && type.name === name;
}

function fieldFrom(
  made: ClassValue,
  name: string,
  isInitOnly: boolean,
  isKeywordOnly: boolean,
  types: Types,
): Field {
  const written = made.namespace.get(name);
  const kind = isInitOnly ? 'initOnly' : 'field';
  const plain = { name, kind, isInit: true, isKeywordOnly, isShown: true, isCompared: true } as const;
  if (written?.kind !== 'instance' || written.class !== types.field)
    return written === undefined ? plain : { ...plain, value: written };
  const options = written.attributes;
  const flag = (option: string, otherwise: boolean): boolean => {
    const value = options.get(option);
    return value?.kind === 'bool' ? value.value : otherwise;
  };
  const value = options.get('default');
  if (value === undefined) made.namespace.delete(name);
  else made.namespace.set(name, value);
  return {
    ...plain,
    value,
    factory: options.get('default_factory'),
    isInit: flag('init', true),
    isKeywordOnly: flag('kw_only', isKeywordOnly),
    isShown: flag('repr', true),
    isCompared: flag('compare', true),
  };
}

/** The object that `fields()` gives for a field. */
function describe(field: Field, types: Types): Value {
  const attributes = new Map<string, Value>([
    ['name', string(field.name)],
    ['default', field.value ?? types.missing],
    ['default_factory', field.factory ?? types.missing],
    ['init', bool(field.isInit)],
    ['repr', bool(field.isShown)],
    ['compare', bool(field.isCompared)],
    ['kw_only', bool(field.isKeywordOnly)],
    ['type', unknown({ code: 'unmodelled', subject: `the type of ${field.name}` })],
  ]);
  return { kind: 'instance', class: types.field, attributes, payload: field };
}

function initialiser(made: ClassValue, fields: ReadonlyMap<string, Field>, isFrozen: boolean): Value {
  const taken = [...fields.values()].filter((field) => field.isInit);
  const inOrder = [
    ...taken.filter((field) => !field.isKeywordOnly),
    ...taken.filter((field) => field.isKeywordOnly),
  ];
  return builtin('__init__', (args, context) => {
    const { interpreter, place } = context;
    const self = args.positional[0]?.value;
    const list: Parameter[] = [
      { name: 'self', form: 'normal', span: place.span },
      ...inOrder.map((field): Parameter => {
        const form = field.isKeywordOnly ? 'keywordOnly' : 'normal';
        const hasDefault = field.value !== undefined || field.factory !== undefined;
        const written = { kind: 'constant', value: null, span: place.span } as const;
        return { name: field.name, form, span: place.span, ...(hasDefault && { defaultValue: written }) };
      }),
    ];
    const defaultOf = ({ name }: Parameter): Value | undefined => {
      const field = fields.get(name);
      return field && defaultValue(field, context);
    };
    const name = `${made.qualifiedName ?? made.name}.__init__`;
    const { values, problems } = bindArguments(arrangeParameters(list), args, name, defaultOf);
    const [problem] = problems;
    if (problem !== undefined) refused(problem, context);
    if (self?.kind !== 'instance') return NONE;
    const set = (field: string, value: Value): void =>
      isFrozen ? setInInstance(self, field, value, context) : setAttribute(self, field, value, context);
    const initOnly: Value[] = [];
    for (const field of fields.values()) {
      const value = field.isInit
        ? values.get(field.name)?.value
        : field.factory && defaultValue(field, context);
      if (value === undefined) continue;
      if (field.kind === 'initOnly') initOnly.push(value);
      else set(field.name, value);
    }
    const after = findInClass(self.class, '__post_init__');
    if (after !== undefined) interpreter.call(after, positional(self, ...initOnly), context);
    return NONE;
  });
}

function defaultValue(field: Field, context: CallContext): Value | undefined {
  return field.factory === undefined
    ? field.value
    : context.interpreter.call(field.factory, positional(), context);
}

function represented(made: ClassValue, fields: ReadonlyMap<string, Field>): Value {
  return native('__repr__', ([self], context) => {
    const parts = shownFields(fields).map((field) => {
      const value = self && context.interpreter.attribute(self, field.name, context);
      const text = value && reprOf(value, context);
      return text === undefined ? undefined : `${field.name}=${text}`;
    });
    const name = self?.kind === 'instance' ? (self.class.qualifiedName ?? self.class.name) : made.name;
    return parts.includes(undefined) ? notTold('__repr__', context) : string(`${name}(${parts.join(', ')})`);
  });
}

function shownFields(fields: ReadonlyMap<string, Field>): Field[] {
  return [...fields.values()].filter((field) => field.kind === 'field' && field.isShown);
}

/** Objects of one class compare as the tuples of their fields; of different ones they do not. */
function compared(
  operator: '==' | '<' | '<=' | '>' | '>=',
  name: string,
  made: ClassValue,
  fields: ReadonlyMap<string, Field>,
): Value {
  const names = [...fields.values()]
    .filter((field) => field.kind === 'field' && field.isCompared)
    .map((field) => field.name);
  return native(name, ([self, other], context) => {
    if (self?.kind !== 'instance' || other?.kind !== 'instance' || self.class !== other.class) {
      const isOther = other !== undefined && other.kind !== 'unknown' && other.kind !== 'formula';
      return isOther ? (context.interpreter.builtins.get('NotImplemented') ?? NONE) : notTold(name, context);
    }
    const values = (of: InstanceValue): Value =>
      tuple(names.map((each) => context.interpreter.attribute(of, each, context)));
    if (operator !== '==') return comparison(operator, values(self), values(other), context);
    const isEqual = areEqual(values(self), values(other));
    return isEqual === undefined ? notTold(`${made.name}.__eq__`, context) : bool(isEqual);
  });
}

function frozen(): Value {
  return native('__setattr__', ([self, name], context) => {
    const field = name?.kind === 'string' ? name.value : '?';
    if (context.interpreter.isCaught)
      return raises('AttributeError', `cannot assign to field '${field}'`, context);
    const reason = {
      code: 'raises',
      subject: `cannot assign to field '${field}'`,
      place: context.place,
    } as const;
    if (self?.kind === 'instance') setInInstance(self, field, unknown(reason), context);
    return NONE;
  });
}

function recordsOf(of: Value | undefined): ReadonlyMap<string, Value> | undefined {
  const type = of?.kind === 'instance' ? of.class : of?.kind === 'class' ? of : undefined;
  const known = type && findInClass(type, FIELDS);
  if (known?.kind !== 'dict') return undefined;
  const entries = [...known.entries.values()].flatMap(({ key, value }) => {
    const field = value.kind === 'instance' ? (value.payload as Field | undefined) : undefined;
    return key.kind === 'string' && field?.kind === 'field' ? [[key.value, value] as const] : [];
  });
  return new Map(entries);
}

function listed(of: Value | undefined, context: CallContext): Value {
  const records = recordsOf(of);
  return records === undefined ? notTold('dataclasses.fields', context) : tuple([...records.values()]);
}

function isDataclass(of: Value | undefined): Value {
  if (of === undefined || of.kind === 'unknown' || of.kind === 'formula')
    return unknown({ code: 'unmodelled', subject: 'is_dataclass' });
  return bool(recordsOf(of) !== undefined);
}

/** `asdict` and `astuple`, which go into fields, lists, tuples and dictionaries. */
function converted(value: Value, into: 'dict' | 'tuple', context: CallContext, depth = 20): Value {
  const records = value.kind === 'instance' ? recordsOf(value) : undefined;
  const inner = (each: Value): Value => converted(each, into, context, depth - 1);
  if (depth === 0) return notTold('asdict', context);
  if (records !== undefined) {
    const entries = [...records.keys()].map(
      (name) => [name, inner(context.interpreter.attribute(value, name, context))] as const,
    );
    return into === 'dict' ? dictOf(entries) : tuple(entries.map(([, each]) => each));
  }
  if (value.kind === 'tuple') return tuple(value.items.map(inner));
  if (value.kind === 'list') return { ...value, items: value.items.map(inner) };
  if (value.kind !== 'dict') return value;
  const entries = [...value.entries].map(
    ([key, entry]) => [key, { key: entry.key, value: inner(entry.value) }] as const,
  );
  return { ...value, entries: new Map(entries) };
}

/** `replace(object, **changes)` makes a new object, through `__init__`. */
function replaced(of: Value | undefined, call: CallArguments, context: CallContext): Value {
  const records = of?.kind === 'instance' ? recordsOf(of) : undefined;
  if (of?.kind !== 'instance' || records === undefined || call.unknownDoubleStar !== undefined)
    return notTold('dataclasses.replace', context);
  const keywords = new Map(call.keywords);
  for (const [name, record] of records) {
    const field = record.kind === 'instance' ? (record.payload as Field | undefined) : undefined;
    if (field?.isInit === true && !keywords.has(name))
      keywords.set(name, { value: context.interpreter.attribute(of, name, context) });
  }
  return context.interpreter.call(of.class, { positional: [], keywords }, context);
}

function notTold(subject: string, { place }: CallContext): Value {
  return unknown({ code: 'unmodelled', subject, place });
}
