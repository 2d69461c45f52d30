/** Methods and attributes of the built-in types: tables from a name to a small function. */
import { COUNTER_METHODS, DICT_METHODS, loseDict, ORDERED_METHODS } from './methods/dicts';
import { DEQUE_METHODS, LIST_METHODS, loseList, TUPLE_METHODS } from './methods/lists';
import { FROZEN_METHODS, loseSet, SET_METHODS } from './methods/sets';
import { STRING_METHODS } from './methods/strings';
import { boundMethod } from './methods/table';
import { nativeWith } from './natives';
import { bool, builtin, dictOf, int, NONE, tuple, type DictValue, type Value } from './values';

/** The bound method or the attribute `name` of a value of a built-in type, or `undefined`. */
export function methodOf(self: Value, name: string): Value | undefined {
  switch (self.kind) {
    case 'string':
      return boundMethod(STRING_METHODS, self, name);
    case 'list':
      if (self.deque === undefined) return boundMethod(LIST_METHODS, self, name, loseList);
      if (name === 'maxlen') return self.deque.limit === undefined ? NONE : int(self.deque.limit);
      if (name === 'sort') return undefined;
      return (
        boundMethod(DEQUE_METHODS, self, name, loseList) ?? boundMethod(LIST_METHODS, self, name, loseList)
      );
    case 'dict':
      return ofDict(self, name);
    case 'set':
      return (
        (self.isFrozen ? undefined : boundMethod(SET_METHODS, self, name, loseSet)) ??
        boundMethod(FROZEN_METHODS, self, name)
      );
    case 'tuple':
      return boundMethod(TUPLE_METHODS, self, name);
    case 'range':
      return ['start', 'stop', 'step'].includes(name)
        ? int(self[name as 'start' | 'stop' | 'step'])
        : undefined;
    case 'slice':
      return ['start', 'stop', 'step'].includes(name) ? self[name as 'start' | 'stop' | 'step'] : undefined;
    case 'int':
    case 'bool':
      return ofInteger(Number(self.value), name);
    case 'float':
      return ofFloat(self.value, name);
    case 'partial': {
      if (name === 'func') return self.function;
      if (name === 'args' && !self.args.unknownStar)
        return tuple(self.args.positional.map(({ value }) => value));
      const isKnown = name === 'keywords' && !self.args.unknownDoubleStar;
      return isKnown ? dictOf([...self.args.keywords].map(([key, { value }]) => [key, value])) : undefined;
    }
    default:
      return undefined;
  }
}

function ofDict(self: DictValue, name: string): Value | undefined {
  const { variant } = self;
  if (variant?.hasAttributes && self.entries.has(`'${name}`)) return self.entries.get(`'${name}`)?.value;
  if (variant?.factory !== undefined && name === 'default_factory') return variant.factory;
  if (name === 'popitem' && variant?.isOrdered !== true)
    return nativeWith('popitem', '', (_, context) => {
      const method = boundMethod(DICT_METHODS, self, 'popitem', loseDict);
      return context.interpreter.call(method ?? NONE, { positional: [], keywords: new Map() }, context);
    });
  return (
    (variant?.isCounter ? boundMethod(COUNTER_METHODS, self, name, loseDict) : undefined) ??
    (variant?.isOrdered ? boundMethod(ORDERED_METHODS, self, name, loseDict) : undefined) ??
    boundMethod(DICT_METHODS, self, name, loseDict)
  );
}

function ofInteger(value: number, name: string): Value | undefined {
  switch (name) {
    case 'bit_length':
      return builtin(name, () => int(value === 0 ? 0 : Math.abs(value).toString(2).length));
    case 'bit_count':
      return builtin(name, () => int(Math.abs(value).toString(2).replaceAll('0', '').length));
    case 'real':
    case 'numerator':
      return int(value);
    case 'imag':
      return int(0);
    case 'denominator':
      return int(1);
    case 'is_integer':
      return builtin(name, () => bool(true));
    case 'conjugate':
      return builtin(name, () => int(value));
    default:
      return undefined;
  }
}

function ofFloat(value: number, name: string): Value | undefined {
  switch (name) {
    case 'is_integer':
      return builtin(name, () => bool(Number.isInteger(value)));
    case 'real':
      return { kind: 'float', value };
    case 'imag':
      return { kind: 'float', value: 0 };
    case 'conjugate':
      return builtin(name, () => ({ kind: 'float', value }));
    default:
      return undefined;
  }
}
