// npm start [-- PATH] [-- --desktop[=CODE]] [-- --no-open]: VS Code with ConvLens, from a fresh clone.
import { spawn, spawnSync } from 'node:child_process';
import { root } from './lib/root.mjs';
import { buildTool, ensureDependencies } from './lib/setup.mjs';

ensureDependencies();
console.log('building');
const { status } = spawnSync(process.execPath, ['scripts/bundle.mjs'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (status !== 0) process.exit(status ?? 1);

const tool = await buildTool('test/support/host/startEditor.ts');
// The tool answers Ctrl+C by stopping the editor; this process waits for it.
process.on('SIGINT', () => undefined);
const child = spawn(process.execPath, [tool, ...process.argv.slice(2)], { stdio: 'inherit' });
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code) => process.exit(code ?? 1));
