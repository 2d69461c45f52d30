/** How the summary's rows are sorted, and which content and states the page takes. */
import assert from 'node:assert/strict';
import type { ModelContent } from '../../../../src/protocol/summary';
import { isSummaryContent, isSummaryState } from '../../../../webview/page/summary/check';
import { INITIAL_STATE, nextSort, sortedRows, type Sort } from '../../../../webview/page/summary/state';

const place = {
  uri: 'file:///a.py',
  span: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
};

function row(name: string, params: number | undefined) {
  const number = params === undefined ? { text: 'n·n' } : { text: String(params), value: params };
  return { cells: [{ text: name }, number], place };
}

const content: ModelContent = {
  kind: 'summary',
  uri: 'file:///a.py',
  id: 'net()',
  location: 'a.py:1',
  place,
  facts: [{ name: 'parameters', value: '9' }],
  notes: [],
  columns: [
    { title: 'name', isNumeric: false },
    { title: 'parameters', isNumeric: true },
  ],
  rows: [row('layer10', 5), row('layer2', undefined), row('layer1', 70), row('', 5)],
  totals: ['4 convolutions', '?'],
};
const namesBy = (sort: Sort | undefined) => sortedRows(content, sort).map(({ cells: [name] }) => name?.text);

describe('The order of the summary', () => {
  it("is the model's own until a column is chosen", () => {
    assert.deepEqual(namesBy(undefined), ['layer10', 'layer2', 'layer1', '']);
  });

  it('compares numbers by value, keeps equal ones in place and puts formulas last', () => {
    assert.deepEqual(namesBy({ column: 1, isDescending: true }), ['layer1', 'layer10', '', 'layer2']);
    assert.deepEqual(namesBy({ column: 1, isDescending: false }), ['layer10', '', 'layer1', 'layer2']);
  });

  it('compares texts with their numbers as numbers, and puts empty ones last', () => {
    assert.deepEqual(namesBy({ column: 0, isDescending: false }), ['layer1', 'layer2', 'layer10', '']);
    assert.deepEqual(namesBy({ column: 0, isDescending: true }), ['layer10', 'layer2', 'layer1', '']);
  });

  it('turns and ends with further presses', () => {
    const first = nextSort(undefined, 1, true);
    assert.deepEqual(first, { column: 1, isDescending: true });
    const second = nextSort(first, 1, true);
    assert.deepEqual(second, { column: 1, isDescending: false });
    assert.equal(nextSort(second, 1, true), undefined);
    assert.deepEqual(nextSort(second, 0, false), { column: 0, isDescending: false });
  });
});

describe('The summary page', () => {
  it('takes models and messages, as they come over the wire', () => {
    assert.ok(isSummaryContent(JSON.parse(JSON.stringify(content))));
    assert.ok(isSummaryContent({ kind: 'empty', message: 'gone' }));
    assert.ok(isSummaryState({ ...INITIAL_STATE, content, sort: { column: 1, isDescending: true } }));
    assert.ok(isSummaryState(INITIAL_STATE));
  });

  it('takes nothing else', () => {
    const wrong = [
      undefined,
      {},
      { ...content, kind: 'layer' },
      { ...content, rows: [{ cells: [{ text: 1 }], place }] },
      { ...content, rows: [{ cells: [] }] },
      { ...content, columns: ['name'] },
      { ...content, totals: [1] },
    ];
    assert.deepEqual(wrong.filter(isSummaryContent), []);
    assert.equal(isSummaryState({ notice: '', sort: { column: 'x' } }), false);
  });
});
