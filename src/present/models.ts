/** What models add up to. */
import type { Model } from '../analysis/report';
import { add } from '../symbolic/arithmetic';
import type { Quantity } from '../symbolic/quantity';

/** The multiply-accumulate operations of one run: convolutions, linear layers and products of tensors. */
export function wholeMacs({ macs: { convolutions, linear, products } }: Model): Quantity {
  return add(convolutions, linear, products);
}
