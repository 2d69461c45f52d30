/** Finds out what is at the addresses that imports may mean: most of them are nothing, so folders are listed once. */
import type { FileChange } from '../protocol/analysis';
import { type FileEvent, isTouched } from './fileEvents';

/** The files that an editor reaches, by address. */
export interface FileSystem {
  /** The document that is open for an address. */
  openText(uri: string): OpenText | undefined;
  /** Whether the folder is in the workspace, so that it is worth listing before one inside it is tried. */
  isInside(folder: string): boolean;
  /** The names of the files and of the folders in a folder; rejects where there is no such folder. */
  list(folder: string): Promise<Listing>;
  /** In bytes. */
  size(uri: string): Promise<number>;
  read(uri: string): Promise<Uint8Array>;
}

/** A document's text; `isSaved` when the file has the same, unless it is gone. */
export interface OpenText {
  readonly text: string;
  readonly isSaved: boolean;
}

export interface Listing {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** Bytes of the largest file that is read. */
const LARGEST = 2 * 1024 * 1024;
/** Milliseconds to wait for a slow file system before the analysis does without. */
const PATIENCE = 2_000;

/** A folder that is certainly not there. */
const ABSENT: Listing = { files: new Set(), folders: new Set() };
/** A folder that could not be listed. */
const UNREADABLE: Listing = { files: new Set(), folders: new Set() };
const MISSING = { kind: 'missing' } as const;

/** Answers what is at addresses, and remembers folders until something happens in them. */
export class SourceFiles {
  private readonly listings = new Map<string, Promise<Listing>>();
  /** What is being found out, and what was found out too late for the one who asked. */
  private readonly answers = new Map<string, Promise<NonNullable<FileChange['file']>>>();

  /** `onLate` is told of addresses that were found out about after `read` had stopped waiting. */
  constructor(
    private readonly system: FileSystem,
    private readonly onLate: (uri: string) => void,
    private readonly patience = PATIENCE,
  ) {}

  /** What is at each address; those that take too long are left out. */
  async read(uris: readonly string[]): Promise<readonly FileChange[]> {
    const found: FileChange[] = [];
    const state = { isLate: false };
    const all = uris.map(async (uri) => {
      const answer = this.answers.get(uri) ?? this.fileAt(uri);
      this.answers.set(uri, answer);
      const file = await answer;
      if (state.isLate) return this.onLate(uri);
      if (this.answers.get(uri) === answer) this.answers.delete(uri);
      found.push({ uri, file });
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, this.patience)));
    await Promise.race([Promise.all(all), patience]).finally(() => clearTimeout(timer));
    state.isLate = true;
    return found;
  }

  /** Forgets what the event may have changed: the file, the folders around it and those inside. */
  forget(event: FileEvent): void {
    for (const uri of [...this.answers.keys(), ...this.listings.keys()].filter((each) =>
      isTouched(each, [event]),
    ))
      this.drop(uri);
    for (let folder = parentOf(event.uri); folder !== ''; folder = parentOf(folder)) this.drop(folder);
  }

  /** Forgets all that is not watched. */
  forgetUnless(isWatched: (uri: string) => boolean): void {
    for (const uri of [...this.answers.keys(), ...this.listings.keys()].filter((each) => !isWatched(each)))
      this.drop(uri);
  }

  private drop(uri: string): void {
    this.answers.delete(uri);
    this.listings.delete(uri);
  }

  private async fileAt(uri: string): Promise<NonNullable<FileChange['file']>> {
    const open = this.system.openText(uri);
    if (open?.isSaved === false) return { kind: 'text', text: open.text };
    const { files } = await this.listingOf(parentOf(uri));
    if (!files.has(nameOf(uri))) return MISSING;
    if (open !== undefined) return { kind: 'text', text: open.text };
    try {
      if ((await this.system.size(uri)) > LARGEST) return MISSING;
      return { kind: 'text', text: new TextDecoder().decode(await this.system.read(uri)) };
    } catch {
      return MISSING;
    }
  }

  private listingOf(folder: string): Promise<Listing> {
    const listing = this.listings.get(folder) ?? this.list(folder);
    this.listings.set(folder, listing);
    return listing;
  }

  /** A folder that its parent is known not to hold is not asked for: editors log each one that is not there. */
  private async list(folder: string): Promise<Listing> {
    const parent = parentOf(folder);
    const around = await (this.system.isInside(parent) ? this.listingOf(parent) : this.listings.get(parent));
    const isAbsent =
      around === ABSENT ||
      (around !== undefined && around !== UNREADABLE && !around.folders.has(nameOf(folder)));
    return isAbsent ? ABSENT : this.system.list(folder).catch(() => UNREADABLE);
  }
}

function parentOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

/** The last part of an address, as the file system has it. */
function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
