/** Which messages the page takes for content. */
import assert from 'node:assert/strict';
import { multiply } from '../../../src/symbolic/arithmetic';
import { exact, symbol, unknown } from '../../../src/symbolic/quantity';
import { isPageContent, isSavedState } from '../../../webview/page/check';
import { content, conv, separable } from './layers';

const GOOD = content(conv(3, 9, 3, { groups: exact(3) }));

/** The content as JSON with one value replaced, by a path such as `layer.stages.0.rank`. */
function broken(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(GOOD)) as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce((each, name) => each[name] as Record<string, unknown>, copy);
  parent[last] = value;
  return copy;
}

describe('content from the host', () => {
  it('is taken in every form there is', () => {
    const dim = symbol('dim');
    const lazy = unknown({ code: 'channels-from-input', subject: 'in_channels' });
    const layers = [
      conv(3, 9, 3),
      separable(3, 16, 3, 2),
      conv(dim, multiply(exact(2), dim), 7, {
        groups: dim,
        bias: unknown({ code: 'parameter', subject: 'bias' }),
      }),
      conv(lazy, 16, 3, { padding: { kind: 'same' } }),
      conv(2, 2, 3, { padding: { kind: 'fromOutput', rule: 'same', output: [exact(8), exact(8)] } }),
      conv(2, 2, 3, { paddingMode: 'circular', paddingWord: 'same' }),
    ];
    for (const layer of layers) assert.ok(isPageContent(JSON.parse(JSON.stringify(content(layer)))));
    assert.ok(isPageContent({ kind: 'empty', message: 'Nothing here.' }));
    const input = { channels: exact(3), spatial: [exact(8), exact(8)], isAssumed: true };
    assert.ok(isPageContent({ ...GOOD, input, unknowns: [{ what: 'dim', because: 'why' }] }));
  });

  it('is refused in any other', () => {
    for (const value of [
      undefined,
      null,
      1,
      'layer',
      [],
      {},
      { kind: 'layer' },
      { kind: 'empty' },
      { kind: 'other' },
    ]) {
      assert.equal(isPageContent(value), false, JSON.stringify(value));
    }
  });

  it('is refused when one part of it is wrong', () => {
    for (const [path, value] of [
      ['title', 7],
      ['place.span.start.line', -1],
      ['layer.stages', []],
      ['layer.stages.0.rank', 4],
      ['layer.stages.0.inChannels', { kind: 'exact', value: 1.5 }],
      ['layer.stages.0.inChannels', { kind: 'formula', terms: [{ numerator: 1 }] }],
      ['layer.stages.0.groups', { kind: 'unknown', reason: { code: 'no-such-code', subject: 'x' } }],
      ['layer.stages.0.kernelSize', [{ kind: 'exact', value: 3 }]],
      ['layer.stages.0.weightLayout', 'HWIO'],
      ['layer.stages.0.padding', { kind: 'explicit', before: [], after: [] }],
      ['findings', [{ severity: 'fatal', message: 'x' }]],
      ['facts', 'none'],
      ['input', { channels: { kind: 'exact', value: 3 }, spatial: [], isAssumed: false }],
      ['isPinned', 'yes'],
    ] as const) {
      assert.equal(isPageContent(broken(path, value)), false, path);
    }
  });
});

describe('a saved state', () => {
  it('of another form is refused', () => {
    for (const value of [undefined, {}, { stage: 'first' }, { content: GOOD, stage: 'third' }]) {
      assert.equal(isSavedState(value), false);
    }
  });
});
