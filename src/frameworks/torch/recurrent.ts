/** Recurrent layers and their cells. Source: torch/nn/modules/rnn.py, PyTorch docs, torch.nn, "Recurrent Layers". */
import { tuple, unknown, type Value } from '../../interp/values';
import { add, multiply } from '../../symbolic/arithmetic';
import { exact, numberOf, type Quantity } from '../../symbolic/quantity';
import type { Reason } from '../../symbolic/reason';
import { bound, recordWork, type Row, type Toolbox } from '../library';
import { valueOf } from '../read';
import type { Shape } from '../shapes';
import { shapeOf, shapeReason, unmodelled } from '../tensor';
import {
  differ,
  flag,
  integerSetting,
  layerRow,
  maybe,
  outcomeValue,
  settingsOfLayer,
  tensor,
  type Member,
  type Outcome,
  type Settings,
} from './layer';

/** Rows of weights a hidden unit has: one for a plain layer, one a gate for the others. */
const GATES = { RNN: 1, LSTM: 4, GRU: 3 } as const;
const MOST_LAYERS = 1024;

type Kind = keyof typeof GATES;

const TAIL = 'bias=True, batch_first=False, dropout=0.0, bidirectional=False';

/** Rows of the layers and of the cells. */
export function recurrentRows(): Row[] {
  return (['RNN', 'LSTM', 'GRU'] as const).flatMap((kind) => [layer(kind), cell(kind)]);
}

function layer(kind: Kind): Row {
  const first = kind === 'RNN' ? "num_layers=1, nonlinearity='tanh'" : 'num_layers=1';
  const last = kind === 'LSTM' ? 'proj_size=0, ' : '';
  return layerRow({
    name: kind,
    signature: `(input_size, hidden_size, ${first}, ${TAIL}, ${last}device=None, dtype=None)`,
    attributes: (settings) => [['bias', settings.value('bias')]],
    parameters: (settings) => parametersOf(settings, kind),
    members: (tools) => [
      ['forward', forwardOf(tools, kind)],
      ['flatten_parameters', noEffect(tools)],
    ],
  });
}

function cell(kind: Kind): Row {
  const name = `${kind}Cell`;
  const nonlinearity = kind === 'RNN' ? "nonlinearity='tanh', " : '';
  return layerRow({
    name,
    signature: `(input_size, hidden_size, bias=True, ${nonlinearity}device=None, dtype=None)`,
    attributes: (settings) => [['bias', settings.value('bias')]],
    parameters: (settings) => {
      const [input, hidden] = ['input_size', 'hidden_size'].map((size) => integerSetting(settings, size)) as [
        Quantity,
        Quantity,
      ];
      const rows = multiply(exact(GATES[kind]), hidden);
      const bias = maybe(flag(settings, 'bias'), [rows]);
      return [
        ['weight_ih', [rows, input]],
        ['weight_hh', [rows, hidden]],
        ['bias_ih', bias],
        ['bias_hh', bias],
      ];
    },
    members: (tools) => [['forward', cellForward(tools, kind)]],
  });
}

/** The matrices of one direction of one layer: rows of all gates, columns of the input and of the state. */
interface Matrices {
  readonly suffix: string;
  readonly rows: Quantity;
  readonly input: Quantity;
  readonly state: Quantity;
  /** Hidden units that the projection sums up, where there is one. */
  readonly projected?: Quantity;
}

/** Every direction of every layer, or why they cannot be told. */
function matricesOf(settings: Settings, kind: Kind): readonly Matrices[] | Reason {
  const [input, hidden] = [integerSetting(settings, 'input_size'), integerSetting(settings, 'hidden_size')];
  const layers = numberOf(integerSetting(settings, 'num_layers'));
  const isBoth = flag(settings, 'bidirectional');
  const projection = kind === 'LSTM' ? integerSetting(settings, 'proj_size') : exact(0);
  if (layers === undefined || layers > MOST_LAYERS || typeof isBoth !== 'boolean')
    return typeof isBoth === 'boolean' ? { code: 'parameter', subject: 'num_layers' } : isBoth;
  if (projection.kind !== 'exact') return { code: 'parameter', subject: 'proj_size' };
  const state = projection.value > 0 ? projection : hidden;
  const directions = isBoth ? 2 : 1;
  return Array.from({ length: layers }, (_, index) =>
    Array.from({ length: directions }, (__, direction) => ({
      suffix: `_l${index}${direction === 1 ? '_reverse' : ''}`,
      rows: multiply(exact(GATES[kind]), hidden),
      input: index === 0 ? input : multiply(exact(directions), state),
      state,
      projected: projection.value > 0 ? hidden : undefined,
    })),
  ).flat();
}

