/** Text from source cannot become markup: hostile names, strings and addresses. */
import assert from 'node:assert/strict';
import { code, codeCell, commandLink, escapeText, image, link, table } from '../../../src/present/markdown';

describe('Markdown escaping', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['links', '[x](command:evil)', '\\[x\\]\\(command\\:evil\\)'],
    ['images', '![x](http://a)', '\\!\\[x\\]\\(http\\:\\/\\/a\\)'],
    ['HTML', '<img src=x onerror="a">', '\\<img src\\=x onerror\\=\\"a\\"\\>'],
    ['entities', '&lt;', '\\&lt\\;'],
    ['icons', '$(trash)', '\\$\\(trash\\)'],
    ['emphasis in names', '__init__', '\\_\\_init\\_\\_'],
    ['bare addresses', 'http://a.b', 'http\\:\\/\\/a\\.b'],
    ['addresses without a scheme', 'www.a.b', 'www\\.a\\.b'],
    ['mail addresses', 'a@b.c', 'a\\@b\\.c'],
    ['table cells', 'a | b', 'a \\| b'],
    ['list marks and headings', '# - 1.', '\\# \\- 1\\.'],
    ['backslashes', '\\', '\\\\'],
    ['line ends', 'a\n\n# b', 'a \\# b'],
    ['text that reverses its direction', 'a\u202eb', 'a b'],
  ];
  for (const [name, text, expected] of cases) {
    it(`defuses ${name}`, () => assert.equal(escapeText(text), expected));
  }

  it('leaves words, digits, commas and other scripts as they are', () => {
    assert.equal(escapeText('3 каналы, 9 × 畳み込み'), '3 каналы, 9 × 畳み込み');
  });
});

describe('Code spans', () => {
  it('use a fence longer than any run of backticks inside', () => {
    assert.equal(code('a'), '`a`');
    assert.equal(code('a``b'), '```a``b```');
    assert.equal(code('`a`'), '`` `a` ``');
  });

  it('stay on one line and are never empty', () => {
    assert.equal(code('a\n\n`b'), '``a `b``');
    assert.equal(code('\n'), '` `');
  });

  it('escape pipes in cells only', () => {
    assert.equal(code('a|b'), '`a|b`');
    assert.equal(codeCell('a|b'), '`a\\|b`');
  });
});

describe('Links', () => {
  it('cannot be closed early by their label or their target', () => {
    assert.equal(link('a](x', 'http://b/(c) d'), '[a\\]\\(x](http://b/%28c%29%20d)');
  });

  it('carry command arguments as one encoded JSON list', () => {
    const text = commandLink('Open', 'convlens.reveal', [{ uri: "file:///a'(b).py" }]);
    const [, query] = /^\[Open\]\(command:convlens\.reveal\?([^\s()']+)\)$/.exec(text) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(query ?? '')), [{ uri: "file:///a'(b).py" }]);
  });

  it('of images have an alternative text without markup', () => {
    assert.equal(image('a](x) <b> in_channels: 3', 'data:x'), '![a x b in channels: 3](data:x)');
  });
});

describe('Tables', () => {
  it('align figures to the right', () => {
    assert.equal(table(['', 'n'], [['a', '1']]), '|  | n |\n| :-- | --: |\n| a | 1 |');
  });
});
