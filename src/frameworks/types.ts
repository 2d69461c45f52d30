/** Types of elements as values of Python: `torch.float32`, `np.int64`, `'float32'`, `int`. */
import { nativeClass } from '../interp/classes';
import { bool, builtin, string, unknown, type Value } from '../interp/values';
import type { Row } from './library';
import { categoryOf, dtypeNamed, dtypeNames, type DType } from './values/dtypes';

interface TypePayload {
  readonly kind: 'dtype';
  readonly dtype: DType;
}

/**
 * The type that a value names, in the framework's own sense of Python's `int` and `float`; `undefined` for anything
 * else and for types we do not know.
 */
export function dtypeOf(value: Value, framework: 'torch' | 'numpy' | 'tensorflow'): DType | undefined {
  if (value.kind === 'string') return dtypeNamed(value.value.replace(/^(torch|np|numpy|tf)\./, ''));
  if (value.kind === 'class') {
    const held = payloadOf(value.namespace.get('dtype'));
    if (held !== undefined) return held.dtype;
    const builtins: Readonly<Record<string, DType>> = {
      int: framework === 'tensorflow' ? 'int32' : 'int64',
      float: framework === 'tensorflow' ? 'float32' : 'float64',
      bool: 'bool',
    };
    return value.unit === undefined && Object.hasOwn(builtins, value.name) ? builtins[value.name] : undefined;
  }
  return payloadOf(value)?.dtype;
}

/** The types of a framework as objects that can be compared. */
export function typeRows(framework: string, names: readonly (readonly [string, DType])[]): Row[] {
  const own = dtypeNames().map(([name, dtype]) => typeRow(`${framework}.${name}`, framework, dtype));
  const others = names.map(([name, dtype]): Row => ({
    path: `${framework}.${name}`,
    make: (tools) => tools.value(`${framework}.${dtype}`),
  }));
  return [...own, ...others, { path: `${framework}.dtype`, make: () => nativeClass('dtype', [], members()) }];
}

function typeRow(path: string, framework: string, dtype: DType): Row {
  return {
    path,
    make: (tools) => {
      const type = tools.value(`${framework}.dtype`);
      const payload: TypePayload = { kind: 'dtype', dtype };
      const attributes = new Map<string, Value>([
        ['is_floating_point', bool(categoryOf(dtype) === 'float')],
        ['name', string(dtype)],
      ]);
      return type.kind === 'class' ? { kind: 'instance', class: type, attributes, payload } : type;
    },
  };
}

function members(): [string, Value][] {
  const compare = (name: string, whenSame: boolean): [string, Value] => [
    name,
    builtin(name, ({ positional: [self, other] }) => {
      const [a, b] = [self, other].map((each) => each && dtypeOf(each.value, 'numpy'));
      if (a === undefined || b === undefined) return unknown({ code: 'unmodelled', subject: 'these types' });
      return bool((a === b) === whenSame);
    }),
  ];
  return [compare('__eq__', true), compare('__ne__', false)];
}

function payloadOf(value: Value | undefined): TypePayload | undefined {
  const payload = value?.kind === 'instance' ? (value.payload as { kind?: unknown } | undefined) : undefined;
  return payload?.kind === 'dtype' ? (payload as TypePayload) : undefined;
}
