/** The hover card: the forum question's layer line by line, and what keeps hostile or unknown parts harmless. */
import assert from 'node:assert/strict';
import type { CallSite } from '../../../src/analysis/report';
import { exact } from '../../../src/symbolic/quantity';
import type { CardOptions } from '../../../src/present/card';
import { MODELS_TO_COME } from '../../../src/present/built';
import { card } from '../../../src/present/card';
import {
  built as builtBy,
  cardLines,
  data,
  layer,
  markupOutside,
  place,
  separable,
  site,
  spec,
} from './make';

const options: CardOptions = { detail: 'full', flops: '2*macs', theme: 'dark' };

const image8 = { batch: exact(1), channels: exact(3), spatial: [exact(8), exact(8)], isAssumed: false };

/** The card as lines without escapes. */
function linesOf(part: Partial<CallSite>, changed: Partial<CardOptions> = {}): string[] {
  return cardLines(card(site(part), { ...options, ...changed }));
}

describe('The card of Conv2d(3, 9, 3, 1, 1, groups=3) on an 8×8 image', () => {
  it('reads, line by line', () => {
    assert.deepEqual(linesOf({ layer: layer({ groups: 3 }), input: image8, target: 'conv' }), [
      '**`nn.Conv2d`** → `conv` — **depthwise, multiplier 3**',
      'Each input channel feeds 3 filters; filters 0–2 read channel 0, 3–5 channel 1, 6–8 channel 2.',
      '![Channel map: each input channel feeds 3 filters; filters 0–2 read channel 0, 3–5 channel 1, 6–8 channel 2](data:image/svg+xml;base64)',
      '**weight** `[9, 1, 3, 3]` (OIHW: out, in / groups, height, width) · **bias** `[9]`',
      '**parameters** `9 × 1 × 3 × 3 + 9 = 90`',
      '**output** `[1, 9, 8, 8]` (NCHW, from input [1, 3, 8, 8])',
      '**MACs** `9 × 1 × 3 × 3 × 8 × 8 = 5,184` · **FLOPs** `10,368` (2 × MACs) · **bias additions** `576`',
      '**memory** weights 360 B, input 768 B, output 2.25 KiB (float32)',
      '|  | parameters | MACs |  |',
      '| :-- | --: | --: | --: |',
      '| this layer | `90` | `5,184` |  |',
      '| standard | `252` | `15,552` | 3× more weights |',
      '| separable | `171` | `10,368` | 2× more weights |',
      '[Open in visualiser](convlens.openVisualiser) · [Verify](convlens.verifyMapping) · [Copy](convlens.copySpec)',
    ]);
  });

  it('counts bias additions as FLOPs when the setting says so', () => {
    const lines = linesOf({ layer: layer({ groups: 3 }), input: image8 }, { flops: '2*macs+bias' });
    assert.ok(lines.some((line) => line.includes('**FLOPs** `10,944` (2 × MACs + bias additions)')));
  });

  it('is four lines and the links when compact', () => {
    const lines = linesOf({ layer: layer({ groups: 3 }), input: image8 }, { detail: 'compact' });
    assert.equal(lines.length, 6);
  });

  it('marks an assumed input', () => {
    const lines = linesOf({ input: { ...image8, isAssumed: true } });
    assert.ok(lines.some((line) => line.includes('from assumed input [1, 3, 8, 8]')));
  });
});

describe('The card of a layer whose input is not known', () => {
  it('gives the output as a formula and counts for one output position', () => {
    const lines = linesOf({ layer: layer({ in: 64, out: 128, stride: [2, 2] }) });
    assert.ok(
      lines.includes(
        '**output** `[N, 128, (H - 1) // 2 + 1, (W - 1) // 2 + 1]` (NCHW, from input [N, 64, H, W])',
      ),
    );
    assert.ok(
      lines.includes(
        '**MACs** `128 × 64 × 3 × 3 = 73,728` for each output position · **FLOPs** `147,456` (2 × MACs) · **bias additions** `128`',
      ),
    );
  });

  it('of a transposed layer counts input positions', () => {
    const transposed = layer({
      in: 8,
      out: 4,
      kernel: [4, 4],
      stride: [2, 2],
      transposed: true,
      weightLayout: 'IOK',
    });
    assert.ok(linesOf({ layer: transposed }).some((line) => line.includes('for each input position')));
  });

  it('names what is unknown, why, and where', () => {
    const lines = linesOf({ layer: layer({ in: null, out: 64 }) });
    assert.ok(
      lines.includes(
        '**unknown** input channels: size is not defined in what was read ([forum_question.py:4](convlens.reveal))',
      ),
    );
    assert.ok(lines.includes('**parameters** `64 × ? × 3 × 3 + 64`'));
  });
});

