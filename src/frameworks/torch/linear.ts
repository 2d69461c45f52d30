/** Layers whose weight is a matrix or a table: linear, bilinear, embeddings, PReLU. Source: PyTorch docs, torch.nn. */
import { setOwn } from '../../interp/setting';
import { positional } from '../../interp/call';
import { integer, unknown, type InstanceValue, type Value } from '../../interp/values';
import { multiply } from '../../symbolic/arithmetic';
import { exact } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import { show } from '../../symbolic/show';
import { bound, functionRow, type Row, type Toolbox } from '../library';
import { valueOf } from '../read';
import { replaceAxis, type Shape } from '../shapes';
import { isTensor, shapeOf, shapeReason, tensorPayload } from '../tensor';
import {
  differ,
  flag,
  follow,
  integerSetting,
  layerRow,
  lawRow,
  maybe,
  outcomeValue,
  recordLinear,
  settingsOfCall,
  settingsOfLayer,
  tensor,
  type Law,
  type Outcome,
  type Settings,
} from './layer';

const EMBEDDING =
  '(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None)';
const EMBEDDING_BAG =
  "(num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None)";

/** Rows of layers and functions. */
export function linearRows(): Row[] {
  return [
    layerRow({
      name: 'Linear',
      signature: '(in_features, out_features, bias=True, device=None, dtype=None)',
      parameters: (settings) => {
        const [input, output] = [
          integerSetting(settings, 'in_features'),
          integerSetting(settings, 'out_features'),
        ];
        return [
          ['weight', [output, input]],
          ['bias', maybe(flag(settings, 'bias'), [output])],
        ];
      },
      law: linear,
    }),
    layerRow({
      name: 'LazyLinear',
      base: 'torch.nn.Linear',
      signature: '(out_features, bias=True, device=None, dtype=None)',
      attributes: (settings) => [['in_features', unknown(lazily('in_features', settings))]],
      parameters: (settings) => [
        ['weight', lazily('in_features', settings)],
        ['bias', maybe(flag(settings, 'bias'), [integerSetting(settings, 'out_features')])],
      ],
      members: (tools) => [['forward', lazyForward(tools)]],
    }),
    functionRow('torch.nn.functional.linear', '(input, weight, bias=None)', (call, tools) =>
      follow(valueOf(call, 'input'), linear, settingsOfCall(call, tools)),
    ),
    layerRow({
      name: 'Bilinear',
      signature: '(in1_features, in2_features, out_features, bias=True, device=None, dtype=None)',
      parameters: (settings) => {
        const [one, two, output] = ['in1_features', 'in2_features', 'out_features'].map((name) =>
          integerSetting(settings, name),
        ) as [Shape[0], Shape[0], Shape[0]];
        return [
          ['weight', [output, one, two]],
          ['bias', maybe(flag(settings, 'bias'), [output])],
        ];
      },
      members: (tools) => [['forward', bilinearForward(tools)]],
    }),
    functionRow('torch.nn.functional.bilinear', '(input1, input2, weight, bias=None)', (call, tools) =>
      bilinear(settingsOfCall(call, tools)),
    ),
    layerRow({
      name: 'Embedding',
      signature: EMBEDDING,
      parameters: tableOf,
      law: embedding,
      members: (tools) => [['from_pretrained', fromPretrained(tools, 'torch.nn.Embedding')]],
    }),
    lawRow(
      'torch.nn.functional.embedding',
      '(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)',
      embedding,
    ),
    layerRow({
      name: 'EmbeddingBag',
      signature: EMBEDDING_BAG,
      parameters: tableOf,
      forward: '(self, input, offsets=None, per_sample_weights=None)',
      law: bag,
      members: (tools) => [['from_pretrained', fromPretrained(tools, 'torch.nn.EmbeddingBag')]],
    }),
    layerRow({
      name: 'PReLU',
      signature: '(num_parameters=1, init=0.25, device=None, dtype=None)',
      parameters: (settings) => [['weight', [integerSetting(settings, 'num_parameters')]]],
      law: (input) => input,
    }),
  ];
}

/** The last axis becomes that of the weight's rows; the work is one product for each weight and position. */
const linear: Law = (input, settings) => {
  const weight = shapeOf(settings.value('weight'));
  const given = input.at(-1);
  if (weight === undefined) return tensor(shapeReason(settings.value('weight'), 'the weight'), settings);
  const [rows, columns] = weight.length === 1 ? [undefined, weight[0]] : weight;
  if (weight.length > 2 || columns === undefined || given === undefined) return undefined;
  if (differ(given, columns)) return { refused: mismatch(input, weight) };
  const output = [...input.slice(0, -1), ...(rows === undefined ? [] : [rows])];
  recordLinear(output, columns, settings);
  return output;
};

