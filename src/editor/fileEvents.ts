/** What happens to files, and which addresses it concerns. */

/** Something was made, changed or removed; `folder` where that may have held other files. */
export interface FileEvent {
  readonly uri: string;
  readonly isFolder?: boolean;
}

/** Whether any of the events may have changed what is at an address. */
export function isTouched(uri: string, events: readonly FileEvent[]): boolean {
  return events.some(
    (event) => uri === event.uri || (event.isFolder === true && uri.startsWith(`${event.uri}/`)),
  );
}

/** The addresses among `uris` that the event concerns. */
export function touchedBy(
  event: FileEvent,
  uris: { has(uri: string): boolean; keys(): Iterable<string> },
): readonly string[] {
  if (event.isFolder === true) return [...uris.keys()].filter((uri) => isTouched(uri, [event]));
  return uris.has(event.uri) ? [event.uri] : [];
}