describe('The card of a separable layer of 3 to 16 channels on 128×128', () => {
  it('has 75 parameters and 1,228,800 MACs beside 432 and 7,077,888', () => {
    const input = { ...image8, spatial: [exact(128), exact(128)] };
    const lines = linesOf({ layer: separable(3, 16), input });
    assert.ok(lines.includes('| this layer | `75` | `1,228,800` |  |'));
    assert.ok(lines.includes('| standard | `432` | `7,077,888` | 5.76× more weights |'));
  });
});

describe('The card of a layer written as a formula', () => {
  const built = (channels: number, name: string) => ({
    layer: { stages: [spec({ in: channels, out: channels, groups: channels })] as const },
    count: 3,
    names: [name],
    inputs: [],
  });

  it('lists the concrete layers that were built', () => {
    const lines = linesOf({
      layer: layer({ in: 'dim', out: 'dim', groups: 'dim' }),
      built: [built(96, 'net.a'), built(192, 'net.b')],
    });
    const at = lines.indexOf('**as built** — 6 layers of 2 kinds');
    assert.deepEqual(lines.slice(at + 1, at + 3), [
      '- `net.a` · 96→96 3×3 depthwise ×3',
      '- `net.b` · 192→192 3×3 depthwise ×3',
    ]);
  });

  it('gives no output of a layer that was applied to data of several sizes', () => {
    const applied = (...sizes: number[]) => ({
      ...built(96, 'net.a'),
      inputs: sizes.map((size) => ({
        channels: exact(96),
        spatial: [exact(size), exact(size)],
        isAssumed: false,
      })),
    });
    const of = (each: ReturnType<typeof applied>) =>
      linesOf({ layer: layer({ in: 'dim', out: 'dim', groups: 'dim' }), built: [each] });
    assert.ok(of(applied(8)).includes('- `net.a` · 96→96 3×3 depthwise → `[96, 8, 8]`, `55,296` MACs ×3'));
    assert.ok(of(applied(8, 4)).includes('- `net.a` · 96→96 3×3 depthwise ×3'));
  });

  it('does not mix the data of one built layer into the formula', () => {
    const input = { ...image8, channels: exact(96) };
    const lines = linesOf({ layer: layer({ in: 'dim', out: 'dim', groups: 'dim' }), input });
    assert.ok(lines.includes('**output** `[N, dim, H, W]` (NCHW, from input [N, dim, H, W])'));
  });

  it('names the defaults that its figures rest on', () => {
    const lines = linesOf({ assumes: ['stride=1', 'groups=1'] });
    assert.ok(lines.includes('with `stride=1`, `groups=1` (defaults of parameters)'));
  });

  it('counts what it does not list, and links to all of it', () => {
    const many = [1, 2, 3, 4, 5, 6, 7].map((index) => built(8 * index, `net.${index}`));
    const lines = linesOf({ layer: layer({ in: 'dim', out: 'dim', groups: 'dim' }), built: many });
    assert.equal(lines.filter((line) => line.startsWith('- ')).length, 5);
    assert.ok(lines.includes('[and 2 more](convlens.showBuiltLayers)'));
  });

  it('says nothing of layers when it built none', () => {
    const lines = linesOf({ layer: layer({ in: 'dim' }) });
    assert.ok(!lines.some((line) => line.includes('as built')));
  });
});