function parametersOf(settings: Settings, kind: Kind): readonly Member[] {
  const all = matricesOf(settings, kind);
  if ('code' in all) return [['weights', all]];
  const has = flag(settings, 'bias');
  return all.flatMap(({ suffix, rows, input, state, projected }): Member[] => {
    const bias = maybe(has, [rows]);
    const members: Member[] = [
      [`weight_ih${suffix}`, [rows, input]],
      [`weight_hh${suffix}`, [rows, state]],
    ];
    if (bias !== undefined) members.push([`bias_ih${suffix}`, bias], [`bias_hh${suffix}`, bias]);
    if (projected !== undefined) members.push([`weight_hr${suffix}`, [state, projected]]);
    return members;
  });
}

function forwardOf(tools: Toolbox, kind: Kind): Value {
  return bound(tools, `torch.nn.${kind}.forward`, `${kind}.forward`, '(self, input, hx=None)', (call) => {
    const settings = settingsOfLayer(valueOf(call, 'self'), call, tools);
    const input = shapeOf(valueOf(call, 'input'));
    const outcome = input === undefined ? undefined : outputs(input, settings, kind);
    if (outcome !== undefined) return outcomeValue(outcome, tools, call.context);
    const why =
      input === undefined ? shapeReason(valueOf(call, 'input'), 'the output') : unmodelled(call.context);
    return bundle(why, why, settings, kind);
  });
}

/** The outputs of all steps and the last states: (T, N, D·H) and (D·layers, N, H); LSTMs have a second state. */
function outputs(input: Shape, settings: Settings, kind: Kind): Outcome {
  const all = matricesOf(settings, kind);
  const isFirst = flag(settings, 'batch_first');
  const isBoth = flag(settings, 'bidirectional');
  if ('code' in all || typeof isFirst !== 'boolean' || typeof isBoth !== 'boolean') return undefined;
  if (input.length !== 2 && input.length !== 3)
    return { refused: `RuntimeError: ${kind}: Expected input to be 2D or 3D, got ${input.length}D instead` };
  const features = input.at(-1);
  const [first] = all;
  if (features === undefined || first === undefined) return undefined;
  if (differ(features, first.input))
    return { refused: 'RuntimeError: input.size(-1) must be equal to input_size' };
  const around = input.slice(0, -1);
  for (const { rows, input: columns, state, projected } of all) {
    const each = add(multiply(rows, add(columns, state)), projected ? multiply(state, projected) : exact(0));
    recordWork(settings.tools, {
      kind: 'linear',
      macs: multiply(...around, each),
      context: settings.context,
    });
  }
  const batch = input.length === 2 ? [] : [input[isFirst ? 0 : 1] ?? exact(1)];
  const count = exact(all.length);
  const output = [...around, multiply(exact(isBoth ? 2 : 1), first.state)];
  const hidden = [count, ...batch, first.state];
  return bundle(output, hidden, settings, kind, [count, ...batch, integerSetting(settings, 'hidden_size')]);
}

function bundle(
  output: Shape | Reason,
  hidden: Shape | Reason,
  settings: Settings,
  kind: Kind,
  memory: Shape | Reason = hidden,
): Value {
  const state = tensor(hidden, settings);
  return tuple([
    tensor(output, settings),
    kind === 'LSTM' ? tuple([state, tensor(memory, settings)]) : state,
  ]);
}

function cellForward(tools: Toolbox, kind: Kind): Value {
  const name = `${kind}Cell`;
  return bound(tools, `torch.nn.${name}.forward`, `${name}.forward`, '(self, input, hx=None)', (call) => {
    const settings = settingsOfLayer(valueOf(call, 'self'), call, tools);
    const input = shapeOf(valueOf(call, 'input'));
    if (input === undefined)
      return cellState(shapeReason(valueOf(call, 'input'), 'the output'), settings, kind);
    const [columns, hidden] = [
      integerSetting(settings, 'input_size'),
      integerSetting(settings, 'hidden_size'),
    ];
    if (input.length > 2 || differ(input.at(-1), columns))
      return outcomeValue(
        { refused: `RuntimeError: ${name}: the input has not the size that it was made for` },
        tools,
        call.context,
      );
    const rows = multiply(exact(GATES[kind]), hidden);
    const macs = multiply(...input.slice(0, -1), rows, add(columns, hidden));
    recordWork(tools, { kind: 'linear', macs, context: call.context });
    return cellState([...input.slice(0, -1), hidden], settings, kind);
  });
}

function cellState(shape: Shape | Reason, settings: Settings, kind: Kind): Value {
  const state = tensor(shape, settings);
  return kind === 'LSTM' ? tuple([state, tensor(shape, settings)]) : state;
}

function noEffect(tools: Toolbox): Value {
  return bound(tools, 'torch.nn.RNNBase.flatten_parameters', 'flatten_parameters', '(self)', () =>
    unknown({ code: 'unmodelled', subject: 'flatten_parameters' }),
  );
}
