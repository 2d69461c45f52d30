/** Padding, up-sampling, shuffling, folding and flattening. Source: PyTorch docs, torch.nn and torch.nn.functional. */
import { NONE, string, type Value } from '../../interp/values';
import { add, divideExactly, floorDivide, multiply, subtract } from '../../symbolic/arithmetic';
import { exact, numberOf, unknown, type Quantity } from '../../symbolic/quantity';
import type { Row } from '../library';
import { itemsOf, quantityFrom, repeat } from '../read';
import { reshape, type Shape } from '../shapes';
import { shapeOf } from '../tensor';
import {
  axisSetting,
  differ,
  integerSetting,
  layerRow,
  lawRow,
  sizesSetting,
  type Law,
  type Outcome,
  type Settings,
} from './layer';

const ONE = exact(1);
const TWO = exact(2);
const MODES = {
  Constant: 'constant',
  Zero: 'constant',
  Reflection: 'reflect',
  Replication: 'replicate',
  Circular: 'circular',
};

/** Rows of layers and functions. */
export function resizingRows(): Row[] {
  return [
    ...Object.entries(MODES).flatMap(([name, mode]) =>
      [1, 2, 3].map((rank) =>
        layerRow({
          name: `${name}Pad${rank}d`,
          signature: name === 'Constant' ? '(padding, value)' : '(padding)',
          law: (input, { value }) => padded(input, sidesOf(value('padding'), rank), mode),
        }),
      ),
    ),
    lawRow('torch.nn.functional.pad', "(input, pad, mode='constant', value=None)", (input, { value }) => {
      const mode = value('mode');
      return padded(
        input,
        itemsOf(value('pad'))?.map(quantityFrom),
        mode.kind === 'string' ? mode.value : '',
      );
    }),
    layerRow({
      name: 'Upsample',
      signature:
        "(size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None)",
      law: interpolate,
    }),
    ...['Nearest', 'Bilinear'].map((mode) =>
      layerRow({
        name: `Upsampling${mode}2d`,
        base: 'torch.nn.Upsample',
        signature: '(size=None, scale_factor=None)',
        attributes: () => [['mode', string(mode.toLowerCase())]],
      }),
    ),
    lawRow(
      'torch.nn.functional.interpolate',
      "(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)",
      interpolate,
    ),
    lawRow(
      'torch.nn.functional.upsample',
      "(input, size=None, scale_factor=None, mode='nearest', align_corners=None)",
      interpolate,
    ),
    ...['upsample_nearest', 'upsample_bilinear'].map((name) =>
      lawRow(`torch.nn.functional.${name}`, '(input, size=None, scale_factor=None)', interpolate),
    ),
    layerRow({ name: 'PixelShuffle', signature: '(upscale_factor)', law: pixelShuffle }),
    layerRow({ name: 'PixelUnshuffle', signature: '(downscale_factor)', law: pixelUnshuffle }),
    layerRow({ name: 'ChannelShuffle', signature: '(groups)', law: (input) => input }),
    layerRow({ name: 'Flatten', signature: '(start_dim=1, end_dim=-1)', law: flatten }),
    layerRow({ name: 'Unflatten', signature: '(dim, unflattened_size)', law: unflatten }),
    layerRow({
      name: 'Fold',
      signature: '(output_size, kernel_size, dilation=1, padding=0, stride=1)',
      law: fold,
    }),
    layerRow({ name: 'Unfold', signature: '(kernel_size, dilation=1, padding=0, stride=1)', law: unfold }),
    ...['torch', 'torch.nn.functional'].flatMap((module) => [
      lawRow(`${module}.pixel_shuffle`, '(input, upscale_factor)', pixelShuffle),
      lawRow(`${module}.pixel_unshuffle`, '(input, downscale_factor)', pixelUnshuffle),
      lawRow(`${module}.channel_shuffle`, '(input, groups)', (input) => input),
    ]),
    lawRow(
      'torch.nn.functional.fold',
      '(input, output_size, kernel_size, dilation=1, padding=0, stride=1)',
      fold,
    ),
    lawRow('torch.nn.functional.unfold', '(input, kernel_size, dilation=1, padding=0, stride=1)', unfold),
    lawRow(
      'torch.nn.functional.grid_sample',
      "(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)",
      gridSample,
    ),
    lawRow('torch.nn.functional.affine_grid', '(theta, size, align_corners=None)', affineGrid, 'theta'),
    lawRow('torch.nn.functional.one_hot', '(tensor, num_classes=-1)', oneHot, 'tensor'),
  ];
}

/** Both sides of each axis, the last axis first: one number for all, or one each. */
function sidesOf(value: Value, rank: number): readonly Quantity[] | undefined {
  const items = itemsOf(value);
  if (items === undefined) return repeat(quantityFrom(value), 2 * rank);
  return items.length === 2 * rank ? items.map(quantityFrom) : undefined;
}

