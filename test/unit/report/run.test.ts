/** The command line on real files: what it finds, prints and exits with. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Analyser } from '../../../src/analysis/analyser';
import type { JsonReport } from '../../../src/present/json';
import { run } from '../../../src/report/run';
import { startAnalyser } from '../../support/spec/analysis';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const CALL = 'from torch import nn\nc = nn.Conv2d(3, 9, 3, padding=1, groups=3)\n';
const WRONG = 'from torch import nn\nc = nn.Conv2d(4, 9, 3, groups=3)\n';

describe('convlens', () => {
  let analyser: Analyser;
  let folder: string;

  before(async () => {
    analyser = await startAnalyser();
  });
  after(() => analyser.dispose());
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlens-report-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function write(name: string, content: string | Buffer): string {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    return file;
  }

  async function convlens(...words: string[]): Promise<Outcome> {
    let out = '';
    let error = '';
    const code = await run(words, {
      out: (text) => (out += text),
      error: (text) => (error += text),
      startAnalyser: () => Promise.resolve({ ...analyser, dispose: () => undefined }),
    });
    return { code, out, error };
  }

  async function json(...words: string[]): Promise<JsonReport> {
    const { out, code } = await convlens('report', ...words, '--json');
    assert.equal(code, 0);
    return JSON.parse(out) as JsonReport;
  }

  it('reports a file as a table', async () => {
    const { code, out } = await convlens('report', write('a.py', CALL));
    assert.equal(code, 0);
    assert.match(out, /2 {2}nn\.Conv2d {2}depthwise, multiplier 3 {2}\[9, 1, 3, 3\] +90/);
  });

  it('reads what a file imports, beside it and in src', async () => {
    write('near.py', 'WIDTH = 5\n');
    write('src/far/deep.py', 'DEPTH = 7\n');
    const text = 'from torch import nn\nfrom near import WIDTH\nfrom far.deep import DEPTH\n';
    const file = write('a.py', `${text}c = nn.Conv2d(WIDTH, DEPTH, 3)\n`);
    for (const start of [file, folder]) {
      const { files } = await json(start);
      const sites = files.flatMap((each) => each.sites);
      assert.deepEqual(
        sites.map(({ params }) => params),
        [5 * 7 * 9 + 7],
      );
    }
  });

  it('states nothing that rests on an import it cannot find', async () => {
    const text = 'from torch import nn\nfrom nowhere import WIDTH\nc = nn.Conv2d(WIDTH, 7, 3)\n';
    const { files } = await json(write('a.py', text));
    assert.equal(typeof files[0]?.sites[0]?.params, 'object');
  });

  it('reports a file as JSON, with the input that it may assume', async () => {
    const file = write('a.py', CALL);
    const { version, files } = await json(file, '--input', '1x3x10x12');
    assert.equal(version, 1);
    const call = files[0]?.sites[0];
    assert.deepEqual(
      [call?.line, call?.column, call?.callee, call?.kind, call?.params],
      [2, 4, 'nn.Conv2d', 'depthwise', 90],
    );
    assert.deepEqual(call?.inputShape, [1, 3, 10, 12]);
    assert.deepEqual(call.outputShape, [1, 9, 10, 12]);
    assert.equal(call.inputAssumed, true);
    assert.equal(call.macs, 9 * 9 * 120);
  });

  it('searches folders for Python and notebooks, not what is installed or hidden', async () => {
    for (const name of [
      'b/a.py',
      'c.txt',
      '.git/x.py',
      'venv/x.py',
      'b/__pycache__/x.py',
      'node_modules/x.py',
      'a.py',
    ]) {
      write(name, CALL);
    }
    const { files } = await json(folder);
    assert.deepEqual(
      files.map(({ path: file }) => path.relative(folder, file)),
      ['a.py', path.join('b', 'a.py')],
    );
  });

  it('names cells by their place in the notebook, and lets them share names', async () => {
    const cell = (kind: string, source: unknown) => ({ cell_type: kind, source, metadata: {} });
    const cells = [
      cell('markdown', ['# title']),
      cell('code', ['from torch import nn\n', 'width = 8']),
      cell('code', '%time\nc = nn.Conv2d(width, 16, 3)'),
    ];
    const { files } = await json(write('n.ipynb', JSON.stringify({ cells, metadata: {}, nbformat: 4 })));
    assert.deepEqual(
      files.map(({ path: file, sites }) => [
        path.basename(file),
        ...sites.map(({ line, params }) => [line, params]),
      ]),
      [['n.ipynb#cell2'], ['n.ipynb#cell3', [2, 8 * 16 * 9 + 16]]],
    );
  });

  it('leaves notebooks of other languages alone', async () => {
    const metadata = { kernelspec: { language: 'julia' } };
    const cells = [{ cell_type: 'code', source: 'x' }];
    assert.deepEqual((await json(write('n.ipynb', JSON.stringify({ cells, metadata })))).files, []);
  });

  const broken: readonly (readonly [string, string, string | Buffer, string])[] = [
    ['a binary file', 'a.py', Buffer.from([0, 1, 2]), 'file.binary'],
    ['text that is not UTF-8', 'a.py', Buffer.from([0xff, 0xfe, 0x41]), 'file.binary'],
    ['a huge file', 'a.py', Buffer.alloc(5 * 1024 * 1024, '#'), 'file.too-large'],
    ['a notebook that is no JSON', 'a.ipynb', '{"cells": [', 'file.no-notebook'],
    ['a notebook without cells', 'a.ipynb', '[]', 'file.no-notebook'],
  ];
  for (const [name, file, content, code] of broken) {
    it(`reports ${name} as a finding and goes on`, async () => {
      write(file, content);
      write('z.py', CALL);
      const { files } = await json(folder);
      assert.deepEqual(
        files.map(({ findings }) => findings.map((finding) => finding.code)),
        [[code], []],
      );
      assert.equal(files[1]?.sites.length, 1);
    });
  }

  it('exits with 1 for errors only when it is strict', async () => {
    const file = write('a.py', WRONG);
    assert.equal((await convlens('report', file)).code, 0);
    const strict = await convlens('report', file, '--strict');
    assert.equal(strict.code, 1);
    assert.match(strict.out, /ValueError: in_channels must be divisible by groups/);
    assert.equal((await convlens('report', write('b.py', CALL), '--strict')).code, 0);
  });

  const misuses: readonly (readonly [string[], RegExp])[] = [
    [[], /say what to do: convlens report PATH/],
    [['a.py'], /a\.py is not a command; type: convlens report a\.py/],
    [['report'], /name a file or folder: convlens report PATH/],
    [['report', 'none.py'], /there is no file or folder none\.py/],
    [['report', 'a.py', '--jsn'], /there is no option --jsn; there are --json, --input and --strict/],
    [['report', 'a.py', '--input'], /--input needs a size; type .*--input 1x3x224x224/],
    [['report', 'a.py', '--input=big'], /big is not a size; type .*--input 1x3x224x224/],
  ];
  for (const [words, message] of misuses) {
    it(`exits with 2 and says what to type: convlens ${words.join(' ')}`, async () => {
      const { code, out, error } = await convlens(...words);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(error, message);
      assert.match(error, /usage: convlens report PATH/);
    });
  }

  it('explains itself', async () => {
    const { code, out } = await convlens('--help');
    assert.equal(code, 0);
    assert.match(out, /^usage: convlens report PATH/);
  });
});
