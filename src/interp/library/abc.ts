/** Python's `abc`: classes with methods that must be defined. Source: Python docs, abc. */
import { completeClass } from '../classes';
import { native } from '../natives';
import { bool, NONE, type DescriptorValue, type Value } from '../values';

/** The members of the module. */
export function abcMembers(builtins: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const type = builtins.get('type');
  const meta = completeClass('ABCMeta', type?.kind === 'class' ? [type] : [], [
    ['register', native('register', ([, registered]) => registered ?? NONE)],
  ]);
  const wrap = (kind: DescriptorValue['type']) =>
    native(kind, ([made]) => ({ kind: 'descriptor', type: kind, function: marked(made) }));
  return new Map<string, Value>([
    ['ABCMeta', meta],
    ['ABC', completeClass('ABC', [], [], meta)],
    ['abstractmethod', native('abstractmethod', ([made]) => marked(made))],
    ['abstractproperty', wrap('property')],
    ['abstractclassmethod', wrap('classmethod')],
    ['abstractstaticmethod', wrap('staticmethod')],
  ]);
}

function marked(made: Value | undefined): Value {
  if (made?.kind === 'descriptor') return { ...made, function: marked(made.function) };
  if (made?.kind === 'function') made.attributes.set('__isabstractmethod__', bool(true));
  return made ?? NONE;
}
