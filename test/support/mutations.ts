/** Texts with tokens or lines dropped, doubled and swapped, from a seed, so that a failure can be had again. */

/** A generator of numbers in [0, 1) that repeats itself: a linear congruence with the constants of the C standard. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

/** The text with one to three tokens dropped, doubled or swapped. */
export function mutant(text: string, random: () => number): string {
  return changed(text.match(/\w+|\s+|[^\w\s]/gu) ?? [], random).join('');
}

/** The text with one to three lines dropped, doubled or swapped. */
export function lineMutant(text: string, random: () => number): string {
  return changed(text.split('\n'), random).join('\n');
}

function changed(parts: readonly string[], random: () => number): string[] {
  const made = [...parts];
  const changes = 1 + Math.floor(random() * 3);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(random() * made.length);
    const part = made[at] ?? '';
    const other = Math.floor(random() * made.length);
    const kind = Math.floor(random() * 3);
    if (kind === 0) made.splice(at, 1);
    else if (kind === 1) made.splice(at, 0, part);
    else {
      made[at] = made[other] ?? '';
      made[other] = part;
    }
  }
  return made;
}
