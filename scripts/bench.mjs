// npm run bench [-- NAME]: compiles, bundles, and runs the measurements of test/bench one after the other.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pruneOutput } from './lib/prune.mjs';
import { ensureDependencies } from './lib/setup.mjs';
import { root } from './lib/root.mjs';

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

ensureDependencies();
run('node_modules/typescript/bin/tsc', '-b');
pruneOutput();
run('scripts/bundle.mjs');

const folder = 'out/test/bench';
const [name = ''] = process.argv.slice(2);
const benches = fs.existsSync(path.join(root, folder))
  ? fs
      .readdirSync(path.join(root, folder))
      .filter((file) => file.endsWith('.bench.js') && file.includes(name))
  : [];
if (benches.length === 0) {
  console.error(`no measurement in test/bench is called ${name}*.bench.ts`);
  process.exit(2);
}
for (const file of benches.sort()) run(path.join(folder, file));
