/** The JSON report: field by field, and the forms of numbers, formulas and what is unknown. */
import assert from 'node:assert/strict';
import type { CallSite } from '../../../src/analysis/report';
import { fileJson, type JsonSite } from '../../../src/present/json';
import { reportTable } from '../../../src/present/table';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';
import {
  block,
  built as builtBy,
  data,
  held,
  layer,
  model,
  place,
  reportOf,
  separable,
  site,
  URI,
} from './make';

const input = { batch: exact(1), channels: exact(3), spatial: [exact(8), exact(8)], isAssumed: true };
const finding = {
  code: 'torch.groups-divide-in-channels',
  severity: 'error',
  message: 'in_channels must be divisible by groups',
  exception: 'ValueError',
  place: place(4, 2),
} as const;

/** The only call of a file's report. */
function callOf(call: CallSite): JsonSite {
  const [found] = fileJson('a.py', reportOf({ sites: [call] })).sites;
  assert.ok(found !== undefined);
  return found;
}

describe('The JSON report', () => {
  it('has the fields of a call', () => {
    const { sites } = fileJson('a.py', reportOf({ sites: [site({ layer: layer({ groups: 3 }), input })] }));
    assert.deepEqual(sites, [
      {
        line: 12,
        column: 7,
        endLine: 12,
        endColumn: 42,
        callee: 'nn.Conv2d',
        assumes: [],
        kind: 'depthwise',
        spec: {
          inChannels: 3,
          outChannels: 9,
          kernelSize: [3, 3],
          stride: [1, 1],
          padding: [1, 1],
          paddingMode: 'zeros',
          dilation: [1, 1],
          groups: 3,
          bias: true,
          transposed: false,
          outputPadding: [0, 0],
          dataLayout: 'channelsFirst',
        },
        weights: [
          { name: 'weight', shape: [9, 1, 3, 3], layout: 'OIHW' },
          { name: 'bias', shape: [9], layout: 'O' },
        ],
        params: 90,
        inputShape: [1, 3, 8, 8],
        inputAssumed: true,
        outputShape: [1, 9, 8, 8],
        macs: 5184,
        unknown: [],
        layers: [],
      },
    ]);
  });

  it('writes formulas as text and what is unknown as null, with its reason and line', () => {
    const call = callOf(site({ layer: layer({ in: 'dim', out: null, pad: [0, 0] }) }));
    assert.equal(call.spec.inChannels, 'dim');
    assert.equal(call.spec.outChannels, null);
    assert.deepEqual(call.weights[0]?.shape, [null, 'dim', 3, 3]);
    assert.deepEqual([call.params, call.inputShape, call.outputShape, call.macs], [null, null, null, null]);
    assert.deepEqual(call.unknown, [
      { what: 'output channels', reason: 'size is not defined in what was read', line: 4 },
    ]);
  });

  it('tells paddings apart', () => {
    const paddingOf = (options: Parameters<typeof layer>[0]) =>
      callOf(site({ layer: layer(options) })).spec.padding;
    const sizes = (...values: number[]) => values.map((value) => exact(value));
    assert.deepEqual(paddingOf({ padding: { kind: 'explicit', before: sizes(0, 1), after: sizes(1, 1) } }), [
      [0, 1],
      [1, 1],
    ]);
    assert.equal(paddingOf({ padding: { kind: 'same' } }), 'same');
    assert.deepEqual(
      paddingOf({
        transposed: true,
        outputPadding: sizes(1, 1),
        padding: { kind: 'explicit', before: sizes(1, 1), after: sizes(0, 0) },
      }),
      [1, 1],
    );
  });

  it('keeps the batch axis of Keras, whose size is not known, and none for PyTorch data without one', () => {
    const data = { channels: exact(3), spatial: [exact(8), exact(8)], isAssumed: false };
    assert.deepEqual(callOf(site({ layer: separable(3, 16), input: data })).outputShape, [null, 8, 8, 16]);
    assert.deepEqual(callOf(site({ layer: layer({ out: 9 }), input: data })).outputShape, [9, 8, 8]);
  });

  it('describes a separable call by its window, its last channels and both weights', () => {
    const call = callOf(site({ layer: separable(3, 16) }));
    assert.equal(call.kind, 'separable');
    assert.deepEqual([call.spec.inChannels, call.spec.outChannels, call.spec.depthMultiplier], [3, 16, 1]);
    assert.deepEqual(
      call.weights.map(({ shape }) => shape),
      [
        [3, 3, 3, 1],
        [1, 1, 3, 16],
      ],
    );
    assert.equal(call.params, 75);
  });

  it('names the layers that a call built by model and place in it', () => {
    const built = {
      layer: layer({ in: 96, out: 96, groups: 96 }),
      model: 'net',
      count: 2,
      names: ['a.dw', 'b.dw'],
      inputs: [],
    };
    const owner = {
      id: 'net',
      name: 'net',
      kind: 'object' as const,
      type: 'Net',
      place: place(30, 0),
      params: exact(1920),
      nonTrainable: exact(0),
      macs: { convolutions: symbol('m'), linear: exact(0), products: exact(0) },
      layers: [
        { name: 'a.dw', siteId: '11:7', uri: URI, path: 'torch.nn.Conv2d', layer: built.layer, inputs: [] },
      ],
      isComplete: true,
    };
    const file = fileJson(
      'a.py',
      reportOf({
        sites: [site({ layer: layer({ in: 'dim' }), built: [built] })],
        blocks: [],
        elsewhere: [],
        models: [owner],
      }),
    );
    assert.deepEqual(
      file.sites[0]?.layers.map((each) => [each.model, each.name, each.params]),
      [
        ['net', 'a.dw', 960],
        ['net', 'b.dw', 960],
      ],
    );
    assert.deepEqual(file.models, [
      {
        name: 'net',
        kind: 'object',
        type: 'Net',
        line: 31,
        input: null,
        inputFrom: null,
        inputAssumed: false,
        params: 1920,
        nonTrainable: 0,
        macs: 'm',
        macsByKind: { convolutions: 'm', linear: 0, products: 0 },
        layers: [{ name: 'a.dw', line: 12, params: 960, macs: null }],
        complete: true,
      },
    ]);
  });

  it('says where the input of a model comes from, and the work of each layer on it', () => {
    const of = model({
      input: { shape: [exact(1), exact(3), exact(8), exact(8)], from: 'set' },
      layers: [held('stem', {}, { inputs: [data(3, 8, 8)] })],
    });
    const [found] = fileJson('a.py', reportOf({ models: [of] })).models;
    assert.deepEqual([found?.input, found?.inputFrom, found?.inputAssumed], [[1, 3, 8, 8], 'set', false]);
    // 9 filters of 3·3·3 weights at 8·8 positions
    assert.equal(found?.layers[0]?.macs, 9 * 27 * 64);
  });

  it('has the blocks in brief, in general and by model', () => {
    const made = { siteId: '30:11', uri: URI, path: 'torch.nn.Conv2d' };
    const call = block({
      assumes: ['stride=1'],
      holds: [{ ...made, layer: layer({ in: 'planes', out: 64 }), count: 1 }],
      built: [{ ...builtBy('net()', ['a', 'b'], { in: 8, out: 8, kernel: [1, 1] }), ...made }],
    });
    assert.deepEqual(fileJson('a.py', reportOf({ blocks: [call] })).blocks, [
      {
        line: 21,
        column: 8,
        endLine: 21,
        endColumn: 40,
        callee: 'conv3x3',
        assumes: ['stride=1'],
        layers: [{ line: 31, layer: 'planes→64 3×3', params: '576·planes + 64', count: 1 }],
        built: [{ model: 'net()', names: ['a', 'b'], line: 31, layer: '8→8 1×1', params: 72, count: 2 }],
      },
    ]);
  });

  it('has no weights for a kernel with the wrong number of sizes, which makes a weight of other axes', () => {
    const size = unknown({ code: 'invalid', subject: 'kernel_size' });
    const kernel = layer({ in: 4, out: 8 }).stages[0];
    const odd = callOf(site({ layer: { stages: [{ ...kernel, kernelSize: [size, size] }] } }));
    assert.deepEqual([odd.weights, odd.params], [[], null]);
  });

  it('has no output for a call that is refused, and no weights where the groups do not divide', () => {
    const refused = callOf(site({ layer: layer({ in: 4, out: 8 }), input, findings: [finding] }));
    assert.deepEqual(
      [refused.params, refused.inputShape, refused.outputShape, refused.macs],
      [296, null, null, null],
    );
    const impossible = callOf(site({ layer: layer({ in: 6, out: 10, groups: 3 }), findings: [finding] }));
    assert.deepEqual([impossible.weights, impossible.params], [[], null]);
  });

  it('lists a finding once', () => {
    const file = fileJson('a.py', reportOf({ sites: [site({ findings: [finding] })], findings: [finding] }));
    assert.deepEqual(file.findings, [
      {
        code: 'torch.groups-divide-in-channels',
        severity: 'error',
        message: 'in_channels must be divisible by groups',
        line: 5,
        column: 2,
      },
    ]);
  });
});

