/** The hover card: the forum question's layer line by line, and what keeps hostile or unknown parts harmless. */
import assert from 'node:assert/strict';
import type { CallSite } from '../../../src/analysis/report';
import { exact } from '../../../src/symbolic/quantity';
import type { CardOptions } from '../../../src/present/card';
import { card } from '../../../src/present/card';
import { layer, place, separable, site, spec } from './make';

const options: CardOptions = { detail: 'full', flops: '2*macs', theme: 'dark' };

const image8 = { batch: exact(1), channels: exact(3), spatial: [exact(8), exact(8)], isAssumed: false };

/** The card without escapes, image data and command arguments, as lines that are not empty. */
function linesOf(part: Partial<CallSite>, changed: Partial<CardOptions> = {}): string[] {
  return card(site(part), { ...options, ...changed })
    .replace(/base64,[\w+/=]+/g, 'base64')
    .replace(/\(command:([\w.]+)[^)]*\)/g, '($1)')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .split(/ *\n+/)
    .filter((line) => line !== '');
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
    assert.ok(lines.includes('**as built** 6 layers of 2 kinds'));
    assert.ok(lines.includes('- 3 × `[96, 1, 3, 3]` depthwise: `net.a`'));
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
    assert.ok(of(applied(8)).includes('- 3 × `[96, 1, 3, 3]` → `[96, 8, 8]` depthwise: `net.a`'));
    assert.ok(of(applied(8, 4)).includes('- 3 × `[96, 1, 3, 3]` depthwise: `net.a`'));
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

  it('counts what it does not list', () => {
    const many = [1, 2, 3, 4, 5, 6].map((index) => built(8 * index, `net.${index}`));
    const lines = linesOf({ layer: layer({ in: 'dim', out: 'dim', groups: 'dim' }), built: many });
    assert.ok(lines.includes('- and 2 more kinds'));
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
    const outside = text
      .replace(/\\[!-/:-@[-`{-~]/g, 'x')
      .replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, 'CODE')
      .replace(/\[[\w ]+\]\(command:convlens\.\w+\?[\w%.~-]+\)/g, 'LINK')
      .replace(/!\[[^\]]*\]\(data:image\/svg\+xml;base64,[\w+/=]+\)/g, 'IMAGE');
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
