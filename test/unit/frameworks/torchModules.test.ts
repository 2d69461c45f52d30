import assert from 'node:assert/strict';
import { totalsOf } from '../../../src/frameworks/parts';
import { shapeOf } from '../../../src/frameworks/tensor';
import { show, type Value } from '../../../src/interp/values';
import { numberOf, type Quantity } from '../../../src/symbolic/quantity';
import { loadGolden, type TorchPart, type TorchProgram, type TorchShapes } from '../../golden/load';
import { pythonTuple } from './programs';
import { torchRunner, type Left } from './torchSession';

const { records } = loadGolden('torch-modules');
const parts = records.filter((record) => record.kind !== 'program');
const programs = records.filter((record) => record.kind === 'program');

describe('layers and functions of PyTorch that are no convolutions', () => {
  let run: (text: string) => Left;

  before(async () => {
    run = await torchRunner();
  });

  it('are many', () => assert.ok(parts.length > 230));

  for (const record of parts) it(record.expression, () => checkPart(run, record));
});

describe('what PyTorch modules register', () => {
  let run: (text: string) => Left;

  before(async () => {
    run = await torchRunner();
  });

  it('is seen in many programs', () => assert.ok(programs.length > 10));

  for (const record of programs) it(record.name, () => checkProgram(run, record));
});

function checkPart(run: (text: string) => Left, record: TorchPart): void {
  const names = ['x', 'y', 'z'].slice(0, record.inputs.length);
  const inputs = names.map(
    (name, index) => `${name} = torch.zeros(${pythonTuple(record.inputs[index] ?? [])})`,
  );
  const call = record.output === undefined ? 'None' : `layer(${names.join(', ')})`;
  const isLayer = record.kind === 'layer';
  const lines = isLayer ? [`layer = ${record.expression}`, `out = ${call}`] : [`out = ${record.expression}`];
  const left = run([...inputs, ...lines].join('\n'));
  const layer = left.value('layer');
  assert.deepEqual(
    {
      findings: left.findings,
      output: record.output === undefined ? undefined : shapesOf(left.value('out')),
      macs: record.macs === undefined ? undefined : plain(left.macs),
      params: layer?.kind === 'instance' ? plain(totalsOf(layer).params) : undefined,
    },
    { findings: [], output: record.output, macs: record.macs, params: record.params },
  );
}

function checkProgram(run: (text: string) => Left, record: TorchProgram): void {
  const left = run(
    [
      record.text,
      'modules = [(name, type(module).__name__) for name, module in model.named_modules()]',
      'children = [name for name, _ in model.named_children()]',
      'parameters = [(name, tuple(p.shape)) for name, p in model.named_parameters()]',
      'buffers = [name for name, _ in model.named_buffers()]',
      'state = list(model.state_dict())',
      'params = sum(p.numel() for p in model.parameters())',
    ].join('\n'),
  );
  const model = left.value('model');
  const text = (value: unknown): string => JSON.stringify(value);
  assert.deepEqual(left.findings, []);
  for (const name of ['modules', 'children', 'parameters', 'buffers', 'state', 'params'] as const)
    assert.equal(text(dataOf(left.value(name))), text(record[name]), name);
  assert.equal(model?.kind === 'instance' ? plain(totalsOf(model).params) : undefined, record.params);
}

function plain(quantity: Quantity): number | string {
  return numberOf(quantity) ?? (quantity.kind === 'unknown' ? quantity.reason.subject : 'a formula');
}

function shapesOf(value: Value | undefined): TorchShapes | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'none') return null;
  if (value.kind === 'tuple') return { tuple: value.items.map((item) => shapesOf(item) ?? null) };
  return shapeOf(value)?.map((size) => numberOf(size) ?? -1);
}

/** Lists, tuples, strings and numbers as plain data. */
function dataOf(value: Value | undefined): unknown {
  if (value?.kind === 'tuple') return value.items.map(dataOf);
  if (value?.kind === 'list') return value.uncertain ? value.uncertain : value.items.map(dataOf);
  if (value?.kind === 'string' || value?.kind === 'int') return value.value;
  return value && show(value);
}
