/** Input sizes as people write them, such as `1x3x224x224`. */
import type { AssumedInput } from '../analysis/report';

/** How many axes data may have: a batch, then channels and up to three spatial axes, or a few more of other kinds. */
const LARGEST_RANK = 6;

/**
 * All sizes in order, the batch first, as `1x3x224x224`, `1, 224, 224, 3` or `8×16`; `undefined` for text that does
 * not say at least two sizes as positive integers.
 */
export function parseSizes(text: string): readonly number[] | undefined {
  const parts = text.trim().split(/\s*[x×,]\s*/i);
  if (parts.length < 2 || parts.length > LARGEST_RANK) return undefined;
  if (!parts.every((part) => /^\d{1,9}$/.test(part))) return undefined;
  const sizes = parts.map(Number);
  return sizes.every((size) => size > 0) ? sizes : undefined;
}

/**
 * The sizes in the order batch, channels, then the spatial axes; `undefined` for text that does not say at least
 * batch, channels and one spatial size as positive integers.
 */
export function parseInputSize(text: string): AssumedInput | undefined {
  const [batch, channels, ...spatial] = parseSizes(text) ?? [];
  if (batch === undefined || channels === undefined || spatial.length < 1 || spatial.length > 3)
    return undefined;
  return { batch, channels, spatial };
}

/** Sizes as they are typed: `1x3x224x224`. */
export function sizesText(sizes: readonly number[]): string {
  return sizes.join('x');
}
