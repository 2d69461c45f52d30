/** What a parameter stands for when a function is read on its own: its default, or a symbol named after it. */
import type { Binding, BoundArgument } from '../interp/arguments';
import type { SourceUnit } from '../interp/scope';
import { dictOf, parametersOf, unknown, type FunctionValue, type Value } from '../interp/values';
import type { Parameter } from '../python/syntax';
import { floatSymbol } from '../symbolic/floats';
import { symbol } from '../symbolic/quantity';

/** Every parameter bound; `self`, if given, to the first. */
export function symbolicBinding(callee: FunctionValue, self?: Value): Binding {
  const values = new Map<string, BoundArgument>();
  for (const [index, parameter] of parametersOf(callee).list.entries()) {
    const own = index === 0 ? self : undefined;
    const value = own ?? callee.defaults.get(parameter.name) ?? symbolFor(parameter, callee.unit);
    values.set(parameter.name, { value, isDefault: callee.defaults.has(parameter.name) });
  }
  return { values, problems: [] };
}

/** The parameters whose defaults stand for them, with texts such as `stride=1`. */
export function defaultsOf(callee: FunctionValue): { readonly name: string; readonly text: string }[] {
  return parametersOf(callee).list.flatMap(({ name, defaultValue }) =>
    defaultValue === undefined ? [] : [{ name, text: `${name}=${callee.unit.textOf(defaultValue.span)}` }],
  );
}

function symbolFor(parameter: Parameter, unit: SourceUnit): Value {
  const place = { uri: unit.uri, span: parameter.span };
  const reason = { code: 'parameter', subject: parameter.name, place } as const;
  if (parameter.form === 'star') return unknown(reason);
  if (parameter.form === 'doubleStar') return { ...dictOf([]), uncertain: reason };
  const annotation = parameter.annotation && unit.textOf(parameter.annotation.span);
  const { line, character } = parameter.span.start;
  const id = `${unit.uri}#${line}:${character}`;
  if (annotation?.trim() === 'float') {
    const formula = floatSymbol(parameter.name, id);
    return { kind: 'unknown', reason, real: { formula, isUntyped: false } };
  }
  if (annotation !== undefined && !/\b(int|Any|object|_size_\w+|size_\w+)\b/.test(annotation))
    return unknown(reason);
  const formula = symbol(parameter.name, id);
  const isInteger =
    annotation !== undefined && /^(Optional\[int\]|int( \| None)?|None \| int)$/.test(annotation.trim());
  return { kind: 'formula', formula, isUntyped: !isInteger };
}
