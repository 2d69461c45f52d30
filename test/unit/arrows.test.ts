/** The TypeScript projects reference exactly the rooms that the arrows allow. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

interface Project {
  references: { path: string }[];
}

function readProject(folder: string): Project {
  const file = path.join(folder, 'tsconfig.json');
  return ts.readConfigFile(file, (name) => fs.readFileSync(name, 'utf8')).config as Project;
}

describe('arrows between rooms', () => {
  let arrows: Record<string, string[]>;

  before(async () => {
    const file = pathToFileURL(path.resolve('scripts/lib/arrows.mjs')).href;
    ({ arrows } = (await import(file)) as { arrows: Record<string, string[]> });
  });

  it('are the references of each project', () => {
    for (const [room, allowed] of Object.entries(arrows)) {
      const references = readProject(room).references.map((reference) =>
        path.posix.join(room, reference.path),
      );
      assert.deepEqual(references.sort(), [...allowed].sort(), room);
    }
  });

  it('cover every room', () => {
    const rooms = readProject('.').references.map((reference) => path.posix.normalize(reference.path));
    const expected = [...Object.keys(arrows), 'src', 'test'];
    assert.deepEqual(rooms.sort(), expected.sort());
  });

  it('never lead back to where they started', () => {
    const reached = (room: string): Set<string> =>
      new Set((arrows[room] ?? []).flatMap((next) => [next, ...reached(next)]));
    for (const room of Object.keys(arrows)) assert.ok(!reached(room).has(room), room);
  });
});
