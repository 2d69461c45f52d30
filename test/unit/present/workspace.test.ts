/** What a scan of a workspace keeps of a file, and its totals. */
import assert from 'node:assert/strict';
import { countsText, summariseFile, totalsLine, totalsOf } from '../../../src/present/workspace';
import { unknown } from '../../../src/symbolic/quantity';
import { layer, model, place, reportOf, site, URI } from './make';

const finding = {
  code: 'x',
  severity: 'error',
  message: 'no',
  exception: 'ValueError',
  place: place(1, 0),
} as const;

describe('The summary of a file', () => {
  it('counts calls by how well they are known, with reasons', () => {
    const unread = {
      stages: [{ ...layer().stages[0], bias: unknown({ code: 'varies', subject: 'a' }) }],
    } as const;
    const sites = [
      site(),
      site({ layer: layer({ in: 'dim' }) }),
      site({ layer: layer({ in: null, out: null }) }),
      site({ layer: layer({ in: null }) }),
      site({ layer: unread }),
    ];
    const summary = summariseFile(URI, [
      reportOf({ sites, models: [model()], findings: [finding, finding] }),
    ]);
    assert.ok(summary !== undefined);
    const { exact, formula, models, findings } = summary;
    assert.deepEqual([summary.sites, exact, formula, summary.unknown], [5, 1, 1, 3]);
    assert.deepEqual(summary.reasons, [
      { because: 'size is not defined in what was read', count: 2 },
      { because: 'it differs between evaluations: a', count: 1 },
    ]);
    assert.deepEqual(
      models.map(({ id, params }) => [id, params]),
      [['net()', '1,000']],
    );
    assert.deepEqual(
      findings.map(({ message }) => message),
      ['ValueError: no'],
    );
    assert.deepEqual(summary.place, sites[0]?.place);
  });

  it('is nothing for a file without anything', () => {
    assert.equal(summariseFile(URI, [reportOf()]), undefined);
  });

  it('leaves out findings about other files', () => {
    const far = { ...finding, place: place(1, 0, 1, 1, 'file:///other.py') };
    assert.deepEqual(summariseFile(URI, [reportOf({ sites: [site()], findings: [far] })])?.findings, []);
  });

  it('keeps a bounded number of models and findings', () => {
    const models = Array.from({ length: 70 }, (_, index) => model({ id: `m${index}` }));
    const findings = Array.from({ length: 80 }, (_, index) => ({ ...finding, message: String(index) }));
    const summary = summariseFile(URI, [reportOf({ models, findings })]);
    assert.deepEqual([summary?.models.length, summary?.findings.length, summary?.omitted], [50, 50, 50]);
  });

  it('becomes one line of totals', () => {
    const one = summariseFile(URI, [reportOf({ sites: [site()], findings: [finding] })]);
    assert.ok(one !== undefined);
    assert.equal(
      totalsLine(totalsOf(3, [one])),
      '3 files · 1 call: 1 exact · 0 models · 1 error · 0 warnings',
    );
    assert.equal(countsText({ sites: 3, exact: 0, formula: 1, unknown: 2 }), '3 calls: 1 formula, 2 unknown');
  });
});