describe('The card of a call that several models make', () => {
  const sizes = { in: 'width', out: 'width', stride: ['stride', 'stride'] };
  const models = ['a()', 'b()', 'c()', 'd()'].flatMap((name) => [
    builtBy(name, ['x.0', 'x.1', 'x.2'], { in: 64, out: 64 }),
    builtBy(name, ['y.0'], { in: 128, out: 128, stride: [2, 2] }),
    builtBy(name, ['z.0'], { in: 256, out: 256, stride: [2, 2] }),
  ]);
  const call = { layer: layer(sizes), assumes: ['stride=1'], built: models };
  const isBuilt = (line: string) => /^\*\*as built|^- |^\[and /.test(line);
  const builtLines = (lines: readonly string[]) => lines.filter(isBuilt);

  it('groups the layers by model, in a bounded number of lines', () => {
    assert.deepEqual(builtLines(linesOf(call)), [
      '**as built by** `a()` — 5 layers of 3 kinds',
      '- `x.0`, `x.1` and 1 more · 64→64 3×3 ×3',
      '- `y.0` · 128→128 3×3 s2',
      '- `z.0` · 256→256 3×3 s2',
      '**as built by** `b()` — 5 layers of 3 kinds',
      '- `x.0`, `x.1` and 1 more · 64→64 3×3 ×3',
      '- `y.0` · 128→128 3×3 s2',
      '**as built by** `c()` — 5 layers of 3 kinds',
      '- `x.0`, `x.1` and 1 more · 64→64 3×3 ×3',
      '- `y.0` · 128→128 3×3 s2',
      '[and 5 more, and 1 more model](convlens.showBuiltLayers)',
    ]);
  });

  it('says that the models are still to come where its report lacks them', () => {
    for (const detail of ['full', 'compact'] as const) {
      const lines = linesOf({ ...call, built: [] }, { isWithoutModels: true, detail });
      assert.ok(lines.includes(MODELS_TO_COME));
      assert.ok(lines.includes('with `stride=1` (defaults of parameters)'));
    }
    assert.ok(!linesOf(call).includes(MODELS_TO_COME));
  });

  it('is one line about the models when compact', () => {
    assert.deepEqual(builtLines(linesOf(call, { detail: 'compact' })), [
      '**as built by** `a()` — 5 layers of 3 kinds and 3 more models · [Show all](convlens.showBuiltLayers)',
    ]);
  });

  it('puts the chosen model first and stays general while that builds several kinds', () => {
    const lines = linesOf(call, { choice: { model: 'd()' } });
    assert.equal(
      lines[1],
      'in general; `d()` builds 3 kinds of layer here · [Change](convlens.chooseContext)',
    );
    assert.ok(lines.includes('with `stride=1` (defaults of parameters)'));
    assert.equal(builtLines(lines)[0], '**as built by** `d()` — 5 layers of 3 kinds');
  });

  it('has the figures of the chosen layer, with what holds in general beside them', () => {
    const applied = models.map((each) =>
      each.names[0] === 'y.0' ? { ...each, inputs: [data(128, 56, 56)] } : each,
    );
    const lines = linesOf({ ...call, built: applied }, { choice: { model: 'b()', instance: 'y.0' } });
    assert.equal(
      lines[1],
      'as in `b() · y.0` · in general width→width 3×3 s=stride with `stride=1` · [Change](convlens.chooseContext)',
    );
    assert.ok(lines.includes('**parameters** `128 × 128 × 3 × 3 + 128 = 147,584`'));
    assert.ok(lines.includes('**output** `[1, 128, 28, 28]` (NCHW, from input [1, 128, 56, 56])'));
    assert.ok(!lines.some((line) => line.includes('defaults of parameters')));
    assert.equal(builtLines(lines)[1], '- `y.0` · 128→128 3×3 s2 → `[1, 128, 28, 28]`, `115,605,504` MACs');
  });

  it('is general where the chosen model builds nothing', () => {
    assert.deepEqual(linesOf(call, { choice: { model: 'e()' } }), linesOf(call));
  });
});

describe('Hostile source', () => {
  it('stays inside code spans and escapes', () => {
    const evil = '](command:evil) <img src=x> `$(x)` |\n# h';
    const text = card(
      site({
        callee: evil,
        target: evil,
        layer: layer({ in: evil, out: evil, groups: evil }),
        findings: [{ code: 'x', severity: 'error', message: evil, exception: evil, place: place(0, 0) }],
      }),
      options,
    );
    const outside = markupOutside(text);
    assert.doesNotMatch(outside, /[[\]<>`!$#]/);
  });

  it('shows what the framework would say, in its own words, and no figures of what cannot be', () => {
    const finding = {
      code: 'x',
      severity: 'error',
      message: 'in_channels must be divisible by groups',
      exception: 'ValueError',
      place: place(0, 0),
    } as const;
    const lines = linesOf({ layer: layer({ in: 4, groups: 3 }), findings: [finding] });
    assert.deepEqual(lines.slice(1, -1), [
      'No channel map: 4 input channels cannot be shared evenly by 3 groups.',
      '**error** ValueError: `in_channels must be divisible by groups`',
    ]);
  });
});
