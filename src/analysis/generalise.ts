/** What holds for every evaluation of a call: equal parts stay, parts that differ become unknown and say how. */
import type { ConvLayer, ConvSpec, Padding, PaddingMode } from '../conv/spec';
import { knownKey } from '../symbolic/polynomial';
import { unknown, type Quantity, type Unknown } from '../symbolic/quantity';
import type { Place } from '../symbolic/place';
import type { Reason } from '../symbolic/reason';
import { show } from '../symbolic/show';

/** The layer that all of these are; parts in which they differ are unknown as varying. */
export function generalise(
  layers: readonly [ConvLayer, ...ConvLayer[]],
  keyOf: LayerKeys = layerKey,
): ConvLayer {
  const [first, ...others] = layers;
  if (others.length === 0) return first;
  const keys = new Set([keyOf(first)]);
  const distinct = others.filter((layer) => {
    const key = keyOf(layer);
    return !keys.has(key) && keys.add(key);
  });
  return distinct.reduce((general, layer) => {
    if (!isOneSort(general, layer)) return { stages: [blurred(general.stages[0])] };
    const [first, second] = general.stages;
    const [otherFirst, otherSecond] = layer.stages;
    const stage = generaliseStage(first, otherFirst);
    return second && otherSecond
      ? { stages: [stage, generaliseStage(second, otherSecond)] }
      : { stages: [stage] };
  }, first);
}

/** Whether every number that `general` states is that of `layer`. */
export function agrees(general: ConvLayer, layer: ConvLayer): boolean {
  if (!isOneSort(general, layer)) return false;
  return general.stages.every((stage, index) => {
    const others = quantitiesOf(layer.stages[index]);
    return quantitiesOf(stage).every((quantity, part) => {
      const other = others[part];
      return quantity.kind !== 'exact' || other?.kind !== 'exact' || quantity.value === other.value;
    });
  });
}

function quantitiesOf(spec: ConvSpec | undefined): Quantity[] {
  if (spec === undefined) return [];
  const { padding } = spec;
  const sides = padding.kind === 'explicit' ? [...padding.before, ...padding.after] : [];
  const lists = [spec.kernelSize, spec.stride, spec.dilation, spec.outputPadding, sides];
  return [spec.inChannels, spec.outChannels, spec.groups, ...lists.flat()];
}

/** Whether the weights of both have the same axes in the same order. */
function isOneSort(a: ConvLayer, b: ConvLayer): boolean {
  const sort = ({ stages }: ConvLayer) =>
    stages.map(({ rank, transposed, weightLayout }) => `${rank} ${transposed} ${weightLayout}`).join();
  return sort(a) === sort(b);
}

/** A layer of which nothing is certain, as the call makes layers of several sorts. */
function blurred(spec: ConvSpec): ConvSpec {
  const open = unknown(differs('layers of several sorts'));
  const axes = spec.kernelSize.map(() => open);
  return {
    ...spec,
    inChannels: open,
    outChannels: open,
    kernelSize: axes,
    stride: axes,
    padding: open,
    paddingWord: undefined,
    paddingMode: open,
    dilation: axes,
    groups: open,
    outputPadding: axes,
    depthMultiplier: undefined,
    bias: open,
  };
}

/** See `layerKey`. */
export type LayerKeys = (layer: ConvLayer) => string;

/** Keys that are made once for each layer object. */
export function rememberKeys(): LayerKeys {
  const known = new Map<ConvLayer, string>();
  return (layer) => {
    const key = known.get(layer) ?? layerKey(layer);
    known.set(layer, key);
    return key;
  };
}

/** Text that is the same exactly for layers that are the same, places of unknowns apart. */
export function layerKey({ stages }: ConvLayer): string {
  return stages.map(stageKey).join(' + ');
}

function stageKey(spec: ConvSpec): string {
  const { rank, transposed, padding, paddingWord, dataLayout, weightLayout, weightName } = spec;
  const sides =
    padding.kind === 'explicit'
      ? [...padding.before, ...padding.after].map(quantityKey).join()
      : padding.kind === 'fromOutput'
        ? `${padding.rule} ${padding.output.map(quantityKey).join()}`
        : padding.kind === 'unknown'
          ? quantityKey(padding)
          : padding.kind;
  const axes = [spec.kernelSize, spec.stride, spec.dilation, spec.outputPadding].map((each) =>
    each.map(quantityKey).join(),
  );
  const sizes = [spec.inChannels, spec.outChannels, spec.groups].map(quantityKey);
  const factor = spec.depthMultiplier && quantityKey(spec.depthMultiplier);
  const words = [wordKey(spec.paddingMode), wordKey(spec.bias), dataLayout, weightLayout, weightName];
  return [rank, transposed, sides, paddingWord, ...axes, ...sizes, factor, ...words].join(';');
}

