import assert from 'node:assert/strict';
import { loadGolden, type TensorExpression } from '../../golden/load';
import { programRunner, type RunProgram } from './programs';

const { records } = loadGolden('tensor-expressions');

/** The names that the script of the golden file defines, in the same words. */
const SETUP = [
  'import math',
  'import numpy as np',
  'import torch',
  'x = torch.zeros(2, 3, 4, 5)',
  'm = torch.zeros(3, 4)',
  'v = torch.zeros(4)',
  'u = torch.zeros(1, 3, 1, 5)',
  'i = torch.arange(6)',
  'f = torch.arange(1, 6) / 4',
  'b = torch.tensor([True, False, True, True])',
  'a = np.zeros((2, 3, 4, 5))',
  'n = np.arange(6)',
  'g = np.linspace(0, 1, 5)',
  'w = np.array([16, 24, 40, 80])',
];

/** What is told of the expression, in the terms of the record; parts that are unknown are left out. */
function told(run: RunProgram, record: TensorExpression): unknown {
  const result = `result = ${record.expression}`;
  if (record.shape !== undefined) return run(...SETUP, result).shape('result');
  if (record.shapes === undefined) {
    const shown = run(...SETUP, result).shown('result');
    return shown?.includes('?') === true ? undefined : shown;
  }
  const names = record.shapes.map((_, index) => `part${index}`);
  const outcome = run(...SETUP, result, `[${names.join(', ')}] = result`);
  const shapes = names.map((name) => outcome.shape(name));
  return shapes.includes(undefined) ? undefined : shapes;
}

function expected({ shape, shapes, value }: TensorExpression): unknown {
  return shape ?? shapes ?? value;
}

describe('expressions on tensors, as PyTorch and NumPy have them', () => {
  const unknown: string[] = [];
  let run: RunProgram;

  before(async () => {
    run = await programRunner();
  });

  for (const record of records) {
    it(`${record.expression} is ${JSON.stringify(expected(record))}, or unknown`, () => {
      const found = told(run, record);
      if (found === undefined) unknown.push(record.expression);
      else assert.deepEqual(found, expected(record));
    });
  }

  it('are known for nearly all', () => {
    assert.ok(unknown.length < records.length / 30, `unknown:\n${unknown.join('\n')}`);
  });
});
