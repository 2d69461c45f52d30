/** Binding arguments to parameters as Python does, with Python's own words for what does not fit. */
import type { Argument, Parameter, Parameters } from '../python/syntax';
import type { CallArguments, PassedArgument } from './call';
import { dictOf, tuple, unknown, type Value } from './values';

/** What a parameter got. `source` is where it is written in the call; defaults have none. */
export interface BoundArgument {
  readonly value: Value;
  readonly source?: Argument;
  readonly isDefault: boolean;
}

/** A way in which arguments do not fit; `message` is Python's. */
export interface BindingProblem {
  readonly code: 'missing-argument' | 'unexpected-argument' | 'too-many-arguments' | 'multiple-values';
  readonly message: string;
  readonly source?: Argument;
}

/** Every parameter has an entry; those that got nothing are unknown. */
export interface Binding {
  readonly values: ReadonlyMap<string, BoundArgument>;
  readonly problems: readonly BindingProblem[];
}

/**
 * Binds `args`. `name` is the callable's qualified name for messages; `defaultOf` gives a parameter's default value.
 * With star arguments of unknown contents, what they may set is unknown, defaults included.
 */
export function bindArguments(
  parameters: Parameters,
  args: CallArguments,
  name: string,
  defaultOf: (parameter: Parameter) => Value | undefined,
): Binding {
  const values = new Map<string, BoundArgument>();
  const problems: BindingProblem[] = [];
  bindPositional(parameters, args, values);
  bindKeywords(parameters, args, name, values, problems);
  countPositional(parameters, args, name, values, problems);
  fillIn(parameters, args, name, values, problems, defaultOf);
  return { values, problems };
}

function bindPositional(
  { positional, star }: Parameters,
  args: CallArguments,
  values: Map<string, BoundArgument>,
): void {
  for (let index = 0; index < positional.length && index < args.positional.length; index++) {
    const [parameter, passed] = [positional[index], args.positional[index]];
    if (parameter && passed)
      values.set(parameter.name, { value: passed.value, source: passed.source, isDefault: false });
  }
  if (star === undefined) return;
  const rest = tuple(args.positional.slice(positional.length).map((passed) => passed.value));
  values.set(star.name, { value: args.unknownStar ?? rest, isDefault: false });
}

/** Python counts once the keywords have found their parameters, and tells those that only keywords reach apart. */
function countPositional(
  parameters: Parameters,
  args: CallArguments,
  name: string,
  values: ReadonlyMap<string, BoundArgument>,
  problems: BindingProblem[],
): void {
  const { positional: takers, star } = parameters;
  const given = args.positional.length;
  if (given <= takers.length || star !== undefined) return;
  const byKeyword = parameters.list.filter(
    ({ form, name: each }) => form === 'keywordOnly' && values.has(each),
  ).length;
  const plural = (count: number) => (count === 1 ? '' : 's');
  const counted =
    byKeyword === 0
      ? `${given} ${given === 1 ? 'was' : 'were'}`
      : `${given} positional argument${plural(given)} (and ${byKeyword} keyword-only argument${plural(byKeyword)}) were`;
  const message = `${name}() takes ${countOf(takers)} but ${counted} given`;
  problems.push({ code: 'too-many-arguments', message, source: args.positional[takers.length]?.source });
}

function bindKeywords(
  parameters: Parameters,
  args: CallArguments,
  name: string,
  values: Map<string, BoundArgument>,
  problems: BindingProblem[],
): void {
  const { byKeyword, doubleStar } = parameters;
  if (args.keywords.size === 0 && doubleStar === undefined) return;
  const rest = new Map<string, PassedArgument>();
  for (const [keyword, passed] of args.keywords) {
    if (!byKeyword.has(keyword)) rest.set(keyword, passed);
    else if (values.has(keyword)) {
      const message = `${name}() got multiple values for argument '${keyword}'`;
      problems.push({ code: 'multiple-values', message, source: passed.source });
    } else values.set(keyword, { value: passed.value, source: passed.source, isDefault: false });
  }
  if (doubleStar !== undefined) {
    const dict = dictOf([...rest].map(([keyword, passed]) => [keyword, passed.value] as const));
    if (args.unknownDoubleStar?.kind === 'unknown') dict.uncertain = args.unknownDoubleStar.reason;
    values.set(doubleStar.name, { value: dict, isDefault: false });
    return;
  }
  if (rest.size === 0) return;
  const byPosition = parameters.list.filter(
    ({ form, name: each }) => form === 'positionalOnly' && rest.has(each),
  );
  const [first] = byPosition;
  if (first !== undefined) {
    const names = byPosition.map((parameter) => parameter.name).join(', ');
    const message = `${name}() got some positional-only arguments passed as keyword arguments: '${names}'`;
    problems.push({ code: 'unexpected-argument', message, source: rest.get(first.name)?.source });
  }
  for (const [keyword, passed] of rest) {
    if (byPosition.some((parameter) => parameter.name === keyword)) continue;
    const message = `${name}() got an unexpected keyword argument '${keyword}'`;
    problems.push({ code: 'unexpected-argument', message, source: passed.source });
  }
}

function fillIn(
  parameters: Parameters,
  args: CallArguments,
  name: string,
  values: Map<string, BoundArgument>,
  problems: BindingProblem[],
  defaultOf: (parameter: Parameter) => Value | undefined,
): void {
  if (values.size === parameters.list.length) return;
  const missing: Parameter[] = [];
  for (const parameter of parameters.list) {
    if (values.has(parameter.name) || parameter.form === 'star' || parameter.form === 'doubleStar') continue;
    const mayBeSet =
      (args.unknownStar !== undefined && parameter.form !== 'keywordOnly') ||
      (args.unknownDoubleStar !== undefined && takesKeyword(parameter));
    const value = mayBeSet ? undefined : defaultOf(parameter);
    if (value !== undefined) {
      values.set(parameter.name, { value, isDefault: true });
      continue;
    }
    const code = mayBeSet ? 'star-argument' : 'missing-argument';
    values.set(parameter.name, { value: unknown({ code, subject: parameter.name }), isDefault: false });
    if (!mayBeSet) missing.push(parameter);
  }
  if (missing.length === 0) return;
  report(
    missing.filter((parameter) => parameter.form !== 'keywordOnly'),
    'positional',
    name,
    problems,
  );
  report(
    missing.filter((parameter) => parameter.form === 'keywordOnly'),
    'keyword-only',
    name,
    problems,
  );
}

function report(missing: readonly Parameter[], form: string, name: string, problems: BindingProblem[]): void {
  if (missing.length === 0) return;
  const names = missing.map((parameter) => `'${parameter.name}'`);
  const message = `${name}() missing ${names.length} required ${form} argument${names.length > 1 ? 's' : ''}: ${enumerate(names)}`;
  problems.push({ code: 'missing-argument', message });
}

function enumerate(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
}

function takesKeyword(parameter: Parameter): boolean {
  return parameter.form === 'normal' || parameter.form === 'keywordOnly';
}

function countOf(takers: readonly Parameter[]): string {
  const required = takers.filter((parameter) => parameter.defaultValue === undefined).length;
  if (required < takers.length) return `from ${required} to ${takers.length} positional arguments`;
  return `${takers.length} positional argument${takers.length === 1 ? '' : 's'}`;
}

export type { Parameters };
