/** The documents name only files, scripts, commands and settings that exist. */
import assert from 'node:assert/strict';
import fs from 'node:fs';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly category: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
const read = (name: string): string => fs.readFileSync(name, 'utf8');
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

describe('documents', () => {
  for (const name of ['README.md', 'ARCHITECTURE.md']) {
    it(`${name} names paths that exist`, () => {
      const paths = all(read(name), /`((?:src|webview|test|scripts|media|samples)\/[\w./-]*\w)\/?`/g);
      assert.ok(paths.length > 0);
      assert.deepEqual(
        paths.filter((path) => !fs.existsSync(path)),
        [],
      );
    });

    it(`${name} names scripts that exist`, () => {
      const scripts = all(read(name), /`?npm run ([\w:]+)/g);
      assert.deepEqual(
        scripts.filter((script) => manifest.scripts[script] === undefined),
        [],
      );
    });
  }

  it('README.md lists every command', () => {
    const text = read('README.md');
    const missing = manifest.contributes.commands.filter(({ title }) => !text.includes(title));
    assert.deepEqual(missing, []);
  });

  it('README.md lists every setting', () => {
    const text = read('README.md');
    const settings = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(
      settings.filter((setting) => !text.includes(`\`${setting}\``)),
      [],
    );
  });
});
