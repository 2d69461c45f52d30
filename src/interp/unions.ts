/** Unions of types, as `int | None` makes them. */
import { tuple, type ClassValue, type InstanceValue, type Value } from './values';

const TYPE: ClassValue = {
  kind: 'class',
  name: 'UnionType',
  bases: [],
  namespace: new Map(),
  isComplete: true,
};

/** The union of two types, unions or `None`. */
export function unionOf(left: Value, right: Value): Value {
  const members = [...membersOf(left), ...membersOf(right)];
  return { kind: 'instance', class: TYPE, attributes: new Map([['__args__', tuple(members)]]) };
}

/** Whether the object is such a union. */
export function isUnion(value: InstanceValue): boolean {
  return value.class === TYPE;
}

/** The types of a union; of another value, itself. */
export function membersOf(value: Value): readonly Value[] {
  const args = value.kind === 'instance' && isUnion(value) ? value.attributes.get('__args__') : undefined;
  return args?.kind === 'tuple' ? args.items : [value];
}
