/** `torch.nn.Module`: registration, walks over what it holds, modes. Source: PyTorch docs, torch.nn.Module. */
import { setOwn } from '../../interp/setting';
import { positional, type CallContext } from '../../interp/call';
import { findInClass, nativeClass } from '../../interp/classes';
import {
  bool,
  builtin,
  dictOf,
  NONE,
  property,
  unknown,
  type BuiltinValue,
  type InstanceValue,
  type Value,
} from '../../interp/values';
import { bound, recordCall, type BoundCall, type Row, type Toolbox } from '../library';
import { textOf, valueOf } from '../read';
import { addBuffer } from './buffers';
import { containerRows, viewOf } from './containers';
import { baseRow } from './layer';
import {
  deleteMember,
  forget,
  isTorchModule,
  registeredIn,
  setMember,
  type Entry,
  type Walk,
} from './registration';
import {
  asPair,
  iteratorOf,
  namedBuffers,
  namedChildren,
  namedModules,
  namedParameters,
  namedState,
} from './traversal';

/** Methods that give the module itself back and change nothing that is known of it. */
const SELF_METHODS =
  'to cuda cpu xpu ipu float double half bfloat16 type to_empty requires_grad_ share_memory compile'.split(
    ' ',
  );

/** Methods whose results nothing rests on. */
const WITHOUT_RESULT = ['zero_grad', 'extra_repr'];

/** Methods that give something of which nothing is known; hooks are taken to leave data as it is. */
const OPAQUE = [
  'load_state_dict register_forward_hook register_forward_pre_hook register_full_backward_hook',
  'register_backward_hook register_full_backward_pre_hook register_state_dict_pre_hook',
  'register_load_state_dict_post_hook register_load_state_dict_pre_hook _register_load_state_dict_pre_hook',
  '_register_state_dict_hook get_extra_state set_extra_state',
]
  .join(' ')
  .split(' ');

/** Rows of the base class and of the containers. */
export function moduleRows(): Row[] {
  return [
    { path: 'torch.nn.Module', make: moduleClass },
    baseRow('modules.conv._ConvNd', 'torch.nn.Module'),
    baseRow('modules.conv._ConvTransposeNd', 'torch.nn.modules.conv._ConvNd'),
    ...containerRows(),
  ];
}

type Run = (self: InstanceValue, call: BoundCall) => Value;

function moduleClass(tools: Toolbox): Value {
  const own = (name: string, signature: string, run: Run): [string, Value] => [
    name,
    bound(tools, `torch.nn.Module.${name}`, `Module.${name}`, signature, (call) => {
      const self = valueOf(call, 'self');
      return self.kind === 'instance' ? run(self, call) : unknown(unmodelled(name, call.context));
    }),
  ];
  const eager = (name: string, signature: string): [string, Value] =>
    own(name, signature, (self, call) => {
      const wanted = valueOf(call, 'name');
      const member = valueOf(call, call.values.has('module') ? 'module' : 'param');
      if (wanted.kind === 'string') setMember(self, wanted.value, member, call.context);
      else forget(self, unmodelled(name, call.context), call.context);
      return NONE;
    });
  const train: BuiltinValue = bound(
    tools,
    'torch.nn.Module.train',
    'Module.train',
    '(self, mode=True)',
    (call) => setMode(valueOf(call, 'self'), valueOf(call, 'mode'), train, call.context),
  );
  return nativeClass(
    'Module',
    [],
    [
      ['training', unknown({ code: 'unmodelled', subject: 'whether the module is in training mode' })],
      ['__init__', builtin('Module.__init__', () => NONE)],
      ['__call__', builtin('Module.__call__', (args, context) => callForward(tools, args, context))],
      ['__setattr__', builtin('Module.__setattr__', setAttribute)],
      ['__delattr__', builtin('Module.__delattr__', deleteAttribute)],
      ['train', train],
      own('eval', '(self)', (self, call) =>
        call.context.interpreter.call(
          call.context.interpreter.attribute(self, 'train', call.context),
          positional(bool(false)),
          call.context,
        ),
      ),
      eager('add_module', '(self, name, module)'),
      eager('register_module', '(self, name, module)'),
      eager('register_parameter', '(self, name, param)'),
      own('register_buffer', '(self, name, tensor, persistent=True)', registerBuffer),
      own('set_submodule', '(self, target, module, strict=False)', setSubmodule),
      ...['get_submodule', 'get_parameter', 'get_buffer'].map((name) =>
        own(name, '(self, target)', (self, call) => memberAt(self, textOf(call, 'target'), call.context)),
      ),
      ...walks(own),
      own('apply', '(self, fn)', (self, call) => {
        applyToAll(self, valueOf(call, 'fn'), call.context);
        return self;
      }),
      ...SELF_METHODS.map((name) => own(name, '(self, *args, **kwargs)', (self) => self)),
      ...WITHOUT_RESULT.map((name) => own(name, '(self, *args, **kwargs)', () => NONE)),
      ...OPAQUE.map((name) =>
        own(name, '(self, *args, **kwargs)', (_, { context }) =>
          unknown({ code: 'unmodelled-library', subject: `torch.nn.Module.${name}`, place: context.place }),
        ),
      ),
      ['_modules', property('_modules', (self, context) => viewOf(self, context))],
      ...['_parameters', '_buffers'].map((name): [string, Value] => [name, property(name, hidden(name))]),
    ],
  );
}