/** Padding of the last axes, the very last first; other modes than constants leave batch and channels alone. */
function padded(input: Shape, sides: readonly Quantity[] | undefined, mode: string): Outcome {
  if (sides === undefined || sides.length % 2 !== 0 || mode === '') return undefined;
  const axes = sides.length / 2;
  if (axes > input.length)
    return {
      refused: 'RuntimeError: Padding length should be less than or equal to two times the input dimension',
    };
  const isWhole = mode === 'constant' || input.length === axes + 1 || input.length === axes + 2;
  if (!isWhole)
    return {
      refused: `NotImplementedError: Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now`,
    };
  const sizes = input.map((size, axis) => {
    const side = 2 * (input.length - 1 - axis);
    const [before, after] = [sides[side], sides[side + 1]];
    return before === undefined || after === undefined ? size : add(size, before, after);
  });
  return (
    sideRefusal(input, sides, mode) ?? (sizes.some((size) => (numberOf(size) ?? 0) < 0) ? undefined : sizes)
  );
}

function sideRefusal(input: Shape, sides: readonly Quantity[], mode: string): Outcome {
  const most = { reflect: -1, circular: 0 }[mode];
  if (most === undefined) return undefined;
  const isWide = sides.some((side, index) => {
    const size = numberOf(input[input.length - 1 - Math.floor(index / 2)] ?? ONE);
    const width = numberOf(side);
    return size !== undefined && width !== undefined && width > size + most;
  });
  if (!isWide) return undefined;
  const message =
    most === 0
      ? 'Padding value causes wrapping around more than once.'
      : 'Padding size should be less than the corresponding input dimension';
  return { refused: `RuntimeError: ${message}` };
}

/** The spatial axes get the size asked for, or their own times a factor, rounded down. */
function interpolate(input: Shape, settings: Settings): Outcome {
  const rank = input.length - 2;
  if (rank < 1 || rank > 3) return undefined;
  const [size, factor] = [settings.value('size'), settings.value('scale_factor')];
  if (size.kind !== 'none' && factor.kind !== 'none' && size.kind !== 'unknown' && factor.kind !== 'unknown')
    return { refused: 'ValueError: only one of size or scale_factor should be defined' };
  const spatial = input.slice(2);
  if (size.kind !== 'none') {
    const sizes = factor.kind === 'none' ? oneEach(size, rank)?.map(quantityFrom) : undefined;
    return sizes && [...input.slice(0, 2), ...sizes];
  }
  const factors = oneEach(factor, rank);
  return (
    factors && [...input.slice(0, 2), ...spatial.map((length, axis) => scaled(length, factors[axis] ?? NONE))]
  );
}

function oneEach(value: Value, rank: number): readonly Value[] | undefined {
  const items = itemsOf(value);
  if (items === undefined) return Array<Value>(rank).fill(value);
  return items.length === rank ? items : undefined;
}

/** ⌊length·factor⌋; of formulas only for whole factors and for halves, quarters and the like. */
function scaled(length: Quantity, factor: Value): Quantity {
  if (factor.kind === 'unknown') return unknown(factor.reason);
  if (factor.kind !== 'int' && factor.kind !== 'float')
    return factor.kind === 'formula'
      ? unknown({ code: 'unmodelled', subject: 'a scale factor that is a formula' })
      : unknown({ code: 'wrong-type', subject: 'scale_factor' });
  const by = factor.value;
  const number = numberOf(length);
  if (number !== undefined) return exact(Math.floor(number * by));
  if (Number.isInteger(by)) return multiply(length, exact(by));
  const parts = 1 / by;
  return Number.isInteger(Math.log2(parts)) && parts > 1
    ? floorDivide(length, exact(parts))
    : unknown({ code: 'unmodelled', subject: 'this scale factor of a formula' });
}

/** (…, C·r², H, W) becomes (…, C, H·r, W·r). */
function pixelShuffle(input: Shape, settings: Settings): Outcome {
  const by = integerSetting(settings, 'upscale_factor');
  const [channels, height, width] = input.slice(-3);
  if (channels === undefined || height === undefined || width === undefined || input.length < 3)
    return undefined;
  const [count, factor] = [numberOf(channels), numberOf(by)];
  if (count !== undefined && factor !== undefined && (factor < 1 || count % (factor * factor) !== 0))
    return {
      refused: `RuntimeError: pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${count} is not divisible by ${factor * factor}`,
    };
  return [
    ...input.slice(0, -3),
    divideExactly(channels, multiply(by, by)),
    multiply(height, by),
    multiply(width, by),
  ];
}

