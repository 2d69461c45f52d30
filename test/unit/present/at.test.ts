/** What stands under a position. */
import assert from 'node:assert/strict';
import { modelOfVariable, subjectAt } from '../../../src/present/at';
import { block, model, place, reportOf, site } from './make';

describe('The subject at a position', () => {
  const outer = block({ place: place(2, 6, 6, 1) });
  const inner = block({ id: '3:4', place: place(3, 4, 3, 20) });
  const call = site({ place: place(4, 4, 4, 30) });
  const report = reportOf({ sites: [call], blocks: [outer, inner] });
  const at = (line: number, character: number) => subjectAt(report, { line, character });

  it('is the innermost call', () => {
    assert.deepEqual(at(3, 8), { kind: 'block', block: inner });
    assert.deepEqual(at(4, 8), { kind: 'site', site: call });
    assert.deepEqual(at(5, 0), { kind: 'block', block: outer });
    assert.equal(at(7, 0), undefined);
  });

  it('is the model where the call that makes it is a block, too', () => {
    const made = model({ kind: 'object', place: outer.place });
    const found = subjectAt({ ...report, models: [made] }, { line: 2, character: 8 });
    assert.deepEqual(found, { kind: 'model', model: made });
  });

  it('is nothing of another file', () => {
    const far = model({ place: place(2, 6, 6, 1, 'file:///other.py') });
    assert.equal(subjectAt(reportOf({ models: [far] }), { line: 3, character: 0 }), undefined);
  });
});

describe('The model of a variable', () => {
  const made = model({ id: 'net', name: 'net', kind: 'object', place: place(5, 6, 5, 11) });
  const find = (line: string, character: number, name = 'net') =>
    modelOfVariable(reportOf({ models: [{ ...made, name }] }), { line: 5, character }, (_, end) =>
      line.slice(0, end),
    );

  it('is found in the assignment that makes it', () => {
    assert.deepEqual(find('net = Net()', 1), {
      model: made,
      span: { start: { line: 5, character: 0 }, end: { line: 5, character: 3 } },
    });
    assert.equal(find('net = Net()', 5), undefined);
  });

  it('is not guessed for other names and other statements', () => {
    assert.equal(find('foo = Net()', 1), undefined);
    assert.equal(find('net += Net()', 1), undefined);
    assert.equal(find('x.net=Net()', 1), undefined);
  });
});