/** The walks with the signatures that PyTorch gives them. */
function walks(own: (name: string, signature: string, run: Run) => [string, Value]): [string, Value][] {
  const flag = (call: BoundCall, name: string) => {
    const value = valueOf(call, name);
    return value.kind !== 'bool' || value.value;
  };
  const prefix = (call: BoundCall) => textOf(call, 'prefix') ?? '';
  const value = ([, each]: Entry) => each;
  const iterate = (walk: Walk, call: BoundCall, make: (entry: Entry) => Value) =>
    iteratorOf(walk, call.context, make);
  return [
    own('children', '(self)', (self, call) => iterate(namedChildren(self), call, value)),
    own('named_children', '(self)', (self, call) => iterate(namedChildren(self), call, asPair)),
    own('modules', '(self, remove_duplicate=True)', (self, call) =>
      iterate(namedModules(self, '', flag(call, 'remove_duplicate')), call, value),
    ),
    own('named_modules', "(self, memo=None, prefix='', remove_duplicate=True)", (self, call) =>
      iterate(namedModules(self, prefix(call), flag(call, 'remove_duplicate')), call, asPair),
    ),
    own('parameters', '(self, recurse=True)', (self, call) =>
      iterate(namedParameters(self, '', flag(call, 'recurse')), call, value),
    ),
    own('named_parameters', "(self, prefix='', recurse=True, remove_duplicate=True)", (self, call) =>
      iterate(
        namedParameters(self, prefix(call), flag(call, 'recurse'), flag(call, 'remove_duplicate')),
        call,
        asPair,
      ),
    ),
    own('buffers', '(self, recurse=True)', (self, call) =>
      iterate(namedBuffers(self, '', flag(call, 'recurse')), call, value),
    ),
    own('named_buffers', "(self, prefix='', recurse=True, remove_duplicate=True)", (self, call) =>
      iterate(
        namedBuffers(self, prefix(call), flag(call, 'recurse'), flag(call, 'remove_duplicate')),
        call,
        asPair,
      ),
    ),
    own('state_dict', "(self, *args, destination=None, prefix='', keep_vars=False)", (self, call) => {
      const { entries, uncertain } = namedState(self, prefix(call).replace(/\.$/, ''));
      return call.context.interpreter.trail.made({ ...dictOf(entries), uncertain });
    }),
  ];
}

/** `module(…)` runs `forward`; hooks are taken to leave data as it is. */
function callForward(tools: Toolbox, args: BoundCall['args'], context: CallContext): Value {
  const self = args.positional[0]?.value;
  if (self === undefined) return unknown(unmodelled('__call__', context));
  const { interpreter } = context;
  recordCall(tools, self, { args, context });
  const forward = interpreter.attribute(self, 'forward', context);
  return interpreter.call(forward, { ...args, positional: args.positional.slice(1) }, context);
}

