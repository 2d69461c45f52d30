/** The client with a real worker: answers, wanted files, cancellation, staleness, crashes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Extent } from '../../../src/analysis/analyser';
import { startThread } from '../../../src/analysis-worker/startThread';
import { AnalysisClient, type Job, type Outcome } from '../../../src/editor/analysisClient';
import { SourceFiles } from '../../../src/editor/sourceFiles';
import { show } from '../../../src/symbolic/show';
import type { WorkerPort } from '../../../src/protocol/analysis';
import { ROOT } from '../../support/host/paths';
import { type Folder, makeFolder, nodeFiles } from '../../support/nodeFiles';

const WORKER = path.join(ROOT, 'out/src/analysis-worker/main.js');
const FRAGILE = path.join(ROOT, 'out/test/support/fragileWorker.js');
const CALL = 'from torch import nn\nc = nn.Conv2d(3, 9, 3)\n';
/** Takes a good while. */
const LONG = `from torch import nn\n${Array.from({ length: 8 }, (_, n) => `x${n} = [sum(range(k % 7)) * k for k in range(40000)]\n`).join('')}`;
/** A model, in a module that takes its time also without it. */
const DEEP = `from torch import nn
x = [sum(range(k % 7)) * k for k in range(9000)]

class Deep(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.ModuleList([nn.Conv2d(width, 2 * width, 3) for _ in range(40)])

def deep():
    return Deep(8)
`;

interface SetUp {
  readonly client: AnalysisClient;
  readonly errors: string[];
  readonly files: ReturnType<typeof nodeFiles>;
  readonly sources: SourceFiles;
  readonly started: WorkerPort[];
}

