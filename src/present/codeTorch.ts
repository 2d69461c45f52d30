/** A layer as PyTorch code, with a remark where PyTorch has no word for what the layer does. */
import type { InputShape } from '../analysis/report';
import type { ConvLayer, ConvSpec } from '../conv/spec';
import { compare, equal, subtract } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact, numberOf } from '../symbolic/quantity';
import { sameSides } from './padding';
import type { CodeText } from './pythonCode';
import { keyword, pythonBoolean, pythonCall, pythonNumber, pythonSizes, withRemarks } from './pythonCode';
import { is } from './words';

/** How the padding of a layer is written. */
interface PaddingText {
  readonly arguments: readonly (string | undefined)[];
  /** A layer that pads before the convolution. */
  readonly before?: string;
  readonly remarks: readonly string[];
}

/** `torch.nn` code of the layer, one expression, ended by a line end. */
export function torchCode(layer: ConvLayer, input: InputShape | undefined): string {
  const [first, second] = layer.stages;
  const stages = [stageCode(first, input), ...(second === undefined ? [] : [stageCode(second, undefined)])];
  const isChannelsLast = first.dataLayout === 'channelsLast';
  const order = isChannelsLast
    ? ['PyTorch takes channels first: move the channel axis of the data to position 1.']
    : [];
  const parts = stages.flatMap(({ parts: own }) => own);
  const expression =
    parts.length === 1 ? (parts[0] ?? '') : `nn.Sequential(\n    ${parts.join(',\n    ')},\n)`;
  return withRemarks({ expression, remarks: [...order, ...stages.flatMap(({ remarks }) => remarks)] });
}

function stageCode(
  spec: ConvSpec,
  input: InputShape | undefined,
): Pick<CodeText, 'remarks'> & { parts: string[] } {
  const padding = spec.transposed ? transposedPadding(spec) : forwardPadding(spec, input);
  const bias = typeof spec.bias === 'boolean' ? spec.bias : undefined;
  const mode = typeof spec.paddingMode === 'string' ? spec.paddingMode : undefined;
  const convolution = pythonCall(`nn.${spec.transposed ? 'ConvTranspose' : 'Conv'}${spec.rank}d`, [
    pythonNumber(spec.inChannels),
    pythonNumber(spec.outChannels),
    pythonSizes(spec.kernelSize),
    keyword('stride', spec.stride, 1),
    ...padding.arguments,
    keyword('dilation', spec.dilation, 1),
    keyword('groups', [spec.groups], 1),
    bias === true ? undefined : `bias=${bias === undefined ? '...' : pythonBoolean(bias)}`,
    mode === 'zeros' ? undefined : `padding_mode=${mode === undefined ? '...' : `'${mode}'`}`,
  ]);
  return {
    parts: padding.before === undefined ? [convolution] : [padding.before, convolution],
    remarks: padding.remarks,
  };
}

function forwardPadding(spec: ConvSpec, input: InputShape | undefined): PaddingText {
  const { padding, stride } = spec;
  if (padding.kind === 'unknown') return { arguments: ['padding=...'], remarks: [] };
  if (padding.kind === 'explicit') return explicitPadding(spec, padding.before, padding.after);
  if (stride.every((each) => is(each, 1))) return { arguments: ["padding='same'"], remarks: [] };
  const sides = sameSides(spec, input?.spatial ?? []);
  if (
    input === undefined ||
    sides.some(({ before, after }) => numberOf(before) === undefined || numberOf(after) === undefined)
  ) {
    const remark =
      'SAME with a stride pads by the size of the data, for which PyTorch has no word: pad before the layer.';
    return { arguments: [], remarks: [remark] };
  }
  const size = input.spatial.map(pythonNumber).join('x');
  const text = explicitPadding(
    spec,
    sides.map(({ before }) => before),
    sides.map(({ after }) => after),
  );
  return {
    ...text,
    remarks: [...text.remarks, `SAME with a stride pads by the size of the data; this is for ${size}.`],
  };
}

/** A number where both ends agree, otherwise a padding layer, whose sizes stand from the last axis to the first. */
function explicitPadding(
  spec: ConvSpec,
  before: readonly Quantity[],
  after: readonly Quantity[],
): PaddingText {
  const isEven = before.every((each, axis) => equal(each, after[axis] ?? exact(0)) === true);
  if (isEven) return { arguments: [keyword('padding', before, 0)], remarks: [] };
  const pairs = before.map((each, axis) => [each, after[axis] ?? exact(0)]).reverse();
  const sizes = `(${pairs.flat().map(pythonNumber).join(', ')})`;
  const remarks = spec.paddingMode === 'zeros' ? [] : ['The padding mode holds for the padding layer, too.'];
  return { arguments: [], before: `nn.ConstantPad${spec.rank}d(${sizes}, 0)`, remarks };
}

/** PyTorch crops as much at both ends and keeps `output_padding` more at the high one, less than stride or dilation. */
function transposedPadding(spec: ConvSpec): PaddingText {
  const { padding, rank } = spec;
  const sides = padding.kind === 'same' ? sameSides(spec, []) : undefined;
  const before = padding.kind === 'explicit' ? padding.before : sides?.map((side) => side.before);
  const after = padding.kind === 'explicit' ? padding.after : sides?.map((side) => side.after);
  if (before === undefined || after === undefined) {
    return {
      arguments: ['padding=...'],
      remarks: ['The crop follows from the output size that the call asks for.'],
    };
  }
  const kept = before.map((each, axis) => subtract(each, after[axis] ?? exact(0)));
  const isPossible = kept.every((each, axis) => {
    const isTooLarge =
      compare(each, spec.stride[axis] ?? exact(1)) !== -1 &&
      compare(each, spec.dilation[axis] ?? exact(1)) !== -1;
    return compare(each, exact(0)) !== -1 && !isTooLarge;
  });
  if (isPossible)
    return { arguments: [keyword('padding', before, 0), keyword('output_padding', kept, 0)], remarks: [] };
  const ends = before.map(
    (each, axis) => `${pythonNumber(each)} before and ${pythonNumber(after[axis] ?? exact(0))} after`,
  );
  const names = rank === 1 ? ends.join('') : ends.join(', ');
  return {
    arguments: [],
    remarks: [`PyTorch cannot crop the two ends differently: crop the output by ${names}.`],
  };
}
