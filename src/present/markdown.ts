/** Escaping for Markdown: text from source reaches cards through these functions alone. */

/** ASCII punctuation except the comma: whatever could start markup, a link, an entity or an icon. */
const PUNCTUATION = /[!-+\--/:-@[-`{-~]/g;
/** Controls, line ends, and marks that change the direction of text and so could disguise it. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** `text` as Markdown that shows just that text, on one line. */
export function escapeText(text: string): string {
  return oneLine(text).replace(PUNCTUATION, '\\$&');
}

/** `text` as a code span; backticks inside are kept. Not for table cells, where pipes need `codeCell`. */
export function code(text: string): string {
  const line = oneLine(text).trim() || ' ';
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** `text` as a code span inside a table cell. */
export function codeCell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** A link; `target` may be any address, its brackets, blanks and line ends are percent-encoded. */
export function link(label: string, target: string): string {
  return `[${escapeText(label)}](${encodeTarget(target)})`;
}

/** A link that runs a command with JSON arguments. */
export function commandLink(label: string, command: string, args: readonly unknown[] = []): string {
  const query = args.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(args))}`;
  return link(label, `command:${command}${query}`);
}

/**
 * An image with alternative text. Renderers show that text without resolving escapes, so punctuation that could be
 * markup becomes a blank.
 */
export function image(alternative: string, target: string): string {
  const plain = oneLine(alternative).replace(/[!"#$%&()*+/<=>?@[\\\]^_`{|}~\s]+/g, ' ');
  return `![${plain}](${encodeTarget(target)})`;
}

/** A table; cells are Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, column) => (column === 0 ? ':--' : '--:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

function oneLine(text: string): string {
  return text.replace(INVISIBLE, ' ');
}

function encodeTarget(target: string): string {
  return target.replace(/[()<>[\]\\\s"'`]/g, (character) => {
    const hex = character.charCodeAt(0).toString(16).toUpperCase();
    return character.charCodeAt(0) < 0x80 ? `%${hex.padStart(2, '0')}` : encodeURIComponent(character);
  });
}
