/** What the panel, the list of layers and the editor's diagnostics are given, and sizes as people write them. */
import assert from 'node:assert/strict';
import { diagnosticsOf } from '../../../src/present/diagnostics';
import { parseInputSize } from '../../../src/present/input';
import { layerEntries, totalsText } from '../../../src/present/lists';
import { panelLayer } from '../../../src/present/panel';
import { exact } from '../../../src/symbolic/quantity';
import { layer, place, site, URI } from './make';

const finding = {
  code: 'x',
  severity: 'error',
  message: 'no',
  exception: 'ValueError',
  place: place(4, 2),
} as const;

describe("The panel's content", () => {
  const part = {
    layer: layer({ in: null, groups: 3 }),
    findings: [{ ...finding, severity: 'warning' }],
  } as const;
  const content = panelLayer(site(part), { flops: '2*macs', isPinned: true });

  it('names the call and where it stands', () => {
    assert.equal(content.id, `${URI}#11:7`);
    assert.equal(content.location, 'forum_question.py:12');
    assert.equal(content.isPinned, true);
  });

  it('gives figures with their scope and formula as text', () => {
    assert.deepEqual(
      content.facts.find(({ name }) => name === 'MACs'),
      {
        name: 'MACs',
        value: '?',
        detail: 'for each output position: 9 × ? × 3 × 3',
      },
    );
  });

  it('tells reasons and findings in words', () => {
    assert.deepEqual(
      content.unknowns.map(({ what, because }) => `${what}: ${because}`),
      ['input channels: size is not defined in what was read'],
    );
    assert.deepEqual(content.findings, [{ severity: 'warning', message: 'ValueError: no' }]);
  });
});

describe('The list of layers', () => {
  it('says what each call is, where it stands and what it costs', () => {
    const input = { batch: exact(1), channels: exact(3), spatial: [exact(8), exact(8)], isAssumed: false };
    const [entry] = layerEntries([
      {
        uri: URI,
        sites: [site({ layer: layer({ groups: 3 }), input, target: 'self.conv', scope: 'Net.__init__' })],
        blocks: [],
        elsewhere: [],
        models: [],
        findings: [],
      },
    ]);
    assert.equal(entry?.label, 'self.conv = nn.Conv2d');
    assert.equal(entry.description, 'depthwise, multiplier 3 · line 12 · Net.__init__');
    assert.equal(entry.detail, '[9, 1, 3, 3], 90 parameters, 5,184 MACs');
  });
});

describe('The totals', () => {
  it('add the parameters of layers, and count function calls, whose weights belong to others', () => {
    const sites = [
      site({ layer: layer({ groups: 3 }) }),
      site({ layer: layer({ in: 'dim' }) }),
      site({ role: 'function', layer: layer() }),
    ];
    const text = totalsText([{ uri: URI, sites, blocks: [], elsewhere: [], models: [], findings: [] }]);
    assert.equal(text, '2 layers: 90 parameters + 1 given as formulas; 1 function call');
  });
});

describe('Diagnostics', () => {
  it('are the findings of this document, each once, in source order', () => {
    const early = { ...finding, place: place(1, 0) };
    const elsewhere = { ...finding, place: place(0, 0, 0, 1, 'file:///other.py') };
    const report = {
      uri: URI,
      sites: [site({ findings: [finding, elsewhere] })],
      blocks: [],
      elsewhere: [],
      models: [],
      findings: [finding, early],
    };
    assert.deepEqual(
      diagnosticsOf(report).map(({ span, message, severity }) => [span.start.line, message, severity]),
      [
        [1, 'ValueError: no', 'error'],
        [4, 'ValueError: no', 'error'],
      ],
    );
  });
});

describe('An input size', () => {
  it('is batch, channels and one to three sizes', () => {
    const expected = { batch: 1, channels: 3, spatial: [224, 224] };
    for (const text of ['1x3x224x224', ' 1 × 3 × 224 × 224 ', '1,3,224,224', '1X3X224X224']) {
      assert.deepEqual(parseInputSize(text), expected);
    }
    assert.deepEqual(parseInputSize('1x3x16')?.spatial, [16]);
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      '3',
      '1x3',
      '1x3x0',
      '1x3x-4',
      '1x3x2.5',
      '1x3x4x5x6x7',
      '1x3xa',
      '1x3x9999999999',
    ]) {
      assert.equal(parseInputSize(text), undefined, text);
    }
  });
});
