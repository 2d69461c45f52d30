/** What Keras keeps for a whole program: the numbers behind automatic names, and the default order of axes. */
import type { DataLayout } from '../../conv/spec';
import { setAttribute } from '../../interp/attributes';
import type { CallContext } from '../../interp/call';
import { nativeClass } from '../../interp/classes';
import { int, NONE, string, unknown, type InstanceValue, type Value } from '../../interp/values';
import { functionRow, type Row, type Toolbox } from '../library';
import { valueOf } from '../read';
import { unmodelled } from '../tensor';

const UIDS = 'keras.convlens.uids';
const CONFIG = 'keras.convlens.config';
const FORMAT = 'image_data_format';

/** A name for an object of the class, as Keras numbers them: `conv2d`, `conv2d_1`. Source: keras/src/utils/naming.py. */
export function automaticName(className: string, tools: Toolbox, context: CallContext): Value {
  const prefix = snakeCase(className);
  const count = countOf(prefix, tools);
  bump(prefix, tools, context);
  if (count === undefined) return unknown(unmodelled(context));
  return string(count === 0 ? prefix : `${prefix}_${count}`);
}

/** Operations on symbolic tensors that Keras names as it names layers: their own names, or those of operators. */
const OPERATORS: Readonly<Record<string, string>> = {
  __add__: 'add',
  __radd__: 'add',
  __sub__: 'subtract',
  __rsub__: 'subtract',
  __mul__: 'multiply',
  __rmul__: 'multiply',
};

/** Counts the name that an operation takes, which the next layer of that name goes behind. */
export function countOperation(name: string, tools: Toolbox, context: CallContext): void {
  if (name.startsWith('__') && !Object.hasOwn(OPERATORS, name)) return;
  automaticName(OPERATORS[name] ?? name, tools, context);
}

/** Where channels stand unless a layer says otherwise; `undefined` when it was set to something unknown. */
export function defaultLayout(tools: Toolbox): DataLayout | undefined {
  const config = tools.value(CONFIG);
  const format = config.kind === 'instance' ? config.attributes.get(FORMAT) : undefined;
  if (format === undefined) return 'channelsLast';
  if (format.kind !== 'string') return undefined;
  return format.value === 'channels_first' ? 'channelsFirst' : 'channelsLast';
}

/** Rows of the state itself and of the functions that read and change it. */
export function sessionRows(): Row[] {
  const state = (path: string): Row => ({
    path,
    make: () => ({ kind: 'instance', class: nativeClass('object', [], []), attributes: new Map() }),
  });
  const both = (name: string, signature: string, run: Parameters<typeof functionRow>[2]) =>
    ['keras.backend', 'keras.config'].map((module) => functionRow(`${module}.${name}`, signature, run));
  return [
    state(UIDS),
    state(CONFIG),
    ...both('image_data_format', '()', (call, tools) => {
      const layout = defaultLayout(tools);
      if (layout === undefined) return unknown(unmodelled(call.context));
      return string(layout === 'channelsFirst' ? 'channels_first' : 'channels_last');
    }),
    ...both('set_image_data_format', '(data_format)', (call, tools) => {
      setAttribute(tools.value(CONFIG), FORMAT, valueOf(call, 'data_format'), call.context);
      return NONE;
    }),
    ...['keras.backend.clear_session', 'keras.utils.clear_session'].map((path) =>
      functionRow(path, '(free_memory=True)', (call, tools) => {
        const uids = uidsOf(tools);
        if (uids !== undefined) {
          call.context.interpreter.trail.touch(uids);
          uids.attributes = new Map();
          uids.doubtful = undefined;
        }
        return NONE;
      }),
    ),
    functionRow('keras.backend.get_uid', '(prefix="")', (call, tools) => {
      const prefix = valueOf(call, 'prefix');
      if (prefix.kind !== 'string') return unknown(unmodelled(call.context));
      const count = countOf(prefix.value, tools);
      bump(prefix.value, tools, call.context);
      return count === undefined ? unknown(unmodelled(call.context)) : int(count + 1);
    }),
  ];
}

/** `SeparableConv2D` is `separable_conv2d`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function uidsOf(tools: Toolbox): InstanceValue | undefined {
  const uids = tools.value(UIDS);
  return uids.kind === 'instance' ? uids : undefined;
}

function countOf(prefix: string, tools: Toolbox): number | undefined {
  const uids = uidsOf(tools);
  if (uids === undefined || uids.doubtful?.has(prefix)) return undefined;
  const count = uids.attributes.get(prefix);
  if (count === undefined) return 0;
  return count.kind === 'int' ? count.value : undefined;
}

function bump(prefix: string, tools: Toolbox, context: CallContext): void {
  const count = countOf(prefix, tools);
  const next = count === undefined ? unknown(unmodelled(context)) : int(count + 1);
  const uids = uidsOf(tools);
  if (uids === undefined) return;
  const { doubtful } = uids;
  setAttribute(uids, prefix, next, context);
  if (doubtful?.has(prefix)) uids.doubtful = doubtful;
}
