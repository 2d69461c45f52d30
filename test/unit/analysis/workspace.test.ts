/** Imports from other files: found as Python finds them, read name by name, unknown with a reason where there is no file. */
import assert from 'node:assert/strict';
import { createAnalyser, type Analyser, type SourceFile } from '../../../src/analysis/analyser';
import type { Report } from '../../../src/analysis/report';
import { show } from '../../../src/symbolic/show';
import { parserWasm } from '../python/support';

const ROOT = 'file:///w';

/** Files by path below the root. */
type Files = Readonly<Record<string, string>>;

describe('Imports from the workspace', () => {
  let analyser: Analyser;
  before(async () => {
    analyser = await createAnalyser(parserWasm());
  });
  after(() => analyser.dispose());

  /** Analyses one of the files; `asked` collects the files that exist and were read. */
  function analyse(files: Files, path: string, asked: string[] = []): Report {
    const read = (uri: string): SourceFile => {
      const text = files[uri.slice(ROOT.length + 1)];
      if (text === undefined) return { kind: 'missing' };
      asked.push(uri.slice(ROOT.length + 1));
      return { kind: 'text', text };
    };
    const uri = `${ROOT}/${path}`;
    const [report] = analyser.analyse([{ uri, text: files[path] ?? '' }], { files: { roots: [ROOT], read } });
    assert.ok(report !== undefined);
    return report;
  }

  /** `in→out` of the last convolution call of the file. */
  function channels(files: Files, path = 'main.py'): string {
    const [stage] = analyse(files, path).sites.at(-1)?.layer.stages ?? [];
    return stage === undefined ? 'none' : `${show(stage.inChannels)}→${show(stage.outChannels)}`;
  }

  /** The reason why the last call's out channels are unknown. */
  function whyUnknown(files: Files, path = 'main.py'): string {
    const out = analyse(files, path).sites.at(-1)?.layer.stages[0].outChannels;
    return out?.kind === 'unknown' ? `${out.reason.code}: ${out.reason.subject}` : 'known';
  }

  const conv = (out: string): string => `from torch import nn\nnn.Conv2d(3, ${out}, 3)\n`;

  const FORMS: Readonly<Record<string, readonly [string, Files]>> = {
    'a name of a file beside': [`from config import WIDTH\n${conv('WIDTH')}`, { 'config.py': 'WIDTH = 48' }],
    'a name under another one': [
      `from config import WIDTH as W\n${conv('W')}`,
      { 'config.py': 'WIDTH = 48' },
    ],
    'a module': [`import config\n${conv('config.WIDTH')}`, { 'config.py': 'WIDTH = 48' }],
    'a module inside a package': [
      `import nets.config\n${conv('nets.config.WIDTH')}`,
      { 'nets/__init__.py': '', 'nets/config.py': 'WIDTH = 48' },
    ],
    'a module in a folder without __init__.py': [
      `import nets.config\n${conv('nets.config.WIDTH')}`,
      { 'nets/config.py': 'WIDTH = 48' },
    ],
    'a module from a folder without __init__.py': [
      `from nets import config\n${conv('config.WIDTH')}`,
      { 'nets/config.py': 'WIDTH = 48' },
    ],
    'what __init__.py passes on': [
      `from nets import WIDTH\n${conv('WIDTH')}`,
      { 'nets/__init__.py': 'from .config import WIDTH', 'nets/config.py': 'WIDTH = 48' },
    ],
    'what __init__.py passes on by a star': [
      `from nets import WIDTH\n${conv('WIDTH')}`,
      {
        'nets/__init__.py': 'from .other import *\nfrom .config import *',
        'nets/config.py': 'WIDTH = 48',
        'nets/other.py': 'X = 1',
      },
    ],
    'a star': [`from config import *\n${conv('WIDTH')}`, { 'config.py': 'WIDTH = 48' }],
    'a star that __all__ allows': [
      `from config import *\n${conv('WIDTH')}`,
      { 'config.py': '__all__ = ["WIDTH"]\nWIDTH = 48' },
    ],
    'a star after an assignment': [
      `WIDTH = 7\nfrom config import *\n${conv('WIDTH')}`,
      { 'config.py': 'WIDTH = 48' },
    ],
    'an assignment after a star': [
      `from config import *\nWIDTH = 48\n${conv('WIDTH')}`,
      { 'config.py': 'WIDTH = 7' },
    ],
    'the last of two stars': [
      `from a import *\nfrom b import *\n${conv('WIDTH')}`,
      { 'a.py': 'WIDTH = 7', 'b.py': 'WIDTH = 48' },
    ],
    'an import after an assignment': [`W = 7\nfrom config import W\n${conv('W')}`, { 'config.py': 'W = 48' }],
    'an assignment after an import': [`from config import W\nW = 48\n${conv('W')}`, { 'config.py': 'W = 7' }],
    'a function': [
      `from tools import double\n${conv('double(24)')}`,
      { 'tools.py': 'def double(x):\n    return FACTOR * x\nFACTOR = 2' },
    ],
    'a conditional import': [
      `try:\n    from config import W\nexcept ImportError:\n    W = 7\n${conv('W')}`,
      { 'config.py': 'W = 48' },
    ],
    'an import inside a function': [
      `def width():\n    from config import W\n    return W\n${conv('width()')}`,
      { 'config.py': 'W = 48' },
    ],
    'a cycle': [
      `import other\nW = 48\n${conv('other.width()')}`,
      { 'other.py': 'def width():\n    import main\n    return main.W' },
    ],
    'code that does not run when imported': [
      `from config import W\n${conv('W')}`,
      { 'config.py': 'W = 48\nif __name__ == "__main__":\n    W = 7' },
    ],
  };

  for (const [name, [text, files]] of Object.entries(FORMS)) {
    it(`follow ${name}`, () => assert.equal(channels({ 'main.py': text, ...files }), '3→48'));
  }

  it('follow relative names of packages, up and down', () => {
    const files = {
      'pkg/__init__.py': '',
      'pkg/sizes.py': 'W = 48',
      'pkg/nets/__init__.py': '',
      'pkg/nets/base.py': 'C = 3',
      'pkg/nets/net.py': `from torch import nn\nfrom ..sizes import W\nfrom . import base\nfrom .base import C\nnn.Conv2d(base.C, W, C)\n`,
    };
    assert.equal(channels(files, 'pkg/nets/net.py'), '3→48');
  });

  it('start absolute names at the folder above the outermost package', () => {
    const files = {
      'src/pkg/__init__.py': '',
      'src/pkg/sizes.py': 'W = 48',
      'src/pkg/nets/__init__.py': '',
      'src/pkg/nets/net.py': `from pkg.sizes import W\n${conv('W')}`,
    };
    assert.equal(channels(files, 'src/pkg/nets/net.py'), '3→48');
  });

  it('reach classes of other files, and their layers', () => {
    const block = `from torch import nn\nclass Block(nn.Module):\n    def __init__(self, c):\n        super().__init__()\n        self.conv = nn.Conv2d(c, 2 * c, 3)\n`;
    const main = `from torch import nn\nfrom block import Block\nclass Net(Block):\n    def __init__(self):\n        super().__init__(24)\n        self.head = nn.Conv2d(self.conv.out_channels, 5, 1)\nnet = Net()\n`;
    assert.equal(channels({ 'main.py': main, 'block.py': block }), '48→5');
  });

  it('do not read files whose names are not used', () => {
    const asked: string[] = [];
    const files = {
      'main.py': `from nets import WIDTH\n${conv('WIDTH')}`,
      'nets/__init__.py': 'from .config import WIDTH\nfrom .huge import Net\nfrom . import heavy',
      'nets/config.py': 'WIDTH = 48\nfrom .deep import Other',
      'nets/huge.py': 'from .more import x\nclass Net: pass',
      'nets/more.py': 'x = 1',
      'nets/deep.py': 'from .deeper import x\nclass Other: pass',
      'nets/deeper.py': 'x = 1',
    };
    analyse(files, 'main.py', asked);
    assert.ok(asked.includes('nets/config.py'));
    assert.deepEqual(
      asked.filter((path) => path === 'nets/more.py' || path === 'nets/deeper.py'),
      [],
    );
  });

  const UNKNOWN: Readonly<Record<string, readonly [string, Files, string]>> = {
    'a module that is nowhere': [`from nowhere import W\n${conv('W')}`, {}, 'unread-module: nowhere.W'],
    'a relative module that is nowhere': [
      `from .nowhere import W\n${conv('W')}`,
      {},
      'unread-module: .nowhere.W',
    ],
    'a name that a file does not have': [
      `from config import W\n${conv('W')}`,
      { 'config.py': 'X = 1' },
      'missing-attribute: config.W',
    ],
    'a name that __all__ leaves out of a star': [
      `from config import *\n${conv('W')}`,
      { 'config.py': '__all__ = ["X"]\nX = 1\nW = 48' },
      'undefined-name: W',
    ],
    'an underscored name of a star': [
      `from config import *\n${conv('_W')}`,
      { 'config.py': '_W = 48' },
      'undefined-name: _W',
    ],
    'two modules that only take names from each other': [
      `from a import W\n${conv('W')}`,
      { 'a.py': 'from b import W', 'b.py': 'from a import W' },
      'missing-attribute: a.W',
    ],
    'what an import that may fail decides': [
      `try:\n    from .none import W\nexcept ImportError:\n    from config import W\n${conv('W')}`,
      { 'config.py': 'W = 48' },
      'unread-module: .none.W',
    ],
  };

  for (const [name, [text, files, reason]] of Object.entries(UNKNOWN)) {
    it(`leave unknown ${name}`, () => assert.equal(whyUnknown({ 'main.py': text, ...files }), reason));
  }

  it('tell what is not known yet from what is not there', () => {
    const text = `from config import W\n${conv('W')}`;
    const [report] = analyser.analyse([{ uri: `${ROOT}/main.py`, text }], {
      files: { roots: [ROOT], read: () => ({ kind: 'pending' }) },
    });
    assert.equal(report?.sites[0]?.layer.stages[0].outChannels.kind, 'unknown');
  });

  it('take a file beside the script for the framework of the same name', () => {
    const files = { 'main.py': `import torch\ntorch.nn.Conv2d(3, 48, 3)\n`, 'torch.py': 'nn = None' };
    assert.equal(channels(files), 'none');
  });
});
