// npm test: every check, from a fresh clone. `node scripts/test.mjs editor` runs the suites in VS Code alone,
// `node scripts/test.mjs desktop` runs them in a downloaded desktop VS Code, any other word the step of that name.
import { stripVTControlCharacters } from 'node:util';
import { pruneOutput } from './lib/prune.mjs';
import { buildTool, ensureDependencies, runNode } from './lib/setup.mjs';

const wanted = process.argv.slice(2);
const mocha = (files, ...options) => ['node_modules/mocha/bin/mocha.js', files, ...options];
const inEditor = (lane) => ({
  args: mocha('out/test/editor/ui/**/*.test.js', '--timeout', '90000', '--reporter', 'spec'),
  env: { CONVLENS_LANE: lane },
  limit: 900_000,
});

/**
 * Each step is a Node program; `group` names the wider word that also runs it. Steps `beside` run at the same time as
 * the others up to those that need an editor.
 */
const steps = [
  { name: 'types', group: 'all', args: ['node_modules/typescript/bin/tsc', '-b'], after: pruneOutput },
  {
    name: 'eslint',
    group: 'lint',
    beside: true,
    args: ['node_modules/eslint/bin/eslint.js', '.'],
    limit: 900_000,
  },
  {
    name: 'prettier',
    group: 'lint',
    beside: true,
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level=warn'],
  },
  { name: 'unit', group: 'all', args: mocha('out/test/unit/**/*.test.js') },
  { name: 'specs', group: 'all', args: mocha('out/test/specs/**/*.test.js') },
  { name: 'fuzz', group: 'all', args: mocha('out/test/fuzz/**/*.test.js'), limit: 900_000 },
  { name: 'corpus', group: 'all', args: ['out/test/corpus/main.js'], limit: 600_000 },
  { name: 'bundle', group: 'editor', args: ['scripts/bundle.mjs'] },
  {
    name: 'package',
    group: 'editor',
    args: ['scripts/package.mjs', '--out=out/convlens.vsix', '--no-bundle'],
  },
  {
    name: 'hosts',
    group: 'editor',
    args: ['out/test/editor/main.js', 'host'],
    limit: 900_000,
    needsEditor: true,
  },
  { name: 'ui-oldest', group: 'editor', ...inEditor('4.89.1'), needsEditor: true },
  { name: 'ui-newest', group: 'editor', ...inEditor('newest'), needsEditor: true },
  { name: 'desktop', group: 'desktop', args: ['out/test/editor/main.js', 'desktop'], asked: true },
];

/** What must have run before a step of this name or group. */
const foundations = {
  types: ['unit', 'specs', 'fuzz', 'corpus', 'editor', 'desktop'],
  bundle: ['desktop', 'hosts', 'package'],
  package: ['hosts'],
};

function chosenSteps() {
  if (wanted.length === 0) return steps.filter((step) => !step.asked);
  const chosen = new Set(steps.filter(({ name, group }) => wanted.includes(name) || wanted.includes(group)));
  if (chosen.size === 0) {
    console.error(`no such step: ${wanted.join(' ')}`);
    console.error(`steps: lint, editor, ${steps.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  const isNeeded = ({ name: base }) =>
    [...chosen].some(
      ({ name, group }) => foundations[base]?.includes(name) || foundations[base]?.includes(group),
    );
  return steps.filter((step) => chosen.has(step) || isNeeded(step));
}

/** Adds up Mocha's own counts in what a step printed. */
function countTests(output) {
  const plain = stripVTControlCharacters(output);
  const sum = (word) =>
    [...plain.matchAll(new RegExp(`^\\s+(\\d+) ${word}`, 'gm'))].reduce(
      (total, [, n]) => total + Number(n),
      0,
    );
  return { passed: sum('passing'), failed: sum('failing') };
}

/** Runs one step, printing with `print`; a step that runs no tests counts as one check. */
async function runStep(step, print) {
  const started = Date.now();
  print(`\n== ${step.name}\n`);
  let output = '';
  const code = await runNode(step.args, {
    env: step.env,
    limit: step.limit,
    onOutput: (text) => {
      output += text;
      print(text);
    },
  });
  step.after?.();
  const { passed, failed } = countTests(output);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  print(`-- ${step.name}: ${code === 0 ? 'ok' : `failed with code ${code}`} (${seconds} s)\n`);
  return {
    name: step.name,
    seconds,
    ok: code === 0,
    passed: code === 0 && passed + failed === 0 ? 1 : passed,
    failed: code !== 0 && failed === 0 ? 1 : failed,
  };
}

/** Runs steps one after the other; what they print is kept and printed when all have run. */
async function runBeside(list) {
  const found = [];
  let output = '';
  for (const step of list) found.push(await runStep(step, (text) => (output += text)));
  return { found, output };
}

/** Starts installing editors and a browser while the first steps run; resolves with whether that worked. */
async function prepareEditors() {
  const tool = await buildTool('test/editor/main.ts');
  let output = '';
  const code = await runNode([tool, 'prepare'], { limit: 900_000, onOutput: (text) => (output += text) });
  return { name: 'set-up of VS Code and browser', ok: code === 0, output };
}

const printNow = (text) => process.stdout.write(text);

ensureDependencies();
const chosen = chosenSteps();
const inFront = chosen.filter((step) => !step.beside);
const prepared = chosen.some((step) => step.needsEditor) ? prepareEditors() : undefined;
const beside = runBeside(chosen.filter((step) => step.beside));
const results = [];

for (const step of inFront.filter(({ needsEditor }) => !needsEditor))
  results.push(await runStep(step, printNow));

// The editor's suites wait for pictures and answers: they get the machine for themselves.
const { found, output } = await beside;
printNow(output);
results.push(...found);

const editorSteps = inFront.filter(({ needsEditor }) => needsEditor);
const setUp = await prepared;
if (setUp && !setUp.ok) {
  console.log(`\n== ${setUp.name}\n${setUp.output}`);
  results.push({ name: setUp.name, seconds: '', ok: false, passed: 0, failed: 1 });
} else {
  for (const step of editorSteps) results.push(await runStep(step, printNow));
}

console.log('\n== summary');
for (const { name, ok, passed, failed, seconds } of results) {
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(30)} ${passed} passed, ${failed} failed, ${seconds} s`,
  );
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
