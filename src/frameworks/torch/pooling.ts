/** Pooling layers and functions with PyTorch's exact sizes. Source: PyTorch docs; aten/src/ATen/native/Pool.h. */
import type { Value } from '../../interp/values';
import { add, floorDivide, multiply, subtract } from '../../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../../symbolic/quantity';
import { show } from '../../symbolic/show';
import type { Row } from '../library';
import { itemsOf, quantityFrom } from '../read';
import type { Shape } from '../shapes';
import {
  flag,
  integerSetting,
  layerRow,
  lawRow,
  sizesSetting,
  withIndices,
  type Law,
  type Outcome,
  type Settings,
} from './layer';

const ONE = exact(1);
const ZERO = exact(0);

const MAX_TAIL = 'stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)';
const MAX_FUNCTION = 'stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)';
const AVERAGE_TAIL = 'stride=None, padding=0, ceil_mode=False, count_include_pad=True';

/** Rows of layers and functions. */
export function poolingRows(): Row[] {
  return ([1, 2, 3] as const).flatMap((rank) => {
    const average = `${AVERAGE_TAIL}${rank === 1 ? '' : ', divisor_override=None'})`;
    const both = (name: string, functionName: string, tail: string, law: Law, functionTail = tail): Row[] => [
      layerRow({ name, signature: `(${tail}`, law }),
      ...functionRows(functionName, `(input, ${functionTail}`, law),
    ];
    return [
      ...both(
        `MaxPool${rank}d`,
        `max_pool${rank}d`,
        `kernel_size, ${MAX_TAIL}`,
        maxPool(rank),
        `kernel_size, ${MAX_FUNCTION}`,
      ),
      ...both(`AvgPool${rank}d`, `avg_pool${rank}d`, `kernel_size, ${average}`, averagePool(rank)),
      ...both(
        `LPPool${rank}d`,
        `lp_pool${rank}d`,
        'norm_type, kernel_size, stride=None, ceil_mode=False)',
        powerPool(rank),
      ),
      ...both(`AdaptiveAvgPool${rank}d`, `adaptive_avg_pool${rank}d`, 'output_size)', adaptive(rank)),
      ...both(
        `AdaptiveMaxPool${rank}d`,
        `adaptive_max_pool${rank}d`,
        'output_size, return_indices=False)',
        indexed(adaptive(rank)),
      ),
      layerRow({
        name: `MaxUnpool${rank}d`,
        signature: '(kernel_size, stride=None, padding=0)',
        forward: '(self, input, indices, output_size=None)',
        law: unpool(rank),
      }),
      lawRow(
        `torch.nn.functional.max_unpool${rank}d`,
        '(input, indices, kernel_size, stride=None, padding=0, output_size=None)',
        unpool(rank),
      ),
      ...(rank === 1
        ? []
        : both(
            `FractionalMaxPool${rank}d`,
            `fractional_max_pool${rank}d`,
            'kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)',
            indexed(fractional(rank)),
          )),
    ];
  });
}

/** Pooling is also reached as `torch.max_pool2d` and its like. */
function functionRows(name: string, signature: string, law: Law): Row[] {
  const isAlsoInTorch = /^(max_pool|avg_pool1|adaptive_(avg|max)_pool1)/.test(name);
  return [
    lawRow(`torch.nn.functional.${name}`, signature, law),
    ...(isAlsoInTorch ? [lawRow(`torch.${name}`, signature, law)] : []),
  ];
}

/** One axis of a pooling window. */
interface Window {
  readonly kernel: Quantity;
  readonly stride: Quantity;
  readonly padding: Quantity;
  readonly dilation: Quantity;
}

function maxPool(rank: number): Law {
  return indexed((input, settings) => {
    const windows = windowsOf(settings, rank, true);
    return windows && pooled(input, rank, windows, settings, effectiveHalf);
  });
}

function averagePool(rank: number): Law {
  return (input, settings) => {
    const windows = windowsOf(settings, rank, false);
    return windows && pooled(input, rank, windows, settings, half);
  };
}

