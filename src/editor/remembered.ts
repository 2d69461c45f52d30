/** What the user chose for documents, kept with the workspace; for unsaved documents as long as the window is open. */
import * as vscode from 'vscode';

/** How many documents are remembered; the one chosen for longest ago goes first. */
const KEPT = 500;

/** One choice a document, or notebook. Values of a wrong form, such as those of another version, count as none. */
export class Remembered<T> implements vscode.Disposable {
  private readonly values: Map<string, T>;
  private readonly changed = new vscode.EventEmitter<string>();

  /** Told of the address of each document whose choice has changed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly name: string,
    isValid: (value: unknown) => value is T,
  ) {
    const saved: unknown = state.get(name);
    const entries = typeof saved === 'object' && saved !== null ? Object.entries(saved) : [];
    this.values = new Map(entries.filter((entry): entry is [string, T] => isValid(entry[1])));
  }

  /** What was chosen for a document; `key` is its address, for a cell that of its notebook. */
  get(key: string): T | undefined {
    return this.values.get(key);
  }

  /** Remembers a choice, or forgets it. */
  async set(key: string, value: T | undefined): Promise<void> {
    this.values.delete(key);
    if (value !== undefined) this.values.set(key, value);
    this.changed.fire(key);
    const lasting = [...this.values].filter(([each]) => !each.startsWith('untitled:')).slice(-KEPT);
    await this.state.update(this.name, Object.fromEntries(lasting));
  }

  dispose(): void {
    this.changed.dispose();
  }
}
