/** What is at addresses, on a real file system: most are nothing, so folders are listed once and remembered. */
import assert from 'node:assert/strict';
import { SourceFiles } from '../../../src/editor/sourceFiles';
import { type Folder, makeFolder, nodeFiles } from '../../support/nodeFiles';

describe('source files', () => {
  let folder: Folder;
  let files: ReturnType<typeof nodeFiles>;
  let late: string[];
  let sources: SourceFiles;

  beforeEach(() => {
    folder = makeFolder({ 'a.py': 'A = 1\n', 'pack/__init__.py': '', 'with space/größe.py': 'B = 2\n' });
    files = nodeFiles();
    late = [];
    sources = new SourceFiles(files, (uri) => late.push(uri));
  });
  afterEach(() => folder.remove());

  /** Each name with the text that is there, or why there is none. */
  async function read(...names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const changes = await sources.read(names.map((name) => `${folder.uri}/${name}`));
    return Object.fromEntries(
      changes.map(({ uri, file }) => [
        uri.slice(folder.uri.length + 1),
        file?.kind === 'text' ? file.text : (file?.kind ?? 'forgotten'),
      ]),
    );
  }

  const listed = (): number => files.asked.filter((entry) => entry.startsWith('list ')).length;

  it('are texts or missing', async () => {
    assert.deepEqual(
      await read('a.py', 'b.py', 'pack/__init__.py', 'pack.py', 'with%20space/gr%C3%B6%C3%9Fe.py'),
      {
        'a.py': 'A = 1\n',
        'b.py': 'missing',
        'pack/__init__.py': '',
        'pack.py': 'missing',
        'with%20space/gr%C3%B6%C3%9Fe.py': 'B = 2\n',
      },
    );
  });

  it('are looked for with one listing a folder', async () => {
    await read('a.py', 'b.py', 'c.py', 'd.py');
    await read('e.py', 'f.py');
    assert.equal(listed(), 1);
  });

  it('are not looked for in folders that are known not to be there', async () => {
    await read('a.py');
    assert.deepEqual(await read('none/a.py', 'none/deep/a.py', 'none/deep/deeper/a.py'), {
      'none/a.py': 'missing',
      'none/deep/a.py': 'missing',
      'none/deep/deeper/a.py': 'missing',
    });
    assert.equal(listed(), 1);
  });

  it('are looked for in the workspace from the outer folders to the inner ones', async () => {
    const isInside = (uri: string): boolean => uri.startsWith(folder.uri);
    sources = new SourceFiles({ ...files, isInside }, (uri) => late.push(uri));
    await read('none/deep/deeper/a.py', 'pack/__init__.py', 'none/a.py');
    assert.deepEqual(files.asked.filter((entry) => entry.startsWith('list ')).sort(), [
      `list ${folder.uri}`,
      `list ${folder.uri}/pack`,
    ]);
  });

  it('are what an open document says that is not saved', async () => {
    files.open.set(`${folder.uri}/a.py`, 'A = 3\n');
    files.open.set(`${folder.uri}/unsaved.py`, 'C = 4\n');
    assert.deepEqual(await read('a.py', 'unsaved.py'), { 'a.py': 'A = 3\n', 'unsaved.py': 'C = 4\n' });
    assert.deepEqual(files.asked, []);
  });

  it('are missing when they are gone, though a document still shows what they were', async () => {
    const shown = { ...files, openText: () => ({ text: 'A = 1\n', isSaved: true }) };
    sources = new SourceFiles(shown, (uri) => late.push(uri));
    assert.deepEqual(await read('a.py', 'gone.py'), { 'a.py': 'A = 1\n', 'gone.py': 'missing' });
  });

  it('are found when they come, with their folders', async () => {
    assert.deepEqual(await read('a.py', 'new/sub/b.py'), { 'a.py': 'A = 1\n', 'new/sub/b.py': 'missing' });
    folder.write('new/sub/b.py', 'D = 5\n');
    sources.forget({ uri: `${folder.uri}/new/sub/b.py` });
    assert.deepEqual(await read('new/sub/b.py'), { 'new/sub/b.py': 'D = 5\n' });
  });

  it('are missing when they are larger than source is', async () => {
    folder.write('large.py', `x = "${'a'.repeat(2 * 1024 * 1024)}"\n`);
    assert.deepEqual(await read('large.py'), { 'large.py': 'missing' });
  });

  it('are forgotten where nobody watches', async () => {
    await read('a.py', 'b.py');
    folder.write('b.py', 'E = 6\n');
    sources.forgetUnless(() => true);
    assert.deepEqual(await read('b.py'), { 'b.py': 'missing' });
    sources.forgetUnless(() => false);
    assert.deepEqual(await read('b.py'), { 'b.py': 'E = 6\n' });
  });

  it('that come too late are left out, told of, and kept for the next question', async () => {
    const gate = { open: (): void => undefined };
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    const slow = { ...files, read: (uri: string) => opened.then(() => files.read(uri)) };
    sources = new SourceFiles(slow, (uri) => late.push(uri), 20);
    assert.deepEqual(await read('a.py', 'b.py'), { 'b.py': 'missing' });
    gate.open();
    while (late.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(late, [`${folder.uri}/a.py`]);
    const asked = files.asked.length;
    assert.deepEqual(await read('a.py'), { 'a.py': 'A = 1\n' });
    assert.equal(files.asked.length, asked);
  });
});