describe('the client of the analysis', () => {
  const used: { dispose(): void }[] = [];
  afterEach(() => used.splice(0).forEach((each) => each.dispose()));

  /** `onRead` is called when files were looked for, before the client learns what there is. */
  function setUp(worker = WORKER, onRead = (): void => undefined): SetUp {
    const errors: string[] = [];
    const started: WorkerPort[] = [];
    const files = nodeFiles();
    const sources = new SourceFiles(files, () => undefined);
    const read = (file: string): Uint8Array => readFileSync(path.join(ROOT, 'node_modules', file));
    const client = new AnalysisClient({
      log: { error: (message) => errors.push(message) },
      read: async (uris) => {
        const found = await sources.read(uris);
        onRead();
        return found;
      },
      open: () => {
        const port = startThread(worker);
        started.push(port);
        return Promise.resolve(port);
      },
      wasm: () =>
        Promise.resolve({
          runtime: read('web-tree-sitter/web-tree-sitter.wasm'),
          grammar: read('tree-sitter-python/tree-sitter-python.wasm'),
        }),
    });
    used.push(client);
    return { client, errors, files, sources, started };
  }

  function folder(files: Readonly<Record<string, string>>): Folder {
    const made = makeFolder(files);
    used.push({ dispose: () => made.remove() });
    return made;
  }

  it('gives the reports that the analyser makes', async () => {
    const { client } = setUp();
    assert.deepEqual(widthsOf(await client.analyse(job('a.py', CALL), false)), ['3→9']);
  });

  it('reads the files that imports name, also of an open document that is not saved', async () => {
    const { client, files } = setUp();
    const { uri } = folder({
      'sizes.py': 'from more.deep import WIDTH\n',
      'more/__init__.py': '',
      'more/deep.py': 'WIDTH = 5\n',
    });
    const text = 'from torch import nn\nfrom sizes import WIDTH\nc = nn.Conv2d(3, WIDTH, 3)\n';
    const main = job(`${uri}/main.py`, text, [uri]);
    const first = await client.analyse(main, false);
    assert.deepEqual(widthsOf(first), ['3→5']);
    assert.ok(first.kind === 'analysed' && first.read.has(`${uri}/more/deep.py`));
    const asked = files.asked.length;
    files.open.set(`${uri}/more/deep.py`, 'WIDTH = 7\n');
    client.noteEvent({ uri: `${uri}/more/deep.py` }, () => 'WIDTH = 7\n');
    assert.deepEqual(widthsOf(await client.analyse(main, false)), ['3→7']);
    assert.equal(files.asked.length, asked, 'what is known is not asked for again');
  });

  it('asks again for what has changed on disk', async () => {
    const { client } = setUp();
    const { uri, write } = folder({ 'sizes.py': 'WIDTH = 5\n' });
    const main = job(
      `${uri}/main.py`,
      'from torch import nn\nfrom sizes import WIDTH\nnn.Conv2d(3, WIDTH, 3)\n',
      [uri],
    );
    assert.deepEqual(widthsOf(await client.analyse(main, false)), ['3→5']);
    write('sizes.py', 'WIDTH = 6\n');
    client.noteEvent({ uri: `${uri}/sizes.py` });
    assert.deepEqual(widthsOf(await client.analyse(main, false)), ['3→6']);
  });

  it('never answers with a file as it was before a change that happened meanwhile', async () => {
    const { client } = setUp();
    const { uri } = folder({ 'sizes.py': 'WIDTH = 5\n' });
    const text = 'from torch import nn\nfrom sizes import WIDTH\nnn.Conv2d(3, WIDTH, 3)\n';
    const main = job(`${uri}/main.py`, text, [uri]);
    await client.analyse(main, false);
    const outcome = client.analyse(main, false);
    // The request has left by now, with the old text in the worker.
    await new Promise((resolve) => setImmediate(resolve));
    client.noteEvent({ uri: `${uri}/sizes.py` }, () => 'WIDTH = 8\n');
    assert.deepEqual(widthsOf(await outcome), ['3→8']);
  });

  it('asks again for a file that changed while it was looked for', async () => {
    const { uri, write } = folder({});
    const text = 'from torch import nn\nfrom sizes import WIDTH\nnn.Conv2d(3, WIDTH, 3)\n';
    const changes: (() => void)[] = [];
    const { client, sources } = setUp(WORKER, () => changes.shift()?.());
    changes.push(() => {
      write('sizes.py', 'WIDTH = 5\n');
      sources.forget({ uri, isFolder: true });
      client.noteEvent({ uri, isFolder: true });
    });
    assert.deepEqual(widthsOf(await client.analyse(job(`${uri}/main.py`, text, [uri]), false)), ['3→5']);
  });

  it('cancels at once, also what runs', async () => {
    const { client } = setUp();
    await client.analyse(job('a.py', CALL), false);
    const uncut = await timed(() => client.analyse(job('long.py', LONG), false));
    assert.equal(uncut.value.kind, 'analysed');
    const long = client.analyse(job('long.py', LONG), false);
    await new Promise((resolve) => setTimeout(resolve, 30));
    client.cancel('long.py');
    assert.equal((await long).kind, 'cancelled');
    const next = await timed(() => client.analyse(job('a.py', CALL), false));
    assert.deepEqual(widthsOf(next.value), ['3→9']);
    assert.ok(next.ms * 2 < uncut.ms, `${next.ms} ms after a cancelled run of ${uncut.ms} ms`);
  });

  it('lets a later request of the same documents replace an earlier one', async () => {
    const { client } = setUp();
    const first = client.analyse(job('a.py', LONG), false);
    const second = client.analyse(job('a.py', CALL), false);
    assert.equal((await first).kind, 'cancelled');
    assert.deepEqual(widthsOf(await second), ['3→9']);
  });

  it('interrupts what nobody waits for, and comes back to it', async () => {
    const { client } = setUp();
    await client.analyse(job('a.py', CALL), false);
    const order: string[] = [];
    const long = client.analyse(job('long.py', LONG), false).then(({ kind }) => order.push(`long ${kind}`));
    const urgent = client.analyse(job('a.py', CALL), true).then(({ kind }) => order.push(`urgent ${kind}`));
    await Promise.all([long, urgent]);
    assert.deepEqual(order, ['urgent analysed', 'long analysed']);
  });

  it('gives the reports without models first where those take their time, then all', async () => {
    const { client } = setUp();
    await client.analyse(job('a.py', CALL), false);
    const first = await client.analyse(job('deep.py', DEEP, [], 'general'), true);
    assert.deepEqual(partsOf(first), { extent: 'general', sites: ['width→2·width'], built: 0, models: [] });
    const second = await client.analyse(job('deep.py', DEEP), false);
    const all = { extent: 'whole', sites: ['width→2·width'], built: 1, models: ['deep()'] };
    assert.deepEqual(partsOf(second), all);
  });

  it('cancels the whole analysis that follows the general one', async () => {
    const { client } = setUp();
    const uncut = await timed(() => client.analyse(job('deep.py', DEEP), false));
    assert.equal(uncut.value.kind, 'analysed');
    await client.analyse(job('deep.py', DEEP, [], 'general'), true);
    const whole = client.analyse(job('deep.py', DEEP), false);
    // It runs by now.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const next = await timed(() => client.analyse(job('deep.py', CALL, [], 'general'), true));
    assert.equal((await whole).kind, 'cancelled');
    assert.deepEqual(widthsOf(next.value), ['3→9']);
    assert.ok(next.ms * 2 < uncut.ms, `${next.ms} ms after a cancelled run of ${uncut.ms} ms`);
  });

  it('starts a worker that died again, and asks it once more', async () => {
    const { client, errors, started } = setUp(FRAGILE);
    const mark = fileURLToPath(`${folder({}).uri}/mark`);
    const text = `${CALL}# dies once: ${mark}\n`;
    const outcome = await client.analyse(job('b.py', text), false);
    assert.deepEqual(widthsOf(outcome), ['3→9']);
    assert.equal(started.length, 2);
    assert.match(errors.join('\n'), /started again: it exited with code 3/);
  });

  it('gives up a text that kills the worker twice, and answers what comes later', async () => {
    const { client, errors } = setUp(FRAGILE);
    const deadly = client.analyse(job('b.py', '# dies always\n'), false);
    const later = client.analyse(job('a.py', CALL), false);
    assert.equal((await deadly).kind, 'failed');
    assert.deepEqual(widthsOf(await later), ['3→9']);
    assert.equal(errors.filter((message) => message.includes('analysis of b.py')).length, 1);
  });

  it('cancels what is waited for when it is disposed', async () => {
    const { client, errors } = setUp();
    const long = client.analyse(job('long.py', LONG), false);
    const queued = client.analyse(job('a.py', CALL), false);
    client.dispose();
    assert.deepEqual([(await long).kind, (await queued).kind], ['cancelled', 'cancelled']);
    assert.deepEqual(errors, []);
  });

  it('fails a request, and not the later ones, when there is no worker', async () => {
    const { client, errors } = setUp(path.join(ROOT, 'out/no-such-worker.js'));
    assert.equal((await client.analyse(job('a.py', CALL), false)).kind, 'failed');
    assert.ok(errors.length > 0);
  });
});

function job(key: string, text: string, roots: readonly string[] = [], extent: Extent = 'whole'): Job {
  return { key, prepare: () => ({ sources: [{ uri: key, text }], options: {}, extent, roots }) };
}

/** What the reports hold. */
function partsOf(outcome: Outcome): unknown {
  if (outcome.kind !== 'analysed') assert.fail(`it was ${outcome.kind}`);
  const sites = outcome.reports.flatMap((report) => report.sites);
  return {
    extent: outcome.extent,
    sites: widthsOf(outcome),
    built: sites.flatMap(({ built }) => built).length,
    models: outcome.reports.flatMap(({ models }) => models.map(({ id }) => id)),
  };
}

/** `in→out` of each call. */
function widthsOf(outcome: Outcome): readonly string[] {
  if (outcome.kind !== 'analysed') assert.fail(`it was ${outcome.kind}`);
  const stages = outcome.reports.flatMap(({ sites }) => sites.flatMap(({ layer }) => layer.stages));
  return stages.map(({ inChannels, outChannels }) => `${show(inChannels)}→${show(outChannels)}`);
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const began = performance.now();
  return { value: await work(), ms: performance.now() - began };
}
