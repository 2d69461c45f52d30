/** The extension starts and offers what its manifest promises, in the real editor. */
import * as vscode from 'vscode';

interface Manifest {
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { default: unknown }> };
  };
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('convlens.convlens');
  if (!found) throw new Error('the extension is not installed');
  return found;
}

describe('activation', () => {
  it('activates', async () => {
    await extension().activate();
    if (!extension().isActive) throw new Error('the extension is not active');
  });

  it('registers every command of the manifest', async () => {
    await extension().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = extension().packageJSON as Manifest;
    const missing = contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id));
    if (missing.length > 0) throw new Error(`not registered: ${missing.join(', ')}`);
  });

  it('has the settings of the manifest with their defaults', () => {
    const { contributes } = extension().packageJSON as Manifest;
    for (const [name, { default: expected }] of Object.entries(contributes.configuration.properties)) {
      const actual = vscode.workspace.getConfiguration().inspect(name)?.defaultValue;
      if (JSON.stringify(actual) !== JSON.stringify(expected))
        throw new Error(`${name} is ${String(actual)}, not ${String(expected)}`);
    }
  });
});