/** (…, C, H·r, W·r) becomes (…, C·r², H, W). */
function pixelUnshuffle(input: Shape, settings: Settings): Outcome {
  const by = integerSetting(settings, 'downscale_factor');
  const [channels, height, width] = input.slice(-3);
  if (channels === undefined || height === undefined || width === undefined || input.length < 3)
    return undefined;
  const factor = numberOf(by);
  const isUneven = [height, width].some((size) => {
    const number = numberOf(size);
    return number !== undefined && factor !== undefined && (factor < 1 || number % factor !== 0);
  });
  if (isUneven)
    return {
      refused: 'RuntimeError: pixel_unshuffle expects height and width to be divisible by downscale_factor',
    };
  return [
    ...input.slice(0, -3),
    multiply(channels, by, by),
    divideExactly(height, by),
    divideExactly(width, by),
  ];
}

function flatten(input: Shape, settings: Settings): Outcome {
  const rank = Math.max(1, input.length);
  const [start, end] = [axisSetting(settings, 'start_dim', rank), axisSetting(settings, 'end_dim', rank)];
  if (start === undefined || end === undefined || end < start) return undefined;
  return [...input.slice(0, start), multiply(...input.slice(start, end + 1)), ...input.slice(end + 1)];
}

/** One axis cut into several, one size of which may be -1. */
function unflatten(input: Shape, settings: Settings): Outcome {
  const axis = axisSetting(settings, 'dim', input.length);
  const sizes = itemsOf(settings.value('unflattened_size'))?.map(quantityFrom);
  const whole = axis === undefined ? undefined : input[axis];
  const parts = whole && sizes && reshape([whole], sizes);
  if (axis === undefined || whole === undefined || parts === undefined) return undefined;
  if (differ(multiply(...parts), whole))
    return {
      refused: "RuntimeError: unflatten: Provided sizes don't multiply up to the size of the dimension",
    };
  return [...input.slice(0, axis), ...parts, ...input.slice(axis + 1)];
}

/** Blocks of (N, C·Πkernel, L) put together to (N, C, *output_size). */
function fold(input: Shape, settings: Settings): Outcome {
  const [kernel, output] = ['kernel_size', 'output_size'].map((name) =>
    sizesSetting(settings.value(name), 2),
  );
  const channels = input.at(-2);
  if (!kernel || !output || channels === undefined || input.length < 2 || input.length > 3) return undefined;
  const counts = blockCounts(output, settings, kernel);
  if (counts === undefined) return undefined;
  if (differ(multiply(...counts), input.at(-1)))
    return { refused: 'RuntimeError: fold: the number of blocks does not fit output_size' };
  return [...input.slice(0, -2), divideExactly(channels, multiply(...kernel)), ...output];
}

/** (N, C, H, W) cut into blocks: (N, C·Πkernel, L). */
function unfold(input: Shape, settings: Settings): Outcome {
  const kernel = sizesSetting(settings.value('kernel_size'), 2);
  const channels = input.at(-3);
  if (!kernel || channels === undefined || input.length < 3 || input.length > 4) return undefined;
  const counts = blockCounts(input.slice(-2), settings, kernel);
  if (counts === undefined) return undefined;
  if (counts.some((count) => (numberOf(count) ?? 1) < 1))
    return { refused: 'RuntimeError: unfold: the shape of the array of sliding blocks must be positive' };
  return [...input.slice(0, -3), multiply(channels, ...kernel), multiply(...counts)];
}

function blockCounts(
  sizes: Shape,
  { value }: Settings,
  kernel: readonly Quantity[],
): readonly Quantity[] | undefined {
  const [dilation, padding, stride] = ['dilation', 'padding', 'stride'].map((name) =>
    sizesSetting(value(name), 2),
  );
  if (!dilation || !padding || !stride) return undefined;
  return sizes.map((size, axis) => {
    const reach = add(multiply(dilation[axis] ?? ONE, subtract(kernel[axis] ?? ONE, ONE)), ONE);
    const whole = add(size, multiply(TWO, padding[axis] ?? ONE));
    return add(floorDivide(subtract(whole, reach), stride[axis] ?? ONE), ONE);
  });
}

/** The grid's axes between the batch and the coordinates become the spatial ones. */
const gridSample: Law = (input, { value }) => {
  const grid = shapeOf(value('grid'));
  if (grid === undefined || grid.length !== input.length || input.length < 4) return undefined;
  return [...input.slice(0, 2), ...grid.slice(1, -1)];
};

/** (N, 2, 3) and a size (N, C, H, W) give (N, H, W, 2); likewise with one axis more. */
const affineGrid: Law = (_, { value }) => {
  const size = itemsOf(value('size'))?.map(quantityFrom);
  const [batch, , ...spatial] = size ?? [];
  if (batch === undefined || spatial.length < 2 || spatial.length > 3) return undefined;
  return [batch, ...spatial, exact(spatial.length)];
};

/** One axis more, of the number of classes, which must be given. */
const oneHot: Law = (input, settings) => {
  const classes = integerSetting(settings, 'num_classes');
  const number = numberOf(classes);
  const isFromData = number !== undefined && number < 0;
  const last = isFromData
    ? unknown({ code: 'unmodelled', subject: 'the largest class of the data' })
    : classes;
  return [...input, last];
};
