/** The small channel map: which boxes it draws, which it links, how it folds, and that it is safe to show. */
import assert from 'node:assert/strict';
import { drawChannelMap, type Drawing } from '../../../src/present/drawing';
import { base64, xml } from '../../../src/present/encode';
import { toDataUri, toSvg } from '../../../src/present/svg';
import { layer, separable } from './make';

/** The links as `input→output`. */
function linksOf({ links }: Drawing): string[] {
  return links.map(({ from, to }) => `${from.label}→${to.label}`);
}

function drawn(options: Parameters<typeof layer>[0]): Drawing {
  const drawing = drawChannelMap(layer(options));
  assert.ok(drawing !== undefined);
  return drawing;
}

describe('The drawing', () => {
  it('links each input of three groups to its three filters', () => {
    assert.deepEqual(linksOf(drawn({ groups: 3 })), [
      '0→0',
      '0→1',
      '0→2',
      '1→3',
      '1→4',
      '1→5',
      '2→6',
      '2→7',
      '2→8',
    ]);
  });

  it('links all channels of one group', () => {
    assert.equal(drawn({ in: 3, out: 4 }).links.length, 12);
  });

  it('keeps the last channel when it folds', () => {
    const labels = drawn({ in: 64, out: 128 }).nodes.map(({ label }) => label);
    assert.ok(labels.includes('63') && labels.includes('127') && labels.includes('…'));
    assert.ok(labels.length <= 16);
  });

  it('folds groups and the channels in them', () => {
    const links = linksOf(drawn({ in: 256, out: 256, groups: 32 }));
    assert.deepEqual(links, [
      '0→0',
      '0→7',
      '7→0',
      '7→7',
      '8→8',
      '8→15',
      '15→8',
      '15→15',
      '248→248',
      '248→255',
      '255→248',
      '255→255',
    ]);
  });

  it('is a schematic for formulas', () => {
    assert.deepEqual(linksOf(drawn({ in: 'dim', out: 'dim', groups: 'dim' })), [
      '0→0',
      '1→1',
      'dim - 1→dim - 1',
    ]);
    assert.ok(linksOf(drawn({ in: null, out: 2 })).includes('?→1'));
  });

  it('has three rows for a separable layer, the last one linked to every depthwise output', () => {
    const drawing = drawChannelMap(separable(3, 4, 2));
    assert.ok(drawing !== undefined);
    assert.deepEqual(
      drawing.captions.map(({ text }) => text),
      ['inputs', 'depthwise', 'pointwise'],
    );
    assert.equal(drawing.links.length, 6 + 6 * 4);
  });

  it('is absent where there is no map', () => {
    assert.equal(drawChannelMap(layer({ groups: null })), undefined);
    assert.equal(drawChannelMap(layer({ in: 4, groups: 3 })), undefined);
    assert.equal(drawChannelMap(layer({ groups: 0 })), undefined);
  });

  it('keeps every box inside its frame and clear of the captions', () => {
    for (const options of [
      { groups: 3 },
      { in: 64, out: 128 },
      { in: 'width', out: 'width', groups: 'groups' },
    ]) {
      const { nodes, width } = drawn(options);
      assert.ok(nodes.every((node) => node.x - node.width / 2 >= 78 && node.x + node.width / 2 <= width));
    }
  });
});

describe('The image', () => {
  it('is ASCII and escapes names from source', () => {
    const svg = toSvg(drawn({ in: '"><script>é', out: '"><script>é', groups: '"><script>é' }), 'dark');
    assert.doesNotMatch(svg, /<script|[^\x20-\x7e]/);
    assert.ok(svg.includes('&#60;script&#62;&#233;'));
  });

  it('has other colours in each kind of theme', () => {
    const images = (['light', 'dark', 'highContrast', 'highContrastLight'] as const).map((theme) =>
      toSvg(drawn({}), theme),
    );
    assert.equal(new Set(images).size, 4);
  });

  it('is an address that decodes to the SVG', () => {
    const [, data = ''] = toDataUri(drawn({}), 'light').split('base64,');
    assert.equal(Buffer.from(data, 'base64').toString(), toSvg(drawn({}), 'light'));
  });

  it('encodes text of every length as Node does', () => {
    for (const text of ['', 'a', 'ab', 'abc', 'abcd', '<svg/>']) {
      assert.equal(base64(text), Buffer.from(text).toString('base64'));
    }
    assert.equal(xml('a<b>&"\'é\n'), 'a&#60;b&#62;&#38;&#34;&#39;&#233; ');
  });
});
