/** What a PyTorch tensor tells Python: sizes, numbers, lists. */
import { int, integer, unknown } from '../../interp/values';
import { multiply } from '../../symbolic/arithmetic';
import { exact } from '../../symbolic/quantity';
import { asLists, numberAt } from '../operands';
import { isAbsent, valueOf } from '../read';
import { keep } from '../shapeRules';
import { contentsOf, makeTensor, shapeOf, shapeReason, sizeTuple } from '../tensor';
import type { TensorMethod } from '../tensorMethods';
import { axisAt } from '../elementRules';

/** Methods that give values of Python. */
export function extractionMethods(): TensorMethod[] {
  return [
    {
      name: 'size',
      signature: '(dim=None)',
      rule: (shape, call) => {
        if (isAbsent(call, 'dim')) return sizeTuple(valueOf(call, 'self'), call.context);
        const axis = axisAt(call, 'dim', shape);
        return axis === undefined ? undefined : integer(shape[axis] ?? exact(0));
      },
    },
    ...['dim', 'ndimension'].map((name): TensorMethod => ({
      name,
      signature: '()',
      rule: (shape) => int(shape.length),
    })),
    { name: 'nelement', signature: '()', rule: (shape) => integer(multiply(...shape)) },
    {
      name: 'item',
      signature: '()',
      rule: keep,
      apply: (self, { context }) => {
        const { elements } = contentsOf(self);
        return shapeOf(self) === undefined
          ? unknown(shapeReason(self, 'the value'))
          : numberAt(elements?.low.length === 1 ? elements : undefined, 0, context);
      },
    },
    { name: 'tolist', signature: '()', rule: (_, call) => asLists(valueOf(call, 'self'), call.context) },
    {
      name: 'numpy',
      signature: '(**options)',
      rule: keep,
      apply: (self, _, tools) =>
        makeTensor(tools, 'numpy.ndarray', shapeOf(self) ?? shapeReason(self, 'the shape'), contentsOf(self)),
    },
    { name: 'backward', signature: '(*args, **kwargs)', rule: () => ({ kind: 'none' }) },
  ];
}