function setAttribute(args: BoundCall['args'], context: CallContext): Value {
  const [self, name, value] = args.positional.map((passed) => passed.value);
  if (self?.kind !== 'instance' || value === undefined) return NONE;
  if (name?.kind === 'string') setMember(self, name.value, value, context);
  else forget(self, unmodelled('__setattr__', context), context);
  return NONE;
}

function deleteAttribute(args: BoundCall['args'], context: CallContext): Value {
  const [self, name] = args.positional.map((passed) => passed.value);
  if (self?.kind !== 'instance') return NONE;
  if (name?.kind === 'string') deleteMember(self, name.value, context);
  else forget(self, unmodelled('__delattr__', context), context);
  return NONE;
}

function registerBuffer(self: InstanceValue, call: BoundCall): Value {
  const [name, persistent] = [valueOf(call, 'name'), valueOf(call, 'persistent')];
  const isKept = persistent.kind !== 'bool' || persistent.value;
  if (name.kind === 'string') addBuffer(self, name.value, valueOf(call, 'tensor'), isKept, call.context);
  else forget(self, unmodelled('register_buffer', call.context), call.context);
  return NONE;
}

function setSubmodule(self: InstanceValue, call: BoundCall): Value {
  const target = textOf(call, 'target');
  const at = target?.lastIndexOf('.') ?? -1;
  const owner = at < 0 ? self : memberAt(self, target?.slice(0, at), call.context);
  if (owner.kind === 'instance' && target !== undefined)
    setMember(owner, target.slice(at + 1), valueOf(call, 'module'), call.context);
  else forget(self, unmodelled('set_submodule', call.context), call.context);
  return NONE;
}

/** What stands under a qualified name. */
function memberAt(self: InstanceValue, path: string | undefined, context: CallContext): Value {
  if (path === undefined) return unknown(unmodelled('this name', context));
  const names = path === '' ? [] : path.split('.');
  return names.reduce<Value>((owner, name) => {
    if (!isTorchModule(owner)) return context.interpreter.attribute(owner, name, context);
    const { entries } = registeredIn(owner);
    return (
      entries.find(([each]) => each === name)?.[1] ?? context.interpreter.attribute(owner, name, context)
    );
  }, self);
}

/** `train(mode)`: of the module and of all that it holds, whose classes may have their own `train`. */
function setMode(
  self: Value,
  mode: Value,
  train: BuiltinValue,
  context: CallContext,
  above: readonly Value[] = [],
): Value {
  if (self.kind !== 'instance' || above.includes(self)) return self;
  setOwn(self, 'training', mode, context);
  for (const [, child] of namedChildren(self).entries) {
    if (child.kind !== 'instance') continue;
    const own = findInClass(child.class, 'train');
    if (own === train) setMode(child, mode, train, context, [...above, self]);
    else if (own !== undefined) context.interpreter.call(own, positional(child, mode), context);
  }
  return self;
}

/** `apply(fn)`: what it holds first, then the module itself. */
function applyToAll(
  self: InstanceValue,
  fn: Value,
  context: CallContext,
  above: readonly Value[] = [],
): void {
  if (above.includes(self)) return;
  const { entries, uncertain } = namedChildren(self);
  for (const [, child] of entries) if (isTorchModule(child)) applyToAll(child, fn, context, [...above, self]);
  if (uncertain !== undefined) context.interpreter.call(fn, positional(unknown(uncertain)), context);
  context.interpreter.call(fn, positional(self), context);
}

/** A dictionary of the module's own that is not read; writing to it may change anything. */
function hidden(name: string): (self: Value, context: CallContext) => Value {
  return (self, context) => {
    const reason = unmodelled(name, context);
    return self.kind === 'instance' ? { kind: 'unknown', reason, mayBe: [self] } : unknown(reason);
  };
}

function unmodelled(subject: string, { place }: CallContext) {
  return { code: 'unmodelled', subject, place } as const;
}
