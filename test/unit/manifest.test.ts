/** What package.json contributes is complete and agrees with itself and with the files beside it. */
import assert from 'node:assert/strict';
import fs from 'node:fs';

interface Command {
  command: string;
  title?: string;
  category?: string;
  icon?: string;
}

interface Setting {
  type?: string;
  default?: unknown;
  enum?: unknown[];
  enumDescriptions?: string[];
  description?: string;
  markdownDescription?: string;
}

interface Manifest {
  main: string;
  browser: string;
  icon: string;
  bin: Record<string, string>;
  dependencies?: object;
  scripts: Record<string, string>;
  contributes: {
    commands: Command[];
    menus: Record<string, { command: string; when?: string }[]>;
    viewsContainers: Record<string, { id: string; icon: string }[]>;
    views: Record<string, { id: string; name: string; icon: string }[]>;
    configuration: { properties: Record<string, Setting> };
  };
}

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
const { commands, menus, viewsContainers, views, configuration } = manifest.contributes;

describe('the manifest', () => {
  for (const { command, title, category } of commands) {
    it(`${command} has a title and our category`, () => {
      assert.match(command, /^convlens\.[a-z][A-Za-z]+$/);
      assert.ok(title !== undefined && title.length > 0);
      assert.equal(category, 'ConvLens');
    });
  }

  it('names each command once', () => {
    const names = commands.map(({ command }) => command);
    assert.deepEqual(names, [...new Set(names)]);
  });

  it('puts only its own commands in menus', () => {
    const known = new Set(commands.map(({ command }) => command));
    const unknown = Object.values(menus)
      .flat()
      .filter(({ command }) => !known.has(command));
    assert.deepEqual(unknown, []);
  });

  for (const [name, setting] of Object.entries(configuration.properties)) {
    it(`${name} has a type, a description and a default that fits`, () => {
      assert.match(name, /^convlens\./);
      assert.ok((setting.description ?? setting.markdownDescription ?? '').length > 20);
      assert.equal(Array.isArray(setting.default) ? 'array' : typeof setting.default, setting.type);
      if (setting.enum === undefined) return;
      assert.ok(setting.enum.includes(setting.default));
      assert.equal(setting.enumDescriptions?.length, setting.enum.length);
    });
  }

  it('puts every view into a container of its own', () => {
    const containers = Object.values(viewsContainers)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(Object.keys(views), containers);
  });

  it('names icons that exist', () => {
    const icons = [
      manifest.icon,
      ...commands.flatMap(({ icon }) => icon ?? []),
      ...Object.values(viewsContainers).flatMap((list) => list.map(({ icon }) => icon)),
      ...Object.values(views).flatMap((list) => list.map(({ icon }) => icon)),
    ];
    const missing = icons.filter((icon) => !icon.startsWith('$(') && !fs.existsSync(icon));
    assert.deepEqual(missing, []);
  });

  it('needs nothing installed at run time', () => {
    assert.deepEqual(manifest.dependencies ?? {}, {});
  });

  it('has scripts whose files exist', () => {
    const files = Object.values(manifest.scripts).flatMap(
      (script) => script.match(/scripts\/\S+\.mjs/g) ?? [],
    );
    assert.ok(files.length > 5);
    assert.deepEqual(
      files.filter((file) => !fs.existsSync(file)),
      [],
    );
  });
});
