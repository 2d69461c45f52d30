/** The files that the host has told the worker of. */
import type { SourceFile } from '../analysis/analyser';
import type { FileChange } from '../protocol/analysis';

/** Files by address, with a record of what one analysis looks at. */
export interface FileStore {
  change(changes: readonly FileChange[]): void;
  /** A reader for one analysis. */
  reader(): FileReader;
}

export interface FileReader {
  /** What is at an address; `pending` where the host was not asked yet. */
  read(uri: string): SourceFile;
  /** Every address looked at so far. */
  readonly seen: ReadonlySet<string>;
  /** Those of them that the host has to be asked for. */
  readonly wanted: ReadonlySet<string>;
}

const PENDING: SourceFile = { kind: 'pending' };

/** An empty store. */
export function createFileStore(): FileStore {
  const files = new Map<string, SourceFile>();
  return {
    change: (changes) => {
      for (const { uri, file } of changes) {
        if (file === undefined) files.delete(uri);
        else files.set(uri, file);
      }
    },
    reader: () => {
      const seen = new Set<string>();
      const wanted = new Set<string>();
      const read = (written: string): SourceFile => {
        const uri = escaped(written);
        const file = files.get(uri) ?? PENDING;
        seen.add(uri);
        if (file.kind === 'pending') wanted.add(uri);
        return file;
      };
      return { read, seen, wanted };
    },
  };
}

/** The address as editors write it: names of modules may have letters that addresses escape. */
function escaped(uri: string): string {
  return uri.replace(/[^ -~]+/g, encodeURIComponent);
}
