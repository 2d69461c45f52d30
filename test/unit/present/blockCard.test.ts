/** The card of a call that builds convolutions somewhere inside. */
import assert from 'node:assert/strict';
import type { BlockCall } from '../../../src/analysis/report';
import { blockCard } from '../../../src/present/blockCard';
import { MODELS_TO_COME } from '../../../src/present/built';
import { block, built, cardLines, layer, markupOutside, URI } from './make';

type Options = Parameters<typeof blockCard>[1];

const linesOf = (part: Partial<BlockCall>, options: Partial<Options> = {}) =>
  cardLines(blockCard(block(part), { detail: 'full', ...options }));

const made = { siteId: '30:11', uri: 'file:///project/layers.py', path: 'torch.nn.Conv2d' };
const holds = [
  { ...made, layer: layer({ in: 'planes', out: 'planes', stride: ['s', 's'], bias: false }), count: 1 },
  { ...made, siteId: '40:4', layer: layer({ in: 'planes', out: 256, kernel: [1, 1] }), count: 2 },
];

describe('The card of a block', () => {
  it('has a row for each layer that the call builds, with a link to where it is made', () => {
    assert.deepEqual(linesOf({ holds, assumes: ['s=1'], target: 'self.conv2' }), [
      '**`conv3x3`** → `self.conv2` — builds **3 convolutions**',
      'with `s=1` (defaults of parameters)',
      '| made at | kind | channels | kernel | stride | groups | weight | parameters |',
      '| :-- | --: | --: | --: | --: | --: | --: | --: |',
      '| [Conv2d, layers.py:31](convlens.reveal) | standard | `planes→planes` | `3` | `s` | `1` | `[planes, planes, 3, 3]` | `9·planes·planes` |',
      '| 2 × [Conv2d, layers.py:41](convlens.reveal) | pointwise | `planes→256` | `1` | `1` | `1` | `[256, planes, 1, 1]` | `256·planes + 256` |',
      '**parameters of these convolutions** `9·planes·planes + 512·planes + 512`',
    ]);
  });

  it('adds nothing up where the number of layers varies', () => {
    const lines = linesOf({ holds: holds.map((each) => ({ ...each, count: undefined })) });
    assert.equal(lines[0], '**`conv3x3`** — builds **2 kinds of convolution**');
    assert.ok(!lines.some((line) => line.startsWith('**parameters of')));
  });

  it('says that the models are still to come where its report lacks them', () => {
    const waiting = linesOf({ holds }, { isWithoutModels: true });
    assert.equal(waiting.at(-1), MODELS_TO_COME);
    assert.ok(!linesOf({ holds }).includes(MODELS_TO_COME));
  });

  it('bounds its rows', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...made,
      layer: layer({ in: index + 1 }),
      count: 1,
    }));
    const lines = linesOf({ holds: many });
    assert.equal(lines.filter((line) => line.includes('layers.py')).length, 8);
    assert.ok(lines.includes('and 22 more'));
  });

  it('lists what each model builds here', () => {
    const ofModel = { ...built('net()', ['a.conv', 'b.conv'], { in: 64, out: 64 }), ...made };
    const lines = linesOf({ holds, built: [ofModel] });
    assert.deepEqual(lines.slice(-2), [
      '**as built by** `net()` — 2 layers',
      '- `a.conv`, `b.conv` · 64→64 3×3 ×2',
    ]);
  });

  it('shows what the chosen instance builds in place of the formulas', () => {
    const ofModel = [
      { ...built('net()', ['a.conv'], { in: 64, out: 64 }), ...made },
      { ...built('net()', ['b.conv'], { in: 128, out: 128 }), ...made },
    ];
    const lines = linesOf({ holds, built: ofModel }, { choice: { model: 'net()', instance: 'b' } });
    assert.deepEqual(lines.slice(0, 3), [
      '**`conv3x3`** — builds **1 convolution**',
      'as in `net() · b` · [Change](convlens.chooseContext)',
      '| made at | kind | channels | kernel | stride | groups | weight | parameters |',
    ]);
    assert.ok(lines.some((line) => line.endsWith('| `[128, 128, 3, 3]` | `147,584` |')));
    const general = linesOf({ holds, built: ofModel }, { choice: { model: 'net()' } });
    assert.ok(general.some((line) => line.includes('planes→planes')));
  });

  it('keeps hostile text inside code spans and escapes', () => {
    const evil = '](command:evil) <img src=x> `$(x)` |\n# h';
    const hostile = { siteId: '1:1', uri: URI, path: evil, layer: layer({ in: evil, out: evil }), count: 1 };
    const text = blockCard(block({ callee: evil, target: evil, assumes: [evil], holds: [hostile] }), {
      detail: 'full',
    });
    const outside = markupOutside(
      text.replaceAll(/\[(?:\\.|[^[\]\\])*\]\(command:convlens\.reveal\?[^)]*\)/g, 'LINK'),
    );
    assert.doesNotMatch(outside, /[[\]<>`!$#]/);
  });
});