describe('The table', () => {
  it('has a row a call, findings and totals that do not guess', () => {
    const sites = [
      site({ layer: layer({ groups: 3 }), input }),
      site({ layer: layer({ in: 'dim' }) }),
      site({ layer: layer({ in: null }) }),
    ];
    assert.deepEqual(reportTable('a.py', reportOf({ sites, findings: [finding] })).split('\n'), [
      'a.py',
      '  line  call       kind                     weights         parameters  output                         MACs',
      '    12  nn.Conv2d  depthwise, multiplier 3  [9, 1, 3, 3]            90  [1, 9, 8, 8] (input assumed)  5,184',
      '    12  nn.Conv2d  standard                 [9, dim, 3, 3]  81·dim + 9',
      '    12  nn.Conv2d  standard                 [9, ?, 3, 3]             ?',
      '  line 12: input channels unknown: size is not defined in what was read',
      '  error 5:2: ValueError: in_channels must be divisible by groups',
      '  3 layers: 90 parameters + 1 given as formulas + 1 unknown',
    ]);
  });

  it('cannot command a terminal', () => {
    assert.doesNotMatch(
      reportTable('a\u001b[2J.py', reportOf({ sites: [site({ callee: '\u001b]0;x\u0007' })] })),
      /[\u001b\u0007]/,
    );
  });
});
