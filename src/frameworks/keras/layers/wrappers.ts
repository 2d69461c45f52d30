/** Keras layers that call something else: Lambda, TimeDistributed, RNN. Source: Keras API docs. */
import { positional } from '../../../interp/call';
import type { Value } from '../../../interp/values';
import { multiply } from '../../../symbolic/arithmetic';
import { unknown } from '../../../symbolic/quantity';
import { valueOf } from '../../read';
import { removeAxis, type Shape } from '../../shapes';
import { isTensor, makeTensor, shapeOf, unmodelled } from '../../tensor';
import { shapeFrom, TENSOR } from '../../tensorflow/tensors';
import { flatten, isOpen } from '../graph';
import { layerPartOf, type LayerRule, type Output, type Use } from '../layerRule';

/** Rules of layers that call a function or another layer. */
export const WRAPPER_RULES: readonly LayerRule[] = [
  {
    name: 'Lambda',
    signature: '(function, output_shape=None, mask=None, arguments=None, **kwargs)',
    output: lambda,
  },
  {
    name: 'TimeDistributed',
    signature: '(layer, **kwargs)',
    initialise: (self, call) => void self.attributes.set('layer', valueOf(call, 'layer')),
    output: distributed,
  },
  {
    name: 'RNN',
    signature:
      '(cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, zero_output_for_mask=False, **kwargs)',
    initialise: (self, call) => void self.attributes.set('cell', valueOf(call, 'cell')),
    output: stepped,
    macs: () => ({ linear: unknown({ code: 'unmodelled', subject: 'the work of RNN' }) }),
  },
];

/** Runs the function; where that cannot be followed, the declared shape is left. */
function lambda({ made, call, tools }: Use): Output {
  const { context } = call;
  const extra = valueOf(made, 'arguments');
  const keywords = new Map(
    extra.kind === 'dict'
      ? [...extra.entries.values()].flatMap(({ key, value }) =>
          key.kind === 'string' ? [[key.value, { value }] as const] : [],
        )
      : [],
  );
  const args = { ...positional(valueOf(call, 'inputs')), keywords };
  const result = context.interpreter.call(valueOf(made, 'function'), args, context);
  if (flatten(result).every(isTensor)) return result;
  const declared = shapeFrom(valueOf(made, 'output_shape'));
  const batch = shapeOf(flatten(valueOf(call, 'inputs'))[0] ?? result)?.[0];
  const shape = declared && batch ? [batch, ...declared] : unmodelled(context);
  return makeTensor(tools, TENSOR, shape);
}

/** Calls the layer for all steps at once, as if they were samples, and puts the steps back. */
function distributed({ made, call, shape, tools }: Use): Output {
  const [batch, steps, ...rest] = shape;
  if (batch === undefined || steps === undefined) return undefined;
  const samples = isOpen(batch) ? steps : multiply(batch, steps);
  const all = makeTensor(tools, TENSOR, [samples, ...rest]);
  const result: Value = call.context.interpreter.call(valueOf(made, 'layer'), positional(all), call.context);
  const inner = shapeOf(result);
  return inner && [batch, steps, ...inner.slice(1)];
}

/** Calls the cell for one step to let it learn its size; only single cells of ours are followed. */
function stepped({ made, call, shape, tools }: Use): Output {
  const cell = valueOf(made, 'cell');
  const part = layerPartOf(cell);
  const [batch, steps] = shape;
  if (part === undefined || batch === undefined || steps === undefined) return undefined;
  const step = makeTensor(tools, TENSOR, removeAxis(shape, 1));
  call.context.interpreter.call(cell, positional(step), call.context);
  const units = valueOf(part.made, 'units');
  const [whole, state] = ['return_sequences', 'return_state'].map((name) => valueOf(made, name));
  if (units.kind !== 'int' || whole?.kind !== 'bool' || state?.kind !== 'bool' || state.value)
    return undefined;
  const features: Shape = [{ kind: 'exact', value: units.value }];
  return whole.value ? [batch, steps, ...features] : [batch, ...features];
}
