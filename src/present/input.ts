/** Input sizes as people write them, such as `1x3x224x224`. */
import type { AssumedInput } from '../analysis/report';

/**
 * The sizes in the order batch, channels, then the spatial axes; `undefined` for text that does not say at least
 * batch, channels and one spatial size as positive integers.
 */
export function parseInputSize(text: string): AssumedInput | undefined {
  const parts = text.trim().split(/\s*[x×,]\s*/i);
  if (!parts.every((part) => /^\d{1,9}$/.test(part))) return undefined;
  const [batch, channels, ...spatial] = parts.map(Number);
  if (batch === undefined || channels === undefined || spatial.length < 1 || spatial.length > 3)
    return undefined;
  return [batch, channels, ...spatial].every((size) => size > 0) ? { batch, channels, spatial } : undefined;
}
