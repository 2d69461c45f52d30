/** What surrounds models: initialisation, modes of gradients, scripting, parallel wrappers, parametrisations. */
import { setOwn } from '../../interp/setting';
import { builtin, bool, NONE, tuple, unknown, type InstanceValue, type Value } from '../../interp/values';
import type { Reason } from '../../symbolic/reason';
import { exact, numberOf } from '../../symbolic/quantity';
import { functionRow, pythonRows, type BoundCall, type Row, type Toolbox } from '../library';
import { integerOf, isAbsent, textOf, valueOf } from '../read';
import type { Shape } from '../shapes';
import { makeTensor, shapeOf } from '../tensor';
import { addBuffer } from './buffers';
import { deleteMember } from './registration';

const TENSOR = 'torch.Tensor';
const PARAMETER = 'torch.nn.Parameter';

/** Functions that fill a tensor and give it back. */
const INITIALISERS = [
  'uniform normal trunc_normal constant ones zeros eye dirac xavier_uniform xavier_normal kaiming_uniform kaiming_normal',
  'orthogonal sparse',
]
  .join(' ')
  .split(' ');

/** Functions that give what they are given: models, or functions as decorators. */
const TRANSPARENT = [
  'torch.compile torch.jit.script torch.jit.unused torch.jit.export torch.jit.ignore torch.jit.freeze torch.fx.wrap',
  'torch.jit.optimize_for_inference torch.jit.script_if_tracing torch.jit.interface torch.jit.trace',
  'torch.compiler.disable torch._dynamo.disable',
]
  .join(' ')
  .split(' ');

/** Questions whose answer is no where code runs as it stands. */
const NEVER =
  'torch.jit.is_scripting torch.jit.is_tracing torch.onnx.is_in_onnx_export torch.compiler.is_compiling'.split(
    ' ',
  );

/** Questions about the machine. */
const MACHINE = 'torch.cuda.is_available torch.cuda.device_count torch.backends.mps.is_available'.split(' ');

const CONTEXTS =
  'no_grad enable_grad inference_mode set_grad_enabled autocast autograd.profiler.record_function'.split(' ');

const CONTEXT = `
class Context:
    def __new__(cls, *args, **kwargs):
        if len(args) == 1 and callable(args[0]):
            return args[0]
        return Entered()

class Entered:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def __call__(self, function):
        return function
`;

/** `DataParallel` and its kin hold the model as `module`. */
const WRAPPERS = `
class DataParallel(Module):
    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)
`;

/** Rows of all of it. */
export function serviceRows(): Row[] {
  return [
    ...INITIALISERS.map((name) => functionRow(`torch.nn.init.${name}_`, '(tensor, *args, **kwargs)', filled)),
    ...TRANSPARENT.map((path) => functionRow(path, '(obj=None, *args, **kwargs)', decorated)),
    ...NEVER.map((path) => functionRow(path, '()', () => bool(false))),
    ...MACHINE.map((path) =>
      functionRow(path, '(*args, **kwargs)', ({ context: { place } }) =>
        unknown({ code: 'unmodelled-library', subject: path, place }),
      ),
    ),
    functionRow('torch.jit.annotate', '(the_type, the_value)', (call) => valueOf(call, 'the_value')),
    ...contextRows(),
    ...pythonRows('torch.nn', WRAPPERS, ['Module'], ['DataParallel']),
    functionRow('torch.nn.utils.weight_norm', "(module, name='weight', dim=0)", weightNorm),
    functionRow('torch.nn.utils.spectral_norm', "(module, name='weight', *args, **kwargs)", spectralNorm),
    ...['weight_norm', 'spectral_norm', 'orthogonal'].map((name) =>
      functionRow(`torch.nn.utils.parametrizations.${name}`, '(module, *args, **kwargs)', parametrised),
    ),
    ...tupleRows(),
  ];
}

function filled(call: BoundCall): Value {
  return valueOf(call, 'tensor');
}

/** With options alone, what is given back decorates. */
function decorated(call: BoundCall): Value {
  if (!isAbsent(call, 'obj')) return valueOf(call, 'obj');
  return builtin('decorate', ({ positional: [made] }) => made?.value ?? NONE);
}

