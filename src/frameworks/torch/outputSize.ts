/** `output_size=` of a transposed layer's call. Source: torch/nn/modules/conv.py, `_ConvTransposeNd._output_padding`. */
import { outputShape } from '../../conv/cost';
import type { ConvSpec, DataShape } from '../../conv/spec';
import { show, type Value } from '../../interp/values';
import { equal, subtract } from '../../symbolic/arithmetic';
import { exact, numbersOf, unknown, type Quantity } from '../../symbolic/quantity';
import type { Refusal } from '../findings';
import { itemsOf, quantityFrom } from '../read';

/** The layer with the output padding that gives this output; it is unknown where that cannot be told. */
export function fitOutput(spec: ConvSpec, data: DataShape, wanted: Value): ConvSpec {
  const sizes = wantedSizes(spec, wanted);
  const least = leastOutput(spec, data);
  const open = unknown({ code: 'unmodelled', subject: 'output_size' });
  return withOutputPadding(
    spec,
    least.map((size, axis) => subtract(sizes?.[axis] ?? open, size)),
  );
}

/** What is true of both calls of a layer: output padding that differs between them is unknown. */
export function commonOutput(spec: ConvSpec, other: ConvSpec): ConvSpec {
  if (!spec.transposed) return spec;
  const varies = unknown({ code: 'varies', subject: 'output_size' });
  return withOutputPadding(
    spec,
    spec.outputPadding.map((size, axis) =>
      equal(size, other.outputPadding[axis] ?? varies) === true ? size : varies,
    ),
  );
}

/** What a size that the layer cannot give raises. */
export function outputSizeRefusal(spec: ConvSpec, data: DataShape, wanted: Value): Refusal | undefined {
  const items = itemsOf(wanted);
  if (items === undefined || !spec.transposed) return undefined;
  const { rank } = spec;
  const dimensions = rank + (data.batch === undefined ? 1 : 2);
  if (items.length !== rank && items.length !== dimensions) {
    const expected = `output_size must have ${rank} or ${dimensions} elements (got ${items.length})`;
    return refused(`ConvTranspose${rank}D: for ${dimensions}D input, ${expected}`);
  }
  const sizes = numbersOf(items.slice(-rank).map(quantityFrom));
  const least = numbersOf(leastOutput(spec, data));
  const strides = numbersOf(spec.stride);
  const input = numbersOf(data.spatial);
  if (!sizes || !least || !strides || !input) return undefined;
  const most = least.map((size, axis) => size + (strides[axis] ?? 1) - 1);
  if (sizes.every((size, axis) => size >= (least[axis] ?? 0) && size <= (most[axis] ?? 0))) return undefined;
  const asked = show(
    wanted.kind === 'list' ? { ...wanted, items: items.slice(-rank) } : tupleOf(items, rank),
  );
  const list = (numbers: readonly number[]) => `[${numbers.join(', ')}]`;
  const range = `valid sizes range from ${list(least)} to ${list(most)}`;
  return refused(
    `requested an output size of ${asked}, but ${range} (for an input of torch.Size(${list(input)}))`,
  );
}

function tupleOf(items: readonly Value[], rank: number): Value {
  return { kind: 'tuple', items: items.slice(-rank) };
}

function refused(message: string): Refusal {
  return { code: 'torch.output-size', message, exception: 'ValueError' };
}

function wantedSizes({ rank }: ConvSpec, wanted: Value): readonly Quantity[] | undefined {
  const sizes = itemsOf(wanted)?.slice(-rank).map(quantityFrom);
  return sizes?.length === rank ? sizes : undefined;
}

/** The smallest output that the layer gives: without any output padding. */
function leastOutput(spec: ConvSpec, data: DataShape): readonly Quantity[] {
  const none = spec.outputPadding.map(() => exact(0));
  return outputShape({ stages: [withOutputPadding(spec, none)] }, data).spatial;
}

function withOutputPadding(spec: ConvSpec, outputPadding: readonly Quantity[]): ConvSpec {
  if (spec.padding.kind !== 'explicit') return { ...spec, outputPadding };
  const { before } = spec.padding;
  const after = before.map((size, axis) => subtract(size, outputPadding[axis] ?? exact(0)));
  return { ...spec, outputPadding, padding: { ...spec.padding, after } };
}