/** Power-average pooling pads nothing. */
function powerPool(rank: number): Law {
  return (input, settings) => {
    const windows = windowsOf({ ...settings, value: unpadded(settings) }, rank, false);
    return windows && pooled(input, rank, windows, settings, half);
  };
}

function unpadded(settings: Settings): Settings['value'] {
  return (name) => (name === 'padding' ? { kind: 'int', value: 0 } : settings.value(name));
}

/** The law with indices beside its output where the layer is asked for them. */
function indexed(law: Law): Law {
  return (input, settings) => {
    const shape = law(input, settings);
    return Array.isArray(shape) ? withIndices(shape as Shape, settings) : shape;
  };
}

function windowsOf(settings: Settings, rank: number, isDilated: boolean): readonly Window[] | undefined {
  const { value } = settings;
  const kernel = sizesSetting(value('kernel_size'), rank);
  const stride = isUnset(value('stride')) ? kernel : sizesSetting(value('stride'), rank);
  const padding = sizesSetting(value('padding'), rank);
  const dilation = isDilated ? sizesSetting(value('dilation'), rank) : kernel?.map(() => ONE);
  if (!kernel || !stride || !padding || !dilation) return undefined;
  return kernel.map((size, axis) => ({
    kernel: size,
    stride: stride[axis] ?? ONE,
    padding: padding[axis] ?? ZERO,
    dilation: dilation[axis] ?? ONE,
  }));
}

/** No stride given, or an empty one, stands for the kernel's size. */
function isUnset(value: Value): boolean {
  return value.kind === 'none' || itemsOf(value)?.length === 0;
}

function pooled(
  input: Shape,
  rank: number,
  windows: readonly Window[],
  settings: Settings,
  mostPadding: (window: Window) => number | undefined,
): Outcome {
  if (input.length !== rank + 1 && input.length !== rank + 2) return wrongRank(input, rank);
  const isCeil = flag(settings, 'ceil_mode');
  if (typeof isCeil !== 'boolean')
    return input.map((size, axis) => (axis < input.length - rank ? size : unknown(isCeil)));
  const refusal = windows.map((window) => windowRefusal(window, mostPadding)).find(Boolean);
  if (refusal !== undefined) return { refused: refusal };
  const spatial = input.slice(-rank);
  const sizes = spatial.map((size, axis) => {
    const window = windows[axis];
    return window === undefined ? size : pooledLength(size, window, isCeil);
  });
  if (sizes.some((size) => (numberOf(size) ?? 1) < 1)) return tooSmall(input, sizes, rank);
  return [...input.slice(0, -rank), ...sizes];
}

/**
 * Output length of one axis: ⌊(input + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1; with `ceil_mode` the
 * quotient is rounded up, and a last window that would start beyond the input and its left padding is left out.
 * Source: aten/src/ATen/native/Pool.h, `pooling_output_shape_pad_lr`.
 */
export function pooledLength(input: Quantity, window: Window, isCeil: boolean): Quantity {
  const { kernel, stride, padding, dilation } = window;
  const reach = subtract(
    add(input, multiply(exact(2), padding)),
    add(multiply(dilation, subtract(kernel, ONE)), ONE),
  );
  if (!isCeil) return add(floorDivide(reach, stride), ONE);
  const length = add(floorDivide(add(reach, stride, exact(-1)), stride), ONE);
  const [count, step, size, before] = [length, stride, input, padding].map(numberOf);
  if (count === undefined || step === undefined || size === undefined || before === undefined)
    return length.kind === 'unknown'
      ? length
      : unknown({ code: 'unmodelled', subject: 'ceil_mode with sizes that are formulas' });
  return exact((count - 1) * step >= size + before ? count - 1 : count);
}