/** The words of the product of matrices that a linear layer runs as. */
function mismatch(input: Shape, weight: Shape): string {
  const flat = multiply(...input.slice(0, -1));
  const [rows, columns] = [weight[0] ?? exact(1), weight[1] ?? exact(1)];
  const left = `${show(flat)}x${show(input.at(-1) ?? exact(1))}`;
  return `RuntimeError: mat1 and mat2 shapes cannot be multiplied (${left} and ${show(columns)}x${show(rows)})`;
}

const embedding: Law = (input, settings) => {
  const weight = shapeOf(settings.value('weight'));
  const width = weight?.[1];
  return weight?.length === 2 && width !== undefined ? [...input, width] : undefined;
};

/** Bags are rows of a matrix, or begin at offsets. */
const bag: Law = (input, settings) => {
  const width = shapeOf(settings.value('weight'))?.[1];
  const [first] = input;
  if (width === undefined || first === undefined) return undefined;
  if (input.length === 2) return [first, width];
  const offsets = shapeOf(settings.value('offsets'))?.[0];
  return flag(settings, 'include_last_offset') === false && offsets !== undefined
    ? [offsets, width]
    : undefined;
};

function tableOf(settings: Settings): [['weight', Shape]] {
  return [
    ['weight', [integerSetting(settings, 'num_embeddings'), integerSetting(settings, 'embedding_dim')]],
  ];
}

/** `from_pretrained(embeddings)`: a layer of the table's size. */
function fromPretrained(tools: Toolbox, path: string): Value {
  const signature = '(embeddings, *args, **kwargs)';
  const run = bound(tools, `${path}.from_pretrained`, 'from_pretrained', signature, (call) => {
    const type = tools.value(path);
    const table = valueOf(call, 'embeddings');
    const [rows, columns] = isTensor(table) ? (shapeOf(table) ?? []) : [];
    const reason: Reason = shapeReason(table, 'the table');
    const sizes = [rows, columns].map((size) => (size === undefined ? unknown(reason) : integer(size)));
    const { interpreter } = call.context;
    return interpreter.call(type, positional(...sizes), call.context);
  });
  return { kind: 'descriptor', type: 'staticmethod', function: run };
}

function bilinearForward(tools: Toolbox): Value {
  return bound(tools, 'torch.nn.Bilinear.forward', 'Bilinear.forward', '(self, input1, input2)', (call) =>
    bilinear(settingsOfLayer(valueOf(call, 'self'), call, tools)),
  );
}

function bilinear(settings: Settings): Value {
  const [one, two, weight] = ['input1', 'input2', 'weight'].map((name) => shapeOf(settings.value(name)));
  return outcomeValue(bilinearOutcome(one, two, weight, settings), settings.tools, settings.context);
}

function bilinearOutcome(
  one: Shape | undefined,
  two: Shape | undefined,
  weight: Shape | undefined,
  settings: Settings,
): Outcome {
  const [rows, first, second] = weight ?? [];
  if (!one || !two || rows === undefined || first === undefined || second === undefined) return undefined;
  if (one.length !== two.length || differ(one.at(-1), first) || differ(two.at(-1), second))
    return { refused: 'RuntimeError: bilinear(): the sizes of input and weight do not fit' };
  const output = replaceAxis(one, one.length - 1, rows);
  recordLinear(output, multiply(first, second), settings);
  return output;
}

/** A lazy layer learns its input features from the first input and is a linear layer from then on. */
function lazyForward(tools: Toolbox): Value {
  return bound(tools, 'torch.nn.LazyLinear.forward', 'LazyLinear.forward', '(self, input)', (call) => {
    const self = valueOf(call, 'self');
    const settings = settingsOfLayer(self, call, tools);
    const features = shapeOf(valueOf(call, 'input'))?.at(-1);
    if (self.kind === 'instance' && features !== undefined) learn(self, features, settings);
    return follow(valueOf(call, 'input'), linear, settings);
  });
}

/** Gives a parameter that waits for the first input its shape. */
function learn(self: InstanceValue, features: Shape[0], settings: Settings): void {
  const weight = self.attributes.get('weight');
  const rows = integerSetting(settings, 'out_features');
  if (weight?.kind !== 'instance' || shapeReason(weight, '').code !== 'channels-from-input') return;
  const { trail } = settings.context.interpreter;
  trail.touch(weight);
  weight.payload = tensorPayload([rows, features]);
  setOwn(self, 'in_features', integer(features), settings.context);
}

function lazily(subject: string, { context }: Settings): Reason {
  return { code: 'channels-from-input', subject, place: context.place };
}
