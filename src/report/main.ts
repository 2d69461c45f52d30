/** The command line `convlens`: the editor's reports for scripts and continuous integration, without an editor. */
import fs from 'node:fs';
import path from 'node:path';
import { createAnalyser } from '../analysis/analyser';
import { run } from './run';

const readBeside = (name: string): Uint8Array => fs.readFileSync(path.join(__dirname, name));

// A reader that stops early, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

void run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  startAnalyser: () =>
    createAnalyser({
      runtime: readBeside('web-tree-sitter.wasm'),
      grammar: readBeside('tree-sitter-python.wasm'),
    }),
}).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`convlens: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 70;
  },
);
