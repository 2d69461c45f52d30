/** Which input element each tap of the kernel meets at each output position, axis by axis, and the way back. */
import type { AxisGeometry, Geometry } from './geometry';
import { outputPositions } from './geometry';
import type { PaddingMode } from './spec';

/** The part of a geometry that decides how an axis is walked. */
export type TapRules = Pick<Geometry, 'transposed' | 'paddingMode'>;

/** One product along one axis, seen from the output. */
export interface Tap {
  /** Index in the kernel. */
  readonly tap: number;
  /** Position in the input; outside [0, input) when it is padding. */
  readonly input: number;
  readonly isPadding: boolean;
  /** The input element whose value is read, also by padding that copies; absent for a zero. */
  readonly source?: number;
}

/** One product along one axis, seen from the input. */
export interface Use {
  readonly tap: number;
  readonly output: number;
  /** Whether the output reads a copy of the element that stands in the padding. */
  readonly isPadding: boolean;
}

/** One product of a filter and one input channel, with an index for each axis. */
export interface CellTap {
  readonly tap: readonly number[];
  readonly input: readonly number[];
  readonly isPadding: boolean;
  readonly source?: readonly number[];
}

const FORWARD: TapRules = { transposed: false, paddingMode: 'zeros' };

/**
 * The taps that make output `output` along one axis, in kernel order. A transposed convolution lists those whose
 * input exists: tap t carries input i to i·stride + t·dilation - before.
 */
export function tapsOfOutput(axis: AxisGeometry, output: number, rules: TapRules = FORWARD): Tap[] {
  if (output < 0 || output >= axis.output) return [];
  const taps = Array.from({ length: axis.kernel }, (_, tap) => tap);
  if (!rules.transposed) return taps.map((tap) => forwardTap(axis, output, tap, rules.paddingMode));
  return taps.flatMap((tap) => {
    const input = (output + axis.before - tap * axis.dilation) / axis.stride;
    return Number.isInteger(input) && isInside(axis, input)
      ? [{ tap, input, isPadding: false, source: input }]
      : [];
  });
}

/** The outputs that read input element `input` along one axis, in kernel order, copies in the padding last. */
export function outputsOfInput(axis: AxisGeometry, input: number, rules: TapRules = FORWARD): Use[] {
  if (!isInside(axis, input)) return [];
  if (rules.transposed) return scatterUses(axis, input);
  const positions = [input, ...copiesOf(axis, input, rules.paddingMode)];
  return positions.flatMap((position) => gatherUses(axis, position));
}

/** Input elements along one axis that no output reads, ascending: what a stride skips or a crop cuts. */
export function unreadInputs(axis: AxisGeometry, rules: TapRules = FORWARD): number[] {
  const inputs = Array.from({ length: axis.input }, (_, input) => input);
  return inputs.filter((input) => outputsOfInput(axis, input, rules).length === 0);
}

/** The input element whose value padding of this mode has at `position`, which may lie outside; none for a zero. */
export function sourceOf(position: number, length: number, mode: PaddingMode): number | undefined {
  if (position >= 0 && position < length) return position;
  switch (mode) {
    case 'zeros':
      return undefined;
    case 'replicate':
      return position < 0 ? 0 : length - 1;
    case 'circular':
      return ((position % length) + length) % length;
    case 'reflect': {
      const mirrored = position < 0 ? -position : 2 * (length - 1) - position;
      return mirrored >= 0 && mirrored < length ? mirrored : undefined;
    }
  }
}

/** The products that make the output cell at `position`, for one filter and one input channel, last axis fastest. */
export function tapsOfCell(geometry: Geometry, position: readonly number[]): CellTap[] {
  const perAxis = geometry.axes.map((axis, index) => tapsOfOutput(axis, position[index] ?? -1, geometry));
  return combinations(perAxis).map((taps) => {
    const sources = taps.flatMap(({ source }) => (source === undefined ? [] : [source]));
    const cell = {
      tap: taps.map(({ tap }) => tap),
      input: taps.map(({ input }) => input),
      isPadding: taps.some(({ isPadding }) => isPadding),
    };
    return sources.length === taps.length ? { ...cell, source: sources } : cell;
  });
}