/** Contexts that change how numbers are computed and no shape; they decorate functions too. */
function contextRows(): Row[] {
  const paths = [
    ...CONTEXTS.map((name) => `torch.${name}`),
    'torch.cuda.amp.autocast',
    'torch.amp.autocast',
    'torch.autograd.no_grad',
    'torch.autograd.enable_grad',
  ];
  return paths.map((path) => ({
    path,
    make: (tools: Toolbox) => tools.python(CONTEXT, new Map()).get('Context') ?? NONE,
  }));
}

/**
 * The weight becomes a direction and a length: `weight_g` with one number for each index of `dim`, `weight_v` of the
 * weight's shape; the weight itself is no parameter any more. Source: torch/nn/utils/weight_norm.py.
 */
function weightNorm(call: BoundCall, tools: Toolbox): Value {
  return replaceWeight(call, (module, name, weight) => {
    const axis = isAbsent(call, 'dim') ? undefined : numberOf(integerOf(call, 'dim'));
    const isWhole = isAbsent(call, 'dim') || axis === -1;
    const at = axis === undefined || axis >= 0 ? axis : axis + weight.length;
    const lengths = isWhole ? [] : weight.map((size, index) => (index === at ? size : exact(1)));
    setOwn(module, `${name}_g`, makeTensor(tools, PARAMETER, lengths), call.context);
    setOwn(module, `${name}_v`, makeTensor(tools, PARAMETER, weight), call.context);
    setOwn(module, name, makeTensor(tools, TENSOR, weight), call.context);
  });
}

/** The weight stays a parameter under another name, beside vectors that are none. Source: torch/nn/utils/spectral_norm.py. */
function spectralNorm(call: BoundCall, tools: Toolbox): Value {
  return replaceWeight(call, (module, name, weight) => {
    const open: Reason = {
      code: 'unmodelled',
      subject: 'a vector of spectral_norm',
      place: call.context.place,
    };
    setOwn(module, `${name}_orig`, makeTensor(tools, PARAMETER, weight), call.context);
    for (const vector of ['u', 'v'])
      addBuffer(module, `${name}_${vector}`, makeTensor(tools, TENSOR, open), true, call.context);
    setOwn(module, name, makeTensor(tools, TENSOR, weight), call.context);
  });
}

function replaceWeight(
  call: BoundCall,
  replace: (module: InstanceValue, name: string, weight: Shape) => void,
): Value {
  const [module, name] = [valueOf(call, 'module'), textOf(call, 'name')];
  const weight = module.kind === 'instance' ? module.attributes.get(name ?? '') : undefined;
  const shape = weight && shapeOf(weight);
  if (module.kind !== 'instance' || name === undefined || shape === undefined) return parametrised(call);
  deleteMember(module, name, call.context);
  replace(module, name, shape);
  return module;
}

/** A parametrised module computes as before; its parameters have other names and cannot be told. */
function parametrised(call: BoundCall): Value {
  const module = valueOf(call, 'module');
  const reason: Reason = { code: 'unmodelled', subject: 'a parametrisation', place: call.context.place };
  if (module.kind === 'instance') setOwn(module, 'parametrizations', unknown(reason), call.context);
  return module;
}

/** `_pair` and its kin: a number as often as there are axes, a sequence as a tuple. */
function tupleRows(): Row[] {
  return ['_single', '_pair', '_triple', '_quadruple'].map((name, index) =>
    functionRow(`torch.nn.modules.utils.${name}`, '(x)', (call) => {
      const value = valueOf(call, 'x');
      if (value.kind === 'tuple') return value;
      if (value.kind === 'list' && !value.uncertain) return tuple(value.items);
      const isOne = ['int', 'float', 'bool', 'none'].includes(value.kind);
      const isNumber = isOne || (value.kind === 'formula' && !value.isUntyped);
      return isNumber ? tuple(Array<Value>(index + 1).fill(value)) : unknown(reasonOf(value, call));
    }),
  );
}

function reasonOf(value: Value, { context: { place } }: BoundCall): Reason {
  return value.kind === 'unknown' ? value.reason : { code: 'parameter', subject: 'x', place };
}
