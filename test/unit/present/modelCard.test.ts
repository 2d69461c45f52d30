/** The card of a model: its totals, its input, what is missing, and that source text stays text. */
import assert from 'node:assert/strict';
import type { Model } from '../../../src/analysis/report';
import { modelCard } from '../../../src/present/modelCard';
import { exact, unknown } from '../../../src/symbolic/quantity';
import { cardLines, data, held, markupOutside, model, place } from './make';

const linesOf = (part: Partial<Model>, detail: 'full' | 'compact' = 'full') =>
  cardLines(modelCard(model(part), { detail }));

// Conv2d(3, 8, 3, padding=1) and Conv2d(8, 16, 1) on 32×32, then Linear(16, 10) on pooled data:
// 224 + 144 + 170 parameters; 8·3·9·1024 + 16·8·1024 and 160 MACs.
const small: Partial<Model> = {
  id: 'Net()',
  kind: 'class',
  params: exact(538),
  input: { shape: [exact(1), exact(3), exact(32), exact(32)], from: 'assumed' },
  macs: { convolutions: exact(352256), linear: exact(160), products: exact(0) },
  layers: [
    held('stem', {}, { layer: held('', { in: 3, out: 8 }).layer, inputs: [data(3, 32, 32)] }),
    held('mix', { in: 8, out: 16, kernel: [1, 1], pad: [0, 0] }, { inputs: [data(8, 32, 32)] }),
  ],
};

describe('The card of a model', () => {
  it('reads, line by line', () => {
    assert.deepEqual(linesOf(small), [
      '**`Net()`** — model of a class with its defaults, **2 convolutions**',
      '**parameters** `538` · **memory** weights about 2.1 KiB (4 bytes each, float32)',
      '**input** `[1, 3, 32, 32]` (assumed, from the settings)',
      '**MACs of convolutions** `352,256`',
      '**MACs of linear layers** `160`',
      '**MACs of products of tensors** `0`',
      '**MACs in all** `352,416` · **FLOPs** `704,832` (2 × MACs)',
      '| convolutions |  | parameters | MACs |',
      '| :-- | --: | --: | --: |',
      '| `stem` | 3→8 3×3 | `224` | `221,184` |',
      '| `mix` | 8→16 1×1 | `144` | `131,072` |',
      '[Show model summary](convlens.showModelSummary) · [Set input size](convlens.setModelInputSize) · [Use as context](convlens.chooseContext)',
    ]);
  });

  it('has no table when compact', () => {
    assert.equal(linesOf(small, 'compact').length, 8);
  });

  it('says where the input comes from', () => {
    const shape = [exact(1), exact(3), exact(8), exact(8)];
    const line = (from: 'code' | 'set') => linesOf({ ...small, input: { shape, from } })[2];
    assert.equal(line('code'), '**input** `[1, 3, 8, 8]` (given by the code)');
    assert.equal(line('set'), '**input** `[1, 3, 8, 8]` (set by you for this model)');
  });

  it('has no MACs, and does not complain, without an input', () => {
    const lines = linesOf({ ...small, input: undefined, macs: model().macs });
    assert.ok(lines.includes('**input** not known, so there are no outputs and MACs'));
    assert.ok(!lines.some((line) => /MACs (of|in)|Not/.test(line)));
  });

  it('counts for the whole batch', () => {
    const lines = linesOf({ ...small, input: { shape: [exact(4), exact(3)], from: 'set' } });
    assert.ok(lines.some((line) => line.endsWith('(2 × MACs) for the whole batch')));
  });

  it('says plainly that totals are not complete, and why, with reasons counted', () => {
    const missing = unknown({ code: 'unmodelled', subject: 'the parameters of Odd', place: place(4, 0) });
    const lines = linesOf({
      ...small,
      params: missing,
      macs: { convolutions: exact(352256), linear: missing, products: exact(0) },
      isComplete: false,
    });
    assert.ok(lines.includes('**parameters** unknown'));
    assert.ok(lines.includes('**MACs of linear layers** unknown'));
    assert.ok(lines.includes('**MACs in all** unknown · **FLOPs** unknown (2 × MACs)'));
    assert.ok(lines.some((line) => line.startsWith('**Not complete**')));
    assert.ok(
      lines.includes('- 2 × the parameters of Odd is not modelled ([forum_question.py:5](convlens.reveal))'),
    );
  });

  it('lists the largest convolutions of many', () => {
    const layers = [1, 2, 3, 4, 5, 6, 7].map((width) => held(`c${width}`, { in: width, out: width }));
    const lines = linesOf({ layers });
    assert.ok(lines.includes('| largest of 7 |  | parameters |'));
    assert.ok(lines.some((line) => line.startsWith('| `c7`')));
    assert.ok(!lines.some((line) => line.startsWith('| `c2`')));
  });

  it('keeps hostile names inside code spans and escapes', () => {
    const evil = '](command:evil) <img src=x> `$(x)` |\n# h';
    const text = modelCard(
      model({
        id: evil,
        params: unknown({ code: 'unmodelled', subject: evil }),
        layers: [held(evil, { in: evil, out: evil })],
        isComplete: false,
      }),
      { detail: 'full' },
    );
    assert.doesNotMatch(markupOutside(text), /[[\]<>`!$#]/);
  });
});