/** The outputs the input cell at `position` has a part in, with the tap of each, last axis fastest. */
export function outputsOfCell(
  geometry: Geometry,
  position: readonly number[],
): { readonly tap: number[]; readonly output: number[]; readonly isPadding: boolean }[] {
  const perAxis = geometry.axes.map((axis, index) => outputsOfInput(axis, position[index] ?? -1, geometry));
  return combinations(perAxis).map((uses) => ({
    tap: uses.map(({ tap }) => tap),
    output: uses.map(({ output }) => output),
    isPadding: uses.some(({ isPadding }) => isPadding),
  }));
}

/**
 * Products that count, for the whole batch: of a forward convolution those whose input is no padding zero, of a
 * transposed one those that land in the output.
 */
export function usefulProducts(geometry: Geometry): number {
  const pairs = geometry.batch * geometry.outChannels * (geometry.inChannels / geometry.groups);
  return geometry.axes.reduce((count, axis) => count * usefulTaps(axis, geometry), pairs);
}

/** Products a dense count has, for the whole batch: every tap at every output (transposed: input) position. */
export function denseProducts(geometry: Geometry): number {
  const positions = geometry.transposed
    ? geometry.axes.reduce((count, { input }) => count * input, 1)
    : outputPositions(geometry);
  const taps = geometry.axes.reduce((count, { kernel }) => count * kernel, 1);
  return geometry.batch * positions * geometry.outChannels * (geometry.inChannels / geometry.groups) * taps;
}

function usefulTaps(axis: AxisGeometry, rules: TapRules): number {
  if (!rules.transposed && rules.paddingMode !== 'zeros') return axis.output * axis.kernel;
  const steps = rules.transposed ? axis.input : axis.output;
  const limit = rules.transposed ? axis.output : axis.input;
  let count = 0;
  for (let tap = 0; tap < axis.kernel; tap++) {
    const shift = tap * axis.dilation - axis.before;
    const first = Math.max(0, Math.ceil(-shift / axis.stride));
    const last = Math.min(steps - 1, Math.floor((limit - 1 - shift) / axis.stride));
    count += Math.max(0, last - first + 1);
  }
  return count;
}

function forwardTap(axis: AxisGeometry, output: number, tap: number, mode: PaddingMode): Tap {
  const input = output * axis.stride + tap * axis.dilation - axis.before;
  const source = sourceOf(input, axis.input, mode);
  const found = { tap, input, isPadding: !isInside(axis, input) };
  return source === undefined ? found : { ...found, source };
}

function scatterUses(axis: AxisGeometry, input: number): Use[] {
  const uses: Use[] = [];
  for (let tap = 0; tap < axis.kernel; tap++) {
    const output = input * axis.stride + tap * axis.dilation - axis.before;
    if (output >= 0 && output < axis.output) uses.push({ tap, output, isPadding: false });
  }
  return uses;
}

function gatherUses(axis: AxisGeometry, position: number): Use[] {
  const uses: Use[] = [];
  for (let tap = 0; tap < axis.kernel; tap++) {
    const output = (position + axis.before - tap * axis.dilation) / axis.stride;
    const isOutput = Number.isInteger(output) && output >= 0 && output < axis.output;
    if (isOutput) uses.push({ tap, output, isPadding: !isInside(axis, position) });
  }
  return uses;
}

/** Positions in the padding that copy input element `input`. */
function copiesOf(axis: AxisGeometry, input: number, mode: PaddingMode): number[] {
  const low = Array.from({ length: axis.before }, (_, index) => index - axis.before);
  const high = Array.from({ length: axis.after }, (_, index) => axis.input + index);
  return [...low, ...high].filter((position) => sourceOf(position, axis.input, mode) === input);
}

function isInside(axis: AxisGeometry, input: number): boolean {
  return input >= 0 && input < axis.input;
}

function combinations<T>(perAxis: readonly (readonly T[])[]): T[][] {
  return perAxis.reduce<T[][]>(
    (prefixes, items) => prefixes.flatMap((prefix) => items.map((item) => [...prefix, item])),
    [[]],
  );
}
