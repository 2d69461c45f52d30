// npm run shots [-- NAME...]: takes the pictures listed in test/editor/shots.ts into test-results/shots/.
import { spawnSync } from 'node:child_process';
import { buildTool, ensureDependencies } from './lib/setup.mjs';
import { root } from './lib/root.mjs';

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

ensureDependencies();
run('scripts/bundle.mjs');
await buildTool('test/support/bridge.ts', 'out/test/support/bridge.js');
run(await buildTool('test/editor/shots.ts'), ...process.argv.slice(2));
