/** Names in tables: several in one text, and all that mean the same. */

/** The names in a text, which single spaces part. */
export function words(text: string): string[] {
  return text.split(' ');
}

/** What `make` gives for every name of a table whose texts list the names of one meaning. */
export function byName<T>(
  table: Readonly<Record<string, string>>,
  make: (name: string, meaning: string) => T,
): T[] {
  return Object.entries(table).flatMap(([meaning, names]) => words(names).map((name) => make(name, meaning)));
}
