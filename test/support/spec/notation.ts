/** A layer in the short notation of the specifications, such as `depthwise ×3, 3→9 k3×3 p1 g3`. */
import { kindOf } from '../../../src/conv/kind';
import type { ConvLayer, ConvSpec, DataLayout, DataShape } from '../../../src/conv/spec';
import { add, equal } from '../../../src/symbolic/arithmetic';
import type { Quantity } from '../../../src/symbolic/quantity';
import { exact, numberOf } from '../../../src/symbolic/quantity';
import { show, showFactor } from '../../../src/symbolic/show';

/**
 * Kind, channels and kernel, then what differs from the defaults: stride, padding, output padding, dilation, groups,
 * padding mode, and the bias where a layer has none or a function call has one. Equal sizes of all axes stand once,
 * except for the kernel.
 */
export function summaryOf(layer: ConvLayer, role: 'layer' | 'function'): string {
  const [first, second] = layer.stages;
  const last = second ?? first;
  const parts = [
    `${kindText(layer)},`,
    `${channels(first.inChannels)}→${channels(last.outChannels)}`,
    `k${first.kernelSize.map(showFactor).join('×')}`,
    ...unlessAll(first.stride, 1, 's'),
    ...paddingText(first),
    ...unlessAll(first.outputPadding, 0, 'op'),
    ...unlessAll(first.dilation, 1, 'd'),
    ...(second === undefined ? unlessAll([first.groups], 1, 'g') : []),
    ...modeText(first),
    ...biasText(last, role),
  ];
  return parts.join(' ');
}

/** Shape of data in the order of its own layout, such as `[1, 8, 8, 3]` for channels last. */
export function shapeText(shape: DataShape, layout: DataLayout): string {
  const batch = shape.batch === undefined ? [] : [shape.batch];
  const sizes =
    layout === 'channelsFirst'
      ? [...batch, shape.channels, ...shape.spatial]
      : [...batch, ...shape.spatial, shape.channels];
  return sizesText(sizes);
}

/** `[9, 1, 3, 3]`; numbers stand without commas between thousands, which would look like further sizes. */
export function sizesText(sizes: readonly Quantity[]): string {
  return `[${sizes.map((size) => numberOf(size)?.toString() ?? show(size)).join(', ')}]`;
}

function kindText(layer: ConvLayer): string {
  const { kind, grouping, multiplier } = kindOf(layer);
  const times = multiplier === undefined ? '' : ` ×${show(multiplier)}`;
  if (kind !== 'transposed') return kind + times;
  return grouping === 'standard' ? kind : `${kind} ${grouping}${times}`;
}

function channels(quantity: Quantity): string {
  return showFactor(quantity);
}

function unlessAll(sizes: readonly Quantity[], usual: number, letter: string): string[] {
  const isUsual = sizes.every((size) => equal(size, exact(usual)) === true);
  return isUsual ? [] : [letter + collapsed(sizes.map(showFactor))];
}

function collapsed(texts: readonly string[]): string {
  const [first = ''] = texts;
  return texts.every((text) => text === first) ? first : texts.join('×');
}

function paddingText(spec: ConvSpec): string[] {
  const { padding } = spec;
  if (padding.kind === 'unknown') return ['p?'];
  const word = spec.paddingWord?.toLowerCase() ?? '';
  if (word === 'valid') return [];
  if (word !== '') return [word];
  if (padding.kind !== 'explicit') return [padding.kind];
  const after = padding.after.map((size, axis) => add(size, spec.outputPadding[axis] ?? exact(0)));
  const pairs = padding.before.map((size, axis) => [showFactor(size), showFactor(after[axis] ?? exact(0))]);
  if (pairs.every(([low, high]) => low === '0' && high === '0')) return [];
  const isEven = pairs.every(([low, high]) => low === high);
  return ['p' + (isEven ? collapsed(pairs.map(([low = '']) => low)) : asymmetric(pairs))];
}

function asymmetric(pairs: readonly (readonly string[])[]): string {
  return pairs.map((pair) => `(${pair.join(',')})`).join('×');
}

function modeText(spec: ConvSpec): string[] {
  if (typeof spec.paddingMode !== 'string') return ['mode?'];
  return spec.paddingMode === 'zeros' ? [] : [spec.paddingMode];
}

function biasText(spec: ConvSpec, role: 'layer' | 'function'): string[] {
  if (typeof spec.bias !== 'boolean') return ['bias?'];
  if (role === 'layer') return spec.bias ? [] : ['no bias'];
  return spec.bias ? ['bias'] : [];
}
