import assert from 'node:assert/strict';
import { costOf } from '../../../src/conv/cost';
import { weightsOf } from '../../../src/conv/weights';
import { numberOf, numbersOf } from '../../../src/symbolic/quantity';
import { loadGolden, type TorchLayer } from '../../golden/load';
import { errorsOf, programRunner, pythonTuple, type RunProgram } from './programs';

const { records } = loadGolden('torch-layers');

describe('layers and functions as PyTorch made them', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  it('are many', () => assert.ok(records.length > 150));

  for (const record of records) {
    it(`${record.expression} of ${record.input.join('×')}`, () => check(run, record));
  }
});

function check(run: RunProgram, record: TorchLayer): void {
  const tensor = (name: string, shape: readonly number[]) => `${name} = torch.zeros(${pythonTuple(shape)})`;
  const outcome = run(
    'import torch',
    'import torch.nn as nn',
    'import torch.nn.functional as F',
    tensor('x', record.input),
    ...(record.kind === 'function' ? [tensor('w', record.weight), tensor('b', record.bias ?? [1])] : []),
    ...(record.call === null
      ? [`y = ${record.expression}`]
      : [`layer = ${record.expression}`, `y = ${record.call}`]),
  );
  const [site] = outcome.sites;
  assert.ok(site !== undefined && outcome.sites.length === 1);
  assert.deepEqual(errorsOf(outcome), []);
  const [weight, bias] = weightsOf(site.layer);
  const cost = costOf(site.layer, site.input);
  assert.deepEqual(
    {
      weight: numbersOf(weight?.shape ?? []),
      bias: bias === undefined ? null : numbersOf(bias.shape),
      params: numberOf(cost.params),
      output: outcome.shape('y'),
      macs: cost.macs && numberOf(cost.macs),
      biasAdds: cost.biasAdds && numberOf(cost.biasAdds),
    },
    {
      weight: record.weight,
      bias: record.bias,
      params: record.params,
      output: record.output,
      macs: record.macs,
      biasAdds: record.biasAdds,
    },
  );
}
