/** Functions given by us: their parameters from a line of Python, bound as Python binds them. */
import { arrangeParameters } from '../python/parameters';
import type { Parameters } from '../python/syntax';
import { bindArguments } from './arguments';
import type { CallArguments, CallContext } from './call';
import { raises as raisesException } from './exceptions';
import { reasonOf } from './expressions';
import { builtin, NONE, unknown, type BuiltinValue, type UnknownValue, type Value } from './values';

/** Gets the values of the positional arguments and, if it wants, the whole call. */
export type RawRun = (args: readonly Value[], context: CallContext, call: CallArguments) => Value;

/** Gets a value for each parameter, in order; what was not given is absent, stars are a tuple and a dictionary. */
export type BoundRun = (args: readonly (Value | undefined)[], context: CallContext) => Value;

/** A builtin that sees its positional values as they were passed. */
export function native(name: string, run: RawRun): BuiltinValue {
  return builtin(name, (call, context) => {
    if (call.unknownStar) return call.unknownStar;
    return run(
      call.positional.map((passed) => passed.value),
      context,
      call,
    );
  });
}

/**
 * A builtin with parameters such as `a, b=, /, *rest, key=, **others`, where `=` says that one may be left out. What
 * does not fit raises; stars of unknown contents make the result unknown, and `lost` is told.
 */
export function nativeWith(
  name: string,
  signature: string | Taken,
  run: BoundRun,
  lost?: (why: UnknownValue, context: CallContext) => void,
): BuiltinValue {
  const takes = typeof signature === 'string' ? parametersFrom(signature) : signature;
  const { optional } = takes;
  return builtin(name, (call, context) => {
    const unread = call.unknownStar ?? call.unknownDoubleStar;
    if (unread !== undefined) {
      const why = unread.kind === 'unknown' ? unread : unknown(reasonOf(unread, context));
      context.interpreter.trail.lose(
        call.positional.map(({ value }) => value),
        why.reason,
      );
      lost?.(why, context);
      return why;
    }
    const isPlain = call.keywords.size === 0 && takes.isPositional && call.positional.length <= takes.count;
    if (isPlain && call.positional.length >= takes.count - optional.size) {
      return run(
        call.positional.map((passed) => passed.value),
        context,
      );
    }
    const { values, problems } = bindArguments(takes.parameters, call, name, (parameter) =>
      optional.has(parameter.name) ? ABSENT : undefined,
    );
    const [problem] = problems;
    if (problem !== undefined) return raises(`TypeError: ${problem.message}`, context);
    return run(
      takes.parameters.list
        .filter((parameter) => parameter.name !== '')
        .map(({ name: each }) => {
          const value = values.get(each)?.value;
          return value === ABSENT ? undefined : value;
        }),
      context,
    );
  });
}

/** What certainly raises, in Python's words such as `ValueError: …`: thrown where a handler may be waiting. */
export function raises(subject: string, context: CallContext): UnknownValue {
  const [, type, message = ''] = /^([A-Z]\w+)(?:: ([^]*))?$/.exec(subject) ?? [];
  if (type !== undefined && context.interpreter.isCaught) return raisesException(type, message, context);
  return unknown({ code: 'raises', subject, place: context.place });
}

/** An unknown because of `value`; for a value that is known, because this use of it is not modelled. */
export function because(value: Value | undefined, context: CallContext): UnknownValue {
  const held =
    value?.kind === 'list' || value?.kind === 'dict' || value?.kind === 'set' || value?.kind === 'iterator'
      ? value.uncertain
      : undefined;
  return unknown(held ?? reasonOf(value ?? NONE, context));
}

/** An unknown for a use of the library that is not modelled. */
export function unmodelled(subject: string, context?: CallContext): UnknownValue {
  return unknown({ code: 'unmodelled', subject, place: context?.place });
}

const ABSENT: Value = { kind: 'none' };

/** A signature that was read. */
export interface Taken {
  readonly parameters: Parameters;
  readonly optional: ReadonlySet<string>;
  /** Whether all parameters are plain ones that positions reach. */
  readonly isPositional: boolean;
  readonly count: number;
}

/** Reads a signature such as `a, b=, /, *rest, key=`. */
export function parametersFrom(signature: string): Taken {
  const parts = signature.split(',').map((part) => part.trim());
  const slash = parts.indexOf('/');
  const span = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  let form: Parameters['list'][number]['form'] = slash >= 0 ? 'positionalOnly' : 'normal';
  const list: Parameters['list'][number][] = [];
  const optional = new Set<string>();
  for (const part of parts) {
    if (part === '/') form = 'normal';
    else if (part.startsWith('**')) list.push({ name: part.slice(2), form: 'doubleStar', span });
    else if (part.startsWith('*')) {
      if (part !== '*') list.push({ name: part.slice(1), form: 'star', span });
      form = 'keywordOnly';
    } else if (part !== '') {
      const name = part.replace('=', '');
      if (part.endsWith('=')) optional.add(name);
      list.push({ name, form, span });
    }
  }
  const isPositional = list.every((each) => each.form === 'normal' || each.form === 'positionalOnly');
  return { parameters: arrangeParameters(list), optional, isPositional, count: list.length };
}
