import assert from 'node:assert/strict';
import { isGeometry, resolveGeometry, resolveStages } from '../../../src/conv/geometry';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';
import { makeSeparable, makeSpec, type SpecParts } from './specs';

function outputs(parts: SpecParts, ...spatial: number[]): number[] {
  const geometry = resolveGeometry(makeSpec(parts), { spatial });
  assert.ok(isGeometry(geometry), JSON.stringify(geometry));
  return geometry.axes.map(({ output }) => output);
}

function checkInvalid(parts: SpecParts, spatial: number[], what: string, message: RegExp): void {
  const found = resolveGeometry(makeSpec(parts), { spatial });
  assert.ok(!isGeometry(found) && found.problem === 'invalid', JSON.stringify(found));
  assert.equal(found.what, what);
  assert.match(found.message, message);
}

describe('geometry', () => {
  it('resolves every axis on its own', () => {
    const parts = { in: 16, out: 33, kernel: [3, 5], stride: [2, 1], padding: [4, 2], dilation: [3, 1] };
    assert.deepEqual(outputs(parts, 50, 100), [26, 100]);
  });

  it('resolves SAME from the size of the input', () => {
    const geometry = resolveGeometry(
      makeSpec({ in: 1, out: 1, kernel: 3, stride: 2, padding: { kind: 'same' } }),
      {
        batch: 4,
        spatial: [5, 6],
      },
    );
    assert.ok(isGeometry(geometry));
    assert.equal(geometry.batch, 4);
    assert.deepEqual(
      geometry.axes.map(({ before, after, output }) => [before, after, output]),
      [
        [1, 1, 3],
        [0, 1, 3],
      ],
    );
  });

  it('feeds the second stage with the output of the first', () => {
    const stages = resolveStages(makeSeparable({ in: 4, out: 5, kernel: 3, stride: 2, multiplier: 2 }), {
      spatial: [7, 9],
    });
    assert.ok(Array.isArray(stages));
    assert.deepEqual(
      stages[1]?.axes.map(({ input }) => input),
      [3, 4],
    );
    assert.equal(stages[1].inChannels, 8);
  });

  it('names the first quantity that is no number', () => {
    const dim = resolveGeometry(makeSpec({ in: symbol('dim'), out: 8, kernel: 3 }), { spatial: [8, 8] });
    assert.deepEqual(dim, { problem: 'unknown', what: 'inChannels' });
    const reason = { code: 'parameter', subject: 'k' } as const;
    const kernel = resolveGeometry(makeSpec({ in: 8, out: 8, kernel: [exact(3), unknown(reason)] }), {
      spatial: [8, 8],
    });
    assert.deepEqual(kernel, { problem: 'unknown', what: 'kernelSize', reason });
    const mode = resolveGeometry(makeSpec({ in: 8, out: 8, kernel: 3, paddingMode: unknown(reason) }), {
      spatial: [8, 8],
    });
    assert.deepEqual(mode, { problem: 'unknown', what: 'paddingMode', reason });
  });

  it('says which numbers do not go together', () => {
    const base = { in: 4, out: 8, kernel: 3 };
    checkInvalid({ ...base, groups: 3 }, [8, 8], 'groups', /3 groups do not divide 4 input channels/);
    checkInvalid({ ...base, in: 6, groups: 3 }, [8, 8], 'groups', /3 groups do not divide 8 output channels/);
    checkInvalid({ ...base, groups: 0 }, [8, 8], 'groups', /groups is 0, not positive/);
    checkInvalid({ ...base, in: 0 }, [8, 8], 'inChannels', /not positive/);
    checkInvalid({ ...base, kernel: 0 }, [8, 8], 'kernelSize', /not positive/);
    checkInvalid({ ...base, stride: 0 }, [8, 8], 'stride', /not positive/);
    checkInvalid({ ...base, dilation: [1, -1] }, [8, 8], 'dilation', /not positive/);
    checkInvalid({ ...base, padding: -1 }, [8, 8], 'padding', /negative/);
    checkInvalid(base, [8, 0], 'input', /empty/);
    checkInvalid(base, [8], 'input', /1 spatial sizes, not 2/);
    checkInvalid({ ...base, dilation: 4 }, [8, 8], 'kernelSize', /extent 9 does not fit a padded input of 8/);
  });

  it('bounds padding that copies by the size of the input', () => {
    const reflect = { rank: 1, in: 1, out: 1, kernel: 3, paddingMode: 'reflect' } as const;
    assert.deepEqual(outputs({ ...reflect, padding: 3 }, 4), [8]);
    checkInvalid(
      { ...reflect, padding: 4 },
      [4],
      'padding',
      /reflect padding of 4 needs a larger input than 4/,
    );
    const circular = { ...reflect, paddingMode: 'circular' } as const;
    assert.deepEqual(outputs({ ...circular, padding: 4 }, 4), [10]);
    checkInvalid({ ...circular, padding: 5 }, [4], 'padding', /more than once/);
    assert.deepEqual(outputs({ ...reflect, paddingMode: 'replicate', padding: 9 }, 4), [20]);
  });

  it('resolves transposed convolutions, with output padding and stated sizes', () => {
    const parts = { transposed: true, in: 4, out: 4, kernel: 3, stride: 2 } as const;
    assert.deepEqual(outputs({ ...parts, padding: 1, outputPadding: 1 }, 6, 7), [12, 14]);
    assert.deepEqual(outputs({ ...parts, padding: { kind: 'same' } }, 7, 7), [14, 14]);
    const stated = (rule: 'same' | 'valid', ...output: number[]) =>
      ({ ...parts, padding: { kind: 'fromOutput', rule, output: output.map(exact) } }) as const;
    assert.deepEqual(outputs(stated('same', 3, 4), 2, 2), [3, 4]);
    assert.deepEqual(outputs(stated('valid', 5, 6), 2, 2), [5, 6]);
    checkInvalid(stated('same', 4, 5), [2, 2], 'outputShape', /axis 1: the forward convolution of 5/);
    checkInvalid(stated('valid', 5, 7), [2, 2], 'outputShape', /axis 1/);
    checkInvalid({ ...parts, padding: 3 }, [2, 2], 'padding', /an output of -1 elements is empty/);
    checkInvalid({ ...parts, paddingMode: 'circular' }, [4, 4], 'paddingMode', /transposed/);
  });
});
