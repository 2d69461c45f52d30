/**
 * What TensorFlow refuses about the output that a transposed convolution is asked for: the forward convolution of it
 * must give the data back. Source: tensorflow/core/kernels/conv_grad_shape_utils.cc, `ConvBackpropComputeDimensionsV2`.
 */
import { effectiveKernel } from '../../conv/axis';
import type { ConvSpec, DataShape } from '../../conv/spec';
import { exact, numberOf, numbersOf } from '../../symbolic/quantity';
import { firstRefusal, type Refusal } from '../findings';
import type { BoundCall } from '../library';
import { itemsOf, quantityFrom, shown, valueOf } from '../read';
import type { Shape } from '../shapes';

/** What filter, data and `output_shape` that do not go together make it refuse. */
export function transposedRefusal(
  call: BoundCall,
  spec: ConvSpec,
  filter: Shape | undefined,
  input: DataShape,
): Refusal | undefined {
  const wanted = itemsOf(valueOf(call, 'output_shape'))?.map(quantityFrom);
  const full = wanted?.length === spec.rank + 2 ? wanted : undefined;
  return firstRefusal([
    () => batch(spec, full, input),
    () => filterDepth(spec, filter, input),
    () => inputDepth(spec, filter, full),
    () => sizes(spec, input),
  ]);
}

/** `tf.nn.conv_transpose` takes its rank from the length of `output_shape`. */
export function outputShapeLength(call: BoundCall): Refusal | undefined {
  const length = call.path.endsWith('.conv_transpose')
    ? itemsOf(valueOf(call, 'output_shape'))?.length
    : undefined;
  if (length === undefined || (length >= 3 && length <= 5)) return undefined;
  const received = `Received: output_shape=${shown(call, 'output_shape')} of length ${length}.`;
  const message = `\`output_shape\` must be of length 3, 4 or 5. ${received}`;
  return { code: 'tensorflow.output-shape', message, exception: 'ValueError', argument: 'output_shape' };
}

function batch(spec: ConvSpec, wanted: Shape | undefined, input: DataShape): Refusal | undefined {
  const [asked, given] = [wanted?.[0], input.batch].map((size) => size && numberOf(size));
  if (asked === undefined || given === undefined || asked === given) return undefined;
  return refused(
    spec,
    `input and out_backprop must have the same batch size. Input batch: ${asked}, outbackprop batch: ${given}, batch_dim: 0`,
  );
}

function filterDepth(spec: ConvSpec, filter: Shape | undefined, input: DataShape): Refusal | undefined {
  const [depth, given] = [filter?.at(-1), input.channels].map((size) => size && numberOf(size));
  if (depth === undefined || given === undefined || depth === given) return undefined;
  return refused(spec, 'filter and out_backprop must have the same out_depth', 'tensorflow.input-depth');
}

function inputDepth(
  spec: ConvSpec,
  filter: Shape | undefined,
  wanted: Shape | undefined,
): Refusal | undefined {
  const asked = wanted?.[spec.dataLayout === 'channelsFirst' ? 1 : wanted.length - 1];
  const [channels, depth] = [asked, filter?.at(-2)].map((size) => size && numberOf(size));
  if (channels === undefined || depth === undefined || depth < 1 || channels % depth === 0) return undefined;
  return refused(spec, 'input depth must be evenly divisible by filter depth');
}

function sizes(spec: ConvSpec, input: DataShape): Refusal | undefined {
  if (spec.padding.kind !== 'fromOutput') return undefined;
  const { rule, output } = spec.padding;
  for (const [axis, size] of input.spatial.entries()) {
    const [kernelSize, strideSize, rate] = [spec.kernelSize[axis], spec.stride[axis], spec.dilation[axis]];
    if (!kernelSize || !strideSize || !rate) continue;
    const extent = effectiveKernel(kernelSize, rate);
    const numbers = numbersOf([output[axis] ?? exact(1), size, kernelSize, strideSize, rate, extent]);
    if (numbers === undefined) continue;
    const [asked = 1, given = 1, kernel = 1, stride = 1, dilation = 1, reach = 1] = numbers;
    const computed = Math.ceil((rule === 'same' ? asked : asked - reach + 1) / stride);
    if (computed === given) continue;
    const first = (spec.dataLayout === 'channelsFirst' ? 2 : 1) + (spec.rank === 1 ? 1 : 0);
    const parts = `spatial_dim: ${axis + first} input: ${asked} filter: ${kernel} output: ${given} stride: ${stride} dilation: ${dilation}`;
    return refused(
      spec,
      `Size of out_backprop doesn't match computed: actual = ${given}, computed = ${computed} ${parts}`,
    );
  }
  return undefined;
}

function refused(spec: ConvSpec, text: string, code = 'tensorflow.output-shape'): Refusal {
  const operation = spec.rank === 3 ? 'Conv3DBackpropInputOp' : 'Conv2DCustomBackpropInput';
  return { code, message: `${operation}: ${text}`, exception: 'InvalidArgumentError' };
}
