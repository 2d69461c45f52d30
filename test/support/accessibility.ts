/** The accessibility check of a page within the workbench. */
import fs from 'node:fs';
import { type AxeResults } from 'axe-core';
import { type Frame } from 'playwright-core';

/** What the check finds in the page, a line each. */
export async function accessibilityProblems(frame: Frame): Promise<string[]> {
  await frame.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(root: Document): Promise<AxeResults> } };
    const { violations } = await axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