function quantityKey(quantity: Quantity): string {
  switch (quantity.kind) {
    case 'exact':
      return String(quantity.value);
    case 'formula':
      return knownKey(quantity);
    case 'unknown':
      return `?${quantity.reason.code}:${quantity.reason.subject}`;
  }
}

function wordKey(word: string | boolean | Unknown): string {
  return typeof word === 'object' ? quantityKey(word) : String(word);
}

/** The layer with its numbers held to one that was built: where that differs or is unknown, so is the whole. */
export function holdTo(general: ConvLayer, built: ConvLayer): ConvLayer {
  const [first, second] = general.stages;
  const [builtFirst, builtSecond] = built.stages;
  const stage = generaliseStage(first, builtFirst, agreeWhereExact);
  return second && builtSecond
    ? { stages: [stage, generaliseStage(second, builtSecond, agreeWhereExact)] }
    : { stages: [stage] };
}

/** The layer with none of its sizes: they may be others where the analysis did not come. */
export function forgetful(layer: ConvLayer, place: Place): ConvLayer {
  const [first, second] = layer.stages;
  const forget = () => unknown({ code: 'budget', subject: 'later evaluations of this call', place });
  const stage = generaliseStage(first, first, forget);
  return second ? { stages: [stage, generaliseStage(second, second, forget)] } : { stages: [stage] };
}

/** Formulas hold for whatever their symbols stand for; numbers must be those that were built. */
function agreeWhereExact(general: Quantity, built: Quantity): Quantity {
  return general.kind === 'exact' && built.kind !== 'formula' ? agree(general, built) : general;
}

function generaliseStage(a: ConvSpec, b: ConvSpec, agreeing = agree): ConvSpec {
  const each = (x: readonly Quantity[], y: readonly Quantity[]) =>
    x.map((size, axis) => agreeing(size, y[axis] ?? size));
  return {
    ...a,
    inChannels: agreeing(a.inChannels, b.inChannels),
    outChannels: agreeing(a.outChannels, b.outChannels),
    kernelSize: each(a.kernelSize, b.kernelSize),
    stride: each(a.stride, b.stride),
    dilation: each(a.dilation, b.dilation),
    groups: agreeing(a.groups, b.groups),
    outputPadding: each(a.outputPadding, b.outputPadding),
    padding: agreePadding(a.padding, b.padding, agreeing),
    paddingWord: a.paddingWord === b.paddingWord ? a.paddingWord : undefined,
    paddingMode: agreeWord<PaddingMode>(a.paddingMode, b.paddingMode),
    bias: agreeWord<boolean>(a.bias, b.bias),
    depthMultiplier: a.depthMultiplier && b.depthMultiplier && agreeing(a.depthMultiplier, b.depthMultiplier),
  };
}

function agree(a: Quantity, b: Quantity): Quantity {
  if (a.kind === 'unknown')
    return a.reason.code === 'varies' && b.kind !== 'unknown' ? varies(a, show(b)) : a;
  if (b.kind === 'unknown') return b;
  return knownKey(a) === knownKey(b) ? a : varies(unknown({ code: 'varies', subject: show(a) }), show(b));
}

function varies(before: Unknown, text: string): Unknown {
  const texts = before.reason.subject.split(', ');
  const subject =
    texts.includes(text) || texts.length > 8 ? before.reason.subject : [...texts, text].join(', ');
  return unknown({ code: 'varies', subject });
}

function agreePadding(a: Padding, b: Padding, agreeing: typeof agree): Padding {
  if (a.kind === 'unknown') return a;
  if (b.kind === 'unknown') return b;
  if (a.kind === 'explicit' && b.kind === 'explicit') {
    return {
      kind: 'explicit',
      before: a.before.map((size, axis) => agreeing(size, b.before[axis] ?? size)),
      after: a.after.map((size, axis) => agreeing(size, b.after[axis] ?? size)),
    };
  }
  const isSame = JSON.stringify(a) === JSON.stringify(b);
  return isSame ? a : unknown(differs('padding'));
}

function agreeWord<T>(a: T | Unknown, b: T | Unknown): T | Unknown {
  if (isUnknown(a) || a === b) return a;
  return isUnknown(b) ? b : unknown(differs(`${String(a)}, ${String(b)}`));
}

function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null;
}

function differs(subject: string): Reason {
  return { code: 'varies', subject };
}
