/** Python's `inspect`, as far as it tells of parameters: `signature` and `Parameter`. Source: Python docs, inspect. */
import type { Parameter } from '../../python/syntax';
import { findInClass, nativeClass } from '../classes';
import { native } from '../natives';
import {
  bool,
  dictOf,
  int,
  parametersOf,
  string,
  unknown,
  type ClassValue,
  type FunctionValue,
  type Value,
} from '../values';

/** The kinds of parameters, as the numbers that their enumeration stands for. */
const KINDS = {
  positionalOnly: ['POSITIONAL_ONLY', 0],
  normal: ['POSITIONAL_OR_KEYWORD', 1],
  star: ['VAR_POSITIONAL', 2],
  keywordOnly: ['KEYWORD_ONLY', 3],
  doubleStar: ['VAR_KEYWORD', 4],
} as const;

/** The members of the module; names of it that are not modelled are unknown. */
export function inspectMembers(): ReadonlyMap<string, Value> {
  const empty = nativeClass('_empty', [], []);
  const kinds = Object.values(KINDS).map(([name, number]) => [name, int(number)] as const);
  const parameter = nativeClass('Parameter', [], [...kinds, ['empty', empty]]);
  const signature = nativeClass('Signature', [], [['empty', empty]]);
  const isKind = (...sorts: Value['kind'][]) =>
    native('inspect', ([value]) =>
      value === undefined || value.kind === 'unknown' || value.kind === 'formula'
        ? unknown({ code: 'unmodelled', subject: 'what this value is' })
        : bool(sorts.includes(value.kind)),
    );
  return new Map<string, Value>([
    ['Parameter', parameter],
    ['Signature', signature],
    ['_empty', empty],
    ['isclass', isKind('class')],
    ['isfunction', isKind('function')],
    ['ismodule', isKind('module')],
    ['ismethod', isKind('method')],
    [
      'signature',
      native('signature', ([callable], { place }) => {
        if (callable?.kind === 'unknown') return callable;
        const described = callable && parametersBehind(callable);
        if (described === undefined)
          return unknown({ code: 'unmodelled', subject: 'inspect.signature', place });
        const { callee, list } = described;
        const entries = list.map(
          (each) => [each.name, parameterObject(parameter, empty, callee, each)] as const,
        );
        return { kind: 'instance', class: signature, attributes: new Map([['parameters', dictOf(entries)]]) };
      }),
    ],
  ]);
}

/** The function that a call of the value runs and the parameters that the call fills; `undefined` for other values. */
function parametersBehind(
  value: Value,
): { readonly callee: FunctionValue; readonly list: readonly Parameter[] } | undefined {
  switch (value.kind) {
    case 'function': {
      const wrapped = value.attributes.get('__wrapped__');
      return wrapped ? parametersBehind(wrapped) : { callee: value, list: parametersOf(value).list };
    }
    case 'method':
      return withoutFirst(value.function);
    case 'class':
      return withoutFirst(findInClass(value, '__init__'));
    default:
      return undefined;
  }
}

function withoutFirst(value: Value | undefined): ReturnType<typeof parametersBehind> {
  const found = value && parametersBehind(value);
  return found && { ...found, list: found.list.slice(1) };
}

function parameterObject(
  type: ClassValue,
  empty: ClassValue,
  callee: FunctionValue,
  { name, form, annotation, span }: Parameter,
): Value {
  const reason = {
    code: 'unmodelled',
    subject: `the annotation of ${name}`,
    place: { uri: callee.unit.uri, span },
  } as const;
  const attributes = new Map<string, Value>([
    ['name', string(name)],
    ['kind', int(KINDS[form][1])],
    ['default', callee.defaults.get(name) ?? empty],
    ['annotation', annotation ? unknown(reason) : empty],
  ]);
  return { kind: 'instance', class: type, attributes };
}
