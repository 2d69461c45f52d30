/** The table of a model, and what is copied of it. */
import assert from 'node:assert/strict';
import { modelSummary, summaryCsv, summaryMarkdown } from '../../../src/present/summary';
import { exact, unknown } from '../../../src/symbolic/quantity';
import { data, held, markupOutside, model, separable } from './make';

// The reference is arithmetic: 64·3·49 = 9,408 parameters, times 112·112 positions 118,013,952 MACs.
const stem = held(
  'conv1',
  { in: 3, out: 64, kernel: [7, 7], stride: [2, 2], pad: [3, 3], bias: false },
  { inputs: [data(3, 224, 224)] },
);
const deep = held('features.0', { in: 64, out: 64, groups: 64, dilation: [2, 1] }, { siteId: '99:4' });

describe('The summary of a model', () => {
  const summary = modelSummary(model({ layers: [stem, deep] }));
  const texts = summary.rows.map(({ cells }) => cells.map(({ text }) => text));

  it('has a row a convolution and a cell a column', () => {
    assert.deepEqual(
      summary.columns.map(({ title }) => title),
      [
        ...['name', 'class', 'in', 'out', 'kernel', 'stride', 'padding', 'dilation', 'groups', 'weight'],
        ...['parameters', 'input', 'output', 'MACs'],
      ],
    );
    assert.deepEqual(texts, [
      [
        ...['conv1', 'Conv2d', '3', '64', '7', '2', '3', '1', '1', '[64, 3, 7, 7]', '9,408'],
        ...['[1, 3, 224, 224]', '[1, 64, 112, 112]', '118,013,952'],
      ],
      [
        ...['features.0', 'Conv2d', '64', '64', '3', '1', '1', '2×1', '64', '[64, 1, 3, 3]', '640'],
        ...['', '', ''],
      ],
    ]);
  });

  it('sorts numbers by value and sizes by their product', () => {
    const values = summary.rows[1]?.cells.map(({ value }) => value);
    assert.deepEqual(values?.slice(2, 11), [64, 64, 9, 1, undefined, 2, 64, undefined, 640]);
  });

  it('links rows to the calls that make them', () => {
    assert.deepEqual(summary.rows[1]?.place.span.start, { line: 99, character: 4 });
  });

  it('adds up what is known of all rows, and nothing else', () => {
    assert.deepEqual(summary.totals.slice(0, 1), ['2 convolutions']);
    assert.deepEqual(summary.totals.slice(10), ['10,048', '', '', '?']);
    assert.equal(modelSummary(model({ layers: [stem] })).totals[13], '118,013,952');
  });

  it('adds up the applications of a layer that runs twice', () => {
    const twice = modelSummary(model({ layers: [{ ...stem, inputs: [data(3, 224, 224), data(3, 4, 4)] }] }));
    // 9,408 × (112·112 + 2·2)
    assert.deepEqual(
      twice.rows[0]?.cells.slice(11).map(({ text }) => text),
      ['[1, 3, 224, 224], [1, 3, 4, 4]', '[1, 64, 112, 112], [1, 64, 2, 2]', '118,051,584'],
    );
  });

  it('says why totals are not complete', () => {
    const gap = unknown({ code: 'unmodelled', subject: 'the parameters of Odd' });
    const { notes, facts } = modelSummary(model({ params: gap, isComplete: false }));
    assert.deepEqual(notes, [
      'Not complete: not every part of this model was read, so it may have more than what is listed here.',
      'Unknown: the parameters of Odd is not modelled.',
    ]);
    assert.deepEqual(facts, [
      { name: 'parameters', value: 'unknown' },
      { name: 'memory of weights', value: 'unknown' },
      { name: 'input', value: 'not known' },
    ]);
  });

  it('names MACs and FLOPs apart', () => {
    const macs = { convolutions: exact(10), linear: exact(20), products: exact(30) };
    const { facts } = modelSummary(model({ input: { shape: [exact(1), exact(3)], from: 'set' }, macs }));
    assert.deepEqual(facts.slice(2), [
      { name: 'input', value: '[1, 3] (set by you for this model)' },
      { name: 'MACs of convolutions', value: '10' },
      { name: 'MACs of linear layers', value: '20' },
      { name: 'MACs of products of tensors', value: '30' },
      { name: 'MACs in all', value: '60' },
      { name: 'FLOPs (2 × MACs)', value: '120' },
    ]);
  });

  it('shows both weights of a separable layer', () => {
    const { rows } = modelSummary(model({ layers: [{ ...stem, layer: separable(3, 16), inputs: [] }] }));
    const cells = rows.flatMap((row) => row.cells.map(({ text }) => text));
    assert.deepEqual([cells[9], cells[3]], ['[3, 3, 3, 1] + [1, 1, 3, 16]', '16']);
  });

  it('lists no more rows than a page can hold, and says so', () => {
    const { rows, notes, totals } = modelSummary(model({ layers: Array.from({ length: 5002 }, () => stem) }));
    assert.equal(rows.length, 5000);
    assert.equal(totals[0], '5002 convolutions');
    assert.deepEqual(notes, ['2 more convolutions are counted in the totals and not listed.']);
  });
});

describe('What is copied of a summary', () => {
  it('is CSV with plain numbers and quoted lists', () => {
    const [header, row, ...rest] = summaryCsv(modelSummary(model({ layers: [stem] }))).split('\r\n');
    assert.equal(header?.split(',').length, 14);
    assert.equal(
      row,
      'conv1,Conv2d,3,64,7,2,3,1,1,"[64, 3, 7, 7]",9408,"[1, 3, 224, 224]","[1, 64, 112, 112]",118013952',
    );
    assert.deepEqual(rest, ['']);
  });

  it('keeps a square kernel as the size of one side and others as they read', () => {
    const layers = [held('a', { kernel: [3, 3] }), held('b', { kernel: [3, 5] })];
    const lines = summaryCsv(modelSummary(model({ layers }))).split('\r\n');
    assert.deepEqual(
      lines.slice(1, 3).map((line) => line.split(',')[4]),
      ['3', '3×5'],
    );
  });

  it('runs nothing in a spreadsheet', () => {
    const csv = summaryCsv(modelSummary(model({ layers: [held('=cmd|"x"')] })));
    assert.ok(csv.includes(`"'=cmd|""x"""`));
  });

  it('is Markdown with totals, harmless whatever the names', () => {
    const text = summaryMarkdown(modelSummary(model({ layers: [stem] })));
    assert.ok(text.startsWith('**`net()`** (forum\\_question\\.py\\:31)'));
    assert.ok(text.includes('- parameters: `1,000`'));
    assert.ok(text.includes('| **1 convolution** |'));
    const evil = summaryMarkdown(modelSummary(model({ id: '`<b>`', layers: [held('|<b>`x`](evil)')] })));
    assert.doesNotMatch(markupOutside(evil), /[[\]<>`!$#]/);
  });
});
