/**
 * Runs Mocha inside an extension host: the Node one or the web worker. Mocha's browser build works in both, so one
 * bundle serves every host.
 */
import 'mocha/mocha.js';

interface Test {
  fullTitle(): string;
  duration?: number;
}

interface Runner {
  on(event: 'pass', listener: (test: Test) => void): Runner;
  on(event: 'fail', listener: (test: Test, error: Error) => void): Runner;
  on(event: 'end', listener: () => void): Runner;
}

/** What the browser build adds to the global scope, as far as it is used here. */
interface BrowserMocha {
  setup(options: { ui: 'bdd'; timeout: number; reporter: () => void }): void;
  run(): Runner;
}

/** A reporter that prints nothing: results are printed as they come, below. */
function silent(): void {
  return;
}

/** Loads suites with `load`, runs them and prints each result; rejects when a test failed. */
export async function runMocha(load: () => void): Promise<void> {
  const scope = globalThis as unknown as { mocha: BrowserMocha; location?: { search: string } };
  scope.location ??= { search: '' };
  scope.mocha.setup({ ui: 'bdd', timeout: 20_000, reporter: silent });
  load();
  let passed = 0;
  let failed = 0;
  await new Promise<void>((resolve) => {
    scope.mocha
      .run()
      .on('pass', (test) => {
        passed += 1;
        console.log(`  ok ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      })
      .on('fail', (test, error) => {
        failed += 1;
        console.log(`  FAILED ${test.fullTitle()}\n${error.stack ?? error.message}`);
      })
      .on('end', resolve);
  });
  console.log(`  ${passed} passing`);
  if (failed > 0) console.log(`  ${failed} failing`);
  if (failed > 0 || passed === 0) throw new Error(`${failed} of ${passed + failed} tests failed`);
}
