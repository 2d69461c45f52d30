import assert from 'node:assert/strict';
import { loadGolden, type TorchError } from '../../golden/load';
import { type Outcome, programRunner, pythonTuple, type RunProgram } from './programs';
import { checkRefusal, type Deviations, strangers } from './refusals';

const { records } = loadGolden('torch-errors');

const TYPES = { how: 'silent', why: 'the text lists every overload with the types of this call' } as const;
const DATA_TYPES = { how: 'elsewhere accepted', why: 'data types are not followed' } as const;

const DEVIATIONS: Deviations = {
  'nn.Conv2d(4, 4, 3, padding=True)': TYPES,
  'nn.Conv2d(4, 4, 3, stride=1.0)': TYPES,
  'nn.Conv1d(4, 4, (3, 3))': {
    how: 'own words',
    why: 'said where the layer is made, before its data is known',
  },
  'nn.Conv2d(4, 4, 3).double()': DATA_TYPES,
  'nn.Conv2d(4, 4, 3, dtype=torch.float16)': DATA_TYPES,
  'F.conv2d(x, torch.randn(4, 4, 3, 3).double())': DATA_TYPES,
};

describe('calls that PyTorch refuses, and calls that look wrong and are accepted', () => {
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  it('are many', () => assert.ok(records.length > 100));

  for (const record of records) {
    const deviation = DEVIATIONS[record.expression];
    it(`${record.code} ${record.expression}${deviation === undefined ? '' : ` (${deviation.how})`}`, () => {
      checkRefusal(outcomeOf(run, record), record, record.output, deviation);
    });
  }

  it('include all that are said to deviate', () => {
    assert.deepEqual(
      strangers(
        DEVIATIONS,
        records.map(({ expression }) => expression),
      ),
      [],
    );
  });
});

function outcomeOf(run: RunProgram, { expression, input, call }: TorchError): Outcome {
  return run(
    'import torch',
    'import torch.nn as nn',
    'import torch.nn.functional as F',
    ...(input === null ? [] : [`x = torch.randn(${pythonTuple(input)})`]),
    ...(call === null
      ? [`${expression.startsWith('F.') ? 'y' : 'layer'} = ${expression}`]
      : [`layer = ${expression}`, `y = ${call}`]),
  );
}
