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
  const made = model({ id: 'net', name: 'net', kind: 'object', place: place(50, 6, 50, 11) });
  const find = (line: string, character: number, ...others: string[]) =>
    modelOfVariable([made], { line: 5, character }, { line, all: [[line, ...others].join('\n')] });

  it('is found in its only assignment', () => {
    const span = { start: { line: 5, character: 0 }, end: { line: 5, character: 3 } };
    assert.deepEqual(find('net = small()', 1), { model: made, span });
    assert.deepEqual(find('net: nn.Module = small()', 3), { model: made, span });
    assert.deepEqual(
      find('net = small()', 1, 'other.net = 1', 'print(net)', 'f(net)', 'such as `a`, and `net`.'),
      {
        model: made,
        span,
      },
    );
    assert.equal(find('net = small()', 7), undefined);
  });

  it('is not guessed for other names and other statements', () => {
    for (const line of ['foo = Net()', 'net += Net()', 'x.net = Net()', 'net == Net()', '  net = Net()'])
      assert.equal(find(line, 1), undefined, line);
  });

  it('is not told of a name that is bound more than once', () => {
    const others = [
      'net = wide()',
      '    net = 1',
      'net, a = f()',
      'for net in nets:',
      'import a as net',
      'def net():',
    ];
    for (const other of [...others, 'net += 1', 'a = net = f()', 'del net', 'with f() as (a, net):'])
      assert.equal(find('net = small()', 1, other), undefined, other);
  });
});
