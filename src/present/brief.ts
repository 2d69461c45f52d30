/** Layers in a few characters, for lists: `128→128 3×3 s2`, `96→96 7×7 depthwise`. Plain text, never markup. */
import { kindOf } from '../conv/kind';
import type { ConvLayer, ConvSpec } from '../conv/spec';
import { add, equal } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';
import { exact } from '../symbolic/quantity';
import { showFactor } from '../symbolic/show';
import { is, sizes } from './words';

/** Channels, kernel, and what differs from the defaults: stride, dilation, groups, being transposed or separable. */
export function briefLayer(layer: ConvLayer): string {
  const [first, second] = layer.stages;
  const { inChannels } = first;
  const { outChannels } = second ?? first;
  const parts = [
    `${showFactor(inChannels)}→${showFactor(outChannels)}`,
    sizes(first.kernelSize),
    ...unlessOne('s', first.stride),
    ...unlessOne('d', first.dilation),
    ...kindParts(layer),
  ];
  return parts.join(' ');
}

/**
 * The layers of one list in brief, in their order. Layers that would read alike also say what sets them apart, if it is
 * their padding or whether they have a bias.
 */
export function briefLayers(layers: readonly ConvLayer[]): string[] {
  const mark = (texts: readonly string[], wordOf: (layer: ConvLayer) => string): string[] => {
    const words = layers.map(wordOf);
    return texts.map((text, index) => {
      const alike = words.filter((_, other) => texts[other] === text);
      return new Set(alike).size > 1 ? `${text} ${words[index] ?? ''}` : text;
    });
  };
  return [paddingWord, biasWord].reduce(mark, layers.map(briefLayer));
}

/**
 * The padding of a convolution in a cell of a table: `1`, `0×1`, `0+1` where the ends of an axis differ, `same`; for a
 * transposed one what is cropped, `outputPadding` left out.
 */
export function paddingText({ padding, outputPadding, transposed }: ConvSpec): string {
  if (padding.kind === 'unknown') return '?';
  if (padding.kind === 'fromOutput') return padding.rule;
  if (padding.kind === 'same') return 'same';
  const axes = padding.before.map((before, axis) => {
    const end = padding.after[axis] ?? exact(0);
    const after = transposed ? add(end, outputPadding[axis] ?? exact(0)) : end;
    return equal(before, after) === true ? showFactor(before) : `${showFactor(before)}+${showFactor(after)}`;
  });
  return allAxes(axes);
}

/** One text for all axes when they agree: `2`, otherwise `1×2`. */
export function axesText(quantities: readonly Quantity[]): string {
  return allAxes(quantities.map(showFactor));
}

function allAxes(texts: readonly string[]): string {
  const [first = ''] = texts;
  return texts.every((text) => text === first) ? first : texts.join('×');
}

function unlessOne(letter: string, quantities: readonly Quantity[]): string[] {
  if (quantities.every((each) => is(each, 1))) return [];
  const isNumber = quantities.every(({ kind }) => kind !== 'formula');
  return [`${letter}${isNumber ? '' : '='}${axesText(quantities)}`];
}

function kindParts(layer: ConvLayer): string[] {
  const [{ groups, transposed }] = layer.stages;
  const { kind, grouping } = kindOf(layer);
  if (kind === 'separable') return ['separable'];
  const own = grouping === 'depthwise' ? ['depthwise'] : unlessOne('g', [groups]);
  return transposed ? [...own, 'transposed'] : own;
}

function paddingWord({ stages: [spec] }: ConvLayer): string {
  return `p${paddingText(spec)}`;
}

function biasWord({ stages: [first, second] }: ConvLayer): string {
  const { bias } = second ?? first;
  if (typeof bias !== 'boolean') return 'bias?';
  return bias ? 'bias' : 'no bias';
}
