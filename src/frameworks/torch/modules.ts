/** `torch.nn.Module`, its containers, and layers that keep the shape of what they are given. */
import { nativeClass } from '../../interp/classes';
import { setAttribute } from '../../interp/attributes';
import { NONE, type Value } from '../../interp/values';
import { bound, classRow, functionRow, pythonRows, recordCall, type Row, type Toolbox } from '../library';
import { valueOf } from '../read';
import { makeTensor, shapeOf, shapeReason } from '../tensor';
import { TENSOR } from './tensors';

/** Source: PyTorch docs, torch.nn, "Containers". */
const CONTAINERS = `
class Sequential(Module):
    def __init__(self, *args):
        super().__init__()
        self.held = {}
        if len(args) == 1 and isinstance(args[0], dict):
            for name, module in args[0].items():
                self.add_module(name, module)
        else:
            for index, module in enumerate(args):
                self.add_module(str(index), module)

    def add_module(self, name, module):
        self.held[name] = module
        setattr(self, name, module)

    def append(self, module):
        self.add_module(str(len(self.held)), module)
        return self

    def forward(self, input):
        for module in self.held.values():
            input = module(input)
        return input

    def __len__(self):
        return len(self.held)

    def __iter__(self):
        return iter(self.held.values())

    def __getitem__(self, index):
        modules = list(self.held.values())
        if isinstance(index, slice):
            return Sequential(*modules[index])
        return modules[index]

class ModuleList(Module):
    def __init__(self, modules=None):
        super().__init__()
        self.held = []
        if modules is not None:
            self.extend(modules)

    def append(self, module):
        setattr(self, str(len(self.held)), module)
        self.held.append(module)
        return self

    def extend(self, modules):
        for module in modules:
            self.append(module)
        return self

    def __len__(self):
        return len(self.held)

    def __iter__(self):
        return iter(self.held)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return ModuleList(self.held[index])
        return self.held[index]

class ModuleDict(Module):
    def __init__(self, modules=None):
        super().__init__()
        self.held = {}
        if modules is not None:
            for name, module in dict(modules).items():
                self[name] = module

    def __setitem__(self, name, module):
        self.held[name] = module
        setattr(self, name, module)

    def __getitem__(self, name):
        return self.held[name]

    def __len__(self):
        return len(self.held)

    def __iter__(self):
        return iter(self.held)

    def __contains__(self, name):
        return name in self.held

    def keys(self):
        return self.held.keys()

    def values(self):
        return self.held.values()

    def items(self):
        return self.held.items()
`;

/** Methods that give the module itself back. */
const SELF_METHODS = [
  'to',
  'cuda',
  'cpu',
  'eval',
  'train',
  'float',
  'double',
  'half',
  'apply',
  'requires_grad_',
  'compile',
];

const SAME_SHAPE_LAYERS = [
  'Identity ReLU ReLU6 LeakyReLU PReLU RReLU ELU SELU CELU GELU SiLU Mish Sigmoid Tanh Hardswish Hardsigmoid Hardtanh',
  'Softplus Softsign LogSigmoid Softmax LogSoftmax Softmax2d Dropout Dropout1d Dropout2d Dropout3d AlphaDropout',
  'BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d GroupNorm LayerNorm',
  'LocalResponseNorm ChannelShuffle',
]
  .join(' ')
  .split(' ');

const SAME_SHAPE_FUNCTIONS = [
  'relu relu_ relu6 leaky_relu elu selu gelu silu mish sigmoid tanh hardswish hardsigmoid softplus softmax log_softmax',
  'dropout dropout2d dropout3d batch_norm instance_norm group_norm layer_norm normalize',
]
  .join(' ')
  .split(' ');

/** Rows of modules, containers and layers that keep shapes. */
export function moduleRows(): Row[] {
  return [
    { path: 'torch.nn.Module', make: moduleClass },
    ...pythonRows('torch.nn', CONTAINERS, ['Module'], ['Sequential', 'ModuleList', 'ModuleDict']),
    ...SAME_SHAPE_LAYERS.map((name) =>
      classRow(`torch.nn.${name}`, 'torch.nn.Module', '(*args, **kwargs)', () => undefined, sameShape),
    ),
    ...SAME_SHAPE_FUNCTIONS.map((name) =>
      functionRow(`torch.nn.functional.${name}`, '(input, *args, **kwargs)', (call, tools) =>
        sameAs(tools, valueOf(call, 'input')),
      ),
    ),
  ];
}

function moduleClass(tools: Toolbox): Value {
  const own = (name: string, signature: string, run: Parameters<typeof bound>[4]): [string, Value] => [
    name,
    bound(tools, `torch.nn.Module.${name}`, name, signature, run),
  ];
  const remember: Parameters<typeof bound>[4] = (call) => {
    const name = valueOf(call, 'name');
    if (name.kind === 'string') {
      setAttribute(valueOf(call, 'self'), name.value, valueOf(call, 'member'), call.context);
    }
    return NONE;
  };
  return nativeClass(
    'Module',
    [],
    [
      own('__init__', '(self, *args, **kwargs)', () => NONE),
      own('__call__', '(self, *args, **kwargs)', (call) => {
        const { interpreter } = call.context;
        recordCall(tools, valueOf(call, 'self'), call);
        const forward = interpreter.attribute(valueOf(call, 'self'), 'forward', call.context);
        return interpreter.call(
          forward,
          { ...call.args, positional: call.args.positional.slice(1) },
          call.context,
        );
      }),
      own('add_module', '(self, name, member)', remember),
      own('register_module', '(self, name, member)', remember),
      own('register_parameter', '(self, name, member)', remember),
      own('register_buffer', '(self, name, member, persistent=True)', remember),
      ...SELF_METHODS.map((name) => own(name, '(self, *args, **kwargs)', (call) => valueOf(call, 'self'))),
    ],
  );
}

function sameShape(tools: Toolbox): [string, Value][] {
  const forward = bound(
    tools,
    'torch.nn.Module.forward',
    'forward',
    '(self, input, *args, **kwargs)',
    (call) => sameAs(tools, valueOf(call, 'input')),
  );
  return [['forward', forward]];
}

function sameAs(tools: Toolbox, input: Value): Value {
  return makeTensor(tools, TENSOR, shapeOf(input) ?? shapeReason(input, 'the output'));
}