function windowRefusal(
  window: Window,
  mostPadding: (window: Window) => number | undefined,
): string | undefined {
  const [kernel, stride, padding, dilation] = [
    window.kernel,
    window.stride,
    window.padding,
    window.dilation,
  ].map(numberOf);
  if (stride === 0) return 'RuntimeError: stride should not be zero';
  if ([kernel, stride, dilation].some((size) => size !== undefined && size < 1))
    return 'RuntimeError: kernel size, stride and dilation should be greater than zero';
  if (padding !== undefined && padding < 0)
    return `RuntimeError: pad must be non-negative, but got pad: ${padding}`;
  const most = mostPadding(window);
  if (padding === undefined || most === undefined || padding <= most) return undefined;
  const given = `but got pad=${padding}, kernel_size=${kernel} and dilation=${dilation}`;
  return `RuntimeError: pad should be at most half of effective kernel size, ${given}`;
}

function half({ kernel }: Window): number | undefined {
  const size = numberOf(kernel);
  return size === undefined ? undefined : Math.floor(size / 2);
}

function effectiveHalf({ kernel, dilation }: Window): number | undefined {
  const [size, step] = [numberOf(kernel), numberOf(dilation)];
  return size === undefined || step === undefined ? undefined : Math.floor(((size - 1) * step + 1) / 2);
}

function wrongRank(input: Shape, rank: number): Outcome {
  return { refused: `RuntimeError: Expected ${rank + 1}D or ${rank + 2}D input, but got ${input.length}D` };
}

function tooSmall(input: Shape, sizes: Shape, rank: number): Outcome {
  const text = (shape: Shape) => `(${shape.map((size) => show(size)).join('x')})`;
  const channels = input.slice(-rank - 1, -rank);
  const calculated = `Calculated output size: ${text([...channels, ...sizes])}`;
  return {
    refused: `RuntimeError: Given input size: ${text(input.slice(-rank - 1))}. ${calculated}. Output size is too small`,
  };
}

/** The sizes that are asked for; `None` keeps an axis as it is. */
function adaptive(rank: number): Law {
  return (input, { value }) => {
    if (input.length !== rank + 1 && input.length !== rank + 2) return wrongRank(input, rank);
    const wanted = value('output_size');
    const items = itemsOf(wanted) ?? Array<Value>(rank).fill(wanted);
    if (items.length !== rank || wanted.kind === 'none') return undefined;
    const sizes = items.map((item, axis) =>
      item.kind === 'none' ? (input[input.length - rank + axis] ?? ONE) : quantityFrom(item),
    );
    return [...input.slice(0, -rank), ...sizes];
  };
}

/** The size that is asked for, or a share of the input's. */
function fractional(rank: number): Law {
  return (input, { value }) => {
    const spatial = input.slice(-rank);
    const size = value('output_size');
    const sizes = size.kind === 'none' ? shares(spatial, value('output_ratio')) : sizesSetting(size, rank);
    return sizes && [...input.slice(0, -rank), ...sizes];
  };
}

function shares(spatial: Shape, ratio: Value): readonly Quantity[] | undefined {
  const ratios = itemsOf(ratio) ?? spatial.map(() => ratio);
  if (ratios.length !== spatial.length) return undefined;
  return spatial.map((size, axis) => {
    const [length, share] = [numberOf(size), ratios[axis]];
    return length === undefined || share?.kind !== 'float'
      ? unknown({ code: 'unmodelled', subject: 'output_ratio' })
      : exact(Math.trunc(length * share.value));
  });
}

/** (input − 1)·stride + kernel − 2·padding, or the size that is asked for. */
function unpool(rank: number): Law {
  return (input, settings) => {
    const wanted = settings.value('output_size');
    if (wanted.kind !== 'none') {
      const sizes = itemsOf(wanted)?.slice(-rank).map(quantityFrom);
      return sizes?.length === rank ? [...input.slice(0, -rank), ...sizes] : undefined;
    }
    const windows = windowsOf(settings, rank, false);
    if (windows === undefined) return undefined;
    const sizes = windows.map(({ kernel, stride, padding }, axis) => {
      const size = input[input.length - rank + axis] ?? integerSetting(settings, 'kernel_size');
      const covered = add(multiply(subtract(size, ONE), stride), kernel);
      return subtract(covered, multiply(exact(2), padding));
    });
    return [...input.slice(0, -rank), ...sizes];
  };
}
